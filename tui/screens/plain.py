"""The transcript alone on the whole width: for terminals whose clipboard cannot be reached.

No panes, no borders, no columns: what the terminal's own selection takes is the text.
"""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.language import _
from tui.store.rows import Transcript
from tui.widgets import words
from tui.widgets.reader import Reader
from tui.widgets.standing import Anchor, Goal


class PlainScreen(ModalScreen[Anchor | None]):
    """Read like a transcript; Esc, q or w closes it and says where the reader stood."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,w", "close", "close", show=False)]
    DEFAULT_CSS = """
    PlainScreen {
        background: $background;
        & .foot { height: 1; color: $quiet; text-wrap: nowrap; text-overflow: ellipsis; }
    }
    """

    def __init__(self, transcript: Transcript, at: Anchor | None) -> None:
        super().__init__()
        self._transcript, self._at = transcript, at

    def compose(self) -> ComposeResult:
        """The text, and how to leave."""
        yield Reader(plain=True)
        keys = _("Select with the terminal's mouse; Esc closes, PgDn PgUp page")
        yield Static(f"{keys}   {words.record(self._transcript.briefing)}", markup=False, classes="foot")

    def on_mount(self) -> None:
        """Open it at the place."""
        reader = self.query_one(Reader)
        reader.transcript = self._transcript
        reader.stand(Goal(anchor=self._at))
        reader.focus()

    def action_close(self) -> None:
        """Back to the panes, at the place come to."""
        self.dismiss(self.query_one(Reader).place)
