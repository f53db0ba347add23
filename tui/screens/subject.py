"""What a command acts on: the record that is marked where the focus is, as `tui.targets` says.

In comes the name of a command; out goes its subject, or a line that says why there is none.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from textual import on

from tui.language import _, told
from tui.store.protocol import StoreError
from tui.store.rows import BriefingRow, Hit, PassageRow, Place, Transcript
from tui.widgets.briefing_list import BriefingList
from tui.widgets.hit_list import HitList
from tui.widgets.question_list import QuestionList

from . import answers
from .desk import Desk
from .moves import Moves

if TYPE_CHECKING:  # what only a command needs is imported when there is one
    from tui.selector import Located
    from tui.targets import Focus, Target


class Subject(NamedTuple):
    """The record that a command acts on."""

    target: Target
    briefing: BriefingRow
    shown: Transcript | None = None
    """The transcript in the reader, where that is what is marked."""
    place: Place | None = None
    """The passage, in the transcript shown."""
    hit: Hit | None = None
    question: int | None = None


class Subjects(Moves):
    """Finds out what is marked, and gets it where it is not on the screen."""

    _desk: Desk

    @property
    def focus_of_keys(self) -> Focus:
        """The pane whose mark commands act on."""
        if self.pane == "reader" or (self.pane == "search" and self.finding):
            return "reader"
        if self.pane == "questions":
            return "questions"
        return "hits" if self.hunting else "list"

    def subject(self, command: str) -> Subject | None:
        """What a command acts on; `None`, and the notice says why, where there is nothing."""
        from tui.targets import TARGETS

        focus = self.focus_of_keys
        target = TARGETS[command].at(focus)
        if target is None:
            self.notice = _("nothing here for that: mark a hit or a question, or open the briefing")
            return None
        if focus == "list":
            row = self.query_one(BriefingList).marked
            if row is None:
                self.notice = _("no briefing is marked")
            return None if row is None else Subject(target, row)
        if focus == "hits":
            hit = self.query_one(HitList).marked
            if hit is None:
                self.notice = _("no hit is marked")
            return None if hit is None else Subject(target, hit.briefing, hit=hit, question=hit.question)
        transcript = self.transcript
        if transcript is None:
            self.notice = _("no briefing is open")
            return None
        try:
            if focus == "questions":
                number = self.query_one(QuestionList).marked
                place = _question_place(transcript, number)
            else:
                number = self.standing.question if self.standing else None
                place = self._place_read(transcript)
        except StoreError as error:
            self.notice = told(error)
            return None
        return Subject(target, transcript.briefing, transcript, place, question=number)

    def with_text(
        self, subject: Subject, then: Callable[[Transcript, Place | None], None], *, fresh: bool = False
    ) -> None:
        """Do something with the transcript of a subject and the place of its passage, when they are there.

        `fresh` has the archive asked also where the transcript is shown: it may hold another text by now.
        """
        if subject.shown is not None and not fresh:
            then(subject.shown, subject.place)
            return
        beside = subject.hit is not None and subject.hit.at is not None
        if beside and subject.target == "passage":
            self.notice = _("this stands in no transcript: v shows it in its source")
            return
        from tui.selector import select, select_hit

        at = None
        if subject.hit is not None and not beside:
            at = select_hit(subject.hit)
        elif subject.shown is not None and subject.place is not None:
            at = select(subject.shown, subject.place)

        def go_on(transcript: Transcript, found: Located | None) -> None:
            if found is None or found.rowid is None:
                then(transcript, None if found is None else transcript.first)
            elif not found.sure:
                self.notice = _("the passage is no longer in {id}: search again", id=transcript.briefing.id)
            else:
                then(transcript, transcript.find(found.rowid))

        self._desk.fetch(subject.briefing.id, at, go_on)

    @on(answers.Fetched)
    def go_on(self, message: answers.Fetched) -> None:
        """What was to be acted on has come."""
        try:
            message.then(message.transcript, message.found)
        except StoreError as error:
            self.take_failure(self._desk.failure(error))

    def take_failure(self, message: answers.Failed) -> None:
        """Say why the store could not answer."""
        raise NotImplementedError

    def _place_read(self, transcript: Transcript) -> Place | None:
        rowid = self.reader.read_now
        return None if rowid is None else transcript.find(rowid)


def passage_at(transcript: Transcript, place: Place | None) -> PassageRow | None:
    """The passage at a place; without one the first of all; `None` where there is none."""
    at = place or transcript.first
    return None if at is None else transcript.turns[at.turn].passages[at.passage]


def _question_place(transcript: Transcript, number: int | None) -> Place | None:
    """Where the words of a question begin."""
    if number is None:
        return None
    first = transcript.questions[number - 1].turn  # the archive numbers them from 1 without a gap
    return next(
        (Place(at, 0) for at in range(first, len(transcript.turns)) if transcript.turns[at].passages), None
    )
