"""`load --watch`: follows folders and loads what comes or changes, until Ctrl-C.

What may come in: names of folders. A file is loaded when it was left alone for a moment, so none is read
while it is being written; what vanishes stays in the archive. The archive is opened for each load and
closed again: others may write it between.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path, PurePath

import click

from loader.corrections import Values
from loader.load import Done
from loader.read import Found, find
from loader.read.find import leads_out, reason_to_pass
from tui.interrupt import Interrupt
from tui.loading import Tally, cannot_tell, load_all
from tui.telling import warn

QUIET = 0.5
"""Seconds for which a file has to stay as it is before it is loaded."""
_STEP_MS = 100
"""How long the watcher waits before it tells of changes, or that there are none."""

State = tuple[int, int]
"""Bytes of a file and when it changed, in nanoseconds."""


def watch_folders(
    paths: Sequence[str],
    archive: Path,
    *,
    as_json: bool,
    corrections: Values,
    text_field: str | None,
    jobs: int | None,
) -> int:
    """Load `paths`, then what comes into them; returns the exit code once Ctrl-C came.

    Raises `StoreError` where the archive fails, `click.UsageError` for what is no folder.
    """
    for path in paths:
        if not os.path.isdir(path):  # noqa: PTH112 - a `Path` raises where a name is too long
            raise click.UsageError(f"{path} is no folder: --watch follows folders")
    begun = time.monotonic()
    tally = Tally(as_json, closing_table=False)
    passed_over: Counter[str] = Counter()
    done = Done()

    def load(found: Iterable[Found], interrupt: Interrupt) -> None:
        batches = load_all(
            list(found),
            archive,
            quiet=True,
            corrections=corrections,
            text_field=text_field,
            jobs=jobs,
            done=done,
        )
        with closing(batches):
            for batch in batches:
                with interrupt.held():
                    tally.add(batch)

    try:
        with Interrupt() as interrupt:
            ready = _ready(paths)
            next(ready)  # from now on nothing is missed
            load(find(paths, passed_over), interrupt)
            warn(f"watching {', '.join(paths)}; Ctrl-C ends it")
            for files in ready:
                load(_found(files, paths, passed_over), interrupt)
    except OSError as error:  # of standard output: the loader names what fails at files and the archive
        raise cannot_tell(error, done) from error
    except KeyboardInterrupt:
        if as_json:
            tally.print_summary(time.monotonic() - begun, passed_over, stopped=True)
        warn(f"briefings-tui: stopped: {done.kept:,} sources loaded and kept")
    return 1 if tally.counts["refused"] else 0


def _ready(folders: Sequence[str]) -> Iterator[list[str]]:
    """Files that came or changed and were then left alone, by name; first nothing, once the watch stands."""
    import watchfiles

    waiting: dict[str, tuple[State | None, float]] = {}
    told = watchfiles.watch(
        *folders,
        watch_filter=None,
        debounce=_STEP_MS,
        step=50,
        rust_timeout=_STEP_MS,
        yield_on_timeout=True,
        raise_interrupt=True,
    )
    next(told)
    yield []
    for changes in told:
        now = time.monotonic()
        for change, path in changes:
            if change != watchfiles.Change.deleted:
                waiting |= {one: (_state(one), now) for one in _transcripts(path, folders)}
        ready = []
        for path, (before, since) in list(waiting.items()):
            state = _state(path)
            if state != before:
                waiting[path] = state, now
            elif now - since >= QUIET:
                del waiting[path]
                if state is not None:
                    ready.append(path)
        if ready:
            yield sorted(ready)


def _found(files: Iterable[str], folders: Sequence[str], passed_over: Counter[str]) -> Iterator[Found]:
    """Files that came into folders; a link that leads out of its folder is passed over, as in a walk."""
    for file in files:
        yield from find([file], passed_over, _top(file, folders))


def _top(path: str, folders: Sequence[str]) -> str:
    """Which of the folders a path that the watcher gave lies in, by the name that the path begins with."""
    tops = [name for folder in folders for name in (os.path.abspath(folder), os.path.realpath(folder))]  # noqa: PTH100
    return next((top for top in tops if PurePath(path).is_relative_to(top)), tops[0])


def _transcripts(path: str, folders: Sequence[str]) -> list[str]:
    """The file that changed, or what a folder that came has in it, as far as a walk would take it."""
    top = _top(path, folders)
    if any(part.startswith(".") for part in PurePath(os.path.relpath(path, top)).parts if part != ".."):
        return []
    if leads_out(path, os.path.realpath(top)):
        return [path]  # it is passed over where it is loaded, and said to be
    if Path(path).is_dir():
        return [one.path for one in find([path], within=top) if one.error is None]
    return [] if reason_to_pass(PurePath(path).name) else [path]


def _state(path: str) -> State | None:
    """What changes when the file does; nothing where it is gone."""
    try:
        status = Path(path).stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns
