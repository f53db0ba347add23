"""One passage set in rows: what stands above it (blank, label, name, post), then its text. Pure.

Voices are told apart by shape as well as colour: a label in a column of its own, the name beside it,
paragraphs set in under them; headings begin in the label column, the title has a rule.
"""

from __future__ import annotations

from loader.kinds import ASIDE_KINDS
from tui.language import _
from tui.store.rows import QuestionRow, Transcript, TurnRow
from tui.typeset import ELLIPSIS, cells, wrap

from . import words
from .paint import RULE, Run
from .shown import Block, Piece, Row, Shown
from .tables import Table, table_rows

ASIDE = "┊ "
"""Before every row of what is no part of the transcript, where a source is shown as it was read."""
FOLD = "▸"
"""Where an answer is folded."""
INDENT = 4
"""Cells a paragraph's first line is set in by: two characters, as Chinese print does."""


class Setter:
    """Sets the passages of `transcript`: `margin`, `gutter`, `measure` and `spare` behind it are cells."""

    def __init__(
        self,
        transcript: Transcript,
        margin: int,
        gutter: int,
        measure: int,
        spare: int,
        *,
        wide: bool,
        indent: int = INDENT,
    ) -> None:
        self._turns, self._questions = transcript.turns, transcript.questions
        self._margin, self._column, self._measure = margin, margin + gutter, measure
        self._wide, self._spare = wide, spare
        self._indent = indent if measure >= 6 * INDENT else 0
        self._tables: dict[tuple[int, range], Table] = {}

    def previous(self, turn: int) -> int | None:
        """The last turn before `turn` that has passages."""
        return next((one for one in range(turn - 1, -1, -1) if self._turns[one].passages), None)

    def block(self, at: int, passage: int) -> Block:
        """The rows of a passage: turn and passage by their indices."""
        turn = self._turns[at]
        label = words.voice(turn.kind, turn.speaker, turn.question)
        head = self._head(turn, label)
        if label and not head and not self._wide:
            head = [(Run(self._margin, label, _style(turn)),)]
        beside = (Run(self._margin, label, _style(turn)),) if label and not head and not passage else ()
        rows = self._rows(at, turn, passage)
        if beside:
            own = next(index for index, row in enumerate(rows) if row.pieces)
            rows[own] = rows[own]._replace(runs=(*beside, *rows[own].runs))
        if passage:
            return Block(tuple(rows), 0, 0)
        before = self.previous(at)
        blank = before is not None and not (turn.kind == self._turns[before].kind == "metadata")
        above = [*([()] if blank else []), *head]
        over = [Row(rows[0].shown, number - len(above) - 1, runs) for number, runs in enumerate(above)]
        return Block((*over, *rows), int(blank), len(above))

    def folded(self, at: int) -> Block:
        """A turn on one line under its head: its first words, and how much there is of it."""
        turn = self._turns[at]
        whole = self.block(at, 0)
        first = whole.rows[whole.text]
        amount = _("{mark} {size:,} characters", mark=FOLD, size=sum(len(one.text) for one in turn.passages))
        right = self._column + self._measure
        piece = next(iter(first.pieces), None)
        if piece is None or right - cells(amount) - 1 <= piece.column + 2 * INDENT:
            amount = FOLD
        room = right - cells(amount) - 1
        pieces, runs = [], list(first.runs)
        if piece is not None:
            lines = wrap(first.shown.text, max(2, room - piece.column - cells(ELLIPSIS)), 0, 0)
            pieces.append(Piece(piece.column, lines[0].start, lines[0].end))
            if len(lines) > 1:
                shown = first.shown.text[: lines[0].end].rstrip()
                runs.append(Run(piece.column + cells(shown), ELLIPSIS, "post"))
        runs.append(Run(room + 1, amount, "post"))
        row = first._replace(runs=tuple(runs), pieces=tuple(pieces))
        return Block((*whole.rows[: whole.text], row), whole.head, whole.text)

    def _rows(self, at: int, turn: TurnRow, number: int) -> list[Row]:
        """The rows of a passage's own text."""
        passage = turn.passages[number]
        if turn.kind == "heading":
            return self._heading(turn, number)
        if rows := table_rows(turn, number):
            if (at, rows) not in self._tables:
                self._tables[at, rows] = Table(
                    turn.passages[rows.start : rows.stop], self._column, self._measure
                )
            return self._tables[at, rows].rows(passage, number - rows.start)
        quiet = turn.kind == "metadata" or turn.kind in ASIDE_KINDS
        shown = Shown.of(passage, "metadata" if quiet else "text")
        if turn.kind in ASIDE_KINDS and self._measure > 2 * cells(ASIDE):
            aside = self._paragraph(shown, self._column + cells(ASIDE), self._measure - cells(ASIDE), 0)
            return [row._replace(runs=(Run(self._column, ASIDE, "rule"),)) for row in aside]
        return self._paragraph(shown, self._column, self._measure, 0 if quiet else self._indent)

    def _heading(self, turn: TurnRow, number: int) -> list[Row]:
        """Bold; title and section begin in the label column, the title has a rule below it."""
        column = self._column if turn.level > 2 else self._margin
        measure = self._measure + self._column - column
        shown = Shown.of(turn.passages[number], "heading")
        rows = self._paragraph(shown, column, measure, 0)
        if turn.level == 1 and number == len(turn.passages) - 1:
            rows.append(Row(shown, len(shown.text) + 1, (Run(column, RULE * measure, "rule"),)))
        return rows

    def _paragraph(self, shown: Shown, column: int, measure: int, indent: int) -> list[Row]:
        """One passage, its first line set in."""
        lines = wrap(shown.text, measure, indent, self._spare)
        return [
            Row(shown, start, (), (Piece(column + (0 if number else indent), start, end),))
            for number, (start, end) in enumerate(lines)
        ]

    def _head(self, turn: TurnRow, label: str) -> list[tuple[Run, ...]]:
        """The rows with label, name and post; none where nobody is named."""
        name, post = _named(turn, self._question(turn))
        if not name or turn.kind in ("heading", "metadata", "table"):
            return []
        column = self._column
        if not self._wide and label:
            column = self._margin + cells(label) + 1
        right = self._column + self._measure
        head: tuple[Run, ...] = (Run(self._margin, label, _style(turn)),)
        if column + cells(name) > right:
            return [head, *self._lines(name, "name"), *self._lines(post, "post")]
        head += (Run(column, name, "name"),)
        after = column + cells(name) + 2
        if after + cells(post) > right:
            return [head, *self._lines(post, "post")]
        return [(*head, Run(after, post, "post"))]

    def _question(self, turn: TurnRow) -> QuestionRow | None:
        if turn.kind != "question" or turn.question is None or turn.question > len(self._questions):
            return None
        return self._questions[turn.question - 1]

    def _lines(self, text: str, style: str) -> list[tuple[Run, ...]]:
        """Text that is not a passage, wrapped in the text column."""
        lines = wrap(text, self._measure, 0, self._spare) if text else []
        return [(Run(self._column, text[line.start : line.end].rstrip(), style),) for line in lines]


def _style(turn: TurnRow) -> str:
    """The style of a turn's label."""
    if turn.kind == "speech" and turn.speaker is not None and turn.speaker.role == "host":
        return "host"
    return turn.kind


def _named(turn: TurnRow, question: QuestionRow | None) -> tuple[str, str]:
    """Name and post to head a turn with; empty where the source names nobody."""
    if turn.kind == "question" and question is not None:
        named = question.outlet or question.asker
        follows = (
            _("follows up question {number}", number=question.follow_up_of)
            if question.follow_up_of is not None
            else ""
        )
        return (words.asker(question) if named else ""), follows
    if turn.speaker is not None:
        return turn.speaker.name, turn.speaker.post or ""
    return (turn.label or "").strip(" ：:"), ""
