"""The first page by one FTS5 statement written by hand, to set the browser's search beside.

What comes in is an archive and a query (`bench/queries.py`); out come rowids, and the text of each is read.
The statement knows the index and what the query is made of, and it is written before the clock runs: it
parses nothing, folds no text, looks no name up and dresses no hit.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from pathlib import Path

from bench.queries import Asked, fold_of
from loader.layout import date_range
from loader.text import EXACT, having, neighbours, patterns, stamp
from tui.store.plan import commonness

_SHIFT = "(select shift from block where base <= f.rowid order by base desc limit 1)"
"""From the number of an entry of the index to the passage's rowid."""


class Bare:
    """An archive asked by hand."""

    def __init__(self, archive: Path) -> None:
        self._db = sqlite3.connect(f"file:{archive}?mode=ro", uri=True)
        self._fold = fold_of(archive)
        self._variants: dict[str, str] = defaultdict(str)
        for char, folded in self._db.execute("select char, folded from variant"):
            self._variants[folded] += char
        self._rarest = commonness(self._db).rarest
        self._statements: dict[Asked, tuple[str, list[str | int]]] = {}

    def first(self, asked: Asked, limit: int) -> list[int]:
        """The newest `limit` hits."""
        if asked not in self._statements:
            self._statements[asked] = self._statement(asked)
        sql, parameters = self._statements[asked]
        return [row[0] for row in self._db.execute(sql, (*parameters, limit))]

    def _statement(self, asked: Asked) -> tuple[str, list[str | int]]:
        wanted = [having(self._rarest(neighbours(self._fold(term)))) for term in asked.terms]
        if asked.turn:
            wanted.append(f'"{stamp("in", asked.turn)}"')
        wanted += [self._stamps(field, name) for field, name in asked.named]
        parameters: list[str | int] = [" AND ".join(f"({one})" for one in wanted), *self._bounds(asked)]
        where = ["passage_grams match ?", "f.rowid between ? and ?"]
        for term in asked.terms:
            if len(term) >= EXACT:
                globs = patterns(self._fold(term), self._variants)
                where.append(f"({' or '.join(['p.text glob ?'] * len(globs))})")
                parameters += globs
        return (
            f"select p.id, p.text from passage_grams f cross join passage p on p.id = f.rowid + {_SHIFT}"
            f" where {' and '.join(where)} order by f.rowid desc limit ?",
            parameters,
        )

    def _bounds(self, asked: Asked) -> tuple[int, int]:
        """The lowest and highest entry of the index that the dates leave."""
        if not asked.dates:
            return 0, (1 << 63) - 1
        (bits,) = self._db.execute("select value from setting where name = 'day_bits'").fetchone()
        first, _, last = asked.dates.partition("..")
        low, high = date_range(first, last or first)
        return low << int(bits), ((high + 1) << int(bits)) - 1

    def _stamps(self, field: str, name: str) -> str:
        """Any of the values of a field that hold a name."""
        found = self._db.execute("select id from facet where field = ? and instr(key, ?)", (field, name))
        return " OR ".join(f'"{stamp(field, number)}"' for (number,) in found) or '"none:0"'
