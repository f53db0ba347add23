"""A `Query` as SQL over the archive: the text of statements and their parameters.

What a user typed only ever goes into parameters. The index is asked for characters, bigrams and stamps; what
it cannot tell, a term of three characters and more, is made sure of by the passage's own text. Briefing
numbers are cut out of passage rowids (see `loader.layout`), so filters on briefings need no join.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field, replace

from loader.entries import Texts
from loader.kinds import TURN_KINDS, TurnKind
from loader.layout import MAX_BRIEFINGS, PLACE_BITS
from loader.text import EXACT, having, match_expression, neighbours, patterns, stamp

from .plan import Commonness
from .query import Filter, Query
from .rows import BriefingRow

PAGE_KINDS: tuple[TurnKind, ...] = ("noise", "repeat", "metadata")
"""Turns whose text beside the passages is the page's own; that of others is what labels them."""
_SHIFT = "(select shift from block where base <= passage_grams.rowid order by base desc limit 1)"
"""From the number of an entry of the index to the passage's rowid (see `loader.archive.index`)."""
_BRIEFING = f"((p.id >> {PLACE_BITS}) & {MAX_BRIEFINGS})"
_TURN = "(select {what} from turn t {join} where t.document = " + _BRIEFING + " and t.nth = p.turn)"
_SPEAKER = "join speaker s on s.document = t.document and s.nth = t.speaker"
_EXCHANGE = "join question q on q.document = t.document and q.number = t.question"
_CONDITIONS = {
    "place": f"{_BRIEFING} in (select id from document where instr(place_key, ?))",
    "outlet": f"(select folded_holds(outlet, ?) from document where id = {_BRIEFING})",
    "speaker": "coalesce(" + _TURN.format(what="instr(s.name_key, ?)", join=_SPEAKER) + ", 0)",
    "post": "coalesce(" + _TURN.format(what="instr(s.post_key, ?)", join=_SPEAKER) + ", 0)",
    "asker": "coalesce(" + _TURN.format(what="instr(q.asker_key, ?)", join=_EXCHANGE) + ", 0)",
}
_MANY = 64
"""Values of a field that the index is asked for at once; a filter that fits more is one that most passages
pass, and each passage is asked instead."""
_LONGEST = 40_000
"""Bytes of a pattern that SQLite takes (SQLITE_MAX_LIKE_PATTERN_LENGTH is 50,000)."""


@dataclass(frozen=True, slots=True)
class Archive:
    """What has to be known of an archive to ask it."""

    numbers: Callable[[str, str], list[int]]
    """The numbers of a field's values that hold a text."""
    commonness: Commonness
    variants: Mapping[str, str]
    """For a folded character the others that stand for it (see `loader.text.patterns`)."""
    briefings: Callable[[Set[int]], Mapping[int, BriefingRow]]
    """At least those of these numbers."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What dates, ids and paging leave, first and last: of the numbers of entries, and of rowids."""

    entries: tuple[int, int]
    rowids: tuple[int, int]


@dataclass(slots=True)
class Selection:
    """Passages: `sql` names them as `id`, and sorts them by `order` descending, newest first."""

    bounds: Bounds
    table: Texts = "passage"
    """Where they stand."""
    index: list[str] = field(default_factory=list)
    """What the index is asked for, all of it."""
    index_without: list[str] = field(default_factory=list)
    where: list[str] = field(default_factory=list)
    values: list[str | int] = field(default_factory=list)
    """Of the conditions in `where`, in their order."""

    @property
    def id(self) -> str:
        """The expression for a passage's rowid."""
        if not self.index:
            return "p.id"
        return f"passage_grams.rowid + {_SHIFT}" if self.table == "passage" else "aside_grams.rowid"

    @property
    def order(self) -> str:
        """The expression that sorts."""
        return f"{self.table}_grams.rowid" if self.index else "p.id"

    @property
    def briefing(self) -> str:
        """An expression that differs from briefing to briefing."""
        if self.index and self.table == "passage":
            return _SHIFT
        return f"(({self.id} >> {PLACE_BITS}) & {MAX_BRIEFINGS})"

    @property
    def sql(self) -> str:
        """`from … where …`; put `select … ` before it, and an order behind it."""
        if not self.index:
            return " ".join((f"from {self.table} p where p.id between ? and ?", *self._and()))
        # the index leads, newest first; a passage is looked at only where something is asked of it
        grams = f"{self.table}_grams"
        passage = f" cross join {self.table} p on p.id = {self.id}" if self.where else ""
        return " ".join(
            (
                f"from {grams}{passage} where {grams} match ? and {grams}.rowid between ? and ?",
                *self._and(),
            )
        )

    @property
    def parameters(self) -> tuple[str | int, ...]:
        """Of `sql`."""
        if not self.index:
            return (*self.bounds.rowids, *self.values)
        wanted = " AND ".join(f"({one})" for one in self.index)
        if self.index_without:
            wanted = f"({wanted}) NOT ({' OR '.join(self.index_without)})"
        bounds = self.bounds.entries if self.table == "passage" else self.bounds.rowids
        return (wanted, *bounds, *self.values)

    def _and(self) -> list[str]:
        return [f"and {condition}" for condition in self.where]

    def of_labels(self, labels: bool) -> Selection:
        """Of asides, the labels of what is read, or else the page's own text."""
        stamps = [f'"{stamp("in", kind)}"' for kind in PAGE_KINDS]
        if labels:
            return replace(self, index_without=[*self.index_without, *stamps] if self.index else [])
        return replace(self, index=[*self.index, " OR ".join(stamps)])

    def ask(self, condition: str, *values: str | int) -> None:
        """Ask something of the passage itself."""
        self.where.append(condition)
        self.values += values


Named = Mapping[str, tuple[int, int, int | None]]


def select(
    query: Query, bounds: Bounds, named: Named, archive: Archive, table: Texts = "passage"
) -> Selection:
    """The passages that `query` finds within bounds, or what it finds beside them.

    `named` gives date key, number and question of each briefing that an `id:` filter names.
    """
    found = Selection(bounds, table)
    for group in query.groups:
        found.index.append(" OR ".join(f"({_may_hold(term, archive)})" for term in group))
        if any(len(term) >= EXACT for term in group):
            held = [_holds(term, archive.variants) for term in group]
            found.ask(
                f"({' or '.join(sql for sql, _ in held)})", *(value for _, values in held for value in values)
            )
    for one in query.filters:
        _filter(found, one, named, archive)
    for term in query.without:
        if len(term) < EXACT:
            found.index_without.append(match_expression(term))
        else:
            sql, values = _holds(term, archive.variants)
            found.ask(f"not {sql}", *values)
    if found.index_without and not found.index:  # FTS5 knows no expression of negations alone
        found.index.append(" OR ".join(f'"{stamp("in", kind)}"' for kind in TURN_KINDS))
    return found


def _may_hold(term: str, archive: Archive) -> str:
    """The FTS5 expression for passages that may hold `term`; the text of those tells whether they do."""
    tokens = neighbours(term)
    return having(archive.commonness.rarest(tokens) if len(term) >= EXACT else tokens)


def _holds(term: str, variants: Mapping[str, str]) -> tuple[str, list[str]]:
    """The condition that a passage's text holds `term`, and its values."""
    globs = patterns(term, variants)
    if any(len(one.encode()) > _LONGEST for one in globs):
        return "folded_holds(p.text, ?)", [term]
    return f"({' or '.join(['p.text glob ?'] * len(globs))})", globs


def _filter(found: Selection, one: Filter, named: Named, archive: Archive) -> None:
    if one.field == "id":
        _, number, question = named.get(one.value, (0, 0, None))
        condition, values = f"{_BRIEFING} = ?", [number]
        if question is not None:
            inside = _TURN.format(what="t.question = ?", join="")
            condition, values = f"({condition} and coalesce({inside}, 0))", [number, question]
        found.ask(f"not {condition}" if one.without else condition, *values)
        return
    marks = [stamp("in", one.value)] if one.field == "in" else []
    if one.field != "in":
        numbers = archive.numbers(one.field, one.value)
        if len(numbers) > _MANY:
            condition = _CONDITIONS[one.field]
            found.ask(f"not {condition}" if one.without else condition, one.value)
            return
        marks = [stamp(one.field, number) for number in numbers]
    if one.without:
        found.index_without += [f'"{token}"' for token in marks]
    else:
        found.index.append(" OR ".join(f'"{token}"' for token in marks or [NOTHING]))


NOTHING = stamp("none", 0)
"""A stamp that no passage has."""
