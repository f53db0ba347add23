"""Hostile HTML costs time in proportion to its length, and other parsers agree on sane HTML."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loader.read import read_bytes
from loader.read.html import render

HOSTILE: dict[str, Callable[[int], str]] = {
    "deep blocks": lambda n: "<div>" * n + "文",
    "deep lists": lambda n: "<ul><li>文" * n,
    "deep tables": lambda n: "<table><tr><td>文" * n,
    "misnested": lambda n: "<b>文</i>" * n,
    "unclosed bold over paragraphs": lambda n: "<font>" * n + "<p>文</p>" * n,
    "unclosed comments": lambda n: "<!--" * n + "文",
    "unclosed tags": lambda n: "<p " * n + "文",
    "unclosed quotes": lambda n: '<a b="' * n + "文",
    "unclosed scripts": lambda n: "<script>" * n + "文",
    "ampersands": lambda n: "<p>" + "&#9" * n + "文",
    "huge reference": lambda n: "<p>文&#" + "9" * n + ";",
    "blanks": lambda n: "<p>文" + " " * n + "x",
    "one long line": lambda n: "<p>" + "文" * n,
}


def _steps(source: str) -> int:
    """Lines of Python run, which grows with time but does not depend on the machine."""
    steps = 0

    def trace(_frame: FrameType, _event: str, _argument: object) -> Any:
        nonlocal steps
        steps += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        render(source, page=True)
    finally:
        sys.settrace(before)
    return steps


@pytest.mark.parametrize("name", HOSTILE)
def test_twice_the_source_takes_about_twice_the_steps(name: str) -> None:
    make = HOSTILE[name]
    assert _steps(make(2000)) <= 2.5 * _steps(make(1000)) + 500


@pytest.mark.parametrize("name", HOSTILE)
def test_its_text_is_read(name: str) -> None:
    source = HOSTILE[name](100_000 if name.startswith("deep") else 20_000)
    assert "文" in read_bytes(source.encode(), "a.html").text


_PIECES = (
    *"<p> </p> <div> </div> <b> </b> <br> <h2> </h2> <ul><li> </ul> <span\ttitle='a>b'> </span>".split(" "),
    *"<table><tr><td> </td></tr></table> <!--x--> &lt; &amp; 甲 乙 word < a<b".split(" "),
    *(" ", "\n"),
)


@given(st.lists(st.sampled_from(_PIECES), max_size=30).map("".join))
@settings(max_examples=200)
def test_lexbor_sees_the_same_characters(source: str) -> None:
    """Foster parenting moves what stands loose in a table, so their order is not compared; and lexbor,
    as the standard says, drops a tag that never ends.
    """
    source += ">"
    lexbor = pytest.importorskip("selectolax.lexbor")
    body = lexbor.LexborHTMLParser("<!doctype html><body>" + source).body
    theirs = Counter(body.text() if body else "")
    ours = Counter(render(source, page=True)[0])
    for blank in " \n\t":
        del theirs[blank], ours[blank]
    assert ours == theirs
