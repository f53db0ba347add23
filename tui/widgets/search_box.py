"""The search box, and the line of text that it and the forms are made of.

Every change of the search box is a query. Keys for the hits below it pass through it.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.geometry import Offset, Region
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Input

from tui.language import _
from tui.store.rows import Completion

from .bindings import bindings


class TextLine(Input):
    """A line to type into: keys, commits of several characters at once, and pastes, as they come.

    Its caret does not blink, for that would write while nobody does anything.
    """

    @dataclass
    class Full(Message):
        """There is no room for all that was typed or pasted."""

        most: int
        """Characters there is room for."""

    def __init__(self, value: str = "", *, placeholder: str, most: int, id: str | None = None) -> None:
        super().__init__(value, placeholder=placeholder, select_on_focus=False, max_length=most, id=id)
        self.cursor_blink = False

    @property
    def cursor_screen_offset(self) -> Offset:
        """The cell of the caret on the screen as it is painted now, where an input method opens its window.

        Textual's own is one behind the last.
        """
        at = self._position_to_cell(self.cursor_position) - self.scroll_offset.x
        return self.content_region.offset + Offset(at, 0)

    def on_paste(self, event: events.Paste) -> None:
        """Take what is pasted whole, as far as there is room."""
        event.prevent_default()
        event.stop()
        put_in(self, self.one_line(event.text))

    def one_line(self, text: str) -> str:
        """What is pasted as one line: its lines parted by blanks."""
        return " ".join(text.splitlines())

    def restricted(self) -> None:
        """What is typed has no room."""
        self.post_message(self.Full(self.max_length or 0))


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


def put_in(line: Input, text: str) -> None:
    """Put text in the place of what is selected, as one change; a line where it has no room says so."""
    start, end = sorted(line.selection)
    room = len(text) if not line.max_length else max(0, line.max_length - len(line.value) + (end - start))
    line.replace(text[:room], start, end)
    # Textual 8.2.8 leaves the first value a box gets where it begins
    line.scroll_to_region(Region(line._cursor_offset, 0, 1, 1), force=True, animate=False)
    if len(text) > room:
        line.restricted()
