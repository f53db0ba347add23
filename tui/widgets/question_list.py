"""The questions of the open transcript: who asks whom, over first words; key terms below if they fit."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message
from textual.reactive import reactive

from loader.unseen import visible
from tui.language import _
from tui.store.rows import Transcript
from tui.typeset import cut

from . import words
from .bindings import bindings
from .paint import Run
from .rows import Rows
from .standing import Standing


class QuestionList(Rows):
    """Follows the reading: the question being read is under the cursor."""

    BINDINGS = bindings("questions", prefix="question_")

    transcript: reactive[Transcript | None] = reactive(None, init=False)
    standing: reactive[Standing | None] = reactive(None, init=False)

    @dataclass
    class Opened(Message):
        """A question was chosen."""

        number: int
        """Its number in the transcript."""

    @property
    def marked(self) -> int | None:
        """The number of the question under the cursor."""
        if self.transcript is None or not self.transcript.questions:
            return None
        return self.transcript.questions[self.cursor].number

    def watch_transcript(self) -> None:
        """List its questions."""
        self.lay(self.heights())
        self.scroll_to(y=0, animate=False, force=True)

    def watch_standing(self, standing: Standing | None) -> None:
        """Mark the question being read, before all of them the first."""
        if standing is not None and self.transcript is not None:
            self.cursor = (standing.question or 1) - 1  # the archive numbers them from 1 without a gap

    def entry(self, index: int, width: int) -> list[list[Run]]:
        """Number, asker and answerers; below them the first words."""
        assert self.transcript is not None
        question = self.transcript.questions[index]
        digits = len(str(len(self.transcript.questions)))
        column = 3 + digits
        lead = _("again:") + " " if question.follow_up_of is not None else ""
        return [
            [
                Run(1, f"{question.number:>{digits}}", "lead"),
                Run(column, cut(lead + words.exchange(question), width - column - 1), "strong"),
            ],
            [Run(column, cut(visible(question.text), width - column - 1), "quiet")],
            [Run(column, cut(visible(words.terms(question)), width - column - 1), "terms")],
        ]

    def empty(self) -> str:
        """That this one has none."""
        return _("No questions.") if self.transcript else ""

    def heights(self) -> list[int]:
        """Two lines a question; three with its key terms, where there is room for all."""
        questions = self.transcript.questions if self.transcript else ()
        depth = self.depth(len(questions))
        if depth > 2 and not any(one.terms for one in questions):  # so few that all may be looked at
            depth = 2
        return [depth] * len(questions)

    def choose(self, index: int) -> None:
        """Say which was opened."""
        assert self.transcript is not None
        self.post_message(self.Opened(self.transcript.questions[index].number))
