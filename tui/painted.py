"""What the terminal shows, cell by cell, so that only what changed is written to it.

In come stretches of rows as they are to stand; out go control sequences for the cells that differ. Over a
slow line a frame costs what it changes: Textual 8.2.8 writes the whole screen whenever a pane comes or goes.
What is not known to be shown is written, so to forget is always safe (`forget`: after a resize, after the
shell had the terminal).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from rich.cells import get_character_cell_size
from rich.color import ColorSystem
from rich.style import Style
from textual.strip import Strip


class Cell(NamedTuple):
    """What stands in a cell: characters, none in the second half of a wide one; the codes of its style."""

    text: str
    codes: str


UNKNOWN = Cell("\0", "")
"""Equal to nothing that is written."""
NEAR = 6
"""So few unchanged cells between two changed ones are written along: moving the cursor costs as much."""


class Painted:
    """The terminal of a size in cells."""

    def __init__(self) -> None:
        self._size = (0, 0)
        self._rows: list[list[Cell]] = []
        self._codes = ""
        """The codes in force; none between two frames."""

    def forget(self) -> None:
        """Anything may stand there."""
        self._size = (0, 0)

    def begin(self, width: int, height: int) -> None:
        """A frame begins, of that size."""
        self._codes = ""
        if self._size != (width, height):
            self._size = width, height
            self._rows = [[UNKNOWN] * width for _ in range(height)]

    def end(self) -> str:
        """A frame ends: colours as they were before it."""
        return "\x1b[0m" if self._codes else ""

    def write(self, x: int, y: int, strip: Strip, colors: ColorSystem | None) -> Iterator[str]:
        """The changes by which a strip comes to stand at column `x` of row `y`, from 0."""
        if not 0 <= y < len(self._rows):
            return
        row = self._rows[y]
        new = _cells(strip, colors)[: max(0, len(row) - x)]
        for start, stop in _changed(row[x : x + len(new)], new):
            yield f"\x1b[{y + 1};{x + start + 1}H"
            for codes, run in groupby(new[start:stop], key=itemgetter(1)):
                if codes != self._codes:
                    yield f"\x1b[0;{codes}m" if codes else "\x1b[0m"
                    self._codes = codes
                yield "".join(cell.text for cell in run)
        row[x : x + len(new)] = new
        self._halve(row, x)
        self._halve(row, x + len(new))

    def place(self, x: int, y: int, width: int, sequence: str) -> str:
        """A stretch written as a whole or not at all, by a sequence that begins and ends without codes."""
        if not 0 <= y < len(self._rows):
            return ""
        row = self._rows[y]
        new = [Cell("\0", f"{sequence}{number}") for number in range(min(width, len(row) - x))]
        if row[x : x + len(new)] == new:
            return ""
        row[x : x + len(new)] = new
        reset, self._codes = ("\x1b[0m" if self._codes else ""), ""
        return reset + sequence

    @staticmethod
    def _halve(row: list[Cell], x: int) -> None:
        """A wide character that was cut at column `x` is whole no more."""
        if 0 < x < len(row) and not row[x].text and not _wide(row[x - 1]):
            row[x] = UNKNOWN
        if 0 < x < len(row) and row[x].text and _wide(row[x - 1]):
            row[x - 1] = UNKNOWN


def _wide(cell: Cell) -> bool:
    return bool(cell.text) and get_character_cell_size(cell.text[0]) == 2


def _cells(strip: Strip, colors: ColorSystem | None) -> list[Cell]:
    """A strip's cells; what has no width stands with the character before it."""
    out: list[Cell] = []
    for text, style, control in strip:
        if control:
            continue
        codes = codes_of(style, colors) if style else ""
        for character in text:
            size = get_character_cell_size(character)
            if size:
                out.append(Cell(character, codes))
                if size == 2:
                    out.append(Cell("", codes))
            elif out:
                at = -1 if out[-1].text else -2
                out[at] = Cell(out[at].text + character, out[at].codes)
    return out


@lru_cache(4096)
def codes_of(style: Style, colors: ColorSystem | None) -> str:
    """The parameters of the sequence that sets a style."""
    if colors is None:
        return ""
    plain = all(one is None or one.is_default for one in (style.color, style.bgcolor))
    # 39 and 49 say nothing behind the 0 that every sequence begins with, and are colours all the same
    return (style.without_color if plain else style)._make_ansi_codes(colors)


def _changed(old: Sequence[Cell], new: Sequence[Cell]) -> list[tuple[int, int]]:
    """The stretches of `new` that differ from `old`; no wide character, old or new, is cut by an end."""
    out: list[tuple[int, int]] = []
    for at, (before, after) in enumerate(zip(old, new, strict=False)):
        if before == after:
            continue
        if out and at - out[-1][1] <= NEAR:
            out[-1] = out[-1][0], at + 1
        else:
            out.append((at, at + 1))
    whole: list[tuple[int, int]] = []
    for start, stop in out:
        while start > 0 and not (new[start].text and old[start].text):
            start -= 1
        while stop < len(new) and not (new[stop].text and old[stop].text):
            stop += 1
        if whole and start <= whole[-1][1]:
            whole[-1] = whole[-1][0], max(stop, whole[-1][1])
        else:
            whole.append((start, stop))
    return whole
