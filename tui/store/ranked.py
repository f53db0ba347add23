"""Pages of hits by relevance: ranked once, dressed page by page.

What may come in: a connection inside a snapshot, a parsed query, what is known of the archive in that state,
what `select` made of the query. Words are cut by `loader.words`, which is imported here and not before.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from loader.words import cut
from tui.language import said

from .query import Query
from .relevance import Budget, Ranking, Scale, Score, Size, rank, scale_of, size_of
from .rows import Page
from .search import hits_at
from .select import Archive, Selection


class Ranked:
    """What was ranked last in one state of an archive: its further pages cost no more than themselves."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._size: Size | None = None
        self._scale: tuple[str, Scale] | None = None
        self._ranking: tuple[str, Budget, Ranking] | None = None

    def page(
        self,
        db: sqlite3.Connection,
        query: Query,
        select: Callable[[], Selection],
        budget: Budget,
        limit: int,
        before: int | None,
    ) -> Page:
        """The best `limit` hits, or those behind the hit `before`."""
        held = self._ranking
        if before is None or held is None or held[:2] != (query.text, budget):
            held = query.text, budget, rank(db, select(), self.scale(db, query), budget)
            self._ranking = held
        ranking = held[2]
        first = ranking.order.index(before) + 1 if before in ranking.order else 0
        wanted = ranking.order[first : first + limit]
        notes = query.notes
        if ranking.newest is not None:
            notes += (said("by relevance of the newest {count} hits", count=f"{ranking.newest:,}"),)
        return Page(
            query.text,
            tuple(hits_at(db, query, self._archive, wanted)),
            first + limit < len(ranking.order),
            notes,
            ranked=True,
            newest=ranking.newest,
            like=None if query.like is None else next(iter(query.groups), ()) if query.but else (),
        )

    def score(self, db: sqlite3.Connection, query: Query, passage: int) -> Score:
        """What the place of a passage comes from."""
        scale = self.scale(db, query)
        (text,) = db.execute("select text from passage where id = ?", (passage,)).fetchone()
        adjacent = None if scale.phrase is None else scale.adjacent(text)
        return Score(adjacent, tuple(scale.parts(text)), scale.size.passages)

    def scale(self, db: sqlite3.Connection, query: Query) -> Scale:
        """What the hits of a query are weighed by."""
        if self._size is None:
            self._size = size_of(db)
        if self._scale is None or self._scale[0] != query.text:
            self._scale = query.text, scale_of(db, query, self._archive, self._size, cut)
        return self._scale[1]
