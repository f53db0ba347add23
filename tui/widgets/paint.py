"""Runs of styled text to one line of the terminal. Columns and widths are cells; text is never markup."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from loader.unseen import visible
from tui.typeset import ambiguous, cells

RULE = "╌"
"""What rules are made of: unlike ─, one cell wide in every terminal."""
_CERTAIN = str.maketrans("▌─│", "▐╌╏")
"""Marks of ambiguous width, and like ones that are one cell wide in every terminal."""


class Run(NamedTuple):
    """`text` in the style of that name, beginning at `column`."""

    column: int
    text: str
    style: str = ""


def strip(runs: Iterable[Run], width: int, style: Callable[[str], Style], ground: str = "") -> Strip:
    """Runs, ascending by column, as a line of exactly `width` cells; `ground` styles what is between.

    Cells are counted as `tui.typeset` counts them: Textual, which takes characters of ambiguous width for
    one cell, is told the width and not asked for it.
    """
    segments: list[Segment] = []
    column = 0
    for run in runs:
        if run.column > column:
            segments.append(Segment(" " * (run.column - column), style(ground)))
            column = run.column
        text = visible(run.text)  # all that is drawn comes through here: nothing in it is obeyed
        if ambiguous() == 2:
            text = text.translate(_CERTAIN)
        segments.append(Segment(text, style(run.style)))
        column += cells(text)
    return Strip(segments, column).adjust_cell_length(width, style(ground)).simplify()


def labelled(line: Strip, label: str, style: Style) -> Strip:
    """A line with a label over its first cells."""
    return Strip([Segment(label, style), *line.crop(cells(label))], line.cell_length)
