"""What a terminal can ask for without measure, and what it gets: seconds and memory beside the limits.

    python -m bench.limits

Each attempt is a browser of the samples in a pseudo-terminal of its own. Memory is the most that it has had
at once; the first line is one in a terminal of 120 by 40 that is left as usual.
"""

from __future__ import annotations

import os
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from loader.archive.writer import Writer
from loader.load import load
from loader.read import find
from tests.terminal import Terminal

SEEDS = Path(__file__).parent.parent / "seeds"
PAGES = 60
"""Pages turned while nobody reads: many times what the kernel keeps for a terminal."""
MEGABYTE = 1_000_000
PASTED = b"/\x1b[200~" + b"x" * 50 * MEGABYTE


class Attempt(NamedTuple):
    """What is tried of a browser of the archive at a path."""

    asked: str
    seconds: float
    """The limit; 0 where none is asked for."""
    do: Callable[[Path], tuple[float, int]]
    """Returns how many seconds what is waited for took, and the memory in bytes."""


@contextmanager
def _browser(
    archive: Path, *more: str, width: int = 120, height: int = 40, **variables: str
) -> Iterator[Terminal]:
    with tempfile.TemporaryDirectory() as home:
        arguments = [*more, "--archive", str(archive)]
        with Terminal(arguments, Path(home), width=width, height=height, **variables) as terminal:
            yield terminal


def _started(archive: Path, claim: tuple[int, int] | None = None, **variables: str) -> tuple[float, int]:
    """Seconds until the list is painted."""
    begun = time.monotonic()
    with _browser(archive, **variables) as terminal:
        if claim:
            terminal.claim(*claim)  # before it has looked
        terminal.wait_for("潍坊")
        return time.monotonic() - begun, terminal.memory


def _resized(archive: Path, width: int, height: int) -> tuple[float, int]:
    """Seconds until a window that grew to that size shows what was asked for in it."""
    with _browser(archive) as terminal:
        terminal.wait_for("潍坊").send("down", "enter").settle()
        begun = time.monotonic()
        terminal.claim(width, height)
        terminal.write(b"/zzz")
        terminal.wait_for("zzz")
        return time.monotonic() - begun, terminal.memory


def _unread(archive: Path, number: int | None, *more: str) -> tuple[float, int]:
    """Seconds from the signal, or from the last key, to the end, while nobody reads what is written."""
    with _browser(archive, *more, width=200, height=60) as terminal:
        terminal.wait_for("潍坊").send("down", "enter").settle()
        for _ in range(PAGES):
            terminal.write(b"\x1b[6~t")
            terminal.idle()
        memory, begun = terminal.memory, time.monotonic()
        if number is not None:
            os.kill(terminal.pid, number)
        terminal.wait_for_end(reading=False)
        return time.monotonic() - begun, memory


def _poured(archive: Path, data: bytes) -> tuple[float, int]:
    """Seconds from the last byte until keys behind it are heard."""
    with _browser(archive) as terminal:
        terminal.wait_for("潍坊").settle()
        terminal.pour(data)
        begun = time.monotonic()
        terminal.until(lambda: terminal.lines[0].endswith("0 处"), "what was kept of it")
        terminal.send("esc", "esc").write(b"?")
        terminal.wait_for("到处可用")
        return time.monotonic() - begun, terminal.memory


ATTEMPTS = (
    Attempt("a window of 120 × 40", 0, _started),
    Attempt("a window of 65,535 × 65,535 at the start", 0, lambda one: _started(one, (65_535, 65_535))),
    Attempt("the same, while it runs", 0, lambda one: _resized(one, 65_535, 65_535)),
    Attempt("a window of 10,000 × 1,000", 0, lambda one: _started(one, (10_000, 1_000))),
    Attempt("COLUMNS and LINES of 100,000", 0, lambda one: _started(one, COLUMNS="100000", LINES="100000")),
    Attempt("SIGTERM where nobody reads", 2, lambda one: _unread(one, signal.SIGTERM)),
    Attempt("SIGHUP where nobody reads", 2, lambda one: _unread(one, signal.SIGHUP)),
    Attempt("--idle 0.05 (3 s) where nobody reads", 5, lambda one: _unread(one, None, "--idle", "0.05")),
    Attempt("50 MB pasted without an end", 0, lambda one: _poured(one, PASTED)),
    Attempt("20,000 letters at once", 0, lambda one: _poured(one, b"/" + b"a" * 20_000)),
)


def main() -> None:
    """Print a table of all attempts."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "a.db"
        with Writer(archive) as writer:
            for _ in load(find([str(SEEDS)]), writer):
                pass
        print("| tried | seconds | limit | memory, MB |\n|---|---|---|---|")
        for one in ATTEMPTS:
            seconds, memory = one.do(archive)
            limit = f"{one.seconds:g}" if one.seconds else ""
            print(f"| {one.asked} | {seconds:.2f} | {limit} | {memory / MEGABYTE:.0f} |", flush=True)


if __name__ == "__main__":
    main()
