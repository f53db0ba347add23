"""Second printings, several sittings, translations, quoted questions: shapes of whole texts."""

from __future__ import annotations

import pytest

from loader.parse import parse
from loader.parse.lines import split_lines
from loader.parse.repeats import repeated_lines
from tests.parse.text import exchanges, kinds, marked, one, reading

BODY = (
    "主持人：朋友们好，欢迎来到新闻发布厅，今天由我主持。\n"
    "日报记者：请问大家的菜和米从哪里来，够不够？\n"
    "王明：谢谢你的问题，由我来回答大家。\n"
    "我们为居民准备了蔬菜包，每份装四到五种时令蔬菜，由网格员送到楼下。\n"
    "第二，保供单位增加了储备，主城区和各镇都有专门的仓库，价格保持稳定。\n"
    "谢谢，我就回答这些。\n晚报记者：请问排队时间长的问题怎样解决？\n"
    "王明：谢谢你的问题，由我来回答大家。\n"
    "一是多设采样点，二是错峰，三是给老人开绿色通道，大家少等一会儿。\n"
    "谢谢，我就回答这些。\n主持人：今天的提问就到这里，感谢各位记者朋友，谢谢大家！"
)


def test_a_body_printed_again_is_a_repeat() -> None:
    text = "某区新闻发布会\n" + BODY + "\n" + BODY
    briefing = one(text)
    assert len(briefing.questions) == 2
    repeats = [t for t in briefing.turns if t.kind == "repeat"]
    assert text[repeats[0].span.start : repeats[-1].span.end] == BODY


def test_labels_over_several_lines_that_come_again_are_no_second_printing() -> None:
    label = "省供销合作社联合社\n监事会主任\n宇文秀珍："
    asker = "主持人\n省人民政府新闻办公室副主任\n郁琪："
    said = [
        "收成比去年好两成，库容也够用，各县都开足了收购点，农户不用排队。",
        "烘干机新添了四百台，雨天也不误，潮粮当天就能进仓，一斤都没有发芽。",
        "收购价每斤一块四，钱三天到账，谁打白条就查谁，电话我们自己接。",
        "种子已经备足，明年的面积只增不减，新修的渠道管到每一块田。",
    ]
    turns = [f"{asker}\n请第{n}位记者继续提问，先报单位。\n{label}\n{one}" for n, one in enumerate(said)]
    text = "秋粮收购新闻发布会\n" + "\n".join(turns)
    assert not [words for kind, words in kinds(text, one(text)) if kind == "repeat"]


def test_a_second_printing_that_lost_some_words_is_a_repeat() -> None:
    second = BODY.replace("三是给老人开绿色通道，", "").replace("，主城区和各镇", "主城区各镇")
    text = "某区新闻发布会\n" + BODY + "\n" + second
    briefing = one(text)
    assert len(briefing.questions) == 2
    assert sum(t.span.end - t.span.start for t in briefing.turns if t.kind == "repeat") >= len(second) - 8


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("四到五种", "4到5种"),
        ("一是多设采样点", "一是多设三十个采样点"),
        (
            "谢谢，我就回答这些。\n主持人",
            "谢谢，我就回答这些。\n这里我还想对家长们多说一句，请把钥匙收好。\n主持人",
        ),
    ],
)
def test_what_a_second_printing_alone_says_is_shown(old: str, new: str) -> None:
    second = BODY.replace(old, new)
    text = "某区新闻发布会\n" + BODY + "\n" + second
    (told,) = {line for line in second.split("\n") if line not in BODY}
    turns = one(text).turns
    at = text.index(told.partition("：")[2] or told, len(BODY))
    assert [turn.kind for turn in turns if turn.span.start <= at < turn.span.end] != ["repeat"]
    assert sum(turn.kind == "repeat" for turn in turns) >= 2


def test_a_body_on_one_line_is_a_repeat_where_it_is_long_or_the_very_same() -> None:
    flat = BODY.replace("\n", " ") + " 王明：还有一点，孕产妇和透析患者就医有专人接送，电话全天有人接听。" * 4
    assert 300 < sum(map(str.isalnum, flat)) < 600
    head = "某区新闻发布会 "
    assert list(repeated_lines(split_lines(reading(f"{head}{flat}\n{head}{flat}")))) == [1]
    changed = flat.replace("各镇都有专门的仓库", "三个乡镇还没有仓库")
    assert repeated_lines(split_lines(reading(f"{head}{flat}\n{head}{changed}"))) == {}


def test_many_short_lines_printed_again_in_order_are_a_repeat() -> None:
    short = (
        "王明：谢谢提问。\n供水已经恢复。\n水压还不够高。\n请大家错峰用水。\n送水车每天去六个村。\n"
        "管网一周内修好，维修有人值守。\n缺水请打值班电话。\n有了结果马上通报。\n我就回答这些，谢谢大家。\n"
        "记者：学校停课吗？\n寄宿生怎么办？\n王明：不停课。\n寄宿生由学校供水，老师陪着。"
    )
    assert 100 < sum(map(str.isalnum, short)) < 200
    text = f"某市新闻发布会\n主持人：请王局长介绍。\n{short}\n{short}"
    (repeat,) = [turn.span for turn in one(text).turns if turn.kind == "repeat"]
    assert text[repeat.start : repeat.end] == short


def test_the_last_answer_under_a_name_is_no_part_of_the_second_printing() -> None:
    speech = "\n".join(BODY.splitlines()[3:5] + BODY.splitlines()[8:9]) * 2
    asked = "晚报记者苏晚晴\n古桥什么时候可以重新通行？"
    answer = "司徒明轩\n这件事我们反复研究过，意见已经逐条落实，今年秋天可以通行。"
    body = f"市政府新闻发言人\n司徒明轩\n各位媒体朋友，大家上午好。\n{speech}\n谢谢。\n{asked}\n{answer}"
    text = f"某市新闻发布会\n市政府新闻发言人司徒明轩出席发布会并回答提问。\n{body}\n{body}"
    (repeat,) = [turn.span for turn in one(text).turns if turn.kind == "repeat"]
    assert text[repeat.start : repeat.end] == body


def test_set_phrases_said_twice_are_no_repeat() -> None:
    assert repeated_lines(split_lines(reading(BODY))) == {}


def test_one_file_with_two_briefings() -> None:
    text = (
        "第一场新闻发布会\n时间：2021年8月1日\n主持人：欢迎。\n日报记者：开学吗？\n王强：推迟。\n\n"
        "第二场新闻发布会\n时间：2021年8月2日\n主持人：欢迎。\n晚报记者：超市开门吗？\n李娜：开门。"
    )
    first, second = parse(reading(text))
    assert [(b.title, b.ordinal, b.date) for b in (first, second)] == [
        ("第一场新闻发布会", 1, "2021-08-01"),
        ("第二场新闻发布会", 2, "2021-08-02"),
    ]
    assert exchanges(text, first) == [("日报", "开学吗？", ["王强"])]
    assert exchanges(text, second) == [("晚报", "超市开门吗？", ["李娜"])]


def test_two_sessions_under_one_title_are_one_briefing() -> None:
    text = (
        "某人如何回应传媒\n5月15日某人会见传媒谈话\n记者：是吗？\n某长官：是。\n"
        "5月16日某人会见传媒谈话\n记者：真的吗？\n某长官：真的。"
    )
    assert len(parse(reading(text))) == 1


def test_each_turn_in_two_languages_is_one_exchange() -> None:
    text = (
        "外交部发言人汪文斌主持例行记者会\n\n新华社记者：请介绍访问安排。\n\n"
        "Xinhua News Agency: Please tell us about the visit.\n\n"
        "汪文斌：下周访问。\n\nWang Wenbin: The visit is next week.\n\n"
        "路透社记者：有何评论？\n\nReuters: Any comment?\n\n汪文斌：反对。\n\n"
        "Wang Wenbin: We oppose it."
    )
    briefing = one(text)
    assert [(q.asker.outlet, len(q.turns), len(q.answers)) for q in briefing.questions] == [
        ("新华社", 2, 2),
        ("路透社", 2, 2),
    ]
    assert [s.name for s in briefing.speakers] == ["汪文斌"]


def test_bold_questions_without_labels_and_one_answer_to_all() -> None:
    text = (
        "凌晨记者会问了什么\n警方召开记者会，特首林郑月出席。\n1.（10:18）有没有责任？\n"
        "2.（10:34）听到诉求吗？\n3.（10:50）会让步吗？\n"
        "片中所见，林郑月只笼统回应如下：\n我们已经发表声明，会继续聆听。\n其后散会。"
    )
    marks = marked(
        text,
        "bold",
        "1.（10:18）有没有责任？",
        "2.（10:34）听到诉求吗？",
        "3.（10:50）会让步吗？",
        "我们已经发表声明，会继续聆听。",
    )
    assert exchanges(text, one(text, marks)) == [
        (None, "有没有责任？", ["林郑月"]),
        (None, "听到诉求吗？", ["林郑月"]),
        (None, "会让步吗？", ["林郑月"]),
    ]


def test_tables_and_front_matter_keep_their_kind() -> None:
    text = (
        "---\ntitle: 某会\n---\n某市新闻发布会\n姓名\t单位\t职务\n王明\t市水务局\t局长\n"
        "记者：水够吗？\n王局长：够。"
    )
    marks = (
        *marked(text, "front_matter", "---\ntitle: 某会\n---"),
        *marked(text, "row", "姓名\t单位\t职务", "王明\t市水务局\t局长"),
    )
    briefing = one(text, tuple(sorted(marks, key=lambda m: m.start)))
    assert [k for k, _ in kinds(text, briefing)][:3] == ["metadata", "heading", "table"]
    assert exchanges(text, briefing) == [(None, "水够吗？", ["王明"])]
    assert briefing.speakers[0].post == "市水务局局长"


def test_headings_that_ask_and_paragraphs_that_open_with_who_says_it() -> None:
    text = (
        "市政府新闻发布会答问\n1. 房价会跌吗？\n市住建局局长赵雷表示，不会放松。\n还会加强。\n"
        "2. 公租房呢？\n市住建局副局长钱进介绍，新增两千套。\n3. 何时交房？\n赵雷说，年底。"
    )
    marks = marked(text, "heading", "1. 房价会跌吗？", "2. 公租房呢？", "3. 何时交房？", value="2")
    assert exchanges(text, one(text, marks)) == [
        (None, "房价会跌吗？", ["赵雷"]),
        (None, "公租房呢？", ["钱进"]),
        (None, "何时交房？", ["赵雷"]),
    ]


def _sitting(day: int, asked: str) -> str:
    return (
        f"时间：2024年6月{day}日19:00\n地点：县应急指挥中心\n\n"
        "主持人（常惟一）：各位记者朋友，晚上好，现在开始提问。\n"
        f"提问1（湖畔晚报）：{asked}\n回应1（辛未然）：两个都修好了，明天照常开放。"
    )


def test_lines_that_count_the_sittings_part_a_file() -> None:
    text = (
        "澄湖县防御3号台风新闻发布会（第一场、第二场）实录\n\n"
        f"第一场\n\n{_sitting(8, '渡口和码头什么时候开放？')}\n\n"
        f"第二场\n\n{_sitting(9, '学校和公园开门了吗？')}"
    )
    traditional = (
        text.replace("台风新闻发布会", "颱風新聞發布會")
        .replace("第二场", "第二場")
        .replace("第一场", "第一場")
    )
    assert parse(reading(traditional))[1].title == "澄湖县防御3号颱風新聞發布會（第二場）"
    first, second = parse(reading(text))
    assert (first.date, second.date) == ("2024-06-08", "2024-06-09")
    assert (first.ordinal, second.ordinal) == (1, 2)
    assert second.title == "澄湖县防御3号台风新闻发布会（第二场）"
    assert [len(b.questions) for b in (first, second)] == [1, 1]


@pytest.mark.parametrize("said", ["明天19时举行第二场。", "第二场", "比赛：\n第二场\n第二场"])
def test_a_count_under_which_nobody_speaks_parts_nothing(said: str) -> None:
    text = f"澄湖县新闻发布会\n\n第一场\n\n{_sitting(8, '渡口什么时候开放？')}\n{said}\n谢谢大家。"
    assert len(parse(reading(text))) == 1


@pytest.mark.parametrize(
    "head",
    ["致全县用水户的一封信", "写给用水户的话"],
)
def test_questions_of_a_letter_that_nobody_answers_make_no_briefing(head: str) -> None:
    text = (
        f"{head}\n\n各位用水户朋友：\n11月3日县政府新闻发布会以后，打来电话的人多了起来。\n"
        "一、关于水压\n有的朋友在网上问：“晚上的水压为什么小？”我们已经加了泵。\n"
        "您可能会问：水费涨了没有？没有涨。\n二、关于抢修\n水管坏了请打热线。\n澄湖县自来水公司"
    )
    assert one(text).kind == "document"


def test_english_first_and_its_translation_are_one_turn() -> None:
    text = (
        "州务卿新闻发布会\n"
        "MS. BIRCH: Good morning. I will take your questions.\n白桦女士：早上好。下面我回答提问。\n"
        "Q: Will the ferry run in winter?\n问：渡轮冬天开不开？\n"
        "MS. BIRCH: It will, every other day.\n答：开，隔天一班。\n"
        "Q: And who pays for it?\n问：那么由谁出钱？\nMS. BIRCH: The county does.\n答：由县里出。"
    )
    briefing = one(text)
    assert len(briefing.questions) == 2
    answered = [{briefing.turns[i].speaker for i in q.answers} for q in briefing.questions]
    assert answered[0] == answered[1]
    assert len(answered[0]) == 1


def test_questions_among_the_teasers_of_a_pages_end_were_asked_by_nobody() -> None:
    text = (
        "澄湖县供水新闻发布会\n主持人（常惟一）：各位记者朋友，下午好，请提问。\n"
        "湖畔晚报记者：今年水价会不会上涨？\n辛未然：不会上涨。\n主持人（常惟一）：发布会到此结束。\n"
        "（责任编辑：平野）\n相关阅读\n水龙头流出黄水，问题出在哪儿？\n"
        "市民问：新房没有入住，水费要不要交？律师答：看合同"
    )
    assert len(one(text).questions) == 1


def test_nothing_of_a_document_stands_behind_an_end_that_its_labels_made() -> None:
    text = (
        "商务厅：渡轮航线无法人为割裂\n2024年2月21日\n"
        "在2月21日例行记者会上，有人认为航线存在隐患。\n我们希望各方作出符合自身利益的选择。"
    )
    assert "noise" not in [kind for kind, _ in kinds(text, one(text))]


def test_a_notice_of_what_was_held_may_tell_what_was_said() -> None:
    text = (
        "关于2024年度业绩说明会召开情况的公告\n\n"
        "一、召开情况\n公司董事长温旭初先生、财务总监虞小满女士出席了会议。\n二、主要问题及回复\n"
        "问题1：去年的毛利率为什么下降？\n虞小满：主要是钢材涨价，今年已经回升。\n"
        "问题2：（湖畔证券报记者）新厂什么时候投产？\n董事长温旭初：新厂九月投产，设备已经到位。\n"
        "问题3：今年还分红吗？\n温旭初：照去年的比例分红。"
    )
    briefing = one(text)
    assert (briefing.kind, len(briefing.questions)) == ("briefing", 3)
    assert "回复" not in [speaker.name for speaker in briefing.speakers]
    call = text.replace("召开情况的公告", "的公告", 1)
    assert one(call).kind == "document"
