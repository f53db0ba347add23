"""What an archive may be made of: tables of ours, and nothing that runs by itself.

What may come in: a connection's `execute` on any SQLite file. Whoever writes the file decides what stands in
its schema: a trigger or view would run as soon as a table is written or read, a virtual table brings code of
its own. Reader and writer ask here before they touch a row.
"""

from __future__ import annotations

import re

from loader.layout import Execute

TABLES = frozenset(
    {
        *("setting", "source", "document", "speaker", "turn", "question", "passage", "gap", "figure"),
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
_INDEX = re.compile(r"create virtual table passage_grams using fts5\b", re.IGNORECASE)
_COMPUTED = re.compile(r"\bas\s*\(", re.IGNORECASE)
"""A column that is computed, not stored."""


def stranger(execute: Execute) -> str | None:
    """The first thing in the schema that is none of ours, as a person would call it; None if all is well."""
    for kind, name, sql in execute("select type, name, sql from sqlite_master order by rowid"):
        if kind in ("view", "trigger"):
            return f"the {kind} {name!r}"
        if kind == "table" and isinstance(sql, str):
            virtual = sql[:20].lower().startswith("create virtual")
            if virtual and not (name == "passage_grams" and _INDEX.match(sql)):
                return f"the virtual table {name!r}"
            if name == "passage_grams" and not virtual:
                return f"the table {name!r} in place of an index"
            if name in TABLES and not virtual and _COMPUTED.search(sql):
                return f"a computed column in {name!r}"
    return None


def missing(execute: Execute) -> list[str]:
    """The tables that an archive of this version has and this file has not, by name."""
    there = {name for (name,) in execute("select name from sqlite_master where type = 'table'")}
    return sorted(TABLES - there)
