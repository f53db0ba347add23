"""What loading costs: time beside inserting the same rows from memory, memory as the archive grows, bytes.

    python -m bench.load [--passages 10000 100000] [--inserted 100000] [--folder DIR] [--seed 1]

For each size a corpus (`bench/corpus.py`) is loaded by the command line into a new archive, while the
proportional memory (PSS, /proc/…/smaps_rollup) of its whole process group is added up five times a second.
Then all rows of that archive and the tokens of its index are read into memory, and one process inserts them
into another new archive of the same schema, one transaction a source; no archive larger than `--inserted`.
`--folder` keeps corpora and archives.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from typing import Any, NamedTuple

from bench import corpus
from loader.archive.making import create
from loader.archive.writer import Writer
from loader.entries import entries
from loader.layout import briefing_of, briefing_range

STEP = 0.2
"""Seconds between two looks at the memory."""
ROOT = Path(__file__).parent.parent
BROWSER = "from tui.cli import main; main()"
INDEX = "passage_grams"

Inserts = list[tuple[str, list[tuple[Any, ...]]]]
"""Statements and their rows."""


class Loaded(NamedTuple):
    """What a load took."""

    passages: int
    seconds: float
    from_memory: float | None
    """Seconds of inserting the same rows, if they were."""
    peak: float
    """MB of the process group."""
    archive: int
    """Bytes."""
    texts: int
    """Bytes of the passages."""
    files: int
    """Bytes of the files loaded."""


class Peak(Thread):
    """The most memory that a process group had, in MB, until it is told to stop."""

    def __init__(self, group: int) -> None:
        super().__init__(daemon=True)
        self._group, self._done = group, Event()
        self.megabytes = 0.0

    def run(self) -> None:
        while not self._done.wait(STEP):
            self.megabytes = max(self.megabytes, sum(map(_pss, _members(self._group))) / 1024)

    def stop(self) -> float:
        self._done.set()
        self.join()
        return self.megabytes


def _members(group: int) -> Iterator[Path]:
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            fields = (process / "stat").read_text().rpartition(")")[2].split()
            if int(fields[2]) == group:
                yield process


def _pss(process: Path) -> int:
    """Proportional memory of a process in kB; 0 for one that has gone."""
    with suppress(OSError):
        for line in (process / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


def by_command_line(folder: Path, archive: Path) -> tuple[float, float]:
    """Load a folder; seconds and MB at the most."""
    command = [sys.executable, "-c", BROWSER, "load", str(folder), "--archive", str(archive), "--json"]
    begun = time.perf_counter()
    with subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        peak = Peak(process.pid)
        peak.start()
        process.wait()
    seconds = time.perf_counter() - begun
    if process.returncode:
        raise RuntimeError(f"the load ended with {process.returncode}")
    return seconds, peak.stop()


def read_all(archive: Path) -> tuple[Inserts, list[Inserts]]:
    """All rows of an archive in memory: those of no document, then source by source."""
    with Writer(archive) as writer:
        db = writer.db.conn
        numbers = {(field, key): one for one, field, key in db.execute("select id, field, key from facet")}
        sources: dict[int, Inserts] = {one: [] for (one,) in db.execute("select id from source order by id")}
        of = dict(db.execute("select id, source from document"))
        rest: Inserts = []
        for table, columns in _tables(db).items():
            rows: dict[int | None, list[tuple[Any, ...]]] = defaultdict(list)
            sql = f"insert into {table} ({', '.join(columns)}) values ({', '.join('?' * len(columns))})"
            for row in db.execute(f"select {', '.join(columns)} from {table} order by 1"):
                owner = dict(zip(columns, row, strict=True))
                rows[_source(table, owner, of)].append(row)
            rest += [(sql, rows.pop(None))] if None in rows else []
            for source, some in rows.items():
                assert source is not None
                sources[source].append((sql, some))
        insert = f"insert into {INDEX} (rowid, grams) values (?, ?)"
        shift = dict(db.execute("select document, shift from block"))
        for number, key in db.execute("select id, date_key from document").fetchall():
            told = entries(
                db.execute, writer.fold, lambda *one: numbers[one], number, *briefing_range(key, number)
            )
            sources[of[number]].append(
                (insert, [(rowid - shift[number], tokens) for rowid, _, tokens in told])
            )
    return rest, list(sources.values())


def _tables(db: Any) -> dict[str, list[str]]:
    """The tables with rows of ours, `source` and `document` first, and their columns."""
    names = [
        name
        for (name,) in db.execute(
            "select name from sqlite_master where type = 'table' and sql not like '%virtual%'"
        )
        if not name.startswith((INDEX, "sqlite_", "_sqlite")) and name != "setting"
    ]
    names.sort(key=lambda name: ("source", "document").index(name) if name in ("source", "document") else 2)
    return {name: [row[1] for row in db.execute(f"pragma table_info({name})")] for name in names}


def _source(table: str, row: dict[str, Any], of: dict[int, int]) -> int | None:
    """The source that a row belongs to, if any."""
    if table == "source":
        return int(row["id"])
    number = row["id"] if table == "document" else row.get("document")
    number = briefing_of(row["id"]) if table == "passage" else number
    return of.get(number) if number is not None else None


def from_memory(rest: Inserts, sources: list[Inserts], archive: Path) -> float:
    """Insert them into a new archive; seconds."""
    create(archive)
    with Writer(archive) as writer:
        writer.db.conn.execute("pragma foreign_keys = off")  # same_as names what comes later
        begun = time.perf_counter()
        for inserts in (rest, *sources):
            with writer.db.atomic():
                for sql, rows in inserts:
                    writer.db.conn.executemany(sql, rows)
        return time.perf_counter() - begun


def measured(passages: int, folder: Path, seed: int, insert: bool) -> Loaded:
    """Make, load and, if `insert` says so, insert again."""
    files, archive, again = (folder / f"{passages}{end}" for end in ("", ".db", "-again.db"))
    if not files.exists():
        corpus.write(files, passages, seed)
    for one in (archive, again):
        one.unlink(missing_ok=True)
    seconds, peak = by_command_line(files, archive)
    by_hand = from_memory(*read_all(archive), again) if insert else None
    with Writer(archive) as writer:
        sql = "select count(*), sum(length(cast(text as blob))) from passage"
        count, texts = writer.db.execute(sql).fetchone()
    if insert:
        with Writer(again) as writer:
            assert writer.db.execute(sql).fetchone() == (count, texts), "not the same rows"
    read = sum(file.stat().st_size for file in files.rglob("*") if file.is_file())
    return Loaded(count, seconds, by_hand, peak, archive.stat().st_size, texts, read)


def _beside(one: Loaded) -> str:
    """Seconds from memory, and how many times as many the load took."""
    return f"{one.from_memory:.1f} s | {one.seconds / one.from_memory:.2f}" if one.from_memory else "– | –"


def main() -> None:
    """Measure and print one line a size."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--passages", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--inserted", type=int, default=100_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    print("| passages | load | from memory | ratio (asked ≤ 2.5) | peak memory | archive / text, / files |")
    print("|---|---|---|---|---|---|")
    peaks = []
    with tempfile.TemporaryDirectory() as name:
        for passages in sorted(asked.passages):
            one = measured(passages, asked.folder or Path(name), asked.seed, passages <= asked.inserted)
            peaks.append(one.peak)
            print(
                f"| {one.passages:,} | {one.seconds:.1f} s | {_beside(one)} | {one.peak:.0f} MB"
                f" | {one.archive / one.texts:.2f}, {one.archive / one.files:.2f}"
                f" ({one.archive / 1e6:.1f} MB) |",
                flush=True,
            )
    if len(peaks) > 1:
        print(
            f"\npeak memory of the largest against the one before (asked ≤ 1.3): {peaks[-1] / peaks[-2]:.2f}"
        )


if __name__ == "__main__":
    main()
