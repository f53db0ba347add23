"""Loads killed (-9) at random moments: what the archive is like after each, and what is there in the end.

    python -m bench.kills [--kills 300] [--documents 200] [--seed 1]

A load of made-up documents is started with its workers and killed with all of them after a time drawn anew,
from the interpreter's first moment to just behind the end of an undisturbed load. After each the archive is
opened and checked whole (`check`: every character of every source in one turn, the index token by token),
and then the load goes on where it was; when all is loaded, a new archive is begun.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from itertools import count
from pathlib import Path

from bench.corpus import document
from tui.store.archive import open_archive
from tui.store.protocol import EmptyArchiveError, StoreError

CHARACTERS = 2_500
"""Of a document, at the most."""


def write(folder: Path, documents: int, seed: int) -> None:
    """Write that many short briefings."""
    folder.mkdir()
    written = 0
    for number in count():
        _script, name, content = document(number, seed)
        if name.endswith((".txt", ".md")):
            text = content.decode("utf-8", "replace")[:CHARACTERS]
            (folder / Path(name).name).write_text(text.rpartition("\n")[0], "utf-8")
            written += 1
        if written == documents:
            return


def started(folder: Path, archive: Path) -> subprocess.Popen[bytes]:
    """A load, in a group of processes of its own."""
    command = [sys.executable, "-c", "from tui.cli import main; main()", "load", str(folder)]
    return subprocess.Popen(
        [*command, "--archive", str(archive)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


class Tally:
    """What was seen."""

    def __init__(self, documents: int) -> None:
        self.documents = documents
        self.damaged: list[str] = []
        self.half: list[str] = []
        self.lost = 0
        self.complete = 0
        self._before = 0

    def look(self, archive: Path) -> int:
        """Check an archive; returns how many sources it holds."""
        if not archive.exists():
            found = 0
        else:
            try:
                store = open_archive(archive)
                report = store.check()
                store.close()
            except EmptyArchiveError:  # it was killed before there was anything
                self.lost += self._before
                return 0
            except StoreError as error:
                self.damaged.append(str(error))
                return 0
            found = report.sources
            (self.half if any("turn" in one for one in report.problems) else self.damaged).extend(
                report.problems
            )
            if report.documents != report.sources:
                self.half.append(f"{report.documents} briefings of {report.sources} sources")
        self.lost += max(0, self._before - found)
        self._before = found
        return found

    def begin(self) -> None:
        """Another archive."""
        self._before = 0


def main() -> None:
    """Kill, look, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    dice, tally = random.Random(asked.seed), Tally(asked.documents)
    with tempfile.TemporaryDirectory() as name:
        folder, archive = Path(name) / "texts", Path(name) / "a.db"
        write(folder, asked.documents, asked.seed)
        begun = time.monotonic()
        started(folder, archive).wait()
        whole = time.monotonic() - begun
        if tally.look(archive) != asked.documents:
            sys.exit("an undisturbed load does not load all")
        archive.unlink()
        tally.begin()
        kills = archives = 0
        while kills < asked.kills:
            loading = started(folder, archive)
            try:
                loading.wait(dice.uniform(0, whole * 1.1))
            except subprocess.TimeoutExpired:
                os.killpg(loading.pid, signal.SIGKILL)
                loading.wait()
                kills += 1
            if tally.look(archive) == asked.documents and loading.returncode == 0:
                archives += 1
                archive.unlink()
                tally.begin()
        if archive.exists():
            if started(folder, archive).wait() or tally.look(archive) != asked.documents:
                tally.lost += 1
            archives += 1
    print(
        f"{kills} kills of loads of {asked.documents} documents ({whole:.1f} s undisturbed),"
        f" {archives} archives completed: {len(tally.damaged)} times damaged,"
        f" {len(tally.half)} half briefings, {tally.lost} documents lost"
    )
    for line in (*tally.damaged[:5], *tally.half[:5]):
        print(line)


if __name__ == "__main__":
    main()
