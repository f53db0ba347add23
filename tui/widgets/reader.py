"""The transcript, drawn line by line: it sets and paints what is in view, whatever the length of the rest.

In come a transcript and the spans that matched; out goes `Moved` with where the reader stands.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from loader.kinds import Span
from tui.language import _, mark
from tui.store.protocol import StoreError
from tui.store.rows import Place, Transcript, TurnRow

from .bindings import bindings
from .folds import Folded, Folds
from .paint import Run, labelled, strip
from .scrolling import Scrolling
from .standing import Anchor, Goal, Standing

if TYPE_CHECKING:  # what sets a transcript is imported when one is opened
    from .setting import Position
    from .shown import Row
    from .view import View

Matches = Mapping[int, tuple[Span, ...]]
"""What matched the query, by passage rowid: spans of the passage's own text."""


class Reader(Scrolling, can_focus=True, inherit_bindings=False):
    """One transcript, from the row at the top of the view on."""

    BINDINGS = bindings("reader")
    MEASURE = 80
    """Cells of the text column at most: 40 Chinese characters, unless the user says otherwise."""
    PAINTED = 500
    """Rows kept as painted, at most."""
    HINT = (
        mark("Enter open a briefing"),
        mark("/     search all briefings"),
        mark("?     all keys"),
    )
    """Shown while nothing is open."""

    transcript: reactive[Transcript | None] = reactive(None, init=False, repaint=False)
    matches: reactive[Matches] = reactive[Matches](dict, init=False, repaint=False)

    labels: reactive[Mapping[int, str]] = reactive[Mapping[int, str]](dict, init=False)
    """Rows of the view and the keys that jump to them."""

    @dataclass
    class Moved(Message):
        """The view moved, or what is in it changed; a later one replaces an earlier."""

        standing: Standing
        """Where the reader stands now."""

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, Reader.Moved)

    @dataclass
    class Failed(Message):
        """The transcript could not be read further."""

        error: StoreError
        """With one line for the user."""

    def __init__(self, *, id: str | None = None, plain: bool = False) -> None:
        """`plain` sets it on the whole width, without margins, columns or indents."""
        super().__init__(id=id)
        self._plain = plain
        self._view: View | None = None
        self._folds = Folds()
        self._width, self._height = 0, 1
        self._goal: Goal | None = None
        self._place: Anchor | None = None
        self._found: dict[int, int] = {}
        """The matching passages by rowid, each with its place among them."""
        self._current: int | None = None
        self._on_match = False
        self._strips: dict[Position, Strip] = {}

    @property
    def place(self) -> Anchor | None:
        """The row at the top of the view, to come back to."""
        return self._place

    @property
    def read_now(self) -> int | None:
        """The rowid of the passage being read: the match stood on, else the one at the top of the view."""
        view = self._shown
        if view is None or self.transcript is None:
            return None
        return self._current if self._on_match else view.setting.row(view.top).shown.rowid

    @property
    def current(self) -> int | None:
        """The rowid of the match gone to last, wherever the view is by now."""
        return self._current

    def take_up(self, match: int | None) -> None:
        """Have `match` be the one gone to last, without going there."""
        self._current, self._on_match = match, False

    @property
    def match_read(self) -> int | None:
        """The rowid of the match stood on, if the view has not moved away from it."""
        return self._current if self._on_match else None

    @property
    def read_at(self) -> int | None:
        """The first character of that passage in its source."""
        read_now = self.read_now
        with self._saying_why():
            place = self.transcript.find(read_now) if self.transcript and read_now is not None else None
            if self.transcript is not None and place is not None:
                return self.transcript.turns[place.turn].passages[place.passage].at
        return None

    def watch_transcript(self) -> None:
        """Stand at its top until told otherwise."""
        self._current = None
        self._on_match = False
        self._place = None
        self._folds = Folds()
        self._goal = Goal()
        self._set()

    def watch_matches(self) -> None:
        """Highlight them, and keep the current one if it is still among them."""
        self._find()
        self._repaint()

    def on_resize(self) -> None:
        """Set for the new width, and keep the match or the row at the top where it is."""
        if self.content_size == (self._width, self._height) and self._goal is None:
            return
        if self._goal is None:
            self._goal = Goal(hit=self._current if self._on_match else None, anchor=self._place)
        self._set()

    def notify_style_update(self) -> None:
        """Colours changed."""
        super().notify_style_update()
        self._strips.clear()

    def stand(self, goal: Goal) -> None:
        """Go there; before the first layout, as soon as there is a width."""
        self._goal = goal
        self._on_match = goal.hit is not None
        if self._width:
            self._arrive()

    def step(self, by: int) -> bool:
        """To the next (1) or the previous (-1) matching passage; whether there was one."""
        view = self._shown
        if not self._found or view is None:
            return False
        order = list(self._found)
        if self._current in self._found:
            target = self._found[self._current] + by
        else:
            target = bisect_left(order, view.top, key=view.begins) - (by < 0)
        if not 0 <= target < len(order):
            return False
        self.stand(Goal(hit=order[target]))
        return True

    def meet(self) -> None:
        """To the first matching passage from the row at the top on; behind the last, to the first of all."""
        view = self._shown
        if view is not None and self._found:
            order = list(self._found)
            at = bisect_left(order, view.top, key=view.begins)
            self.stand(Goal(hit=order[at % len(order)]))

    def step_question(self, by: int) -> bool:
        """To the next (1) or the previous (-1) question; whether there was one."""
        view = self._shown
        number = view.setting.step_question(self._point(view), by) if view else None
        if number is not None:
            self.stand(Goal(question=number))
        return number is not None

    def step_turn(self, by: int, wanted: Callable[[TurnRow, TurnRow], bool]) -> bool:
        """To the next (1) or previous (-1) turn wanted, as in `Setting.step_turn`; whether there was one."""
        view = self._shown
        at = view.setting.step_turn(self._point(view), by, wanted) if view else None
        if view is not None and at is not None:
            self.stand(Goal(anchor=view.setting.anchor(at)))
        return at is not None

    def render_line(self, y: int) -> Strip:
        """One row of the view."""
        width = self.content_size.width
        if self.transcript is None:
            hint = _(self.HINT[y - 1]) if 0 < y <= len(self.HINT) else ""
            return strip([Run(2, hint, "post")], width, self._style)
        if self._view is None or y >= len(self._view.rows):
            return Strip.blank(width, self._style("text"))
        at = self._view.rows[y]
        if at not in self._strips:
            self._strips[at] = self._paint(self._view.setting.row(at), width)
        mark = self.labels.get(y)
        return labelled(self._strips[at], mark, self._style("label")) if mark else self._strips[at]

    @property
    def rows_in_view(self) -> int:
        """Rows that the view has room for, at least one."""
        return self._height

    @property
    def targets(self) -> list[tuple[int, Anchor]]:
        """What in view may be jumped to: rows of the view, from 0, and what they are of."""
        view = self._shown
        return [(row, view.setting.anchor(at)) for row, at in view.targets()] if view else []

    def fold(self) -> bool:
        """Fold the answer being read to one line, or unfold it; whether there is one in view."""
        done = False

        def fold(view: View) -> None:
            nonlocal done
            done = view.fold()

        self._move(fold, anew=True)
        return done

    def fold_all(self) -> bool:
        """Fold all answers, or unfold them; whether they are folded now."""
        folded = False

        def fold(view: View) -> None:
            nonlocal folded
            folded = view.fold_all()

        self._move(fold, anew=True)
        return folded

    @property
    def folded(self) -> Folded:
        """What is folded now, to come back to."""
        return self._folds.state

    def fold_as(self, state: Folded) -> None:
        """Fold as it was."""
        if self._folds.state != state:
            self._move(lambda view: view.fold_as(state), anew=True)

    @property
    def _shown(self) -> View | None:
        """The view, if there is anything in it."""
        return self._view if self._view is not None and self._view.rows else None

    def _set(self) -> None:
        """Set the transcript for the size there is; without one, wait for the first layout."""
        self._width, self._height = self.content_size.width, max(1, self.content_size.height)
        if not self._width:
            return
        self._view = None
        if self.transcript is not None:
            from .view import View

            with self._saying_why():
                self._view = View(
                    self.transcript,
                    self._width,
                    self._height,
                    self.MEASURE,
                    self._folds,
                    plain=self._plain,
                )
        self._find()
        self._arrive()

    def _arrive(self) -> None:
        """Move to the goal, once."""
        goal, self._goal = self._goal, None
        if goal is not None and (view := self._shown) is not None:
            with self._saying_why():
                view.go(goal)
                self._current = goal.hit or self._current
            # an anchor is kept as given: rounded to a row at every width, the place would drift; at a match
            # it follows from the match and the width, in whatever order the two came
            given = goal.anchor if goal.hit is None else None
            self._place = given or view.setting.anchor(view.top)
        self._repaint()

    def _move(self, how: Callable[[View], None], anew: bool = False) -> None:
        """Move away from the match, if one is read, and paint what has changed, or all of it `anew`."""
        view = self._shown
        if view is None:
            return
        self._on_match = False
        before = view.top
        with self._saying_why():
            how(view)
        if view.top == before and not anew:
            return
        self._place = view.setting.anchor(view.top)
        if anew or len(self._strips) > self.PAINTED:
            self._strips.clear()
        self.refresh()
        self._tell()

    @contextmanager
    def _saying_why(self) -> Iterator[None]:
        """Stay where it is if the archive fails, and say so."""
        try:
            yield
        except StoreError as error:
            self.post_message(self.Failed(error))

    def _find(self) -> None:
        """The passages that match, in reading order as the store gives them, if they are of this one."""
        self._found = {}
        first = next(iter(self.matches), None)
        with self._saying_why():
            if first is not None and self.transcript is not None and self.transcript.find(first) is not None:
                self._found = {rowid: index for index, rowid in enumerate(self.matches)}

    def _repaint(self) -> None:
        self._strips.clear()
        self.refresh()
        self._tell()

    def _tell(self) -> None:
        """Post where the reader stands."""
        view = self._shown
        if view is None or self.transcript is None:
            return
        match = None if self._current is None else self._found.get(self._current)
        with self._saying_why():
            self.post_message(
                self.Moved(
                    Standing(
                        self.transcript.briefing.id,
                        view.setting.row(view.top).shown.rowid,
                        view.setting.question_at(self._point(view)),
                        view.percent(),
                        None if match is None else match + 1,
                        len(self._found),
                        Place(view.top.turn, view.top.passage),
                    )
                )
            )

    def _point(self, view: View) -> Position:
        """The row being read: the match the reader was sent to until it moves on, else the one at the top."""
        return view.begins(self._current) if self._on_match and self._current is not None else view.top

    def _paint(self, row: Row, width: int) -> Strip:
        from .emphasis import emphasised

        runs = list(row.runs)
        match = "current" if row.shown.rowid == self._current else "match"
        spans = self.matches.get(row.shown.rowid, ())
        for piece in row.pieces:
            runs.extend(emphasised(row.shown, piece, spans, match))
        runs.sort(key=lambda run: run.column)
        return strip(runs, width, self._style)
