"""A passage as the reader shows it: gap marks put in, spans carried over; and the rows it is set in."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from loader.kinds import Span
from loader.unseen import visible
from tui.store.rows import PassageRow
from tui.typeset import GAP

from .paint import Run


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage as shown."""

    rowid: int
    text: str
    """With a gap mark before each offset of `gaps`, and nothing a terminal would obey."""
    gaps: tuple[int, ...]
    """Offsets into the passage's own text."""
    style: str
    """`heading`, `metadata`, `header` (of a table) or `text`."""

    @classmethod
    def of(cls, passage: PassageRow, style: str) -> Shown:
        """Put the gap marks in."""
        gaps = tuple(sorted(passage.gaps))
        bounds = [0, *gaps, len(passage.text)]
        parts = [passage.text[a:b] for a, b in pairwise(bounds)]
        return cls(passage.rowid, visible(GAP.join(parts)), gaps, style)

    def span(self, span: Span) -> Span:
        """A span of the passage's own text in the text shown."""
        return Span(
            span.start + bisect_right(self.gaps, span.start), span.end + bisect_left(self.gaps, span.end)
        )

    def marks(self) -> Iterator[int]:
        """The offsets of the gap marks in the text shown."""
        return (gap + index for index, gap in enumerate(self.gaps))


class Piece(NamedTuple):
    """Characters `start` to `end` of the passage's shown text, from `column` on."""

    column: int
    start: int
    end: int


class Row(NamedTuple):
    """One row of the terminal."""

    shown: Shown
    """The passage it belongs to."""
    offset: int
    """As in `Anchor`."""
    runs: tuple[Run, ...] = ()
    """What is not the passage's text: label, name, post, rule."""
    pieces: tuple[Piece, ...] = ()


class Block(NamedTuple):
    """The rows of one passage, at least one."""

    rows: tuple[Row, ...]
    head: int
    """Index of the first row that is no blank: its label's, or `text`."""
    text: int
    """Index of the row its text begins on."""
