"""All passages of an archive as plain text, one a line: what ripgrep and grep are given to scan.

    python -m bench.plain ARCHIVE FILE [--raw]

Text is folded as the index's is, so that a scan for a folded query is the truth about it; `--raw` leaves it
as it was printed. The newest passage comes first, as among hits.
"""

from __future__ import annotations

import argparse
import sqlite3
from array import array
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from loader.layout import briefing_range
from loader.text import Fold

_DOCUMENTS = (
    "select d.id, d.date_key from document d left join block b on b.document = d.id"
    " order by d.date_key desc, b.base desc"
)
_PASSAGES = "select id, text from passage where id between ? and ? order by id desc"


def passages(archive: Path) -> Iterator[tuple[int, str, str]]:
    """Rowid, folded text and text as printed (line breaks as blanks) of every passage, in the order of hits:
    the newest day first, within a day as the index has them."""
    with closing(sqlite3.connect(f"file:{archive}?mode=ro", uri=True)) as db:
        (pairs,) = db.execute("select value from setting where name = 'traditional_pairs'").fetchone()
        fold = Fold(pairs)
        (there,) = db.execute("select count(*) from passage").fetchone()
        for number, key in db.execute(_DOCUMENTS).fetchall():
            found = db.execute(_PASSAGES, briefing_range(key, number)).fetchall()
            there -= len(found)
            for rowid, text in found:
                yield rowid, fold(text), " ".join(text.splitlines())
        if there:
            raise ValueError(f"{archive}: {there} passages of no briefing")


def write(archive: Path, file: Path, *, folded: bool = True) -> array[int]:
    """Write them; returns the rowid of each line."""
    rowids = array("q")
    with file.open("w", encoding="utf-8", newline="\n") as out:
        for rowid, plain, printed in passages(archive):
            rowids.append(rowid)
            out.write((plain if folded else printed) + "\n")
    return rowids


def main() -> None:
    """Write and say how much."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("archive", type=Path)
    parser.add_argument("file", type=Path)
    parser.add_argument("--raw", action="store_true", help="as printed, not folded")
    asked = parser.parse_args()
    lines = len(write(asked.archive, asked.file, folded=not asked.raw))
    print(f"{lines:,} passages, {asked.file.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
