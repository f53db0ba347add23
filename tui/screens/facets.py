"""The facets of a query: what its hits are made of, to narrow it by one of them.

In come `Facets`; out goes the one that was chosen.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Static

from loader.unseen import visible
from tui.commands import by_context
from tui.language import _, mark
from tui.store.rows import Facet, Facets
from tui.typeset import cells, cut
from tui.widgets import words
from tui.widgets.bindings import bindings
from tui.widgets.paint import Run
from tui.widgets.rows import Rows

HEADS = {
    "place": mark("places"),
    "date": mark("years"),
    "outlet": mark("outlets"),
    "in": mark("kinds"),
    "speaker": mark("speakers"),
}
"""What stands over the values of a field."""
KINDS: dict[str, str] = {
    **{str(kind): name for kind, name in words.VOICES.items()},
    "heading": mark("heading"),
    "narrative": mark("narrative"),
    "metadata": mark("front matter"),
}
"""What a kind of turn is called here: also those that no voice stands before."""


class FacetRows(Rows):
    """A line a value, a head over each field."""

    COUNT = 8
    """Cells of the column of counts."""

    @dataclass
    class Chosen(Message):
        """A value is to be narrowed to."""

        facet: Facet

    def __init__(self, facets: Facets) -> None:
        super().__init__()
        self._facets = facets.values
        fields = [one.field for one in facets.values]
        self._sizes = {fields.index(field): len(list(group)) for field, group in groupby(fields)}
        """For the first value of each field how many there are."""

    def on_mount(self) -> None:
        """Lay the values out."""
        self.lay([1 + self.leads(index) for index in range(len(self._facets))], 0)

    def leads(self, index: int) -> int:
        """One line for the field's head, over its first value."""
        return int(index in self._sizes)

    def turn(self, by: int) -> None:
        """To the first value of a field: 1 of the next, -1 of this one or, from there, of the one before."""
        firsts = list(self._sizes)
        after = [first for first in firsts if first > self.cursor]
        before = [first for first in firsts if first < self.cursor]
        if after and by > 0:
            self.cursor = after[0]
        elif before and by < 0:
            self.cursor = before[-1]

    def entry(self, index: int, width: int) -> list[list[Run]]:
        """The head where a field begins, then count and value."""
        one = self._facets[index]
        count = f"{one.passages:,}"
        line = [
            Run(2 + self.COUNT - cells(count), count, "quiet"),
            Run(4 + self.COUNT, cut(_name(one), width - self.COUNT - 5), "plain"),
        ]
        if not self.leads(index):
            return [line]
        head = _(HEADS[one.field])
        return [[Run(1, head, "lead"), Run(2 + cells(head), f"{self._sizes[index]:,}", "quiet")], line]

    def empty(self) -> str:
        """That there is nothing to narrow by."""
        return _("Nothing to narrow by.")

    def choose(self, index: int) -> None:
        """Say which."""
        self.post_message(self.Chosen(self._facets[index]))


def _name(facet: Facet) -> str:
    """A value as a person calls it."""
    if facet.field == "in":
        return _(KINDS.get(facet.value, facet.value))
    return visible(facet.value)


class FacetScreen(ModalScreen[Facet | None]):
    """Enter narrows, Esc leaves."""

    BINDINGS = bindings("facets", prefix="facet_")
    DEFAULT_CSS = """
    FacetScreen {
        align: center middle;
        background: $background;
        &:ansi { background: $background; }
        & > Vertical { width: 60; max-width: 100%; height: 1fr; background: $background; }
        & .head { height: 1; padding: 0 1; text-style: bold; }
        & FacetRows { height: 1fr; }
        & .foot { height: 1; padding: 0 1; color: $quiet; background: $bar-ground; }
    }
    """

    def __init__(self, facets: Facets) -> None:
        super().__init__()
        self._facets = facets

    def compose(self) -> ComposeResult:
        """Head, values, keys."""
        query = visible(self._facets.query.strip())
        head = _("Narrow “{query}”", query=query)
        if self._facets.newest is not None:
            head = _("Narrow “{query}” (its newest {count})", query=query, count=f"{self._facets.newest:,}")
        keys = "   ".join(f"{one.show} {_(one.label)}" for one in by_context("facets") if one.footer)
        with Vertical():
            yield Static(head, markup=False, classes="head")
            yield FacetRows(self._facets)
            yield Static(keys, markup=False, classes="foot")

    def on_mount(self) -> None:
        """The keys go to the values."""
        self.query_one(FacetRows).focus()

    @on(FacetRows.Chosen)
    def narrow(self, message: FacetRows.Chosen) -> None:
        """Leave with it."""
        self.dismiss(message.facet)

    def action_down(self) -> None:
        self.query_one(FacetRows).action_down()

    def action_up(self) -> None:
        self.query_one(FacetRows).action_up()

    def action_page_down(self) -> None:
        self.query_one(FacetRows).action_page_down()

    def action_page_up(self) -> None:
        self.query_one(FacetRows).action_page_up()

    def action_next(self) -> None:
        self.query_one(FacetRows).turn(1)

    def action_previous(self) -> None:
        self.query_one(FacetRows).turn(-1)

    def action_open(self) -> None:
        self.query_one(FacetRows).action_open()

    def action_leave(self) -> None:
        """Leave with nothing."""
        self.dismiss(None)
