"""One line asked of the user: a bookmark's note, a search's name."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from tui.language import _

from .form import Form, entry


class NoteScreen(Form[str]):
    """Enter gives back the line, perhaps empty; Esc gives back `None`."""

    DEFAULT_CSS = "NoteScreen #form { width: 64; padding: 0 1; }"

    def __init__(self, head: str, value: str, example: str, record: str = "") -> None:
        """`record` names what the line is for: an id and a title."""
        super().__init__()
        self._head, self._value, self._example, self._record = head, value, example, record

    def compose(self) -> ComposeResult:
        """What is asked, the line, and how to leave."""
        with Vertical(id="form"):
            yield Static(self._head, markup=False, classes="head")
            if self._record:
                yield Static(self._record, markup=False, classes="record")
            yield entry(self._value, self._example)
            yield Static(_("Enter keep   Esc leave"), markup=False, classes="foot")

    @on(Input.Submitted)
    def keep(self, message: Input.Submitted) -> None:
        """Leave with the line."""
        self.dismiss(message.value.strip())
