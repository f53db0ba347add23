"""A real pseudo-terminal with the program in it and a screen (pyte) that reads what it draws.

What may come in: a command and its environment, a size in cells. `send` types, `settle` waits until the
program has been at rest for a while, `lines` is what a person sees; `written` counts bytes, `frames` tells
where each frame begins and ends: the terminal says that it knows synchronized output (DEC mode 2026).

At rest is more than silent: on a busy machine a program is silent because it waits for a processor. So no
thread of it may be running or ready to run (Linux tells, in /proc), and time counts only in slices in which
this process ran too.
"""

from __future__ import annotations

import codecs
import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pyte
from wcwidth import wcwidth

ROOT = Path(__file__).parent.parent
KEYS = {"enter": "\r", "esc": "\x1b", "tab": "\t", "up": "\x1b[A", "down": "\x1b[B", "pgdn": "\x1b[6~"}

SYNC_ASKED, SYNC_KNOWN = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
FRAME_BEGINS, FRAME_ENDS = b"\x1b[?2026h", b"\x1b[?2026l"

SLICE = 0.02
"""Seconds between two looks at a program that is to come to rest."""
AT_WORK = frozenset("RD")
"""The kernel's letters of a thread that runs, waits for a processor, or waits for a disk."""
ALONE = 0.25
"""Seconds behind Esc: only what comes well over Textual's 0.1 seconds later is not one key with it."""
LIMIT = 60.0
"""Seconds after which what is waited for never comes; a busy machine is slow, not broken."""


class Frame(NamedTuple):
    """What was written between the marks of one frame."""

    size: int
    """Bytes, the marks included."""
    cursor: tuple[int, int]
    """Column and row, from 0, of the terminal's cursor when it ended."""


class Terminal:
    """The program in a pseudo-terminal of `width` by `height` cells; a context manager.

    It speaks `charset`. With `shell` the terminal is bash's, which runs that script; in it `"$@"` is the
    program. `host` is the process at the other end of a line, if any: it and what it starts belong to the
    program.
    """

    def __init__(
        self,
        args: Sequence[str],
        home: Path,
        *,
        width: int = 80,
        height: int = 24,
        shell: str = "",
        host: int | None = None,
        charset: str = "utf-8",
        **variables: str,
    ) -> None:
        self._plain = charset == "utf-8"
        self._decode = codecs.getincrementaldecoder(charset)("strict").decode
        self.screen = pyte.Screen(width, height)
        self._stream = pyte.ByteStream(self.screen)
        self.written = 0
        self.raw = b""
        self.frames: list[Frame] = []
        self._fed = 0
        self.exit_code: int | None = None
        self._host = host
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            _set_size(0, width, height)
            signal.signal(signal.SIGHUP, signal.SIG_DFL)  # whoever began the tests may have ignored it
            self._become(args, home, shell, variables)

    @staticmethod
    def _become(args: Sequence[str], home: Path, shell: str, variables: dict[str, str]) -> None:
        env = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(ROOT),
            **variables,
        }
        script = "from tui.cli import main; main()"
        command = [sys.executable, "-c", script, *args]
        if shell:
            command = ["bash", "-c", shell, "bash", *command]
        os.execvpe(command[0], command, env)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        if self.exit_code is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        if self._fd >= 0:
            os.close(self._fd)

    def resize(self, width: int, height: int) -> None:
        """Change the size; the program is told as a terminal would tell it."""
        _set_size(self._fd, width, height)
        self.screen.resize(height, width)

    def claim(self, width: int, height: int) -> None:
        """Tell the program a size, however large; what is seen here is what the screen had room for."""
        _set_size(self._fd, width, height)

    def send(self, *keys: str) -> Terminal:
        """Type keys, by name (see KEYS) or as text, as a person does: with a moment between them."""
        for key in keys:
            os.write(self._fd, KEYS.get(key, key).encode())
            self.settle(quiet=ALONE if key == "esc" else 0.1)
        return self

    def write(self, data: bytes) -> None:
        """Send bytes as they are, without waiting."""
        os.write(self._fd, data)

    def pour(self, data: bytes) -> None:
        """Send bytes of any number, reading what comes meanwhile, or both sides would wait for each other."""
        while data:
            _, writable, _ = select.select([], [self._fd], [], 0.01)
            data = data[os.write(self._fd, data[:1024]) :] if writable else data
            self._read(0)

    def hang_up(self) -> None:
        """Drop the line: nothing can be read or written any more."""
        os.close(self._fd)
        self._fd = -1

    def settle(self, quiet: float = 0.3, limit: float = LIMIT) -> Terminal:
        """Read until the program was at rest for `quiet` seconds; gives up after `limit` seconds."""
        end = time.monotonic() + limit
        rested = 0.0
        while rested < quiet and time.monotonic() < end:
            rested = 0.0 if self._read(SLICE) or self._at_work() else rested + SLICE
        return self

    def wait_for(self, *texts: str, limit: float = LIMIT) -> Terminal:
        """Read until all `texts` stand on the screen; raises `AssertionError` if they never do."""
        return self.until(lambda: all(text in self.text for text in texts), " and ".join(texts), limit)

    def until(self, holds: Callable[[], object], what: str, limit: float = LIMIT) -> Terminal:
        """Read until `holds`, however slow the machine; raises `AssertionError` if it never does."""
        end = time.monotonic() + limit
        while not holds():
            if time.monotonic() > end:
                raise AssertionError(f"never came: {what}\n{self.text}")
            self._read(0.1)
        return self.settle(quiet=0.15)

    def idle(self, limit: float = LIMIT) -> Terminal:
        """Wait until the program is at rest, or stuck, without reading what it writes."""
        end = time.monotonic() + limit
        while time.monotonic() < end:
            time.sleep(SLICE / 4)
            if not self._at_work():
                break
        return self

    def scribble(self, text: str) -> Terminal:
        """Have something else write to the terminal."""
        self._stream.feed(b"\x1b[12;20H" + text.encode())
        return self

    def wait_for_end(self, limit: float = LIMIT, *, reading: bool = True) -> int:
        """Wait until the program has left, reading what it writes; returns its exit code."""
        end = time.monotonic() + limit
        while self.exit_code is None and time.monotonic() < end:
            if self._fd < 0 or not reading:
                time.sleep(0.1)
            else:
                self._read(0.1)
            if self.ended:
                break
        assert self.exit_code is not None, f"still running:\n{self.text}"
        return self.exit_code

    @property
    def ended(self) -> bool:
        """Whether the program has left."""
        if self.exit_code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.exit_code = os.waitstatus_to_exitcode(status)
        return self.exit_code is not None

    def _at_work(self) -> bool:
        """Whether a thread of the program, or of what it started, runs or would if there were room."""
        roots = [self.pid] if self._host is None else [self.pid, self._host]
        return any(letter in AT_WORK for pid in roots for letter in _letters(pid))

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._fd], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self._fd, 65536)
        except OSError:  # Linux's way of saying that the other end is closed
            return False
        known = self.raw.count(SYNC_ASKED)
        self.written += len(data)
        data = data if self._plain else self._decode(data).encode()
        self.raw += data
        for _ in range(self.raw.count(SYNC_ASKED) - known):
            os.write(self._fd, SYNC_KNOWN)
        self._feed()
        return bool(data)

    def _feed(self) -> None:
        """Show what was read, frame by frame."""
        while (end := self.raw.find(FRAME_ENDS, max(0, self._fed - len(FRAME_ENDS) + 1))) >= 0:
            stop = end + len(FRAME_ENDS)
            self._stream.feed(self.raw[self._fed : stop])
            self._fed = stop
            size = stop - self.raw.rfind(FRAME_BEGINS, 0, end)
            self.frames.append(Frame(size, self.caret))
        self._stream.feed(self.raw[self._fed :])
        self._fed = len(self.raw)

    @property
    def state(self) -> str:
        """How the program is, by the kernel's letter: T stopped, S asleep, R running."""
        return Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[0]

    @property
    def memory(self) -> int:
        """Bytes of memory that the program has by now had at once, at most."""
        return memory_of(self.pid)

    @property
    def waited(self) -> float:
        """Seconds for which threads of the program, or the whole machine, waited for a processor so far."""
        threads = Path(f"/proc/{self.pid}/task").glob("*")
        queued = sum(int((thread / "schedstat").read_text().split()[1]) for thread in threads)
        stolen = int(Path("/proc/stat").read_text().split()[8])
        return queued / 1e9 + stolen / os.sysconf("SC_CLK_TCK")

    @property
    def modes(self) -> dict[int, bool]:
        """The private modes (DECSET) that were ever set or reset, and whether they are on."""
        told = re.findall(rb"\x1b\[\?(\d+)([hl])", self.raw)
        return {int(mode): how == b"h" for mode, how in told}

    @property
    def cooked(self) -> bool:
        """Whether the line is edited and echoed by the kernel, as a shell leaves it to a program."""
        flags = termios.tcgetattr(self._fd)[3]
        return bool(flags & termios.ICANON and flags & termios.ECHO and flags & termios.ISIG)

    @property
    def sane(self) -> bool:
        """Whether the terminal is as it was before the program came."""
        on = {mode for mode, is_on in self.modes.items() if is_on}
        return self.cooked and on == {7, 25}

    @property
    def caret(self) -> tuple[int, int]:
        """Column and row of the terminal's cursor, from 0."""
        return self.screen.cursor.x, self.screen.cursor.y

    @property
    def lines(self) -> list[str]:
        """The rows of the screen, blanks at the end taken off."""
        rows = (self.screen.buffer[y] for y in range(self.screen.lines))
        return [_row(row, self.screen.columns) for row in rows]

    @property
    def text(self) -> str:
        """The whole screen."""
        return "\n".join(self.lines)


def memory_of(pid: int) -> int:
    """Bytes of memory that a process has by now had at once, at most."""
    status = Path(f"/proc/{pid}/status").read_text()
    return 1024 * int(status.partition("VmHWM:")[2].split()[0])


def _letters(pid: int) -> Iterator[str]:
    """The kernel's letter of each thread of a process and of its children; none of one that has ended."""
    for thread in Path(f"/proc/{pid}/task").glob("*"):
        with contextlib.suppress(OSError):  # it may end while it is looked at
            yield (thread / "stat").read_text().rpartition(")")[2].split()[0]
            for child in (thread / "children").read_text().split():
                yield from _letters(int(child))


def _row(row: Mapping[int, pyte.screens.Char], columns: int) -> str:
    """One row as text. The cell behind a wide character is empty, and so is half of one overwritten."""
    text = ""
    behind = False
    for x in range(columns):
        data = row[x].data
        text += data or ("" if behind else " ")
        behind = wcwidth(data[0]) == 2 if data else False
    return text.rstrip()


def _set_size(fd: int, width: int, height: int) -> None:
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
