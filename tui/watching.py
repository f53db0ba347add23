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
from pathlib import Path

import click

from loader.archive.errors import BusyError
from loader.corrections import Values
from loader.load import Done
from loader.read import Found, find
from loader.read.find import EmptyFolderError, one_line
from tui.following import Following, top_of
from tui.interrupt import Interrupt
from tui.loading import Tally, cannot_tell, load_all
from tui.store.protocol import StoreError
from tui.telling import remark, warn


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

    def load(found: Iterable[Found], interrupt: Interrupt) -> bool:
        """Load what was found; false where others hold the archive, and it is to be tried again."""
        batches = load_all(
            list(found),
            archive,
            quiet=True,
            corrections=corrections,
            text_field=text_field,
            jobs=jobs,
            done=done,
        )
        try:
            with closing(batches):
                for batch in batches:
                    with interrupt.held():
                        tally.add(batch)
        except StoreError as error:
            if not isinstance(error.__cause__, BusyError):
                raise
            remark(f"{archive} is still in use: what came is kept in mind and tried again")
            return False
        return True

    try:
        with Interrupt() as interrupt:
            following = iter(Following(paths, passed_over, remark))
            next(following)  # from now on nothing is missed
            begun_with = list(_without_empty(find(paths, passed_over), paths))
            left = [] if load(begun_with, interrupt) else [one.path for one in begun_with]
            warn(f"watching {', '.join(paths)}; Ctrl-C ends it")
            for files in following:
                left = sorted({*left, *files})
                if left and load(_found(left, paths, passed_over), interrupt):
                    left = []
    except OSError as error:  # of standard output: the loader names what fails at files and the archive
        raise cannot_tell(error, done) from error
    except KeyboardInterrupt:
        if as_json:
            tally.print_summary(time.monotonic() - begun, passed_over, stopped=True)
        warn(f"briefings-tui: stopped: {done.kept:,} sources loaded and kept")
    return 1 if tally.counts["refused"] else 0


def _without_empty(found: Iterable[Found], folders: Sequence[str]) -> Iterator[Found]:
    """What was found; that a watched folder has nothing in it yet is said, and no fault."""
    for one in found:
        if isinstance(one.error, EmptyFolderError) and one.path in folders:
            remark(f"no transcript in {one_line(one.path)} yet")
        else:
            yield one


def _found(files: Iterable[str], folders: Sequence[str], passed_over: Counter[str]) -> Iterator[Found]:
    """Files that came into folders; a link that leads out of its folder is passed over, as in a walk."""
    for file in files:
        yield from find([file], passed_over, top_of(file, folders))
