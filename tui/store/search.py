"""Runs a selection and dresses what it found: text, spans, speaker, question, briefing.

What may come in: a connection inside a snapshot, a parsed query and what `select` made of it. Cost: one index
walk, then four lookups by primary key a hit; nothing grows with the archive.
"""

from __future__ import annotations

import json
import re
import sqlite3
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import cache
from itertools import accumulate

from loader.kinds import Span, TurnKind
from loader.layout import BRIEFING_BITS, PLACE_BITS, briefing_of, briefing_range, rowid_range
from loader.text import expression

from .listing import briefing_rows
from .plan import commonness
from .query import Query
from .rows import BriefingRow, Hit
from .select import PAGE_KINDS, Archive, Bounds, Selection
from .typed import checked

Named = dict[str, tuple[int, int, int | None]]
NOWHERE = (1, 0)
"""Bounds that hold no rowid."""


def named_briefings(db: sqlite3.Connection, query: Query) -> Named:
    """Date key, number and question of each briefing that an `id:` filter names and that there is."""
    named: Named = {}
    for one in query.filters:
        if one.field == "id":
            slug, _, tail = one.value.partition("/q")
            row = db.execute("select date_key, id from document where slug = ?", (slug,)).fetchone()
            if row:
                number = int(tail) if tail.isascii() and tail.isdigit() else None
                named[one.value] = (row[0], row[1], None if number is None else min(number, 1 << 62))
    return named


def bounds_of(
    db: sqlite3.Connection, query: Query, named: Named, before: int | None = None, within: str | None = None
) -> Bounds:
    """What a query's dates and ids leave, behind the passage `before`, `within` a briefing."""
    (bits,) = db.execute("select value from setting where name = 'day_bits'").fetchone()
    rowids = [rowid_range(*dates) for dates in query.dates]
    entries = [(low << int(bits), ((high + 1) << int(bits)) - 1) for low, high in query.dates]
    briefings = [named.get(one.value) for one in query.filters if one.field == "id" and not one.without]
    if within is not None:
        briefings.append(
            db.execute("select date_key, id, null from document where slug = ?", (within,)).fetchone()
        )
    for briefing in briefings:
        rowids.append(briefing_range(*briefing[:2]) if briefing else NOWHERE)
        block = (
            briefing
            and db.execute(
                "select base, base + size - 1 from block where document = ?", (briefing[1],)
            ).fetchone()
        )
        entries.append(block or NOWHERE)
    if before is not None:
        rowids.append((0, before - 1))
        rows = db.execute(
            "select base, size, shift from block where document = ?", (briefing_of(before),)
        ).fetchall()
        # of a passage that is gone by now, all that its day holds: some come again, none is left out
        day = (before >> BRIEFING_BITS + PLACE_BITS) + 1 << int(bits)
        last = next((before - shift for base, size, shift in rows if 0 <= before - shift - base < size), day)
        entries.append((0, last - 1))
    return Bounds(_common(entries), _common(rowids))


def _common(ranges: list[tuple[int, int]]) -> tuple[int, int]:
    return max([0, *(low for low, _ in ranges)]), min([(1 << 63) - 1, *(high for _, high in ranges)])


def archive_of(db: sqlite3.Connection) -> Archive:
    """What has to be known of the archive to ask it, as it is now."""
    variants: dict[str, str] = defaultdict(str)
    for char, folded in db.execute("select char, folded from variant"):
        variants[folded] += char

    @cache
    def values(field: str) -> Values:
        return Values(db.execute("select key, id from facet where field = ?", (field,)))

    rows: dict[int, BriefingRow] = {}

    def briefings(numbers: Set[int]) -> Mapping[int, BriefingRow]:
        if new := numbers - rows.keys():
            rows.update(briefing_rows(db, new))
        return rows

    return Archive(lambda field, text: values(field).numbers(text), commonness(db), variants, briefings)


class Values:
    """The values of a field, such as all names, to be looked through for a text: one string is quick."""

    def __init__(self, rows: Iterable[tuple[str, int]]) -> None:
        held = list(rows)
        self._numbers = [number for _, number in held]
        keys = [key for key, _ in held]
        self._text = "\n".join(keys)
        self._ends = list(accumulate(len(key) + 1 for key in keys))

    def numbers(self, text: str) -> list[int]:
        """The numbers of those that hold `text`, which has no line break."""
        found: list[int] = []
        at = self._text.find(text)
        while at >= 0:
            nth = bisect_right(self._ends, at)
            found.append(self._numbers[nth])
            at = self._text.find(text, self._ends[nth])
        return found


def find_hits(
    db: sqlite3.Connection, query: Query, archive: Archive, limit: int, selection: Selection
) -> list[Hit]:
    """The newest `limit` hits; raises `sqlite3.OperationalError` when interrupted."""
    sql = (
        f"with hit as materialized (select {selection.id} as id, {selection.order} as place {selection.sql}"
        f" order by {selection.order} desc limit ?)"
        " select hit.id, p.text, t.kind, t.question, s.name, p.start from hit"
        f" cross join {selection.table} p on p.id = hit.id"
        " cross join turn t on t.document = ((hit.id >> 21) & 0xfffff) and t.nth = p.turn"
        " left join speaker s on s.document = t.document and s.nth = t.speaker"
        " order by hit.place desc"
    )
    rows = db.execute(sql, (*selection.parameters, limit)).fetchall()
    terms = [expression(term, archive.variants) for term in query.terms]
    briefings = archive.briefings({briefing_of(row[0]) for row in rows})
    beside = selection.table == "aside"
    return [
        checked(
            Hit(
                number,
                briefings[briefing_of(number)],
                question,
                kind,
                speaker,
                text,
                spans(terms, text),
                lane_of(kind) if beside else "exact",
                start if beside else None,
            )
        )
        for number, text, kind, question, speaker, start in rows
    ]


def lane_of(kind: TurnKind) -> str:
    """The lane of what stands beside the passages: the label of a turn that is read, or the page's own."""
    return "page" if kind in PAGE_KINDS else "label"


_AT = (
    "select p.id, p.text, t.kind, t.question, s.name from json_each(?) wanted"
    " cross join passage p on p.id = wanted.value"
    " cross join turn t on t.document = ((p.id >> 21) & 0xfffff) and t.nth = p.turn"
    " left join speaker s on s.document = t.document and s.nth = t.speaker order by wanted.key"
)


def hits_at(db: sqlite3.Connection, query: Query, archive: Archive, rowids: Sequence[int]) -> list[Hit]:
    """The passages of these rowids as hits of a query, in the order given."""
    terms = [expression(term, archive.variants) for term in query.terms]
    briefings = archive.briefings({briefing_of(one) for one in rowids})
    return [
        checked(
            Hit(number, briefings[briefing_of(number)], question, kind, speaker, text, spans(terms, text))
        )
        for number, text, kind, question, speaker in db.execute(_AT, (json.dumps(rowids),))
    ]


def any_hit(db: sqlite3.Connection, selection: Selection) -> bool:
    """Whether there is any."""
    row = db.execute(f"select 1 {selection.sql} limit 1", selection.parameters).fetchone()
    return row is not None


def count_hits(db: sqlite3.Connection, selection: Selection) -> tuple[int, int]:
    """How many passages, in how many briefings."""
    sql = f"select count(*), count(distinct {selection.briefing}) {selection.sql}"
    passages, briefings = db.execute(sql, selection.parameters).fetchone()
    return passages, briefings


def spans(terms: Sequence[re.Pattern[str]], text: str) -> tuple[Span, ...]:
    """Where `terms` stand in `text`: ascending, overlapping ones joined."""
    if len(terms) == 1:
        return tuple(Span(*match.span()) for match in terms[0].finditer(text))
    found = sorted({Span(*match.span()) for term in terms for match in term.finditer(text)})
    joined: list[Span] = []
    for span in found:
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)
