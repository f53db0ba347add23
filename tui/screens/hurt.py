"""The archive is damaged: what happened and what to do, over everything, once a session.

In come the store's line about it and the archive's path; nothing goes out. What is open stays readable.
"""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from tui.language import _

from .sheet import Sheet, set_lines


class HurtScreen(Sheet):
    """Closed by Esc; q leaves the program."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("q", "app.quit", "quit", show=False)]

    def __init__(self, reason: str, archive: Path) -> None:
        super().__init__()
        self._reason, self._archive = reason, archive

    def text(self, width: int) -> Text:
        """What happened, what still works, and three ways out, the mildest first."""
        text = Text()
        archive = shlex.quote(str(self._archive.absolute()))
        program = f"briefings-tui --archive {archive}"
        set_lines(text, _("The archive is damaged"), width, "bold")
        set_lines(text, self._reason, width)
        set_lines(text, "", width)
        set_lines(
            text, _("What stands on the screen is as it was loaded; other briefings may still open."), width
        )
        for head, command in (
            (_("What is damaged? This changes nothing:"), f"{program} check"),
            (_("Mend it from the sources kept inside, by whoever loads:"), f"{program} check --repair"),
            (_("Or put a copy in its place, checked before, by a rename:"), f"mv -T copy.db {archive}"),
        ):
            set_lines(text, "", width)
            set_lines(text, head, width, "underline")
            set_lines(text, command, width, "bold", 2)
        return text

    def foot(self) -> str:
        """Two ways on."""
        return _("Esc read on   q quit")
