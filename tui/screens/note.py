"""One line asked of the user: a bookmark's note, a search's name."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tui.language import _


class NoteScreen(ModalScreen[str | None]):
    """Enter gives back the line, perhaps empty; Esc gives back `None`."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "leave", show=False)]
    DEFAULT_CSS = """
    NoteScreen {
        align: center middle;
        & #note {
            width: 64;
            max-width: 96%;
            height: auto;
            padding: 0 1;
            border: solid $primary;
            background: $background;
        }
        & Input, & Input:focus { height: 1; border: none; padding: 0; background: $cursor-row; }
        & .input--placeholder { color: $quiet; }
        & .head { text-style: bold; text-overflow: ellipsis; text-wrap: nowrap; }
        & .foot { color: $quiet; }
    }
    """

    def __init__(self, head: str, value: str, example: str) -> None:
        super().__init__()
        self._head, self._value, self._example = head, value, example

    def compose(self) -> ComposeResult:
        """What is asked, the line, and how to leave."""
        with Vertical(id="note"):
            yield Static(self._head, markup=False, classes="head")
            line = Input(self._value, placeholder=self._example, select_on_focus=False)
            line.cursor_blink = False
            yield line
            yield Static(_("Enter keep   Esc leave"), markup=False, classes="foot")

    @on(Input.Submitted)
    def keep(self, message: Input.Submitted) -> None:
        """Leave with the line."""
        self.dismiss(message.value.strip())

    def action_cancel(self) -> None:
        """Leave with nothing."""
        self.dismiss(None)
