"""A passage as the reader shows it: gap marks put in, spans carried over, table cells found and fitted."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from loader.model import Span
from tui.store.rows import PassageRow
from tui.typeset import GAP, visible

APART = 2
"""Cells between a table's columns."""
LEAST = 4
"""Cells a table's column may shrink to."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage as shown."""

    rowid: int
    text: str
    """With a gap mark before each offset of `gaps`, and nothing a terminal would obey."""
    gaps: tuple[int, ...]
    """Offsets into the passage's own text."""
    style: str
    """`heading`, `metadata` or `text`."""

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


def cells_of(passage: PassageRow, shown: Shown) -> list[Span]:
    """The spans, in the text shown, of a table row's cells; a gap mark belongs to the cell it stands in."""
    spans: list[Span] = []
    at = 0
    for cell in passage.text.split("\t"):
        end = at + len(cell)
        spans.append(Span(at + bisect_left(shown.gaps, at), end + bisect_right(shown.gaps, end)))
        at = end + 1
    return spans


def fit(cells: Sequence[Sequence[int]], measure: int) -> list[int] | None:
    """Column widths for cells of these widths; the widest give way first. `None` if they cannot fit."""
    widths = [max(column) for column in zip_longest(*cells, fillvalue=0)]
    room = measure - APART * (len(widths) - 1)
    if room < LEAST * len(widths):
        return None
    cap = max(widths, default=0)
    while sum(min(width, cap) for width in widths) > room:
        cap -= 1
    return [min(width, cap) for width in widths]
