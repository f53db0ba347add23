"""What is asked of hits: why one is one, the best of them first, and passages like one.

In come keys and the hit list's messages, and what the desk found of them; out go the reactives of `Layout`.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual import on

from tui.language import _
from tui.store.rows import Count, Page, Place, Transcript, reference
from tui.widgets.hit_list import HitList
from tui.widgets.reader import Matches
from tui.widgets.search_box import SearchBox

from . import answers
from .history import Place as Visited
from .keeping import Keeping
from .layout import Layout
from .subject import passage_at


@dataclass(frozen=True, slots=True)
class Left:
    """A search that was left for passages like one, with all that was to be seen of it."""

    like: str
    """The query it was left for."""
    place: Visited
    by_relevance: bool
    page: Page | None
    count: Count | None
    marked: int
    scrolled: float
    matching: str
    matches: Matches


class Weighing(Keeping):
    """Explains hits, orders them, and goes from one to its likes."""

    _left: tuple[Left, ...] = ()
    """Searches left for passages like one, the last at the end."""

    def action_relevance(self) -> None:
        """The best hits first, or the newest again; begins at the first."""
        if not self.hunting:
            self.notice = _("search first: then the hits can be ordered")
        elif self.page is not None and self.page.like is not None:
            self.notice = _("passages like one stand in the order of likeness")
        else:
            self.by_relevance = not self.by_relevance
            self.count = None
            self._desk.search(self.sought, self.by_relevance)

    def action_like(self) -> None:
        """Passages like the hit or the question marked, or like the one being read; Esc comes back."""
        subject = self.subject("like")
        if subject is not None:
            self.with_text(subject, self._like, fresh=True)  # the archive is asked by the passage's number

    def _like(self, transcript: Transcript, place: Place | None) -> None:
        passage = passage_at(transcript, place)
        if passage is None:
            self.notice = _("nothing here for that: mark a hit or a question, or open the briefing")
            return
        query = f"like:{reference(transcript.briefing.id, passage.rowid)}"
        if query == self.sought.strip():
            self.notice = _("these are the passages like it")
            return
        self.end_find(back=False)
        self.jump()
        if self.hunting:
            self._left = (*self._left, self._leave_search(query))
        self.search_for(query)

    @on(HitList.Doubted)
    def ask_why(self, message: HitList.Doubted) -> None:
        """Why the hit marked is one."""
        if self.page is not None:
            self._desk.why(self.page, message.hit)

    @on(answers.Explained)
    def show_why(self, message: answers.Explained) -> None:
        """Over everything."""
        from .why import WhyScreen

        if message.why is None:
            self.notice = _("the passage left the archive: search again")
        else:
            self.app.push_screen(WhyScreen(message.hit, message.why))

    def _leave_search(self, like: str) -> Left:
        hits = self.query_one(HitList)
        return Left(
            like,
            self.here(),
            self.by_relevance,
            self.page,
            self.count,
            hits.cursor,
            hits.scroll_y,
            self._matching,
            self.matches,
        )

    def _end_search(self) -> None:
        """Back to the search that was left for this one, or to where it all began."""
        left = self._left[-1] if self._left else None
        if left is not None and left.like in self.sought.split():
            self._left = self._left[:-1]
            self._take_up(left)
        else:
            self._left = ()
            super()._end_search()

    def _take_up(self, left: Left) -> None:
        """Everything as it was; nothing is asked anew that was known."""
        self._desk.stop()
        place = left.place
        box = self.query_one(SearchBox)
        with box.prevent(box.Changed):
            box.value = place.query
        self.set_reactive(Layout.sought, place.query)
        self.by_relevance = left.by_relevance
        self.page, self.count = left.page, left.count
        hits = self.query_one(HitList)
        hits.cursor = left.marked
        hits.scroll_to(y=left.scrolled, animate=False, force=True, immediate=True)
        now = self.here()
        if (now.transcript, now.anchor, now.folded) != (place.transcript, place.anchor, place.folded):
            self._recall(place)
        self._matching, self.matches = left.matching, left.matches
        self.pane = place.pane
        if left.page is None or left.page.query != place.query:  # it was left before its hits came
            self._desk.search(place.query, left.by_relevance)
        elif left.count is None:
            self._desk.count(place.query)
