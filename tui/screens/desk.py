"""The desk where the screen asks the store: every question runs in a thread, every answer is a message.

The screen alone talks to the desk, the desk alone to the store. Searches share one connection, so they
run one at a time and the newest interrupts the one that runs. A worker never touches a widget.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from textual.message import Message
from textual.screen import Screen
from textual.worker import get_current_worker

from loader.kinds import Span
from tui.language import _, told
from tui.state import Selector
from tui.store.parts import Parts
from tui.store.protocol import (
    BusyError,
    DamagedError,
    InterruptedSearch,
    NotFoundError,
    Store,
    StoreError,
)
from tui.store.rows import BriefingRow, Completion, Count, Facets, Hit, Page, Place, Transcript
from tui.widgets.standing import Anchor, Goal

if TYPE_CHECKING:
    from tui.selector import Located
    from tui.store.why import Why


class Corrector(Protocol):
    """Corrects what was inferred of briefings; raises with a line for the user."""

    def correct(self, briefing_id: str, values: Mapping[str, str | None]) -> None:
        """Store the fields changed; `None` takes a correction back."""

    def inferred(self, briefing_id: str) -> Mapping[str, str]:
        """What was inferred for each field that is corrected."""


class Desk:
    """Asks `store` for `screen`."""

    PAGE = 50
    """Hits of one page."""
    ALL = 1_000_000_000
    """More hits than an archive has passages."""

    UNNOTICED = frozenset({"keep", "older", "vet", "look", "count", "inferred"})
    """Groups of work whose answers no frame waits for."""
    ASIDE = UNNOTICED - {"older", "inferred"}
    """Groups of work on whose answers no key depends."""
    SEEKING = UNNOTICED | {"search", "match"}
    """And those on which nothing depends that is typed into a box: they leave the focus where it is."""
    PAUSE = 0.1
    """Seconds in which a transcript's first screen is painted, before the rest is read."""
    RETRY = 0.3
    """Seconds after which a busy archive is asked again."""
    BREATH = 0.005
    """Seconds between two parts of a transcript that is read while the user reads it."""

    @dataclass
    class Listed(Message):
        """The archive's list has come."""

        briefings: tuple[BriefingRow, ...]

    @dataclass
    class Renewed(Message):
        """The archive is not what was listed any more."""

        briefings: tuple[BriefingRow, ...]
        replaced: str | None
        """The briefing that was asked about, if the archive holds another text of it, or none."""

    @dataclass
    class Found(Message):
        """Hits have come: the first of a query, or `older` ones."""

        page: Page
        older: bool = False
        again: bool = False
        """Whether they were here before, and what was said then was read."""

    @dataclass
    class Completed(Message):
        """What a query may be going to say."""

        completion: Completion

    @dataclass
    class Noted(Message):
        """There is something to say of the archive."""

        note: str

    @dataclass
    class Counted(Message):
        """How many a query finds."""

        count: Count

    @dataclass
    class Matched(Message):
        """What a query finds in one transcript."""

        query: str
        briefing_id: str
        spans: Mapping[int, tuple[Span, ...]]
        """By passage rowid."""

    @dataclass
    class Faceted(Message):
        """What the hits of a query are made of."""

        facets: Facets

    @dataclass
    class Explained(Message):
        """Why a hit is a hit."""

        hit: Hit
        why: Why | None

    @dataclass
    class Opened(Message):
        """A transcript has come."""

        transcript: Transcript
        goal: Goal
        sure: bool = True
        """Whether the passage asked for is there; else the goal is the place nearest to where it was."""
        stay: bool = False
        """Whether the focus stays where it is: the text is opened in the place of an older one."""

    @dataclass
    class Fetched(Message):
        """The briefing that a command acts on has come."""

        transcript: Transcript
        found: Located | None
        """Where the passage is that was asked for, if one was."""
        then: Callable[[Transcript, Located | None], None]
        """What is to be done with them."""

    @dataclass
    class Corrected(Message):
        """A briefing was corrected."""

        briefing_id: str
        briefings: tuple[BriefingRow, ...]
        """The archive's list with what was corrected in it."""

    @dataclass
    class Inferred(Message):
        """It is known what was inferred for the corrected fields of a briefing."""

        briefing_id: str
        values: Mapping[str, str]

    @dataclass
    class Sourced(Message):
        """A source has come as it was read."""

        source: Transcript
        at: int
        """The character of it to stand on."""

    @dataclass
    class Exported(Message):
        """A file was written."""

        path: Path

    @dataclass
    class Waiting(Message):
        """The archive is busy: what was asked is asked again until there is an answer."""

        reason: str
        """One line for the user."""

    @dataclass
    class Answered(Message):
        """What waited for a busy archive has its answer."""

    @dataclass
    class Failed(Message):
        """The store could not answer."""

        reason: str
        """One line for the user."""
        damaged: Path | None = None
        """The archive, where it is that which is damaged."""

    def __init__(self, store: Store, screen: Screen[None], corrector: Corrector | None = None) -> None:
        self._store = store
        self._corrector = corrector
        self._screen = screen
        self._searching = threading.Lock()
        self._reading = threading.Lock()
        self._blind = False
        """Whether the archive could not be looked at the last time."""

    def briefings(self) -> None:
        """Ask for all briefings: `Listed`."""
        self._run("list", self._reading, lambda: self._post(self.Listed(self._store.briefings())))

    def open(self, briefing_id: str, goal: Goal, at: Selector | None = None) -> None:
        """Ask for a transcript: `Opened`. The newest request wins.

        With `at` the goal's `hit`, or else its `passage`, is where the passage selected is by now.
        """
        self._run("open", self._reading, partial(self._open, briefing_id, goal, at))

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

        def ask() -> None:
            try:
                transcript, found = self._find(briefing_id, at)
            except NotFoundError:
                if gone is None:
                    raise
                self._post(self.Failed(gone))
            else:
                self._post(self.Fetched(transcript, found, then))

        self._run("fetch", self._reading, ask)

    def look(self, transcript: Transcript | None) -> None:
        """Ask whether the archive was written, and the transcript's briefing with it: `Renewed` if it was."""
        if all(work.is_finished for work in self._screen.workers if work.group == "look"):
            self._run("look", self._reading, partial(self._look, transcript))

    def reopen(
        self, transcript: Transcript, at: Anchor, match: int | None = None, *, stay: bool = False
    ) -> None:
        """Ask for a transcript as the archive holds it now, at the row or the match read: `Opened`."""
        self._run("open", self._reading, partial(self._reopen, transcript, at, match, stay))

    def renew(self, transcript: Transcript, at: Anchor) -> None:
        """Where the archive holds another text of a transcript by now, ask for that: `Opened`."""

        def ask() -> None:
            if transcript.replaced:
                self._reopen(transcript, at, None, stay=True)

        self._run("open", self._reading, ask)

    def keep(self, transcript: Transcript) -> None:
        """Read the rest of what was opened, so that the archive is not asked while it is read."""
        self._run("keep", threading.Lock(), partial(self._keep, transcript))

    def vet(self) -> None:
        """Ask whether there is something to say of the archive: `Noted` if so."""
        self._run("vet", threading.Lock(), self._vet)

    def locate(self, any_id: str) -> None:
        """Ask for the briefing or question of a typed id: `Opened`."""
        self._run("open", self._reading, partial(self._locate, any_id))

    def search(self, query: str, ranked: bool = False, limit: int | None = None) -> None:
        """Ask for the newest hits or the best, then for more: `Found`, `Completed`, `Counted`.

        With a `limit` so many that are here are asked for again.
        Stops what runs. Of more hits than a page the number is to be asked for (`count`): it may take longer
        than a frame can wait.
        """
        self._screen.workers.cancel_group(self._screen, "count")
        self._store.interrupt()
        self._run("search", self._searching, partial(self._search, query, ranked, limit))

    def count(self, query: str) -> None:
        """Ask how many there are: `Counted`."""
        self._run("count", self._searching, lambda: self._post(self.Counted(self._store.count(query))))

    def older(self, page: Page) -> None:
        """Ask for the hits after those of `page`: `Found`."""
        self._run("older", self._searching, partial(self._older, page))

    def facets(self, query: str) -> None:
        """Ask what the hits of a query are made of: `Faceted`."""
        self._run("facets", self._searching, lambda: self._post(self.Faceted(self._store.facets(query))))

    def why(self, page: Page, hit: Hit) -> None:
        """Ask why a hit of a page is one: `Explained`."""

        def ask() -> None:
            from tui.selector import select_hit

            try:
                _transcript, found = self._find(hit.briefing.id, select_hit(hit))
            except NotFoundError:
                found = None
            rowid = found.rowid if found is not None and found.sure else None
            why = self._store.why(page.query, rowid, scored=page.ranked) if rowid is not None else None
            self._post(self.Explained(hit, why))

        self._run("why", self._searching, ask)

    def match(self, query: str, briefing_id: str, shown: Transcript | None = None) -> None:
        """Ask for all that `query` finds in one transcript, which may be `shown`: `Matched`."""
        self._run("match", self._searching, partial(self._match, query, briefing_id, shown))

    @property
    def asked(self) -> bool:
        """Whether an answer is on its way that a frame waits for."""
        return self._runs(self.UNNOTICED)

    def depends(self, typed: bool) -> bool:
        """Whether an answer is on its way on which it depends what the next key does, or goes into."""
        return self._runs(self.SEEKING if typed else self.ASIDE)

    def _runs(self, but: frozenset[str]) -> bool:
        return any(
            not (work.is_finished or work.is_cancelled or work.group in but) for work in self._screen.workers
        )

    def failure(self, error: Exception) -> Failed:
        """What is to be said of an error; a line has room for the archive's name, not for its path."""
        from tui.log import note_odd

        note_odd(error)
        path = self._store.path
        reason = told(error).replace(str(path), path.name)
        return self.Failed(reason, path if isinstance(error, DamagedError) else None)

    def _busy(self) -> str:
        return _("{path} is busy, it is being written: trying again", path=self._store.path.name)

    @property
    def corrects(self) -> bool:
        """Whether briefings can be put right here."""
        return self._corrector is not None

    def correct(self, briefing_id: str, values: Mapping[str, str | None]) -> None:
        """Have a briefing put right: `Corrected`."""
        self._run("correct", self._reading, partial(self._correct, briefing_id, values))

    def inferred(self, briefing_id: str) -> None:
        """Ask what was inferred where somebody corrected it: `Inferred`."""

        def ask() -> None:
            assert self._corrector is not None
            self._post(self.Inferred(briefing_id, self._corrector.inferred(briefing_id)))

        self._run("inferred", threading.Lock(), ask)

    def source(self, briefing_id: str, at: int) -> None:
        """Ask for a briefing's source as it was read: `Sourced`."""
        self._run(
            "source", self._reading, lambda: self._post(self.Sourced(self._store.as_read(briefing_id), at))
        )

    def export(self, what: Transcript | str, question: int | None, path: Path) -> None:
        """Write a transcript, one question of it, or all hits of a query to a new file: `Exported`."""
        lock = self._searching if isinstance(what, str) else self._reading
        self._run("export", lock, partial(self._export, what, question, path))

    def stop(self) -> None:
        """Stop the search that runs, if any."""
        self._screen.workers.cancel_group(self._screen, "search")
        self._store.interrupt()

    def _open(self, briefing_id: str, goal: Goal, at: Selector | None) -> None:
        transcript, found = self._find(briefing_id, at)
        if found is not None and goal.hit is not None:
            goal = replace(goal, hit=found.rowid)
        elif found is not None:
            goal = replace(goal, passage=found.rowid)
        self._post(self.Opened(transcript, goal, found is None or found.sure))

    def _find(self, briefing_id: str, at: Selector | None) -> tuple[Transcript, Located | None]:
        """A transcript and where in it the passage selected is; tries again if it is replaced meanwhile."""
        transcript = self._store.open(briefing_id)
        if at is None:
            return transcript, None
        from tui.selector import find_again

        try:
            return transcript, find_again(transcript, at)
        except StoreError:
            if not transcript.replaced:
                raise
        transcript = self._store.open(briefing_id)
        return transcript, find_again(transcript, at)

    def _reopen(self, transcript: Transcript, at: Anchor, match: int | None, stay: bool) -> None:
        from tui.selector import select

        try:
            read = transcript.find(match) if match is not None else None
        except BusyError:
            raise
        except StoreError:  # there is another text by now, and this one was not read to its end
            read = None
        selector = select(transcript, read or Place(at.turn, at.passage))
        opened, found = self._find(transcript.briefing.id, selector)
        if found is None or found.rowid is None:
            goal = Goal()
        elif read is not None:
            goal = Goal(hit=found.rowid)
        else:
            place = opened.find(found.rowid)
            goal = Goal(anchor=place and Anchor(*place, at.offset if found.sure else 0))
        self._post(self.Opened(opened, goal, found is not None and found.sure, stay))

    def _look(self, transcript: Transcript | None) -> None:
        """Look; what cannot be looked at is told once."""
        try:
            changed = self._store.changed()
            if changed:
                replaced = transcript.briefing.id if transcript is not None and transcript.replaced else None
                self._post(self.Renewed(self._store.briefings(), replaced))
        except BusyError:
            raise
        except StoreError:
            told_already, self._blind = self._blind, True
            if not told_already:
                raise
        else:
            self._blind = False

    def _keep(self, transcript: Transcript) -> None:
        for parts in (transcript.questions, transcript.turns):
            if not isinstance(parts, Parts):
                continue
            time.sleep(self.PAUSE)
            for _part in parts.complete():
                time.sleep(self.BREATH)
                if get_current_worker().is_cancelled:
                    return

    def _vet(self) -> None:
        note = self._store.vetted()
        if note is not None:
            self._post(self.Noted(told(note)))

    def _locate(self, any_id: str) -> None:
        briefing_id, question = self._store.locate(any_id)
        self._open(briefing_id, Goal(question=question), None)

    def _search(self, query: str, ranked: bool, limit: int | None) -> None:
        find = self._store.ranked if ranked else self._store.search
        page = find(query, limit=limit or self.PAGE)
        self._post(self.Found(page, again=limit is not None))
        if not get_current_worker().is_cancelled:
            completion = self._store.complete(query)
            if completion is not None:
                self._post(self.Completed(completion))
        if not (page.more or get_current_worker().is_cancelled):
            self._post(self.Counted(self._store.count(query)))

    def _older(self, page: Page) -> None:
        before = page.hits[-1].rowid
        find = self._store.ranked if page.ranked else self._store.search
        self._post(self.Found(find(page.query, limit=self.PAGE, before=before), older=True))

    def _match(self, query: str, briefing_id: str, shown: Transcript | None) -> None:
        page = self._store.search(query, limit=self.ALL, within=briefing_id)
        spans = {hit.rowid: hit.spans for hit in page.hits}
        if shown is not None and shown.briefing.id == briefing_id and shown.replaced:
            from tui.selector import carried_over  # or the rowids of one text would mean passages of another

            spans = carried_over(page.hits, shown)
        self._post(self.Matched(query, briefing_id, spans))

    def _correct(self, briefing_id: str, values: Mapping[str, str | None]) -> None:
        assert self._corrector is not None
        self._corrector.correct(briefing_id, values)
        self._post(self.Corrected(briefing_id, self._store.briefings()))  # listed before anybody else looks

    def _export(self, what: Transcript | str, question: int | None, path: Path) -> None:

        from tui.export import briefings_text, hits_text, write_new

        form = path.suffix.removeprefix(".")
        if isinstance(what, str):
            text = hits_text(what, self._store.search(what, limit=self.ALL).hits, form)
        else:
            text = briefings_text([(what, question)], form)
        try:
            write_new(path, text)
        except FileExistsError:
            self._post(
                self.Failed(_("{path} is there already and was left alone: take another name", path=path))
            )
        except OSError as error:
            self._post(self.Failed(_("{path} cannot be written: {reason}", path=path, reason=error.strerror)))
        else:
            self._post(self.Exported(path))

    def _post(self, message: Message) -> None:
        if not get_current_worker().is_cancelled:
            self._screen.post_message(message)

    def _run(self, group: str, lock: threading.Lock, ask: Callable[[], None]) -> None:
        """Run `ask` in a thread, in place of what its group was asked before."""

        def answered() -> bool:
            with lock:
                if not get_current_worker().is_cancelled:
                    try:
                        ask()
                    except InterruptedSearch:
                        pass
                    except BusyError:
                        return False
                    except Exception as error:  # the worker's edge: whatever fails becomes a line
                        self._post(self.failure(error))
            return True

        def work() -> None:
            waited = False
            while not answered():
                if group == "look":  # it looks again anyway
                    return
                if not waited and group not in self.UNNOTICED:
                    waited = True
                    self._post(self.Waiting(self._busy()))
                time.sleep(self.RETRY)
            if waited:
                self._post(self.Answered())

        self._screen.run_worker(work, group=group, thread=True, exclusive=True, exit_on_error=False)
