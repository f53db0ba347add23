"""What an archive may be made of: tables and indexes, and nothing that runs by itself.

What may come in: a connection's `execute` on any SQLite file. Whoever writes the file decides what stands in
its schema: a trigger or a view runs as soon as a table is written or read, a computed column or a default
whenever a row is, and a virtual table brings code of its own. Reader and writer ask before they touch a row.

SQLite itself says what a statement of the schema is: each is run again in an empty database whose authorizer
lets tables and indexes be made and nothing else. No spelling gets past that, and a new table needs no change.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing

from loader.layout import Execute

TABLES = frozenset(
    {
        *("setting", "source", "document", "speaker", "turn", "question", "passage", "gap", "figure"),
        *("aside", "aside_grams"),
        *(
            "correction",
            "copy",
            "former",
            "sketch",
            "passage_grams",
            "block",
            "facet",
            "variant",
            "common",
            "word",
            "reading",
        ),
    }
)
"""All tables of an archive of this version that are asked by name."""
_INDEXES = ("passage_grams", "aside_grams")
_INDEX = re.compile(
    r"create virtual table (?:passage|aside)_grams using fts5 ?\(grams"
    r"(?:, ?(?:content=''|columnsize=0|detail=(?:none|column|full)|tokenize='(?:[^']|'')*'))+\)",
    re.IGNORECASE,
)
"""The index: without a table that it reads, and with a tokenizer of SQLite's own."""
_OWN = frozenset(
    {
        "CREATE TABLE sqlite_stat1(tbl,idx,stat)",
        "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)",
        "CREATE TABLE sqlite_sequence(name,seq)",
    }
)
"""Tables of SQLite's own, which nobody else can make."""
_MAKING = frozenset(
    {
        *(sqlite3.SQLITE_CREATE_TABLE, sqlite3.SQLITE_CREATE_INDEX, sqlite3.SQLITE_REINDEX),
        *(sqlite3.SQLITE_READ, sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_TRANSACTION),
    }
)
"""What SQLite asks leave for when it makes a table or an index."""
_FUNCTIONS = frozenset({"substr", "length", "coalesce", "ifnull"})
"""What a condition may call: what gives no more than it is given."""
_LITERAL = re.compile(r"[-+]?\d+(?:\.\d+)?|'(?:[^']|'')*'|null", re.IGNORECASE)
_KINDS = {
    sqlite3.SQLITE_CREATE_VIEW: "view",
    sqlite3.SQLITE_CREATE_TRIGGER: "trigger",
    sqlite3.SQLITE_CREATE_VTABLE: "virtual table",
}
_MOST_BYTES = 512 * 1024 * 1024
"""Of a value, a row, or what a function makes: twice the longest source."""
_MOST_CHARACTERS = 100_000
"""Of a statement of the schema."""
_MOST_OBJECTS = 1_000
"""Tables and indexes."""


def bound(db: sqlite3.Connection) -> None:
    """Have a connection make no value larger than any archive holds, and trust nothing that a file says."""
    db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MOST_BYTES)
    db.execute("pragma trusted_schema = off")


def stranger(execute: Execute, *, damaged: bool = False) -> str | None:
    """The first thing in the schema that is none of ours, as a person would call it; None if all is well.

    Of a `damaged` one, statements that SQLite cannot read are let be: it makes nothing of them.
    """
    rows = execute(
        "select type, name, substr(sql, 1, ?) from sqlite_master where sql is not null"
        " order by rowid limit ?",
        (_MOST_CHARACTERS + 1, _MOST_OBJECTS + 1),
    ).fetchall()
    if len(rows) > _MOST_OBJECTS:
        return f"more than {_MOST_OBJECTS:,} tables and indexes"
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as replica:
        for kind, name, sql in rows:
            what = _refused(replica, str(kind), str(name), sql)
            if what == _UNREADABLE:
                what = None if damaged else f"the {kind} {name!r}"
            if what:
                return what
        return _computing(replica)


_UNREADABLE = "what cannot be read"


def _refused(replica: sqlite3.Connection, kind: str, name: str, sql: object) -> str | None:
    """Why a statement of the schema is none of ours; else what it makes is in the replica as well."""
    if not isinstance(sql, str) or len(sql) > _MOST_CHARACTERS:
        return _UNREADABLE
    if sql in _OWN or (name in _INDEXES and _INDEX.fullmatch(sql) and f" {name} " in sql):
        return None
    refused: list[str] = []

    def asked(action: int, _first: str | None, second: str | None, *_: object) -> int:
        if action in _MAKING or (action == sqlite3.SQLITE_FUNCTION and second in _FUNCTIONS):
            return sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_FUNCTION:
            refused.append(f"a call of {second}() in the {kind} {name!r}")
        else:
            refused.append(f"the {_KINDS.get(action, kind)} {name!r}")
        return sqlite3.SQLITE_DENY

    replica.set_authorizer(asked)
    try:
        replica.execute(sql)
    except (sqlite3.Error, sqlite3.Warning, ValueError):
        return refused[0] if refused else _UNREADABLE
    finally:
        replica.set_authorizer(None)
    if not replica.execute(
        "select 1 from sqlite_master where (type, name) = (?, ?)", (kind, name)
    ).fetchone():
        return _UNREADABLE
    if name in _INDEXES:
        return f"the table {name!r} in place of an index"
    return None


def _computing(replica: sqlite3.Connection) -> str | None:
    """The first column that is computed, or has a default that is."""
    columns = replica.execute(
        "select m.name, c.hidden, c.dflt_value from sqlite_master m, pragma_table_xinfo(m.name) c"
        " where m.type = 'table'"
    )
    for table, hidden, default in columns:
        if hidden:
            return f"a computed column in {table!r}"
        if default is not None and not _LITERAL.fullmatch(default):
            return f"a computed default in {table!r}"
    return None


def missing(execute: Execute) -> list[str]:
    """The tables that an archive of this version has and this file has not, by name."""
    there = {name for (name,) in execute("select name from sqlite_master where type = 'table'")}
    return sorted(TABLES - there)
