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

from tui.painted import Painted, codes_of
from tui.typeset import ambiguous, cells, doubtful

_GAP = re.compile("( {2,})")


class Placed(CompositorUpdate):
    """`update`, written pane by pane, as far as it differs from what is `shown` on a terminal of `size`."""

    def __init__(self, update: LayoutUpdate | ChopsUpdate, shown: Painted, size: tuple[int, int]) -> None:
        self._update, self._painted, self._size = update, shown, size

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from self._update.__rich_console__(console, options)

    def render_segments(self, console: Console) -> str:
        """The update as control sequences and text."""
        shown = self._painted
        shown.begin(*self._size)
        panes = _chops(self._update) if isinstance(self._update, ChopsUpdate) else _rows(self._update)
        parts: list[str] = []
        for x, y, strip in panes:
            if doubtful(strip.text):
                sequence = "".join(written(x, y, strip, console))
                parts.append(shown.place(x, y, strip.cell_length, sequence))
            else:
                parts.extend(shown.write(x, y, strip, console._color_system))
        return "".join([*parts, shown.end()])


def written(x: int, y: int, strip: Strip, console: Console) -> Iterator[str]:
    """A pane's row of doubtful width at column `x` of row `y`, both in cells from 0."""
    yield _to(x, y)
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
    at, last = x, None
    for place, piece in (*blanks, *texts):
        if place != at:
            yield _to(place, y)
        codes = codes_of(piece.style, console._color_system) if piece.style else ""
        if codes != last:
            yield f"\x1b[0;{codes}m" if codes else "\x1b[0m"
        yield piece.text
        at, last = place + cells(piece.text), codes
    yield "\x1b[0m"


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
