"""What stands alone on the screen while the terminal is too small for anything else."""

from __future__ import annotations

from tui.typeset import cut

from .line import Line
from .paint import Run


class TooSmall(Line):
    """One line that says so."""

    DEFAULT_CSS = """
    TooSmall {
        display: none;
    }
    """
    TEXT = "终端太小，请放大"

    def runs(self, width: int) -> list[Run]:
        """The message."""
        return [Run(0, cut(self.TEXT, width), "strong")]
