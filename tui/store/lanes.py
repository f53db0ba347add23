"""What a query does not find exactly, but may mean: the queries to ask beside it, or instead of it.

What may come in: a `Query`. A lane's hits stand below the exact ones, under its name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from .numerals import other_numerals
from .query import Query


def by_numerals(query: Query) -> Iterator[Query]:
    """Queries that together find what `query` finds with its numbers written otherwise, and not as it is.

    In each one term is missing as it was typed; a passage that has them all so is found exactly.
    """
    others = [tuple(other for term in group for other in other_numerals(term)) for group in query.groups]
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
    parts = sum(map(len, (query.groups, query.without, query.filters, query.dates)))
    if parts < 2:
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
