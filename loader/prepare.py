"""One file to all that is stored of it: read, parsed, its words weighed, its rows made. No database.

What may come in: the bytes of a file and what the archive holds of it. The same is done in this process
or in another one (`loader.worker`); what comes out goes through a pipe unchanged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from loader.archive.prepared import Prepared, prepared
from loader.archive.rows import Document
from loader.likeness import sketch
from loader.model import ASIDE_KINDS, Briefing, Reading, SourceError, Span, Turn
from loader.parse import parse
from loader.read import Refused, read_sources
from loader.read.find import one_line
from loader.terms import key_terms
from loader.text import Fold

_TERMS = 6
_QUESTION_TERMS = 3


class Made(NamedTuple):
    """A source that may be stored under `key`."""

    path: str
    key: str
    source: Prepared


class Same(NamedTuple):
    """A source that the archive holds already: it was not parsed."""

    path: str
    key: str
    sha256: str


class Not(NamedTuple):
    """A source that cannot be read, and why, in one line."""

    path: str
    reason: str


Item = Made | Same | Not


def items(
    raw: bytes, path: str, key: str, known: Mapping[str, str], text_field: str | None, fold: Fold
) -> Iterator[Item]:
    """All that a file holds: itself, or its members where it is an archive, a mail or a list of records.

    `known` gives for keys of sources in the archive the hash of their bytes.
    """
    for item in read_sources(raw, path, text_field=text_field):
        if isinstance(item, Refused):
            yield Not(item.path, str(item.error))
            continue
        own = key + item.path.removeprefix(path)
        if known.get(own) == item.sha256:
            yield Same(item.path, own, item.sha256)
            continue
        try:
            yield Made(item.path, own, prepare(item, fold))
        except SourceError as error:
            yield Not(item.path, str(error))


def prepare(reading: Reading, fold: Fold) -> Prepared:
    """What is stored of one reading; raises `SourceError` where it is beyond what an archive holds."""
    documents = [_with_terms(one, reading, fold) for one in parse(reading)]
    try:
        return prepared(reading, documents, fold)
    except OverflowError as error:
        raise SourceError(f"{one_line(reading.path)}: {error}") from error


def _with_terms(briefing: Briefing, reading: Reading, fold: Fold) -> Document:
    read = [turn for turn in briefing.turns if turn.kind not in ASIDE_KINDS and turn.kind != "metadata"]
    asked = {
        one.number: "\n".join(_body(reading, briefing.turns[at]) for at in one.turns)
        for one in briefing.questions
    }
    text = "\n".join(_body(reading, turn) for turn in read)
    folded = fold(text)
    return Document(
        briefing,
        key_terms(text, folded, _TERMS),
        {number: key_terms(asks, fold(asks), _QUESTION_TERMS) for number, asks in asked.items()},
        sketch(folded),
        tuple(Span(mark.start, mark.end) for mark in reading.marks if mark.kind == "front_matter"),
    )


def _body(reading: Reading, turn: Turn) -> str:
    return reading.text[turn.body.start : turn.body.end]
