"""What the first page of hits costs at growing sizes, beside ripgrep and a bare FTS5 statement.

    python -m bench.search --archives 10k.db 100k.db 1m.db [--rounds 5] [--seed 1] [--slowest 0] [--processor]

Asks every archive the same queries (`bench/queries.py`), drawn from the first and the last of them: the first
50 hits with their text, speaker and briefing, as the browser asks for them (`ArchiveStore.search`), and the
exact count. Beside it, in the same run and in turns: one FTS5 statement written by hand on the same index,
without folding, spans, speakers or briefings; and ripgrep counting the lines of the same passages, folded, in
one file that is in memory. Everything is asked once before the clock runs; of the rounds of each query
the median counts.
"""

from __future__ import annotations

import argparse
import resource
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from bench import plain
from bench.bare_search import Bare
from bench.queries import ONE_TERM, Asked, fold_of, queries_of
from tui.store.archive import open_archive

LIMIT = 50
SCANS = 60
"""Queries that ripgrep and grep are asked."""


class Figures(NamedTuple):
    """Milliseconds of each query on one archive."""

    passages: int
    first: list[float]
    counts: list[float]
    bare: list[float]
    rg: list[float]
    grep: list[float]


class Clock:
    """Milliseconds by the wall, or by the processor (this process's and its children's) on a busy machine."""

    processor = False

    @classmethod
    def now(cls) -> float:
        if not cls.processor:
            return time.perf_counter() * 1000
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        return (time.process_time() + children.ru_utime + children.ru_stime) * 1000


def milliseconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    begun = Clock.now()
    work()
    return Clock.now() - begun


def p95(values: Sequence[float]) -> float:
    """The value that 95 of 100 do not pass."""
    return sorted(values)[int(len(values) * 0.95)]


def scan(program: str, term: str, file: Path) -> float:
    """Counting the lines that hold `term`, the program's start included."""
    command = [program, "-c", "-F", "-e", term, str(file)]
    env = {"PATH": "/usr/bin:/bin", "LC_ALL": "C"} if program == "grep" else None
    return milliseconds(lambda: subprocess.run(command, capture_output=True, env=env, check=False))


def measured(
    archive: Path, queries: Sequence[Asked], rounds: int, folder: Path, again: bool = False
) -> Figures:
    """All figures of one archive; with `again` of what was asked just before, its pages in memory."""
    file = folder / "passages.txt"
    passages = len(plain.write(archive, file))
    fold = fold_of(archive)
    terms = [fold(one.terms[0]) for one in queries if one.kind in ONE_TERM]
    terms = terms[:: max(1, len(terms) // SCANS)]
    rg = [min(scan("rg", term, file) for _ in range(2)) for term in terms]
    grep = [scan("grep", term, file) for term in terms]
    file.unlink()
    store, bare = open_archive(archive), Bare(archive)
    kinds: tuple[Callable[[Asked], object], ...] = (
        lambda one: store.search(one.text, limit=LIMIT),
        lambda one: bare.first(one, LIMIT),
        lambda one: store.count(one.text),
    )
    times: list[list[list[float]]] = [[[] for _ in queries] for _ in kinds]
    for number in range(-1, rounds):
        for nth, one in enumerate(queries):
            for kind, ask in enumerate(kinds):
                if kind == 2 and number > 0:  # counting is slow and steady
                    continue
                if again and kind < 2:
                    ask(one)
                taken = milliseconds(lambda ask=ask, one=one: ask(one))  # type: ignore[misc]
                if number >= 0:
                    times[kind][nth].append(taken)
    store.close()
    first, by_hand, counts = ([median(one) for one in kind] for kind in times)
    return Figures(passages, first, counts, by_hand, rg, grep)


def agree(archive: Path, queries: Sequence[Asked]) -> list[str]:
    """The queries of which the store and the statement by hand say different first pages."""
    store, bare = open_archive(archive), Bare(archive)
    wrong = [
        one.text
        for one in queries
        if [hit.rowid for hit in store.search(one.text, limit=LIMIT).hits if hit.lane == "exact"]
        != bare.first(one, LIMIT)
    ]
    store.close()
    return wrong


def table(queries: Sequence[Asked], figures: Sequence[Figures]) -> None:
    """Print median and p95 of each kind at each size."""
    sizes = [f"{one.passages:,}" for one in figures]
    print("\n| queries | " + " | ".join(f"{size}, first page" for size in sizes) + " | by hand | count |")
    print("|---|" + "---|" * (len(sizes) + 2))
    groups = {kind: [nth for nth, one in enumerate(queries) if one.kind == kind] for kind in _kinds(queries)}
    groups["all of one term"] = [nth for nth, one in enumerate(queries) if one.kind in ONE_TERM]
    groups["all"] = list(range(len(queries)))
    for kind, numbers in groups.items():
        cells = [_cell([one.first[nth] for nth in numbers]) for one in figures]
        cells += [_cell([figures[-1].bare[nth] for nth in numbers])]
        cells += [_cell([figures[-1].counts[nth] for nth in numbers])]
        print(f"| {kind} ({len(numbers)}) | " + " | ".join(cells) + " |")


def _kinds(queries: Sequence[Asked]) -> list[str]:
    return list(dict.fromkeys(one.kind for one in queries))


def _cell(values: Sequence[float]) -> str:
    return f"{median(values):.2f}, {p95(values):.2f}"


def verdict(queries: Sequence[Asked], figures: Sequence[Figures]) -> None:
    """Print what is asked for beside what was found."""
    one_term = [nth for nth, one in enumerate(queries) if one.kind in ONE_TERM]
    small, large = (p95([one.first[nth] for nth in one_term]) for one in (figures[0], figures[-1]))
    last = figures[-1]
    print(f"\none term, p95 at {last.passages:,} against {figures[0].passages:,} (asked ≤ 2): ", end="")
    print(f"{large / small:.2f} ({large:.2f} and {small:.2f} ms)")
    everything = p95(last.first)
    print(f"all, p95 against a fifth of ripgrep's median (asked ≤ 1): {everything / median(last.rg) * 5:.2f}")
    print(f"all, p95 against the statement by hand (asked ≤ 2): {everything / p95(last.bare):.2f}")
    for one in figures:
        print(
            f"{one.passages:,} passages: ripgrep {median(one.rg):.1f} ms, grep {median(one.grep):.1f} ms,"
            f" {len(one.rg)} scans; first page p95 {p95(one.first):.2f} ms, by hand {p95(one.bare):.2f} ms"
        )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--archives", type=Path, nargs="+", required=True, help="from small to large")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processor", action="store_true", help="times of the processor, not of the wall")
    parser.add_argument("--again", action="store_true", help="ask each once more, and time the second answer")
    parser.add_argument("--slowest", type=int, default=0, help="also print that many of the slowest queries")
    asked = parser.parse_args()
    Clock.processor = asked.processor
    queries = queries_of(asked.archives, asked.seed)
    print(
        f"{len(queries)} queries; SQLite {sqlite3.sqlite_version}; milliseconds"
        f" by the {'processor' if Clock.processor else 'wall'}: median, p95"
    )
    with tempfile.TemporaryDirectory() as name:
        figures = [measured(one, queries, asked.rounds, Path(name), asked.again) for one in asked.archives]
    table(queries, figures)
    verdict(queries, figures)
    wrong = agree(asked.archives[-1], queries)
    print(f"first pages unlike those by hand: {len(wrong)} {wrong[:5] if wrong else ''}")
    slow = sorted(zip(figures[-1].first, figures[-1].bare, queries, strict=True), key=lambda row: -row[0])
    for first, bare, query in slow[: asked.slowest]:
        print(f"{first:9.2f} ms, by hand {bare:9.2f} ms: {query.kind}: {query.text}")


if __name__ == "__main__":
    main()
