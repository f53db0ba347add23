"""Every stretch says what made it what it is, in at most four short phrases; thin evidence is a warning."""

from __future__ import annotations

import re

import pytest

from loader.parse.furniture import ENDS, HEAD, TAIL, WHOLE, Rule
from loader.parse.rivals import Way, runner_up
from tests.parse.test_labels import WAYS
from tests.parse.test_shapes import BODY
from tests.parse.text import one

TEXT = (
    "某市新闻发布会\n时间：2023年9月8日\n出席的有市水务局局长王明。\n主持人：请提问。\n"
    "晚报记者：水价会涨吗？\n王明：不会。\n晚报记者：追问一句，为什么？\n王明：成本没变。\n"
    "主持人：发布会到此结束。\n责任编辑：李四\n某某网友都在看"
)


def whys(text: str, kind: str) -> list[tuple[str, ...]]:
    return [turn.why for turn in one(text).turns if turn.kind == kind]


def test_labels_tell_form_words_and_part() -> None:
    first, second = whys(TEXT, "question")
    assert (first[0], first[2]) == ("label with colon", "ends in ?")
    assert "the name of an outlet +1.0" in first[1]
    assert second[2] == "follows up question 1: says 追问"
    form, words, reason, _second = whys(TEXT, "answer")[0]
    assert form == "label with colon"
    assert words.startswith("announced as 市水务局局长, ")
    assert "a name that was announced" in words
    assert reason == "follows question 1"
    assert [why[2] for why in whys(TEXT, "speech")] == [
        "before the first question",
        "ends the briefing: 到此结束",
    ]


def test_labels_tell_what_came_second_and_why_it_did_not_win() -> None:
    assert [why[3].split(" behind")[1] for why in whys(TEXT, "question")] == [
        ": the words say another part -4.8",
        ": the words say another part -4.8",
    ]
    way = Way("asker", "晚报", (("stage", 2.0), ("asks", 1.0)))
    other = Way("official", "晚报记者", (("stage", 2.0), ("only asks", -1.4)))
    assert runner_up(way, [other], "none") == (
        "second: an official “晚报记者”, 1.6 behind: an official who only asks -1.4"
    )
    assert runner_up(way, [Way("host", "晚报", (("nothing", -9.0),))], "host") == (
        "second: no label, 3.6 behind"
    )


def test_heads_and_noise_name_their_rule() -> None:
    assert whys(TEXT, "heading") == [("the title: the first line that names a briefing",)]
    assert whys(TEXT, "metadata") == [("header 时间",)]
    assert whys(TEXT, "narrative") == [("before anybody is named",)]
    assert whys(TEXT, "noise") == [("like 责任编辑:某某", "after the line like 责任编辑:某某")]


def test_a_repeat_tells_where_the_first_print_stands() -> None:
    text = "某区新闻发布会\n" + BODY + "\n" + BODY
    assert whys(text, "repeat") == [
        (f"printed again: the first print stands {len(BODY) + 1} characters before",)
    ]


@pytest.mark.parametrize("way", WAYS)
def test_every_turn_has_one_to_four_reasons(way: str) -> None:
    for turn in one(WAYS[way]).turns:
        assert 1 <= len(turn.why) <= 4
        assert all(turn.why)


def test_a_document_says_why_it_is_none() -> None:
    assert whys("某市供水情况\n水够用，大家放心。", "narrative") == [("nobody is named as speaking",)]


def test_thin_labels_are_a_warning() -> None:
    text = (
        "某市新闻发布会\n主持人：请提问。\n晚报记者：水价会涨吗？\n王明：不会。\n"
        "卓一航\n管网的事也请说一说吧？\n王明：在换。"
    )
    assert one(text).warnings == ("unsure of 1 label: 卓一航",)
    assert one(TEXT).warnings == ()


@pytest.mark.parametrize("rule", [*WHOLE, *HEAD, *TAIL, *ENDS], ids=lambda r: r.example)
def test_rows_hold_no_group_so_that_the_row_can_be_told(rule: Rule) -> None:
    assert re.compile(rule.pattern).groups == 0
