"""A `Query` as SQL over the archive: the text of statements and their parameters, no database.

What a user typed only ever goes into parameters. Briefing numbers are cut out of passage rowids
(see `loader.layout`), so filters on briefings need no join.
"""

from __future__ import annotations

from dataclasses import dataclass

from loader.layout import MAX_BRIEFINGS, PLACE_BITS
from loader.text import match_expression

from .query import Filter, Query

_BRIEFING = f"((hit.id >> {PLACE_BITS}) & {MAX_BRIEFINGS})"
_TURN = (
    "(select {what} from passage p join turn t on t.document = " + _BRIEFING + " and t.nth = p.turn"
    " {join} where p.id = hit.id)"
)
_SPEAKER = "join speaker s on s.document = t.document and s.nth = t.speaker"
_EXCHANGE = "join question q on q.document = t.document and q.number = t.question"
_CONDITIONS = {
    "place": f"{_BRIEFING} in (select id from document where instr(place_key, ?))",
    "speaker": "coalesce(" + _TURN.format(what="instr(s.name_key, ?)", join=_SPEAKER) + ", 0)",
    "post": "coalesce(" + _TURN.format(what="instr(s.post_key, ?)", join=_SPEAKER) + ", 0)",
    "asker": "coalesce(" + _TURN.format(what="instr(q.asker_key, ?)", join=_EXCHANGE) + ", 0)",
    "in": _TURN.format(what="t.kind = ?", join=""),
}


@dataclass(frozen=True, slots=True)
class Selection:
    """`sql` names the passages found as `hit.id`; put `select … ` before it."""

    sql: str
    parameters: tuple[str | int, ...]


def select(query: Query, bounds: tuple[int, int], named: dict[str, tuple[int, int, int | None]]) -> Selection:
    """The passages that `query` finds between two rowids, both inclusive.

    `named` gives date key, number and question of each briefing that an `id:` filter names.
    """
    where: list[str] = []
    parameters: list[str | int] = []
    expression = _expression(query)
    if expression:
        source = (
            "(select rowid as id from passage_grams"
            " where passage_grams match ? and rowid between ? and ? order by rowid desc) hit"
        )
        parameters += [expression, *bounds]
    else:
        source = "(select id from passage where id between ? and ? order by id desc) hit"
        parameters += [*bounds]
        for term in query.without:
            where.append("hit.id not in (select rowid from passage_grams where passage_grams match ?)")
            parameters.append(match_expression(term))
    for one in query.filters:
        condition, values = _condition(one, named)
        where.append(f"not {condition}" if one.without else condition)
        parameters += values
    tail = f" where {' and '.join(where)}" if where else ""
    return Selection(f"from {source}{tail}", tuple(parameters))


def _expression(query: Query) -> str | None:
    """The FTS5 expression for all terms; None where nothing positive is asked."""
    groups = ["(" + " OR ".join(map(match_expression, group)) + ")" for group in query.groups]
    if not groups:
        return None
    wanted = " AND ".join(groups)
    if not query.without:
        return wanted
    return f"({wanted}) NOT ({' OR '.join(map(match_expression, query.without))})"


def _condition(one: Filter, named: dict[str, tuple[int, int, int | None]]) -> tuple[str, list[str | int]]:
    if one.field != "id":
        return _CONDITIONS[one.field], [one.value]
    _, number, question = named.get(one.value, (0, 0, None))
    if question is None:
        return f"{_BRIEFING} = ?", [number]
    inside = _TURN.format(what="t.question = ?", join="")
    return f"({_BRIEFING} = ? and coalesce({inside}, 0))", [number, question]
