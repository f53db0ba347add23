"""The transcript, drawn line by line: it sets the text once for its width and paints what is in view.

In come a transcript and the spans that matched; out goes `Moved` with where the reader stands.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from loader.model import Span
from tui.store.rows import Transcript

from .bindings import bindings
from .emphasis import emphasised
from .paint import Run, strip
from .setting import Row, Setting, set_transcript
from .standing import Anchor, Goal, Standing

Matches = Mapping[int, tuple[Span, ...]]
"""What matched the query, by passage rowid: spans of the passage's own text."""


class Reader(ScrollView, can_focus=True, inherit_bindings=False):
    """One transcript, from the row at the top of the view on."""

    BINDINGS = bindings("reader")
    DEFAULT_CSS = """
    Reader {
        scrollbar-size: 0 0;
        overflow-x: hidden;
        overflow-y: scroll;
        & > .reader--text { color: $foreground; }
        & > .reader--question { color: $voice-question; text-style: bold; }
        & > .reader--answer { color: $voice-answer; text-style: bold; }
        & > .reader--speech { color: $voice-speech; text-style: bold; }
        & > .reader--host { color: $voice-host; text-style: bold; }
        & > .reader--name { color: $foreground; text-style: bold; }
        & > .reader--post { color: $quiet; }
        & > .reader--metadata { color: $quiet; }
        & > .reader--heading { color: $foreground; text-style: bold; }
        & > .reader--rule { color: $rule; }
        & > .reader--gap { color: $lost; text-style: bold; }
        & > .reader--match { color: $match; background: $match-ground; text-style: underline; }
        & > .reader--current { color: $match; text-style: bold reverse; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "reader--text",
        "reader--question",
        "reader--answer",
        "reader--speech",
        "reader--host",
        "reader--name",
        "reader--post",
        "reader--metadata",
        "reader--heading",
        "reader--rule",
        "reader--gap",
        "reader--match",
        "reader--current",
    }
    ALLOW_SELECT = False
    OVERLAP = 1
    """Rows of the old page that a new page repeats."""
    HINT = ("Enter 打开记录", "/     搜索全部记录", "?     所有按键")
    """Shown while nothing is open."""

    transcript: reactive[Transcript | None] = reactive(None, init=False, repaint=False)
    matches: reactive[Matches] = reactive[Matches](dict, init=False, repaint=False)

    @dataclass
    class Moved(Message):
        """The view moved, or what is in it changed; a later one replaces an earlier."""

        standing: Standing
        """Where the reader stands now."""

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, Reader.Moved)

    @dataclass
    class Left(Message):
        """The user goes to the list."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._setting = Setting()
        self._width = 0
        self._goal: Goal | None = None
        self._place: Anchor | None = None
        self._found: list[int] = []
        self._current: int | None = None
        self._on_match = False
        self._strips: dict[int, Strip] = {}

    @property
    def place(self) -> Anchor | None:
        """The row at the top of the view, to come back to."""
        return self._place

    @property
    def _top(self) -> int:
        return max(0, min(self.scroll_offset.y, len(self._setting.rows) - 1))

    @property
    def _height(self) -> int:
        return max(1, self.content_size.height)

    @property
    def _last_top(self) -> int:
        """The row at the top when the last row is at the bottom."""
        return max(0, len(self._setting.rows) - self._height)

    def watch_transcript(self) -> None:
        """Set it anew and stand at its top until told otherwise."""
        self._current = None
        self._on_match = False
        self._place = None
        self._goal = Goal()
        self._set()

    def watch_matches(self) -> None:
        """Highlight them, and keep the current one if it is still among them."""
        self._find()
        self._repaint()

    def on_resize(self) -> None:
        """Set for the new width, and keep the match or the row at the top where it is."""
        if self.content_size.width == self._width and self._goal is None:
            self._extend()
            return
        if self._goal is None:
            on_match = self._on_match and self._current is not None
            hit = self._setting.passages[self._current or 0].rowid if on_match else None
            self._goal = Goal(hit=hit, anchor=self._place)
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
        if not self._found:
            return False
        if self._current in self._found:
            target = self._found.index(self._current) + by
        else:
            here = bisect_left(self._setting.first_rows, self._top)
            target = bisect_left(self._found, here) - (by < 0)
        if not 0 <= target < len(self._found):
            return False
        self.stand(Goal(hit=self._setting.passages[self._found[target]].rowid))
        return True

    def step_question(self, by: int) -> bool:
        """To the next (1) or the previous (-1) question; whether there was one."""
        here = self._point()
        questions = self._setting.question_rows
        ahead = [number for row, number in questions if (row > here if by > 0 else row < here)]
        if ahead:
            self.stand(Goal(question=ahead[0 if by > 0 else -1]))
        return bool(ahead)

    def action_line_down(self) -> None:
        self._scroll(self._top + 1)

    def action_line_up(self) -> None:
        self._scroll(self._top - 1)

    def action_page_down(self) -> None:
        self._scroll(self._top + max(1, self._height - self.OVERLAP))

    def action_page_up(self) -> None:
        self._scroll(self._top - max(1, self._height - self.OVERLAP))

    def action_half_down(self) -> None:
        self._scroll(self._top + max(1, self._height // 2))

    def action_half_up(self) -> None:
        self._scroll(self._top - max(1, self._height // 2))

    def action_top(self) -> None:
        self._scroll(0)

    def action_bottom(self) -> None:
        self._scroll(self._last_top)

    def action_to_list(self) -> None:
        self.post_message(self.Left())

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Tell where the reader stands."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            if self._setting.rows and self._width == self.content_size.width:
                self._place = self._setting.anchor(self._top)
            self._tell()

    def render_line(self, y: int) -> Strip:
        """One row of the view."""
        index = y + self.scroll_offset.y
        width = self.content_size.width
        if self.transcript is None:
            hint = self.HINT[y - 1] if 0 < y <= len(self.HINT) else ""
            return strip([Run(2, hint, "post")], width, self._style)
        if index >= len(self._setting.rows):
            return Strip.blank(width, self._style("text"))
        if index not in self._strips:
            self._strips[index] = self._paint(self._setting.rows[index], width)
        return self._strips[index]

    def _set(self) -> None:
        """Set the transcript for the width there is; without one, wait for the first layout."""
        self._width = self.content_size.width
        if not self._width:
            return
        self._setting = set_transcript(self.transcript, self._width) if self.transcript else Setting()
        self._extend()
        self._find()
        self._arrive()

    def _extend(self) -> None:
        """As high as the rows, or higher: the last question must be able to stand at the top."""
        last = self._setting.question_rows[-1][0] if self._setting.question_rows else 0
        self.virtual_size = Size(self._width, max(len(self._setting.rows), last + self._height))

    def _arrive(self) -> None:
        """Scroll to the goal, once."""
        goal, self._goal = self._goal, None
        if goal is None or not self._setting.rows:
            self._repaint()
            return
        row = 0
        if goal.question is not None:
            row = next((row for row, number in self._setting.question_rows if number == goal.question), 0)
        elif goal.hit is not None and (index := self._setting.passage_index(goal.hit)) is not None:
            self._current = index
            row = max(0, min(self._setting.first_rows[index] - self._height // 3, self._last_top))
        elif goal.anchor is not None:
            row = self._setting.row_at(goal.anchor)
        elif goal.passage is not None and (index := self._setting.passage_index(goal.passage)) is not None:
            row = self._setting.head_row(index)
        self.scroll_to(y=row, animate=False, force=True)
        # an anchor is kept as given: rounded to a row at every width, the place would drift
        self._place = goal.anchor or self._setting.anchor(self._top)
        self._repaint()

    def _scroll(self, row: int) -> None:
        """Scroll by hand: not past the end, unless the view is there already."""
        self._on_match = False
        limit = max(self._last_top, self._top if row > self._top else 0)
        self.scroll_to(y=max(0, min(row, limit)), animate=False, force=True)

    def _find(self) -> None:
        """Which passages match."""
        passages = enumerate(self._setting.passages)
        self._found = [index for index, shown in passages if shown.rowid in self.matches]

    def _repaint(self) -> None:
        self._strips.clear()
        self.refresh()
        self._tell()

    def _tell(self) -> None:
        """Post where the reader stands."""
        rows = self._setting.rows
        if not rows or self.transcript is None:
            return
        top = self._top
        place = rows[top].passage
        self.post_message(
            self.Moved(
                Standing(
                    self.transcript.briefing.id,
                    self._setting.passages[place].rowid,
                    self._setting.question_at(self._point()),
                    min(100, 100 * top // self._last_top) if self._last_top else 100,
                    self._found.index(self._current) + 1 if self._current in self._found else None,
                    len(self._found),
                )
            )
        )

    def _point(self) -> int:
        """The row being read: the match the reader was sent to until it moves on, else the one at the top."""
        if self._on_match and self._current is not None:
            return self._setting.first_rows[self._current]
        return self._top

    def _paint(self, row: Row, width: int) -> Strip:
        shown = self._setting.passages[row.passage]
        runs = list(row.runs)
        match = "current" if row.passage == self._current else "match"
        spans = self.matches.get(shown.rowid, ())
        for piece in row.pieces:
            runs.extend(emphasised(shown, piece, spans, match))
        return strip(runs, width, self._style)

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"reader--{name}" if name else "reader--text")
