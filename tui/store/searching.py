"""Searching an archive: the part of the store that queries go to, on a connection of its own.

What may come in: any string as a query. What has to be known of the archive to ask it is read once for each
state of it. All of it can be interrupted from another thread.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from loader.text import Fold
from tui.language import said

from .connect import Limits, Reading, errors, snapshot, version_of
from .protocol import TimeLimitError
from .rows import Completion, Count, Facets, Hit, Page

if TYPE_CHECKING:  # what the list does not need is imported when it is asked for
    from loader.entries import Texts

    from .deadline import Deadline
    from .query import Query
    from .ranked import Ranked
    from .relevance import Budget
    from .select import Archive, Selection
    from .why import Why


class Searching:
    """What of a `Store` (see protocol.py) takes a query."""

    PARTS = 16
    """Parts of a query up to which it is tried what else it may mean, or do without: a search for each."""
    COUNT_SECONDS = 5.0
    """What counting may take: nobody waits longer for a number."""
    SUGGESTED = 3
    """Parts of a query that it is told would better be left out, at most."""

    _search_db: Reading
    _fold: Fold

    def __init__(self, path: Path, limits: Limits) -> None:
        self.path, self._limits = path, limits
        self._search_lock = Lock()
        self._known: tuple[int, Archive] | None = None
        """What has to be known of the archive to search it, and of which state of it."""
        self._ranking: tuple[int, Ranked] | None = None
        """What was ranked last, and in which state."""

    def search(
        self, query: str, *, limit: int = 50, before: int | None = None, within: str | None = None
    ) -> Page:
        """The newest `limit` hits of `query`: of a lower rowid than `before`, `within` one briefing."""
        from .partial import find_in_time
        from .query import parse_query
        from .search import any_hit

        asked = parse_query(query, self._fold)
        if asked.empty:
            return Page(query, (), notes=asked.notes)
        if asked.like and within is None:
            return self.ranked(query, limit=limit, before=before)
        with self._asking(self._limits.seconds) as (db, time):
            with time.limit():
                asked = self._meant(db, asked)
                selection = self._select(db, asked, before, within)
            assert self._known is not None
            hits, whole = find_in_time(db, asked, self._known[1], limit + 1, selection, time)
            more, notes = len(hits) > limit or not whole, asked.notes
            if not whole:
                notes += (said("stopped after {seconds:g} s: there may be older hits", seconds=time.seconds),)
            if not (more or asked.like) and (within is None or not hits):
                others, noted = self._otherwise_in_time(db, asked, limit, within, time)
                hits += others
                notes += noted
            if not hits and within is not None and asked.beside:
                with suppress(TimeLimitError), time.limit():
                    if any_hit(db, self._select(db, asked, None, within, "aside")):
                        notes += (said("only in labels or page text: v shows the source"),)
            if not hits and within is None and before is None:
                with suppress(TimeLimitError), time.limit():
                    notes += self._instead(db, asked)
        return Page(query, tuple(hits[:limit] if more else hits), more, notes)

    def ranked(
        self, query: str, *, limit: int = 50, before: int | None = None, budget: Budget | None = None
    ) -> Page:
        """The best `limit` hits of those that can be weighed within the budget, behind the hit `before`."""
        from .query import parse_query
        from .relevance import Budget

        asked = parse_query(query, self._fold)
        if asked.empty:
            return Page(query, (), notes=asked.notes)
        with self._asking(self._limits.seconds) as (db, time):
            with time.limit():
                asked = self._meant(db, asked)
                page = self._ranked(db).page(
                    db, asked, lambda: self._select(db, asked), budget or Budget(), limit, before
                )
            if asked.like or page.more or page.newest is not None:
                return page
            others, noted = self._otherwise_in_time(db, asked, limit, None, time)
            return replace(page, hits=(*page.hits, *others), notes=page.notes + noted)

    def count(self, query: str) -> Count:
        """How many passages and briefings `query` finds; at least how many where counting takes too long."""
        from .partial import count_in_time
        from .query import parse_query
        from .search import count_hits

        asked = parse_query(query, self._fold)
        if asked.empty:
            return Count(query, 0, 0)
        limit = self._limits.seconds
        seconds = self.COUNT_SECONDS if limit is None else min(limit, self.COUNT_SECONDS)
        with self._asking(seconds) as (db, time):
            asked = self._meant(db, asked)
            count = Count(query, *count_in_time(db, self._select(db, asked), time))
            if asked.beside:
                with suppress(TimeLimitError), time.limit():
                    beside, _ = count_hits(db, self._select(db, asked, table="aside"))
                    count = count._replace(beside=beside)
            return count

    def facets(self, query: str) -> Facets:
        """How the passages that `query` finds are spread over places, years, outlets, kinds, speakers."""
        from .facets import count_facets
        from .query import parse_query

        asked = parse_query(query, self._fold)
        if asked.empty:
            return Facets(query, ())
        with self._searching() as db:
            return count_facets(db, query, self._select(db, self._meant(db, asked)))

    def why(self, query: str, passage: int, *, scored: bool = False) -> Why | None:
        """Why the passage of that rowid is a hit of `query`, perhaps with what its score is made of."""
        from .query import parse_query
        from .why import why

        asked = parse_query(query, self._fold)
        with self._searching() as db:
            asked = self._meant(db, asked)
            self._know(db)
            assert self._known is not None
            found = why(db, asked, self._fold, self._known[1].variants, passage)
            if found is None or not scored or found.lane != "exact":
                return found
            return replace(found, score=self._ranked(db).score(db, asked, passage))

    def _select(
        self,
        db: sqlite3.Connection,
        query: Query,
        before: int | None = None,
        within: str | None = None,
        table: Texts = "passage",
    ) -> Selection:
        """What `query` selects."""
        from .search import bounds_of, named_briefings
        from .select import select

        self._know(db)
        assert self._known is not None
        named = named_briefings(db, query)
        found = select(query, bounds_of(db, query, named, before, within), named, self._known[1], table)
        if query.but is not None:
            found.ask("p.id <> ?", query.but)
        return found

    def _meant(self, db: sqlite3.Connection, query: Query) -> Query:
        """The query with words of a passage in the place of its name, where one is named."""
        if query.like is None:
            return query
        from .like import meant

        self._know(db)
        assert self._known is not None
        return meant(db, query, self._known[1], self._fold)

    def _ranked(self, db: sqlite3.Connection) -> Ranked:
        """What was ranked last in this state of the archive."""
        from .ranked import Ranked

        self._know(db)
        assert self._known is not None
        state, archive = self._known
        if self._ranking is None or self._ranking[0] != state:
            self._ranking = state, Ranked(archive)
        return self._ranking[1]

    def _know(self, db: sqlite3.Connection) -> None:
        """Read what has to be known of the archive, unless it is known as it is now."""
        from .search import archive_of

        version = version_of(db)
        if self._known is None or self._known[0] != version:
            self._known = version, archive_of(db)
            db.create_function("folded_holds", 2, self._holds, deterministic=True)

    def _otherwise_in_time(
        self, db: sqlite3.Connection, query: Query, limit: int, within: str | None, time: Deadline
    ) -> tuple[list[Hit], tuple[str, ...]]:
        """As `_otherwise`; where the time is over, nothing but a note, and the exact hits stay."""
        try:
            with time.limit():
                return self._otherwise(db, query, limit, within)
        except TimeLimitError:
            return [], (said("only looked for as it was typed: no time was left for other spellings"),)

    def _otherwise(
        self, db: sqlite3.Connection, query: Query, limit: int, within: str | None
    ) -> tuple[list[Hit], tuple[str, ...]]:
        """The newest hits, `limit` of a lane at most, of what the query may mean; and what to say of them."""
        from .lanes import by_numerals, by_pinyin
        from .search import find_hits
        from .words import Readers

        assert self._known is not None
        words = Readers(db)
        hits: list[Hit] = []
        notes: tuple[str, ...] = ()
        cut = False
        lanes = [("numeral", by_numerals(query)), ("pinyin", by_pinyin(query, words))]
        if query.parts > self.PARTS:
            lanes = []
            notes = (said("of more than {parts} words: only looked for as it stands", parts=self.PARTS),)
        for lane, queries in lanes:
            found: dict[int, Hit] = {}
            for other in queries:
                selection = self._select(db, other, None, within)
                for hit in find_hits(db, other, self._known[1], limit + 1, selection):
                    found[hit.rowid] = hit._replace(lane=lane)
            for hit in hits:
                found.pop(hit.rowid, None)
            hits += [found[rowid] for rowid in sorted(found, reverse=True)][:limit]
            cut = cut or len(found) > limit
        asides = self._select(db, query, table="aside") if query.beside and within is None else None
        for labels in (True, False) if asides else ():
            assert asides is not None
            beside = find_hits(db, query, self._known[1], limit + 1, asides.of_labels(labels))
            hits += beside[:limit]
            cut = cut or len(beside) > limit
        notes += words.notes
        if cut:
            notes += (said("of what was found otherwise only the newest {limit} are shown", limit=limit),)
        return hits, notes

    def _instead(self, db: sqlite3.Connection, query: Query) -> tuple[str, ...]:
        """Which parts of a query that finds nothing it would find something without."""
        if query.parts > self.PARTS:
            return ()
        from .lanes import by_dropping
        from .search import any_hit

        useful = [part for part, rest in by_dropping(query) if any_hit(db, self._select(db, rest))][
            : self.SUGGESTED
        ]
        if not useful:
            return ()
        return (said("there are hits without {parts}", parts=" / ".join(useful)),)

    def _holds(self, text: str | None, term: str) -> bool:
        return text is not None and term in self._fold(text)

    def complete(self, query: str) -> Completion | None:
        """What `query` is most likely going to say, if the archive has a word for it."""
        from .words import complete

        with self._searching() as db:
            return complete(db, self._fold, query)

    def interrupt(self) -> None:
        """Stop a running `search` or `count`, from any thread."""
        self._search_db.interrupt()

    @contextmanager
    def _searching(self) -> Iterator[sqlite3.Connection]:
        with self._asking(self._limits.seconds) as (db, time), time.limit():
            yield db

    @contextmanager
    def _asking(self, seconds: float | None) -> Iterator[tuple[sqlite3.Connection, Deadline]]:
        """The connection, and the deadline for whoever asks to set limits by."""
        from .deadline import Deadline

        with errors(self.path), self._search_lock, snapshot(self._search_db):
            yield self._search_db, Deadline(self._search_db, seconds)
