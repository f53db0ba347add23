"""Searching: every keystroke a query, its hits in the list's place, and the steps from hit to hit.

In come the box's and the hit list's messages and what the desk found; out go the reactives of `Layout`.
"""

from __future__ import annotations

from textual import on
from textual.widgets import Input

from tui.language import _, told
from tui.state import State
from tui.store.protocol import Store, StoreError
from tui.store.rows import Facet, Hit, Transcript
from tui.widgets.briefing_list import BriefingList
from tui.widgets.hit_list import HitList
from tui.widgets.search_box import SearchBox
from tui.widgets.standing import Goal

from . import answers
from .archive_queries import Corrector
from .desk import Desk
from .find import Find
from .history import Place
from .hits import beyond, joined, spans_in


class Hunt(Find):
    """Finds, and goes from one find to the next."""

    def __init__(
        self, store: Store, state: State, start: str | None = None, corrector: Corrector | None = None
    ) -> None:
        super().__init__(store, state, start, corrector)
        self._recalled = ""
        self._matching = ""
        self._open_first = False
        self._crossing = 0

    @on(answers.Found)
    def take_hits(self, message: answers.Found) -> None:
        """Show hits, unless the box says something else by now."""
        page = message.page
        if page.query != self.sought or (page.like is None and page.ranked != self.by_relevance):
            return
        self.page = joined(self.page, page) if message.older else page
        notes = [told(note) for note in page.notes]
        if len(page.query) >= SearchBox.LONGEST:
            notes.append(_no_room())
        if not message.again:
            self.notice = _("; ").join(notes)
        if page.more and not message.older:
            self._desk.count(page.query)
        if self._open_first:
            self.enter()
        elif message.older and self._crossing:
            self._cross(self._crossing)

    @on(SearchBox.Full)
    def say_full(self) -> None:
        """Say how much the box takes: what has no room there changes no query."""
        self.notice = _no_room()

    @on(answers.Completed)
    def take_completion(self, message: answers.Completed) -> None:
        """Offer it, unless the box says something else by now."""
        if message.completion.query == self.sought and not self.finding:
            self.completion = message.completion

    @on(answers.Counted)
    def take_count(self, message: answers.Counted) -> None:
        """Show how many there are in all."""
        if message.count.query == self.sought:
            self.count = message.count

    @on(answers.Matched)
    def take_matches(self, message: answers.Matched) -> None:
        """Highlight all that matches in the transcript opened from a hit."""
        if self.finding:
            self.take_found(message)
        elif message.query == self.sought and message.briefing_id == self._matching:
            self.matches = message.spans

    @on(Input.Changed)
    def ask(self, message: Input.Changed) -> None:
        """Every keystroke is a query."""
        if self.finding:
            self.find(message.value)
        else:
            self.sought = message.value

    def watch_sought(self, old: str, query: str) -> None:
        """Ask anew; what the last query left goes."""
        self.count = self.completion = None
        self.matches = {}
        self._open_first = False
        self._crossing = 0
        self.query_one(HitList).cursor = 0  # the hits of a query typed away and back may still be there
        if self.hunting:
            self._desk.search(query, self.by_relevance)
            self.rematch()
        else:
            self._desk.stop()
            self.page = None
        if bool(old.strip()) != self.hunting:
            self.rearrange()

    @on(SearchBox.Walked)
    def walk(self, message: SearchBox.Walked) -> None:
        """Move the mark in the list below the box."""
        if self.finding:
            self.step_found(message.by)
            return
        rows = self.query_one(HitList) if self.hunting else self.query_one(BriefingList)
        rows.cursor += message.by

    @on(SearchBox.Entered)
    def enter(self) -> None:
        """Open the hit marked; if the hits are still on their way, the first of them when they come."""
        hits = self.query_one(HitList)
        if self.finding:
            self.pane = "reader"
        elif not self.hunting:
            self.pane = "list"
        elif self.page is None or self.page.query != self.sought:
            self._open_first = True
            self.pane = "list"  # what is typed on is meant for the hit
        elif hits.marked is not None:
            self._open_first = False
            self._remember()
            self._open_hit(hits.marked)

    @on(SearchBox.Left)
    def leave_box(self) -> None:
        """To the hits; without a query of one's own, back to where the search began."""
        if self.finding:
            self.end_find(back=True)
            self.pane = "reader"
        elif self.hunting and self.sought != self._recalled:
            self.pane = "list"
        else:
            self._end_search()

    @on(HitList.Opened)
    def open_marked(self, message: HitList.Opened) -> None:
        """Stand on a hit."""
        self._remember()
        self._open_hit(message.hit)

    @on(HitList.Exhausted)
    def fetch_older(self, message: HitList.Exhausted) -> None:
        """The list's end comes near."""
        self._desk.older(message.page)

    def action_search(self) -> None:
        """Into the box: the query in it is selected, or else the last one is offered again."""
        self.end_find(back=False)
        box = self.query_one(SearchBox)
        if not self.hunting:
            self._history.depart(self.here())
            self._recalled = self._history.query
            box.value = self._recalled
        self.pane = "search"
        box.select_all()

    def action_next_hit(self) -> None:
        self._step_hit(1)

    def action_previous_hit(self) -> None:
        self._step_hit(-1)

    def action_narrow(self) -> None:
        """What the hits are made of, to narrow the query by it."""
        if self.hunting:
            self._desk.facets(self.sought)
        else:
            self.notice = _("search first: then the hits can be narrowed")

    @on(answers.Faceted)
    def show_facets(self, message: answers.Faceted) -> None:
        """Over everything; what is chosen there narrows the query."""
        from .facets import FacetScreen

        query = message.facets.query
        if query != self.sought:
            return

        def narrow(facet: Facet | None) -> None:
            if facet is not None:
                self.search_for(f"{query.strip()} {facet.filter}")

        self.app.push_screen(FacetScreen(message.facets), narrow)

    def search_for(self, query: str) -> None:
        """Run a query as if it were typed, and stand in its hits."""
        if not self.hunting:
            self._history.depart(self.here())
        self._put(query)
        self.pane = "list"

    def _go(self, place: Place | None, none: str) -> None:
        """To a place of the trail: its query, its transcript at its row, its pane."""
        if place is None:
            self.notice = none
            return
        self._put(place.query)
        self._recall(place)
        self.pane = "list" if place.pane == "search" else place.pane
        if not self.hunting and place.transcript is not None:
            self.query_one(BriefingList).mark(place.transcript.briefing.id)
        if self.hunting and place.transcript is not None:
            self._matching = place.transcript.briefing.id
            self._desk.match(self.sought, self._matching, place.transcript)

    def _put(self, query: str) -> None:
        """Put a query into the box."""
        box = self.query_one(SearchBox)
        with box.prevent(Input.Changed):
            box.value = query
        self.sought = query

    def _remember(self) -> None:
        """A hit is opened: the query was of use, and the trail leads back here."""
        self._state.searched(self.sought.strip())
        self.jump()

    def _step_hit(self, by: int) -> None:
        """The next match in the open transcript; behind its last, the next briefing's."""
        marked = self.query_one(HitList).marked
        if self.finding:
            self.pane = "reader"
            self.step_found(by)
        elif not self.hunting:
            self.notice = _("search with / first")
        elif not self.matches and marked is not None:
            self._open_hit(marked)
        elif self.page is not None and self.page.ranked:
            self._step_ranked(by)
        elif self.reader.step(by):
            self.pane = "reader"
            if self.reader.read_now is not None:
                self.query_one(HitList).mark(self.reader.read_now)
        else:
            self._cross(by)

    def _step_ranked(self, by: int) -> None:
        """To the next hit in the order of hits, whichever briefing it stands in."""
        hits = self.query_one(HitList)
        before = hits.cursor
        hits.cursor += by
        if hits.cursor != before and hits.marked is not None:
            self._open_hit(hits.marked)
        else:
            self.notice = _("this is the last hit") if by > 0 else _("this is the first hit")

    def _cross(self, by: int) -> None:
        """To the hits of the next or the previous briefing, fetching older ones if need be."""
        open_id = self.transcript.briefing.id if self.transcript else None
        hit = beyond(self.page, open_id, by)
        self._crossing = 0
        if hit is not None:
            self.query_one(HitList).mark(hit.rowid)
            self._open_hit(hit)
        elif self.page and self.page.more and by > 0:
            self._crossing = by
            self._desk.older(self.page)
        else:
            self.notice = _("this is the last hit") if by > 0 else _("this is the first hit")

    def _open_hit(self, hit: Hit) -> None:
        """Stand on a hit at once where its transcript is open; all its matches follow.

        A label leads to its question; what the page itself says is shown where it stands in the source.
        """
        briefing = hit.briefing.id
        if hit.at is not None:
            if hit.lane == "label" and hit.question is not None:
                self._desk.open(briefing, Goal(question=hit.question))
            else:
                self._desk.source(briefing, hit.at)
            return
        self._matching = briefing
        self.matches = spans_in(self.page, briefing)
        if self.transcript is not None and _holds(self.transcript, hit):
            self.reader.stand(Goal(hit=hit.rowid))
            self.pane = "reader"
            self._desk.match(self.sought, briefing, self.transcript)
        else:
            from tui.selector import select_hit

            self._desk.open(briefing, Goal(hit=hit.rowid), select_hit(hit))
            self._desk.match(self.sought, briefing)

    def rematch(self) -> None:
        """Ask what matches in the briefing that is open: the query is another one, or its text."""
        if self.hunting and self.transcript is not None and self._matching == self.transcript.briefing.id:
            self._desk.match(self.sought, self._matching, self.transcript)

    def search_again(self) -> None:
        """Ask for as many hits as there are here; the mark stays on its own."""
        if self.hunting and self.page is not None:
            self.count = None
            self._desk.search(self.sought, self.by_relevance, max(Desk.PAGE, len(self.page.hits)))

    def _end_search(self) -> None:
        """Everything as it was before the search."""
        origin = self._history.come_back(self.sought)
        self.by_relevance = False
        self._put("")
        self.pane = origin.pane if origin else "list"
        if origin is not None:
            self._recall(origin)


def _no_room() -> str:
    """The line that says how long a query may be."""
    return _("a query takes {number:,} characters at most", number=SearchBox.LONGEST)


def _holds(transcript: Transcript, hit: Hit) -> bool:
    """Whether a hit stands in a transcript, under its number and with its words: either may be the older."""
    if transcript.briefing.id != hit.briefing.id:
        return False
    try:
        place = transcript.find(hit.rowid)
        return place is not None and transcript.turns[place.turn].passages[place.passage].text == hit.text
    except StoreError:  # what was opened is there no more
        return False
