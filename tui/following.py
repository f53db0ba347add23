"""Follows folders: says which files came or changed and were then left alone for a moment.

watchfiles tells of changes. What it cannot be relied on for is done here: a folder that is removed and made
again is watched again and looked through, so is one that was moved in; where the system's limit of watches is
reached, the folders are looked through every second instead.
"""

from __future__ import annotations

import os
import stat
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from pathlib import Path, PurePath

import watchfiles

from loader.archive_file import FileId
from loader.read import find
from loader.read.find import leads_out, one_line, reason_to_pass

QUIET = 0.5
"""Seconds for which a file has to stay as it is before it is loaded."""
_STEP_MS = 100
"""How long the watcher waits before it tells of changes, or that there are none."""
_POLL_MS = 1000
"""Between two looks where the system does not tell."""
NO_FILE = "no plain file"

State = tuple[int, int]
"""Bytes of a file and when it changed, in nanoseconds."""
Changes = set[tuple[watchfiles.Change, str]]


class Following:
    """The files that came or changed in `folders`, batch after batch; now and then an empty batch.

    What is passed over, such as a pipe, is counted in `passed_over`; `say` takes a line about it.
    """

    def __init__(self, folders: Sequence[str], passed_over: Counter[str], say: Callable[[str], None]) -> None:
        self._folders, self._passed_over, self._say = folders, passed_over, say
        self._waiting: dict[str, tuple[State | None, float]] = {}
        """Files and folders that may still change: their state, and since when."""
        self._odd: set[str] = set()
        """What was said to be no plain file."""
        self._polls = False

    def __iter__(self) -> Iterator[list[str]]:
        """The first batch is empty and comes once nothing can be missed any more."""
        known = self._there()
        while True:
            with closing(self._changes([folder for folder, file in known.items() if file])) as told:
                for changes in told:
                    gone = self._take(changes)
                    now = self._there()
                    yield self._ready()
                    if gone or now != known:  # the watch of a folder ends with the folder
                        break
            for folder, file in now.items():
                if file and (file != known[folder] or folder in gone):
                    self._note(folder)
            known = now

    def _take(self, changes: Changes) -> set[str]:
        """Note what came or changed; returns the folders that went, perhaps to come again."""
        gone = set()
        for change, path in changes:
            if change == watchfiles.Change.deleted:
                gone |= {folder for folder in self._folders if path in _names_of(folder)}
            else:
                self._note(path)
        return gone

    def _there(self) -> dict[str, FileId | None]:
        """Which folder lies at each of the names, if one does."""
        return {folder: _folder_at(folder) for folder in self._folders}

    def _changes(self, folders: Sequence[str]) -> Generator[Changes, None, None]:
        """What changes in folders, or an empty set where nothing does for a moment."""
        while not folders:
            time.sleep(_STEP_MS / 1000)
            yield set()
        told = False
        try:
            with closing(self._watch(folders)) as batches:
                for changes in batches:
                    yield changes
                    told = True
        except (OSError, RuntimeError) as error:  # watchfiles' own error is a RuntimeError
            if self._polls or not all(map(os.path.isdir, folders)):
                time.sleep(_STEP_MS / 1000)
                yield set()  # it went while it was being watched: the next look tells
                return
            self._say(f"the system tells of no changes ({error}): looking through the folders every second")
            self._polls = True
            for folder in folders if told else ():  # what came with the error was not told
                self._note(folder)
            yield from self._watch(folders)

    def _watch(self, folders: Sequence[str]) -> Generator[Changes, None, None]:
        return watchfiles.watch(
            *folders,
            watch_filter=None,
            debounce=_STEP_MS,
            step=50,
            rust_timeout=_STEP_MS,
            yield_on_timeout=True,
            raise_interrupt=True,
            force_polling=self._polls or None,
            poll_delay_ms=_POLL_MS,
        )

    def _note(self, path: str) -> None:
        """Something came or changed: wait until it is left alone."""
        if self._is_hidden(path):
            return
        if Path(path).is_dir():
            self._waiting[path] = None, time.monotonic()  # looked through: once what comes with it is there
        elif not reason_to_pass(PurePath(path).name):
            self._waiting[path] = _state(path), time.monotonic()

    def _is_hidden(self, path: str) -> bool:
        parts = PurePath(os.path.relpath(path, top_of(path, self._folders))).parts
        return any(part.startswith(".") for part in parts if part not in (".", ".."))

    def _ready(self) -> list[str]:
        """The files that were left alone for long enough, by name."""
        now = time.monotonic()
        ready = []
        for path, (before, since) in list(self._waiting.items()):
            state = _state(path)
            if state != before and before is not None:
                self._waiting[path] = state, now
            elif now - since >= QUIET:
                del self._waiting[path]
                ready += self._files(path)
        return sorted(set(ready))

    def _files(self, path: str) -> list[str]:
        """A plain file, or those that a folder has in it; anything else is passed over and said."""
        try:
            mode = Path(path).stat().st_mode
        except OSError:
            return []  # gone by now
        if leads_out(path, os.path.realpath(top_of(path, self._folders))):
            return [path]  # it is passed over where it is loaded, and counted there
        if stat.S_ISDIR(mode):
            inside = find([path], self._passed_over, within=top_of(path, self._folders))
            return [one.path for one in inside if one.error is None]
        if stat.S_ISREG(mode):
            self._odd.discard(path)
            return [path]
        if path not in self._odd:
            self._odd.add(path)
            self._passed_over[NO_FILE] += 1
            self._say(f"passed over: {one_line(path)}: {NO_FILE}")
        return []


def top_of(path: str, folders: Sequence[str]) -> str:
    """Which of the folders a path that the watcher gave lies in, by the name that the path begins with."""
    tops = [name for folder in folders for name in _names_of(folder)]
    path = os.path.abspath(path)  # noqa: PTH100
    return next((top for top in tops if PurePath(path).is_relative_to(top)), tops[0])


def _names_of(folder: str) -> tuple[str, str]:
    return os.path.abspath(folder), os.path.realpath(folder)  # noqa: PTH100


def _folder_at(name: str) -> FileId | None:
    try:
        status = Path(name).stat()
    except OSError:
        return None
    return (status.st_dev, status.st_ino) if stat.S_ISDIR(status.st_mode) else None


def _state(path: str) -> State | None:
    """What changes when the file does; nothing where it is gone."""
    try:
        status = Path(path).stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns
