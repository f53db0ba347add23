"""Which panes stand beside which, and how wide: a pure function of the terminal's size and the focus."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Pane = Literal["search", "list", "reader", "questions"]
"""What can have the focus; `list` is the briefings or, while there is a query, its hits."""

NARROW, WIDE = 60, 100
"""Cells: below NARROW one pane at a time, from WIDE on three."""
SMALLEST = (30, 8)
"""Cells and rows below which nothing useful can be shown."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Widths in cells, border included; 0 hides the pane, the reader takes what is left."""

    left: int
    reader: bool
    right: int
    too_small: bool = False

    @property
    def panes(self) -> tuple[Pane, ...]:
        """The panes on the screen, from left to right."""
        shown: list[tuple[Pane, bool]] = [
            ("list", self.left > 0),
            ("reader", self.reader),
            ("questions", self.right > 0),
        ]
        return tuple(pane for pane, there in shown if there)


def room(width: int, most: int) -> int:
    """How many panes have room beside each other on `width` cells: 1, 2 or 3, and no more than `most`."""
    return min(most, 1 if width < NARROW else 2 if width < WIDE else 3)


def arrange(
    width: int, height: int, pane: Pane, *, hunting: bool, opened: bool, questions: bool | None, most: int = 3
) -> Arrangement:
    """The panes for a terminal of `width` by `height` cells.

    `hunting` is whether there is a query: hits get room while one looks through them (all of it while no
    transcript is `opened`), and give it back once one is opened. `questions` is the user's wish, `None`
    for what suits; `most` the panes beside each other at most.
    """
    too_small = width < SMALLEST[0] or height < SMALLEST[1]
    looking = pane in ("search", "list")
    beside = room(width, most)
    if beside == 1:
        if looking:
            return Arrangement(width, False, 0, too_small)
        if pane == "questions":
            return Arrangement(0, False, width, too_small)
        return Arrangement(0, True, 0, too_small)
    if hunting and looking:
        return Arrangement(width // 2 if opened else width, opened, 0, too_small)
    if beside == 2:
        if questions or pane == "questions":
            return Arrangement(0, True, 34, too_small)
        return Arrangement(31, True, 0, too_small)
    side = 32 if width < 140 else 40
    return Arrangement(side, True, 0 if questions is False else side, too_small)
