"""The whole way in: files to archive, one outcome a document, in the order given.

    found ─▶ hash, known? ─▶ tasks ═▶ workers: read, parse, make rows ═▶ items ─▶ writer ─▶ outcomes

What may come in: paths of files and folders, `-` for standard input. A source that cannot be read is
refused with the reason while the others load; nothing of it reaches the archive. Outcomes are told when
what they tell is committed.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any, Literal

from loader.archive.errors import WRONG_VALUES, ArchiveError, MovedError, failing
from loader.archive.held import Known, Stored
from loader.archive.prepared import Prepared, PreparedDocument, with_corrections
from loader.archive.rehearsal import Rehearsal
from loader.archive.transactions import TRIES
from loader.archive.writer import Writer
from loader.awaited import Awaited
from loader.corrections import FIELDS, Values, checked, merged
from loader.layout import source_path
from loader.line import Line, Waiting, state_of
from loader.model import SourceError
from loader.moves import Gone, Placed, placed
from loader.prepare import Item, Listed, Made, Not, prepare
from loader.read import Found, Refused, read_again, read_sources
from loader.read.document import suffix_of
from loader.read.find import one_line, plain_bytes
from loader.read.jsonfile import SUFFIXES as JSON_SUFFIXES
from loader.read.parts import containers_of

Status = Literal["loaded", "updated", "unchanged", "duplicate", "refused"]
COMMIT_SECONDS = 2.0
"""What was written longer ago is committed."""
MOST_HELD = 1_000
"""Outcomes held at most before they are told."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document (or of a source that was refused); counts are characters."""

    path: str
    status: Status
    id: str | None = None
    kind: str | None = None
    title: str | None = None
    date: str | None = None
    questions: int = 0
    speakers: int = 0
    chars: int = 0
    """Non-blank characters of the source that belong to this document."""
    kept_chars: int = 0
    """Those of them that are neither noise nor repeated."""
    noise_chars: int = 0
    gaps: int = 0
    warnings: tuple[str, ...] = ()
    reason: str | None = None

    def as_json(self) -> dict[str, Any]:
        """As `load --json` prints it."""
        return asdict(self)


@dataclass(slots=True)
class Done:
    """How far a load has come; counted up while it runs."""

    files: int = 0
    """Files of which nothing is left to do, refused ones too."""
    size: int = 0
    """Their bytes."""
    kept: int = 0
    """Sources (files, or members of a file) that were stored and committed."""


def load(
    found: Iterable[Found],
    writer: Writer | Rehearsal,
    *,
    corrections: Values | None = None,
    text_field: str | None = None,
    jobs: int | None = None,
    done: Done | None = None,
) -> Generator[list[Outcome], None, None]:
    """Load source after source; yields outcomes some at a time, in the order of `Line`.

    With a `Rehearsal` they say what would become of each, and nothing is stored.
    `corrections` (as `checked` gives them) win over what is inferred of every document loaded;
    `text_field` names the field of JSON records that holds the transcript, else it is found. `jobs` is how
    many processes read and parse, 1 for none but this one; without it there is one a core, and none for
    what is done sooner than they would be started. Ending the iteration ends them.
    Raises `ArchiveError` when the archive itself fails, `KeyboardInterrupt` as it comes; what was yielded
    and what `done.kept` counts stays loaded.
    """
    load = _Load(writer, corrections or {}, text_field, done or Done())
    writer.still_holds = _OnDisk().still_holds
    writer.just_left.clear()
    line = Line(found, load.in_hand, writer, text_field, jobs, Awaited(load.keep))
    with failing(writer.path), writer.together(), line:
        try:
            for waiting in line:
                if load.pending and not writer.waiting:
                    yield load.committed()
                for _ in load.taken(waiting):
                    if writer.waiting > COMMIT_SECONDS or len(load.held) >= MOST_HELD:
                        yield load.committed()
                load.done.files += 1
                load.done.size += waiting.size
        except ArchiveError:
            if not writer.waiting:  # all of it was undone
                load.held.clear()
            if load.pending:
                yield load.committed()
            raise
        except KeyboardInterrupt:
            yield load.committed()
            raise
        if load.pending:
            yield load.committed()
    writer.settle()


def correct(slug: str, values: Values, writer: Writer) -> None:
    """Put `values` (field to what a person typed) in place of what was inferred of one document.

    `None` in place of a value takes its correction back. The source kept in the archive is read again.
    Raises `ValueError` with a line for a person, `ArchiveError`.
    """
    said = checked(values)
    for _ in range(TRIES):
        stored, source = _read_again(slug, writer)  # takes its time, in which others may load
        if writer.rewrite(stored, source, said):
            return
    raise ArchiveError(f"{writer.path}: {slug} is loaded again and again: correct it when that is over")


def inferred(slug: str, writer: Writer) -> dict[str, str]:
    """What would stand in each corrected field of one document, had nobody corrected it.

    Fields that were not corrected are left out; an empty value says that nothing was inferred. The kept
    source is read again only where there is a correction. Raises as `correct` does.
    """
    with failing(writer.path, *WRONG_VALUES):
        said = writer.corrections_of(slug)
    if not said:
        return {}
    stored, source = _read_again(slug, writer)
    document = source.documents[stored.nth]
    row = {**document.row, "title": document.title or document.first_words}
    return {name: "" if row[name] is None else str(row[name]) for name in FIELDS if name in said}


def _read_again(slug: str, writer: Writer) -> tuple[Stored, Prepared]:
    """The source that the archive keeps of a document, and what is made of it now."""
    with failing(writer.path, *WRONG_VALUES):
        stored = writer.stored(slug)
    if stored is None:
        raise ValueError(f"no briefing has the id {slug!r}")
    return stored, prepare(read_again(stored.raw, stored.path, stored.how), writer.fold)


class _OnDisk:
    """What files, and the parts of those that are containers, hold now; each is read once while it stays."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, bool], tuple[object, frozenset[str]]] = {}

    def still_holds(self, key: str, sha256: str) -> bool:
        """Whether a source has the bytes with that hash; one gone, or that cannot be read, counts as if."""
        path = source_path(key)
        containers = (one for one in map(source_path, containers_of(key)) if os.path.isfile(one))  # noqa: PTH113
        try:
            if os.path.isfile(path):  # noqa: PTH113 - a `Path` may raise
                return sha256 in self._held(path, parts=False)
            return all(sha256 in self._held(one, parts=True) for one in containers)
        except SourceError:
            return True

    def _held(self, file: str, *, parts: bool) -> frozenset[str]:
        """The hash of a file, or those of its parts."""
        state = state_of(file)
        before, hashes = self._known.get((file, parts), (None, frozenset[str]()))
        if state is None or state != before:
            raw = plain_bytes(file)
            if parts:
                sources = (one for one in read_sources(raw, file) if not isinstance(one, Refused))
                hashes = frozenset(one.sha256 for one in sources)
            else:
                hashes = frozenset((hashlib.sha256(raw).hexdigest(),))
            self._known[file, parts] = state, hashes
        return hashes


class _Load:
    """What holds for all sources of one load, and the outcomes that wait for their commit."""

    def __init__(
        self,
        writer: Writer | Rehearsal,
        corrections: Values,
        text_field: str | None,
        done: Done,
    ) -> None:
        self.writer, self.corrections, self.text_field = writer, corrections, text_field
        self.done = done
        self.held: list[Outcome] = []
        """Of what is not committed yet."""
        self._ready: list[Outcome] = []
        """Of what is, but was not told."""
        self._kept = 0
        self._pairs = writer.pairs
        self._since: list[Waiting] = []
        """Files of which something was taken since the last commit."""
        self._current: Waiting | None = None
        """The file that is being taken."""
        self._at_hand: Waiting | None = None
        """The file whose items are read, perhaps again."""
        self._told: set[str] = set()
        """Sources of it of which the outcome was told."""
        self._retaken = False
        """Whether it was taken again, all of it."""
        self._taking_again = False

    @property
    def pending(self) -> bool:
        """Whether there are outcomes to tell, once what they tell is committed."""
        return bool(self.held or self._ready)

    def committed(self) -> list[Outcome]:
        """The outcomes to tell, now that what they tell is committed."""
        self._commit()
        told, self._ready = self._ready, []
        return told

    def keep(self) -> None:
        """Commit before something is waited for: others may want to write."""
        if self.writer.waiting and not self._taking_again:
            self._commit()

    def _commit(self) -> None:
        self._surely(self.writer.commit)
        self.done.kept += self._kept
        self._ready += self.held
        self._since = [self._current] if self._current else []
        self._told |= {one.path for one in self.held}
        self.held, self._kept = [], 0

    def taken(self, waiting: Waiting) -> Iterator[None]:
        """Take a file whose turn it is, yielding after each of its sources."""
        self._current, self._told, self._retaken = waiting, set(), False
        self._since.append(waiting)
        for one in placed(self._items(waiting), self.writer):
            if not self._retaken:
                self._surely(partial(self._take, one))
                yield
        self._current = None

    def _surely(self, do: Callable[[], None]) -> None:
        """Do what writes; where another file was put in the archive's place, write all since the last commit
        into that one.

        Raises `ArchiveError`.
        """
        try:
            do()
        except MovedError:
            self._taking_again = True
            self._take_again()
            self._taking_again = False

    def _take_again(self) -> None:
        assert isinstance(self.writer, Writer)
        for _ in range(TRIES):
            if self.writer.pairs != self._pairs:  # what others make ready is made by the table of the other
                raise ArchiveError(f"{self.writer.path} was replaced by one of another version: load again")
            self.held, self._kept = [], 0
            try:
                for waiting in self._since:
                    for one in placed(self._items(waiting, again=True), self.writer):
                        self._take(one)
                self.writer.commit()
            except MovedError:
                continue
            self._retaken = True
            told = [one for one in self.held if one.path in self._told and one.status == "unchanged"]
            self.held = [one for one in self.held if one not in told]
            return
        raise self.writer.restless()

    def in_hand(self, path: str, key: str, sha256: str) -> list[Outcome]:
        """The outcomes of a source that the archive holds as it is; none where there is something to do."""
        with self.writer.at_one_time():
            return self._in_hand(path, key, sha256)

    def _in_hand(self, path: str, key: str, sha256: str) -> list[Outcome]:
        known = self.writer.known(key, sha256)
        if not known or known.status == "changed" or self._corrects(known):
            return []
        if self.text_field is not None and self._is_read_otherwise(known):
            return []
        reason = f"the same bytes as {known.path}" if known.status == "duplicate" else None
        return [Outcome(path, known.status, reason=reason, **row) for row in self.writer.summaries(known.ids)]

    def _is_read_otherwise(self, known: Known) -> bool:
        """Whether the field that is named now is another one than a JSON record was read from."""
        how = self.writer.how_read(known.path)
        suffix = how.get("suffix") or suffix_of(known.path)
        is_json = how.get("as") == "record" or suffix in JSON_SUFFIXES
        return is_json and how.get("text_field") != self.text_field

    def _items(self, waiting: Waiting, *, again: bool = False) -> Iterator[Item]:
        """What there is to store of a file whose turn it is, perhaps not for the first time."""
        self._at_hand = waiting
        told = self._known(waiting.path, waiting.key, waiting.sha256) if waiting.sha256 else []
        self.held += told
        if not told:
            yield from (waiting.again if again else waiting.read)()
        elif waiting.task and not again:
            deque(waiting.read(), maxlen=0)  # another process reads it anyway

    def _known(self, path: str, key: str, sha256: str, before: str | None = None) -> list[Outcome]:
        """As `in_hand`; the archive remembers that the source is here too, and nothing at `before`."""
        told = self.in_hand(path, key, sha256)
        if told and isinstance(self.writer, Writer):
            known = self.writer.known(key, sha256)
            if known and not known.held and not self.writer.hold(key, sha256, before):
                return []  # somebody has forgotten it just now
        return told

    def _take(self, one: Placed) -> None:
        """Store one source, if it is to be; its outcomes are held."""
        item, before = one
        if isinstance(item, Listed):
            return
        if isinstance(item, Gone):
            if isinstance(self.writer, Writer):
                self.writer.release(item.key)
            return
        if isinstance(item, Not):
            self.held.append(Outcome(item.path, "refused", reason=item.reason))
            return
        sha256 = item.source.row["sha256"] if isinstance(item, Made) else item.sha256
        if before and isinstance(self.writer, Writer) and self.writer.holds(before, sha256):
            self.writer.move(before, item.key)
        told = self._known(item.path, item.key, sha256, before)
        if not told and isinstance(item, Made):
            told = self._store(item.path, item.key, item.source, before)
        elif not told and (made := self._read_again(item.key)):
            told = self._store(item.path, item.key, made.source, None)
        why = f"{one_line(item.path)}: it left the archive while it was being loaded; load it again"
        self.held += told or [Outcome(item.path, "refused", reason=why)]

    def _read_again(self, key: str) -> Made | None:
        """A part of the file at hand that was not read, since the archive held it then, and now does not."""
        items = self._at_hand.again() if self._at_hand else ()
        return next((one for one in items if isinstance(one, Made) and one.key == key), None)

    def _corrects(self, known: Known) -> bool:
        """Whether the corrections say of a known source what nobody said of it before."""
        if not self.corrections:
            return False
        every = (self.writer.corrections_of(slug) for slug in known.ids)
        return any(merged(before, self.corrections) != before for before in every)

    def _store(self, path: str, key: str, source: Prepared, before: str | None) -> list[Outcome]:
        known = self.writer.known(key, source.row["sha256"])
        status: Status = "updated" if known or before else "loaded"
        if isinstance(self.writer, Rehearsal):
            plan = self.writer.planned(key, source, before)
            kept = [one.slug if one else None for one in plan.ids]
            said = [
                self.writer.corrected(plan.path, nth, one, kept[nth], self.corrections)[0]
                for nth, one in enumerate(source.documents)
            ]
            ids = [slug or self.writer.preview(one) for slug, one in zip(kept, said, strict=True)]
            return [_outcome(path, status, *one, ()) for one in zip(ids, said, strict=True)]
        every = dict.fromkeys(range(len(source.documents)), self.corrections)
        stored = self.writer.write(key, source, every, before=before)
        self._kept += 1
        return [
            _outcome(path, status, slug, self._as_stored(slug, one), self.writer.same_as(slug))
            for slug, one in zip(stored, source.documents, strict=True)
        ]

    def _as_stored(self, slug: str, document: PreparedDocument) -> PreparedDocument:
        """The document with what people say and said of it."""
        return with_corrections(document, self.writer.corrections_of(slug), self.writer.fold)


def _outcome(
    path: str, status: Status, slug: str, document: PreparedDocument, same: tuple[str, ...]
) -> Outcome:
    row = document.row
    return Outcome(
        path,
        status,
        id=slug,
        **{name: row[name] for name in ("kind", "title", "date", "questions", "speakers")},
        chars=row["chars"],
        kept_chars=row["kept_chars"],
        noise_chars=row["chars"] - row["kept_chars"],
        gaps=document.gaps,
        warnings=(*json.loads(row["warnings"]), *(f"the same briefing as {other}" for other in same)),
    )
