"""A widget of one line that a subclass says in runs: titles, counts, footer, notices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from .paint import Run, strip


class Line(Widget):
    """One line, cut to its width, never wrapped."""

    DEFAULT_CSS = """
    Line {
        height: 1;
        & > .line--plain { color: $foreground; }
        & > .line--strong { text-style: bold; }
        & > .line--quiet { color: $quiet; }
        & > .line--key { color: $primary; text-style: bold; }
        & > .line--alarm { color: $error; text-style: bold; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "line--plain",
        "line--strong",
        "line--quiet",
        "line--key",
        "line--alarm",
    }
    ALLOW_SELECT = False

    def runs(self, width: int) -> Sequence[Run]:
        """What stands on a line of `width` cells."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """The line; blank below it."""
        width = self.size.width
        return strip(self.runs(width) if y == 0 else (), width, self._style)

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"line--{name}" if name else "line--plain")
