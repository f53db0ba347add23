"""What Textual writes to the terminal, with every stretch at its own place.

In comes an update of the screen as Textual 8.2.8 composed it. Textual writes a row from left to right and
trusts that the terminal is where it counted; a terminal that takes “ or … for two cells where one was
counted would shift the rest of the row, borders included. So the cursor is sent to the column of each pane,
and within a pane whose text has such characters to the column of each stretch behind a gap. Blanks are
written first: text that comes out wider runs into them, and text that comes out narrower leaves nothing old.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.console import Console, ConsoleOptions, RenderResult
from rich.control import Control
from rich.segment import Segment
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

from tui.typeset import ambiguous, cells, doubtful

_GAP = re.compile("( {2,})")


class Placed(CompositorUpdate):
    """`update`, written pane by pane."""

    def __init__(self, update: LayoutUpdate | ChopsUpdate) -> None:
        self._update = update

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from self._update.__rich_console__(console, options)

    def render_segments(self, console: Console) -> str:
        """The update as control sequences and text."""
        panes = _chops(self._update) if isinstance(self._update, ChopsUpdate) else _rows(self._update)
        return "".join(part for x, y, strip in panes for part in written(x, y, strip, console))


def written(x: int, y: int, strip: Strip, console: Console) -> Iterator[str]:
    """A pane's row at column `x` of row `y`, both in cells from 0."""
    yield _to(x, y)
    if not doubtful(strip.text):
        yield strip.render(console)
        return
    blanks: list[tuple[int, Segment]] = []
    texts: list[tuple[int, Segment]] = []
    column = x
    for segment in strip:
        if segment.control:
            continue
        for part in _GAP.split(segment.text):
            if part:
                piece = Segment(part, segment.style)
                (blanks if part.isspace() else texts).append((column, piece))
                column += cells(part)
    if ambiguous() == 2:  # text may come out narrower than counted: what is left is blank
        ground = Segment(" " * (column - x), blanks[-1][1].style if blanks else texts[-1][1].style)
        blanks.insert(0, (x, ground))
    at = x
    for place, piece in (*blanks, *texts):
        if place != at:
            yield _to(place, y)
        yield Strip([piece]).render(console)
        at = place + cells(piece.text)


def _to(x: int, y: int) -> str:
    return Control.move_to(x, y).segment.text


def _rows(update: LayoutUpdate) -> Iterator[tuple[int, int, Strip]]:
    """Whole rows, pane by pane."""
    for y, row in enumerate(update.strips, update.region.y):
        x = update.region.x
        for strip in row:
            yield x, y, strip
            x += strip.cell_length


def _chops(update: ChopsUpdate) -> Iterator[tuple[int, int, Strip]]:
    """The stretches of rows that changed, as Textual picks them."""
    for y, first, last in update.spans:
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is None or x > last or end <= first:
                continue
            whole = first <= x < last and end <= last
            yield x, y, strip if whole else strip.crop(0, min(end, last) - x)
