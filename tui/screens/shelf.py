"""A shelf: what the user kept, to open, to note on and to forget: bookmarks, or searches.

What is on it, and what a note or forgetting does, the caller says; out goes the entry that was chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Static

from loader.unseen import visible
from tui.commands import by_context
from tui.language import _
from tui.typeset import cut
from tui.widgets.bindings import bindings
from tui.widgets.paint import Run
from tui.widgets.rows import Rows

from .note import NoteScreen

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Entry(Generic[T]):
    """One thing kept: a line for it, a quiet line below, and the note on it."""

    of: T
    line: str
    below: str
    note: str


@dataclass(frozen=True, slots=True)
class Shelf(Generic[T]):
    """What a shelf holds and does."""

    head: str
    nothing: str
    """What it says when it is empty."""
    entries: Callable[[], Sequence[Entry[T]]]
    annotate: Callable[[T, str], None]
    asked: str
    """What is asked for by a note."""
    forget: Callable[[T], None]


class ShelfRows(Rows):
    """Two lines an entry."""

    @dataclass
    class Chosen(Message):
        """An entry is to be opened."""

        index: int

    def __init__(self, nothing: str) -> None:
        super().__init__()
        self._nothing = nothing
        self._entries: Sequence[Entry[Any]] = ()

    def show(self, entries: Sequence[Entry[Any]], cursor: int = 0) -> None:
        """Lay them out, the cursor on one of them."""
        self._entries = entries
        self.lay([2] * len(entries), max(0, min(cursor, len(entries) - 1)))

    def entry(self, index: int, width: int) -> list[list[Run]]:
        """The line, and what stands below it."""
        one = self._entries[index]
        return [
            [Run(2, cut(visible(one.line), width - 3), "strong")],
            [Run(2, cut(visible(one.below), width - 3), "quiet")],
        ]

    def empty(self) -> str:
        """How to put something here."""
        return self._nothing

    def choose(self, index: int) -> None:
        """Say which."""
        self.post_message(self.Chosen(index))


class ShelfScreen(ModalScreen[T | None], Generic[T]):
    """Enter opens, `e` notes, `d` forgets, Esc leaves."""

    BINDINGS = bindings("shelf", prefix="shelf_")
    DEFAULT_CSS = """
    ShelfScreen {
        align: center middle;
        background: $background;
        &:ansi { background: $background; }
        & > Vertical { width: 84; max-width: 100%; height: 1fr; background: $background; }
        & .head { height: 1; padding: 0 1; text-style: bold; }
        & ShelfRows { height: 1fr; }
        & .foot { height: 1; padding: 0 1; color: $quiet; background: $bar-ground; }
    }
    """

    def __init__(self, shelf: Shelf[T]) -> None:
        super().__init__()
        self._shelf = shelf
        self._entries: Sequence[Entry[T]] = ()

    def compose(self) -> ComposeResult:
        """Head, entries, keys."""
        keys = "   ".join(f"{one.show} {_(one.label)}" for one in by_context("shelf") if one.footer)
        with Vertical():
            yield Static(self._shelf.head, markup=False, classes="head")
            yield ShelfRows(self._shelf.nothing)
            yield Static(keys, markup=False, classes="foot")

    def on_mount(self) -> None:
        """Fill it."""
        self._fill()
        self._rows.focus()

    @property
    def _rows(self) -> ShelfRows:
        return self.query_one(ShelfRows)

    @property
    def _marked(self) -> Entry[T] | None:
        return self._entries[self._rows.cursor] if self._entries else None

    def _fill(self) -> None:
        self._entries = self._shelf.entries()
        self._rows.show(self._entries, self._rows.cursor)

    @on(ShelfRows.Chosen)
    def open_it(self, message: ShelfRows.Chosen) -> None:
        """Leave with it."""
        self.dismiss(self._entries[message.index].of)

    def action_down(self) -> None:
        self._rows.action_down()

    def action_up(self) -> None:
        self._rows.action_up()

    def action_open(self) -> None:
        self._rows.action_open()

    def action_annotate(self) -> None:
        """Ask for a note on the entry marked."""
        marked = self._marked
        if marked is None:
            return

        def keep(note: str | None) -> None:
            if note is not None:
                self._shelf.annotate(marked.of, note)
                self._fill()

        self.app.push_screen(
            NoteScreen(visible(marked.line), marked.note, self._shelf.asked, visible(marked.below)), keep
        )

    def action_forget(self) -> None:
        """Forget the entry marked."""
        if self._marked is not None:
            self._shelf.forget(self._marked.of)
            self._fill()

    def action_leave(self) -> None:
        """Leave with nothing."""
        self.dismiss(None)
