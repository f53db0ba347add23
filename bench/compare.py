"""Other tools on the same passages: what they find, how fast, how large their index is, how long it takes.

    python -m bench.compare ARCHIVE [--seed 1] [--rounds 3] [--only NAME …]

Every engine (`bench/engines.py`) indexes the folded passages of the archive, from memory, without their text.
The terms are those of `bench/queries.py` of one term and as many substrings of one to eight characters; the
truth is what a plain scan finds. Recall and precision are means over the terms that are somewhere; they want
every hit. Latency is that of the 50 newest, as rowids; ours comes with text, spans, speaker and briefing too.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import mean, median
from typing import NamedTuple

from bench import plain
from bench.bare_search import Bare
from bench.engines import OTHERS, Engine, Ours
from bench.queries import ONE_TERM, Asked, fold_of, queries_of, terms_of
from bench.search import Clock, milliseconds, p95
from tui.store.archive import open_archive

LIMIT = 50
Search = Callable[[str, int], list[int]]
SIZES = {"1": range(1, 2), "2": range(2, 3), "3 to 8": range(3, 99)}
"""Lengths of terms whose recall is told apart."""


class Found(NamedTuple):
    """What an engine came to."""

    recall: dict[str, float]
    precision: float
    times: list[float]


def measured(
    search: Search, whole: Search, terms: Sequence[str], truth: dict[str, set[int]], rounds: int
) -> Found:
    """Ask for every term: all hits once by `whole`, the first page by `search`, `rounds` times."""
    recall: dict[str, list[float]] = {size: [] for size in SIZES}
    precision: list[float] = []
    times: list[float] = []
    for term in terms:
        wanted, found = truth[term], set(whole(term, 1_000_000))
        if wanted:
            part = len(found & wanted) / len(wanted)
            for size, lengths in SIZES.items():
                recall[size] += [part] if len(term) in lengths else []
        if found:
            precision.append(len(found & wanted) / len(found))
        times.append(median(milliseconds(lambda term=term: search(term, LIMIT)) for _ in range(rounds)))  # type: ignore[misc]
    return Found({size: mean(parts) for size, parts in recall.items()}, mean(precision), times)


def row(name: str, found: Found, size: int, texts: int, seconds: float) -> str:
    """A line of the table."""
    recall = " | ".join(f"{100 * part:.1f} %" for part in found.recall.values())
    built = f"{size / 1e6:.0f} MB ({size / texts:.2f}) | {seconds:.1f} s"
    return (
        f"| {name} | {recall} | {100 * found.precision:.1f} %"
        f" | {median(found.times):.2f}, {p95(found.times):.2f} | {built} |"
    )


def built(engine: Engine, rows: list[tuple[int, str]], folder: Path) -> tuple[float, int]:
    """Build an index; seconds of the processor and bytes."""
    folder.mkdir()
    begun = time.process_time()
    engine.build(rows, folder)
    seconds = time.process_time() - begun
    return seconds, sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("archive", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", nargs="+", help="names of engines")
    parser.add_argument("--processor", action="store_true", help="times of the processor, not of the wall")
    asked = parser.parse_args()
    Clock.processor = asked.processor
    fold = fold_of(asked.archive)
    typed = [one.terms[0] for one in queries_of([asked.archive], asked.seed) if one.kind in ONE_TERM]
    typed += terms_of(asked.archive, range(1, 9), len(typed), asked.seed)
    terms = list(dict.fromkeys(map(fold, typed)))
    rows = [(rowid, folded) for rowid, folded, _ in plain.passages(asked.archive)][::-1]
    truth = {term: {rowid for rowid, folded in rows if term in folded} for term in terms}
    texts = sum(len(folded.encode()) for _, folded in rows)
    print(f"{len(rows):,} passages, {texts / 1e6:.1f} MB; {len(terms)} terms; milliseconds: median, p95\n")
    print("| | recall, 1 character | 2 | 3 to 8 | precision | first page | index (of the text) | building |")
    print("|---|---|---|---|---|---|---|---|")
    store, bare = open_archive(asked.archive), Bare(asked.archive)

    def all_of_ours(term: str, limit: int) -> list[int]:  # dressing a million hits is not what is asked
        return bare.first(Asked("", term, (term,)), limit)

    def ours(term: str, limit: int) -> list[int]:
        return [hit.rowid for hit in store.search(term, limit=limit).hits]

    with tempfile.TemporaryDirectory() as name:
        kinds: list[type[Engine]] = [Ours, *OTHERS]
        for number, kind in enumerate(kinds):
            if asked.only and not any(word in kind.name for word in asked.only):
                continue
            engine = kind()
            seconds, size = built(engine, rows, Path(name) / str(number))
            ways = (ours, all_of_ours) if kind is Ours else (engine.search, engine.search)
            found = measured(*ways, terms, truth, asked.rounds)
            print(row(kind.name, found, size, texts, seconds), flush=True)
    store.close()


if __name__ == "__main__":
    main()
