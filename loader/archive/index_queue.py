"""Documents that were written and wait for their commit, when index and words get them at one go.

What may come in: an open database, inside a transaction wherever something is written. A document that goes
leaves index and words at once, so whatever is to go has to be in them before (`fill`).
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from sqlite_utils import Database

from loader.lexicon import kept_of
from loader.text import Fold

from . import words
from .index import Entry, Index, NoRoom


class PendingDocument(NamedTuple):
    """A document that index and words have not got yet; they sort as their passages' rowids do."""

    key: int
    document: int
    passages: list[Entry]
    asides: list[Entry]
    chars: str
    """All characters that these hold."""
    words: str
    """The words to keep of it, parted by blanks."""


class IndexQueue:
    """Fills the index and the words of an archive, and empties them."""

    def __init__(self) -> None:
        self.changed = 0
        """Passages that the index got or lost since it was put in order."""

    def use(self, db: Database, fold: Fold) -> None:
        """Fill those of this database from now on."""
        self._db, self._fold = db, fold
        self._index = Index(db, fold)
        self._pending: list[PendingDocument] = []

    def __len__(self) -> int:
        return len(self._pending)

    def add(self, document: PendingDocument) -> None:
        """Have a document wait."""
        self._pending.append(document)

    def remove(self, document: int, key: int) -> None:
        """Take a document that does not wait out of index and words, before its passages go."""
        self.changed += self._index.remove(document, key)
        words.leave(self._db, kept_of(self._db.execute, self._fold, document, key))

    def fill(self) -> None:
        """Give index and words what was written, at one go and by rowid: FTS5 then writes it about once.

        It writes out all it has gathered at every savepoint, and whenever a rowid is below the last.
        """
        if not self._pending:
            return
        try:
            with self._db.atomic():
                try:
                    for one in sorted(self._pending):
                        self._index.add(one.document, one.key, one.passages, one.asides, one.chars)
                        self.changed += len(one.passages)
                except NoRoom:
                    self._index.widen()  # takes in all documents there are, those that wait too
                words.join(self._db, Counter(word for one in self._pending for word in one.words.split()))
                self._pending = []
        except BaseException:
            self.forget_since(len(self._pending))
            raise

    def forget_since(self, before: int) -> None:
        """What was written was undone, and so is what is known of it: behind the first `before` that wait.

        Where there is no room on the disk SQLite may undo the whole transaction; then none of them waits.
        """
        del self._pending[before if self._db.conn.in_transaction else 0 :]
        self.forget_tables()

    def forget_tables(self) -> None:
        """Read anew what was remembered of the index's tables: others may have written them."""
        self._index.forget_all()
