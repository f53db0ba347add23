"""The rows of a transcript that stand in view, and where a step or a goal brings them. Pure; no Textual here.

In come a transcript and a size in cells and rows; looking further may raise `StoreError` and then leaves
the view where it was.
"""

from __future__ import annotations

from tui.store.rows import Transcript

from .folds import Folded, Folds
from .setting import MEASURE, Position, Setting
from .standing import Goal


class View:
    """`rows` is what is in view, at most `height` rows; none where the transcript has none."""

    def __init__(
        self,
        transcript: Transcript,
        width: int,
        height: int,
        measure: int = MEASURE,
        folds: Folds | None = None,
        *,
        plain: bool = False,
    ) -> None:
        self.setting = Setting(transcript, width, measure, folds, plain=plain)
        self.height = height
        self.rows: list[Position] = []
        self._undo: tuple[int, Position] | None = None
        """The answer just folded or unfolded, and the row that was at the top."""
        self._transcript = transcript
        if self.setting.first is not None:
            self.look(self.setting.first)

    @property
    def top(self) -> Position:
        """The row at the top; raises `IndexError` where there is none."""
        return self.rows[0]

    def look(self, top: Position) -> None:
        """Have that row at the top."""
        self._undo = None
        self.rows = self.setting.view(top, self.height)

    def scroll(self, rows: int) -> None:
        """So many rows down, or up if negative: not past the last row, unless the view is there already."""
        if rows < 0:
            self.look(self.setting.up(self.top, -rows))
        else:
            below = self.setting.down(self.rows[-1], rows)
            self.look(max(self.top, self.setting.up(below, self.height - 1)))

    def to_end(self) -> None:
        """Have the last row at the bottom."""
        if self.setting.last is not None:
            self.look(self.setting.up(self.setting.last, self.height - 1))

    def go(self, goal: Goal) -> None:
        """Have the row that a goal means where it wants it; the first row, if it means none."""
        self.look(self._aim(goal) or self.setting.first or self.top)

    def fold(self) -> bool:
        """Fold the answer being read, or the first in view, or unfold it; whether there was one.

        Until the view moves, the next fold undoes it, and the view is as it was.
        """
        if self._undo is not None:
            turn, top = self._undo
            self.setting.fold(turn)
            self.look(top)
            return True
        found = self.setting.foldable(self.top, self.rows[-1])
        if found is not None:
            top = self.top
            self.setting.fold(found)
            self._look_again()
            self._undo = found, top
        return found is not None

    def fold_all(self) -> bool:
        """Fold all answers, or unfold them; whether they are folded now."""
        folded = self.setting.fold_all()
        self._look_again()
        return folded

    def fold_as(self, state: Folded) -> None:
        """Fold as it was."""
        self.setting.fold_as(state)
        self._look_again()

    def targets(self) -> list[tuple[int, Position]]:
        """Where one may jump to in view: the rows below the top on which passages begin."""
        return [
            (row, at)
            for row, at in enumerate(self.rows)
            if row and at.row == self.setting.block(at.turn, at.passage).head
        ]

    def begins(self, rowid: int) -> Position:
        """The row on which the text of a passage begins; the one at the top if it is none of this text."""
        place = self._transcript.find(rowid)
        return self.top if place is None else self.setting.text_row(*place)

    def percent(self) -> int:
        """How far the view has come, as in `Standing`."""
        return self.setting.percent(self.top, self.rows[-1])

    def _look_again(self) -> None:
        """Rows have gone or come: the one at the top stays, or what it was folded into."""
        top = self.setting.clamped(self.top)
        self.look(top)
        if len(self.rows) < self.height and self.setting.last is not None:
            self.look(self.setting.up(self.setting.last, self.height - 1))

    def _aim(self, goal: Goal) -> Position | None:
        setting = self.setting
        if goal.question is not None:
            return setting.question_row(goal.question)
        if goal.hit is not None and (place := self._transcript.find(goal.hit)) is not None:
            setting.unfold(place.turn)
            top = setting.up(setting.text_row(*place), self.height // 3)
            return setting.up(setting.down(top, self.height - 1), self.height - 1)
        if goal.anchor is not None:
            return setting.position(goal.anchor)
        if goal.passage is not None and (place := self._transcript.find(goal.passage)) is not None:
            return setting.clamped(setting.head_row(*place))
        return None
