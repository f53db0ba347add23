"""Writes sources that were made ready into the archive: each one whole or not at all.

What may come in: a `Prepared` source under the path that names it. A source whose bytes are in the archive
already changes nothing; a file that changed replaces its documents, which keep their ids. A source that
fails leaves the archive as it was; many sources may share a transaction (`together`, `commit`).

Where there is no archive the first source makes one. Where another file is put at the path, the writer goes
on with that one, so that nothing is written into a file that nobody opens any more (`MovedError`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TypeVar

from loader.corrections import Values

from . import correction_table, documents, holding, identities, maintenance, sources
from .errors import ArchiveError
from .held import Held, Stored
from .identities import Identity, Plan
from .index_queue import IndexQueue
from .prepared import Prepared, PreparedDocument
from .transactions import Transactions
from .waiting import Told

Done = TypeVar("Done")


class _OutdatedError(Exception):
    """What was read is not what the archive holds by now."""


class Writer(Held):
    """The one writer of an archive; a context manager. Where there is none, the first source makes it."""

    def __init__(self, path: Path, told: Told | None = None) -> None:
        """Open the archive at `path`; raises `ArchiveError`.

        `told` takes a line for a person where others are waited for.
        """
        self.path = path
        self._transactions = Transactions(path, told)
        super().__init__(self._transactions)

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    @property
    def pairs(self) -> str:
        """The fold's table that the archive was made with."""
        return self._transactions.pairs

    @property
    def _queue(self) -> IndexQueue:
        return self._transactions.queue

    def repair(self) -> None:
        """Make index and words anew from the passages; raises `ArchiveError`, the archive then is as it was.

        An index that was made anew when the archive was opened is not made again.
        """
        self.surely(lambda: maintenance.repair(self._transactions))

    def write(
        self,
        path: str,
        source: Prepared,
        corrections: Mapping[int, Values] | None = None,
        *,
        before: str | None = None,
        kept: Mapping[int, Identity] | None = None,
    ) -> tuple[str, ...]:
        """Store a source and its documents in the place of what `path` held; returns their ids.

        A document that was there before keeps its id (see `identities`). `before` is the path that the
        source had, where it is known to have moved; `kept` gives identities by the document's place where
        the archive knows none.
        `corrections` (as `checked` gives them, by the document's place in its source) are remembered;
        these and earlier ones are put in place of what was inferred; `None` forgets an earlier one.
        Raises `ArchiveError`; the archive then is as it was. Within `together` raises `MovedError`.
        """
        return self.surely(lambda: self._write(path, source, corrections or {}, before, kept or {}))

    def rewrite(self, stored: Stored, source: Prepared, values: Values) -> bool:
        """Store a kept source that was read again, with what somebody said of the document asked for.

        Does nothing and returns False where the archive holds another one by now. Raises as `write` does.
        """
        try:
            return bool(
                self.surely(lambda: self._write(stored.path, source, {stored.nth: values}, None, {}, stored))
            )
        except _OutdatedError:
            return False

    def _write(
        self,
        path: str,
        source: Prepared,
        corrections: Mapping[int, Values],
        before: str | None,
        kept: Mapping[int, Identity],
        read: Stored | None = None,
    ) -> tuple[str, ...]:
        with self._transactions.explaining(path):
            sources.make_way(self.db, self._queue, source.row["sha256"], path, before)
            with self._transactions.atomic():
                if read is not None and not self.as_stored(read):
                    raise _OutdatedError
                plan = self.planned(path, source, before)
                if read is not None:  # another parser may part the source in another way
                    corrections = {_place_of(read, plan): corrections[read.nth]}
                placed = sources.place(self.db, self._queue, path, source, before, plan)
                self.just_left.update(placed.left)
                given = documents.numbered(
                    self.db, [own or kept.get(nth) for nth, own in enumerate(plan.ids)]
                )
                ids = tuple(
                    self._add(plan.path, placed.number, nth, one, given[nth], corrections.get(nth))
                    for nth, one in enumerate(source.documents)
                )
        if self._transactions.is_draft:
            self.commit()
        return ids

    def _add(
        self,
        path: str,
        source: int,
        nth: int,
        document: PreparedDocument,
        identity: tuple[int, str | None],
        values: Values | None,
    ) -> str:
        """Store a document of a source, with what people said of it; returns its id."""
        number, kept = identity
        document, said = self.corrected(path, nth, document, kept, values or {})
        slug = self.preview(document) if kept is None else kept
        identities.come_back(self.db.conn, slug)
        correction_table.assign(self.db, path, nth, slug, said)
        place = {"id": number, "slug": slug, "source": source, "nth": nth}
        documents.add(self.db, self._queue, place, document)
        return slug

    def hold(self, path: str, sha256: str, before: str | None = None) -> bool:
        """Remember that `path` now holds the source with that hash, and no longer what it held.

        `before` is the path it had where it is known to have moved; it then holds nothing. Returns whether
        there is such a source; else nothing is changed. Raises as `write` does.
        """
        return self.surely(lambda: self._hold(path, sha256, before))

    def _hold(self, path: str, sha256: str, before: str | None) -> bool:
        with self._transactions.explaining(path):
            sources.make_way(self.db, self._queue, sha256, path, before)
            with self._transactions.atomic():
                held = holding.of_bytes(self.db.conn, sha256)
                if held is None:
                    return False
                if held != holding.at(self.db.conn, path):
                    self.just_left.update(sources.let_go(self.db, self._queue, path))
                    holding.remember(self.db.conn, path, held.source)
                if before and before != path:
                    self.just_left.update(sources.let_go(self.db, self._queue, before))
        return True

    def move(self, path: str, to: str) -> None:
        """What `path` held is at the path `to` by now, which held nothing; raises as `write` does."""
        self.surely(lambda: self._move(path, to))

    def _move(self, path: str, to: str) -> None:
        with self._transactions.explaining(path), self._transactions.atomic():
            held = holding.at(self.db.conn, path)
            if held and not holding.at(self.db.conn, to):
                if held.path == path:
                    correction_table.move(self.db, path, to)
                holding.move(self.db.conn, path, to, held)

    def release(self, path: str) -> None:
        """`path` holds no longer what it held; raises as `write` does."""
        self.surely(lambda: self._release(path))

    def _release(self, path: str) -> None:
        with self._transactions.explaining(path):
            sources.make_way(self.db, self._queue, None, path)
            with self._transactions.atomic():
                self.just_left.update(sources.let_go(self.db, self._queue, path))

    def forget(self, path: str) -> tuple[str, ...] | None:
        """Delete what only `path` holds: its documents with all that people corrected in them.

        Returns the ids of the documents, none where another path holds them too; `None` where `path` holds
        nothing.
        Raises `ArchiveError`; the archive then is as it was. Within `together` raises `MovedError`.
        """
        return self.surely(lambda: self._forget(path))

    def _forget(self, path: str) -> tuple[str, ...] | None:
        with self._transactions.explaining(path):
            sources.make_way(self.db, self._queue, None, path)
            with self._transactions.atomic():
                held = holding.at(self.db.conn, path) is not None
                slugs = sources.let_go(self.db, self._queue, path)
                correction_table.forget(self.db, path)
                self.db.conn.execute("delete from former where path = ?", (path,))
        return slugs if held else None

    def together(self) -> AbstractContextManager[None]:
        """Within it what is written stays in one transaction until `commit`; its end commits the rest.

        Raises `ArchiveError` and `MovedError`.
        """
        return self._transactions.together()

    @property
    def waiting(self) -> float:
        """Seconds for which something that was written has waited for its commit; 0 if nothing waits."""
        return self._transactions.waiting

    def commit(self) -> None:
        """Keep what was written since the last commit; else none of it is kept.

        Raises `ArchiveError`, and `MovedError` where another file lies at the path.
        """
        self._transactions.commit()

    def surely(self, do: Callable[[], Done]) -> Done:
        """What `do` returns, done again where another file lies at the path; within `together` it is not.

        Raises `ArchiveError` where that happens again and again.
        """
        return self._transactions.surely(do)

    def restless(self) -> ArchiveError:
        """What to raise where what was written could not be kept for files put in each other's place."""
        return self._transactions.restless()

    def settle(self) -> None:
        """At the end of a load: put the index in order if much of it changed, and give free pages back.

        What was committed stays whatever happens here, and readers get their turn in between. Nothing is
        done where another file lies at the path by now. Raises `ArchiveError`.
        """
        maintenance.after_load(self._transactions)

    def passages(self) -> int:
        """How many are in the archive."""
        return maintenance.passages(self.db)


def _place_of(stored: Stored, plan: Plan) -> int:
    """The place that the document asked for has in its source as it is read now."""
    for nth, one in enumerate(plan.ids):
        if one and one.slug == stored.slug:
            return nth
    raise ArchiveError(f"{stored.path} is read in another way by now, without {stored.slug}: load it again")
