"""Styles by name: what a widget that paints its own lines makes of the theme's colours.

A table of the widget says which; no data comes in. Textual's component classes would say the same in CSS,
but it looks all of them up, node by node, whenever a widget is styled: most of the time of a start.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from rich.style import Style
from textual.color import Color
from textual.widget import Widget

ATTRIBUTES = frozenset({"bold", "italic", "underline", "reverse"})


class Look(Widget):
    """A widget of its own `LOOKS`."""

    LOOKS: ClassVar[Mapping[str, str]] = {"": ""}
    """What each name means: a colour of the theme for the text, one behind `on` for the ground, and any of
    bold, italic, underline, reverse; all of them may be left out. `""` is for what has no name."""

    _looks: dict[str, Style] | None = None

    def notify_style_update(self) -> None:
        """Colours changed."""
        super().notify_style_update()
        self._looks = None

    def _style(self, name: str) -> Style:
        if self._looks is None:
            self._looks = {}
        if name not in self._looks:
            self._looks[name] = self._look(self.LOOKS[name])
        return self._looks[name]

    def _look(self, said: str) -> Style:
        """`match on match-ground underline` as a style, upon the widget's own."""
        style = self.rich_style
        words = said.split()
        while words:
            word = words.pop(0)
            if word in ATTRIBUTES:
                style += Style.parse(word)
            elif word == "on":
                style += Style(bgcolor=self._color(words.pop(0)).rich_color)
            else:
                style += Style(color=self._color(word).rich_color)
        return style

    def _color(self, name: str) -> Color:
        return Color.parse(self.app.theme_variables[name])
