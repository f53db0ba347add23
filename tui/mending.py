"""`check --repair`: index and words made anew in place, or a new archive in the place of a damaged one.

What may come in: the path of an archive, damaged or not. A damaged one is never written: it is kept beside
the new one, under a name that says so.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from collections.abc import Callable
from contextlib import ExitStack, closing, suppress
from itertools import count
from pathlib import Path

from loader.archive.errors import ArchiveError, DamagedError, failed
from loader.archive.making import NoLinksError, link, sync
from loader.archive.waiting import undisturbed
from loader.archive.writer import Writer
from loader.salvage import Salvaged, salvage
from loader.scratch import scratch
from tui.log import note
from tui.progress import Steps
from tui.store.archive import open_archive
from tui.store.connect import found_at
from tui.store.protocol import StoreError
from tui.telling import remark

_NAMED = 5
"""Of what was lost so many are named on the terminal; the log has all."""


def mend(archive: Path) -> None:
    """Make anew what is wrong in an archive that is there; raises `StoreError`."""
    if found_at(archive) is None:
        raise StoreError(f"there is no archive at {archive}: make one with `briefings-tui load PATH…`")
    archive = Path(os.path.realpath(archive))  # a link to it stays one
    with Steps() as steps:
        try:
            if _is_sound(archive, steps.at):
                steps.at("making index and words anew")
                with Writer(archive, remark) as writer:
                    writer.repair()
                return
        except DamagedError:
            pass
        except ArchiveError as error:
            raise StoreError(str(error)) from error
        _replace(archive, steps.at)


def _replace(archive: Path, at: Callable[[str], None]) -> None:
    """As `_put_in_place`, what fails said in one line."""
    try:
        _put_in_place(archive, at)
    except (ArchiveError, OSError) as error:
        raise StoreError(f"{archive} cannot be mended: {error}") from error


def _is_sound(archive: Path, at: Callable[[str], None]) -> bool:
    """Whether nothing is wrong but what is made of the passages; raises `ArchiveError`."""
    with Writer(archive, remark):
        pass  # brings an older one up to date, and undoes what was half done
    try:
        with closing(open_archive(archive)) as store:
            return store.check(lambda step: at(f"checking {step}")).derived
    except StoreError:
        return False


def _put_in_place(archive: Path, at: Callable[[str], None]) -> None:
    """Put a new archive into the place of a damaged one, which gets another name.

    Nobody writes from the first look at the damaged one until the names have changed; who waited for that
    notices then that another file lies at the path.
    """
    archive = Path(os.path.realpath(archive))
    aside = next(
        path
        for path in (archive.with_name(f"{archive.name}.damaged-{nth}") for nth in count(1))
        if not os.path.lexists(path)
    )
    try:
        with scratch(archive, archive) as fresh, undisturbed(archive, remark), ExitStack() as until_renamed:
            at("copying what is whole, parsing the rest")
            saved = salvage(archive, fresh)
            with closing(open_archive(fresh)) as store:
                wrong = store.check(lambda step: at(f"checking {step} of the new archive")).problems
            if wrong:
                raise ArchiveError(f"what was made of it is not whole ({wrong[0]})")
            _hand_over(fresh, archive.stat())
            try:
                link(archive, aside)
            except NoLinksError:
                # closing a file ends SQLite's locks of this process on it, so it is closed last
                damaged = until_renamed.enter_context(archive.open("rb"))
                with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as copy:
                    shutil.copyfileobj(damaged, copy)
            journal = archive.with_name(f"{archive.name}-journal")
            if journal.exists():  # of the damaged file; the new one must not be taken back by it
                journal.rename(aside.with_name(f"{aside.name}-journal"))
            fresh.replace(archive)
            sync(archive.parent)
    except sqlite3.Error as error:
        raise failed(archive, error) from error
    _say(archive, aside, saved)


def _hand_over(fresh: Path, old: os.stat_result) -> None:
    """Give a file owner, group and mode of the one whose place it takes: who may read that, may still."""
    with suppress(OSError):  # only root may give a file away
        os.chown(fresh, old.st_uid, old.st_gid)
    if fresh.stat().st_gid == old.st_gid:
        fresh.chmod(stat.S_IMODE(old.st_mode))


def _say(archive: Path, aside: Path, saved: Salvaged) -> None:
    lost = ", ".join(saved.lost[:_NAMED])
    more = f" and {len(saved.lost) - _NAMED} more" if len(saved.lost) > _NAMED else ""
    remark(
        f"{archive} was damaged: {saved.whole} sources copied, {saved.again} parsed anew,"
        f" {len(saved.lost)} lost{': ' * bool(lost)}{lost}{more}; the damaged file is {aside}"
    )
    note(
        f"mended {archive}: {saved.whole} copied, {saved.again} anew, lost: {', '.join(saved.lost) or 'none'}"
    )
