"""Nothing a source says is dropped: turns cover every non-blank character, once, in order."""

from __future__ import annotations

import math
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loader.model import Briefing, Mark
from loader.parse import parse
from tests.parse.test_labels import WAYS
from tests.parse.text import reading

FRAGMENTS = st.sampled_from(
    [
        "主持人：",
        "记者：",
        "新华社记者：",
        "问：",
        "答：",
        "Q1：",
        "A1：",
        "王永刚：",
        "市商务局局长王永刚：",
        "【王永刚】",
        "[10:20:30] ",
        "2022-11-05 15:06:31",
        "问题1.",
        "下面请记者提问。",
        "请王局长回答。",
        "感谢您的提问。",
        "怎么办？",
        "（记者追问：真的吗？）",
        "（——王永刚）",
        "MR. LOW: ",
        "Q Why?",
        "QUESTION (Daily). ",
        "第七场新闻发布会",
        "一、情况",
        "责任编辑：某",
        "浏览:192",
        "扫一扫",
        "　　",
        "\t",
        "\n",
        "\n\n",
        "病例例",
        ".6万",
        "8月5日",
        "首页 > 新闻 > 正文",
        "Zhao Lijian: ",
        "——",
        "。",
        "发言人1　00:04",
        "发言人1——邝霖，县长",
        "---",
        "The Paper: ",
        "有记者问：多少？王永刚回答说，",
    ]
)
TEXTS = st.lists(st.one_of(FRAGMENTS, st.text(max_size=12)), max_size=40).map("".join)


def assert_whole(text: str, briefings: tuple[Briefing, ...]) -> None:
    turns = [turn for briefing in briefings for turn in briefing.turns]
    at = 0
    for turn in turns:
        assert turn.span.start >= at, "turns overlap or are out of order"
        assert text[at : turn.span.start].strip() == "", "characters between turns"
        assert turn.span.start <= turn.body.start <= turn.body.end <= turn.span.end
        assert turn.span.end > turn.span.start
        at = turn.span.end
    assert text[at:].strip() == ""


def assert_consistent(briefing: Briefing) -> None:
    for question in briefing.questions:
        assert question.turns, "a question without a turn"
        for i in question.turns:
            assert briefing.turns[i].kind == "question"
        for i in question.answers:
            assert briefing.turns[i].kind == "answer"
    assert [q.number for q in briefing.questions] == list(range(1, len(briefing.questions) + 1))
    for turn in briefing.turns:
        assert turn.speaker is None or 0 <= turn.speaker < len(briefing.speakers)


@settings(max_examples=120)
@given(TEXTS)
def test_any_text_is_covered_once_and_in_order(text: str) -> None:
    briefings = parse(reading(text))
    assert_whole(text, briefings)
    for briefing in briefings:
        assert_consistent(briefing)


@settings(max_examples=60)
@given(
    TEXTS,
    st.lists(
        st.tuples(
            st.sampled_from(["heading", "bold", "item", "row", "front_matter", "furniture"]),
            st.integers(0, 80),
            st.integers(0, 80),
        ),
        max_size=8,
    ),
)
def test_any_marks_leave_it_covered(text: str, drawn: list[tuple[str, int, int]]) -> None:
    marks = sorted(
        Mark(kind, min(a, b, len(text)), min(max(a, b), len(text)), "2")  # type: ignore[arg-type]
        for kind, a, b in drawn
    )
    assert_whole(text, parse(reading(text, tuple(sorted(marks, key=lambda m: m.start)))))


@settings(max_examples=60)
@given(st.lists(st.sampled_from(sorted(WAYS)), min_size=1, max_size=3), st.integers(0, 400), st.booleans())
def test_torn_and_flattened_transcripts_are_covered(ways: list[str], cut: int, flat: bool) -> None:
    text = "\n".join(WAYS[way] for way in ways)[cut:]
    text = text.replace("\n", " ") if flat else text
    briefings = parse(reading(text))
    assert_whole(text, briefings)
    for briefing in briefings:
        assert_consistent(briefing)


def test_an_empty_text_has_no_turns() -> None:
    (briefing,) = parse(reading(""))
    assert (briefing.kind, briefing.turns, briefing.title) == ("document", (), None)


@pytest.mark.parametrize(
    "unit",
    [
        "啊",
        "(",
        "[",
        "王明:",
        "3月",
        "局长",
        "1",
        "A. ",
        "王明\n",
        "记者：什么？\n王明：好。\n",
        "a\tb\n",
        "\n",
        "主持人:请王局长回答。新华社记者:请问怎么看?王永刚:感谢提问。",
    ],
)
def test_time_grows_with_length_alone(unit: str) -> None:
    """Twice the text may take about twice as long; a quadratic step would take four times as long."""

    def seconds(size: int) -> float:
        """Of the processor: what else the machine does takes none of it."""
        text = unit * (size // len(unit))
        best = math.inf
        for _ in range(3):
            began = time.process_time()
            parse(reading(text))
            best = min(best, time.process_time() - began)
        return best

    short, long = seconds(10_000), seconds(40_000)
    assert long < 0.2 or long < 10 * short
