"""The source of what is read, as the loader read it: advertisements, menus and second printings in place.

In comes the source by lines and the character to stand on; nothing goes out.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.language import _
from tui.store.rows import Transcript
from tui.widgets import words
from tui.widgets.blocks import ASIDE
from tui.widgets.reader import Reader
from tui.widgets.standing import Anchor, Goal


class SourceScreen(ModalScreen[None]):
    """Read like a transcript; Esc, q or v closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,v", "close", "close", show=False)]
    DEFAULT_CSS = """
    SourceScreen {
        background: $background;
        &:ansi { background: $background; }
        & .head { height: 1; padding: 0 1; text-style: bold; text-overflow: ellipsis; text-wrap: nowrap; }
        & .foot { height: 1; padding: 0 1; color: $quiet; background: $bar-ground; }
        & .foot { text-overflow: ellipsis; text-wrap: nowrap; }
    }
    """

    def __init__(self, source: Transcript, at: int) -> None:
        super().__init__()
        self._source, self._at = source, at

    def compose(self) -> ComposeResult:
        """What it is of, the source, the keys."""
        head = _("Source of {record}", record=words.record(self._source.briefing))
        foot = _(
            "Esc close   PgDn PgUp page   {mark} marks what is no transcript: advertisements, menus, repeats",
            mark=ASIDE.strip(),
        )
        yield Static(head, markup=False, classes="head")
        yield Reader()
        yield Static(foot, markup=False, classes="foot")

    def on_mount(self) -> None:
        """Open it at the place."""
        reader = self.query_one(Reader)
        reader.transcript = self._source
        reader.stand(Goal(anchor=self._anchor()))
        reader.focus()

    def _anchor(self) -> Anchor | None:
        """The line that holds the character, and where in it."""
        for number in range(len(self._source.turns) - 1, -1, -1):
            passages = self._source.turns[number].passages
            if passages and passages[0].at <= self._at:
                index = bisect_right(passages, self._at, key=lambda line: line.at) - 1
                return Anchor(number, index, self._at - passages[index].at)
        return None

    def action_close(self) -> None:
        """Back to where the user was."""
        self.dismiss(None)
