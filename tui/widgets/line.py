"""A widget of one line that a subclass says in runs: titles, counts, footer, notices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.strip import Strip

from .look import Look
from .paint import Run, strip


class Line(Look):
    """One line, cut to its width, never wrapped."""

    DEFAULT_CSS = """
    Line {
        height: 1;
    }
    """
    LOOKS: ClassVar = {
        "": "",
        "plain": "",
        "strong": "bold",
        "quiet": "quiet",
        "key": "lead bold",
        "alarm": "alarm bold",
    }
    ALLOW_SELECT = False

    def runs(self, width: int) -> Sequence[Run]:
        """What stands on a line of `width` cells."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """The line; blank below it."""
        width = self.size.width
        return strip(self.runs(width) if y == 0 else (), width, self._style)
