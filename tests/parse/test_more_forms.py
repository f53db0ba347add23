"""Forms met after the grammar was written: each a few lines of a printed briefing, read whole."""

from __future__ import annotations

from tests.parse.text import exchanges, marked, one

COUNTED = """衛生福利部疫情指揮中心記者會 2022/05/10

一、指揮官 陳某中：
今日新增50,828例本土個案，8例死亡。
二、媒體提問
Q1 TVBS 記者王小明：快篩實名制第二輪何時開始？
A1 指揮官：預計5月19日。
Q2 聯合報：兒童疫苗進度？
A2 發言人 莊某祥：目前到貨77萬劑。
Q3 中央社：
請問邊境何時放寬？
A3 指揮官：
會穩健規劃。
"""
SECTIONS = """桂林市“稳就业”新闻发布会
出席人员
蒋华：市人社局党组成员、副局长
唐丽萍：市教育局二级调研员
主持人：周敏 市政府新闻办副主任

周敏
各位记者朋友，上午好！欢迎出席。
蒋华
上半年城镇新增就业2.36万人，完成年度任务的59%。
记者提问
桂林日报： 高校毕业生就业情况怎么样？
唐丽萍： 截至6月底，毕业去向落实率为78.4%。
广西广播电视台： 对困难人员有哪些帮扶？
蒋华： 我们开发了公益性岗位1860个。
"""
ANSWERING = """我市召开新闻发布会 通报旱情
8月19日下午，市政府新闻办召开新闻发布会，邀请市水利局党组书记、局长罗建国介绍旱情，并回答记者提问。
罗建国：各位媒体朋友，7月以来全市平均降雨31.2毫米，比常年偏少七成。
江城晚报记者提问：城区供水有没有影响？
罗建国答记者问：城区供水正常。
"""


def test_who_asks_and_answers_behind_counted_letters() -> None:
    briefing = one(COUNTED)
    assert exchanges(COUNTED, briefing) == [
        ("TVBS", "快篩實名制第二輪何時開始？", ["陳某中"]),
        ("聯合報", "兒童疫苗進度？", ["莊某祥"]),
        ("中央社", "請問邊境何時放寬？", ["陳某中"]),
    ]
    assert {s.name: s.post for s in briefing.speakers if s.role == "official"} == {
        "陳某中": "指揮官",
        "莊某祥": "發言人",
    }


def test_headings_that_are_names_and_one_that_is_a_section() -> None:
    headings = tuple(
        mark
        for words in ("\n周敏\n", "\n蒋华\n", "\n记者提问\n")
        for mark in marked(SECTIONS, "heading", words, value="3")
    )
    briefing = one(SECTIONS, headings)
    assert [(s.name, s.role) for s in briefing.speakers] == [
        ("周敏", "host"),
        ("蒋华", "official"),
        ("唐丽萍", "official"),
    ]
    assert exchanges(SECTIONS, briefing) == [
        ("桂林日报", "高校毕业生就业情况怎么样？", ["唐丽萍"]),
        ("广西广播电视台", "对困难人员有哪些帮扶？", ["蒋华"]),
    ]


def test_who_answers_the_press_does_not_ask() -> None:
    briefing = one(ANSWERING)
    assert exchanges(ANSWERING, briefing) == [("江城晚报", "城区供水有没有影响？", ["罗建国"])]
    assert briefing.place is None  # 邀请市 is no city


ROUND = """新闻发布会实录 | 关于今冬供暖工作

（主持人·市住建局办公室主任 林晓）
欢迎各位。
（发布人·市住建局副局长 韩冰）
今年供暖面积1.2亿平方米，比去年增加300万平方米。
（提问·长春晚报）
暖气不热找谁？
（回答·韩冰）
拨打12345，2小时内上门。
（提问·东北网）
停暖怎么退费？
（回答·热力集团总经理 邹洋）
停热超过48小时按天退费。
"""
AFTERWARDS = """某部发言人汪志斌主持例行记者会（2022年8月19日）

彭博社记者：请问会谈何时举行？
汪志斌：我没有可以提供的信息。
当日例行记者会后，有记者问及：中方对此有何评论？
汪志斌表示，我们注意到有关报道。
"""
NAME_FIRST = """扬州市召开第7场疫情防控新闻发布会，市卫健委主任赵国祥通报最新情况，市商务局局长蔡泉介绍情况。
赵国祥主任通报
8月4日0-24时，我市新增本土确诊病例36例。
1.新华日报记者：居家隔离的市民怎么买菜？
蔡泉局长：我市已开通线上配送，日配送能力3.2万单。
"""
ON_ONE_LINE = (
    "主持人 陈文俊: 女士们、先生们，上午好。 "
    "[10:02:15] 国家统计局新闻发言人 付明晖: 上半年国内生产总值562642亿元。 "
    "[10:20:40] 中央广播电视总台记者: 请问怎么看下半年的走势？ "
    "[10:21:55] 付明晖: 谢谢你的提问。有信心保持恢复态势。"
)


def test_labels_in_round_brackets_with_the_role_before_a_stroke() -> None:
    briefing = one(ROUND)
    assert [(s.name, s.post, s.role) for s in briefing.speakers] == [
        ("林晓", "市住建局办公室主任", "host"),
        ("韩冰", "市住建局副局长", "official"),
        ("邹洋", "热力集团总经理", "official"),
    ]
    assert exchanges(ROUND, briefing) == [
        ("长春晚报", "暖气不热找谁？", ["韩冰"]),
        ("东北网", "停暖怎么退费？", ["邹洋"]),
    ]


def test_asked_after_the_briefing_and_answered_in_a_report() -> None:
    told = exchanges(AFTERWARDS, one(AFTERWARDS))
    assert told == [
        ("彭博社", "请问会谈何时举行？", ["汪志斌"]),
        (None, "中方对此有何评论？", ["汪志斌"]),
    ]


def test_a_name_before_its_post() -> None:
    briefing = one(NAME_FIRST)
    assert {s.name: s.post for s in briefing.speakers} == {"赵国祥": "市卫健委主任", "蔡泉": "市商务局局长"}
    assert exchanges(NAME_FIRST, briefing) == [("新华日报", "居家隔离的市民怎么买菜？", ["蔡泉"])]


def test_labels_within_a_line_end_where_a_time_stamp_does() -> None:
    briefing = one(ON_ONE_LINE)
    assert [briefing.turns[i].label for q in briefing.questions for i in q.turns] == ["中央广播电视总台记者:"]
    assert {s.name for s in briefing.speakers} == {"陈文俊", "付明晖"}


def test_a_report_that_quotes_is_no_transcript() -> None:
    report = one(
        "昨日，市卫健委举行新闻发布会，通报近期流感情况。\n"
        "发布会上，市疾控中心主任王华表示：“目前流感处于低水平流行。”\n"
    )
    assert (report.kind, report.questions) == ("document", ())


def test_a_question_told_in_prose_is_answered_by_whom_the_report_quotes() -> None:
    text = (
        "港务局例行记者会\n出席的有港务局新闻发言人孟以宁。\n"
        "在今天的例行记者会上，有记者问到，旧航线会不会停开？孟以宁表示，旧航线会保留到年底。"
    )
    assert exchanges(text, one(text)) == [(None, "旧航线会不会停开？", ["孟以宁"])]
    under = text.replace("孟以宁表示，", "\n港务局新闻发言人孟以宁：")
    assert exchanges(under, one(under)) == [(None, "旧航线会不会停开？", ["孟以宁"])]
