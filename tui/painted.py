"""What the terminal shows, cell by cell, so that only what changed is written to it.

In come stretches of rows as they are to stand; out go control sequences for the cells that differ. Over a
slow line a frame costs what it changes: Textual 8.2.8 writes the whole screen whenever a pane comes or goes.
What is not known to be shown is written, so to forget is always safe (`forget`: after a resize, after the
shell had the terminal).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from rich.cells import get_character_cell_size

from tui.pen import Cell, Pen, ground

UNKNOWN = Cell("\0", "")
"""Equal to nothing that is written."""
MOVE = 5
"""Bytes that a move within a row costs."""
TURN = 9
"""Bytes that a change of style costs, and another back, at least."""


class Painted:
    """The terminal of a size in cells."""

    def __init__(self) -> None:
        self._size = (0, 0)
        self._rows: list[list[Cell]] = []
        self._pen = Pen()

    @property
    def begun(self) -> bool:
        """Whether anything is known to be shown."""
        return self._size != (0, 0)

    def forget(self) -> None:
        """Anything may stand there."""
        self._size = (0, 0)

    def begin(self, width: int, height: int) -> None:
        """A frame begins, of that size."""
        self._pen.begin()
        if self._size != (width, height):
            self._size = width, height
            self._rows = [[UNKNOWN] * width for _ in range(height)]

    def end(self) -> str:
        """A frame ends: colours as they were before it."""
        self._pen.end()
        return self._pen.take()

    def write(self, x: int, y: int, cells: Sequence[Cell]) -> str:
        """The changes by which cells come to stand from column `x` of row `y` on, from 0."""
        if not 0 <= y < len(self._rows):
            return ""
        row = self._rows[y]
        new = list(cells[: max(0, len(row) - x)])
        for start, stop in _changed(row[x : x + len(new)], new):
            self._pen.move(x + start, y)
            self._pen.write(new[start:stop])
        self._stand(row, x, new)
        return self._pen.take()

    def place(self, x: int, y: int, cells: Sequence[Cell], *, narrow: bool) -> str:
        """Cells of which the terminal may count more or, if `narrow`, fewer: written all together, or not.

        Blanks come first: text that comes out wider runs into them, and text that comes out narrower leaves
        nothing old. What stands behind a gap is moved to.
        """
        if not 0 <= y < len(self._rows):
            return ""
        row = self._rows[y]
        cells = cells[: max(0, len(row) - x)]
        new = [Cell("\0", "", (tuple(cells), number)) for number in range(len(cells))]
        old = row[x : x + len(new)]
        if old == new:
            return ""
        gaps, texts = _gaps(cells)
        for start, stop in [(0, len(cells))] if narrow else gaps:
            blanks = [Cell(" ", ground(cell.codes)) for cell in cells[start:stop]]
            differ = [at for at, blank in enumerate(blanks, start) if old[at] != blank]
            if differ:
                self._pen.move(x + differ[0], y)
                self._pen.write(blanks[differ[0] - start : differ[-1] + 1 - start])
        for start, stop in texts:
            self._pen.move(x + start, y)
            self._pen.write(cells[start:stop])
            self._pen.unsure()
        self._stand(row, x, new)
        return self._pen.take()

    def apart(self) -> None:
        """Another pane begins: its first stretch is moved to, whatever the one before came out as."""
        self._pen.unsure()

    def _stand(self, row: list[Cell], x: int, new: list[Cell]) -> None:
        """Note what stands there; a wide character that was cut at either end is whole no more."""
        row[x : x + len(new)] = new
        for at in (x, x + len(new)):
            if 0 < at < len(row) and not row[at].text and not _wide(row[at - 1]):
                row[at] = UNKNOWN
            if 0 < at < len(row) and row[at].text and _wide(row[at - 1]):
                row[at - 1] = UNKNOWN


def _wide(cell: Cell) -> bool:
    return bool(cell.text) and get_character_cell_size(cell.text[0]) == 2


def _gaps(cells: Sequence[Cell]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The gaps, two blanks or more or one at the end, and the stretches of text between them."""
    gaps: list[tuple[int, int]] = []
    for at, cell in enumerate(cells):
        if cell.text == " ":
            if gaps and gaps[-1][1] == at:
                gaps[-1] = gaps[-1][0], at + 1
            else:
                gaps.append((at, at + 1))
    gaps = [(start, stop) for start, stop in gaps if stop - start > 1 or stop == len(cells)]
    edges = [0, *(edge for gap in gaps for edge in gap), len(cells)]
    return gaps, [(start, stop) for start, stop in zip(edges[::2], edges[1::2], strict=True) if start < stop]


def _changed(old: Sequence[Cell], new: Sequence[Cell]) -> list[tuple[int, int]]:
    """The stretches of `new` that differ from `old`; no wide character, old or new, is cut by an end."""
    out: list[tuple[int, int]] = []
    for at, (before, after) in enumerate(zip(old, new, strict=False)):
        if before == after:
            continue
        if out and _cheap(new[out[-1][1] - 1 : at + 1]):
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


def _cheap(cells: Sequence[Cell]) -> bool:
    """Whether what stands between the first and the last is written along for less than a move."""
    if len(cells) > MOVE + 2:
        return False
    size = sum(len(cell.text.encode()) for cell in cells[1:-1])
    return size + TURN * sum(a.codes != b.codes for a, b in pairwise(cells[:-1])) <= MOVE
