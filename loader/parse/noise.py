"""Noise: what on a page is only page, told by the shapes in `furniture`.

What comes in are folded lines. `why_noise` judges a whole line, `cut_of` cuts furniture off a line's two
ends, `ends_page` says that after this line the page speaks only of itself; each names the row of the table
that matched. Nothing is thrown away: noise becomes turns of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from loader.model import Span
from loader.parse.furniture import ENDS, HEAD, NAVIGATION, TAIL, WHOLE, Rule
from loader.parse.lines import Line
from loader.parse.titles import BRIEFING

_MENU = re.compile(
    r"(?:关于|网站|服务|隐私|广告|版权|联系|友情|用户|法律|免责|帮助)(?:本[站网]|我们|地图|导航|简介|声明|条款|协议|政策|保护|投放|合作|服务|信息|链接|中心)"
)
_BETWEEN = re.compile(r"[\s|·:\[\],/]+")
_LISTED = re.compile(r"(?:19|20)\d\d[年\-/.]\d{1,2}[月\-/.]\d{1,2}日?[^。?!:;]{4,50}$")
_LONGEST = 240
"""Characters: a longer line is never furniture as a whole."""


class Cut(NamedTuple):
    """Furniture glued to a line, and why it is."""

    span: Span
    why: str


def _any(rules: Sequence[Rule]) -> re.Pattern[str]:
    """All rows of a table as one pattern, a group for each: `lastindex` tells which matched."""
    return re.compile("|".join(f"({rule.pattern})" for rule in rules))


def _row(rules: Sequence[Rule], match: re.Match[str]) -> str:
    """The row of a table that matched, by its example."""
    return f"like {rules[(match.lastindex or 1) - 1].example}"


_WHOLE, _HEAD, _TAIL, _ENDS = _any(WHOLE), _any(HEAD), _any(TAIL), _any(ENDS)


def why_noise(text: str) -> str | None:
    """Why a whole folded line is furniture, or None where it is not."""
    if len(text) > _LONGEST:
        return None
    match = _WHOLE.fullmatch(text)
    if match:
        return _row(WHOLE, match)
    return "words of a menu" if _is_menu(text) else None


def is_noise(text: str) -> bool:
    """Whether a whole folded line is furniture."""
    return why_noise(text) is not None


def ends_page(text: str) -> str:
    """Why a folded line opens the page's own end, where nobody speaks after it; empty where it does not."""
    match = _ENDS.fullmatch(text) if len(text) <= _LONGEST else None
    return _row(ENDS, match) if match else ""


def _is_menu(text: str) -> bool:
    words = [w for w in _BETWEEN.split(text) if w]
    if len(words) < 2:
        return False
    hits = sum(w in NAVIGATION or bool(_MENU.fullmatch(w)) for w in words)
    return hits >= 2 and hits * 2 >= len(words)


def cut_of(line: Line) -> tuple[Line | None, list[Cut]]:
    """A line without the furniture glued to its ends (None if nothing is left), and what was cut off."""
    cut: list[Cut] = []
    start, end, text = line.start, line.end, line.plain
    head = _HEAD.match(text[:80])
    if head and head.end() < len(text):
        cut.append(Cut(Span(start, start + head.end()), _row(HEAD, head)))
        text = text[head.end() :]
        start += head.end()
    offset = max(0, len(text) - 240)
    tail = _TAIL.search(text, offset)
    if tail and tail.start() > 0:
        cut.append(Cut(Span(start + tail.start(), end), _row(TAIL, tail)))
        text, end = text[: tail.start()], start + tail.start()
    bare = text.strip()
    if not bare:
        return None, [Cut(Span(line.start, line.end), cut[-1].why)]
    shift = text.index(bare[0])
    start += shift
    return (line if not cut else replace(line, start=start, end=start + len(bare), plain=bare)), cut


def is_logo(text: str) -> bool:
    """Whether a folded line of a Chinese text is a broadcaster's lettering (`LCTV News`, `XINWEN`)."""
    return len(text) <= 30 and bool(re.fullmatch(r"[A-Z]{2,}(?: (?:[A-Z]{2,}|News|TV|Live)){1,3}", text))


def repeated_footers(lines: Sequence[Line]) -> set[str]:
    """Short lines that recur with only a number changed, three times or more (`Media pack v5 | 3`)."""
    counts = Counter(_shape(line.plain) for line in lines if len(line) <= 80 and "|" in line.plain)
    return {shape for shape, times in counts.items() if times >= 3}


def listed_titles(lines: Sequence[Line]) -> set[str]:
    """Dated titles of briefings, where a page lists three or more: they are links to pages of their own."""
    titles = {
        line.plain
        for line in lines
        if len(line) <= 60 and _LISTED.match(line.plain) and BRIEFING.search(line.plain)
    }
    return titles if len(titles) >= 3 else set()


def is_footer(text: str, shapes: set[str]) -> bool:
    """Whether a folded line has one of the shapes of `repeated_footers`."""
    return bool(shapes) and len(text) <= 80 and _shape(text) in shapes


def _shape(text: str) -> str:
    return re.sub(r"\d+", "#", text)
