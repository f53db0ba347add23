"""`backup` at the command line: a copy of the archive as it is at one moment, while it is read and written.

What may come in: an archive, and the name of a file that is not there yet. The copy is made beside its name
by SQLite's own backup, read through once, and only then gets the name; nothing is ever overwritten. It may be
read by whom the archive may be read by, or by fewer (umask).
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from loader.archive.making import sync
from loader.scratch import scratch
from tui.language import said
from tui.store.archive import open_archive
from tui.store.connect import UNLIMITED, connect
from tui.store.protocol import StoreError


def back_up(archive: Path, target: Path) -> int:
    """Copy `archive` to `target`; returns the bytes of the copy.

    Raises `StoreError` where the archive cannot be used, the name is taken, or the copy fails: then there is
    no new file.
    """
    open_archive(archive).close()  # what is no archive is not copied
    taken = StoreError(said("{path} is there already: name a new file for the copy", path=target))
    if os.path.lexists(target):
        raise taken
    try:
        with scratch(target, archive) as half:
            with closing(connect(archive, UNLIMITED)) as source, closing(sqlite3.connect(half)) as copy:
                source.backup(copy)  # at one go: no writer gets in between, each waits for its turn
                wrong = [line for (line,) in copy.execute("pragma quick_check(1)") if line != "ok"]
            if wrong:
                raise StoreError(
                    said(
                        "{path} is damaged ({reason}): `briefings-tui check` says more",
                        path=archive,
                        reason=wrong[0],
                    )
                )
            sync(half)
            _name(half, target)
        sync(target.absolute().parent)
        return target.stat().st_size
    except FileExistsError as error:
        raise StoreError(
            said("{path} is there already: name a new file for the copy", path=target)
        ) from error
    except (OSError, sqlite3.Error) as error:
        raise StoreError(said("{path} cannot be written: {reason}", path=target, reason=error)) from error


def _name(half: Path, target: Path) -> None:
    """Give the copy its name, unless that is taken by now."""
    try:
        os.link(half, target)  # unlike a rename it never takes the place of a file
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if os.path.lexists(target):
            raise FileExistsError from None
        half.rename(target)
