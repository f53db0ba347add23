"""Why the hit marked is a hit: the lines over everything, and the passage they speak of.

In come the hit and what the store knows of it; nothing goes out.
"""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from loader.unseen import visible
from tui.language import _
from tui.store.rows import Hit
from tui.store.why import Why
from tui.typeset import wrap
from tui.why import sections
from tui.widgets import words

NARROWEST = 8
"""Cells that a line has at least."""


class WhyScreen(ModalScreen[None]):
    """Closed by Esc, q or W."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,W", "close", "close", show=False),
        Binding("down,j", "scroll(1)", "a line down", show=False),
        Binding("up,k", "scroll(-1)", "a line up", show=False),
        Binding("pagedown,space", "page(1)", "a page down", show=False),
        Binding("pageup,b", "page(-1)", "a page up", show=False),
    ]
    DEFAULT_CSS = """
    WhyScreen {
        align: center middle;
        background: $background;
        &:ansi { background: $background; }
        & > VerticalScroll {
            width: 84;
            max-width: 100%;
            height: 1fr;
            padding: 0 2;
            background: $background;
            scrollbar-size: 0 0;
        }
        & > .foot { width: 84; max-width: 100%; height: 1; padding: 0 2; color: $quiet; }
    }
    """

    def __init__(self, hit: Hit, why: Why) -> None:
        super().__init__()
        self._hit, self._why = hit, why

    def compose(self) -> ComposeResult:
        """What is said, and how to leave it."""
        with VerticalScroll():
            yield Static(id="reasons")
        yield Static(Text(_("Esc close   ↓ ↑ PgDn PgUp scroll")), classes="foot")

    def on_resize(self) -> None:
        """Set it for the width there is."""
        shown = self.query_one("#reasons", Static)
        shown.update(self.text(shown.content_size.width or self.size.width - 4))

    def text(self, width: int) -> Text:
        """All of it in lines of at most `width` cells."""
        text = Text()

        def add(line: str, style: str, indent: int = 0) -> None:
            line = visible(line)
            for part in wrap(line, max(NARROWEST, width - indent)):
                text.append(" " * indent + line[part.start : part.end].rstrip() + "\n", style)

        briefing = self._hit.briefing
        add(_("Why “{query}” finds this", query=self._why.query.strip()), "bold")
        add(f"{words.date(briefing)} {words.session(briefing)}", "")
        for head, lines in sections(self._why):
            add("", "")
            add(head, "bold underline")
            for line in lines:
                add(line, "", 2)
        add("", "")
        add(_("the passage"), "bold underline")
        add(self._hit.text, "dim", 2)
        return text

    def action_close(self) -> None:
        """Back to the hits."""
        self.dismiss()

    def action_scroll(self, by: int) -> None:
        """Scroll in one frame."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)

    def action_page(self, by: int) -> None:
        """A page down or up."""
        self.action_scroll(by * (self.query_one(VerticalScroll).size.height - 1))
