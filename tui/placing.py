"""What Textual writes to the terminal, with every stretch at its own place.

In come the updates of a frame as Textual 8.2.8 composed them; what a later one covers is not written.
Textual writes a row from left to right and trusts that the terminal is where it counted; a terminal that
takes “ or … for two cells where one was counted would shift the rest of the row, borders included. So the
cursor is sent to the column of each pane, and within a pane whose text has such characters to the column of
each stretch behind a gap. From the first such character to where the text may reach a row is written as a
whole or not at all; all else is certain, and written cell by cell.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from operator import itemgetter

from rich.cells import get_character_cell_size
from rich.color import ColorSystem
from rich.console import Console, ConsoleOptions, RenderResult
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

from loader.unseen import obeyed
from tui.painted import Painted
from tui.pen import Cell, codes_of, ground
from tui.typeset import ambiguous, cells, columns, doubtful, widest

MOST_MARKS = 30
"""Marks that are written over one character; a text in any language has fewer (UAX #15, section 13)."""


class Placed(CompositorUpdate):
    """`updates`, written pane by pane, as far as they differ from what is `shown` on a terminal of `size`."""

    def __init__(
        self, updates: Sequence[LayoutUpdate | ChopsUpdate], shown: Painted, size: tuple[int, int]
    ) -> None:
        self._updates, self._painted, self._size = updates, shown, size
        self._sequence: str | None = None

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for update in self._updates:
            yield from update.__rich_console__(console, options)

    def render_segments(self, console: Console) -> str:
        """The frame as control sequences and text; asked again, the same."""
        if self._sequence is None:
            self._sequence = self._render(console)
        return self._sequence

    def _render(self, console: Console) -> str:
        shown = self._painted
        shown.begin(*self._size)
        panes = [
            pane
            for update in self._updates
            for pane in (_chops(update) if isinstance(update, ChopsUpdate) else _rows(update))
        ]
        colors = console._color_system
        parts: list[str] = []
        for x, y, strip in lasting(panes):
            shown.apart()
            if not doubtful(strip.text):
                parts.append(shown.write(x, y, _row(strip, colors)))
                continue
            for at, stretch, doubt in stretches(_counted(strip, colors)):
                if doubt:
                    parts.append(shown.place(x + at, y, stretch, narrow=ambiguous() == 2))
                else:
                    parts.append(shown.write(x + at, y, stretch))
        return "".join([*parts, shown.end()])


def stretches(row: list[Cell]) -> Iterator[tuple[int, list[Cell], bool]]:
    """A row's stretches, each with its first column and whether the terminal may count it otherwise."""
    at = 0
    while at < len(row):
        first = next((x for x in range(at, len(row)) if doubtful(row[x].text)), len(row))
        if at < first:
            yield at, row[at:first], False
        at = _reach(row, first)
        if first < at:
            yield first, row[first:at], True


def _reach(row: Sequence[Cell], at: int) -> int:
    """The column up to which text from `at` on may run, with all that it may run into."""
    while at < len(row):
        end = at
        while end < len(row) and any(cell.text != " " for cell in row[end : end + 2]):
            end += 1
        text = "".join(cell.text for cell in row[at:end])
        room = end
        while room < len(row) and row[room].text == " ":
            room += 1
        end += widest(text) - cells(text)
        if end <= room or room == len(row):
            return min(end, room)
        at = room
    return at


def _counted(strip: Strip, colors: ColorSystem | None) -> list[Cell]:
    """A strip's cells as typesetting counts them; what has no width stands with the character before it."""
    row: list[Cell] = []
    for text, codes in _texts(strip, colors):
        places = columns(text)
        for character, start, stop in zip(text, places, places[1:], strict=False):
            _append(row, character, codes, stop - start)
    return row


def _row(strip: Strip, colors: ColorSystem | None) -> list[Cell]:
    """A strip's cells as Textual counts them."""
    row: list[Cell] = []
    for text, codes in _texts(strip, colors):
        for character in text:
            _append(row, character, codes, get_character_cell_size(character))
    return row


def _texts(strip: Strip, colors: ColorSystem | None) -> Iterator[tuple[str, str]]:
    """The texts of a strip with their codes; none holds a character that a terminal obeys, or nobody sees.

    Whoever draws makes such characters visible; here, behind all, they go, whoever forgot it.
    """
    for text, style, control in strip:
        if not control:
            if obeyed(text):
                text = "".join(" " * get_character_cell_size(char) if obeyed(char) else char for char in text)
            yield text, codes_of(style, colors) if style else ""


def _append(row: list[Cell], character: str, codes: str, size: int) -> None:
    """A character of so many cells; all blanks that look the same are the same."""
    if size:
        row.append(Cell(character, ground(codes) if character == " " else codes))
        row.extend([Cell("", codes)] * (size - 1))
    elif row:
        at = next((x for x in range(len(row) - 1, -1, -1) if row[x].text), 0)
        if len(row[at].text) > MOST_MARKS:
            return
        row[at] = Cell(row[at].text + character, row[at].codes)


def lasting(panes: Sequence[tuple[int, int, Strip]]) -> list[tuple[int, int, Strip]]:
    """Those of which something is still to be seen when all are written, row by row, in their order."""
    covered: dict[int, int] = {}
    out: deque[tuple[int, int, Strip]] = deque()
    for x, y, strip in reversed(panes):
        columns = (1 << strip.cell_length) - 1 << x  # a bit for each
        if columns & ~covered.get(y, 0):
            covered[y] = covered.get(y, 0) | columns
            out.appendleft((x, y, strip))
    return sorted(out, key=itemgetter(1))


def _rows(update: LayoutUpdate) -> Iterator[tuple[int, int, Strip]]:
    """Whole rows, pane by pane."""
    for y, row in enumerate(update.strips, update.region.y):
        x = update.region.x
        for strip in row:
            yield x, y, strip
            x += strip.cell_length


def _chops(update: ChopsUpdate) -> Iterator[tuple[int, int, Strip]]:
    """The stretches of rows that changed, as Textual picks them; no wide character is cut by their ends."""
    for y, first, last in update.spans:
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is None or x > last or end <= first:
                continue
            if first <= x < last and end <= last:
                yield x, y, strip
                continue
            stop = min(end, last) - x
            across = strip.crop(stop - 1, stop + 1).text[:1] if stop else ""
            cut = bool(across) and get_character_cell_size(across) == 2
            yield x, y, strip.crop(0, stop + cut)
