"""A transcript set into rows of one width: labels, heads, paragraphs, tables. Pure; no Textual here.

In comes a `Transcript` and a width in cells; out come rows whose pieces point into the shown text of
each passage, which is the passage with a mark at each gap. Linear in the transcript's length.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate, zip_longest
from typing import NamedTuple

from rich.cells import cell_len

from tui.store.rows import QuestionRow, Transcript, TurnRow
from tui.typeset import wrap

from . import words
from .paint import Run
from .shown import APART, Shown, cells_of, fit
from .standing import Anchor

MEASURE = 80
"""Cells of the text column at most: 40 Chinese characters."""
GUTTER = 8
"""Cells of the label column; `NARROW_GUTTER` where the view is too narrow, none where nothing is labelled."""
NARROW_GUTTER = 2
INDENT = 4
"""Cells a paragraph's first line is set in by: two characters, as Chinese print does."""


class Piece(NamedTuple):
    """Characters `start` to `end` of the passage's shown text, from `column` on."""

    column: int
    start: int
    end: int


class Row(NamedTuple):
    """One row of the terminal: it belongs to the passage of that index."""

    passage: int
    offset: int
    """As in `Anchor`."""
    runs: tuple[Run, ...] = ()
    """What is not the passage's text: label, name, post, rule."""
    pieces: tuple[Piece, ...] = ()


@dataclass(slots=True)
class Setting:
    """The rows of a transcript, and where in them its passages and questions are."""

    rows: list[Row] = field(default_factory=list)
    passages: list[Shown] = field(default_factory=list)
    first_rows: list[int] = field(default_factory=list)
    """For each passage the row its text begins on."""
    question_rows: list[tuple[int, int]] = field(default_factory=list)
    """Row and number of each question, ascending."""

    def row_at(self, anchor: Anchor) -> int:
        """The row an anchor means at this width."""
        after = bisect_right(self.rows, anchor, key=lambda row: Anchor(row.passage, row.offset))
        return max(0, after - 1)

    def anchor(self, row: int) -> Anchor:
        """The anchor of a row."""
        return Anchor(self.rows[row].passage, self.rows[row].offset)

    def passage_index(self, rowid: int) -> int | None:
        """Which passage has that rowid."""
        return next((index for index, one in enumerate(self.passages) if one.rowid == rowid), None)

    def head_row(self, passage: int) -> int:
        """The first row that belongs to a passage: its label's and name's, if it has them."""
        row = self.first_rows[passage]
        while row and self.rows[row - 1].passage == passage and self.rows[row - 1].runs:
            row -= 1
        return row

    def question_at(self, row: int) -> int | None:
        """The number of the question that `row` belongs to; `None` before the first."""
        index = bisect_right(self.question_rows, row, key=lambda one: one[0])
        return self.question_rows[index - 1][1] if index else None


def set_transcript(transcript: Transcript, width: int) -> Setting:
    """Set `transcript` for a view of `width` cells."""
    labelled = any(words.voice(turn.kind, turn.speaker, turn.question) for turn in transcript.turns)
    gutter = 0 if not labelled else GUTTER if width >= 40 else NARROW_GUTTER
    margin = max(1, (width - gutter - MEASURE) // 2)
    measure = max(2, min(MEASURE, width - margin - gutter - 1))
    setter = _Setter(transcript, margin, gutter, measure)
    for turn in transcript.turns:
        setter.turn(turn)
    return setter.setting


class _Setter:
    """Sets turn after turn."""

    def __init__(self, transcript: Transcript, margin: int, gutter: int, measure: int) -> None:
        self.setting = Setting()
        self._questions = {question.number: question for question in transcript.questions}
        self._asked: set[int] = set()
        self._margin, self._column, self._measure = margin, margin + gutter, measure
        self._wide = gutter == GUTTER
        self._indent = INDENT if measure >= 6 * INDENT else 0
        self._last: TurnRow | None = None

    def turn(self, turn: TurnRow) -> None:
        """Set one turn: what stands above its first passage, then its passages."""
        if not turn.passages:
            return
        label = words.voice(turn.kind, turn.speaker, turn.question)
        head = self._head(turn, label)
        if label and not head and not self._wide:
            head = [(Run(self._margin, label, _style(turn)),)]
        blank = self._last is not None and not (turn.kind == self._last.kind == "metadata")
        above = [*([()] if blank else []), *head]
        first = len(self.setting.passages)
        for number, runs in enumerate(above):
            self.setting.rows.append(Row(first, number - len(above), runs))
        if turn.kind == "question" and turn.question is not None and turn.question not in self._asked:
            self._asked.add(turn.question)
            self.setting.question_rows.append((len(self.setting.rows) - len(head), turn.question))
        beside = (Run(self._margin, label, _style(turn)),) if label and not head else ()
        if turn.kind == "table":
            self._table(turn)
        elif turn.kind == "heading":
            self._heading(turn)
        else:
            style = "metadata" if turn.kind == "metadata" else "text"
            indent = 0 if turn.kind == "metadata" else self._indent
            for passage in turn.passages:
                self._paragraph(Shown.of(passage, style), self._column, self._measure, indent, beside)
                beside = ()
        self._last = turn

    def _head(self, turn: TurnRow, label: str) -> list[tuple[Run, ...]]:
        """The rows with label, name and post; none where nobody is named."""
        name, post = _named(turn, self._questions.get(turn.question or 0))
        if not name or turn.kind in ("heading", "metadata", "table"):
            return []
        column = self._column
        if not self._wide and label:
            column = self._margin + cell_len(label) + 1
        right = self._column + self._measure
        head: tuple[Run, ...] = (Run(self._margin, label, _style(turn)),)
        if column + cell_len(name) > right:
            return [head, *self._lines(name, "name"), *self._lines(post, "post")]
        head += (Run(column, name, "name"),)
        after = column + cell_len(name) + 2
        if after + cell_len(post) > right:
            return [head, *self._lines(post, "post")]
        return [(*head, Run(after, post, "post"))]

    def _lines(self, text: str, style: str) -> list[tuple[Run, ...]]:
        """Text that is not a passage, wrapped in the text column."""
        lines = wrap(text, self._measure) if text else []
        return [(Run(self._column, text[line.start : line.end].rstrip(), style),) for line in lines]

    def _heading(self, turn: TurnRow) -> None:
        """Bold; title and section begin in the label column, the title has a rule below it."""
        column = self._column if turn.level > 2 else self._margin
        measure = self._measure + self._column - column
        for passage in turn.passages:
            self._paragraph(Shown.of(passage, "heading"), column, measure, 0, ())
        if turn.level == 1:
            last = len(self.setting.passages) - 1
            beyond = len(self.setting.passages[last].text) + 1
            self.setting.rows.append(Row(last, beyond, (Run(column, "─" * measure, "rule"),)))

    def _paragraph(
        self, shown: Shown, column: int, measure: int, indent: int, beside: tuple[Run, ...]
    ) -> None:
        """One passage, its first line set in; `beside` stands on that line in the label column."""
        index = self._begin(shown)
        for number, (start, end) in enumerate(wrap(shown.text, measure, indent)):
            at = column if number else column + indent
            self.setting.rows.append(Row(index, start, () if number else beside, (Piece(at, start, end),)))

    def _table(self, turn: TurnRow) -> None:
        """Passages as rows of cells in straight columns; cells wrap within theirs."""
        shown = [Shown.of(passage, "text") for passage in turn.passages]
        table = [(one, cells_of(passage, one)) for passage, one in zip(turn.passages, shown, strict=True)]
        widths = fit([[cell_len(one.text[a:b]) for a, b in cells] for one, cells in table], self._measure)
        if widths is None:  # more columns than the view has room for: one cell after the other
            for one in shown:
                self._paragraph(one, self._column, self._measure, 0, ())
            return
        starts = list(accumulate((width + APART for width in widths), initial=self._column))
        for one, cells in table:
            index = self._begin(one)
            pieces = [
                [Piece(column, a + line.start, a + line.end) for line in wrap(one.text[a:b], width)]
                for column, width, (a, b) in zip(starts, widths, cells, strict=False)
            ]
            for depth, line in enumerate(zip_longest(*pieces)):
                row = tuple(piece for piece in line if piece is not None)
                offset = min(piece.start for piece in row) if depth else 0
                self.setting.rows.append(Row(index, offset, (), row))

    def _begin(self, shown: Shown) -> int:
        self.setting.passages.append(shown)
        self.setting.first_rows.append(len(self.setting.rows))
        return len(self.setting.passages) - 1


def _style(turn: TurnRow) -> str:
    """The style of a turn's label."""
    if turn.kind == "speech" and turn.speaker is not None and turn.speaker.role == "host":
        return "host"
    return turn.kind


def _named(turn: TurnRow, question: QuestionRow | None) -> tuple[str, str]:
    """Name and post to head a turn with; empty where the source names nobody."""
    if turn.kind == "question" and question is not None:
        named = question.outlet or question.asker
        follows = f"追问第 {question.follow_up_of} 问" if question.follow_up_of is not None else ""
        return (words.asker(question) if named else ""), follows
    if turn.speaker is not None:
        return turn.speaker.name, turn.speaker.post or ""
    return (turn.label or "").strip(" ：:"), ""
