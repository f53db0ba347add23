"""The face of the store: what screens may ask, whatever engine stands behind it.

Calls block; screens run them in thread workers. `search` and `count` have a connection of their own,
so `interrupt` stops them without touching a transcript being read.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from .rows import BriefingRow, Completion, Count, Facets, Page, Transcript

if TYPE_CHECKING:  # asked for rarely
    from .why import Why


class StoreError(Exception):
    """The archive cannot be used: the message is one line for a person (what, where, what to do)."""


class EmptyArchiveError(StoreError):
    """There is a file, and nothing in it: a load was cut off before it had made the archive."""


class BusyError(StoreError):
    """Somebody writes the archive, and readers have to wait: what was asked may be asked again."""


class DamagedError(StoreError):
    """What stands in the file is not what was written there."""


class TimeLimitError(StoreError):
    """A query was stopped since it may take no longer; nothing is wrong with the archive."""


class NotFoundError(StoreError):
    """No briefing or question has that id."""


class InterruptedSearch(Exception):
    """The running query was stopped by `Store.interrupt`."""


class Store(Protocol):
    """Read-only access to one archive."""

    path: Path

    def briefings(self) -> tuple[BriefingRow, ...]:
        """All briefings and documents, newest first; those without a year after all others."""

    def changed(self) -> bool:
        """Whether `briefings` may say something else than when it was asked last.

        The archive was written, or another was put in its place; that one is then open. Cheap.
        """

    def transcript(self, briefing_id: str) -> Transcript:
        """One briefing as it is read, all of it; raises `NotFoundError`."""

    def open(self, briefing_id: str) -> Transcript:
        """As `transcript`, but its turns and questions are read as they are looked at.

        Costs the same at any length. Looking raises `StoreError` where the archive fails, or holds
        another text by now; `parts.Parts.complete` reads all, and from then on nothing is asked.
        """

    def locate(self, any_id: str) -> tuple[str, int | None]:
        """The briefing id and question number that a typed id means; raises `NotFoundError`."""

    def search(
        self, query: str, *, limit: int = 50, before: int | None = None, within: str | None = None
    ) -> Page:
        """The newest `limit` hits; any string is a query.

        `before` leaves what follows that hit in the order of hits, `within` what stands in one briefing.
        Where the time limit is reached these are the hits found until then, and a note says so.
        Raises `InterruptedSearch` when stopped, `StoreError` when the archive fails.
        """

    def ranked(self, query: str, *, limit: int = 50, before: int | None = None) -> Page:
        """The best `limit` hits of the newest that can be weighed in a moment, behind the hit `before`.

        `Page.newest` says of how many, if not of all. Raises as `search` does.
        """

    def count(self, query: str) -> Count:
        """How many passages and briefings `query` finds, or at least how many; raises as `search` does."""

    def facets(self, query: str) -> Facets:
        """How what `query` finds is spread over places, years, outlets and more; raises as `search`."""

    def complete(self, query: str) -> Completion | None:
        """What `query` is going to say, by the archive's words; raises as `search` does."""

    def vetted(self) -> str | None:
        """What is to be said of an archive that can be used all the same: one line; reads a dictionary."""

    def why(self, query: str, passage: int, *, scored: bool = False) -> Why | None:
        """Why the passage of that rowid is a hit of `query`, perhaps with its score; `None` where it is gone.

        Raises as `search` does.
        """

    def source(self, briefing_id: str) -> str:
        """The source's text as read; raises `NotFoundError`."""

    def as_read(self, briefing_id: str) -> Transcript:
        """The source of a briefing, whole: its lines in order, without speakers and questions.

        Turns are of the kinds `noise`, `repeat` and `metadata` where something was recognised as such, else
        `narrative`; a passage is a line, its `at` the first character in the source. Raises `NotFoundError`.
        """

    def interrupt(self) -> None:
        """Stop a running `search` or `count`, from any thread."""

    def close(self) -> None:
        """Close all connections; the store cannot be used afterwards."""
