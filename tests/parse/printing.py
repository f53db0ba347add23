"""Printing: a script put on a page, with the page's own habits, marks and furniture.

A page folds its marks to half width, sets blank lines, indents, prints advertisements in the middle, the
whole body twice, wraps at a number of characters, runs everything into one line. What must be read out of
it stays the script.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from hypothesis import strategies as st
from opencc import OpenCC

from tests.parse.grammar import Script, changed, scripts, turns_of
from tests.parse.styles import STYLES, Form, Style

Dated = Literal["field", "lead", "title", "numerals", "no year", "no year but a stamp", "nowhere"]
Shape = Literal["lines", "indented", "wrapped", "one line"]
_HALF = str.maketrans("，：？！（）；", ",:?!();")
_NUMERALS = "〇一二三四五六七八九"
BEFORE = ("首页 > 新闻中心 > 正文", "浏览:3527", "分享到: 微信 微博", "https://example.org/news/88123.html")
AMID = ("[推广]江景三居，首付两成起", "扫一扫，在手机上继续读", "▲发布会现场。（麦小满 摄）", "广告")
AFTER = ("责任编辑:闻一舟", "相关新闻", "闽ICP备29000017号-3", "版权所有 青禾网")


@dataclass(frozen=True)
class Page:
    """The habits of a page."""

    shape: Shape
    half: bool
    apart: bool
    """Blank lines between paragraphs."""
    twice: bool
    front: bool
    crlf: bool
    dated: Dated
    width: int
    """Characters, where wrapped."""
    before: tuple[str, ...]
    amid: tuple[tuple[int, str], ...]
    """(turn before which it stands, furniture)."""
    after: tuple[str, ...]
    form: Form


@dataclass(frozen=True)
class Printed:
    """A page as bytes, and the truth about it."""

    raw: bytes
    path: str
    script: Script
    page: Page
    title: str
    date: str | None
    furniture: tuple[str, ...]


@st.composite
def printings(draw: st.DrawFn, name: str) -> Printed:
    """A script in the style of that name, on a page that the style can be read on."""
    style = STYLES[name]
    script = draw(scripts(style.needs))
    return printed(script, style, draw(pages(style)))


def pages(style: Style) -> st.SearchStrategy[Page]:
    shapes: list[Shape] = ["lines", "lines", "indented"]
    shapes += ["wrapped"] if style.wraps else []
    shapes += ["one line"] if style.flat else []
    some = st.booleans()
    return st.builds(
        Page,
        shape=st.sampled_from(shapes),
        half=some,
        apart=some,
        twice=st.integers(0, 3).map(lambda n: n == 0),
        front=st.integers(0, 3).map(lambda n: n == 0),
        crlf=some,
        dated=st.sampled_from(Dated.__args__),
        width=st.integers(20, 44),
        before=st.lists(st.sampled_from(BEFORE), max_size=2, unique=True).map(tuple),
        amid=st.lists(st.tuples(st.integers(1, 12), st.sampled_from(AMID)), max_size=2).map(tuple),
        after=st.lists(st.sampled_from(AFTER), max_size=3, unique=True).map(tuple),
        form=st.builds(Form, variant=st.integers(0, 3)),
    )
