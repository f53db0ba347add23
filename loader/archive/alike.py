"""The same briefing from two outlets: which documents are alike, and which of them is shown first.

What may come in: a database inside a transaction, numbers of documents. One group has one document with
no `same_as`, its head; the others name it there.

    sketch.hash ≥ 0   of heads: what a new document is looked up by
    sketch.hash < 0   of the others (-1 - hash): kept for the day one of them becomes the head

A new document is compared with heads alone, and with so many at most, so joining costs the same whether
an archive holds ten prints of a briefing or ten thousand. No two documents of a group differ in a number or
a day that is known of both (`loader.archive.facts`), however alike their texts are.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable

from sqlite_utils import Database

from loader.likeness import ALIKE, SIZE, Sketch, first_shown, resemblance
from loader.seal import SAME

from .facts import AGREES, Facts, of_document, of_group

_SHARED = SIZE // 4
"""Hashes that two sketches must share before they are compared: what is alike shares far more."""
_OF_A_HASH = 64
"""Documents looked at for one hash: formulas that stand in every transcript tell nothing."""
_SCANNED = 1024
"""Documents that are scanned to find so many whose number and day allow it."""
_COMPARED = 32
"""Documents compared at most, those sharing most hashes first."""
_MANY = 64
"""Members from which a group changes its head for a clearly fuller document alone: that costs them all."""
_CLEARLY = 1.05


def join(db: Database, number: int, sketch: Sketch) -> None:
    """Keep the sketch of document `number` and put it among those it is alike."""
    heads = _alike(db.conn, number, sketch)
    first = _first(db.conn, number, heads) if heads else number
    for head in heads - {first}:
        _follow(db.conn, head, first)
    if number != first:
        _name(db.conn, first, "id = ?2", number)
    values = sorted(sketch) if number == first else [-1 - value for value in sorted(sketch)]
    db.conn.executemany(
        "insert into sketch (hash, document) values (?, ?)", [(value, number) for value in values]
    )


def leave(db: Database, number: int) -> None:
    """Forget the sketch of document `number`; those that named it choose another."""
    db.conn.execute("delete from sketch where document = ?", (number,))
    left = db.conn.execute(
        "select id from document where same_as = ? order by questions desc, kept_chars desc, id limit 1",
        (number,),
    ).fetchone()
    if left:
        (first,) = left
        _name(db.conn, None, "id = ?2", first)
        _name(db.conn, first, "same_as = ?2", number)
        db.conn.execute("update sketch set hash = -1 - hash where document = ? and hash < 0", (first,))


def separate(db: Database) -> None:
    """Make those groups again in which documents differ in number or day: older programs made such groups."""
    for (head,) in db.conn.execute("select distinct same_as from document where same_as > 0").fetchall():
        rows = db.conn.execute("select id from document where id = ?1 or same_as = ?1 order by id", (head,))
        members = [number for (number,) in rows.fetchall()]
        facts = Facts()
        for one in (of_document(db.conn, number) for number in members):
            if not facts.agrees(one):
                _make_again(db, members)
                break
            facts = facts.joined(one)


def _make_again(db: Database, members: list[int]) -> None:
    """Have the documents of a group find each other again."""
    sketches = [(number, _sketches(db.conn, [number]).get(number, frozenset())) for number in members]
    for number in members:
        db.conn.execute("delete from sketch where document = ?", (number,))
        _name(db.conn, None, "id = ?2", number)
    for number, sketch in sketches:
        join(db, number, sketch)


def _alike(conn: sqlite3.Connection, number: int, sketch: Sketch) -> set[int]:
    """The heads of the groups that `number` joins: alike, of the same kind, of no other number or day.

    The most alike first: one without a day may be alike to groups of two days, and joins one of them.
    """
    facts = of_document(conn, number)
    shared: Counter[int] = Counter()
    for value in sketch:
        rows = conn.execute(_SHARING, (*facts, value, _SCANNED, _OF_A_HASH))
        shared.update(other for (other,) in rows.fetchall())
    near = [other for other, count in shared.most_common(_COMPARED) if count >= _SHARED]
    if not near:
        return set()
    sketches = _sketches(conn, near)
    marks = _marks(near)
    rows = conn.execute(
        f"select id, coalesce(same_as, id) from document where id in ({marks})"
        " and kind = (select kind from document where id = ?)",
        (*near, number),
    )
    likeness: dict[int, float] = defaultdict(float)
    for other, head in rows.fetchall():
        likeness[head] = max(likeness[head], resemblance(sketch, sketches[other]))
    joined: set[int] = set()
    for head in sorted(likeness, key=lambda one: (-likeness[one], one)):
        of_its_group = of_group(conn, head)
        if likeness[head] >= ALIKE and facts.agrees(of_its_group):
            joined.add(head)
            facts = facts.joined(of_its_group)
    return joined


_SHARING = f"""
    select s.document from (select document from sketch where hash = ?5 limit ?6) s
    cross join document d on d.id = s.document where {AGREES} limit ?7
"""
"""The documents that have a hash and, as far as they say it themselves, the number and day of ?1 to ?4."""


def _sketches(conn: sqlite3.Connection, numbers: list[int]) -> dict[int, Sketch]:
    rows = conn.execute(
        f"select document, hash from sketch where document in ({_marks(numbers)})", tuple(numbers)
    )
    found = defaultdict[int, set[int]](set)
    for number, value in rows.fetchall():
        found[number].add(value if value >= 0 else -1 - value)
    return {number: frozenset(values) for number, values in found.items()}


def _first(conn: sqlite3.Connection, number: int, heads: Iterable[int]) -> int:
    """Which of a new document and the heads it is alike to is shown first."""
    listed = [number, *heads]
    rows = conn.execute(
        f"select id, questions, kept_chars from document where id in ({_marks(listed)})", tuple(listed)
    ).fetchall()
    first = first_shown(rows)
    if first != number:
        return first
    full = {one: (asked, chars) for one, asked, chars in rows}
    stays = first_shown(row for row in rows if row[0] != number)
    clearly = full[number][0] > full[stays][0] or full[number][1] > _CLEARLY * full[stays][1]
    return number if clearly or not _many(conn, stays) else stays


def _many(conn: sqlite3.Connection, head: int) -> bool:
    """Whether the group of `head` has so many members that it keeps its head."""
    sql = "select count(*) from (select 1 from document where same_as = ? limit ?)"
    return bool(conn.execute(sql, (head, _MANY)).fetchone()[0] == _MANY)


def _follow(conn: sqlite3.Connection, head: int, first: int) -> None:
    """Put the group of `head` behind `first`."""
    _name(conn, first, "same_as = ?2 or id = ?2", head)
    conn.execute("update sketch set hash = -1 - hash where document = ? and hash >= 0", (head,))


def _name(conn: sqlite3.Connection, first: int | None, where: str, number: int) -> None:
    """Have the documents for which `where` holds, of ?2 as a number, name the head `first`."""
    conn.execute(f"update document set same_as = ?1, same_seal = {SAME} where {where}", (first, number))


def _marks(numbers: list[int]) -> str:
    return ", ".join("?" * len(numbers))
