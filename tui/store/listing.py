"""Reads the list of briefings out of an archive; alone, for it is all that the first screen needs.

What may come in: a connection.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection

from .rows import BriefingRow

_BRIEFING = (
    "json_array(id, slug, kind, title, place, date, ordinal, outlet, questions, speakers, json(terms),"
    " same_as)"
)
"""A briefing's number, then the fields of `BriefingRow` in their order, prints of another by their number."""
_TERMS, _SAME_AS = 10, 11
_ONLY = "in (select value from json_each(:only))"


def briefing_rows(db: sqlite3.Connection, only: Collection[int] | None = None) -> dict[int, BriefingRow]:
    """All briefings by their number, newest first; or those whose number is in `only`.

    They come as one value: a thread has to wait for the interpreter at each row while Textual is imported
    beside it (`ArchiveStore.begin`).
    """
    chosen, of, values = "", "is not null", {}
    if only is not None:
        chosen, of, values = f" where id {_ONLY}", _ONLY, {"only": json.dumps([*only])}
    statement = (
        "select '[' || ifnull(group_concat(said, ','), '') || ']' from"
        f" (select {_BRIEFING} as said from document{chosen} order by date_key desc, id desc)"
    )
    rows = json.loads(db.execute(statement, values).fetchone()[0])
    prints: dict[int, list[str]] = defaultdict(list)
    of_heads = f"select same_as, id, slug from document where same_as {of}"
    for head, _, slug in sorted(db.execute(of_heads, values)):
        prints[head].append(slug)
    heads = dict(
        db.execute(
            "select id, slug from document where id in (select value from json_each(?))",
            (json.dumps([row[_SAME_AS] for row in rows if row[_SAME_AS] is not None]),),
        )
    )
    return {
        row[0]: BriefingRow._make(
            (*row[1:_TERMS], tuple(row[_TERMS]), heads.get(row[_SAME_AS]), tuple(prints.get(row[0], ())))
        )
        for row in rows
    }
