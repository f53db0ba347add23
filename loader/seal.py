"""Seals: digests of what nothing else in an archive confirms; the writer sets them, `check` compares.

What may come in: a connection's `execute`. What is derived (index, words, facets) needs none, since it can
be made again from what is sealed. A seal tells of damage, not of forgery: who writes the file may seal it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence

from loader.guard import TABLES
from loader.layout import Execute, briefing_range

SOURCE = ("id", "path", "sha256", "encoding", "format", "chars", "parser", "raw", "text", "how")
"""What was kept up to schema 7 has no `how`, and a seal of the others (see `seal_of_source`)."""
DOCUMENT = (
    *("id", "slug", "source", "nth", "kind", "title", "place", "organ", "date", "ordinal", "series"),
    *("outlet", "language", "terms", "warnings", "questions", "speakers", "chars", "kept_chars"),
    *("date_key", "place_key"),
)
"""All but the group it is in, which changes with other documents (see `SAME`)."""
CORRECTION = ("slug", "field", "value")
COPY = ("path", "source")
FORMER = ("slug", "path", "digest")
SAME = "?1 * 1000003 + id"
"""SQL for `same_seal` of a document whose `same_as` is set to ?1."""
SAME_STANDS = "same_seal is same_as * 1000003 + id"
"""SQL for whether both agree."""
PARTS = {
    "speaker": ("nth", "name", "post", "role", "name_key", "post_key"),
    "turn": (
        *("nth", "kind", "speaker", "label", "question", "level", "start", "stop"),
        *("body_start", "body_stop"),
    ),
    "question": ("number", "outlet", "asker", "asker_key", "follow_up_of", "terms"),
    "gap": ("at", "reason"),
    "figure": ("start", "stop", "metric", "value", "unit", "place", "period", "scope"),
}
"""Of each table whose rows belong to a document the columns; by the first of them they are sorted."""
PASSAGE = ("id", "turn", "start", "stop", "text")


def seal(*values: object) -> bytes:
    """A digest of texts, numbers, nothing and bytes, in their order, nested as they are."""
    told = json.dumps(values, ensure_ascii=False, separators=(",", ":"), default=_digest)
    return hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _digest(value: object) -> str:
    if not isinstance(value, bytes):
        raise TypeError(f"no value of an archive: {type(value).__name__}")
    return hashlib.blake2b(value, digest_size=16).hexdigest()


def of_source(execute: Execute, number: int) -> bytes:
    """The seal of the source of that number, as it stands there."""
    row = execute(f"select {', '.join(SOURCE)} from source where id = ?", (number,)).fetchone()
    return seal_of_source(row)


def seal_of_source(row: Sequence[object]) -> bytes:
    """The seal of the row of a source, its columns as `SOURCE` names them."""
    return seal(row if row[-1] is not None else row[:-1])


def of_document(execute: Execute, number: int, key: int) -> bytes:
    """The seal of the document of that number and date key, with all its parts, as it stands there."""
    row = execute(f"select {', '.join(DOCUMENT)} from document where id = ?", (number,)).fetchone()
    parts = [
        execute(
            f"select {', '.join(columns)} from {table} where document = ? order by {columns[0]}", (number,)
        ).fetchall()
        for table, columns in PARTS.items()
    ]
    passages = execute(
        f"select {', '.join(PASSAGE)} from passage where id between ? and ? order by id",
        briefing_range(key, number),
    ).fetchall()
    hashes = execute("select hash from sketch where document = ?", (number,)).fetchall()
    sketch = sorted(value if value >= 0 else -1 - value for (value,) in hashes)
    return seal(row, parts, passages, sketch)


def of_settings(execute: Execute) -> str:
    """The seal of what the whole archive is read by: the fold's table and the schema's statements."""
    settings = execute(
        "select name, value from setting where name in ('fold_version', 'traditional_pairs') order by name"
    ).fetchall()
    rows: Iterable[tuple[str, str, str, str]] = execute(
        "select type, name, tbl_name, sql from sqlite_master order by type, name"
    ).fetchall()
    ours = [row for row in rows if row[2] in TABLES or row[2].startswith(("passage_grams_", "aside_grams_"))]
    return seal(settings, ours).hex()
