"""Misses and false hits of searching against a plain scan, before and after an archive was changed.

    python -m bench.misses ARCHIVE [--terms 2000] [--seed 1] [--folder DIR]

Draws substrings of one to eight characters from the whole archive, asks for each and compares with ripgrep's
scan of the folded passages: the exact count always; every hit up to 20,000 of them, else the first page and
the last. Then, in a copy, a tenth of the sources are taken out and a twentieth are loaded again with other
words in them, and the same is asked again, half the substrings drawn anew. None may be missed, none be false.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from bench import plain
from bench.corpus import document
from bench.queries import fold_of, terms_of
from loader.archive.writer import Writer
from loader.load import load
from loader.read import Found
from tui.store.archive import ArchiveStore, open_archive

ALL = 20_000
"""Hits up to which every one is compared."""
PAGE = 50
LENGTHS = range(1, 9)
_OTHERS = 1_000_000
"""Numbers from which briefings are taken that no corpus here has."""


class Scan:
    """All passages of an archive as a file of folded lines, and the same turned round."""

    def __init__(self, archive: Path, folder: Path) -> None:
        self._fold = fold_of(archive)
        self._file, self._turned = folder / "passages.txt", folder / "turned.txt"
        self._rowids = plain.write(archive, self._file)
        subprocess.run(f"tac '{self._file}' > '{self._turned}'", shell=True, check=True)

    def count(self, term: str, found: int) -> int:
        """How many passages hold it, where the first so many were found already."""
        return found if found < ALL + PAGE else int(self._rg(self._file, term, "-c") or b"0")

    def first(self, term: str, most: int) -> list[int]:
        """The newest of them, at the most so many."""
        return [self._rowids[line - 1] for line in self._lines(self._file, term, most)]

    def last(self, term: str, most: int) -> list[int]:
        """The oldest of them, the newest of these first."""
        return [self._rowids[-line] for line in self._lines(self._turned, term, most)][::-1]

    def _lines(self, file: Path, term: str, most: int) -> list[int]:
        found = self._rg(file, term, "-n", "-o", "-m", str(most)).split(b"\n")
        return list(dict.fromkeys(int(line.partition(b":")[0]) for line in found if line))

    def _rg(self, file: Path, term: str, *options: str) -> bytes:
        command = ["rg", "--text", "--no-filename", "-F", *options, "-e", self._fold(term), str(file)]
        return subprocess.run(command, capture_output=True, check=False).stdout


@dataclass
class Tally:
    """What a comparison came to."""

    terms: int = 0
    hits: int = 0
    compared: int = 0
    """Hits that were compared one by one."""
    missed: int = 0
    false: int = 0
    miscounted: int = 0
    out_of_order: int = 0
    """Pages in another order than that of days and of the index."""

    def __str__(self) -> str:
        return (
            f"{self.terms:,} substrings, {self.hits:,} hits, {self.compared:,} compared one by one:"
            f" missed {self.missed}, false {self.false}, counts that differ {self.miscounted},"
            f" pages in another order {self.out_of_order}"
        )


def compared(store: ArchiveStore, scan: Scan, terms: Sequence[str]) -> Tally:
    """What searching says of `terms` beside what the scan says."""
    found = Tally()
    for term in terms:
        first = scan.first(term, ALL + PAGE)
        wanted = scan.count(term, len(first))
        found.terms += 1
        found.hits += wanted
        found.miscounted += store.count(term).passages != wanted
        for ours, truth in _pages(store, scan, term, first):
            found.compared += len(truth)
            found.missed += len(set(truth) - set(ours))
            found.false += len(set(ours) - set(truth))
            found.out_of_order += ours != truth
    return found


def _pages(
    store: ArchiveStore, scan: Scan, term: str, first: list[int]
) -> Iterator[tuple[list[int], list[int]]]:
    """Hits found and hits there are: all of them, or the first and the last."""

    def hits(limit: int, before: int | None = None) -> list[int]:
        found = store.search(term, limit=limit, before=before).hits
        return [hit.rowid for hit in found if hit.lane == "exact"]

    if len(first) <= ALL:
        yield hits(ALL + PAGE), first
        return
    yield hits(PAGE), first[:PAGE]
    above, *last = scan.last(term, PAGE + 1)
    yield hits(PAGE * 2, above), last


@dataclass(frozen=True, slots=True)
class _Changed(Found):
    """A source with other words in it than its file has."""

    content: bytes = b""

    def read(self) -> bytes:
        return self.content


def change(archive: Path, seed: int) -> tuple[int, int]:
    """Take out a tenth of the sources, load a twentieth with other words; returns how many of each."""
    dice = random.Random(seed)
    with Writer(archive) as writer:
        paths = [path for (path,) in writer.db.execute("select path from source order by id").fetchall()]
        dice.shuffle(paths)
        gone, changed = paths[: len(paths) // 10], paths[len(paths) // 10 :][: len(paths) // 20]
        for path in gone:
            writer.forget(path)
        others = (document(number, seed)[1:] for number in count(_OTHERS))
        found = [
            _Changed(
                path, content=next(raw for name, raw in others if Path(name).suffix == Path(path).suffix)
            )
            for path in changed
        ]
        for outcomes in load(found, writer, jobs=1):
            assert all(one.status == "updated" for one in outcomes), outcomes
    return len(gone), len(changed)


def main() -> None:
    """Compare, change, compare again; print what was missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("archive", type=Path)
    parser.add_argument("--terms", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where the copy and the passages as text are put")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.folder) as name:
        folder = Path(name)
        copy = folder / "copy.db"
        shutil.copy(asked.archive, copy)
        terms = terms_of(copy, LENGTHS, asked.terms, asked.seed)
        _told("loaded", copy, folder, terms)
        begun = time.perf_counter()
        gone, changed = change(copy, asked.seed)
        print(f"{gone:,} sources taken out, {changed:,} changed: {time.perf_counter() - begun:.0f} s")
        half = asked.terms // 2
        _told("changed", copy, folder, terms[:half] + terms_of(copy, LENGTHS, half, asked.seed + 1))


def _told(when: str, archive: Path, folder: Path, terms: Sequence[str]) -> None:
    begun = time.perf_counter()
    store, scan = open_archive(archive), Scan(archive, folder)
    print(f"{when}: {compared(store, scan, terms)} ({time.perf_counter() - begun:.0f} s)", flush=True)
    store.close()


if __name__ == "__main__":
    main()
