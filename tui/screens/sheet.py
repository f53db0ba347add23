"""A sheet: lines of text over everything, scrolled and left again. Help, reasons and damage are sheets.

What may come in: what a subclass says. A subclass gives `text`, and may give the line below it and more keys.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from loader.unseen import visible
from tui.language import _
from tui.typeset import wrap

NARROWEST = 8
"""Cells that a line has at least."""


class Sheet(ModalScreen[None]):
    """Closed by Esc or q."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "close", "close", show=False),
        Binding("down,j", "scroll(1)", "a line down", show=False),
        Binding("up,k", "scroll(-1)", "a line up", show=False),
        Binding("pagedown,space", "page(1)", "a page down", show=False),
        Binding("pageup,b", "page(-1)", "a page up", show=False),
        Binding("home", "edge(-1)", "to the top", show=False),
        Binding("end", "edge(1)", "to the end", show=False),
    ]
    DEFAULT_CSS = """
    Sheet {
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

    def compose(self) -> ComposeResult:
        """What is said, and how to leave it."""
        with VerticalScroll(can_focus=False):  # its own keys scroll later than they are pressed
            yield Static(id="sheet")
        yield Static(Text(self.foot()), classes="foot")

    def on_resize(self) -> None:
        """Set it for the width there is."""
        shown = self.query_one("#sheet", Static)
        shown.update(self.text(shown.content_size.width or self.size.width - 4))

    @abstractmethod
    def text(self, width: int) -> Text:
        """All of it in lines of at most `width` cells."""

    def foot(self) -> str:
        """The line below it."""
        return _("Esc close   ↓ ↑ PgDn PgUp scroll")

    def action_close(self) -> None:
        """Back to where the user was."""
        self.dismiss()

    def action_scroll(self, by: int) -> None:
        """Scroll in one frame."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False, immediate=True)

    def action_page(self, by: int) -> None:
        """A page down or up."""
        self.action_scroll(by * (self.query_one(VerticalScroll).size.height - 1))

    def action_edge(self, side: int) -> None:
        """To the top or the end."""
        self.action_scroll(side * self.query_one(VerticalScroll).virtual_size.height)


def set_lines(text: Text, said: str, width: int, style: str = "", indent: int = 0) -> None:
    """Set a paragraph at the end of `text`, in lines of at most `width` cells, control characters visibly."""
    said = visible(said)
    for part in wrap(said, max(NARROWEST, width - indent)):
        text.append(" " * indent + said[part.start : part.end].rstrip() + "\n", style)
