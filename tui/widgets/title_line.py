"""The line above the transcript: what is open, and where in it the reader stands."""

from __future__ import annotations

from textual.reactive import reactive

from tui.store.rows import Transcript
from tui.typeset import cells, cut, widest

from . import words
from .line import Line
from .paint import Run
from .standing import Standing


class TitleLine(Line):
    """`潍坊 第12场 › 2022-03-25    问 3/7 · 处 3/12 · 42%`."""

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
            parts.append(f"问 {self.standing.question}/{len(self.transcript.questions)}")
        if self.standing.matches:
            parts.append(f"处 {self.standing.match or '–'}/{self.standing.matches}")
        parts.append(f"{self.standing.percent}%")
        return " · ".join(parts)

    def title(self, width: int) -> str:
        """`潍坊 › 2022-03-25 › 第12场`, closer together where `width` cells are too few."""
        if self.transcript is None:
            return ""
        row = self.transcript.briefing
        ordinal = f"第{row.ordinal}场" if row.ordinal is not None else ""
        parts = [part for part in (row.place, words.date(row), ordinal) if part]
        spaced = " › ".join(parts)
        return spaced if cells(spaced) <= width else cut(" ".join(parts), width)

    def runs(self, width: int) -> list[Run]:
        """Title left, position right."""
        position = self.position()
        right = width - 1 - widest(position)
        return [
            Run(0, "▌" if self.active else " ", "key"),
            Run(1, self.title(right - 3), "strong" if self.active else "quiet"),
            Run(right, position, "plain" if self.active else "quiet"),
        ]
