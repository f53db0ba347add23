"""What the forms have in common: a box over the screen with inputs in it, and Esc leaves with nothing."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Input

T = TypeVar("T")
LONGEST = 2_000
"""Characters of a line in a form, at most, unless it came longer."""


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
        & .foot { color: $quiet; }
    }
    """

    @staticmethod
    def line(value: str, placeholder: str, id: str | None = None) -> Input:
        """An input of the form; its caret does not blink, for that would write while nobody does anything."""
        most = max(LONGEST, len(value))
        line = Input(value, placeholder=placeholder, id=id, select_on_focus=False, max_length=most)
        line.cursor_blink = False
        return line

    def action_cancel(self) -> None:
        """Leave with nothing."""
        self.dismiss(None)
