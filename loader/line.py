"""The files of a load: in which order, which of them have to be read, and by which process.

What may come in: files as they are found. Each is hashed here, once while it stays as it is. What the archive
does not hold yet waits for its turn, and meanwhile a few of those that wait are read by other processes, once
there are enough of them to be worth the start. Nothing but their names and hashes is kept of those that wait.
"""

from __future__ import annotations

import hashlib
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from loader.archive.rehearsal import Rehearsal
from loader.archive.writer import Writer
from loader.awaited import Awaited
from loader.layout import source_key
from loader.model import SourceError
from loader.prepare import Item, Not, items
from loader.read import Found
from loader.read.find import one_line
from loader.worker import Task
from loader.workers import Workers, fits, usual_jobs

STDIN = "-"
WORTH_BYTES = 400_000
"""So much has to be read before processes are started unasked: they take about a second to start."""
_ALONE_BYTES = 32_000_000
"""A longer file is read in this process: several of them at once would need much memory."""
_TRIES = 5
"""Times that a file is read again, since it changes meanwhile, before it is refused."""
_LOOKED_AHEAD = 500
"""Files that wait at most, those included of which there is nothing to do."""

InHand = Callable[[str, str, str], object]
"""Given path, key and hash: something true where the archive holds the source as it is."""


class Seen(NamedTuple):
    """A file as it was read once."""

    state: object
    """As `state_of` gives it."""
    sha256: str
    size: int
    """Bytes."""


@dataclass(slots=True)
class Waiting:
    """A file that waits for its turn."""

    path: str
    key: str = ""
    sha256: str = ""
    """Of its bytes; empty where it cannot be read."""
    size: int = 0
    """Bytes."""
    new: bool = False
    """There is something to do."""
    task: Task | None = None
    """What another process may be given to do."""
    read: Callable[[], Iterator[Item]] = lambda: iter(())
    """What it holds; to be asked once, at its turn."""
    latest: Callable[[Callable[[], Iterator[Item]]], Iterator[Item]] = lambda read: read()
    """What a way to read it gives, or what it holds by now."""
    again: Callable[[], Iterator[Item]] = lambda: iter(())
    """What it holds, read in this process; may be asked again and again."""


def key_of(path: str) -> str:
    """What the archive calls a file by: its path, with links followed."""
    return source_key(str(Path(path).resolve()))


def state_of(path: str) -> object:
    """What changes when a file does."""
    try:
        status = os.stat(path)  # noqa: PTH116 - a `Path` may raise
    except (OSError, ValueError):
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


class Line:
    """The files as their turn comes; a context manager that ends the processes it started."""

    def __init__(
        self,
        found: Iterable[Found],
        in_hand: InHand,
        writer: Writer | Rehearsal,
        text_field: str | None,
        jobs: int | None,
        awaited: Awaited,
    ) -> None:
        self._found, self._in_hand, self._writer, self._text_field = found, in_hand, writer, text_field
        self._jobs, self._awaited = jobs, awaited
        self._seen: dict[str, Seen] = {}
        """What was read to put the files in order, by their paths."""
        self._stack = ExitStack()
        self._stack.callback(awaited.close)

    def __enter__(self) -> Line:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def __iter__(self) -> Iterator[Waiting]:
        """Each file at its turn; what it holds is to be read before the next one is asked for."""
        coming = (self._waiting(number, one) for number, one in enumerate(self._in_order(), 1))
        if self._jobs == 1:
            yield from coming
            return
        head: list[Waiting] = []
        for one in coming:
            head.append(one)
            if self._worth(head):
                yield from self._with_workers(chain(head, coming))
                return
            if not any(other.new for other in head) or len(head) == _LOOKED_AHEAD:
                yield from head
                head = []
        yield from head

    def _in_order(self) -> Iterator[Found]:
        """Files whose bytes the archive has, then others at paths that it knows, then the rest.

        So what was moved, if only to where another file was, has its new name before something else takes
        the old one, and what was copied after an edit, or went into another file, comes when the old name
        has been read: the id goes on there, or is free by then for the text that left. For that, of known
        paths those come first that alone hold what they held. Those that hold it together are read one after
        another: what one of them says no more is first for those that still do, then for a third one.
        """
        if not self._writer.has_sources:
            yield from self._found
        else:  # all of them first: what is read may let go of what the next one holds
            yield from sorted(self._found, key=self._rank)

    def _rank(self, found: Found) -> tuple[float, int]:
        if self._is_held(found):
            return 0.0, 0
        with suppress(OSError, ValueError, RuntimeError):  # why it cannot be read is said at its turn
            key = key_of(found.path) if found.path != STDIN else None
            if key is not None and self._writer.sources(key):
                copied, first = self._writer.copied(key)
                return 1.0 + copied, first
        return 3.0, 0

    def _is_held(self, found: Found) -> bool:
        # a pipe can be read but once; to close the archive would end SQLite's locks on it
        if not os.path.isfile(found.path) or self._is_archive(found.path):  # noqa: PTH113 - a `Path` may raise
            return False
        with suppress(SourceError):
            seen = self._seen[found.path] = self._look(found, state_of(found.path))[0]
            return self._writer.has_bytes(seen.sha256)
        return False

    def _look(self, found: Found, state: object) -> tuple[Seen, bytes]:
        """What a file is, by its bytes, which come with it; raises `SourceError`."""
        raw = self._bytes(found)
        return Seen(state, hashlib.sha256(raw).hexdigest(), len(raw)), raw

    def _worth(self, head: list[Waiting]) -> bool:
        """Whether there is enough to do for processes to be started."""
        sizes = [one.size for one in head if one.task]
        return len(sizes) > 1 and (self._jobs is not None or sum(sizes) >= WORTH_BYTES)

    def _with_workers(self, coming: Iterable[Waiting]) -> Iterator[Waiting]:
        workers = self._stack.enter_context(
            Workers(self._jobs or usual_jobs(), self._writer.pairs, self._text_field)
        )
        ahead: deque[Waiting] = deque()
        for one in coming:
            if one.task:
                while workers.full:
                    yield ahead.popleft()
                workers.hand(one.task)
                one.read = partial(one.latest, self._by(workers, one.task))
            elif len(ahead) >= _LOOKED_AHEAD:
                yield ahead.popleft()
            ahead.append(one)
        yield from ahead

    def _waiting(self, number: int, found: Found) -> Waiting:
        try:
            if self._is_archive(found.path):  # closing it would end SQLite's locks on it
                raise SourceError(f"{one_line(found.path)}: it is the archive that is written")
            before, raw = state_of(found.path), None
            seen = self._seen.pop(found.path, None)
            if seen is None or seen.state != before:
                seen, raw = self._look(found, before)
        except SourceError as error:
            refused = Not(found.path, str(error))
            return Waiting(found.path, read=lambda: iter((refused,)), again=lambda: iter((refused,)))
        _, sha256, size = seen
        # what comes through a pipe has no name: its bytes are its name
        key = f"{STDIN}{sha256[:16]}" if found.path == STDIN else key_of(found.path)
        one = Waiting(found.path, key, sha256, size, not self._in_hand(found.path, key, sha256))
        # what is no plain file can be read but once
        again = found.path != STDIN and os.path.isfile(found.path)  # noqa: PTH113 - a `Path` may raise
        here = self._here(found, key, None if again else raw)
        one.read = one.again = here
        if again:
            one.latest = partial(self._latest, found, here, before)
            one.read = one.again = partial(one.latest, here)
        if again and one.new and size < _ALONE_BYTES:
            task = Task(number, found.path, key, self._known(key), found.within)
            one.task = task if fits(task) else None
        return one

    def _is_archive(self, path: str) -> bool:
        try:
            return path != STDIN and self._writer.path.samefile(path)
        except OSError:
            return False

    def _latest(
        self,
        found: Found,
        here: Callable[[], Iterator[Item]],
        before: object,
        read: Callable[[], Iterator[Item]],
    ) -> Iterator[Item]:
        """What `read` gives of a file, read again `here` where it was changed since `before`.

        Others may have loaded by now what it holds by now, and what was read before must not undo that.
        """
        for _ in range(_TRIES):
            reading = read()
            for item in reading:
                if state_of(found.path) not in (before, None):  # what is gone was read before
                    deque(reading, maxlen=0)
                    break
                yield item
            else:
                return
            read, before = here, state_of(found.path)
        yield Not(
            found.path, f"{one_line(found.path)}: it changes while it is read; load it when that is over"
        )

    def _here(self, found: Found, key: str, raw: bytes | None) -> Callable[[], Iterator[Item]]:
        """Read in this process."""

        def read() -> Iterator[Item]:
            try:
                held = self._bytes(found) if raw is None else raw
            except SourceError as error:
                yield Not(found.path, str(error))
                return
            known, fold = self._known(key), self._writer.fold
            yield from self._awaited.each(items(held, found.path, key, known, self._text_field, fold))

        return read

    def _bytes(self, found: Found) -> bytes:
        return (self._awaited.here if found.path == STDIN else self._awaited.of)(found.read)

    def _known(self, key: str) -> dict[str, str]:
        """What need not be parsed: the members of a container that the archive holds as they are."""
        return {
            member: sha256
            for member, sha256 in self._writer.members(key).items()
            if self._in_hand(member, member, sha256)
        }

    def _by(self, workers: Workers, task: Task) -> Callable[[], Iterator[Item]]:
        """Read by another process."""
        return lambda: self._awaited.each(workers.items(task))
