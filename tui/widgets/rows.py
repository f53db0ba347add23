"""A list drawn line by line, however long: what briefing list, hit list and questions pane share.

A subclass says how many lines each entry takes and what stands on them; here are cursor, scrolling,
focus and mouse. The cursor's entry is marked by a bar, not by colour alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.typeset import wrap

from .look import Look
from .paint import Run, labelled, strip


class Rows(Look, ScrollView, can_focus=True, inherit_bindings=False):
    """Entries of one or more lines each, one of them under the cursor."""

    DEFAULT_CSS = """
    Rows {
        scrollbar-size: 0 0;
        overflow-x: hidden;
        overflow-y: scroll;
    }
    """
    LOOKS: ClassVar = {
        "": "",
        "plain": "",
        "strong": "bold",
        "quiet": "quiet",
        "terms": "quiet italic",
        "lead": "lead bold",
        "match": "match bold underline",
        "bar": "lead bold",
        "label": "match bold reverse",
        "cursor": "on cursor-row",
    }
    ALLOW_SELECT = False
    BAR = "▌"
    """At the head of every line of the cursor's entry."""

    cursor: reactive[int] = reactive(0, init=False, repaint=False)
    """Index of the entry marked; 0 also when there is none."""
    lit: reactive[bool] = reactive(False, init=False, repaint=False)
    """Whether the mark is drawn as with the focus: what Enter in the search box opens."""

    labels: reactive[Mapping[int, str]] = reactive[Mapping[int, str]](dict, init=False)
    """Entries by index and the keys that jump to them."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._tops: list[int] = [0]
        self._heights: list[int] = []

    @property
    def size_of_list(self) -> int:
        """How many entries there are."""
        return len(self._tops) - 1

    @property
    def targets(self) -> list[int]:
        """The entries in view, by index."""
        top = self.scroll_offset.y
        bottom = min(top + self.content_size.height, self._tops[-1])
        return [
            index
            for index in range(self._entry_at(top), self._entry_at(bottom - 1) + 1)
            if self.size_of_list and top <= self._tops[index] + self.leads(index) < bottom
        ]

    def jump(self, index: int) -> None:
        """Mark an entry and open it."""
        self.cursor = index
        self.choose(index)

    def line_of(self, index: int) -> int:
        """The first line of an entry, from the list's first."""
        return self._tops[index]

    def heights(self) -> list[int]:
        """The lines of each entry at the height there is now."""
        return self._heights

    def entry(self, index: int, width: int) -> Sequence[Sequence[Run]]:
        """The lines of an entry, `width` cells each; column 0 belongs to the bar."""
        raise NotImplementedError

    def leads(self, index: int) -> int:  # noqa: ARG002  (a subclass may look at the entry)
        """How many of an entry's first lines head a group and stay out of the cursor's mark."""
        return 0

    def empty(self) -> str:
        """What to say where there is no entry."""
        return ""

    def choose(self, index: int) -> None:
        """The entry was opened: post a message."""
        raise NotImplementedError

    def lay(self, heights: Sequence[int], cursor: int = 0) -> None:
        """Take a new list: the lines of each entry, and the entry to mark."""
        self._heights = list(heights)
        self._tops = list(accumulate(heights, initial=0))
        self.virtual_size = Size(1, self._tops[-1])  # it scrolls up and down alone, however wide it is
        self.set_reactive(Rows.cursor, self.validate_cursor(cursor))
        self.refresh()

    def depth(self, count: int) -> int:
        """Lines for each of `count` entries: three where all of them have room, else two."""
        return 3 if 3 * count <= self.content_size.height else 2

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on an entry."""
        return max(0, min(cursor, self.size_of_list - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        """Repaint the two entries and no more, unless the view has to scroll."""
        for index in (old, new):
            self._refresh_entry(index)
        self.show_cursor()

    def watch_lit(self) -> None:
        self._refresh_entry(self.cursor)

    def show_cursor(self) -> None:
        """Scroll as little as needed to see the cursor's entry whole."""
        if self.size_of_list:
            top = self._tops[self.cursor]
            height = self._tops[self.cursor + 1] - top
            self.scroll_to_region(Region(0, top, 1, height), animate=False, force=True, immediate=True)

    def on_resize(self) -> None:
        """Another height may have another number of lines for an entry; the cursor stays in sight."""
        if (heights := self.heights()) != self._heights:
            self.lay(heights, self.cursor)
        self.show_cursor()

    def on_focus(self) -> None:
        self._refresh_entry(self.cursor)

    def on_blur(self) -> None:
        self._refresh_entry(self.cursor)

    def on_click(self, event: events.Click) -> None:
        """With the mouse on, a click opens what it falls on."""
        index = bisect_right(self._tops, event.y + self.scroll_offset.y) - 1
        if 0 <= index < self.size_of_list:
            self.cursor = index
            self.choose(index)

    def action_down(self) -> None:
        self.cursor += 1

    def action_up(self) -> None:
        self.cursor -= 1

    def action_page_down(self) -> None:
        self.cursor = self._entry_at(self._tops[self.cursor] + self.content_size.height)

    def action_page_up(self) -> None:
        self.cursor = self._entry_at(self._tops[self.cursor] - self.content_size.height)

    def action_first(self) -> None:
        self.cursor = 0

    def action_last(self) -> None:
        self.cursor = self.size_of_list - 1

    def action_open(self) -> None:
        if self.size_of_list:
            self.choose(self.cursor)

    def render_line(self, y: int) -> Strip:
        """One line of the view."""
        width = self.content_size.width
        line = y + self.scroll_offset.y
        if not self.size_of_list:
            return strip(self._empty_line(y, width), width, self._style)
        if line >= self._tops[-1]:
            return Strip.blank(width, self._style(""))
        index = self._entry_at(line)
        sub = line - self._tops[index]
        if index in self.labels and sub == self.leads(index):
            return labelled(self._line(index, sub, width), self.labels[index], self._style("label"))
        return self._line(index, sub, width)

    def _line(self, index: int, sub: int, width: int) -> Strip:
        """One line of an entry."""
        runs = self.entry(index, width)[sub]
        if index != self.cursor or sub < self.leads(index):
            return strip(runs, width, self._style)
        if self.has_focus or self.lit:
            return strip([Run(0, self.BAR, "bar"), *runs], width, self._marked_style, "plain")
        return strip([Run(0, self.BAR, "quiet"), *runs], width, self._style)

    def _empty_line(self, y: int, width: int) -> list[Run]:
        text = self.empty()
        lines = wrap(text, max(1, width - 2)) if text else []
        return [Run(1, text[lines[y].start : lines[y].end], "quiet")] if y < len(lines) else []

    def _entry_at(self, line: int) -> int:
        return self.validate_cursor(bisect_right(self._tops, line) - 1)

    def _refresh_entry(self, index: int) -> None:
        if 0 <= index < self.size_of_list:
            self.refresh_lines(self._tops[index], self._tops[index + 1] - self._tops[index])

    def _marked_style(self, name: str) -> Style:
        if self.app.current_theme.ansi:  # there is no ground but the terminal's
            return self._style(name) + Style(reverse=True)
        return self._style(name) + Style.from_color(None, self._style("cursor").bgcolor)
