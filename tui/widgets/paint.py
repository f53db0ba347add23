"""Runs of styled text to one line of the terminal. Columns and widths are cells; text is never markup."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.typeset import visible


class Run(NamedTuple):
    """`text` in the style of that name, beginning at `column`."""

    column: int
    text: str
    style: str = ""


def strip(runs: Iterable[Run], width: int, style: Callable[[str], Style], ground: str = "") -> Strip:
    """Runs, ascending by column, as a line of exactly `width` cells; `ground` styles what is between."""
    segments: list[Segment] = []
    column = 0
    for run in runs:
        if run.column > column:
            segments.append(Segment(" " * (run.column - column), style(ground)))
            column = run.column
        text = visible(run.text)  # all that is drawn comes through here: nothing in it is obeyed
        segments.append(Segment(text, style(run.style)))
        column += cell_len(text)
    return Strip(segments, column).adjust_cell_length(width, style(ground)).simplify()
