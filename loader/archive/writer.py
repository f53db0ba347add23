"""Writes sources that were made ready into the archive: each one whole or not at all.

What may come in: a `Prepared` source under the path that names it. A source whose bytes are in the archive
already changes nothing; a file that changed replaces its documents, which keep their ids. A source that
fails leaves the archive as it was; many sources may share a transaction (`together`, `commit`).

Where there is no archive the first source makes one. Where another file is put at the path, the writer goes
on with that one, so that nothing is written into a file that nobody opens any more (`MovedError`).
"""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from loader.archive_file import NotAFileError, file_at
from loader.corrections import Values
from loader.layout import briefing_range
from loader.lexicon import kept_of
from loader.seal import seal
from loader.text import Fold

from . import alike, holding, identities, seals, words
from .errors import WRONG_VALUES, ArchiveError, Error, MovedError, failed
from .held import PARSER_VERSION, TEXT_FIELD, Held, Stored, waiting_at
from .identities import Identity, Plan
from .index import Entry, Index, NoRoom, rebuild, settle
from .making import NoLinksError, publish
from .opening import Opened, empty, opened
from .prepared import Prepared, PreparedDocument, entries, passage_rows
from .waiting import Told, is_busy, patiently

_MUCH = 5
"""An index is put in order after a load if a passage in so many is new, or as many went."""
_FREE = 50
"""Free pages are given back where one in so many is free."""
TRIES = 5
"""Times that what was written is written again for another file at the path, before that is an error."""
Done = TypeVar("Done")


class _OutdatedError(Exception):
    """What was read is not what the archive holds by now."""


def _place_of(stored: Stored, plan: Plan) -> int:
    """The place that the document asked for has in its source as it is read now."""
    for nth, one in enumerate(plan.ids):
        if one and one.slug == stored.slug:
            return nth
    raise ArchiveError(f"{stored.path} is read in another way by now, without {stored.slug}: load it again")


class _Waiting(NamedTuple):
    """A document that index and words have not got yet; they sort as their passages' rowids do."""

    key: int
    document: int
    passages: list[Entry]
    chars: str
    """All characters that the passages hold."""
    words: str
    """The words to keep of it, parted by blanks."""


class Writer(Held):
    """The one writer of an archive; a context manager. Where there is none, the first source makes it."""

    def __init__(self, path: Path, told: Told | None = None) -> None:
        """Open the archive at `path`; raises `ArchiveError`.

        `told` takes a line for a person where others are waited for.
        """
        self.path, self._told = path, told
        self._changed = 0
        """Passages that the index got or lost since it was put in order."""
        self._together = False
        self._begun = 0.0
        self._use(opened(path, told))

    def _use(self, archive: Opened) -> None:
        """Write to this database from now on."""
        self.db, settings, self._index_is_new, self._file = archive
        self.pairs = settings["traditional_pairs"]
        self.fold = Fold(self.pairs)
        self.index = Index(self.db, self.fold)
        self._to_index: list[_Waiting] = []
        """Documents written since the last commit."""
        self._version = -1
        """Of the archive, as this writer left it."""

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    def repair(self) -> None:
        """Make index and words anew from the passages; raises `ArchiveError`, the archive then is as it was.

        An index that was made anew when the archive was opened is not made again.
        """
        self.surely(self._repair)

    def _repair(self) -> None:
        try:
            with self._whole():
                if not self._index_is_new:
                    rebuild(self.db, self.fold)
                words.rebuild(self.db, self.fold)
                identities.digests(self.db.conn)
                seals.settings(self.db)
            self._give_back()
        except (sqlite3.Error, *WRONG_VALUES) as error:
            raise self._why(error) from error
        self.index.forget_all()

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
        with self._storing(path):
            self._make_way(source.row["sha256"], path, before)
            with self._whole():
                if read is not None and not self.as_stored(read):
                    raise _OutdatedError
                plan = self.planned(path, source, before)
                if read is not None:  # another parser may part the source in another way
                    corrections = {_place_of(read, plan): corrections[read.nth]}
                number = self._place(path, source, before, plan)
                given = self._numbered([own or kept.get(nth) for nth, own in enumerate(plan.ids)])
                ids = tuple(
                    self._add(plan.path, number, nth, one, given[nth], corrections.get(nth))
                    for nth, one in enumerate(source.documents)
                )
        if self._file is None:
            self.commit()
        return ids

    def hold(self, path: str, sha256: str) -> None:
        """Remember that `path` now holds the source with that hash, and no longer what it held.

        Raises as `write` does.
        """
        self.surely(lambda: self._hold(path, sha256))

    def _hold(self, path: str, sha256: str) -> None:
        with self._storing(path):
            self._make_way(sha256, path)
            with self._whole():
                held = holding.of_bytes(self.db.conn, sha256)
                if held and held != holding.at(self.db.conn, path):
                    self._let_go(path)
                    holding.remember(self.db.conn, path, held.source)

    def move(self, path: str, to: str) -> None:
        """What `path` held is at the path `to` by now, which held nothing; raises as `write` does."""
        self.surely(lambda: self._move(path, to))

    def _move(self, path: str, to: str) -> None:
        with self._storing(path), self._whole():
            held = holding.at(self.db.conn, path)
            if held and not holding.at(self.db.conn, to):
                if held.path == path:
                    self._take_along(path, to)
                holding.move(self.db.conn, path, to, held)

    def release(self, path: str) -> None:
        """`path` holds no longer what it held; raises as `write` does."""
        self.surely(lambda: self._release(path))

    def _release(self, path: str) -> None:
        with self._storing(path):
            self._make_way(None, path)
            with self._whole():
                self._let_go(path)

    def forget(self, path: str) -> tuple[str, ...]:
        """Delete what only `path` holds: its documents with all that people corrected in them.

        Returns the ids of the documents, none where there is no such source or another path holds it too.
        Raises `ArchiveError`; the archive then is as it was. Within `together` raises `MovedError`.
        """
        return self.surely(lambda: self._forget(path))

    def _forget(self, path: str) -> tuple[str, ...]:
        with self._storing(path):
            self._make_way(None, path)
            with self._whole():
                slugs = self._let_go(path)
                waiting = waiting_at(path, 0)[:-1]
                left = self.db.conn.execute("select slug from former where path = ?", (path,)).fetchall()
                self.db.conn.executemany("delete from correction where slug = ?", left)
                self.db.conn.execute("delete from former where path = ?", (path,))
                self.db.conn.execute(
                    "delete from correction where slug > ? and slug < ?",
                    (waiting, waiting[:-1] + chr(ord(waiting[-1]) + 1)),
                )
        return slugs

    @contextmanager
    def _storing(self, path: str) -> Iterator[None]:
        """What fails within leaves as one line that names the archive, or the source that is too much."""
        try:
            yield
        except (sqlite3.Error, *WRONG_VALUES) as error:
            raise self._why(error) from error
        except OverflowError as error:
            raise ArchiveError(f"{path}: {error}") from error

    @contextmanager
    def together(self) -> Iterator[None]:
        """Within it what is written stays in one transaction until `commit`; its end commits the rest.

        Raises `ArchiveError` and `MovedError`.
        """
        self._together = True
        try:
            yield
        finally:
            self._together = False
            self.commit()

    @property
    def waiting(self) -> float:
        """Seconds for which something that was written has waited for its commit; 0 if nothing waits."""
        return time.monotonic() - self._begun if self.db.conn.in_transaction else 0.0

    def commit(self) -> None:
        """Keep what was written since the last commit; else none of it is kept.

        Raises `ArchiveError`, and `MovedError` where another file lies at the path.
        """
        try:
            self._fill_index()
            patiently(self.db.conn.commit, str(self.path), self._told)
            if self._file is None and self.db.execute("select 1 from source limit 1").fetchone():
                self._publish()
        except (sqlite3.Error, *WRONG_VALUES) as error:
            self._undo()
            raise self._why(error) from error
        except OSError as error:
            raise failed(self.path, error) from error
        if self._moved:
            raise self._follow()

    def surely(self, do: Callable[[], Done]) -> Done:
        """What `do` returns, done again where another file lies at the path; within `together` it is not.

        Raises `ArchiveError` where that happens again and again.
        """
        for _ in range(TRIES):
            try:
                return do()
            except MovedError:
                if self._together:
                    raise
        raise self.restless()

    def restless(self) -> ArchiveError:
        """What to raise where what was written could not be kept for files put in each other's place."""
        return ArchiveError(
            f"{self.path} is replaced by another file again and again: load again when that is over"
        )

    def _publish(self) -> None:
        """Give the draft, which holds its first source, its file; raises `MovedError` where there is one."""
        draft = self.db
        try:
            made = publish(draft, self.path)
            self._use(opened(self.path, self._told))
        except (FileExistsError, NoLinksError) as error:
            self._use(opened(self.path, self._told, make=True))
            raise MovedError from error
        except BaseException:
            self._use(empty())
            raise
        finally:
            if self.db is not draft:
                draft.close()
        if self._file != made:
            raise MovedError

    @property
    def _moved(self) -> bool:
        """Whether another file lies at the path than the one that is written."""
        try:
            return self._file is not None and file_at(self.path) != self._file
        except NotAFileError:
            return True

    def _follow(self) -> MovedError:
        """Open what lies at the path instead; returns what to raise then."""
        self._undo()
        self.db.close()
        self._use(opened(self.path, self._told))
        return MovedError()

    def _why(self, error: Error) -> ArchiveError | MovedError:
        """What to raise for an error of SQLite's, after which all that was not committed is undone."""
        return self._follow() if self._moved else failed(self.path, error)

    def _undo(self) -> None:
        """Take back what was written since the last commit."""
        self.db.conn.rollback()
        self._to_index = []
        self.index.forget_all()

    def settle(self) -> None:
        """At the end of a load: put the index in order if much of it changed, and give free pages back.

        What was committed stays whatever happens here, and readers get their turn in between. Nothing is
        done where another file lies at the path by now. Raises `ArchiveError`.
        """
        try:
            if self._changed and self._changed * _MUCH >= self.passages():
                steps = settle(self.db, self.fold)
                self._begin()
                for _ in steps:
                    self.commit()
                    self._begin()
                self.db.conn.rollback()  # nothing was left to do
                self._changed = 0
            self._give_back()
        except MovedError:
            return
        except (sqlite3.Error, *WRONG_VALUES) as error:
            self.db.conn.rollback()
            raise failed(self.path, error) from error

    def _give_back(self) -> None:
        """Give free pages at the end of the file back to the disk, if they are many."""
        (pages,), (free,) = (
            self.db.execute(f"pragma {one}_count").fetchone() for one in ("page", "freelist")
        )
        if free * _FREE > pages:
            try:
                self.db.executescript("pragma incremental_vacuum")  # a step a page: execute() takes one
            except sqlite3.OperationalError as error:
                if not is_busy(error):  # else whoever loads next does it
                    raise

    def passages(self) -> int:
        """How many are in the archive."""
        return int(self.db.execute("select coalesce(sum(size), 0) from block").fetchone()[0])

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """All of what is done within, or nothing: a savepoint of the transaction, which may be a new one."""
        first = not self.db.conn.in_transaction
        if first:
            self._begin()
        before = len(self._to_index)
        try:
            with self.db.atomic():
                yield
        except BaseException:
            self._forget_since(before)
            if first:
                self.db.conn.rollback()  # a commit of nothing would change the file too
            raise
        if not self._together:
            self.commit()

    def _begin(self) -> None:
        """Begin a transaction once nobody else writes; what others wrote since the last one is not known."""
        patiently(lambda: self.db.conn.execute("begin immediate"), str(self.path), self._told)
        if self._moved:  # the lock was on a file that nobody opens any more
            raise self._follow()
        self._begun = time.monotonic()
        (version,) = self.db.conn.execute("pragma data_version").fetchone()
        if version != self._version:
            self._version = version
            self.index.forget_all()

    def _fill_index(self) -> None:
        """Give index and words what was written, at one go and by rowid: FTS5 then writes it about once.

        It writes out all it has gathered at every savepoint, and whenever a rowid is below the last.
        """
        if not self._to_index:
            return
        try:
            with self.db.atomic():
                try:
                    for one in sorted(self._to_index):
                        self.index.add(one.document, one.key, one.passages, one.chars)
                        self._changed += len(one.passages)
                except NoRoom:
                    self.index.widen()  # takes in all documents there are, those that wait too
                words.join(self.db, Counter(word for one in self._to_index for word in one.words.split()))
                self._to_index = []
        except BaseException:
            self._forget_since(len(self._to_index))
            raise

    def _forget_since(self, before: int) -> None:
        """What was written was undone, and so is what is known of it: behind the first `before` that wait.

        Where there is no room on the disk SQLite may undo the whole transaction; then none of them waits.
        """
        del self._to_index[before if self.db.conn.in_transaction else 0 :]
        self.index.forget_all()

    def _make_way(self, sha256: str | None, *paths: str | None) -> None:
        """Before sources are taken away, what is in the index of them has to be there."""
        if self._to_index and (
            any(path and holding.at(self.db.conn, path) for path in paths)
            or (sha256 and holding.of_bytes(self.db.conn, sha256))
        ):
            self._fill_index()

    def _place(self, path: str, source: Prepared, before: str | None, plan: Plan) -> int:
        """Put a source, without its documents, in the place of what there was; returns its number."""
        conn = self.db.conn
        left = {slug: digest for one in plan.replaced for slug, digest in self._remove_documents(one)}
        for identity in plan.ids:
            if identity:
                left.pop(identity.slug, None)
        identities.leave(conn, path, left.items())
        for one in plan.replaced:
            if one != plan.source:
                conn.execute("delete from copy where source = ?", (one,))
                conn.execute("delete from source where id = ?", (one,))
        if before and before != path:
            self._take_along(before, path)
        for at in dict.fromkeys((path, before)):
            held = holding.at(conn, at) if at else None
            if at and held and held.source != plan.source:
                self._let_go(at)
        row = {"path": plan.path, "parser": PARSER_VERSION} | source.row
        if plan.source is None:
            number = self._insert("source", row)
        else:
            number = plan.source
            conn.execute(
                f"update source set {', '.join(f'{name} = ?' for name in row)} where id = ?",
                (*row.values(), number),
            )
        seals.source(self.db, number)
        if not holding.at(conn, path):
            holding.remember(conn, path, number)
        return number

    def _let_go(self, path: str) -> tuple[str, ...]:
        """Have `path` hold nothing; a source that it alone held goes. Returns the ids that went."""
        held = holding.at(self.db.conn, path)
        if held is None:
            return ()
        if holding.let_go(self.db.conn, path, held):
            if held.path == path:
                now = holding.paths_of(self.db.conn, held.source)[0]
                self._take_along(path, now)
            return ()
        left = self._remove_documents(held.source)
        self.db.conn.execute("delete from source where id = ?", (held.source,))
        identities.leave(self.db.conn, path, left)
        return tuple(slug for slug, _ in left)

    def _take_along(self, path: str, to: str) -> None:
        """What is kept by the path of a source goes to another path with it."""
        place, _ = TEXT_FIELD
        values = self.corrections_of(waiting_at(path, place))
        if values:
            self._remember(waiting_at(path, place), dict.fromkeys(values))
            self._remember(waiting_at(to, place), values)

    def _remember(self, slug: str, values: Values) -> None:
        for name in (name for name, value in values.items() if value is None):
            self.db.conn.execute("delete from correction where slug = ? and field = ?", (slug, name))
        rows = [
            {"slug": slug, "field": name, "value": value, "seal": seal(slug, name, value)}
            for name, value in values.items()
            if value is not None
        ]
        if rows:
            self.db.table("correction").upsert_all(rows, pk=("slug", "field"))

    def _remove_documents(self, source: int) -> list[tuple[str, bytes | None]]:
        """Remove the documents of a source; returns their ids, and the digests of their texts."""
        rows = self.db.execute(
            "select id, slug, date_key, digest from document where source = ? order by nth", (source,)
        ).fetchall()
        for number, _, key, _ in rows:
            self._changed += self.index.remove(number, key)
            words.leave(self.db, kept_of(self.db.execute, self.fold, number, key))
            low, high = briefing_range(key, number)
            self.db.conn.execute("delete from passage where id between ? and ?", (low, high))
            alike.leave(self.db, number)
            for table in ("speaker", "turn", "question", "gap", "figure"):
                self.db.conn.execute(f"delete from {table} where document = ?", (number,))
            self.db.conn.execute("delete from document where id = ?", (number,))
        return [(slug, digest) for _, slug, _, digest in rows]

    def _numbered(self, kept: Sequence[Identity | None]) -> list[tuple[int, str | None]]:
        """The number of each document to come, and the id that it keeps, if it keeps one."""
        held = [one.number for one in kept if one and one.number is not None]
        (last,) = self.db.execute("select coalesce(max(id), 0) from document").fetchone()
        free = count(max(last, *held, 0) + 1)
        return [
            (next(free) if one is None or one.number is None else one.number, one.slug if one else None)
            for one in kept
        ]

    def _add(
        self,
        path: str,
        source: int,
        nth: int,
        document: PreparedDocument,
        identity: tuple[int, str | None],
        values: Values | None,
    ) -> str:
        number, kept = identity
        document, said = self.corrected(path, nth, document, kept, values or {})
        slug = self.preview(document) if kept is None else kept
        identities.come_back(self.db.conn, slug)
        self._remember(waiting_at(path, nth), dict.fromkeys(self.corrections_of(waiting_at(path, nth))))
        self._remember(slug, {**dict.fromkeys(self.corrections_of(slug)), **said})
        self._insert("document", {"id": number, "slug": slug, "source": source, "nth": nth} | document.row)
        for table, columns, values_of in document.parts:
            self._insert_all(table, ("document", *columns), [(number, *one) for one in values_of])
        rows = passage_rows(document, number)
        if rows:
            self._insert_all("passage", ("id", *document.passages.columns), rows)
            key = document.row["date_key"]
            self._to_index.append(
                _Waiting(key, number, entries(document, rows), document.chars, document.words)
            )
        alike.join(self.db, number, document.sketch)
        seals.document(self.db, number, document.row["date_key"])
        return slug

    def _insert(self, table: str, row: Mapping[str, Any]) -> int:
        columns, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
        sql = f'insert into "{table}" ({columns}) values ({marks})'
        return int(self.db.conn.execute(sql, tuple(row.values())).lastrowid or 0)

    def _insert_all(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
        self.db.conn.executemany(f'insert into "{table}" ({names}) values ({marks})', rows)
