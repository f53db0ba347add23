"""The line above the transcript: what is open, and where in it the reader stands."""

from __future__ import annotations

from textual.reactive import reactive

from tui.language import _
from tui.store.rows import Transcript
from tui.typeset import cells, cut, widest

from . import words
from .line import Line
from .paint import Run
from .standing import Standing


class TitleLine(Line):
    """`潍坊 › 2022-03-25 › 第12场 › 问 3 大众网    问 3/7 · 处 3/12 · 42%`."""

    DEFAULT_CSS = "TitleLine { background: $bar-ground; }"

    transcript: reactive[Transcript | None] = reactive(None)
    standing: reactive[Standing | None] = reactive(None)
    active: reactive[bool] = reactive(False)
    """Whether the transcript has the focus."""

    def position(self) -> str:
        """`问 3/7 · 处 3/12 · 42%`."""
        if self.transcript is None or self.standing is None:
            return ""
        parts = []
        if self.transcript.questions and self.standing.question is not None:
            parts.append(
                _("Q {number}/{all}", number=self.standing.question, all=len(self.transcript.questions))
            )
        if self.standing.matches:
            parts.append(words.match(self.standing))
        parts.append(f"{self.standing.percent}%")
        return " · ".join(parts)

    def title(self, width: int) -> str:
        """`潍坊 › 2022-03-25 › 第12场 › 问 3 大众网`, less of it where `width` cells are too few."""
        if self.transcript is None:
            return ""
        row = self.transcript.briefing
        parts = [part for part in (row.place, words.date(row), words.ordinal(row)) if part]
        for more in (self.question(), ""):
            spaced = " › ".join([*parts, more] if more else parts)
            if cells(spaced) <= width:
                return spaced
        close, bare = " ".join(parts), " ".join(part for part in (row.place, words.ordinal(row)) if part)
        return close if cells(close) <= width or not bare else cut(bare, width)

    def question(self) -> str:
        """`问 3 大众网`: the question being read and who asks it."""
        number = self.standing.question if self.standing else None
        if self.transcript is None or number is None or number > len(self.transcript.questions):
            return ""
        asked = self.transcript.questions[number - 1]
        return " ".join(
            part for part in (_("Q {number}", number=number), asked.outlet or asked.asker) if part
        )

    def runs(self, width: int) -> list[Run]:
        """Title left, position right."""
        position = self.position()
        right = width - 1 - widest(position)
        return [
            Run(0, "▌" if self.active else " ", "key"),
            Run(1, self.title(right - 3), "strong" if self.active else "quiet"),
            Run(right, position, "plain" if self.active else "quiet"),
        ]
