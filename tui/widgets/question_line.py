"""The questions pane folded to one line: the question being read, for terminals without room for more."""

from __future__ import annotations

from textual.reactive import reactive

from tui.language import _
from tui.store.rows import Transcript
from tui.typeset import cut

from . import words
from .line import Line
from .paint import Run
from .standing import Standing


class QuestionLine(Line):
    """`问 2/7 青岛日报 → 寇建辉`."""

    transcript: reactive[Transcript | None] = reactive(None)
    standing: reactive[Standing | None] = reactive(None)

    def text(self) -> str:
        """The question being read; before the first, how many there are."""
        if self.transcript is None or not self.transcript.questions:
            return ""
        total = len(self.transcript.questions)
        number = self.standing.question if self.standing else None
        if number is None:
            return _("{total} questions", total=total)
        # the archive numbers them from 1 without a gap
        who = words.exchange(self.transcript.questions[number - 1])
        return f"{_('Q {number}/{all}', number=number, all=total)} {who}"

    def runs(self, width: int) -> list[Run]:
        """The text, and the key that unfolds it."""
        text = self.text()
        if not text:
            return []
        return [Run(1, cut(text, width - 5), "quiet"), Run(width - 2, "o", "key")]
