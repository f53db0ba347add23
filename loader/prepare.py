"""One file to all that is stored of it: read, parsed, its words weighed, its rows made. No database.

What may come in: the bytes of a file and what the archive holds of it. The same is done in this process
or in another one (`loader.worker`); what comes out goes through a pipe unchanged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from loader.archive.prepared import Prepared, prepared
from loader.archive.rows import Document, passage_spans
from loader.layout import NoRoomError, source_key
from loader.lexicon import kept
from loader.likeness import sketch
from loader.model import Briefing, Reading, SourceError, Span, Turn
from loader.parse import parse
from loader.read import Refused, read_sources
from loader.read.find import one_line
from loader.terms import key_terms
from loader.text import Fold
from loader.words import cut

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


class Listed(NamedTuple):
    """The keys of all parts that the container under `key` has; comes before them."""

    path: str
    key: str
    keys: list[str]


class Not(NamedTuple):
    """A source that cannot be read, and why, in one line."""

    path: str
    reason: str


Item = Made | Same | Listed | Not


def items(
    raw: bytes, path: str, key: str, known: Mapping[str, str], text_field: str | None, fold: Fold
) -> Iterator[Item]:
    """All that a file holds: itself, or its members where it is an archive, a mail or a list of records.

    `known` gives for keys of sources in the archive the hash of their bytes.
    """
    lists: list[Listed] = []

    def listed(part: str, parts: Sequence[str]) -> None:
        lists.append(Listed(path, key + source_key(part), [key + source_key(one) for one in parts]))

    hashes = set(known.values())
    for item in read_sources(raw, path, text_field=text_field, listed=listed):
        yield from lists
        lists.clear()
        if isinstance(item, Refused):
            yield Not(item.path, str(item.error))
            continue
        own = key + source_key(item.part)
        if item.sha256 in hashes:  # under this key, or one that it had before
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
    except NoRoomError as error:
        raise SourceError(f"{one_line(reading.path)}: {error}") from error


def _with_terms(briefing: Briefing, reading: Reading, fold: Fold) -> Document:
    asked = {
        one.number: "\n".join(_body(reading, briefing.turns[at]) for at in one.turns)
        for one in briefing.questions
    }
    unread = tuple(Span(mark.start, mark.end) for mark in reading.marks if mark.kind == "front_matter")
    spans = passage_spans(Document(briefing, unread=unread), reading.text)
    read: list[str] = []
    lead: list[str] = []
    for nth, span in spans:
        of = lead if briefing.turns[nth].kind == "metadata" else read
        of.append(reading.text[span.start : span.end])
    text = "\n".join(read)
    folded, head = fold(text), fold("\n".join(lead))
    words = cut(folded)
    names = [fold(speaker.name) for speaker in briefing.speakers]
    return Document(
        briefing,
        terms=key_terms(text, folded, _TERMS, words),
        words=frozenset(kept([*words, " ", *cut(head)], f"{folded} {head}", names)),
        question_terms={
            number: key_terms(asks, fold(asks), _QUESTION_TERMS) for number, asks in asked.items()
        },
        sketch=sketch(folded),
        unread=unread,
        spans=spans,
    )


def _body(reading: Reading, turn: Turn) -> str:
    return reading.text[turn.body.start : turn.body.end]
