"""The list of briefings, newest first: date and place over the title; key terms below if there is room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.message import Message
from textual.reactive import reactive

from loader.unseen import visible
from tui.language import _
from tui.store.rows import BriefingRow
from tui.typeset import cells, cut

from . import words
from .bindings import bindings
from .paint import Run
from .rows import Rows

DATE = 12
"""Cells of the date column: `2022-09-12~` and a blank."""


class BriefingList(Rows):
    """All briefings of the archive; the one under the cursor can be opened."""

    BINDINGS = bindings("list", prefix="list_")

    briefings: reactive[tuple[BriefingRow, ...] | None] = reactive(None, init=False)
    """All of them; `None` until the archive has answered."""
    read: reactive[frozenset[str]] = reactive(frozenset[str](), init=False)
    """Ids of those opened before."""

    @dataclass
    class Opened(Message):
        """A briefing was chosen."""

        briefing: BriefingRow
        """The one chosen."""

    @property
    def marked(self) -> BriefingRow | None:
        """The briefing under the cursor."""
        return self.briefings[self.cursor] if self.briefings else None

    def watch_briefings(
        self, old: tuple[BriefingRow, ...] | None, rows: tuple[BriefingRow, ...] | None
    ) -> None:
        """Lay the list out anew; the mark stays on its briefing, or the next that is left, and in its row."""
        kept = self._kept(old or (), rows or ())
        above = self.line_of(self.cursor) - self.scroll_offset.y
        self.lay(self.heights(), kept)
        if old:
            self.scroll_to(y=self.line_of(self.cursor) - above, animate=False, force=True, immediate=True)

    def _kept(self, old: Sequence[BriefingRow], rows: Sequence[BriefingRow]) -> int:
        """Where the marked briefing stands by now, or the next older one that is left."""
        places = {row.id: index for index, row in enumerate(rows)}
        left = (places[row.id] for row in old[self.cursor :] if row.id in places)
        return next(left, len(rows) - 1 if old else 0)

    def mark(self, briefing_id: str) -> None:
        """Put the cursor on a briefing."""
        for index, row in enumerate(self.briefings or ()):
            if row.id == briefing_id:
                self.cursor = index

    def entry(self, index: int, width: int) -> list[list[Run]]:
        """Mark, date, place and ordinal, number of questions; below them the title."""
        assert self.briefings is not None
        row = self.briefings[index]
        seen = row.id in self.read
        count, prints = words.size(row), words.prints(row)
        right = width - cells(count) - 1
        middle = words.short_session(row, right - 1 - 2 - DATE)
        return [
            [
                Run(1, "✓" if seen else " ", "quiet"),
                Run(2, words.date(row), "plain" if seen else "strong"),
                Run(2 + DATE, middle, "plain" if seen else "strong"),
                Run(right, count, "quiet"),
            ],
            [
                Run(2, cut(visible(row.title), width - 4 - cells(prints)), "quiet"),
                Run(width - cells(prints) - 1, prints, "quiet"),
            ],
            [Run(2, cut(visible(words.terms(row)), width - 3), "terms")],
        ]

    def empty(self) -> str:
        """How to fill an empty archive."""
        return (
            ""
            if self.briefings is None
            else _("No briefings yet. Quit and load some: briefings-tui load PATH…")
        )

    def heights(self) -> list[int]:
        """Two lines an entry; three with its key terms, where there is room for all."""
        rows = self.briefings or ()
        depth = self.depth(len(rows)) if any(row.terms for row in rows) else 2
        return [depth] * len(rows)

    def choose(self, index: int) -> None:
        """Say which was opened."""
        assert self.briefings is not None
        self.post_message(self.Opened(self.briefings[index]))
