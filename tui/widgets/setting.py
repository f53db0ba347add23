"""A transcript set for one width, as far as it is looked at: steps from row to row. Pure; no Textual here.

In comes a `Transcript` and a width in cells. A block of rows is one passage with what stands above it;
blocks are set when a step or a jump comes to them, so a transcript's length costs nothing. How many rows
it has in all is never asked: where one stands is said by characters.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import NamedTuple

from tui.store.rows import QuestionRow, Transcript, TurnRow

from . import words
from .blocks import INDENT, Setter
from .folds import Folded, Folds
from .shown import Block, Row
from .standing import Anchor

GUTTER = 7
"""Cells of the label column; `NARROW_GUTTER` where the view is too narrow, none where nothing is labelled."""
NARROW_GUTTER = 2
MEASURE = 80
"""Cells of the text column at most, unless the user says otherwise."""


class Position(NamedTuple):
    """A row at this width: `turn` and `passage` as in `Place`, `row` within the passage's block."""

    turn: int
    passage: int
    row: int


class Setting:
    """The rows of `transcript` in a view of `width` cells."""

    KEPT = 400
    """Blocks kept at most; the one unused for longest goes first."""
    LOOKED_AT = 32
    """Turns looked at to tell whether a transcript without questions has labels."""

    def __init__(
        self,
        transcript: Transcript,
        width: int,
        measure: int = MEASURE,
        folds: Folds | None = None,
        *,
        plain: bool = False,
    ) -> None:
        self.turns, self.questions = transcript.turns, transcript.questions
        self._folds = folds or Folds()
        labelled = bool(self.questions) or any(
            words.voice(turn.kind, turn.speaker, turn.question) for turn in self.turns[: self.LOOKED_AT]
        )
        gutter = 0 if plain or not labelled else GUTTER if width >= 40 else NARROW_GUTTER
        margin = 0 if plain else max(1, (width - gutter - measure) // 2)
        measure = max(2, width if plain else min(measure, width - margin - gutter - 1))
        spare = width - margin - gutter - measure
        self._setter = Setter(
            transcript, margin, gutter, measure, spare, wide=gutter == GUTTER, indent=0 if plain else INDENT
        )
        self._blocks: dict[tuple[int, int], Block] = {}
        self._sums: list[list[int]] = []
        first = self._solid(0)
        self.first = Position(first, 0, 0) if first is not None else None
        """The first row; `None` where there is none."""

    @property
    def last(self) -> Position | None:
        """The last row; `None` where there is none."""
        turn = self._setter.previous(len(self.turns))
        if turn is None:
            return None
        passage = self._shown(turn) - 1
        return Position(turn, passage, len(self.block(turn, passage).rows) - 1)

    def block(self, turn: int, passage: int) -> Block:
        """The rows of a passage."""
        block = self._blocks.pop((turn, passage), None)
        if block is None:
            folded = self._folds.folded(turn, self.turns[turn])
            block = self._setter.folded(turn) if folded else self._setter.block(turn, passage)
        self._blocks[turn, passage] = block
        if len(self._blocks) > self.KEPT:
            del self._blocks[next(iter(self._blocks))]
        return block

    def fold(self, turn: int) -> None:
        """Fold a turn, or unfold it."""
        self._folds.fold(turn)
        self._blocks.clear()

    def fold_all(self) -> bool:
        """Fold all answers, or unfold all; whether they are folded now."""
        self._blocks.clear()
        return self._folds.fold_all()

    def fold_as(self, state: Folded) -> None:
        """Fold as it was."""
        self._folds.restore(state)
        self._blocks.clear()

    def unfold(self, turn: int) -> None:
        """Have the whole of a turn shown."""
        if self._folds.folded(turn, self.turns[turn]):
            self.fold(turn)

    def foldable(self, at: Position, end: Position) -> int | None:
        """The answer being read in a view from `at` to `end`, else the first one in it; its turn."""
        turns = range(at.turn, end.turn + 1)
        return next((one for one in turns if self.turns[one].kind == "answer" and self._shown(one)), None)

    def clamped(self, at: Position) -> Position:
        """The same position, or where it is folded into."""
        return self.head_row(at.turn, 0) if self._folds.folded(at.turn, self.turns[at.turn]) else at

    def row(self, at: Position) -> Row:
        """The row at a position."""
        return self.block(at.turn, at.passage).rows[at.row]

    def down(self, at: Position, rows: int) -> Position:
        """So many rows further down, or the last row."""
        while rows > 0:
            left = len(self.block(at.turn, at.passage).rows) - 1 - at.row
            if rows <= left:
                return at._replace(row=at.row + rows)
            following = self._next(at.turn, at.passage)
            if following is None:
                return at._replace(row=at.row + left)
            at = Position(*following, 0)
            rows -= left + 1
        return at

    def up(self, at: Position, rows: int) -> Position:
        """So many rows further up, or the first row."""
        while rows > at.row:
            before = self._previous(at.turn, at.passage)
            if before is None:
                return at._replace(row=0)
            rows -= at.row + 1
            at = Position(*before, len(self.block(*before).rows) - 1)
        return at._replace(row=at.row - rows)

    def view(self, at: Position, height: int) -> list[Position]:
        """The rows from `at` on, `height` of them or as many as there are."""
        return [position for position, _ in zip(self._from(at), range(height), strict=False)]

    def position(self, anchor: Anchor) -> Position | None:
        """The row an anchor means at this width; `None` where it means none."""
        if not (0 <= anchor.turn < len(self.turns)):
            return None
        if not (0 <= anchor.passage < len(self.turns[anchor.turn].passages)):
            return None
        passage = min(anchor.passage, self._shown(anchor.turn) - 1)
        if passage < anchor.passage:
            return self.head_row(anchor.turn, 0)
        rows = self.block(anchor.turn, anchor.passage).rows
        at = bisect_left(rows, anchor.offset, key=lambda row: row.offset)
        within = at == len(rows) or rows[at].offset > anchor.offset
        return Position(anchor.turn, anchor.passage, max(0, at - within))

    def anchor(self, at: Position) -> Anchor:
        """The anchor of a row."""
        return Anchor(at.turn, at.passage, self.row(at).offset)

    def text_row(self, turn: int, passage: int) -> Position:
        """The row on which the text of a passage begins."""
        return Position(turn, passage, self.block(turn, passage).text)

    def head_row(self, turn: int, passage: int) -> Position:
        """The first row that belongs to a passage: its label's and name's, if it has them."""
        return Position(turn, passage, self.block(turn, passage).head)

    def question_row(self, number: int) -> Position | None:
        """The row on which a question begins; `None` if there is no such question."""
        question = self._question(number)
        turn = None if question is None else self._solid(question.turn)
        return None if turn is None else self.head_row(turn, 0)

    def question_at(self, at: Position) -> int | None:
        """The number of the question that a row belongs to; `None` before the first."""
        if not self.questions:
            return None
        own = self.turns[at.turn].question
        if own is None:
            if at.turn < self.questions[0].turn:  # what is before them all looks at none but the first
                return None
            begun = bisect_right(self.questions, at.turn, key=lambda one: one.turn)
            return self.questions[begun - 1].number if begun else None
        start = self.question_row(own)
        if start is None or start <= at:
            return own
        earlier = own - 1
        return earlier if earlier and self._question(earlier) else None

    def step_question(self, at: Position, by: int) -> int | None:
        """The number of the next (1) or the previous (-1) question from a row; `None` at the end."""
        here = self.question_at(at)
        if by > 0:
            number = self.questions[0].number if here is None and self.questions else (here or 0) + 1
        elif here is None:
            return None
        else:
            start = self.question_row(here)
            number = here if start is not None and start < at else here - 1
        return number if self._question(number) else None

    def step_turn(self, at: Position, by: int, wanted: Callable[[TurnRow, TurnRow], bool]) -> Position | None:
        """The first row of the next (1) or previous (-1) turn that is `wanted`, or `None`.

        `wanted` is asked of a turn and of the one the row is in. A row further down in a turn that is of the
        kind looked for steps back to that turn's own first row.
        """
        here = self.turns[at.turn]
        if by < 0 and self.head_row(at.turn, 0) < at and wanted(here, here):
            return self.head_row(at.turn, 0)
        numbers = range(at.turn + 1, len(self.turns)) if by > 0 else range(at.turn - 1, -1, -1)
        for number in numbers:
            if self.turns[number].passages and wanted(self.turns[number], here):
                return self.head_row(number, 0)
        return None

    def percent(self, at: Position, end: Position) -> int:
        """How much has been read, by characters, where the view shows the rows from `at` to `end`."""
        last = self._next(end.turn, end.passage) is None
        if last and end.row == len(self.block(end.turn, end.passage).rows) - 1:
            return 100
        before, shown = self._before(at), self._before(end) - self._before(at)
        return min(99, 100 * before // max(1, self._total() - shown))

    def _question(self, number: int) -> QuestionRow | None:
        """The question of that number; the archive numbers them from 1 without a gap."""
        if 0 < number <= len(self.questions) and self.questions[number - 1].number == number:
            return self.questions[number - 1]
        return None

    def _from(self, at: Position) -> Iterator[Position]:
        place: tuple[int, int] | None = (at.turn, at.passage)
        first = at.row
        while place is not None:
            for row in range(first, len(self.block(*place).rows)):
                yield Position(*place, row)
            place, first = self._next(*place), 0

    def _next(self, turn: int, passage: int) -> tuple[int, int] | None:
        """The place behind, over turns without passages."""
        if passage + 1 < self._shown(turn):
            return turn, passage + 1
        following = self._solid(turn + 1)
        return None if following is None else (following, 0)

    def _previous(self, turn: int, passage: int) -> tuple[int, int] | None:
        if passage:
            return turn, passage - 1
        before = self._setter.previous(turn)
        return None if before is None else (before, self._shown(before) - 1)

    def _shown(self, turn: int) -> int:
        """How many passages of a turn are shown."""
        passages = len(self.turns[turn].passages)
        return min(1, passages) if self._folds.folded(turn, self.turns[turn]) else passages

    def _solid(self, turn: int) -> int | None:
        """That turn or the next that has passages."""
        return next((one for one in range(turn, len(self.turns)) if self.turns[one].passages), None)

    def _before(self, at: Position) -> int:
        """Characters before a row."""
        passage = self.turns[at.turn].passages[at.passage]
        inside = min(max(0, self.row(at).offset), len(passage.text))
        if self._counted:
            assert self.first is not None
            return passage.at - self.turns[self.first.turn].passages[0].at + inside
        return self._tally()[at.turn][at.passage] + inside

    def _total(self) -> int:
        """Characters in all."""
        if not self._counted:
            return self._tally()[-1][-1]
        assert self.first is not None
        turn = self._setter.previous(len(self.turns))
        last = self.turns[turn or 0].passages[-1]
        return last.at + len(last.text) - self.turns[self.first.turn].passages[0].at

    @property
    def _counted(self) -> bool:
        """Whether the passages know what stands before them."""
        turn = self._setter.previous(len(self.turns))
        return turn is not None and self.turns[turn].passages[-1].at > 0

    def _tally(self) -> list[list[int]]:
        """Characters before each passage, turn by turn, where the passages do not say; made once."""
        if not self._sums:
            before = 0
            for turn in self.turns:
                sums = list(accumulate((len(one.text) for one in turn.passages), initial=before))
                self._sums.append(sums)
                before = sums[-1]
        return self._sums
