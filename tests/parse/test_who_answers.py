"""Who answers where no label says it in full: by the lead, a list, a record, a heading, the conversation."""

from __future__ import annotations

import json

import pytest

from loader.model import Briefing
from loader.parse import parse
from loader.read import Refused, read_sources
from tests.parse.text import one


def _answers(briefing: Briefing) -> list[list[str | None]]:
    """Who answers each question."""
    turns, speakers = briefing.turns, briefing.speakers
    return [
        [speakers[at].name if (at := turns[i].speaker) is not None else None for i in question.answers]
        for question in briefing.questions
    ]


def _roles(briefing: Briefing) -> dict[str, str]:
    return {speaker.name: speaker.role for speaker in briefing.speakers}


def test_a_spokesperson_with_another_post_too_is_the_spokesperson() -> None:
    text = """交通运输部例行新闻发布会
新闻发言人、政策研究室副主任裘以宁通报重点工作，公路局副局长傅岚回答记者提问。
发言人：大家上午好，先通报两件事。
晚报记者：充电桩够不够用？
傅岚：到五月底比去年多了一万个。
晨报记者：运价还会不会涨？
发言人：我们注意到了，目前总体平稳。
"""
    assert _answers(one(text)) == [["傅岚"], ["裘以宁"]]


def test_a_section_is_answered_by_whom_its_heading_names() -> None:
    text = """赛后新闻发布会实录
一、汉江楚云主教练 阮立群
问：汤俊凯是受伤了吗？
答：大腿后侧有点紧，明天做核磁。
问：下周会派年轻人上吗？
答：会轮换四到五个位置。
二、海州白浪主教练 郭子昂
问：换人是赛前计划好的吗？
答：只有一个是计划里的。
"""
    assert _answers(one(text)) == [["阮立群"], ["阮立群"], ["郭子昂"]]


def test_a_list_of_those_present_heads_no_section() -> None:
    text = """柏原县召开防汛新闻发布会
出席人员：
市文物局总工程师骆川
市人民医院院长卓一鸣
主持人：大家好，下面请提问。
问：药品如何保障？
主持人：请骆总工程师回答。
答：每个村都配了药箱。
"""
    assert _answers(one(text)) == [["骆川"]]


def test_a_name_before_its_title_is_whom_the_label_means() -> None:
    text = """医院媒体沟通会
今天下午，罗际平院长、小儿肝移植中心柏青主任与媒体见面，宣传科丁科长主持。
丁科长：各位老师下午好，先请罗院长讲。
罗院长：手术做了九个小时，孩子已经转出监护室。
楚天周刊记者：血管有多细？
柏主任：肝动脉直径一点三毫米。
"""
    briefing = one(text)
    assert _answers(briefing) == [["柏青"]]
    assert {s.name: s.post for s in briefing.speakers}["柏青"] == "小儿肝移植中心主任"


def test_a_surname_and_a_title_are_nobodys_name() -> None:
    text = """业绩说明会纪要
参会人员：董事、总经理 陆海棠；财务总监 祝君衡
主持人：今天参会的有总经理陆总、财务总监祝总，先请祝总。
祝总：上半年收入增长一成。
东吴证券：毛利率还会不会提升？
陆总：谐波产品良率从八成六做到了九成三。
"""
    briefing = one(text)
    assert _answers(briefing) == [["陆海棠"]]
    assert {"陆总", "祝总"}.isdisjoint(_roles(briefing))


@pytest.mark.parametrize("label", ["PM", "PRIME MINISTER", "KEVIN RUDD"])
def test_a_records_field_says_who_holds_the_office(label: str) -> None:
    said = f"{label}: Thanks everybody.\n" + f"JOURNALIST: Will you meet him?\n{label}: I will.\n" * 3
    record = {"title": "Press Conference", "prime-minister": "Rudd, Kevin", "content": said}
    (found,) = read_sources(json.dumps(record).encode(), "a.json")
    assert not isinstance(found, Refused)
    (briefing,) = parse(found)
    assert [s.name.casefold() for s in briefing.speakers if s.role == "official"] == ["kevin rudd"]


def test_a_list_on_one_line_in_english() -> None:
    text = """Media Briefing on the Spillway
Participants: Director Ngozi Adeyemi; Peter Lindqvist, Chief of Dam Safety; Colonel Maria Esposito, Guard. \
Moderator: Tom Burrell, Deputy Director.
MR. BURRELL: Good morning, everyone. We'll take your questions.
Q: Why was it not repaired?
DIRECTOR ADEYEMI: The cracks were sealed last year.
Q: How much warning would people get?
COL. ESPOSITO: Twelve minutes.
MR. LINDQVIST: I would add that the dam is sound.
"""
    briefing = one(text)
    assert _answers(briefing) == [["Ngozi Adeyemi"], ["Maria Esposito", "Peter Lindqvist"]]
    assert _roles(briefing)["Tom Burrell"] == "host"


def test_an_office_said_in_english_is_the_one_held_in_chinese() -> None:
    text = """發展局局長霍詠嵐與渠務署署長簡柏堅會見傳媒談話內容
發展局局長：大家好，今日視察了工程。
記者：水浸黑點還有多少？
渠務署署長：還有四個。
Reporter: Secretary, does the target still stand?
Secretary for Development: The target still stands.
"""
    assert _answers(one(text)) == [["簡柏堅"], ["霍詠嵐"]]


def test_who_leads_the_sitting_is_the_host_though_no_label_says_so() -> None:
    text = """IN THE VIRTUAL ROOM
Tariq Mensah, Head of Communications
Helena Voss, Executive Secretary
MENSAH: Good afternoon to all. Over to you, Helena.
VOSS: As of this morning we have counted dead fish along sixty miles of shore.
MENSAH: Thanks. Next hand up is the Upland Ledger. Go ahead, Maryam.
Q: Is the fish safe to eat?
VOSS: The farms are sampled twice a day.
MENSAH: We have time for one more. In the back, please go ahead.
Q: What is the bill so far?
VOSS: Two million for the clean-up alone.
MENSAH: On that note we will close. Thank you all.
"""
    briefing = one(text)
    roles = _roles(briefing)
    assert [name for name, role in roles.items() if role == "host"] == ["Tariq Mensah"]
    assert _answers(briefing) == [["Helena Voss"], ["Helena Voss"]]


def test_a_numeral_is_no_surname() -> None:
    text = """停航改造通报会
县交通运输局局长戚伟民：新的趸船长六十米，比老的长了二十米。
记者：公交怎么接？
戚局长：摆渡线跟船对得上。
"""
    assert set(_roles(one(text))) == {"戚伟民"}


def test_a_name_cut_short_is_nobody_elses() -> None:
    text = """訪京團團長、行政總裁蕭世和會後向記者表示。團長蕭世和接受採訪。
記：先說說今天見了甚麼人？
蕭：見了部長。
記：有沒有討論？
蕭：沒有。
記：幾時回港？
蕭：明日。
"""
    assert _answers(one(text)) == [["蕭世和"]] * 3


def test_lines_cut_at_a_number_of_cells_are_one_paragraph() -> None:
    text = """天目轴承业绩说明会
    天目精工轴承股份有限公司（以下简称公司）于2025年5月13日（星期二）15:00-16:30
在浙江省湖州市公司总部一楼报告厅以现场结合网络互动的方式召开了业绩说明会。公司董事
长方砚舟先生、总经理陆启航先生、财务总监虞静姝女士、董事会秘书单孝通先生、独立董事
汪以宁女士出席了会议，并与投资者和媒体进行了充分的交流，现将主要情况公告如下，请查
阅。
    1、问：毛利率还会不会提升？
    陆总：上半年毛利率同比提高了一点二个百分点，主要是高端产品占比上升，下半年还有空
间。
    2、问：大股东会不会减持？
    方总：我本人的股份从上市到今天一股也没有卖过。
"""
    posts = {speaker.name: speaker.post for speaker in one(text).speakers}
    assert posts["方砚舟"] == "公司董事长"
    assert _answers(one(text)) == [["陆启航"], ["方砚舟"]]


def test_the_lead_says_which_newsroom_asks() -> None:
    lead = "民政厅负责人就养老服务条例答新华社记者问"
    text = f"{lead}\n问：为什么要修订条例？\n答：老人多了。\n问：什么时候施行？\n答：七月一日。\n"
    assert [question.asker.outlet for question in one(text).questions] == ["新华社", "新华社"]
    named = text.replace("问：什么", "河湾晚报记者问：什么")
    assert [question.asker.outlet for question in one(named).questions] == [None, "河湾晚报"]


def test_initials_mean_the_one_name_they_fit() -> None:
    text = """Friday press conference
Q: Christian, are you ready?
Christian HORNER: We are ready for the weekend.
Q: Toto, and you?
Toto WOLFF: We had a good simulator session.
Q: Will it rain?
CH: The forecast says so.
Q: Will you change the tyres?
TW: Only if we have to.
Q: And the engine?
CH: No.
Q: Why not?
TW: There is no need.
"""
    names = [["Christian HORNER"], ["Toto WOLFF"]] * 3
    assert _answers(one(text)) == names


def test_whom_a_question_speaks_of_does_not_answer_it() -> None:
    text = """外交部发言人耿爽主持例行记者会
问：据报道，邻国政治局常委崔龙海正在访问。中方是否知情？
答：我们注意到有关报道。
问：部长王毅将会见美国防部长马蒂斯吗？
答：我没有听说。
"""
    assert _answers(one(text)) == [["耿爽"], ["耿爽"]]


def test_a_host_who_says_that_he_answers_does() -> None:
    text = """古茶树保护新闻发布会
主持人和丽川：各位好，先请段若溪副厅长介绍。
段若溪副厅长：今年夏秋茶成了香饽饽。
茶业时讯：年轻人爱喝奶茶，老茶企跟得上吗？
主持人和丽川：这个问题我先回答一半，二十三家连锁品牌来了云南采购。另一半请若溪来说。
段若溪副厅长：新茶饮买走了一万四千吨原料。
"""
    assert _answers(one(text)) == [["和丽川", "段若溪"]]


def test_a_title_of_rules_is_no_newspaper() -> None:
    text = """政策问答
问：什么时候施行？
《供水条例》：自七月一日起施行。
《银龄时报》：退休的人怎么办？
水务局局长王明：一样办。
"""
    assert "供水条例" not in {question.asker.outlet for question in one(text).questions}
    assert "银龄时报" in {question.asker.outlet for question in one(text).questions}
