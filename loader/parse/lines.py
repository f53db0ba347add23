"""Lines: the text cut at line feeds, each with what the markup and its neighbours say of it.

What comes in is a `Reading` of any size; a line may be ten megabytes long or hold one mark. Offsets are
characters into `Reading.text`; a line's span leaves out the blanks around it, so the spans of all lines
together hold every non-blank character.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from loader.model import Mark, Reading
from loader.parse.folding import plain


@dataclass(slots=True)
class Line:
    """One non-blank line: `text[start:end]`, its folded face, and its marks; never changed once made.

    (Not `frozen`, which makes one four times as slowly; a page may have hundreds of thousands.)
    """

    start: int
    end: int
    plain: str
    """The folded text of the span: same length, so `start + i` is where `plain[i]` stands."""
    indent: int = 0
    """Blanks before it, in characters."""
    apart: bool = False
    """A blank line (or the text's start) stands before it."""
    heading: int = 0
    """The heading's level by markup, 1 to 6, or 0."""
    item: bool = False
    row: bool = False
    front_matter: bool = False
    furniture: bool = False
    bold: int = 0
    """How many of its characters, counted from the left, the first bold run at its head covers."""

    def __len__(self) -> int:
        return self.end - self.start


def split_lines(reading: Reading, folded: str | None = None) -> list[Line]:
    """The non-blank lines of a reading in order; `folded` is its text folded, where that is known."""
    text = reading.text
    folded = plain(text) if folded is None else folded
    marks = _Marks(reading.marks)
    lines: list[Line] = []
    at, apart = 0, True
    for raw in text.split("\n"):
        bare = raw.strip()
        if bare:
            indent = 0 if len(bare) == len(raw) else len(raw) - len(raw.lstrip())
            start = at + indent
            end = start + len(bare)
            lines.append(marks.line(start, end, folded[start:end], indent, apart))
        apart = not bare
        at += len(raw) + 1
    return lines


def unwrapped(lines: Sequence[Line]) -> list[Line]:
    """Lines with those joined that a hard wrap parted, for reading only: a joined line has no true span.

    A line goes on in the next where it stops without any mark, is neither short nor set apart, and the
    next is indented like it and no field (`时间：`).
    """
    out: list[Line] = []
    for line in lines:
        before = out[-1] if out else None
        wrapped = before is not None and not (
            line.apart
            or line.heading
            or line.item
            or line.row
            or line.front_matter
            or _FIELD.match(line.plain)
        )
        wrapped = wrapped and before is not None and len(before) >= 14 and before.indent == line.indent > 0
        if before is not None and wrapped and (before.plain[-1].isalnum() or before.plain[-1] in ",、"):
            out[-1] = replace(before, end=line.end, plain=before.plain + line.plain)
        else:
            out.append(line)
    return out


_FIELD = re.compile(r"\[?[^\W\d]{2,6}\]?\s?:")
"""Of a folded line: a few characters and a colon, as a page names the time and the place."""
_WIDE = re.compile(r"[\u1100-\uffdc]|(?<=[\u1100-\uffdc])[,.:;!?()\"'<>]|[(\"<](?=[\u1100-\uffdc])")
"""Folded signs that were printed two cells wide: letters, and marks beside them."""


class _Cut(NamedTuple):
    """How a page may cut its lines: at a number of characters or of cells."""

    narrowest: int
    """A page cut at fewer is a column of words."""
    widest: int
    """A page cut at more is read as paragraphs."""
    slack: int
    """By how much a full line may be shorter: a wide sign does not fit, or a mark may not begin a line."""
    even: bool
    """Whether most full lines are of the very width."""

    def at(self, widths: Sequence[int]) -> int:
        """The width lines are cut at, or 0: a fifth of them have it or nearly, and hardly any are wider."""
        counts = Counter(widths)
        near = {
            width: sum(counts[width - less] for less in range(1 if self.even else self.slack + 1))
            for width in counts
            if self.narrowest <= width <= self.widest
        }
        cut = max(near, key=lambda width: (near[width], -width), default=0)
        wider = sum(times for width, times in counts.items() if width > cut)
        return cut if cut and near[cut] >= max(4, len(widths) / 5) and wider * 10 <= len(widths) else 0


_IN_CHARACTERS, _IN_CELLS = _Cut(14, 60, 1, True), _Cut(48, 120, 3, False)


def uncut(lines: Sequence[Line]) -> list[Line]:
    """Lines joined again that a page cuts at a number of characters or cells, for reading only, as
    `unwrapped`."""
    widths, cut = [line.indent + len(line) for line in lines], _IN_CHARACTERS
    full = cut.at(widths)
    if not full:
        cut = _IN_CELLS
        wide = [len(_WIDE.findall(line.plain)) for line in lines]
        widths = [width + more if more else 0 for width, more in zip(widths, wide, strict=True)]
        full = cut.at(widths)
    if not full:
        return _unbroken(lines)
    out: list[Line] = []
    long = False
    for line, width in zip(lines, widths, strict=True):
        if long and not line.apart:
            out[-1] = replace(out[-1], end=line.end, plain=out[-1].plain + line.plain)
        else:
            out.append(line)
        long = full - cut.slack <= width <= full
    return out


_LATIN_WIDTH = range(50, 101)
"""Characters at which a page in Latin letters may break its lines between words."""


_RAGGED = 12
"""Characters by which a line that stops within a sentence may be shorter than the page is wide."""


def _unbroken(lines: Sequence[Line]) -> list[Line]:
    """Lines in Latin letters joined again that a page breaks between words; others as they are."""
    lengths = sorted(len(line) for line in lines)
    width = lengths[-1 - len(lengths) // 20] if lengths else 0
    if width not in _LATIN_WIDTH:
        return list(lines)
    out: list[Line] = []
    breaks = 0
    full = False
    for line, following in pairwise([*lines, None]):
        assert line is not None
        if full and not line.apart and not line.indent:
            out[-1] = replace(out[-1], end=line.end, plain=f"{out[-1].plain} {line.plain}")
            breaks += 1
        else:
            out.append(line)
        word = following.plain.split(" ", 1)[0] if following else ""
        room = width - len(line)
        stops = not line.plain.isascii() or line.plain[-1] in ".?!:"
        full = bool(word) and not stops and room < max(_RAGGED, len(word) + 1)
    return out if breaks * 3 >= len(lines) else list(lines)


def before(line: Line, at: int) -> Line:
    """The part of a line before an offset into the text."""
    text = line.plain[: at - line.start].rstrip()
    return replace(line, end=line.start + len(text), plain=text)


class _Marks:
    """Walks the marks beside the lines, both sorted by start, so that the whole is one pass."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self._coming = sorted((m for m in marks if m.end > m.start), key=lambda m: -m.start)
        self._open: list[Mark] = []

    def line(self, start: int, end: int, folded: str, indent: int, apart: bool) -> Line:
        if not self._open and not (self._coming and self._coming[-1].start < end):
            return Line(start, end, folded, indent, apart)
        while self._coming and self._coming[-1].start < end:
            self._open.append(self._coming.pop())
        here = [m for m in self._open if m.end > start]
        self._open = [m for m in here if m.end > end]
        kinds = {m.kind for m in here}
        heading = next((m for m in here if m.kind == "heading"), None)
        return Line(
            start,
            end,
            folded,
            indent,
            apart,
            heading=int(heading.value) if heading and heading.value.isdigit() else int(heading is not None),
            item="item" in kinds,
            row="row" in kinds,
            front_matter="front_matter" in kinds,
            furniture="furniture" in kinds,
            bold=_bold_head(here, start, end),
        )


def _bold_head(marks: Iterable[Mark], start: int, end: int) -> int:
    """How far bold runs that touch each other reach from the line's head."""
    reach = start
    for mark in sorted((m for m in marks if m.kind == "bold"), key=lambda m: m.start):
        if mark.start > reach + 1:
            break
        reach = max(reach, min(mark.end, end))
    return reach - start
