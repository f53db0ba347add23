"""A line of text to type into: search box and forms are made of it.

Takes keys, commits of several characters at once and pastes as they come; says where there is no room.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.geometry import Offset, Region
from textual.message import Message
from textual.widgets import Input


class TextLine(Input):
    """Its caret does not blink, for that would write while nobody does anything."""

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


def put_in(line: Input, text: str) -> None:
    """Put text in the place of what is selected, as one change; a line where it has no room says so."""
    start, end = sorted(line.selection)
    room = len(text) if not line.max_length else max(0, line.max_length - len(line.value) + (end - start))
    line.replace(text[:room], start, end)
    # Textual 8.2.8 leaves the first value a box gets where it begins
    line.scroll_to_region(Region(line._cursor_offset, 0, 1, 1), force=True, animate=False)
    if len(text) > room:
        line.restricted()
