"""What stands alone on the screen while the terminal is too small for anything else."""

from __future__ import annotations

from tui.language import _
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

    def runs(self, width: int) -> list[Run]:
        """The message."""
        return [Run(0, cut(_("the terminal is too small"), width), "strong")]
