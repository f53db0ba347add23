"""Readers that search and open while a loader adds and replaces briefings: none sees half a briefing.

    python -m bench.readers [--readers 30] [--seconds 60] [--documents 500] [--pause 0.2] [--seed 1]

Each paragraph says of which briefing and edition it is, and which of how many; the loader replaces each
briefing by another edition again and again, of another length. Each reader is a process with a store of
its own: it searches, opens what it found, reads it to its end and makes sure that all of it is of one
edition and nothing is missing; hits of one search have to be of one state of the archive, too. A search
is timed while nobody loads and while somebody does. A reader waits `--pause` seconds between two looks, on
average, as one that types does: thirty that never wait leave two cores no time to load. Asked: 0 errors, 0
half briefings.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from bench.corpus import document
from tui.store.archive import ArchiveStore, open_archive
from tui.store.protocol import NotFoundError, StoreError
from tui.store.rows import Transcript

MARK = re.compile(r"编号(\d+)版次(\d+)共(\d+)段第(\d+)段")
_LINES = 24
"""Paragraphs of a briefing, at most."""


def edition(number: int, nth: int, seed: int) -> str:
    """The text of one edition of a briefing: each paragraph says which of how many it is."""
    script, _name, _content = document(number, seed)
    said = [one for turn in script.turns for one in turn.paragraphs][: 6 + (number + 7 * nth) % (_LINES - 6)]
    count = len(said)
    told = [f"编号{number}版次{nth}共{count}段第{place}段，{one}" for place, one in enumerate(said, 1)]
    head = (
        f"{script.place}举行新闻发布会\n\n时间：{script.day.year}年{script.day.month}月{script.day.day}日\n\n"
    )
    return head + "主持人：" + "\n\n".join(told) + "\n"


def write(folder: Path, documents: int, nth: int, seed: int) -> None:
    """Write an edition of every briefing over the one before."""
    for number in range(documents):
        half = folder / f".{number}"
        half.write_text(edition(number, nth, seed), "utf-8")
        half.replace(folder / f"{number:04}.txt")


def half(transcript: Transcript) -> str:
    """What is wrong with a briefing that was opened: of two editions, or not all there; else nothing."""
    marks = [
        tuple(map(int, found.groups()))
        for turn in transcript.turns
        for passage in turn.passages
        for found in MARK.finditer(passage.text)
    ]
    if not marks:
        return "no mark"
    number, nth, count, _ = marks[0]
    whole = [(number, nth, count, place) for place in range(1, count + 1)]
    return (
        ""
        if marks == whole
        else f"{number}, edition {nth}: {len(marks)} of {count}, {marks[:2]} … {marks[-2:]}"
    )


def _look(store: ArchiveStore, dice: random.Random, seen: Counter[str], times: list[float]) -> None:
    query = (
        f"编号{dice.randrange(500)}版次"
        if dice.random() < 0.5
        else dice.choice(("第1段", "主持人", "版次 问题"))
    )
    begun = time.perf_counter()
    page = store.search(query)
    times.append(time.perf_counter() - begun)
    seen["searches"] += 1
    for slug in {hit.briefing.id for hit in page.hits}:
        editions = {
            found.groups()[1:3]
            for hit in page.hits
            if hit.briefing.id == slug
            for found in MARK.finditer(hit.text)
        }
        if len(editions) > 1:
            seen[f"half: hits of {slug} are of {sorted(editions)}"] += 1
    if page.hits:
        slug = dice.choice(page.hits).briefing.id
        try:
            transcript = store.open(slug) if dice.random() < 0.5 else store.transcript(slug)
        except NotFoundError:  # it left the archive since it was found
            return
        try:
            wrong = half(transcript)
        except StoreError:
            if not transcript.replaced:  # a text that was read in part and is gone: said so, and no half
                raise
            seen["replaced while it was read"] += 1
            return
        seen["opened"] += 1
        if wrong:
            seen[f"half: {slug}: {wrong}"] += 1


def read(archive: str, seed: int, pause: float, ready: Any, until: Any, loading: Any, told: Any) -> None:
    """A reader: looks until it is told to end, and tells what it saw."""
    dice = random.Random(seed)
    seen: Counter[str] = Counter()
    times: tuple[list[float], list[float]] = ([], [])
    store = open_archive(Path(archive))
    ready.release()
    while not until.is_set():
        try:
            _look(store, dice, seen, times[loading.is_set()])
            if store.changed():
                store.briefings()
                seen["changes seen"] += 1
        except Exception as error:
            seen[f"error: {type(error).__name__}: {error}"] += 1
        time.sleep(dice.uniform(0, 2 * pause))
    store.close()
    told.put((seen, times))


def loaded(folder: Path, archive: Path) -> None:
    """Load a folder by the command line, as anybody does; raises where it fails."""
    command = [sys.executable, "-c", "from tui.cli import main; main()", "load", str(folder), "--jobs", "1"]
    subprocess.run([*command, "--archive", str(archive)], check=True, stdout=subprocess.DEVNULL)


def tried(
    readers: int, seconds: float, documents: int, seed: int = 1, pause: float = 0.0
) -> tuple[Counter[str], list[float], list[float], int]:
    """What all readers saw, their seconds a search while nobody loaded and while somebody did, loads done."""
    spawning = multiprocessing.get_context("spawn")
    until, loading, told = spawning.Event(), spawning.Event(), spawning.Queue()
    ready = spawning.Semaphore(0)
    with tempfile.TemporaryDirectory() as name:
        folder, archive = Path(name) / "texts", Path(name) / "a.db"
        folder.mkdir()
        write(folder, max(1, documents // 2), 0, seed)  # the other half comes while they read
        loaded(folder, archive)
        running = [
            spawning.Process(
                target=read, args=(str(archive), seed * 1000 + nth, pause, ready, until, loading, told)
            )
            for nth in range(readers)
        ]
        for one in running:
            one.start()
        for _ in running:
            ready.acquire()
        time.sleep(seconds / 6)  # idle
        loading.set()
        loads = 0
        begun = time.monotonic()
        while time.monotonic() - begun < seconds:
            loads += 1
            write(folder, documents, loads, seed)
            loaded(folder, archive)
        until.set()
        found = [told.get() for _ in running]
        for one in running:
            one.join()
        store = open_archive(archive)
        problems = store.check().problems
        store.close()
    seen = sum((one for one, _ in found), Counter({f"error: {one}": 1 for one in problems}))
    idle, busy = (sorted(took for _, times in found for took in times[which]) for which in (0, 1))
    return seen, idle, busy, loads


def main() -> None:
    """Try, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--readers", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--documents", type=int, default=500)
    parser.add_argument("--pause", type=float, default=0.2)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    seen, idle, busy, loads = tried(asked.readers, asked.seconds, asked.documents, asked.seed, asked.pause)
    errors = {what: count for what, count in seen.items() if what.startswith("error")}
    halves = {what: count for what, count in seen.items() if what.startswith("half")}
    print(
        f"{asked.readers} readers, {asked.seconds:.0f} s, {loads} loads of {asked.documents} briefings:"
        f" {seen['searches']:,} searches, {seen['opened']:,} briefings read to their end,"
        f" {seen['changes seen']:,} changes seen,"
        f" {seen['replaced while it was read']} told of being replaced;"
        f" {sum(errors.values())} errors (asked 0), {sum(halves.values())} half briefings (asked 0)"
    )
    for name, times in (("idle", idle), ("while loading", busy)):
        if times:
            middle, high = (times[int(len(times) * part)] * 1000 for part in (0.5, 0.95))
            longest = times[-1] * 1000
            print(f"a search, {name}: median {middle:.1f} ms, p95 {high:.1f} ms, longest {longest:.0f} ms")
    for what in (*list(errors)[:5], *list(halves)[:5]):
        print(f"{seen[what]} × {what}")


if __name__ == "__main__":
    main()
