"""The whole way in: files to archive, one outcome a document, in the order given.

What may come in: paths of files and folders, `-` for standard input. A source that cannot be read is
refused with the reason while the others load; nothing of it reaches the archive.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from loader.archive.rows import Document, first_words, non_blank
from loader.archive.writer import Known, Writer
from loader.corrections import checked, corrected
from loader.likeness import sketch
from loader.model import ASIDE_KINDS, Briefing, Reading, SourceError, Span, Turn
from loader.parse import parse
from loader.read import Found, Refused, read_bytes, read_sources
from loader.terms import key_terms
from loader.text import Fold

Status = Literal["loaded", "updated", "unchanged", "duplicate", "refused"]
STDIN = "-"
_TERMS = 6
_QUESTION_TERMS = 3


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


def load(
    found: Iterable[Found],
    writer: Writer,
    *,
    dry_run: bool = False,
    corrections: Mapping[str, str] | None = None,
    text_field: str | None = None,
) -> Iterator[list[Outcome]]:
    """Load source after source; yields the outcomes of each.

    `corrections` (as `checked` gives them) win over what is inferred of every document loaded;
    `text_field` names the field of JSON records that holds the transcript, else it is found.
    Raises `ArchiveError` when the archive itself fails; sources loaded before stay loaded.
    """
    for one in found:
        try:
            yield _load_file(one, writer, dry_run, corrections or {}, text_field)
        except SourceError as error:
            yield [Outcome(one.path, "refused", reason=str(error))]


def correct(slug: str, values: Mapping[str, str], writer: Writer) -> None:
    """Put `values` (field to what a person typed) in place of what was inferred of one document.

    Its source, kept in the archive, is read again. Raises `ValueError` with a line for a person,
    `ArchiveError`.
    """
    stored = writer.stored(slug)
    if stored is None:
        raise ValueError(f"no briefing has the id {slug!r}")
    path, nth, raw = stored
    reading = read_bytes(raw, path)
    documents = [_with_terms(one, reading, writer.fold) for one in parse(reading)]
    writer.write(path, reading, documents, {nth: checked(values)})


def _load_file(
    found: Found, writer: Writer, dry_run: bool, corrections: Mapping[str, str], text_field: str | None
) -> list[Outcome]:
    """One file: itself, or what it holds where it is an archive, a mail or a list of records."""
    raw = found.read()
    sha256 = hashlib.sha256(raw).hexdigest()
    # what comes through a pipe has no name: its bytes are its name
    root = f"{STDIN}{sha256[:16]}" if found.path == STDIN else str(Path(found.path).resolve())
    outcomes = _nothing_new(found.path, root, sha256, writer, corrections)
    if outcomes:
        return outcomes
    for item in read_sources(raw, found.path, text_field=text_field):
        if isinstance(item, Refused):
            outcomes.append(Outcome(item.path, "refused", reason=str(item.error)))
        else:
            key = root + item.path.removeprefix(found.path)
            outcomes += _nothing_new(item.path, key, item.sha256, writer, corrections) or _store(
                item, key, writer, dry_run, corrections
            )
    return outcomes


def _nothing_new(
    path: str, key: str, sha256: str, writer: Writer, corrections: Mapping[str, str]
) -> list[Outcome]:
    """The outcomes of a source that the archive holds as it is; none where there is something to do."""
    known = writer.known(key, sha256)
    if not known or known.status == "changed" or _corrects(writer, key, known, corrections):
        return []
    reason = f"the same bytes as {known.path}" if known.status == "duplicate" else None
    return [Outcome(path, known.status, reason=reason, **row) for row in writer.summaries(known.ids)]


def _store(
    reading: Reading, key: str, writer: Writer, dry_run: bool, corrections: Mapping[str, str]
) -> list[Outcome]:
    known = writer.known(key, reading.sha256)
    briefings = tuple(corrected(one, corrections) for one in parse(reading))
    status: Status = "updated" if known and known.status != "duplicate" else "loaded"
    if dry_run:
        ids = known.ids if known else ()
        ids += tuple(writer.preview(one) for one in briefings[len(ids) :])
    else:
        documents = [_with_terms(one, reading, writer.fold) for one in briefings]
        ids = writer.write(key, reading, documents, dict.fromkeys(range(len(briefings)), corrections))
    return [
        _outcome(reading.path, status, slug, briefing, reading, () if dry_run else writer.same_as(slug))
        for slug, briefing in zip(ids, briefings, strict=False)
    ]


def _corrects(writer: Writer, key: str, known: Known, corrections: Mapping[str, str]) -> bool:
    """Whether `corrections` say of a known source what nobody said of it before."""
    if known.status == "duplicate":
        return False
    return any(
        not corrections.items() <= writer.corrections(key, nth).items() for nth in range(len(known.ids))
    )


def _with_terms(briefing: Briefing, reading: Reading, fold: Fold) -> Document:
    read = [turn for turn in briefing.turns if turn.kind not in ASIDE_KINDS and turn.kind != "metadata"]
    asked = {
        one.number: "\n".join(_body(reading, briefing.turns[at]) for at in one.turns)
        for one in briefing.questions
    }
    return Document(
        briefing,
        key_terms("\n".join(_body(reading, turn) for turn in read), fold, _TERMS),
        {number: key_terms(text, fold, _QUESTION_TERMS) for number, text in asked.items()},
        sketch(fold("\n".join(_body(reading, turn) for turn in read))),
        tuple(Span(mark.start, mark.end) for mark in reading.marks if mark.kind == "front_matter"),
    )


def _body(reading: Reading, turn: Turn) -> str:
    return reading.text[turn.body.start : turn.body.end]


def _outcome(
    path: str, status: Status, slug: str, briefing: Briefing, reading: Reading, same: tuple[str, ...]
) -> Outcome:
    chars = non_blank(reading.text, briefing.turns)
    kept = non_blank(reading.text, [turn for turn in briefing.turns if turn.kind not in ASIDE_KINDS])
    return Outcome(
        path,
        status,
        id=slug,
        kind=briefing.kind,
        title=briefing.title or first_words(reading.text, briefing),
        date=briefing.date,
        questions=len(briefing.questions),
        speakers=sum(speaker.role != "reporter" for speaker in briefing.speakers),
        chars=chars,
        kept_chars=kept,
        noise_chars=chars - kept,
        gaps=len(briefing.gaps),
        warnings=briefing.warnings + tuple(f"the same briefing as {other}" for other in same),
    )
