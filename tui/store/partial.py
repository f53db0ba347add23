"""What a query finds before its deadline: all of it or, where time runs out, a part that is known to be one.

Both functions first run the statement that is fastest for the whole answer. If most of the time passes
without one, the rest of it goes to a statement that gives row after row, and what came is the answer.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress

from .deadline import Deadline
from .protocol import TimeLimitError
from .query import Query
from .rows import Hit
from .search import count_hits, find_hits, hits_at
from .select import Archive, Selection

_WHOLE = 0.7
"""The share of the time for the whole answer."""


def find_in_time(
    db: sqlite3.Connection, query: Query, archive: Archive, limit: int, selection: Selection, time: Deadline
) -> tuple[list[Hit], bool]:
    """The newest `limit` hits and whether all were looked for; raises `TimeLimitError` if none came."""
    try:
        with time.limit(_WHOLE):
            return find_hits(db, query, archive, limit, selection), True
    except TimeLimitError:
        numbers: list[int] = []
        sql = f"select {selection.id} {selection.sql} order by {selection.order} desc limit ?"
        with suppress(TimeLimitError), time.limit():
            for (number,) in db.execute(sql, (*selection.parameters, limit)):
                numbers.append(number)
        if not numbers:
            raise
        return hits_at(db, query, archive, numbers), False


def count_in_time(db: sqlite3.Connection, selection: Selection, time: Deadline) -> tuple[int, int, bool]:
    """How many passages in how many briefings, and whether these are all."""
    with suppress(TimeLimitError), time.limit(_WHOLE):
        return *count_hits(db, selection), True
    passages, briefings = 0, set[int]()
    with suppress(TimeLimitError), time.limit():
        for (briefing,) in db.execute(f"select {selection.briefing} {selection.sql}", selection.parameters):
            passages += 1
            briefings.add(briefing)
        return passages, len(briefings), True
    return passages, len(briefings), False
