"""Passages as rows of a table: straight columns, a rule under the first row, or one cell a line. Pure.

In come passages whose cells are parted by tabs; the first of them heads the columns.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate, zip_longest

from loader.kinds import Span
from tui.store.rows import PassageRow, TurnRow
from tui.typeset import cells, wrap

from .paint import RULE, Run
from .shown import Piece, Row, Shown

APART = 2
"""Cells between a table's columns."""
LEAST = 4
"""Cells a table's column may shrink to."""
SAMPLE = 200
"""Rows that are looked at to find the columns' widths; wider cells further down wrap."""


def table_rows(turn: TurnRow, passage: int) -> range | None:
    """The passages of the table that a passage is a row of; `None` where it is none.

    All of a turn of kind `table`; elsewhere neighbouring passages with tabs, two or more.
    """
    passages = turn.passages
    if turn.kind == "table":
        return range(len(passages))
    if "\t" not in passages[passage].text:
        return None
    first = last = passage
    while first and "\t" in passages[first - 1].text:
        first -= 1
    while last + 1 < len(passages) and "\t" in passages[last + 1].text:
        last += 1
    return range(first, last + 1) if first < last else None


class Table:
    """The columns of `passages` between `column` and `column + measure`, in cells."""

    def __init__(self, passages: Sequence[PassageRow], column: int, measure: int) -> None:
        self._column, self._measure = column, measure
        shown = [(one, Shown.of(one, "text")) for one in passages[:SAMPLE]]
        table = [[show.text[a:b] for a, b in cells_of(one, show)] for one, show in shown]
        self._header = table[0] if len(passages) > 1 else []
        self._widths = fit([[cells(cell) for cell in row] for row in table], measure)
        self._starts = list(accumulate((width + APART for width in self._widths or ()), initial=column))

    def rows(self, passage: PassageRow, number: int) -> list[Row]:
        """The rows of the terminal for the table's row of that number, from 0."""
        heads = number == 0 and bool(self._header)
        shown = Shown.of(passage, "header" if heads else "text")
        own = cells_of(passage, shown)
        if self._widths is None or len(own) > len(self._widths):
            return self._one_below_the_other(shown, own, heads)
        pieces = [
            [Piece(column, a + line.start, a + line.end) for line in wrap(shown.text[a:b], width)]
            for column, width, (a, b) in zip(self._starts, self._widths, own, strict=False)
        ]
        rows: list[Row] = []
        for depth, line in enumerate(zip_longest(*pieces)):
            there = tuple(piece for piece in line if piece is not None)
            rows.append(Row(shown, min(piece.start for piece in there) if depth else 0, (), there))
        # pieces of one line need not ascend: a cell further left may end lower
        rows = [row._replace(offset=max(one.offset for one in rows[: at + 1])) for at, row in enumerate(rows)]
        return [*rows, self._rule(shown)] if heads else rows

    def _rule(self, shown: Shown) -> Row:
        """A rule under each column."""
        columns = zip(self._starts, self._widths or (), strict=False)
        rules = tuple(Run(column, RULE * width, "rule") for column, width in columns)
        return Row(shown, len(shown.text) + 1, rules)

    def _one_below_the_other(self, shown: Shown, own: Sequence[Span], heads: bool) -> list[Row]:
        """`header: cell`, a line each; the header's own row is a line of its cells."""
        if heads:
            lines = wrap(shown.text, self._measure)
            return [Row(shown, a, (), (Piece(self._column, a, b),)) for a, b in lines]
        rows: list[Row] = [Row(shown, -1)]
        for number, (start, end) in enumerate(own):
            name = self._header[number].strip() if number < len(self._header) else ""
            lead = f"{name}：" if name else ""
            if cells(lead) + min(LEAST, cells(shown.text[start:end])) > self._measure:
                rows += [
                    Row(shown, start, (Run(self._column, lead[line.start : line.end], "header"),))
                    for line in wrap(lead, self._measure)
                ]
                lead = ""
            hang = min(2, self._measure - 2) if number < len(self._header) else 0
            indent = max(cells(lead), hang)
            lines = wrap(shown.text[start:end], self._measure - hang, indent - hang)
            for depth, line in enumerate(lines):
                column = self._column + (hang if depth else indent)
                runs = (Run(self._column, lead, "header"),) if lead and not depth else ()
                piece = Piece(column, start + line.start, start + line.end)
                rows.append(Row(shown, start + line.start, runs, (piece,)))
        return rows


def cells_of(passage: PassageRow, shown: Shown) -> list[Span]:
    """The spans, in the text shown, of a table row's cells; a gap mark belongs to the cell it stands in."""
    spans: list[Span] = []
    at = 0
    for cell in passage.text.split("\t"):
        end = at + len(cell)
        spans.append(Span(at + bisect_left(shown.gaps, at), end + bisect_right(shown.gaps, end)))
        at = end + 1
    return spans


def fit(widths: Sequence[Sequence[int]], measure: int) -> list[int] | None:
    """Column widths for cells of these widths; the widest give way first. `None` if they cannot fit."""
    columns = [max(column) for column in zip_longest(*widths, fillvalue=0)]
    room = measure - APART * (len(columns) - 1)
    if room < LEAST * len(columns):
        return None
    low, high = 0, max(columns, default=0)
    while low < high:
        cap = (low + high + 1) // 2
        low, high = (cap, high) if sum(min(width, cap) for width in columns) <= room else (low, cap - 1)
    return [max(1, min(width, low)) for width in columns]
