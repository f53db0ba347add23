"""Commands that need no store: between panes and between questions."""

from __future__ import annotations

from collections.abc import Callable

from textual import events, on

from tui.language import _
from tui.store.rows import TurnRow
from tui.widgets.reader import Reader
from tui.widgets.standing import Goal

from .layout import Layout


class Moves(Layout):
    """What a key does to what is on the screen already."""

    @on(Reader.Left)
    def leave_reader(self) -> None:
        """From the transcript to the list, as a step to the left."""
        self.pane = "list"

    def on_key(self, event: events.Key) -> None:
        """Digits are a question's number; any other key but `g` forgets them. Any key ends a notice."""
        self.notice = ""
        if event.character and event.character.isdecimal() and self.pane != "search":
            self.digits = (self.digits.strip("g") + event.character).lstrip("0")[-3:]
            event.stop()
        elif event.key not in ("g", "escape"):
            self.digits = ""

    def action_next_question(self) -> None:
        self._step_question(1, _("this is the last question"))

    def action_previous_question(self) -> None:
        self._step_question(-1, _("this is the first question"))

    def action_goto_question(self) -> None:
        """The question whose number was typed; a second `g` without one goes to the top."""
        typed, self.digits = self.digits, ""
        if typed.isdecimal():
            self._goto(int(typed))
        elif typed == "g":
            self.reader.action_top()
        else:
            self.digits = "g"

    def action_next_answer(self) -> None:
        self._step_turn(1, _answers, _("this is the last answer"))

    def action_previous_answer(self) -> None:
        self._step_turn(-1, _answers, _("this is the first answer"))

    def action_next_heading(self) -> None:
        self._step_turn(1, _heads, _("no heading after this"))

    def action_previous_heading(self) -> None:
        self._step_turn(-1, _heads, _("no heading before this"))

    def action_next_speaker(self) -> None:
        self._step_turn(1, _speaks, _("nobody else speaks after this"))

    def action_previous_speaker(self) -> None:
        self._step_turn(-1, _speaks, _("nobody else speaks before this"))

    def action_fold(self) -> None:
        """The answer being read on one line, or whole again."""
        if self.transcript is not None and not self.reader.fold():
            self.notice = _("no answer in sight to fold")

    def action_fold_all(self) -> None:
        """All answers on one line each, or whole again."""
        if self.transcript is None or not self.transcript.questions:
            self.notice = _("no answer in sight to fold")
        elif self.reader.fold_all():
            self.notice = _("answers are folded; Z unfolds")
        else:
            self.notice = _("answers are whole")

    def action_next_pane(self) -> None:
        self._step_pane(1)

    def action_previous_pane(self) -> None:
        self._step_pane(-1)

    def action_questions(self) -> None:
        """Show or hide the questions; where there is no room for three panes, go to them and back."""
        if self.room == 3:
            if self.pane == "questions":
                self.pane = "reader"
            self.questions = False if self.questions is None else None
        elif self.pane == "questions":
            self.close_questions()
        else:
            self.questions = True if self.room > 1 else None
            self.pane = "questions"

    def close_questions(self) -> None:
        """Back to the transcript; where the pane was only lent its room, it goes."""
        if self.room < 3:
            self.questions = None
        self.pane = "reader"

    def _goto(self, number: int) -> None:
        known = {question.number for question in self.transcript.questions} if self.transcript else set()
        if number not in known:
            self.notice = (
                _("there is no question {number}", number=number)
                if self.transcript
                else _("no briefing is open")
            )
            return
        self.reader.stand(Goal(question=number))
        self.pane = "reader"

    def _step_question(self, by: int, end: str) -> None:
        if self.transcript is None:
            return
        moved = self.reader.step_question(by)
        if not moved:
            self.notice = end if self.transcript.questions else _("there are no questions here")
        elif "reader" not in self.plan.panes:
            self.pane = "reader"

    def _step_turn(self, by: int, wanted: Callable[[TurnRow, TurnRow], bool], end: str) -> None:
        if self.transcript is None:
            return
        if not self.reader.step_turn(by, wanted):
            self.notice = end
        elif "reader" not in self.plan.panes:
            self.pane = "reader"

    def _step_pane(self, by: int) -> None:
        panes = self.panes
        at = panes.index(self.pane) + by if self.pane in panes else 0
        self.pane = panes[at % len(panes)]


def _answers(turn: TurnRow, here: TurnRow) -> bool:  # noqa: ARG001
    return turn.kind == "answer"


def _heads(turn: TurnRow, here: TurnRow) -> bool:  # noqa: ARG001
    return turn.kind == "heading"


def _speaks(turn: TurnRow, here: TurnRow) -> bool:
    """Whether somebody else speaks than here."""
    if turn.kind not in ("question", "answer", "speech"):
        return False
    return (turn.speaker, turn.label) != (here.speaker, here.label)
