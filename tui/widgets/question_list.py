"""The questions of the open transcript: who asks whom, over the question's first words."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from textual.message import Message
from textual.reactive import reactive

from tui.store.rows import Transcript
from tui.typeset import cut, visible

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

    def watch_transcript(self, transcript: Transcript | None) -> None:
        """List its questions."""
        self.lay([2] * len(transcript.questions if transcript else ()))
        self.scroll_to(y=0, animate=False, force=True)

    def watch_standing(self, standing: Standing | None) -> None:
        """Mark the question being read."""
        if standing is None or standing.question is None or self.transcript is None:
            return
        for index, question in enumerate(self.transcript.questions):
            if question.number == standing.question:
                self.cursor = index

    def entry(self, index: int, width: int) -> list[list[Run]]:
        """Number, asker and answerers; below them the first words."""
        assert self.transcript is not None
        question = self.transcript.questions[index]
        digits = cell_len(str(self.transcript.questions[-1].number))
        column = 3 + digits
        lead = "追问 " if question.follow_up_of is not None else ""
        return [
            [
                Run(1, f"{question.number:>{digits}}", "lead"),
                Run(column, cut(lead + words.exchange(question), width - column - 1), "strong"),
            ],
            [Run(column, cut(visible(question.text), width - column - 1), "quiet")],
        ]

    def empty(self) -> str:
        """That this one has none."""
        return "没有问答。" if self.transcript else ""

    def choose(self, index: int) -> None:
        """Say which was opened."""
        assert self.transcript is not None
        self.post_message(self.Opened(self.transcript.questions[index].number))
