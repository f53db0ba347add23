"""The search box: an input whose every change is a query. Keys for the hits below it pass through it."""

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


class SearchBox(Input):
    """One line of text; wide characters, and commits of several at once, as they come."""

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
    class Full(Message):
        """There is no room for all that was typed or pasted."""

    @dataclass
    class Left(Message):
        """Escape was pressed."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(
            placeholder=_("type to search"), select_on_focus=False, max_length=self.LONGEST, id=id
        )
        self.cursor_blink = False

    @property
    def cursor_screen_offset(self) -> Offset:
        """The cell of the caret on the screen, where an input method opens its window."""
        return caret(self)

    def on_paste(self, event: events.Paste) -> None:
        """Take what is pasted whole, as far as there is room: its lines become one, parted by blanks."""
        event.prevent_default()
        event.stop()
        if not paste(self, " ".join(event.text.split())):
            self.restricted()

    def restricted(self) -> None:
        """What is typed has no room."""
        self.post_message(self.Full())

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


def caret(box: Input) -> Offset:
    """The cell of a box's caret on the screen as it is painted now: Textual's own is one behind the last."""
    region = box.content_region
    return Offset(region.x + box._position_to_cell(box.cursor_position) - box.scroll_offset.x, region.y)


def paste(box: Input, line: str) -> bool:
    """Put `line` in the place of what is selected, as far as there is room; whether that was all."""
    start, end = sorted(box.selection)
    room = len(line) if not box.max_length else max(0, box.max_length - len(box.value) + (end - start))
    box.replace(line[:room], start, end)
    # Textual 8.2.8 leaves the first value a box gets where it begins
    box.scroll_to_region(Region(box._cursor_offset, 0, 1, 1), force=True, animate=False)
    return len(line) <= room


def typed(box: Input, text: str) -> None:
    """Put in what was typed, as one change however many letters; the box says where there is no room."""
    if not paste(box, text):
        box.restricted()
