"""Cues of asking, handing over, adding, answering and closing."""

from __future__ import annotations

import re

import pytest

from loader.parse import asking
from loader.parse.asking import Cue

TABLES = ("ASKS", "HANDS_OVER", "ADDS", "ANSWERS", "FOLLOWS_UP", "CLOSES", "PLEASANTRIES")
CUES = [cue for table in TABLES for cue in getattr(asking, table)]


@pytest.mark.parametrize("cue", CUES, ids=lambda c: c.example)
def test_each_cue_is_found_in_its_example_and_not_in_its_counter(cue: Cue) -> None:
    assert re.search(cue.pattern, cue.example)
    assert not re.search(cue.pattern, cue.counter)


@pytest.mark.parametrize(
    "text", ["总数到底多少?", "Any idea how long it takes?", "请介绍一下最新进展。", "这样合适吗"]
)
def test_questions_ask(text: str) -> None:
    assert asking.asks(text)


@pytest.mark.parametrize(
    "text", ["That was a short answer.", "Thank you for waiting in the rain.", "水库的大坝明年年底之前完工。"]
)
def test_remarks_ask_nothing(text: str) -> None:
    assert not asking.asks(text)


def test_a_paragraph_that_only_asks_is_a_question_line() -> None:
    assert asking.is_question_line("电话打得通吗?")
    assert asking.is_question_line("如何防控(特别是封闭小区)?")
    assert not asking.is_question_line("我们想过。我们也做过。下一步怎么办?")
    assert not asking.is_question_line("这几个问题的情况就是这样。")
