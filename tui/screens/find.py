"""Finding within the open transcript: the box's every change a query, met in place, with its count.

In come the box's text and what the desk found; the reader goes along, and n and N step on. The archive's own
search and its hits stay as they are behind it.
"""

from __future__ import annotations

from textual.widgets import Input, Static

from tui.language import _, told
from tui.store.rows import Place, Transcript
from tui.widgets.folds import Folded
from tui.widgets.reader import Matches
from tui.widgets.search_box import SearchBox
from tui.widgets.standing import Anchor, Goal

from . import answers
from .labels import Labels
from .subject import passage_at


class Find(Labels):
    """Looks for words in one transcript."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._wanted = ""
        """What is sought, or was last."""
        self._from: Anchor | None = None
        self._folded: Folded | None = None
        """What was folded when the search began: each query unfolds only what its own place needs."""
        self._covered: Matches = {}
        """The matches of the archive's search, while others are shown."""
        self._gone_to: int | None = None
        """The one of them that was gone to last."""
        self._noted = ""
        """What was said of the last query."""
        self._stood_on: int | None = None
        """The same if it was still the one read."""

    def watch_finding(self) -> None:
        """The prompt says which search it is."""
        self.query_one("#prompt", Static).update(" f " if self.finding else " / ")

    def action_find(self) -> None:
        """Into the box, to look for words in the briefing marked, which is opened where it is not."""
        subject = self.subject("find")
        if subject is None:
            return
        if self.transcript is not None and self.transcript.briefing.id == subject.briefing.id:
            self._begin_find()
            return

        def open_it(transcript: Transcript, place: Place | None) -> None:
            self.jump()
            passage = passage_at(transcript, place)
            goal = Goal(passage=passage.rowid if passage is not None else None)
            self.take_transcript(answers.Opened(transcript, goal))
            self._begin_find()

        self.with_text(subject, open_it)

    def _begin_find(self) -> None:
        box = self.query_one(SearchBox)
        if not self.finding:
            self._from, self._covered = self.reader.place, self.matches
            self._folded = self.reader.folded
            self._gone_to, self._stood_on = self.reader.current, self.reader.match_read
            self.finding = True
            with box.prevent(Input.Changed):
                box.value = self._wanted
            self.find(self._wanted)
        self.pane = "search"
        box.select_all()

    def find(self, query: str) -> None:
        """Look for a query from where the search began; what was said of the one before is said no more."""
        if query != self._wanted:
            self.notice = self._noted = ""
        self._wanted = query
        if query.strip() and self.transcript is not None:
            self._desk.match(query, self.transcript.briefing.id, self.transcript)
        else:
            self.matches = {}
            self._stand_where_it_began()

    def take_found(self, message: answers.Matched) -> None:
        """Show them, and go to the first from where the search began; that there is none the count says."""
        if self.transcript is None or (message.query, message.briefing_id) != (
            self._wanted,
            self.transcript.briefing.id,
        ):
            return
        self.matches = message.spans
        if message.notes or self.notice == self._noted:
            self.notice = self._noted = _("; ").join(told(note) for note in message.notes)
        self._stand_where_it_began()
        self.reader.meet()

    def _stand_where_it_began(self) -> None:
        if self._folded is not None:
            self.reader.fold_as(self._folded)
        self.reader.stand(Goal(anchor=self._from))

    def step_found(self, by: int) -> None:
        """To the next or the previous place."""
        if not self.reader.step(by):
            self.notice = _("this is the last hit") if by > 0 else _("this is the first hit")

    def end_find(self, *, back: bool) -> None:
        """Leave it: the archive's search is as it was, and where wanted so is the place."""
        if not self.finding:
            return
        self.finding = False
        box = self.query_one(SearchBox)
        with box.prevent(Input.Changed):
            box.value = self.sought
        if back or self.reader.match_read is None:  # else the place found goes on to be the one read
            self.reader.take_up(self._gone_to)
        self.matches = self._covered
        if back:
            if self._folded is not None:
                self.reader.fold_as(self._folded)
            self.reader.stand(Goal(hit=self._stood_on, anchor=self._from))
