"""What the hits of a query are made of: how many by place, year, outlet, kind and speaker.

What may come in: a connection inside a snapshot, and what `select` made of a query. Of more hits than `MOST`
the newest are counted, and that is said: who narrows wants an answer while the question is still open.
"""

from __future__ import annotations

import sqlite3
from collections import Counter

from loader.layout import MAX_BRIEFINGS, PLACE_BITS

from .rows import Facet, Facets
from .select import Selection

MOST = 100_000
"""Hits that are looked at, at most."""
FIELDS = ("date", "in", "place", "outlet", "speaker")
"""The fields of a query that facets narrow by, in the order of the columns below: few values first."""


def count_facets(db: sqlite3.Connection, query: str, selection: Selection) -> Facets:
    """All values of all fields, each field's most frequent first; raises as `find_hits` does."""
    sql = (
        f"with hit as materialized (select {selection.id} as id {selection.sql}"
        f" order by {selection.order} desc limit ?)"
        " select case when d.date_key >= 13 * 32 then d.date_key / (13 * 32) end, t.kind, d.place, d.outlet,"
        " s.name, count(*) from hit"
        f" cross join document d on d.id = ((hit.id >> {PLACE_BITS}) & {MAX_BRIEFINGS})"
        " cross join passage p on p.id = hit.id"
        " cross join turn t on t.document = d.id and t.nth = p.turn"
        " left join speaker s on s.document = d.id and s.nth = t.speaker"
        " group by 1, 2, 3, 4, 5"
    )
    counts: dict[str, Counter[str]] = {field: Counter() for field in FIELDS}
    seen = 0
    for *values, passages in db.execute(sql, (*selection.parameters, MOST + 1)):
        seen += passages
        for field, value in zip(FIELDS, values, strict=True):
            if value is not None:
                counts[field][str(value)] += passages
    facets = tuple(
        Facet(field, value, passages)
        for field in FIELDS
        for value, passages in sorted(counts[field].items(), key=lambda one: (-one[1], one[0]))
    )
    return Facets(query, facets, MOST if seen > MOST else None)
