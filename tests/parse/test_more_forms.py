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
