"""Runs the command line in processes of their own, forked from this one, which has imported everything.

A fork costs milliseconds where a new Python costs half a second. Each may be killed at an exact point: before
its n-th call into SQLite or the operating system.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

_WATCHED = ("sqlite3", "posix", "_io")
"""Modules whose calls are counted."""


class Result(NamedTuple):
    """How a process ended."""

    code: int | None
    """Its exit code; `None` if it was killed."""
    out: str
    err: str
    calls: int
    """Calls counted, where a process was to be killed and was not; else 0."""


class Process:
    """A command that is running."""

    def __init__(self, job: Callable[[], int], folder: Path, stdin: bytes = b"", kill_at: int | None = None):
        self._files = [folder / f"{name}-{id(self)}" for name in ("in", "out", "err", "calls")]
        self._files[0].write_bytes(stdin)
        sys.stdout.flush()
        sys.stderr.flush()
        self._pid = os.fork()
        if not self._pid:
            self._be(job, kill_at)

    def _be(self, job: Callable[[], int], kill_at: int | None) -> None:
        code = 99
        try:
            os.setsid()
            gc.disable()  # it would copy what is shared with this process
            for number, path in enumerate(self._files[:3]):
                opened = os.open(path, os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
                os.dup2(opened, number)
                os.close(opened)
            sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
            sys.stdout = open(1, "w", encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
            sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
            counter = None if kill_at is None else _Counter(kill_at)
            if counter:
                sys.setprofile(counter)
            code = job()
            if counter:
                sys.setprofile(None)
                self._files[3].write_text(str(counter.calls))
            sys.stdout.flush()
            sys.stderr.flush()
        except BaseException:
            os.write(2, traceback.format_exc().encode())
        finally:
            os._exit(code)

    def wait(self) -> Result:
        """Wait for its end."""
        _, status = os.waitpid(self._pid, 0)
        code = None if os.WIFSIGNALED(status) else os.waitstatus_to_exitcode(status)
        out, err, calls = (path.read_text("utf-8") if path.exists() else "" for path in self._files[1:])
        for path in self._files:
            path.unlink(missing_ok=True)
        return Result(code, out, err, int(calls or 0))


class _Counter:
    """A profile function that kills the process before a call."""

    def __init__(self, kill_at: int) -> None:
        self.calls = 0
        self._kill_at = kill_at

    def __call__(self, _frame: FrameType, event: str, called: Any) -> None:
        if event == "c_call" and _module(called).startswith(_WATCHED):
            self.calls += 1
            if self.calls == self._kill_at:
                os.kill(os.getpid(), signal.SIGKILL)


def _module(called: Any) -> str:
    found = getattr(called, "__module__", None) or type(getattr(called, "__self__", None)).__module__
    return str(found)


def command(arguments: Sequence[str]) -> Callable[[], int]:
    """The command line with these arguments, as a job."""

    def job() -> int:
        from tui.cli import run

        return run(list(arguments))

    return job
