"""Printing: a script put on a page, with the page's own habits, marks and furniture.

A page folds its marks to half width, sets blank lines, indents, prints advertisements in the middle, the
whole body twice, wraps at a number of characters, runs everything into one line. What must be read out of
it stays the script.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from textwrap import wrap
from typing import Literal, get_args

from hypothesis import strategies as st
from opencc import OpenCC

from loader.model import Speaker
from loader.parse.numerals import ENGLISH
from tests.parse.grammar import scripts
from tests.parse.script import Script, changed, turns_of
from tests.parse.styles import STYLES, Form, Style
from tests.parse.vocabulary import CHINESE

Dated = Literal["field", "lead", "title", "numerals", "no year", "no year but a stamp", "nowhere"]
Shape = Literal["lines", "indented", "wrapped", "one line"]
_HALF = str.maketrans("，：？！（）；", ",:?!();")
_OPENCC = OpenCC("s2t")
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
    host: Speaker
    """The host as far as the page tells: by name and post, or else by his label."""


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
        dated=st.sampled_from(get_args(Dated)),
        width=st.integers(34, 48),  # a narrower page would cut labels in two before their mark
        before=st.lists(st.sampled_from(BEFORE), max_size=2, unique=True).map(tuple),
        amid=st.lists(st.tuples(st.integers(1, 12), st.sampled_from(AMID)), max_size=2).map(tuple),
        after=st.lists(st.sampled_from(AFTER), max_size=3, unique=True).map(tuple),
        form=st.builds(Form, variant=st.integers(0, 3)),
    )


def printed(script: Script, style: Style, page: Page) -> Printed:
    """The bytes of a page and the truth about it, in the width and the characters of the page."""
    english = style.needs.words is not CHINESE
    if english and page.dated not in ("field", "lead", "nowhere"):
        page = replace(page, dated="lead")
    if page.shape == "one line" and not _told_flat(script, page):
        page = replace(page, shape="lines")
    page = replace(
        page,
        half=page.half and not english,
        form=replace(page.form, posts=script.announced == "labels", day=script.day.isoformat()),
    )
    title = _english_title(script) if english else _title(script, page.form.variant)
    head = (_english_head if english else _head)(script, page)
    body, furniture = _body(script, style, page)

    def dress(text: str) -> str:
        text = text.translate(_HALF) if page.half else text
        return "".join(map(_traditional, text)) if style.traditional else text

    text = dress(_laid_out(title, head, body, page))
    front = f"---\ntitle: '{dress(title)}'\nlayout: post\n---\n\n" if page.front else ""
    text = (front + text).replace("\n", "\r\n" if page.crlf else "\n")
    around = (*page.before, *furniture, *page.after) if page.shape != "one line" else ()
    return Printed(
        text.encode(),
        "briefing" + style.suffix,
        changed(script, dress),
        page,
        dress(title),
        _told_day(script.day, page.dated, stamped=style.stamped),
        tuple(map(dress, around)),
        changed(_told_host(script, style, page.form.variant), dress),
    )


def _told_flat(script: Script, page: Page) -> bool:
    """Whether the head of a page can stand on one line: a list has no ends there, nor a source's stamp."""
    return script.announced not in ("list", "name first") and page.dated != "no year but a stamp"


def _told_host(script: Script, style: Style, variant: int) -> Speaker:
    host = script.host
    if host and (script.announced == "prose" or style.posts or style.needs.words is not CHINESE):
        return Speaker(host.name, host.post, "host")
    return Speaker(host.name if host and variant in (1, 2) else "主持人", None, "host")


@cache
def _traditional(char: str) -> str:
    return str(_OPENCC.convert(char))


def _title(script: Script, variant: int) -> str:
    if script.ordinal is None:
        return f"{script.place}召开{script.topic}新闻发布会"
    n = str(script.ordinal) if variant % 2 else _numeral(script.ordinal)
    if variant > 1:
        return f"{script.place}{script.topic}新闻发布会（第{n}场）"
    return f"{script.place}举行第{n}场{script.topic}新闻发布会"


def _numeral(n: int) -> str:
    """A number up to 139 in Chinese."""
    hundreds, tens, ones = n // 100, n // 10 % 10, n % 10
    told = "一百" if hundreds else ""
    if tens:
        told += ("" if tens == 1 and not hundreds else _NUMERALS[tens]) + "十"
    elif hundreds and ones:
        told += "零"
    return told + (_NUMERALS[ones] if ones else "")


def _head(script: Script, page: Page) -> list[str]:
    """What stands between the title and the first voice."""
    day = script.day
    full, short = f"{day.year}年{day.month}月{day.day}日", f"{day.month}月{day.day}日"
    year = "".join(_NUMERALS[int(c)] for c in str(day.year))
    said = {
        "lead": full,
        "numerals": f"{year}年{_numeral(day.month)}月{_numeral(day.day)}日",
        "no year": short,
        "no year but a stamp": short,
    }.get(page.dated, "")
    lines = []
    if page.dated == "no year but a stamp":
        lines.append(f"来源：青禾网　{day + timedelta(days=1)} 08:15")
    if page.dated == "field":
        lines += [f"时间：{full}15:00", "地点：市民中心三楼新闻发布厅"]
    if page.dated == "title":
        lines.append(full)
    lead = f"{said}，{script.place}" if said else script.place
    lines.append(f"{lead}举行新闻发布会，通报{script.topic}有关情况。以下为文字实录。")
    return [*lines, *_panel(script, page.form.variant)]


def _panel(script: Script, variant: int) -> list[str]:
    """Who is there, in the way the script announces it."""
    told = [f"{p.post}{p.name}" for p in script.panel]
    if script.announced == "prose":
        host = f"发布会由{script.host.post}{script.host.name}主持。" if script.host else ""
        return [f"{'、'.join(told)}出席发布会并回答记者提问。{host}"]
    if script.announced == "semicolons":
        return ["出席发布会的有：" + "；".join(told) + "。"]
    if script.announced == "list":
        return ["出席人员：", *(t + ("同志" if variant % 2 else "") for t in told)]
    if script.announced == "name first":
        return [f"{p.name}{('，', '　', '、', '——')[variant]}{p.post}" for p in script.panel]
    return []


def _english_title(script: Script) -> str:
    ordinal = next((word.title() + " " for word, n in ENGLISH.items() if n == script.ordinal), "")
    return f"{ordinal}Press Conference on {script.topic}"


def _english_head(script: Script, page: Page) -> list[str]:
    day = f"{script.day.day} {script.day:%B} {script.day.year}"
    lines = [f"Date: {day}"] if page.dated == "field" else []
    when = f", {day}" if page.dated == "lead" else ""
    lines.append(f"The City Office held a press conference in {script.place}{when}.")
    host = [f"{script.host.name}, {script.host.post} (moderator)"] if script.host else []
    return [*lines, *(f"{p.name}, {p.post}" for p in script.panel), *host]


def _body(script: Script, style: Style, page: Page) -> tuple[list[str], list[str]]:
    """The lines of the turns with advertisements between, and the advertisements."""
    lines: list[str] = []
    furniture: list[str] = []
    for n, turn in enumerate(turns_of(script)):
        for at, advertisement in page.amid if page.shape != "one line" else ():
            if at == n:
                lines.append(advertisement)
                furniture.append(advertisement)
        lines += style.write(turn, replace(page.form, at=n))
    return lines, furniture


def _laid_out(title: str, head: list[str], body: list[str], page: Page) -> str:
    """All lines on the page; furniture has lines of its own, which a page of one line has not."""
    if page.shape == "one line":
        once = " ".join([title, *head, *body])
        return "\n".join([once, once] if page.twice else [once])
    lines = [title, *head, *body] + (body if page.twice else [])
    if page.shape == "indented":
        lines = [line if line.startswith(("#", "•")) else "　　" + line for line in lines]
    if page.shape == "wrapped":
        lines = [title, *("\n".join(wrapped(line, page.width)) for line in lines[1:])]  # set in larger type
    return ("\n\n" if page.apart else "\n").join([*page.before, *lines, *page.after])


def wrapped(line: str, width: int) -> list[str]:
    """A line cut every `width` characters; English between words, and not before 72 of them."""
    if line.isascii() and " " in line:
        return wrap(line, max(width, 72))
    return [line[at : at + width] for at in range(0, len(line), width)]


def _told_day(day: date, dated: Dated, *, stamped: bool) -> str | None:
    """The day as EDTF, as far as the page tells it."""
    if dated == "nowhere" and not stamped:
        return None
    return f"XXXX{day:-%m-%d}" if dated == "no year" and not stamped else day.isoformat()
