"""Which ids the documents of a source get when it is stored: those they had, wherever they are found again.

What may come in: a connection inside a transaction, a source made ready, the path that now holds it. A
document whose text no path holds any more leaves its id and a digest of its text (table `former`): no other
document gets that id, and the text gets it back, with its corrections, under whatever path it comes again.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from typing import NamedTuple

from loader.layout import briefing_range
from loader.likeness import letters, text_digest
from loader.seal import seal
from loader.text import Fold

from . import facts, holding
from .matching import Said, pairs
from .prepared import Prepared, PreparedDocument

_SHARED = 8
"""Hashes of a sketch that documents share at least to be compared."""
_RESEMBLING = 16
"""Documents that one is compared with at most, where there are very many."""
OWN_ID = "//id="
"""What stands in the path of a record that is known by an id of its own (see `loader.read.parts`)."""


StillHolds = Callable[[str, str], bool]
"""Whether a path known to hold the bytes with that hash has them still, as far as can be seen."""


class Identity(NamedTuple):
    """An id to be kept, and the number where the document is still there."""

    number: int | None
    slug: str


class Plan(NamedTuple):
    """What storing a source does."""

    path: str
    """Under which it is kept: that of the source with the same bytes where there is one."""
    source: int | None
    """The number of the source with the same bytes."""
    replaced: tuple[int, ...]
    """Sources whose documents go."""
    ids: tuple[Identity | None, ...]
    """For each new document the id it keeps."""


def planned(
    conn: sqlite3.Connection,
    fold: Fold,
    path: str,
    source: Prepared,
    before: str | None = None,
    still: StillHolds = lambda _path, _sha256: True,
    just_left: Set[str] = frozenset(),
) -> Plan:
    """How `source` is stored under `path`; `before` is the path it had where it is known to have moved.

    What `path` held is replaced where no other path holds it, or only such as have it no longer (`still`) and
    the source says the same in other words. So is, where `path` held nothing, a source of the very same texts
    that none of its paths has any more: whether those or this one are read first, the ids go on here.
    `just_left` are ids that went in this very load: of files that exchange their texts one is read first.
    """
    here = holding.at(conn, path)
    sha256 = source.row["sha256"]
    same = here if here and here.sha256 == sha256 else holding.of_bytes(conn, sha256)
    replaced: list[int] = []
    shared: set[int] = set()
    for at in dict.fromkeys((path, before)):
        held = holding.at(conn, at) if at and not same else None
        others = [one for one in holding.paths_of(conn, held.source) if one != at] if held else []
        if held and not any(still(one, held.sha256) for one in others):
            replaced.append(held.source)
            shared |= {held.source} if others else set()
    if same:
        replaced = [same.source]
    if not (same or here or replaced):
        replaced = _orphan(conn, source, still)
    owned = [(number, one) for number in replaced for one in _documents(conn, number)]
    old = [one for _, one in owned]
    found: dict[int, int] = {}
    if old:
        found = pairs(
            [_said(conn, fold, *one) for one in old],
            [_to_be_said(fold, one) for one in source.documents],
            sure=here is not None and OWN_ID in path,
        )
    own = {nth: Identity(*old[at]) for nth, at in found.items()}
    new = {nth: one.row["digest"] for nth, one in enumerate(source.documents) if nth not in own}
    own |= {nth: Identity(None, slug) for nth, slug in _former(conn, path, new, just_left).items()}
    kept = [own.get(nth) for nth in range(len(source.documents))]
    edited = {owned[nth][0] for nth in found.values()}
    gone = tuple(one for one in replaced if one not in shared or one in edited)
    return Plan(same.path if same else path, same.source if same else None, gone, tuple(kept))


def _orphan(conn: sqlite3.Connection, source: Prepared, still: StillHolds) -> list[int]:
    """The one source, if any, that says the same as `source`, text by text, and that no path has any more."""
    digests = [one.row["digest"] for one in source.documents]
    if not digests or None in digests:
        return []
    for number in resembling(conn, source.documents[0].sketch):
        if same_text(conn, number) == digests:
            (sha256,) = conn.execute("select sha256 from source where id = ?", (number,)).fetchone()
            if not any(still(path, sha256) for path in holding.paths_of(conn, number)):
                return [number]
    return []


def same_text(conn: sqlite3.Connection, source: int) -> list[bytes | None]:
    """The digests of the documents of a source, in their order."""
    rows = conn.execute("select digest from document where source = ? order by nth", (source,))
    return [digest for (digest,) in rows.fetchall()]


def said_by(conn: sqlite3.Connection, fold: Fold, source: int) -> Said:
    """What a source in the archive says, as one."""
    return _as_one([_said(conn, fold, *one) for one in _documents(conn, source)])


def to_be_said_by(fold: Fold, source: Prepared) -> Said:
    """What a source that is not stored yet says, as one."""
    return _as_one([_to_be_said(fold, one) for one in source.documents])


def resembling(conn: sqlite3.Connection, sketch: Iterable[int]) -> list[int]:
    """The sources of documents that share most with a sketch, those that share little left out."""
    values = [one for value in sketch for one in (value, -1 - value)]
    rows = conn.execute(
        f"select d.source from sketch s join document d on d.id = s.document"
        f" where s.hash in ({', '.join('?' * len(values))}) group by d.id having count(*) >= {_SHARED}"
        f" order by count(*) desc limit {_RESEMBLING}",
        values,
    )
    return [source for (source,) in rows.fetchall()]


def leave(conn: sqlite3.Connection, path: str, documents: Iterable[tuple[str, bytes | None]]) -> None:
    """Remember ids of documents that `path` held and no path holds any more, with digests of their texts."""
    rows = [(slug, path, digest, seal(slug, path, digest)) for slug, digest in documents]
    if rows:
        conn.executemany("insert or replace into former (slug, path, digest, seal) values (?, ?, ?, ?)", rows)


def come_back(conn: sqlite3.Connection, slug: str) -> None:
    """The document of that id is in the archive again."""
    conn.execute("delete from former where slug = ?", (slug,))


def digests(conn: sqlite3.Connection) -> None:
    """Set the digest of every document by its passages: of an archive that has none, or wrong ones."""
    for number, key in conn.execute("select id, date_key from document").fetchall():
        value = text_digest(letters(_text(conn, number, key)))
        conn.execute("update document set digest = ?1 where id = ?2 and digest is not ?1", (value, number))


def _former(
    conn: sqlite3.Connection, path: str, digests: Mapping[int, bytes | None], just_left: Set[str]
) -> dict[int, str]:
    """Ids left behind by documents of the very same texts, by the places of the new ones.

    Of several those that just left, then those of `path`, then those of the path that left most of these
    texts together.
    """
    sql = "select slug, path from former where digest = ? order by rowid"
    rows = {nth: conn.execute(sql, (one,)).fetchall() for nth, one in digests.items() if one is not None}
    together = Counter(at for found in rows.values() for at in {at for _, at in found})
    given: dict[int, str] = {}
    taken: set[str] = set()
    for nth, found in rows.items():
        left = [
            (slug not in just_left, at != path, -together[at], slug)
            for slug, at in found
            if slug not in taken
        ]
        if left:
            given[nth] = min(left, key=lambda one: one[:3])[3]
            taken.add(given[nth])
    return given


def _documents(conn: sqlite3.Connection, source: int) -> list[tuple[int, str]]:
    return conn.execute("select id, slug from document where source = ? order by nth", (source,)).fetchall()


def _said(conn: sqlite3.Connection, fold: Fold, number: int, slug: str) -> Said:
    key, digest, place = conn.execute(
        "select date_key, digest, place_key from document where id = ?", (number,)
    ).fetchone()
    corrected = {
        field for (field,) in conn.execute("select field from correction where slug = ?", (slug,)).fetchall()
    }
    known = facts.of_document(conn, number)  # what people said is not what the text says
    if "ordinal" in corrected:
        known = known._replace(ordinal=0)
    if "date" in corrected:
        known = known._replace(year=0, month=0, day=0)
    place = None if {"place", "organ"} & corrected else place
    return Said(digest, known, place or None, letters(fold(_text(conn, number, key))), bool(corrected))


def _to_be_said(fold: Fold, document: PreparedDocument) -> Said:
    row = document.row
    return Said(
        row["digest"],
        facts.of_row(row["ordinal"], row["date"], row["date_key"]),
        row["place_key"] or None,
        letters(fold(document.text)),
    )


def _as_one(documents: Sequence[Said]) -> Said:
    first = documents[0] if documents else Said(None, facts.Facts(), None, "")
    return first._replace(digest=None, text="".join(one.text for one in documents))


def _text(conn: sqlite3.Connection, number: int, key: int) -> str:
    rows = conn.execute(
        "select text from passage where id between ? and ? order by id desc", briefing_range(key, number)
    )
    return "\n".join(text for (text,) in rows.fetchall())
