"""The main screen's flow: what the user did and what the store answered, turned into the next state.

In come the widgets' messages and the desk's; out go the reactives of `Layout`, bound to the widgets.
"""

from __future__ import annotations

from textual import on
from textual.widgets import Input

from tui.state import State
from tui.store.protocol import Store
from tui.store.rows import Hit, Transcript
from tui.widgets.bindings import bindings
from tui.widgets.briefing_list import BriefingList
from tui.widgets.hit_list import HitList
from tui.widgets.question_list import QuestionList
from tui.widgets.reader import Reader
from tui.widgets.search_box import SearchBox
from tui.widgets.standing import Goal

from .correction import CorrectionScreen
from .desk import Corrector, Desk
from .history import History, Place
from .hits import beyond, joined, spans_in
from .moves import Moves
from .prints import prints


class MainScreen(Moves):
    """Browse, search, read."""

    BINDINGS = bindings("app")

    def __init__(
        self, store: Store, state: State, start: str | None = None, corrector: Corrector | None = None
    ) -> None:
        super().__init__()
        self._desk = Desk(store, self, corrector)
        self._state = state
        self._start = start
        self._history = History()
        self._recalled = ""
        self._matching = ""
        self._open_first = False
        self._crossing = 0
        self._prints: dict[str, tuple[str, ...]] = {}

    def on_mount(self) -> None:
        """Ask for the list, and for what was named on the command line."""
        self.read = self._state.read()
        self.notice = self._state.note or ""
        self._desk.briefings()
        if self._start:
            self._desk.locate(self._start)

    def on_unmount(self) -> None:
        """Remember where reading stopped."""
        self._leave()
        self._desk.stop()

    # what the store answered

    @on(Desk.Listed)
    def take_list(self, message: Desk.Listed) -> None:
        """The list has come; what was opened before it is marked now."""
        self._prints = prints(message.briefings)
        self.briefings = tuple(row for row in message.briefings if row.same_as is None)
        if self.transcript is not None:
            self.query_one(BriefingList).mark(self.transcript.briefing.id)

    @on(Desk.Opened)
    def take_transcript(self, message: Desk.Opened) -> None:
        """Open it where it was asked for, and note that it was read."""
        self._show(message.transcript, message.goal)
        self._desk.keep(message.transcript)
        briefing = message.transcript.briefing.id
        if briefing not in self.read:
            self.read |= {briefing}
            first = next((row.rowid for turn in message.transcript.turns for row in turn.passages), 0)
            self._state.leave(briefing, first)
        if not self.hunting:
            self.query_one(BriefingList).mark(briefing)
        self.pane = "reader"

    @on(Desk.Found)
    def take_hits(self, message: Desk.Found) -> None:
        """Show hits, unless the box says something else by now."""
        if message.page.query != self.sought:
            return
        self.page = joined(self.page, message.page) if message.older else message.page
        self.notice = "；".join(message.page.notes)
        if self._open_first:
            self.enter()
        elif message.older and self._crossing:
            self._cross(self._crossing)

    @on(Desk.Counted)
    def take_count(self, message: Desk.Counted) -> None:
        """Show how many there are in all."""
        if message.count.query == self.sought:
            self.count = message.count

    @on(Desk.Matched)
    def take_matches(self, message: Desk.Matched) -> None:
        """Highlight all that matches in the transcript opened from a hit."""
        if message.query == self.sought and message.briefing_id == self._matching:
            self.matches = message.spans

    @on(Desk.Corrected)
    def take_correction(self, message: Desk.Corrected) -> None:
        """List it anew, and open it anew where it was read."""
        self.notice = "已更正"
        self._desk.briefings()
        standing = self.standing
        self._desk.open(message.briefing_id, Goal(question=standing.question if standing else None))

    @on(Desk.Failed)
    def take_failure(self, message: Desk.Failed) -> None:
        """Say why the store could not answer."""
        self.notice = message.reason

    # what the user did

    @on(Input.Changed)
    def ask(self, message: Input.Changed) -> None:
        """Every keystroke is a query."""
        self.sought = message.value

    def watch_sought(self, old: str, query: str) -> None:
        """Ask anew; what the last query left goes."""
        self.count = None
        self.matches = {}
        self._open_first = False
        self._crossing = 0
        if self.hunting:
            self._desk.search(query)
        else:
            self._desk.stop()
            self.page = None
        if bool(old.strip()) != self.hunting:
            self.rearrange()

    @on(SearchBox.Walked)
    def walk(self, message: SearchBox.Walked) -> None:
        """Move the mark in the list below the box."""
        rows = self.query_one(HitList) if self.hunting else self.query_one(BriefingList)
        rows.cursor += message.by

    @on(SearchBox.Entered)
    def enter(self) -> None:
        """Open the hit marked; if the hits are still on their way, the first of them when they come."""
        hits = self.query_one(HitList)
        if not self.hunting:
            self.pane = "list"
        elif self.page is None or self.page.query != self.sought:
            self._open_first = True
            self.pane = "list"  # what is typed on is meant for the hit
        elif hits.marked is not None:
            self._open_first = False
            self._open_hit(hits.marked)

    @on(SearchBox.Left)
    def leave_box(self) -> None:
        """To the hits; without a query of one's own, back to where the search began."""
        if self.hunting and self.sought != self._recalled:
            self.pane = "list"
        else:
            self._end_search()

    @on(BriefingList.Opened)
    def open_briefing(self, message: BriefingList.Opened) -> None:
        """Open a briefing where it was left."""
        self._history.settle()
        briefing = message.briefing.id
        self._desk.open(briefing, Goal(passage=self._state.place(briefing)))

    @on(HitList.Opened)
    def open_marked(self, message: HitList.Opened) -> None:
        """Stand on a hit."""
        self._open_hit(message.hit)

    @on(HitList.Exhausted)
    def fetch_older(self, message: HitList.Exhausted) -> None:
        """The list's end comes near."""
        self._desk.older(message.page)

    @on(QuestionList.Opened)
    def open_question(self, message: QuestionList.Opened) -> None:
        """Read a question."""
        self.reader.stand(Goal(question=message.number))
        self.close_questions()

    @on(Reader.Moved)
    def follow_reader(self, message: Reader.Moved) -> None:
        """Title, question line and pane follow the reading."""
        if self.transcript and message.standing.briefing == self.transcript.briefing.id:
            self.standing = message.standing

    @on(Reader.Failed)
    def say_why(self, message: Reader.Failed) -> None:
        """The archive failed under the reader."""
        self.notice = message.reason

    # commands

    def action_search(self) -> None:
        """Into the box: the query in it is selected, or else the last one is offered again."""
        box = self.query_one(SearchBox)
        if not self.hunting:
            self._history.depart(Place(self.pane, self.transcript, self.reader.place))
            self._recalled = self._history.query
            box.value = self._recalled
        self.pane = "search"
        box.select_all()

    def action_back(self) -> None:
        """One step back: from the transcript to the hits or the list, from the hits to where they began."""
        if self.digits:
            self.digits = ""
        elif self.pane == "questions":
            self.close_questions()
        elif self.pane == "reader":
            self.pane = "list"
        elif self.hunting:
            self._end_search()

    def action_other_print(self) -> None:
        """The same briefing as another outlet has it, at the same question."""
        if self.transcript is None:
            return
        group = self._prints.get(self.transcript.briefing.id, ())
        if not group:
            self.notice = "没有另一版"
            return
        at = (group.index(self.transcript.briefing.id) + 1) % len(group)
        self.notice = f"第 {at + 1}/{len(group)} 版"
        self._desk.open(group[at], Goal(question=self.standing.question if self.standing else None))

    def action_correct(self) -> None:
        """Put right what was inferred wrongly."""
        transcript = self.transcript
        if transcript is None or not self._desk.corrects:
            self.notice = "还没有打开记录" if transcript is None else "这里只读，不能更正"
            return

        def keep(values: dict[str, str] | None) -> None:
            if values:
                self._desk.correct(transcript.briefing.id, values)

        self.app.push_screen(CorrectionScreen(transcript), keep)

    def action_next_hit(self) -> None:
        self._step_hit(1)

    def action_previous_hit(self) -> None:
        self._step_hit(-1)

    def _step_hit(self, by: int) -> None:
        """The next match in the open transcript; behind its last, the next briefing's."""
        marked = self.query_one(HitList).marked
        if not self.hunting:
            self.notice = "先按 / 搜索"
        elif not self.matches and marked is not None:
            self._open_hit(marked)
        elif self.reader.step(by):
            self.pane = "reader"
        else:
            self._cross(by)

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
            self.notice = "已是最后一处" if by > 0 else "已是第一处"

    def _open_hit(self, hit: Hit) -> None:
        """Stand on a hit at once where its transcript is open; all its matches follow."""
        briefing = hit.briefing.id
        self._matching = briefing
        self.matches = spans_in(self.page, briefing)
        if self.transcript is not None and self.transcript.briefing.id == briefing:
            self.reader.stand(Goal(hit=hit.rowid))
            self.pane = "reader"
        else:
            self._desk.open(briefing, Goal(hit=hit.rowid))
        self._desk.match(self.sought, briefing)

    def _end_search(self) -> None:
        """Everything as it was before the search."""
        origin = self._history.come_back(self.sought)
        box = self.query_one(SearchBox)
        with box.prevent(Input.Changed):
            box.value = ""
        self.sought = ""
        self.pane = origin.pane if origin else "list"
        if origin is not None:
            self._show(origin.transcript, Goal(anchor=origin.anchor))

    def _show(self, transcript: Transcript | None, goal: Goal) -> None:
        """Put a transcript into the reader; the one before is left where it stands."""
        if transcript is not self.transcript:
            self._leave()
            self.standing = None
            self.transcript = transcript
        self.reader.stand(goal)

    def _leave(self) -> None:
        """Remember the place in the open transcript."""
        if self.standing is not None:
            self._state.leave(self.standing.briefing, self.standing.passage)
