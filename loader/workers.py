"""The processes that read and parse, as the loader sees them: tasks in, their items out in the same order.

What may come in: tasks, a few more than there are processes. Each process has a pipe of tasks and one of
items. Items are taken in the order of the tasks; who is ahead waits at its full pipe, so memory is bounded.
Processes are started with a new Python, never forked, and do not hear Ctrl-C: their parent ends them.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Iterator
from typing import Any

from loader.prepare import Item, Not
from loader.read.find import one_line
from loader.wire import item_of, packed, received, send
from loader.worker import NOTE_BYTES, Setup, Task

MOST = 6
"""More processes than this are not started unless asked for: one writer cannot keep up with them."""
WAITING = 4
"""Tasks a process holds at most, the one at hand counted."""
MOST_TASK = 8_000
"""Bytes of a task: those that wait fit into a pipe, so handing them over never blocks."""


def usual_jobs() -> int:
    """How many processes to start where nobody says: one a core."""
    return max(1, min(os.cpu_count() or 1, MOST))


def fits(task: Task) -> bool:
    """Whether a task is small enough to be handed over."""
    return len(packed(task)) <= MOST_TASK


class Workers:
    """So many processes; a context manager that ends them."""

    def __init__(self, count: int, pairs: str, text_field: str | None) -> None:
        self._setup = pairs, text_field
        self._processes = [_Process(pairs, text_field) for _ in range(count)]
        self._lost: dict[int, str] = {}
        """Tasks that a process died of while others were waited for, and why."""
        self._ended = False

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self._ended = True
        for one in self._processes:
            one.end()

    @property
    def full(self) -> bool:
        """Whether another task would have to wait for one to be taken."""
        return all(len(one.tasks) >= WAITING for one in self._processes)

    def hand(self, task: Task) -> None:
        """Give a task to the process with the least to do."""
        min(self._processes, key=lambda one: len(one.tasks)).hand(task)

    def items(self, task: Task) -> Iterator[Item]:
        """The items of `task`, the first one handed over of those not yet taken.

        A process that dies of it leaves a `Not` in place of what was to come.
        """
        taken = 0
        while task.number not in self._lost:
            process = next(one for one in self._processes if task in one.tasks)
            for nth, item in enumerate(process.received(), 1):
                if item is None:
                    process.tasks.remove(task)
                    return
                if nth > taken:  # else it came once before, from a process that died
                    taken = nth
                    yield item
            if self._ended:  # by Ctrl-C, while another thread waited
                return
            self._replace(process, task)
        yield Not(task.path, self._lost.pop(task.number))

    def _replace(self, dead: _Process, awaited: Task) -> None:
        """A process died: what it had at hand is lost, the rest goes to a new one."""
        how = dead.how_it_ended()
        noted = dead.noted()
        lost = next((task for task in dead.tasks if task.number == noted), awaited)
        self._lost[lost.number] = (
            f"{one_line(lost.path)}: the process that read it {how}; load it again, or with --jobs 1"
        )
        new = _Process(*self._setup)
        for task in dead.tasks:
            if task is not lost:
                new.hand(task)
        dead.end()
        self._processes[self._processes.index(dead)] = new


class _Process:
    """One process and the tasks it holds."""

    def __init__(self, pairs: str, text_field: str | None) -> None:
        self.tasks: deque[Task] = deque()
        self._note = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the process runs
        # a blocked signal stays blocked in what is started: Ctrl-C at the terminal is the parent's alone
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            self._popen = subprocess.Popen(
                [sys.executable, "-c", "from loader.worker import main; main()"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                pass_fds=[self._note.fileno()],
                env={**os.environ, "PYTHONPATH": os.pathsep.join(map(os.path.abspath, sys.path))},
            )
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        self._send(Setup(pairs, text_field, self._note.fileno()))

    def hand(self, task: Task) -> None:
        """Give it one more task."""
        self.tasks.append(task)
        self._send(task)

    def received(self) -> Iterator[Item | None]:
        """Items as they come, `None` behind the last of each task; ends where the process has ended."""
        stream: Any = self._popen.stdout
        while True:
            try:
                item = item_of(received(stream))
            except (EOFError, OSError, ValueError):  # the last when it died while writing one
                return
            yield item

    def noted(self) -> int:
        """The number of the task it began last, 0 if none."""
        return int.from_bytes(os.pread(self._note.fileno(), NOTE_BYTES, 0), "big")

    def how_it_ended(self) -> str:
        """In a few words, once it did."""
        code = self._popen.wait()
        return f"was killed (signal {-code})" if code < 0 else f"ended (exit code {code})"

    def end(self) -> None:
        """End it if it still runs."""
        self._popen.kill()
        self._popen.wait()
        for stream in (self._popen.stdin, self._popen.stdout, self._note):
            try:
                if stream:
                    stream.close()
            except OSError:  # what was not sent to a process that is gone
                continue

    def _send(self, what: Setup | Task) -> None:
        stream: Any = self._popen.stdin
        try:
            send(stream, packed(what))
        except OSError:
            return  # it is gone: whoever waits for its items will find out
