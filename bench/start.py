"""How long the browser takes from exec to the first painted list, beside a bare Textual app.

    python -m bench.start [--briefings 2000] [--pairs 15] [--size 80x24] [--archive FILE] [--beside FILE]

Loads that many made-up briefings into an archive (a minute; `--archive` names the file, and one that is there
is taken as it is). Then runs, each in a pseudo-terminal of its own, in turns of order: the browser over
the archive, and `bench.bare` over the same entries held in memory, once with a list drawn line by line and
once with Textual's `OptionList`. The clock runs from just before fork and exec until the first entry's date
has been written to the terminal. Printed are the medians and the medians of the rounds' ratios. With
`--beside` the browser is started over another archive, too, in the same rounds: that of the five seeds, say.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import pty
import random
import select
import signal
import struct
import sys
import tempfile
import termios
import time
from collections import defaultdict
from pathlib import Path
from statistics import median

from loader.archive.writer import Writer
from loader.load import load
from loader.read import find
from tui.store.archive import open_archive
from tui.store.rows import BriefingRow
from tui.widgets import words

PLACES = ("青岛市", "潍坊市", "烟台市", "威海市")
LIMIT = 60.0
"""Seconds within which a list must stand."""
WARM = 2
"""Rounds that do not count: they write .pyc files and fill the caches."""
BROWSER = "from tui.cli import main; main()"
BARE = "import sys; from bench.bare import main; main(sys.argv[1:])"


def briefing(number: int, dice: random.Random) -> str:
    """A short briefing, unlike all others: those alike would be taken for prints of one."""

    def said(characters: int) -> str:
        return "".join(chr(dice.randrange(0x4E00, 0x5E00)) for _ in range(characters))

    place = PLACES[number % len(PLACES)]
    return (
        f"{place}第{number // len(PLACES) + 1}场疫情防控新闻发布会\n"
        f"{2020 + number % 3}年{number % 12 + 1}月{number % 28 + 1}日\n"
        f"主持人：各位记者朋友，大家下午好。{said(20)}。\n"
        f"青岛日报记者：请问{said(20)}如何安排？\n"
        f"王军：感谢您的提问。{said(60)}。谢谢。\n"
    )


def make(archive: Path, briefings: int) -> None:
    """An archive of that many."""
    dice = random.Random(1)
    with tempfile.TemporaryDirectory() as folder, Writer(archive) as writer:
        for number in range(briefings):
            (Path(folder) / f"{number:06}.txt").write_text(briefing(number, dice), "utf-8")
        for _ in load(find([folder]), writer):
            pass


def entry(row: BriefingRow) -> tuple[str, str]:
    """The two lines of an entry, as the browser's list shows them."""
    return f"{words.date(row)}  {words.session(row)}  {words.size(row)}", row.title


def seconds(program: str, arguments: list[str], home: Path, first: bytes, size: tuple[int, int]) -> float:
    """From just before fork until `first` was written to a terminal of that size; then it is ended."""
    begun = time.perf_counter()
    pid, fd = pty.fork()
    if pid == 0:
        width, height = size
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        env = {"PATH": os.environ["PATH"], "HOME": str(home), "TERM": "xterm-256color", "LANG": "C.UTF-8"}
        env["PYTHONPATH"] = str(Path(__file__).parent.parent)
        os.execve(sys.executable, [sys.executable, "-c", program, *arguments], env)
    raw = b""
    try:
        while first not in raw:
            ready, _, _ = select.select([fd], [], [], max(0.0, begun + LIMIT - time.perf_counter()))
            if not ready:
                raise RuntimeError(f"no list within {LIMIT:.0f} s: {raw[-500:]!r}")
            raw += os.read(fd, 65536)
        return time.perf_counter() - begun
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(fd)


def listed(archive: Path) -> list[BriefingRow]:
    """What the list shows of an archive."""
    store = open_archive(archive)
    rows = [row for row in store.briefings() if row.same_as is None]
    store.close()
    return rows


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--briefings", type=int, default=2000)
    parser.add_argument("--pairs", type=int, default=15)
    parser.add_argument("--size", default="80x24", help="width and height in cells")
    parser.add_argument("--archive", type=Path, help="kept there from run to run")
    parser.add_argument("--beside", type=Path, help="another archive to be started over")
    asked = parser.parse_args()
    width, height = (int(part) for part in asked.size.split("x"))
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        archive = asked.archive or home / "start.db"
        if not archive.exists():
            make(archive, asked.briefings)
        rows = listed(archive)
        entries = home / "entries.json"
        entries.write_text(json.dumps([entry(row) for row in rows], ensure_ascii=False), "utf-8")
        firsts = defaultdict(lambda: words.date(rows[0]).encode())
        runs: dict[str, tuple[str, list[str]]] = {
            "bare, lines": (BARE, ["lines", str(entries)]),
            "ours": (BROWSER, ["--archive", str(archive.absolute())]),
            "bare, options": (BARE, ["options", str(entries)]),
        }
        if asked.beside is not None:
            runs["ours, beside"] = (BROWSER, ["--archive", str(asked.beside.absolute())])
            firsts["ours, beside"] = words.date(listed(asked.beside)[0]).encode()
        taken: dict[str, list[float]] = {kind: [] for kind in runs}
        for number in range(-WARM, asked.pairs):
            for kind in runs if number % 2 else reversed(runs):
                program, arguments = runs[kind]
                needed = seconds(program, arguments, home, firsts[kind], (width, height))
                if number >= 0:
                    taken[kind].append(needed)
        print(f"{len(rows)} entries, {width}x{height}, medians of {asked.pairs}")
        for kind, times in taken.items():
            ratio = median(ours / bare for ours, bare in zip(taken["ours"], times, strict=True))
            print(f"{kind:>14}: {median(times) * 1000:6.0f} ms, ours against it {ratio:.2f}")


if __name__ == "__main__":
    main()
