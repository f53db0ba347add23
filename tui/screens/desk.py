"""Asks the store for the screen: every query runs in the background, every answer is a message (`answers`).

The screen alone talks to the desk, the desk alone to the store. Searches share one connection, so they
run one at a time and the newest interrupts the one that runs.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual.screen import Screen

from tui.state import Selector
from tui.store.protocol import Store
from tui.store.rows import Hit, Page, Transcript
from tui.widgets.standing import Anchor, Goal

from . import answers, archive_queries, search_queries, transcript_queries
from .archive_queries import Corrector, Look
from .background import Answers, Background

if TYPE_CHECKING:
    from tui.selector import Located


class Desk:
    """Asks `store` for `screen`."""

    PAGE = 50
    """Hits of one page."""

    def __init__(self, store: Store, screen: Screen[None], corrector: Corrector | None = None) -> None:
        self._store = store
        self._corrector = corrector
        self._background = Background(screen, store.path)
        self._look = Look()
        self._searching = threading.Lock()
        self._reading = threading.Lock()

    def briefings(self) -> None:
        """Ask for all briefings: `Listed`."""
        self._background.run("list", self._reading, partial(archive_queries.listed, self._store))

    def open(self, briefing_id: str, goal: Goal, at: Selector | None = None) -> None:
        """Ask for a transcript: `Opened`. The newest request wins.

        With `at` the goal's `hit`, or else its `passage`, is where the passage selected is by now.
        """
        self._open(partial(transcript_queries.opened, self._store, briefing_id, goal, at))

    def fetch(
        self,
        briefing_id: str,
        at: Selector | None,
        then: Callable[[Transcript, Located | None], None],
        gone: str | None = None,
    ) -> None:
        """Ask for a briefing to act on, and for a passage in it: `Fetched`.

        `gone` is what to say where the archive has no briefing of that id.
        """
        ask = partial(transcript_queries.fetched, self._store, briefing_id, at, then, gone)
        self._background.run("fetch", self._reading, ask)

    def look(self, transcript: Transcript | None) -> None:
        """Ask whether the archive was written, and the transcript's briefing with it: `Renewed` if it was."""
        if self._background.is_idle("look"):
            self._background.run("look", self._reading, partial(self._look.renewed, self._store, transcript))

    def reopen(
        self, transcript: Transcript, at: Anchor, match: int | None = None, *, stay: bool = False
    ) -> None:
        """Ask for a transcript as the archive holds it now, at the row or the match read: `Opened`."""
        self._open(partial(transcript_queries.reopened, self._store, transcript, at, match, stay))

    def renew(self, transcript: Transcript, at: Anchor) -> None:
        """Where the archive holds another text of a transcript by now, ask for that: `Opened`."""
        self._open(partial(transcript_queries.renewed, self._store, transcript, at))

    def keep(self, transcript: Transcript) -> None:
        """Read the rest of what was opened, so that the archive is not asked while it is read."""
        self._background.run("keep", threading.Lock(), partial(transcript_queries.completed, transcript))

    def vet(self) -> None:
        """Ask whether there is something to say of the archive: `Noted` if so."""
        self._background.run("vet", threading.Lock(), partial(archive_queries.noted, self._store))

    def locate(self, any_id: str) -> None:
        """Ask for the briefing or question of a typed id: `Opened`."""
        self._open(partial(transcript_queries.located, self._store, any_id))

    def search(self, query: str, ranked: bool = False, limit: int | None = None) -> None:
        """Ask for the newest hits or the best, then for more: `Found`, `Completed`, `Counted`.

        With a `limit` so many that are here are asked for again.
        Stops what runs. Of more hits than a page the number is to be asked for (`count`): it may take longer
        than a frame can wait.
        """
        self._background.cancel("count")
        self._store.interrupt()
        again, limit = limit is not None, limit or self.PAGE
        self._search("search", partial(search_queries.found, self._store, query, ranked, limit, again))

    def count(self, query: str) -> None:
        """Ask how many there are: `Counted`."""
        self._search("count", partial(search_queries.counted, self._store, query))

    def older(self, page: Page) -> None:
        """Ask for the hits after those of `page`: `Found`."""
        self._search("older", partial(search_queries.older, self._store, page, self.PAGE))

    def facets(self, query: str) -> None:
        """Ask what the hits of a query are made of: `Faceted`."""
        self._search("facets", partial(search_queries.faceted, self._store, query))

    def why(self, page: Page, hit: Hit) -> None:
        """Ask why a hit of a page is one: `Explained`."""
        self._search("why", partial(search_queries.explained, self._store, page, hit))

    def match(self, query: str, briefing_id: str, shown: Transcript | None = None) -> None:
        """Ask for all that `query` finds in one transcript, which may be `shown`: `Matched`."""
        self._search("match", partial(search_queries.matched, self._store, query, briefing_id, shown))

    @property
    def asked(self) -> bool:
        """Whether an answer is on its way that a frame waits for."""
        return self._background.asked

    def depends(self, typed: bool) -> bool:
        """Whether an answer is on its way on which it depends what the next key does, or goes into."""
        return self._background.depends(typed)

    def failure(self, error: Exception) -> answers.Failed:
        """What is to be said of an error; a line has room for the archive's name, not for its path."""
        return self._background.failure(error)

    @property
    def corrects(self) -> bool:
        """Whether briefings can be put right here."""
        return self._corrector is not None

    def correct(self, briefing_id: str, values: Mapping[str, str | None]) -> None:
        """Have a briefing put right: `Corrected`."""
        assert self._corrector is not None
        ask = partial(archive_queries.corrected, self._store, self._corrector, briefing_id, values)
        self._background.run("correct", self._reading, ask)

    def inferred(self, briefing_id: str) -> None:
        """Ask what was inferred where somebody corrected it: `Inferred`."""
        assert self._corrector is not None
        ask = partial(archive_queries.inferred, self._corrector, briefing_id)
        self._background.run("inferred", threading.Lock(), ask)

    def source(self, briefing_id: str, at: int) -> None:
        """Ask for a briefing's source as it was read: `Sourced`."""
        ask = partial(transcript_queries.sourced, self._store, briefing_id, at)
        self._background.run("source", self._reading, ask)

    def export(self, what: Transcript | str, question: int | None, path: Path) -> None:
        """Write a transcript, one question of it, or all hits of a query to a new file: `Exported`."""
        lock = self._searching if isinstance(what, str) else self._reading
        ask = partial(archive_queries.exported, self._store, what, question, path)
        self._background.run("export", lock, ask)

    def stop(self) -> None:
        """Stop the search that runs, if any."""
        self._background.cancel("search")
        self._store.interrupt()

    def _open(self, ask: Callable[[], Answers]) -> None:
        self._background.run("open", self._reading, ask)

    def _search(self, group: str, ask: Callable[[], Answers]) -> None:
        self._background.run(group, self._searching, ask)
