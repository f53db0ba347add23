"""A process that reads and parses for the loader: tasks in, what is to be stored out, until no task comes.

What may come in, on standard input: a `Setup`, then `Task`s, from the process that started this one (`wire`).
What goes out, on standard output: for each task its items and `None` behind the last. A few are made ahead;
then it waits until they are taken. Its parent's end ends it, for nothing comes and nothing is taken any more.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from queue import SimpleQueue
from threading import BoundedSemaphore, Thread
from typing import BinaryIO, NamedTuple

from loader.model import SourceError
from loader.prepare import Item, Not, items
from loader.read import Found
from loader.text import Fold
from loader.wire import packed_item, received, send

AHEAD = 3
"""Items made before the first of them is taken: enough while the writer commits."""
NOTE_BYTES = 8


class Setup(NamedTuple):
    """What holds for all tasks."""

    pairs: str
    """Traditional and Simplified, as `Fold` takes them."""
    text_field: str | None
    note: int
    """The file descriptor of the note: the number of the task at hand, for whoever asks what killed us."""


class Task(NamedTuple):
    """A file to read, the key it has in the archive, and the hashes of what the archive holds of it."""

    number: int
    path: str
    key: str
    known: dict[str, str]
    within: str | None
    """The folder out of which the path may not lead (see `Found`)."""


def main() -> None:
    """Work until standard input ends."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no item
    sender = _Sender(out)
    setup = Setup(*received(sys.stdin.buffer))
    fold = Fold(setup.pairs)
    while (task := _next()) is not None:
        os.pwrite(setup.note, task.number.to_bytes(NOTE_BYTES, "big"), 0)
        for item in _work(task, fold, setup.text_field):
            sender.put(item)
        sender.put(None)
    sender.finish()


def _next() -> Task | None:
    try:
        return Task(*received(sys.stdin.buffer))
    except EOFError:
        return None


def _work(task: Task, fold: Fold, text_field: str | None) -> Iterator[Item]:
    try:
        raw = Found(task.path, within=task.within).read()
    except SourceError as error:
        yield Not(task.path, str(error))
        return
    yield from items(raw, task.path, task.key, task.known, text_field, fold)


class _Sender:
    """Writes items from a thread of its own, so that the next one is made meanwhile."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._room = BoundedSemaphore(AHEAD)
        self._items: SimpleQueue[bytes | None] = SimpleQueue()
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def put(self, item: Item | None) -> None:
        """Send an item, waiting while too many wait."""
        self._room.acquire()
        self._items.put(packed_item(item))

    def finish(self) -> None:
        """Wait until all is sent."""
        self._items.put(None)
        self._thread.join()

    def _run(self) -> None:
        try:
            while (item := self._items.get()) is not None:
                send(self._out, item)
                self._room.release()
        except OSError:  # nobody reads any more: the loader has ended
            os._exit(1)
