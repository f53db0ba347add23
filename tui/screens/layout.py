"""What stands on the main screen and where: the panes, the data bound to them, and the focus.

State comes in by the reactives; `MainScreen` sets them. Panes are shown and hidden here alone.
"""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.errors import NoWidget
from textual.map_geometry import MapGeometry
from textual.reactive import Reactive, var
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from tui.commands import Context
from tui.store.rows import BriefingRow, Completion, Count, Page, Transcript
from tui.widgets.briefing_list import BriefingList
from tui.widgets.hit_list import HitList
from tui.widgets.key_footer import KeyFooter
from tui.widgets.question_line import QuestionLine
from tui.widgets.question_list import QuestionList
from tui.widgets.reader import Matches, Reader
from tui.widgets.search_box import SearchBox
from tui.widgets.standing import Standing
from tui.widgets.tally import Tally
from tui.widgets.title_line import TitleLine
from tui.widgets.too_small import TooSmall

from .arrange import Arrangement, Pane, arrange, room


class Layout(Screen[None]):
    """Search row, list or hits, transcript, questions, notice, footer."""

    AUTO_FOCUS = ""

    DEFAULT_CSS = """
    Layout {
        background: $background;
        & #search-row { height: 1; background: $background; }
        & #prompt { width: 3; color: $lead; text-style: bold; }
        & #body { height: 1fr; }
        & #left.-beside { border-right: solid $rule; }
        & #centre { width: 1fr; }
        & #questions.-beside { border-left: solid $rule; }
    }
    """

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """As Textual's, but a change of focus repaints the widgets concerned, not the whole screen."""
    briefings: var[tuple[BriefingRow, ...] | None] = var(None)
    read: var[frozenset[str]] = var(frozenset[str]())
    sought: var[str] = var("", init=False)
    """The query as it stands in the box."""
    page: var[Page | None] = var(None, init=False)
    count: var[Count | None] = var(None)
    completion: var[Completion | None] = var(None)
    transcript: var[Transcript | None] = var(None, init=False)
    matches: var[Matches] = var[Matches](dict)
    standing: var[Standing | None] = var(None)
    pane: var[Pane] = var[Pane]("list", init=False)
    questions: var[bool | None] = var(None, init=False)
    """Whether the user wants the questions pane; `None` for what suits the width."""
    notice: var[str] = var("")
    most: int = 3
    """Panes beside each other at most, as the user set it."""
    digits: var[str] = var("")
    context: var[Context] = var[Context]("list")
    idle: var[frozenset[str]] = var(frozenset[str]())
    reading: var[bool] = var(False)
    searching: var[bool] = var(False)
    by_relevance: var[bool] = var(False)
    """Whether the best hits come first, not the newest."""
    finding: var[bool] = var(False)
    """Whether what stands in the box is sought in the open transcript alone."""

    _arranged: tuple[Arrangement, bool] | None = None
    """How it was arranged last."""

    def compose(self) -> ComposeResult:
        """All widgets; which are shown is `arrange`'s."""
        state = type(self)
        with Horizontal(id="search-row"):
            yield Static(" / ", id="prompt")
            yield SearchBox().data_bind(state.completion)
            yield Tally().data_bind(state.briefings, state.page, state.count, state.finding, state.standing)
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield BriefingList().data_bind(state.briefings, state.read)
                yield HitList().data_bind(state.page, lit=state.searching)
            with Vertical(id="centre"):
                yield TitleLine().data_bind(state.transcript, state.standing, active=state.reading)
                yield QuestionLine().data_bind(state.transcript, state.standing)
                yield Reader().data_bind(state.transcript, state.matches)
            yield QuestionList(id="questions").data_bind(state.transcript, state.standing)
        yield KeyFooter().data_bind(state.context, state.idle, state.digits, state.notice)
        yield TooSmall()

    @property
    def hunting(self) -> bool:
        """Whether there is a query."""
        return bool(self.sought.strip())

    @property
    def hits_shown(self) -> bool:
        """Whether hits stand in the list's place: as long as the box waits for the first, the list stays."""
        return self.hunting and (self.page is not None or self.pane != "search")

    @property
    def reader(self) -> Reader:
        """The transcript's widget."""
        return self.query_one(Reader)

    @property
    def room(self) -> int:
        """How many panes have room beside each other."""
        return room(self.app.size.width, self.most)

    @property
    def plan(self) -> Arrangement:
        """Which panes are shown now, and how wide."""
        asked = bool(self.transcript and self.transcript.questions)
        questions = self.questions if asked else False
        return arrange(
            *self.app.size,
            "reader" if self.finding and self.pane == "search" else self.pane,
            hunting=self.hits_shown,
            opened=self.transcript is not None,
            questions=questions,
            most=self.most,
        )

    @property
    def panes(self) -> tuple[Pane, ...]:
        """The panes that Tab goes through."""
        if self.room > 1:
            return self.plan.panes
        return ("list", "reader", "questions") if self.transcript else ("list",)

    def find_widget(self, widget: Widget) -> MapGeometry:
        """Where a widget stands since the last layout; raises `NoWidget` where it has not been laid out.

        Textual 8.2.8 may lay out anew here, asked between a change and its layout: that then finds nothing
        changed and tells no widget of its new size. Nothing on this screen is scrolled by Textual.
        """
        found = self._compositor._full_map.get(widget)
        if found is None:
            raise NoWidget(f"{widget} has no place yet")
        return found

    def compute_context(self) -> Context:
        """Whose keys the footer shows."""
        return "hits" if self.pane == "list" and self.hunting else self.pane

    def compute_reading(self) -> bool:
        """Whether the transcript has the focus."""
        return self.pane == "reader"

    def compute_searching(self) -> bool:
        """Whether the box has the focus."""
        return self.pane == "search" and not self.finding

    def compute_idle(self) -> frozenset[str]:
        """The commands that would do nothing now."""
        idle = set()
        if not self.hunting and not self.finding:
            idle |= {"next_hit", "previous_hit"}
        if not self.hunting:
            idle.add("relevance")
        if not self.hunting and self.transcript is None:
            idle.add("like")
        if self.transcript is None:
            idle.add("find")
        if self.transcript is None or not self.transcript.questions:
            idle |= {"next_question", "previous_question", "goto_question"}
        if self.pane == "list" and not self.hunting:
            idle.add("back")
        return frozenset(idle)

    def watch_page(self, old: Page | None, page: Page | None) -> None:
        if (old is None) != (page is None):
            self.rearrange()

    def watch_transcript(self) -> None:
        self.rearrange()

    def watch_pane(self) -> None:
        self.rearrange()

    def watch_questions(self) -> None:
        self.rearrange()

    def on_resize(self) -> None:
        if self._arranged != (self.plan, self.hits_shown):
            self.rearrange()

    @on(events.DescendantFocus)
    def follow_focus(self) -> None:
        """A click gave the focus to a pane."""
        for pane in ("search", "list", "reader", "questions"):
            if self.focused is self._widget(pane):
                self.pane = pane

    def rearrange(self) -> None:
        """Show the panes of the plan; the focus moves before anything that has it is hidden."""
        plan = self.plan
        self._arranged = plan, self.hits_shown
        left, questions = self.query_one("#left"), self.query_one(QuestionList)
        shown: list[tuple[Widget, bool]] = [
            (self.query_one("#search-row"), not plan.too_small),
            (self.query_one("#body"), not plan.too_small),
            (self.query_one(KeyFooter), not plan.too_small),
            (left, plan.left > 0),
            (self.query_one(BriefingList), not self.hits_shown),
            (self.query_one(HitList), self.hits_shown),
            (self.query_one("#centre"), plan.reader),
            (questions, plan.right > 0),
            (self.query_one(QuestionLine), plan.right == 0),
            (self.query_one(TooSmall), plan.too_small),
        ]
        left.styles.width, questions.styles.width = plan.left, plan.right
        for side in (left, questions):
            side.set_class(plan.reader, "-beside")
        for widget, there in shown:
            if there:
                widget.display = True
        if not plan.too_small:
            self.set_focus(self._widget(self.pane), scroll_visible=False)
        for widget, there in shown:
            if not there:
                widget.display = False

    def _widget(self, pane: Pane) -> Widget:
        """What has the focus when a pane has it."""
        if pane == "search":
            return self.query_one(SearchBox)
        if pane == "list":
            return self.query_one(HitList) if self.hits_shown else self.query_one(BriefingList)
        return self.reader if pane == "reader" else self.query_one(QuestionList)
