"""What the forms have in common: a box over the screen with lines to type into; Esc leaves with nothing."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from tui.language import _
from tui.widgets.search_box import TextLine

T = TypeVar("T")
LONGEST = 2_000
"""Characters of a line in a form, at most, unless it came longer."""


def entry(value: str, placeholder: str, id: str | None = None) -> TextLine:
    """A line of a form with its value; of what came longer nothing is cut."""
    return TextLine(value, placeholder=placeholder, most=max(LONGEST, len(value)), id=id)


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

    def on_text_line_full(self, message: TextLine.Full) -> None:
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
