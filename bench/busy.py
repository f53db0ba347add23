"""Readers that search while one large file is loaded: is any of them refused, and how long does one wait?

    python -m bench.busy [--readers 30] [--megabytes 52] [--pause 0.2] [--seed 1]

An archive of a few hundred made-up briefings is searched by so many processes, each with a store of its own,
while a file of so many megabytes, briefings one behind the other, is loaded into it in one transaction. A
refusal is any error that a search ends with. Asked: 0 refusals; the longest search is printed beside the
longest while nobody loaded, and how long the load took and how much memory it had at most.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from itertools import count
from pathlib import Path
from typing import Any

from bench.corpus import document
from bench.kills import write
from bench.load import Peak
from tui.store.archive import open_archive

_DOCUMENTS = 300
_IDLE_SECONDS = 5.0
"""For which is searched while nobody loads."""
QUERIES = ("核酸", "孕产妇 就医", "疫情防控", "感染者", "记者", "的", "方舱 | 医院", "-核酸 检测")


def large(path: Path, megabytes: float, seed: int) -> int:
    """Write a file of made-up briefings; its bytes."""
    written = 0
    with path.open("wb") as file:
        for number in count(_DOCUMENTS):
            _script, name, content = document(number, seed)
            if name.endswith((".txt", ".md")):
                written += file.write(content + b"\n\n")
            if written >= megabytes * 1e6:
                return written
    raise AssertionError


def read(archive: str, seed: int, pause: float, ready: Any, until: Any, loading: Any, told: Any) -> None:
    """A reader: searches until it is told to end, and tells how that went."""
    dice = random.Random(seed)
    times: tuple[list[float], list[float]] = ([], [])
    refused: Counter[str] = Counter()
    store = open_archive(Path(archive))
    ready.release()
    while not until.is_set():
        begun, busy = time.perf_counter(), loading.is_set()
        try:
            store.search(dice.choice(QUERIES))
        except Exception as error:
            refused[f"{type(error).__name__}: {error}"] += 1
        times[busy].append(time.perf_counter() - begun)
        time.sleep(dice.uniform(0, 2 * pause))
    store.close()
    told.put((times, refused))


def load(source: Path, archive: Path) -> tuple[float, float]:
    """Load by the command line; seconds and MB at most."""
    command = [sys.executable, "-c", "from tui.cli import main; main()", "load", str(source)]
    begun = time.perf_counter()
    with subprocess.Popen(
        [*command, "--archive", str(archive)], stdout=subprocess.DEVNULL, start_new_session=True
    ) as process:
        peak = Peak(process.pid)
        peak.start()
        process.wait()
    if process.returncode:
        raise RuntimeError(f"the load ended with {process.returncode}")
    return time.perf_counter() - begun, peak.stop()


def main() -> None:
    """Search, load, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--readers", type=int, default=30)
    parser.add_argument("--megabytes", type=float, default=52)
    parser.add_argument("--pause", type=float, default=0.2)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    spawning = multiprocessing.get_context("spawn")
    until, loading, told = spawning.Event(), spawning.Event(), spawning.Queue()
    ready = spawning.Semaphore(0)
    with tempfile.TemporaryDirectory() as name:
        folder, source, archive = (Path(name) / one for one in ("texts", "large.txt", "a.db"))
        write(folder, _DOCUMENTS, asked.seed)
        load(folder, archive)
        size = large(source, asked.megabytes, asked.seed)
        running = [
            spawning.Process(target=read, args=(str(archive), nth, asked.pause, ready, until, loading, told))
            for nth in range(asked.readers)
        ]
        for one in running:
            one.start()
        for _ in running:
            ready.acquire()
        time.sleep(_IDLE_SECONDS)
        loading.set()
        seconds, megabytes = load(source, archive)
        until.set()
        found = [told.get() for _ in running]
        for one in running:
            one.join()
        grown = archive.stat().st_size
    refused = sum((one for _, one in found), Counter[str]())
    print(
        f"{asked.readers} readers while {size / 1e6:.0f} MB are loaded in {seconds:.0f} s"
        f" and {megabytes:,.0f} MB (archive {grown / 1e6:.0f} MB): {refused.total()} refusals (asked 0)"
    )
    for which, when in enumerate(("idle", "while loading")):
        times = sorted(took for times, _ in found for took in times[which])
        middle, high, longest = (1000 * times[int((len(times) - 1) * part)] for part in (0.5, 0.95, 1))
        print(
            f"{len(times):,} searches, {when}: median {middle:.1f} ms, p95 {high:.1f} ms,"
            f" longest {longest:.0f} ms"
        )
    for what, times in refused.most_common(5):
        print(f"{times} × {what}")


if __name__ == "__main__":
    main()
