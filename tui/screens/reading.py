"""What is open: the list, the transcript in the reader, its other prints, and what is put right in it.

In come the desk's answers and the widgets' messages; out go the reactives of `Layout`.
"""

from __future__ import annotations

from contextlib import suppress

from textual import on

from tui.language import _
from tui.state import Selector, State
from tui.store.protocol import Store, StoreError
from tui.store.rows import BriefingRow, Place, Transcript
from tui.widgets.briefing_list import BriefingList
from tui.widgets.folds import Folded
from tui.widgets.question_list import QuestionList
from tui.widgets.reader import Reader
from tui.widgets.standing import Anchor, Goal

from . import answers
from .archive_queries import Corrector
from .desk import Desk
from .history import History, Trail
from .history import Place as Visited
from .prints import prints
from .subject import Subjects, passage_at


class Reading(Subjects):
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
        """Whether an answer of the store's is on its way that a frame waits for."""
        return self._desk.asked

    def depends(self, typed: bool) -> bool:
        """Whether one is on its way on which it depends what the next key does, or goes into if `typed`."""
        return self._desk.depends(typed)

    @on(answers.Listed)
    def take_list(self, message: answers.Listed) -> None:
        """The list has come; what was opened before it is marked now."""
        self.take_rows(message.briefings)
        if self.transcript is not None:
            self.query_one(BriefingList).mark(self.transcript.briefing.id)

    def take_rows(self, rows: tuple[BriefingRow, ...]) -> None:
        """List these, the fullest print of each; the mark in the list stays on its briefing."""
        self.rows = rows
        self._prints = prints(rows)
        self.briefings = tuple(row for row in rows if row.same_as is None)

    @on(answers.Opened)
    def take_transcript(self, message: answers.Opened) -> None:
        """Open it where it was asked for, and note that it was read."""
        if message.stay:
            self._show_again(message)
            return
        self._show(message.transcript, message.goal)
        self._desk.keep(message.transcript)
        briefing = message.transcript.briefing.id
        if briefing not in self.read:
            self.read |= {briefing}
            with suppress(StoreError):
                self._state.leave(briefing, self._selector(message.transcript, None))
            self.notice = self._state.news() or self.notice
        if not self.hunting:
            self.query_one(BriefingList).mark(briefing)
        self.pane = "reader"
        if not message.sure:
            self.notice = _("the passage is no longer there: this is the nearest place")

    def _show_again(self, message: answers.Opened) -> None:
        """The text of the briefing that is open, as the archive holds it by now."""
        if self.transcript is None or self.transcript.briefing.id != message.transcript.briefing.id:
            return
        self._show(message.transcript, message.goal)
        self._desk.keep(message.transcript)

    @on(answers.Corrected)
    def take_correction(self, message: answers.Corrected) -> None:
        """Show what was corrected: in the list, among the hits and in the transcript, each at its place."""
        self.notice = _("corrected: {id}", id=message.briefing_id)
        self.take_rows(message.briefings)
        self.search_again()
        place = self.reader.place
        if self.transcript is None or self.transcript.briefing.id != message.briefing_id:
            return
        if place is not None:
            self._desk.reopen(self.transcript, place, self.reader.match_read, stay=True)
        else:
            self._desk.open(message.briefing_id, Goal())

    @on(answers.Failed)
    def take_failure(self, message: answers.Failed) -> None:
        """Say why the store could not answer; of damage once at length, what to do."""
        self.notice = message.reason
        if message.damaged is not None and not self._hurt:
            from .hurt import HurtScreen

            self._hurt = True
            self.app.push_screen(HurtScreen(message.reason, message.damaged))

    @on(answers.Waiting)
    def take_waiting(self, message: answers.Waiting) -> None:
        """Say that the archive is busy; what is shown stays until it answers."""
        self.notice = self._waiting = message.reason

    @on(answers.Answered)
    def take_answered(self) -> None:
        """It is busy no more."""
        if self.notice == self._waiting:
            self.notice = ""

    def here(self) -> Visited:
        """Where the user is."""
        return Visited(self.pane, self.transcript, self.reader.place, self.sought, self.reader.folded)

    def jump(self) -> None:
        """A jump begins here; the trail leads back."""
        if self.transcript is not None or self.sought:
            self._trail.leave(self.here())

    @on(BriefingList.Opened)
    def open_briefing(self, message: BriefingList.Opened) -> None:
        """Open a briefing where it was left."""
        self.jump()
        self._history.settle()
        self.open_where_left(message.briefing.id)

    def open_where_left(self, briefing: str) -> None:
        """Open a briefing where it was left; at its top if it was not read before."""
        self._desk.open(briefing, Goal(), self._state.place(briefing))

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
        """The briefing marked as another outlet has it, at the same question."""
        subject = self.subject("other_print")
        if subject is None:
            return
        group = self._prints.get(subject.briefing.id, ())
        if not group:
            self.notice = _("there is no other print")
            return
        self.jump()
        at = (group.index(subject.briefing.id) + 1) % len(group)
        self.notice = _("print {number} of {all}", number=at + 1, all=len(group))
        self._desk.open(group[at], Goal(question=subject.question))

    def action_source(self) -> None:
        """The source of what is marked, as it was read, at the same place."""
        subject = self.subject("source")
        if subject is None:
            return

        def show(transcript: Transcript, place: Place | None) -> None:
            passage = passage_at(transcript, place) if place is not None else None
            self._desk.source(transcript.briefing.id, passage.at if passage is not None else 0)

        if subject.target == "briefing":
            self._desk.source(subject.briefing.id, 0)
        elif subject.hit is not None and subject.hit.at is not None:
            self._desk.source(subject.briefing.id, subject.hit.at)
        else:
            self.with_text(subject, show)

    def action_plain(self) -> None:
        """The transcript of what is marked alone, for the terminal's own selection."""
        from .plain import PlainScreen

        subject = self.subject("plain")
        if subject is None:
            return
        # the reader is shown row by row as it is, all else at its passage
        here = self.reader.place if subject.shown is not None and self.focus_of_keys == "reader" else None

        def show(transcript: Transcript, place: Place | None) -> None:
            def come_back(at: Anchor | None) -> None:
                if at is not None and at != self.reader.place and self.transcript is transcript:
                    self.reader.stand(Goal(anchor=at))

            at = here or (Anchor(*place, 0) if place is not None else None)
            self.app.push_screen(PlainScreen(transcript, at), come_back)

        self.with_text(subject, show)

    @on(answers.Sourced)
    def show_source(self, message: answers.Sourced) -> None:
        """Put it over everything."""
        from .source import SourceScreen

        self.app.push_screen(SourceScreen(message.source, message.at))

    def action_correct(self) -> None:
        """Correct what was inferred wrongly of the briefing marked."""
        from .correction import CorrectionScreen

        subject = self.subject("correct")
        if subject is None:
            return
        if not self._desk.corrects:
            self.notice = _("read-only here: nothing can be corrected")
            return
        briefing = subject.briefing.id

        def ask(transcript: Transcript, _found: object) -> None:
            def keep(values: dict[str, str | None] | None) -> None:
                if values:
                    self._desk.correct(briefing, values)

            self.app.push_screen(CorrectionScreen(transcript), keep)
            self._desk.inferred(briefing)

        self._desk.fetch(briefing, None, ask)

    @on(answers.Inferred)
    def show_inferred(self, message: answers.Inferred) -> None:
        """Say it in the form that asks for corrections of that briefing, if it is still open."""
        from .correction import CorrectionScreen

        if isinstance(self.app.screen, CorrectionScreen) and self.app.screen.briefing == message.briefing_id:
            self.app.screen.show_inferred(message.values)

    def end_find(self, *, back: bool) -> None:
        """Leave what is sought in the transcript, if anything is."""
        raise NotImplementedError

    def _show(self, transcript: Transcript | None, goal: Goal, folded: Folded | None = None) -> None:
        """Put a transcript into the reader, folded so; the one before is left where it stands."""
        if transcript is not self.transcript:
            self.end_find(back=False)
            self._leave()
            before, self.standing, self.transcript = self.transcript, None, transcript
            if before is not None and transcript is not None and before.briefing.id == transcript.briefing.id:
                self.rematch()
        if folded is not None:
            self.reader.fold_as(folded)
        self.reader.stand(goal)

    def _recall(self, place: Visited) -> None:
        """Show what was shown before, or its newer text where the archive holds another by now."""
        self._show(place.transcript, Goal(anchor=place.anchor), place.folded)
        if place.transcript is not None and place.anchor is not None:
            self._desk.renew(place.transcript, place.anchor)

    def rematch(self) -> None:
        """Another text of the open briefing is shown: its matches have other rowids."""
        raise NotImplementedError

    def search_again(self) -> None:
        """What the hits say of their briefings was corrected."""
        raise NotImplementedError

    def _leave(self) -> None:
        """Remember the place in the open transcript."""
        if self.standing is not None and self.transcript is not None:
            with suppress(StoreError):
                at = self._selector(self.transcript, self.standing.place)
                self._state.leave(self.standing.briefing, at)

    @staticmethod
    def _selector(transcript: Transcript, place: Place | None) -> Selector:
        """What selects a passage, the first without a place; number 0 where there is none."""
        from tui.selector import select

        place = place or transcript.first
        return select(transcript, place) if place is not None else Selector(0)
