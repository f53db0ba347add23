"""What is open: the list, the transcript in the reader, its other prints, and what is put right in it.

In come the desk's answers and the widgets' messages; out go the reactives of `Layout`.
"""

from __future__ import annotations

from textual import on

from tui.language import _
from tui.state import State
from tui.store.protocol import Store
from tui.store.rows import BriefingRow, Transcript
from tui.widgets.briefing_list import BriefingList
from tui.widgets.question_list import QuestionList
from tui.widgets.reader import Reader
from tui.widgets.standing import Anchor, Goal

from .desk import Corrector, Desk
from .history import History, Place, Trail
from .moves import Moves
from .prints import prints


class Reading(Moves):
    """Opens briefings and keeps the place in each."""

    def __init__(
        self, store: Store, state: State, start: str | None = None, corrector: Corrector | None = None
    ) -> None:
        super().__init__()
        self._desk = Desk(store, self, corrector)
        self._state = state
        self._start = start
        self._history = History()
        self._trail = Trail()
        self.rows: tuple[BriefingRow, ...] = ()
        """All briefings of the archive, other prints too, as it was listed last."""
        self._prints: dict[str, tuple[str, ...]] = {}
        self._hurt = False
        """Whether it was told that the archive is damaged."""

    @property
    def asked(self) -> bool:
        """Whether an answer of the store's is on its way that somebody waits for."""
        return self._desk.asked

    @on(Desk.Listed)
    def take_list(self, message: Desk.Listed) -> None:
        """The list has come; what was opened before it is marked now."""
        self.take_rows(message.briefings)
        if self.transcript is not None:
            self.query_one(BriefingList).mark(self.transcript.briefing.id)

    def take_rows(self, rows: tuple[BriefingRow, ...]) -> None:
        """List these, the fullest print of each; the mark in the list stays on its briefing."""
        self.rows = rows
        self._prints = prints(rows)
        self.briefings = tuple(row for row in rows if row.same_as is None)

    @on(Desk.Opened)
    def take_transcript(self, message: Desk.Opened) -> None:
        """Open it where it was asked for, and note that it was read."""
        self._show(message.transcript, message.goal)
        self._desk.keep(message.transcript)
        briefing = message.transcript.briefing.id
        if briefing not in self.read:
            self.read |= {briefing}
            first = next((row.rowid for turn in message.transcript.turns for row in turn.passages), 0)
            self._state.leave(briefing, first)
            self.notice = self._state.news() or self.notice
        if not self.hunting:
            self.query_one(BriefingList).mark(briefing)
        self.pane = "reader"

    @on(Desk.Corrected)
    def take_correction(self, message: Desk.Corrected) -> None:
        """List it anew, and open it anew where it was read."""
        self.notice = _("put right")
        self._desk.briefings()
        standing = self.standing
        self._desk.open(message.briefing_id, Goal(question=standing.question if standing else None))

    @on(Desk.Failed)
    def take_failure(self, message: Desk.Failed) -> None:
        """Say why the store could not answer; of damage once at length, what to do."""
        self.notice = message.reason
        if message.damaged is not None and not self._hurt:
            from .hurt import HurtScreen

            self._hurt = True
            self.app.push_screen(HurtScreen(message.reason, message.damaged))

    @on(Desk.Waiting)
    def take_waiting(self, message: Desk.Waiting) -> None:
        """Say that the archive is busy; what is shown stays until it answers."""
        self.notice = self._waiting = message.reason

    @on(Desk.Answered)
    def take_answered(self) -> None:
        """It is busy no more."""
        if self.notice == self._waiting:
            self.notice = ""

    def here(self) -> Place:
        """Where the user is."""
        return Place(self.pane, self.transcript, self.reader.place, self.sought)

    def jump(self) -> None:
        """A jump begins here; the trail leads back."""
        if self.transcript is not None or self.sought:
            self._trail.leave(self.here())

    @on(BriefingList.Opened)
    def open_briefing(self, message: BriefingList.Opened) -> None:
        """Open a briefing where it was left."""
        self.jump()
        self._history.settle()
        briefing = message.briefing.id
        self._desk.open(briefing, Goal(passage=self._state.place(briefing)))

    @on(QuestionList.Opened)
    def open_question(self, message: QuestionList.Opened) -> None:
        """Read a question."""
        self.jump()
        self.reader.stand(Goal(question=message.number))
        self.close_questions()

    @on(Reader.Moved)
    def follow_reader(self, message: Reader.Moved) -> None:
        """Title, question line and pane follow the reading."""
        if self.transcript and message.standing.briefing == self.transcript.briefing.id:
            self.standing = message.standing

    def action_other_print(self) -> None:
        """The same briefing as another outlet has it, at the same question."""
        if self.transcript is None:
            return
        group = self._prints.get(self.transcript.briefing.id, ())
        if not group:
            self.notice = _("there is no other print")
            return
        self.jump()
        at = (group.index(self.transcript.briefing.id) + 1) % len(group)
        self.notice = _("print {number} of {all}", number=at + 1, all=len(group))
        self._desk.open(group[at], Goal(question=self.standing.question if self.standing else None))

    def action_source(self) -> None:
        """The source as it was read, at the same place."""
        if self.transcript is None or self.reader.read_at is None:
            self.notice = _("no briefing is open")
            return
        self._desk.source(self.transcript.briefing.id, self.reader.read_at)

    def action_plain(self) -> None:
        """The transcript alone, for the terminal's own selection."""
        from .plain import PlainScreen

        if self.transcript is None:
            self.notice = _("no briefing is open")
            return

        def come_back(place: Anchor | None) -> None:
            if place is not None and place != self.reader.place:
                self.reader.stand(Goal(anchor=place))

        self.app.push_screen(PlainScreen(self.transcript, self.reader.place), come_back)

    @on(Desk.Sourced)
    def show_source(self, message: Desk.Sourced) -> None:
        """Put it over everything."""
        from .source import SourceScreen

        self.app.push_screen(SourceScreen(message.source, message.at))

    def action_correct(self) -> None:
        """Put right what was inferred wrongly."""
        from .correction import CorrectionScreen

        transcript = self.transcript
        if transcript is None or not self._desk.corrects:
            self.notice = (
                _("no briefing is open")
                if transcript is None
                else _("read-only here: nothing can be put right")
            )
            return

        def keep(values: dict[str, str | None] | None) -> None:
            if values:
                self._desk.correct(transcript.briefing.id, values)

        self.app.push_screen(CorrectionScreen(transcript), keep)

    def end_find(self, *, back: bool) -> None:
        """Leave what is sought in the transcript, if anything is."""
        raise NotImplementedError

    def _show(self, transcript: Transcript | None, goal: Goal) -> None:
        """Put a transcript into the reader; the one before is left where it stands."""
        if transcript is not self.transcript:
            self.end_find(back=False)
            self._leave()
            self.standing = None
            self.transcript = transcript
        self.reader.stand(goal)

    def _leave(self) -> None:
        """Remember the place in the open transcript."""
        if self.standing is not None:
            self._state.leave(self.standing.briefing, self.standing.passage)
