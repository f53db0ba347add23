"""Why the hit marked is a hit: the lines over everything, and the passage they speak of.

In come the hit and what the store knows of it; nothing goes out.
"""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from tui.language import _
from tui.store.rows import Hit
from tui.store.why import Why
from tui.why import sections
from tui.widgets import words

from .sheet import Sheet, set_lines


class WhyScreen(Sheet):
    """Closed by Esc, q or W."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("W", "close", "close", show=False)]

    def __init__(self, hit: Hit, why: Why) -> None:
        super().__init__()
        self._hit, self._why = hit, why

    def text(self, width: int) -> Text:
        """All of it in lines of at most `width` cells."""
        text = Text()

        def add(line: str, style: str, indent: int = 0) -> None:
            set_lines(text, line, width, style, indent)

        briefing = self._hit.briefing
        add(_("Why “{query}” finds this", query=self._why.query.strip()), "bold")
        add(f"{words.date(briefing)} {words.session(briefing)}", "")
        add(words.record(briefing), "dim")
        for head, lines in sections(self._why):
            add("", "")
            add(head, "bold underline")
            for line in lines:
                add(line, "", 2)
        add("", "")
        add(_("the passage"), "bold underline")
        add(self._hit.text, "dim", 2)
        return text
