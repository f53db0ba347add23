"""The main screen: what is listed, read and sought, on one screen, and the way back from each.

Its parts are `Layout` (what stands where), `Moves` (between panes and questions), `Reading` (what is open),
`Hunt` (what is sought), `Keeping` (what is kept and taken along), `Weighing` (why hits are hits, and their
order) and `Renewing` (what is new by now).
"""

from __future__ import annotations

from concurrent.futures import Future

from textual import on

from tui import commands
from tui.store.rows import BriefingRow
from tui.widgets.bindings import bindings
from tui.widgets.reader import Reader

from . import answers
from .renewing import Renewing

Listing = Future[tuple[BriefingRow, ...]]
"""The list of briefings, asked for before there was a screen."""


class MainScreen(Renewing):
    """Browse, search, read."""

    BINDINGS = bindings("app")

    VETTED = 1.0
    """Seconds behind the start, when nobody waits, after which the archive's words are looked over."""

    listed: Listing | None = None
    """Set before it is mounted, and come by then, it stands in the first frame."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is withheld in this session is not done, whoever asks."""
        return action not in commands.WITHHELD and super().check_action(action, parameters)

    def on_mount(self) -> None:
        """Ask for the list, and for what was named on the command line."""
        self.read = self._state.read()
        self.notice = self._state.news()
        if self.listed is not None and self.listed.done() and not self.listed.exception():
            self.take_list(answers.Listed(self.listed.result()))
        else:
            self._desk.briefings()
        self.rearrange()  # before the first layout, so that this is the only one
        if self._start:
            self._desk.locate(self._start)
        self.set_timer(self.VETTED, self._desk.vet)
        self.follow_archive()

    def on_unmount(self) -> None:
        """Remember where reading stopped."""
        self._leave()
        self._desk.stop()

    @on(answers.Noted)
    def say_it(self, message: answers.Noted) -> None:
        """There is something to say of the archive."""
        self.notice = message.note

    @on(Reader.Failed)
    def say_why(self, message: Reader.Failed) -> None:
        """The archive failed under the reader."""
        self.take_failure(self._desk.failure(message.error))

    def action_back(self) -> None:
        """One step back: from the transcript to the hits or the list, from the hits to where they began."""
        if self.digits:
            self.digits = ""
        elif self.pane == "questions":
            self.close_questions()
        elif self.pane == "reader" and self.finding:
            self.end_find(back=False)
        elif self.pane == "reader":
            self.pane = "list"
        elif self.hunting:
            self._end_search()
