"""What a query does not find exactly, but may mean: the queries to ask beside it, or instead of it.

What may come in: a `Query`. A lane's hits stand below the exact ones, under its name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from .numerals import other_numerals
from .query import Query

Others = Callable[[str], tuple[str, ...]]
"""The terms that may be meant by a term."""
PINYIN = re.compile(r"[a-zü][a-zü']*[a-zü]")
SPELT = 8
"""Terms of a query that may be pinyin: one that has more of them is a text in Latin letters."""


def by_numerals(query: Query) -> Iterator[Query]:
    """Queries that together find what `query` finds with its numbers written otherwise, and not as it is."""
    return _otherwise(query, other_numerals)


def by_pinyin(query: Query, words: Others) -> Iterator[Query]:
    """The same for terms that are pinyin or initials; `words` tells which words are read so.

    Such terms one after the other may be one word, too: `he suan`.
    """
    latin = [len(group) == 1 and bool(PINYIN.fullmatch(group[0])) for group in query.groups]
    if sum(latin) > SPELT:
        return

    def others(term: str) -> tuple[str, ...]:
        return words(term) if PINYIN.fullmatch(term) else ()

    yield from _otherwise(query, others)
    start = 0
    while start < len(latin):
        stop = start
        while stop < len(latin) and latin[stop]:
            stop += 1
        parts = [group[0] for group in query.groups[start:stop]]
        joined = words("".join(parts)) if len(parts) > 1 else ()
        for part in parts if joined else ():
            groups = (*query.groups[:start], joined, *query.groups[stop:])
            yield replace(query, groups=groups, without=(*query.without, part))
        start = stop + 1


def _otherwise(query: Query, others_of: Others) -> Iterator[Query]:
    """Queries that find what `query` finds with other terms in place of its own, and not as it is.

    In each one term is missing as it was typed; a passage that has them all so is found exactly.
    """
    others = [tuple(other for term in group for other in others_of(term)) for group in query.groups]
    either = [group + other for group, other in zip(query.groups, others, strict=True)]
    for at, (group, other) in enumerate(zip(query.groups, others, strict=True)):
        if other:
            yield replace(
                query,
                groups=(*either[:at], other, *either[at + 1 :]),
                without=(*query.without, *group),
            )


def by_dropping(query: Query) -> Iterator[tuple[str, Query]]:
    """Each part of a query that can be left out, as it is typed, and the query without it."""
    if query.parts < 2:
        return
    for at, one in enumerate(query.filters):
        rest = query.filters[:at] + query.filters[at + 1 :]
        yield f"{'-' * one.without}{one.field}:{one.value}", replace(query, filters=rest)
    if query.dates:
        yield "date:", replace(query, dates=())
    for term in query.without:
        yield f"-{term}", replace(query, without=tuple(one for one in query.without if one != term))
    if len(query.groups) > 1:
        for at, group in enumerate(query.groups):
            yield " | ".join(group), replace(query, groups=query.groups[:at] + query.groups[at + 1 :])
