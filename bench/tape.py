"""A program in a pseudo-terminal that is typed at by the clock, and what it wrote by the clock.

What comes in is a command and keys with pauses; out comes every chunk it wrote with its time, so that the
screen can be played back at leisure: nothing is drawn while time is taken. The terminal says that it knows
synchronized output (DEC mode 2026), whose marks delimit frames.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pyte

ASKED, KNOWN = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
FRAME_ENDS = b"\x1b[?2026l"
BROWSER = "from tui.cli import main; main()"
BARE = "import sys; from bench.bare import main; main(sys.argv[1:])"

Look = tuple[tuple[tuple[str, str, bool, bool], ...], ...]
"""Rows of cells: character, colour, bold, underlined."""


class Frame(NamedTuple):
    """What stood on the screen when a frame ended."""

    at: float
    lines: tuple[str, ...]
    look: Look


class Tape:
    """The program running; a context manager that ends it."""

    def __init__(self, program: str, arguments: Sequence[str], home: Path, size: tuple[int, int]) -> None:
        self.size = size
        self.chunks: list[tuple[float, bytes]] = []
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
            env = {"PATH": os.environ["PATH"], "HOME": str(home), "TERM": "xterm-256color", "LANG": "C.UTF-8"}
            env["PYTHONPATH"] = str(Path(__file__).parent.parent)
            os.execve(sys.executable, [sys.executable, "-c", program, *arguments], env)

    def __enter__(self) -> Tape:
        return self

    def __exit__(self, *_: object) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._fd)

    def settle(self, quiet: float, limit: float = 60.0) -> None:
        """Record until nothing came for `quiet` seconds."""
        end = time.monotonic() + limit
        while time.monotonic() < end and self._record(time.monotonic() + quiet):
            pass

    def type(self, keys: Sequence[str], pause: float) -> list[float]:
        """Write key after key, so many seconds apart by the clock; returns when each was written."""
        due = time.monotonic()
        written = []
        for key in keys:
            while self._record(due):
                pass
            written.append(time.monotonic())
            os.write(self._fd, key.encode())
            due += pause
        while self._record(due):
            pass
        return written

    def _record(self, until: float) -> bool:
        """Take what comes next before `until`; whether something came."""
        ready, _, _ = select.select([self._fd], [], [], max(0.0, until - time.monotonic()))
        if not ready:
            return False
        data = os.read(self._fd, 65536)
        self.chunks.append((time.monotonic(), data))
        if ASKED in data:
            os.write(self._fd, KNOWN)
        return True

    def frames(self) -> Iterator[Frame]:
        """All frames so far, played back."""
        screen = pyte.Screen(*self.size)
        stream = pyte.ByteStream(screen)
        rest = b""
        for at, data in self.chunks:
            rest += data
            while (end := rest.find(FRAME_ENDS)) >= 0:
                stop = end + len(FRAME_ENDS)
                stream.feed(rest[:stop])
                rest = rest[stop:]
                yield Frame(at, tuple(line.rstrip() for line in screen.display), _look(screen))


def _look(screen: pyte.Screen) -> Look:
    rows = (screen.buffer[y] for y in range(screen.lines))
    return tuple(tuple(_cell(row[x]) for x in range(screen.columns)) for row in rows)


def _cell(char: pyte.screens.Char) -> tuple[str, str, bool, bool]:
    if char.data == " " and not char.underscore:
        return " ", "", False, False  # nobody sees the colour of a blank
    return char.data, char.fg, char.bold, char.underscore
