"""Why a passage is a hit: which terms stand where in it, by which lane, and what it passed.

What may come in: a connection inside a snapshot, a parsed query and the passage's rowid. The text is
looked at as the engine looks at it; nothing is searched.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from loader.kinds import Span
from loader.layout import briefing_of
from loader.text import Fold, expression

from .lanes import by_numerals, by_pinyin
from .query import Filter, Query
from .relevance import Score
from .search import lane_of
from .words import Readers

_PASSAGE = """
    select p.text, p.beside, t.kind "in", t.question, d.slug id, d.place, d.outlet, d.date,
    s.name speaker, s.post, trim(coalesce(q.outlet, '') || ' ' || coalesce(q.asker, '')) asker
    from (
        select id, turn, text, 0 beside from passage union all select id, turn, text, 1 from aside
    ) p
    join document d on d.id = ? join turn t on t.document = d.id and t.nth = p.turn
    left join speaker s on s.document = d.id and s.nth = t.speaker
    left join question q on q.document = d.id and q.number = t.question
    where p.id = ?
"""


class Met(NamedTuple):
    """A term that stands in the passage."""

    term: str
    """As it was looked for, folded."""
    stands_for: str | None
    """The term that was typed, where a lane put this one in its place."""
    lane: str
    """`exact`; `like` for a word of the passage whose likes are wanted; or what put it in another's place."""
    spans: tuple[Span, ...]
    """Where, in the passage's text."""
    folded: tuple[tuple[str, str], ...]
    """Characters that stand in the text and were not typed, and those of the term they were taken for."""


class Passed(NamedTuple):
    """A filter, and what of the passage passed it."""

    filter: str
    """As in a query; a date's is `date:`."""
    by: str | None
    """The value; `None` where there is none."""


@dataclass(frozen=True, slots=True)
class Why:
    """Why a passage is among the hits of a query."""

    query: str
    lane: str
    """The first that has it; `exact` where nothing was looked for in another's place."""
    terms: tuple[Met, ...]
    typed: tuple[tuple[str, str], ...]
    """Characters that were typed and do not stand there, and what they were folded to."""
    without: tuple[str, ...]
    """Terms that do not stand in it, as was asked."""
    passed: tuple[Passed, ...]
    score: Score | None = None
    """What its place by relevance comes from, where that was asked for."""


def why(
    db: sqlite3.Connection, query: Query, fold: Fold, variants: Mapping[str, str], passage: int
) -> Why | None:
    """Why it is a hit; `None` where the archive has no such passage."""
    db_row = db.execute(_PASSAGE, (briefing_of(passage), passage))
    names = [column for column, *_ in db_row.description]
    row = db_row.fetchone()
    if row is None:
        return None
    about: dict[str, Any] = dict(zip(names, row, strict=True))
    lane, way = next(
        ((lane, way) for lane, way in _ways(db, query) if _meets(way, variants, about["text"])),
        ("exact", query),
    )
    if about["beside"]:
        lane = lane_of(about["in"])
    likeness = query.groups[0] if query.like and query.groups else ()
    typed = {char: fold(char) for char in query.text if not char.isspace() and fold(char) != char}
    terms = tuple(_met(query, lane, way, variants, about["text"]))
    met = {char for one in terms for start, end in one.spans for char in about["text"][start:end]}
    dates = (Passed("date:", about["date"]),) if query.dates else ()
    return Why(
        query.text,
        lane,
        tuple(
            one._replace(
                folded=tuple(pair for pair in one.folded if pair not in typed.items()),
                lane="like" if one.term in likeness else one.lane,
            )
            for one in terms
        ),
        tuple(pair for pair in typed.items() if pair[0] not in met),
        query.without,
        (*(_passed(one, about) for one in query.filters), *dates),
    )


def _ways(db: sqlite3.Connection, query: Query) -> Iterator[tuple[str, Query]]:
    """What is looked for, lane after lane: in each the groups of the query in their order."""
    yield "exact", query
    for other in by_numerals(query):
        yield "numeral", other
    for other in by_pinyin(query, Readers(db)):
        yield "pinyin", other


def _meets(query: Query, variants: Mapping[str, str], text: str) -> bool:
    return all(any(expression(term, variants).search(text) for term in group) for group in query.groups)


def _met(query: Query, lane: str, way: Query, variants: Mapping[str, str], text: str) -> Iterator[Met]:
    """The terms of the way that stand in the text, each with what was typed for it."""
    for typed, group in _aligned(query, way):
        for term in group:
            spans = tuple(Span(*match.span()) for match in expression(term, variants).finditer(text))
            if not spans:
                continue
            as_typed = term in typed
            yield Met(
                term,
                None if as_typed else " | ".join(typed),
                "exact" if as_typed else lane,
                spans,
                _folded(term, spans, text),
            )


def _aligned(query: Query, way: Query) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The groups of the way, each with the terms typed for it; one may stand for several neighbours."""
    fewer = len(query.groups) - len(way.groups)
    at = 0
    for group in way.groups:
        typed = query.groups[at]
        if fewer and typed != group:
            typed = tuple(term for one in query.groups[at : at + fewer + 1] for term in one)
            at, fewer = at + fewer, 0
        yield typed, group
        at += 1


def _folded(term: str, spans: tuple[Span, ...], text: str) -> tuple[tuple[str, str], ...]:
    pairs = (pair for span in spans for pair in zip(text[span.start : span.end], term, strict=True))
    return tuple(dict.fromkeys((here, asked) for here, asked in pairs if here != asked))


def _passed(one: Filter, about: Mapping[str, Any]) -> Passed:
    value = about[one.field]
    if one.field == "id" and about["question"] is not None and "/q" in one.value:
        value = f"{value}/q{about['question']}"
    return Passed(f"{'-' * one.without}{one.field}:{one.value}", value or None)
