"""The page: lines parted into what is said, what is only page, and what the page says of itself.

What comes in are the lines of a reading. Nothing is thrown away: what is nobody's word becomes chunks with
a kind and the reason for it, which go back between the turns they stood in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from loader.parse.lines import Line
from loader.parse.noise import (
    cut_of,
    ends_page,
    is_footer,
    is_logo,
    listed_titles,
    repeated_footers,
    why_noise,
)
from loader.parse.repeats import repeated_lines
from loader.parse.scored.labels import Label
from loader.parse.scored.segments import Chunk
from loader.parse.tables import with_rows


@dataclass(slots=True)
class Page:
    """A reading's lines by what they are; `aside` holds what is nobody's word."""

    live: list[Line] = field(default_factory=list)
    aside: list[Chunk] = field(default_factory=list)
    front: list[Line] = field(default_factory=list)
    enders: list[tuple[int, str]] = field(default_factory=list)
    """Where furniture stands that opens a page's end, as offsets, and why it does."""
    stamps: list[str] = field(default_factory=list)
    """Folded furniture that holds a date or a clock."""


class Parts(NamedTuple):
    """Lines before the first voice, of the voices, and of the page's own end, and what opens that end."""

    head: list[Line]
    body: list[Line]
    tail: list[Line]
    ended: str


def sort_lines(lines: Sequence[Line]) -> Page:
    """The lines parted into what is said and what is furniture, front matter or a second printing."""
    page = Page()
    footers = repeated_footers(lines)
    listed = listed_titles(lines)
    chinese = sum(not line.plain.isascii() for line in lines) * 2 > len(lines)
    for whole in with_rows(lines):
        if whole.front_matter:
            page.front.append(whole)
            page.aside.append(Chunk(whole.start, whole.end, "", "metadata", why="front matter"))
            continue
        why = "one of a list of briefings" if whole.plain in listed else _why_aside(whole, footers, chinese)
        if why:
            page.aside.append(Chunk(whole.start, whole.end, "", "noise", why=why))
            page.stamps.append(whole.plain)
            ender = ends_page(whole.plain)
            page.enders += [(whole.start, ender)] if ender else []
            continue
        line, cut = cut_of(whole)
        for span, reason in cut:
            page.aside.append(Chunk(span.start, span.end, "", "noise", why=reason))
            page.stamps.append(whole.plain[span.start - whole.start : span.end - whole.start])
        if line is not None:
            page.live.append(line)
    again = repeated_lines(page.live)
    for i, back in again.items():
        line, why = page.live[i], f"printed again: the first print stands {back} characters before"
        page.aside.append(Chunk(line.start, line.end, "", "repeat", why=why))
    page.live = [line for i, line in enumerate(page.live) if i not in again]
    return page


def _why_aside(line: Line, footers: set[str], chinese: bool) -> str | None:
    """Why a whole line is furniture, or None."""
    if line.furniture:
        return "navigation, header, footer or aside by the markup"
    why = why_noise(line.plain)
    if why:
        return why
    if is_footer(line.plain, footers):
        return "recurs with only its number changed"
    return "a broadcaster's lettering" if chinese and is_logo(line.plain) else None


def parts_of(page: Page, labels: Sequence[Label]) -> Parts:
    """The page's lines before the first voice, of the voices, and of its own end."""
    live = page.live
    first = labels[0].line if labels else len(live)
    last = max((label.last for label in labels), default=-1)
    at, ended = next(((at, why) for at, why in page.enders if last < 0 or at > live[last].end), (-1, ""))
    stop = len(live)
    for i in range(max(last + 1, 1), len(live)):
        if at >= 0 and live[i].start > at:
            stop = i
            break
        ender = ends_page(live[i].plain)
        if ender:
            stop, ended = i, ender
            break
    if not labels and stop * 2 < len(live):  # a menu in the middle of a document ends nothing
        stop = len(live)
    return Parts(live[: min(first, stop)], live[min(first, stop) : stop], live[stop:], ended)
