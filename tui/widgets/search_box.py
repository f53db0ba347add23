"""The search box: an input whose every change is a query. Keys for the hits below it pass through it."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message
from textual.reactive import reactive

from tui.language import _
from tui.store.rows import Completion

from .bindings import bindings
from .text_line import TextLine


class SearchBox(TextLine):
    """A line whose every change is a query."""

    BINDINGS = bindings("search", prefix="search_")
    DEFAULT_CSS = """
    SearchBox, SearchBox:focus {
        width: 1fr;
        height: 1;
        border: none;
        padding: 0;
        background: $background;
        background-tint: transparent;
        & > .input--cursor { color: $foreground; background: $background; text-style: reverse; }
        & > .input--selection { color: $foreground; background: $cursor-row; text-style: underline; }
        & > .input--placeholder { color: $quiet; }
        & > .input--suggestion { color: $quiet; text-style: italic; }
    }
    """

    LONGEST = 4_000
    """Characters of a query, at most: more is nobody's typing, and each would be set and sought anew."""

    completion: reactive[Completion | None] = reactive(None, init=False)
    """What is offered behind the query, for as long as that is what the box says."""

    @dataclass
    class Walked(Message):
        """Up or down was pressed: the mark in the hits moves."""

        by: int
        """1 down, -1 up."""

    @dataclass
    class Entered(Message):
        """Enter was pressed."""

    @dataclass
    class Left(Message):
        """Escape was pressed."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(placeholder=_("type to search"), most=self.LONGEST, id=id)

    def one_line(self, text: str) -> str:
        """In a query one blank is as good as many."""
        return " ".join(text.split())

    def watch_completion(self, completion: Completion | None) -> None:
        """Show it behind the query. Textual takes it away again when the query changes."""
        fits = completion is not None and completion.query == self.value and self.selection.is_empty
        self._suggestion = self.value + completion.shown if completion is not None and fits else ""

    def action_cursor_right(self, select: bool = False) -> None:
        """Take what is offered where nothing is left of the query, else go right in it."""
        if not select and self.completion is not None and self._suggestion and self.cursor_at_end:
            self.value = self.completion.taken
            self.cursor_position = len(self.value)
        else:
            super().action_cursor_right(select)

    def action_complete(self) -> None:
        self.action_cursor_right()

    def action_down(self) -> None:
        self.post_message(self.Walked(1))

    def action_up(self) -> None:
        self.post_message(self.Walked(-1))

    def action_open(self) -> None:
        self.post_message(self.Entered())

    def action_leave(self) -> None:
        self.post_message(self.Left())
