"""Folding, names, posts, outlets and people: the words labels are made of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loader.parse.askers import given_floor
from loader.parse.fields import HEADER_KEYS, ROLE_KEYS
from loader.parse.folding import plain
from loader.parse.mentions import mention_of
from loader.parse.names import is_han_name, is_latin_name, name_at
from loader.parse.noise import ends_page
from loader.parse.outlets import is_outlet
from loader.parse.people import announced
from loader.parse.posts import address, named_in
from tests.parse.text import lines, marked, one


@given(st.text())
def test_folding_keeps_the_length(text: str) -> None:
    assert len(plain(text)) == len(text)


def test_folding_gives_one_face() -> None:
    assert plain("【記者】：（問）《晨報》Ａ　１") == "[记者]:(问)<晨报>A 1"


@pytest.mark.parametrize(
    "word", ["王明", "欧阳颂谦", "司徒靄".replace("靄", "霭"), "迪丽·买买提", "林郑月娥", "米春和"]
)
def test_names(word: str) -> None:
    assert is_han_name(word)


@pytest.mark.parametrize(
    "text",
    [
        "方案回答了大家最关心的三个问题。",
        "高风险地区在昨天全部解除了封控。",
        "王在会上没有回答记者的三个问题。",
        "全市通报了昨天发生的三起事故。",
        "目前通报的情况就是这些，请大家放心。",
        "应急介绍了这几天转移群众的经过。",
    ],
)
def test_words_that_open_with_a_surname_are_no_names(text: str) -> None:
    assert name_at(plain(text), 0) is None


def test_latin_names() -> None:
    assert is_latin_name("Wang Wenbin")
    assert not is_latin_name("The Paper")
    assert not is_latin_name("Ministry of Water Resources")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("陈军回答:", "陈军"),
        ("王劲松通报", "王劲松"),
        ("张波,", "张波"),
        ("刘新锋主持", "刘新锋"),
        ("是的", None),
    ],
)
def test_a_name_ends_at_a_verb_or_a_mark(text: str, name: str | None) -> None:
    assert name_at(text, 0) == name


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("潍河市卫健委党组成员、副主任寇建辉答:", [("潍河市卫健委党组成员、副主任", "寇建辉")]),
        (
            "邀请市卫健委副主任张波,市疾控中心副主任卫晓丽介绍",
            [("市卫健委副主任", "张波"), ("市疾控中心副主任", "卫晓丽")],
        ),
        ("首先,请丁明启副区长介绍", []),
        ("出席的有南关区副区长赵爽先生,他将介绍", [("南关区副区长", "赵爽")]),
        ("医管局总经理(感染及应急)司徒霭文医生", [("医管局总经理", "司徒霭文")]),
    ],
)
def test_posts_with_names(text: str, named: list[tuple[str, str]]) -> None:
    assert [(n.post, n.name) for n in named_in(text)] == named


def test_forms_of_address() -> None:
    assert address("覃局长") == ("覃", "局长")
    assert address("欧阳医生") == ("欧阳", "医生")
    assert address("各位记者朋友请看大屏幕") is None


@pytest.mark.parametrize(
    "word", ["青岩日报", "大众网", "CCTV", "<消费周刊>", "第一财经", "中视新闻", "路透社"]
)
def test_outlets(word: str) -> None:
    assert is_outlet(word)


def test_outlets_said_in_the_text() -> None:
    given = given_floor("接着请<山城时报>提问。")
    assert given is not None
    assert given.outlet == "山城时报"
    assert given_floor("后排戴帽子的先生，请讲。") is None


def test_people_come_in_prose_lists_tables_and_keys() -> None:
    text = (
        "出席的有即湖区商务局局长王永刚同志;\n1. 戴烛，文旅局党组书记、局长\n易舟，宣传部科长（主持）\n"
        "发言人2——储柏，副县长\nFANG Lihua, Deputy Director\n姓名\t单位\t职务\n覃明\t交通局\t局长"
    )
    people = announced(lines(text, marked(text, "row", "姓名\t单位\t职务", "覃明\t交通局\t局长")))
    posts = {p.name: p.post for p in people}
    assert posts == {
        "王永刚": "即湖区商务局局长",
        "戴烛": "文旅局党组书记、局长",
        "易舟": "宣传部科长",
        "储柏": "副县长",
        "FANG Lihua": "Deputy Director",
        "覃明": "交通局局长",
    }
    assert people.host is not None
    assert people.host.name == "易舟"


@pytest.mark.parametrize(
    ("label", "part", "outlet", "name"),
    [
        ("主持人", "host", None, None),
        ("主持人 傅采薇", "host", None, "傅采薇"),
        ("司仪", "host", None, None),
        ("深圳卫视记者", "asker", "深圳卫视", None),
        ("记者 豫麦周报 提问", "asker", "豫麦周报", None),
        ("记者(海港电台)", "asker", "海港电台", None),
        ("另一名记者", "asker", None, None),
        ("南方日报记者 李明", "asker", "南方日报", "李明"),
        ("人民日报、人民网记者", "asker", "人民日报、人民网", None),
        ("媒体提问", "asker", None, None),
        ("问", "asker", None, None),
        ("Q3", "asker", None, None),
        ("A3", "answer", None, None),
        ("市水务局局长王明答", "answer", None, "王明"),
        ("中央社 苏思云", "asker", "中央社", "苏思云"),
        ('网友"老李"', "asker", "老李", None),
        ("CCTV", "asker", "CCTV", None),
        ("Wang Wenbin", "unknown", None, "Wang Wenbin"),
    ],
)
def test_what_labels_say(label: str, part: str, outlet: str | None, name: str | None) -> None:
    said = mention_of(plain(label))
    assert (said.part, said.outlet, said.name, said.unread) == (part, outlet, name, 0)


@pytest.mark.parametrize(
    "key", sorted(key for key in HEADER_KEYS - ROLE_KEYS if not ends_page(f"{key}:南塘街道"))
)
def test_header_keys_are_no_voices(key: str) -> None:
    text = (
        f"某市新闻发布会\n主持人：请提问。\n晚报记者：水价会涨吗？\n{key}：南塘街道活动中心\n王明：不会涨。"
    )
    assert [turn.label for turn in one(text).turns if turn.label] == ["主持人：", "晚报记者：", "王明："]


def test_what_goes_before_a_post_is_none_of_it() -> None:
    for text in (
        "5月15日行政長官梁振英會見傳媒",
        "发布　省农业农村厅副厅长 卞敬川",
        "一、指揮官 陳某中：",
        "（发布人·市住建局副局长 韩冰）",
    ):
        (person,) = announced(lines(text))
        assert person.post in ("行政长官", "省农业农村厅副厅长", "指挥官", "市住建局副局长")


@pytest.mark.parametrize("words", ["一、全力公布稀缺的问题", "关于安排到岗的问题"])
def test_a_heading_of_a_problem_asks_nothing(words: str) -> None:
    assert mention_of(plain(words)).part != "asker"
