"""The hits of a query, grouped by briefing and voice: one line each, the match in its middle."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message
from textual.reactive import reactive

from loader.kinds import Span
from loader.unseen import visible
from tui.language import _
from tui.store.rows import Hit, Page
from tui.typeset import ELLIPSIS, cells, cut, window

from . import words
from .bindings import bindings
from .paint import Run
from .rows import Rows


class HitList(Rows):
    """Hits newest first; scrolling near the end asks for older ones."""

    BINDINGS = bindings("hits", prefix="hit_")
    MARGIN = 10
    """So near its end, in hits, the list asks for more."""

    page: reactive[Page | None] = reactive(None, init=False)
    """What was found so far; `None` while there is no query."""

    @dataclass
    class Opened(Message):
        """A hit was chosen."""

        hit: Hit
        """The one chosen."""

    @dataclass
    class Doubted(Message):
        """Why is this a hit?"""

        hit: Hit
        """The one marked."""

    @dataclass
    class Exhausted(Message):
        """The cursor comes near the last hit, and the archive holds older ones."""

        page: Page
        """What is shown so far."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._leads: list[tuple[str, str]] = []

    @property
    def marked(self) -> Hit | None:
        """The hit under the cursor."""
        return self.page.hits[self.cursor] if self.page and self.page.hits else None

    def watch_page(self, old: Page | None, page: Page | None) -> None:
        """Lay the hits out: a page of the same query keeps the marked one, another begins at its first."""
        hits = page.hits if page else ()
        kept = 0
        if old and page and (old.query, old.ranked) == (page.query, page.ranked) and old.hits:
            marked = old.hits[self.cursor]
            same = [index for index, hit in enumerate(hits) if hit.rowid == marked.rowid] or [
                index  # under another date it has another number
                for index, hit in enumerate(hits)
                if (hit.briefing.id, hit.text) == (marked.briefing.id, marked.text)
            ]
            kept = same[0] if same else 0
        self._leads = _leads(hits)
        self.lay([1 + sum(map(bool, lead)) for lead in self._leads], kept)
        if not kept:
            self.scroll_to(y=0, animate=False, force=True)

    def watch_cursor(self, old: int, new: int) -> None:
        """Ask for more in time."""
        super().watch_cursor(old, new)
        if self.page and self.page.more and new >= self.size_of_list - self.MARGIN:
            self.post_message(self.Exhausted(self.page))

    def mark(self, rowid: int) -> None:
        """Put the cursor on the hit in a passage, if it is listed."""
        for index, hit in enumerate(self.page.hits if self.page else ()):
            if hit.rowid == rowid:
                self.cursor = index

    def leads(self, index: int) -> int:
        """The briefing's line and the voice's, where they change."""
        return sum(map(bool, self._leads[index]))

    def entry(self, index: int, width: int) -> list[list[Run]]:
        """Heads of the groups that begin here, then the passage around its match."""
        assert self.page is not None
        hit = self.page.hits[index]
        briefing, who = self._leads[index]
        lines: list[list[Run]] = []
        if briefing:
            lines.append([Run(1, cut(briefing, width - 2), "lead")])
        if who:
            lines.append([Run(2, cut(who, width - 3), "quiet")])
        return [*lines, context(hit, 4, width - 5)]

    def empty(self) -> str:
        """That nothing was found, and what to try."""
        if self.page is None:
            return ""
        return _(
            "Nothing holds “{query}”. Try fewer characters, or Esc for the list.",
            query=self.page.query.strip(),
        )

    def action_why(self) -> None:
        """Ask why the hit marked is one."""
        if self.marked is not None:
            self.post_message(self.Doubted(self.marked))

    def choose(self, index: int) -> None:
        """Say which was opened."""
        assert self.page is not None
        self.post_message(self.Opened(self.page.hits[index]))


def context(hit: Hit, column: int, width: int) -> list[Run]:
    """A hit's passage in one line of `width` cells from `column` on, its first match in the middle."""
    text = visible(hit.text)
    start, end = window(text, hit.spans[0] if hit.spans else Span(0, 0), width)
    runs: list[Run] = []

    def add(piece: str, style: str) -> None:
        nonlocal column
        if piece:
            runs.append(Run(column, piece, style))
            column += cells(piece)

    add(ELLIPSIS if start else "", "quiet")
    at = start
    for span in hit.spans:
        first, last = max(at, span.start), min(end, span.end)
        if first < last:
            add(text[at:first], "plain")
            add(text[first:last], "match")
            at = last
    add(text[at:end], "plain")
    add(ELLIPSIS if end < len(text) else "", "quiet")
    return runs


def _leads(hits: tuple[Hit, ...]) -> list[tuple[str, str]]:
    """For each hit the heads of the groups that begin with it: briefing and voice, or nothing."""
    out: list[tuple[str, str]] = []
    last: Hit | None = None
    for hit in hits:
        new = last is None or last.briefing.id != hit.briefing.id or last.lane != hit.lane
        briefing = f"{words.lane(hit)}{words.date(hit.briefing)} {words.session(hit.briefing)}" if new else ""
        voice = _voice(hit)
        out.append((briefing, voice if new or last is None or _voice(last) != voice else ""))
        last = hit
    return out


def _voice(hit: Hit) -> str:
    """`问 3 马骏`, `答 3 寇建`, or for what answers no question, `发布 陈湘`."""
    number = str(hit.question) if hit.question is not None else ""
    return " ".join(part for part in (words.kind(hit.kind), number, hit.speaker or "") if part)
