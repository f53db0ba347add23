"""What an index costs and gives, by what stands in it: size, time to fill, time of the first page.

    python -m bench.index ARCHIVE [--passages 100000] [--queries 300] [--seed 1]

Takes the newest passages of an archive and makes of them, one after the other, the indexes that were
considered for it (`bench/index/designs.py`), each in a file of its own with a copy of the text. Sizes are
those of the index alone, after FTS5 has merged it (`optimize`) and after `vacuum`, as a share of the text's
bytes in UTF-8. The queries are substrings of the passages, a fifth of them with one character exchanged, so
that few or none are found; every design is asked the same, its answers are compared with those of the first,
and where an index cannot tell, the text is asked as the design says.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles

from bench.index.designs import DESIGNS, Design
from loader.text import TOKENIZER, Fold

LIMIT = 51
"""Hits that are asked for: a page and one, to know whether there are more."""
Passage = tuple[int, str, str]
"""Rowid, text, folded text."""


def passages_of(archive: Path, number: int) -> list[Passage]:
    """The newest passages, by ascending rowid."""
    with sqlite3.connect(archive) as db:
        fold = Fold(db.execute("select value from setting where name = 'traditional_pairs'").fetchone()[0])
        rows = db.execute("select id, text from passage order by id desc limit ?", (number,)).fetchall()
    return [(rowid, text, fold(text)) for rowid, text in reversed(rows)]


def queries_of(passages: Sequence[Passage], number: int, seed: int) -> list[str]:
    """Folded substrings of one to eight characters without blanks."""
    dice = random.Random(seed)
    out: list[str] = []
    while len(out) < number:
        text = dice.choice(passages)[2]
        length = 1 + len(out) % 8
        start = dice.randrange(max(1, len(text) - length + 1))
        term = text[start : start + length]
        if len(out) % 5 == 4 and length > 2:
            at = dice.randrange(length)
            term = term[:at] + dice.choice(dice.choice(passages)[2]) + term[at + 1 :]
        if len(term) == length and " " not in term:
            out.append(term)
    return out


def fill(design: Design, passages: Sequence[Passage], path: Path) -> tuple[sqlite3.Connection, int, float]:
    """The index in a file: its bytes, and the seconds that filling took."""
    db = sqlite3.connect(path)
    db.execute("pragma page_size = 8192")
    tokenizer = (design.tokenizer or TOKENIZER).replace("'", "''")
    db.execute(f"create virtual table entry using fts5 (grams, {design.options}, tokenize='{tokenizer}')")
    rows = [(number, design.tokens(folded)) for number, (_, folded) in design.numbered(passages)]
    begun = time.perf_counter()
    db.executemany("insert into entry (rowid, grams) values (?, ?)", rows)
    db.commit()
    taken = time.perf_counter() - begun
    db.execute("insert into entry (entry) values ('optimize')")
    db.commit()
    db.execute("vacuum")
    size = path.stat().st_size
    db.execute("create table passage (id integer primary key, text text)")
    db.executemany(
        "insert into passage values (?, ?)",
        [(number, text) for number, (text, _) in design.numbered(passages)],
    )
    db.commit()
    return db, size, taken


def ask(design: Design, db: sqlite3.Connection, term: str) -> tuple[int, float]:
    """How many hits the first page has, and the seconds it took."""
    expression, checked = design.query(term)
    if expression is None:
        return -1, 0.0
    sure = "and instr(p.text, ?)" if checked else "and ? <> ''"
    sql = (
        "select entry.rowid, p.text from entry cross join passage p on p.id = entry.rowid"
        f" where entry match ? {sure} order by entry.rowid desc limit {LIMIT}"
    )
    begun = time.perf_counter()
    rows = db.execute(sql, (expression, term)).fetchall()
    return len(rows), time.perf_counter() - begun


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("archive", type=Path)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    # the text as folded, so that every design can be asked alike: instr knows no fold
    passages = [(rowid, folded, folded) for rowid, _, folded in passages_of(asked.archive, asked.passages)]
    text = sum(len(folded.encode()) for _, _, folded in passages)
    terms = queries_of(passages, asked.queries, asked.seed)
    print(
        f"{len(passages):,} passages, {text / 1e6:.1f} MB of text, {len(terms)} queries,"
        f" SQLite {sqlite3.sqlite_version}\n"
    )
    print("| design | size / text | filled in | one character | two | three to eight | found otherwise |")
    print("|---|---|---|---|---|---|---|")
    first: list[int] = []
    for design in DESIGNS:
        with tempfile.TemporaryDirectory() as folder:
            db, size, taken = fill(design, passages, Path(folder) / "index.db")
            for term in terms:
                ask(design, db, term)
            answers = [ask(design, db, term) for term in terms]
            db.close()
        found = [number for number, _ in answers]
        first = first or found
        wrong = sum(one != other for one, other in zip(found, first, strict=True))
        cells = [
            _times(
                [taken for term, (_, taken) in zip(terms, answers, strict=True) if low <= len(term) <= high]
            )
            for low, high in ((1, 1), (2, 2), (3, 8))
        ]
        print(
            f"| {design.name} | {size / text:.2f} | {taken:.0f} s | {' | '.join(cells)} | {wrong} |",
            flush=True,
        )


def _times(seconds: Sequence[float]) -> str:
    """Median and 95th percentile in milliseconds, of those that were asked."""
    asked = [one * 1000 for one in seconds if one]
    return f"{median(asked):.2f}, {quantiles(asked, n=20)[-1]:.2f}" if len(asked) > 1 else "–"


if __name__ == "__main__":
    main()
