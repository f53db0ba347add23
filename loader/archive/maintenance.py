"""Puts an archive in order: merges its index after a load, gives free pages back, makes what is derived anew.

What may come in: the transactions of an archive, none of which is under way.
"""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database

from . import aside_table, identities, seals, words
from .errors import WRONG_VALUES, MovedError, failed
from .index import rebuild, settle
from .transactions import Transactions
from .waiting import is_busy

_MUCH = 5
"""An index is put in order after a load if a passage in so many is new, or as many went."""
_FREE = 50
"""Free pages are given back where one in so many is free."""


def after_load(transactions: Transactions) -> None:
    """Put the index in order if much of it changed, and give free pages back.

    What was committed stays whatever happens here, and readers get their turn in between. Nothing is
    done where another file lies at the path by now. Raises `ArchiveError`.
    """
    queue = transactions.queue
    try:
        if queue.changed and queue.changed * _MUCH >= passages(transactions.db):
            _merge_index(transactions)
            queue.changed = 0
        _give_back(transactions.db)
    except MovedError:
        return
    except (sqlite3.Error, *WRONG_VALUES) as error:
        transactions.db.conn.rollback()
        raise failed(transactions.path, error) from error


def _merge_index(transactions: Transactions) -> None:
    """Merge the parts of the index, each step in a transaction of its own."""
    steps = settle(transactions.db, transactions.fold)
    transactions.begin()
    for _ in steps:
        transactions.commit()
        transactions.begin()
    transactions.db.conn.rollback()  # nothing was left to do


def repair(transactions: Transactions) -> None:
    """Make index and words anew from the passages; raises `ArchiveError` and `MovedError`.

    An index that was made anew when the archive was opened is not made again.
    """
    try:
        with transactions.atomic():
            db, fold = transactions.db, transactions.fold
            aside_table.rebuild(db)
            if not transactions.index_is_new:
                rebuild(db, fold)
            words.rebuild(db, fold)
            identities.digests(db.conn)
            seals.settings(db)
        _give_back(transactions.db)
    except (sqlite3.Error, *WRONG_VALUES) as error:
        raise transactions.failure(error) from error
    transactions.queue.forget_tables()


def passages(db: Database) -> int:
    """How many are in the archive."""
    return int(db.execute("select coalesce(sum(size), 0) from block").fetchone()[0])


def _give_back(db: Database) -> None:
    """Give free pages at the end of the file back to the disk, if they are many."""
    (pages,), (free,) = (db.execute(f"pragma {one}_count").fetchone() for one in ("page", "freelist"))
    if free * _FREE > pages:
        try:
            db.executescript("pragma incremental_vacuum")  # a step a page: execute() takes one
        except sqlite3.OperationalError as error:
            if not is_busy(error):  # else whoever loads next does it
                raise
