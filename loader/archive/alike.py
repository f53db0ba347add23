"""The same briefing from two outlets: which documents are alike, and which of them is shown first.

What may come in: a database inside a transaction, numbers of documents. One group has one document with
no `same_as`; the others name it there.
"""

from __future__ import annotations

import json

from sqlite_utils import Database

from loader.likeness import ALIKE, SIZE, Sketch, first_shown, resemblance

_SHARED = SIZE // 4
"""Hashes that two sketches must share before they are compared: what is alike shares far more."""


def join(db: Database, number: int, sketch: Sketch) -> None:
    """Keep the sketch of document `number` and put it among those it is alike."""
    db.table("sketch").insert_all({"hash": value, "document": number} for value in sorted(sketch))
    others = [
        other for other in _candidates(db, number, sketch) if resemblance(sketch, _sketch(db, other)) >= ALIKE
    ]
    if others:
        _group(db, {number, *others, *_members(db, others)})


def leave(db: Database, number: int) -> None:
    """Forget the sketch of document `number`; those that named it choose another."""
    db.table("sketch").delete_where("document = ?", [number])
    left = {row[0] for row in db.execute("select id from document where same_as = ?", (number,)).fetchall()}
    if left:
        _group(db, left)


def _candidates(db: Database, number: int, sketch: Sketch) -> list[int]:
    """Documents of the same kind that share enough hashes to be worth a comparison."""
    rows = db.execute(
        "select document from sketch where hash in (select value from json_each(?)) and document <> ?"
        " group by document having count(*) >= ?",
        (json.dumps(sorted(sketch)), number, _SHARED),
    ).fetchall()
    kinds = dict(
        db.execute(
            "select id, kind from document where id in (select value from json_each(?))",
            (json.dumps([number, *(row[0] for row in rows)]),),
        ).fetchall()
    )
    return [other for (other,) in rows if kinds[other] == kinds[number]]


def _sketch(db: Database, number: int) -> Sketch:
    rows = db.execute("select hash from sketch where document = ?", (number,)).fetchall()
    return frozenset(value for (value,) in rows)


def _members(db: Database, numbers: list[int]) -> set[int]:
    """All documents of the groups that `numbers` belong to."""
    listed = json.dumps(numbers)
    rows = db.execute(
        "with head as (select coalesce(same_as, id) as id from document"
        " where id in (select value from json_each(?)))"
        " select d.id from document d join head on head.id in (d.id, d.same_as)",
        (listed,),
    )
    return {number for (number,) in rows.fetchall()}


def _group(db: Database, numbers: set[int]) -> None:
    rows = db.execute(
        "select id, questions, kept_chars from document where id in (select value from json_each(?))",
        (json.dumps(sorted(numbers)),),
    ).fetchall()
    first = first_shown(rows)
    for number in numbers:
        db.execute(
            "update document set same_as = ? where id = ?", (None if number == first else first, number)
        )
