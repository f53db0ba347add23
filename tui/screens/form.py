"""What the forms have in common: a box over the screen with lines to type into; Esc leaves with nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import Paste
from textual.geometry import Offset
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input

from tui.language import _
from tui.widgets.search_box import caret, paste

T = TypeVar("T")
LONGEST = 2_000
"""Characters of a line in a form, at most, unless it came longer."""


class Entry(Input):
    """A line to type into; its caret does not blink, for that would write while nobody does anything."""

    @dataclass
    class Full(Message):
        """There is no room for all that was typed or pasted."""

        most: int
        """Characters there is room for."""

    def __init__(self, value: str, placeholder: str, id: str | None = None) -> None:
        most = max(LONGEST, len(value))
        super().__init__(value, placeholder=placeholder, id=id, select_on_focus=False, max_length=most)
        self.cursor_blink = False

    @property
    def cursor_screen_offset(self) -> Offset:
        """The cell of the caret on the screen."""
        return caret(self)

    def restricted(self) -> None:
        """What is typed has no room."""
        self.post_message(self.Full(self.max_length or 0))

    def on_paste(self, event: Paste) -> None:
        """Take what is pasted as far as there is room: its lines become one, parted by blanks."""
        event.prevent_default()
        event.stop()
        if not paste(self, " ".join(event.text.splitlines())):
            self.restricted()


class Form(ModalScreen[T | None]):
    """A subclass composes the box, with the id `form`."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "leave", show=False)]
    DEFAULT_CSS = """
    Form {
        align: center middle;
        & #form {
            width: 76;
            max-width: 96%;
            height: auto;
            max-height: 100%;
            border: solid $primary;
            background: $background;
        }
        & Input, & Input:focus { width: 1fr; height: 1; border: none; padding: 0; background: $cursor-row; }
        & .input--placeholder { color: $quiet; }
        & .head { text-style: bold; text-overflow: ellipsis; text-wrap: nowrap; }
        & .record { color: $quiet; text-overflow: ellipsis; text-wrap: nowrap; }
        & .foot { color: $quiet; }
    }
    """

    def on_entry_full(self, message: Entry.Full) -> None:
        """Say on the frame why a key did nothing."""
        self.query_one("#form", Vertical).border_subtitle = _(
            "{number:,} characters at most", number=message.most
        )

    def on_input_changed(self) -> None:
        """Where something was typed or taken away, nothing is to be said any more."""
        self.query_one("#form", Vertical).border_subtitle = None

    def action_cancel(self) -> None:
        """Leave with nothing."""
        self.dismiss(None)
