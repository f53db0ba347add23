"""Title, ordinal, place, organ, outlet, language, and whether the text is a briefing at all."""

from __future__ import annotations

import pytest

from loader.parse.places import division_in
from loader.parse.titles import ordinal_of, series_of
from tests.parse.text import lines, marked, one, plain

ASK = "\n主持人：请提问。\n记者：好吗？\n王明：好。"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("某市召开第十二场新闻发布会", "某市召开第十二场新闻发布会"),
        (
            "首页 > 新闻 > 正文\n某市饮用水新闻发布会实录\n2022-04-02 08:15　来源：某网",
            "某市饮用水新闻发布会实录",
        ),
        ("2022年8月19日某部发言人汪斌\n\n主持例行记者会", "2022年8月19日某部发言人汪斌 主持例行记者会"),
        ("8月5日,某市召开第七场新闻发布会。", "8月5日,某市召开第七场新闻发布会"),
        ("某网 / 新闻 / 记者会\n石窟渗水治理媒体吹风会实录", "石窟渗水治理媒体吹风会实录"),
        ("跳到主要内容区块\n例行新闻记者会纪要", "例行新闻记者会纪要"),
    ],
)
def test_titles(head: str, title: str) -> None:
    assert one(head + ASK).title == title


def test_a_page_title_loses_its_site() -> None:
    assert (
        one("正文" + ASK, fields={"title": "柳江市公交改革新闻发布会_某某视听网"}).title
        == "柳江市公交改革新闻发布会"
    )


def test_a_heading_by_markup_is_the_title() -> None:
    text = "导航\n河边古城修缮实录\n引言说了几句。" + ASK
    assert one(text, marked(text, "heading", "河边古城修缮实录", value="1")).title == "河边古城修缮实录"


@pytest.mark.parametrize(
    ("title", "lead", "ordinal"),
    [
        ("本轮某市疫情防控工作第17场新闻发布会", "某市第40场新闻发布会", 17),
        ("“晨报”新闻发布会（2019年第18场）", "", 18),
        ("水利部门第二十六次新闻发布会实录", "", 26),
        ("Third Press Conference on the Harbour Run", "", 3),
        ("疫情防控新闻发布会", "感谢参加某区第七场新闻发布会。", 7),
        ("行政院第3630次會議後記者會", "", None),
        ("新闻发布会", "此事他第一次答记者问。", None),
        ("新闻发布会", "省里昨天开了第三次会商。", None),
        ("新闻发布会", "下一期第三十次新闻发布会", None),
    ],
)
def test_ordinals(title: str, lead: str, ordinal: int | None) -> None:
    assert ordinal_of(plain(title), lines(lead), ()) == ordinal


def test_the_series_is_the_title_without_its_number() -> None:
    assert series_of("本轮某市第17场新闻发布会") == "本轮某市新闻发布会"
    assert series_of("本轮某市新闻发布会") is None


@pytest.mark.parametrize(
    ("text", "division"),
    [
        ("潍河市召开第十二场", "潍河市"),
        ("本轮长河市疫情防控工作第17场", "长河市"),
        ("青岩市即湖区新冠", "即湖区"),
        ("紫山县栗镇“7·13”山体滑坡", "紫山县"),
        ("河南省“三夏”生产系列", "河南省"),
        ("全市防汛工作", None),
        ("高风险区管理", None),
        ("城市更新", None),
        ("国防部例行", None),
    ],
)
def test_divisions(text: str, division: str | None) -> None:
    assert division_in(plain(text)) == division


def test_the_place_may_be_a_venue_or_a_city() -> None:
    assert one("某部记者会\n地点：某部军事合作办公室" + ASK).place == "某部军事合作办公室"
    assert one("水利部门新闻发布会\n7月2日，水利部在北京举行新闻发布会。" + ASK).place == "北京"
    assert one("新闻发布会" + ASK).place is None


def test_the_organ_is_who_holds_it() -> None:
    assert one("新闻发布会\n主办：南海市人民政府新闻办公室" + ASK).organ == "南海市人民政府新闻办公室"
    assert one("新闻发布会\n7月2日，水利部在北京举行新闻发布会。" + ASK).organ == "水利部"


def test_outlet_and_language() -> None:
    briefing = one("新闻发布会\n2022-04-02 08:15　来源：河畔新闻网　作者：蓝某" + ASK)
    assert (briefing.outlet, briefing.language) == ("河畔新闻网", "zh-Hans")
    assert one("衛生署記者會\n記者：會否取消？\n張醫生：不會，請大家戴口罩。").language == "zh-Hant"
    assert one("Press briefing\nQ: Why?\nMR. LOW: Because.").language == "en"


@pytest.mark.parametrize(
    "text",
    [
        (
            "关于召开供餐工作新闻发布会的通知\n各单位：\n一、时间：9月8日\n"
            "二、发布人：市教育局副局长汤明\n问题1：怎么选？\n答问单位：市教育局\n记者问：____"
        ),
        "社保卡常见问题\n问：丢了怎么办？\n答：请挂失。\n问：怎么补？\n答：去网点。",
        "某办记者会要点速记\n先说没有提什么。\n回应了某社记者提问。\n是不是？——有明确规定。",
        "一、新冠肺炎是什么\n- 传染病。\n康复锻炼怎么做？\n1、适度运动。\n汇报完毕 谢谢大家",
        "首页\n外交动态\n某部发言人主持例行记者会(2020-12-11)\n某部发言人主持例行记者会(2020-12-10)",
    ],
)
def test_what_is_no_transcript_is_a_document(text: str) -> None:
    briefing = one(text)
    assert (briefing.kind, briefing.questions, briefing.speakers) == ("document", (), ())
