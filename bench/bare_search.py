"""The first page by one FTS5 statement written by hand, to set the browser's search beside.

What comes in is an archive and a query (`bench/queries.py`); out come rowids, and the text of each is read.
The statement knows the index and what the query is made of; it parses nothing, folds no text, dresses no hit.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from bench.queries import Asked, fold_of
from loader.text import match_expression


class Bare:
    """An archive asked by hand."""

    def __init__(self, archive: Path) -> None:
        self._db = sqlite3.connect(f"file:{archive}?mode=ro", uri=True)
        self._fold = fold_of(archive)
        self._statements: dict[Asked, tuple[str, list[str | int]]] = {}

    def first(self, asked: Asked, limit: int) -> list[int]:
        """The newest `limit` hits."""
        if asked not in self._statements:
            self._statements[asked] = self._statement(asked)
        sql, parameters = self._statements[asked]
        return [row[0] for row in self._db.execute(sql, (*parameters, limit))]

    def _statement(self, asked: Asked) -> tuple[str, list[str | int]]:
        match = " AND ".join(f"({match_expression(self._fold(term))})" for term in asked.terms)
        where = ["passage_grams match ?", "f.rowid between ? and ?"]
        parameters: list[str | int] = [match, *asked.bounds]
        joins = ""
        if asked.place:
            joins += " cross join document d on d.id = (f.rowid >> 21) & 0xfffff"
            where.append("instr(d.place_key, ?)")
            parameters.append(asked.place)
        if asked.turn or asked.speaker:
            joins += " cross join turn t on t.document = (f.rowid >> 21) & 0xfffff and t.nth = p.turn"
        if asked.turn:
            where.append("t.kind = ?")
            parameters.append(asked.turn)
        if asked.speaker:
            joins += " cross join speaker s on s.document = t.document and s.nth = t.speaker"
            where.append("instr(s.name_key, ?)")
            parameters.append(asked.speaker)
        return (
            f"select f.rowid, p.text from passage_grams f cross join passage p on p.id = f.rowid{joins}"
            f" where {' and '.join(where)} order by f.rowid desc limit ?",
            parameters,
        )
