"""A parsed document as rows of the archive's tables: pure, no database.

What may come in: a `Document` (a `Briefing` with its key terms), the text its spans point into, the
number it has in the archive.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from loader.asides import Aside, asides
from loader.layout import MAX_PASSAGES, NoRoomError, date_key, rowid
from loader.likeness import Sketch
from loader.model import ASIDE_KINDS, Briefing, Span, Turn, passages
from loader.text import Fold

Row = dict[str, Any]
Spans = tuple[tuple[int, Span], ...]
_TITLE_CHARS = 40  # of the first words that stand in for a missing title


@dataclass(frozen=True, slots=True)
class Document:
    """A briefing with what the loader adds to it before it is stored."""

    briefing: Briefing
    terms: tuple[str, ...] = ()
    """Key terms, most telling first."""
    question_terms: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """Key terms by the question's number."""
    sketch: Sketch = frozenset()
    """What it is compared with others by; empty for what is too short to tell."""
    unread: tuple[Span, ...] = ()
    """Stretches (front matter) that are kept, but are no passages."""
    spans: Spans | None = None
    """Its passages, where they were made out before (see `passage_spans`)."""
    words: frozenset[str] = frozenset()
    """The words to keep of its passages (see `loader.lexicon`)."""


def document_row(document: Document, text: str, fold: Fold) -> Row:
    """The row of table `document`, without id, slug and source."""
    briefing = document.briefing
    return {
        "kind": briefing.kind,
        "title": briefing.title or first_words(text, briefing) or "（无题）",
        "place": briefing.place,
        "organ": briefing.organ,
        "date": briefing.date,
        "ordinal": briefing.ordinal,
        "series": briefing.series,
        "outlet": briefing.outlet,
        "language": briefing.language,
        "terms": json.dumps(document.terms, ensure_ascii=False),
        "warnings": json.dumps(briefing.warnings, ensure_ascii=False),
        "questions": len(briefing.questions),
        "speakers": sum(speaker.role != "reporter" for speaker in briefing.speakers),
        "chars": non_blank(text, briefing.turns),
        "kept_chars": non_blank(text, [one for one in briefing.turns if one.kind not in ASIDE_KINDS]),
        "date_key": date_key(briefing.date),
        "place_key": fold(" ".join(filter(None, (briefing.place, briefing.organ)))),
    }


def part_rows(document: Document, text: str, fold: Fold, number: int) -> Iterator[tuple[str, list[Row]]]:
    """The rows of every other table, table by table; raises `NoRoomError` for too many passages."""
    briefing = document.briefing
    owner = {"document": number}
    yield (
        "speaker",
        [
            owner
            | {"nth": nth, "name": one.name, "post": one.post, "role": one.role}
            | {"name_key": fold(one.name), "post_key": fold(one.post or "")}
            for nth, one in enumerate(briefing.speakers)
        ],
    )
    yield "turn", [owner | _turn(nth, turn) for nth, turn in enumerate(briefing.turns)]
    yield (
        "question",
        [
            owner
            | {"number": one.number, "outlet": one.asker.outlet, "asker": one.asker.name}
            | {"asker_key": fold(" ".join(filter(None, (one.asker.outlet, one.asker.name))))}
            | {"follow_up_of": one.follow_up_of}
            | {"terms": json.dumps(document.question_terms.get(one.number, ()), ensure_ascii=False)}
            for one in briefing.questions
        ],
    )
    yield "gap", [owner | {"at": gap.at, "reason": gap.reason} for gap in briefing.gaps]
    yield (
        "figure",
        [
            owner
            | {"start": one.span.start, "stop": one.span.end, "metric": one.metric, "value": one.value}
            | {"unit": one.unit, "place": one.place, "period": one.period, "scope": one.scope}
            for one in briefing.figures
        ],
    )
    # by rowid: pages of the table are filled, not split
    yield "passage", list(_passages(document, text, number))[::-1]
    yield "aside", list(_asides(document, text, number))[::-1]


def _turn(nth: int, turn: Turn) -> Row:
    return {
        "nth": nth,
        "kind": turn.kind,
        "speaker": turn.speaker,
        "label": turn.label,
        "question": turn.question,
        "level": turn.level,
        "start": turn.span.start,
        "stop": turn.span.end,
        "body_start": turn.body.start,
        "body_stop": turn.body.end,
    }


def passage_spans(document: Document, text: str) -> Spans:
    """What of `text` is a passage of the document, in its order, each with the turn it stands in."""
    return tuple(_spans(document, text)) if document.spans is None else document.spans


def _spans(document: Document, text: str) -> Iterator[tuple[int, Span]]:
    for nth, turn in enumerate(document.briefing.turns):
        if turn.kind in ASIDE_KINDS:
            continue
        for span in passages(text, turn):
            if not (turn.kind == "metadata" and _within(span, document.unread)):
                yield nth, span


def _passages(document: Document, text: str, number: int) -> Iterator[Row]:
    for place, (nth, span) in enumerate(passage_spans(document, text)):
        yield _row(document, text, number, place, Aside(nth, *span))


def _asides(document: Document, text: str, number: int) -> Iterator[Row]:
    """What stands beside the passages; its places go on behind theirs."""
    held = [span for _, span in passage_spans(document, text)]
    turns = [turn.span for turn in document.briefing.turns]
    for place, one in enumerate(asides(text, turns, held), len(held)):
        yield _row(document, text, number, place, one)


def _row(document: Document, text: str, number: int, place: int, one: Aside) -> Row:
    if place >= MAX_PASSAGES:
        raise NoRoomError(f"more than {MAX_PASSAGES:,} paragraphs in one document: split the file")
    return {
        "id": rowid(date_key(document.briefing.date), number, place),
        "turn": one.turn,
        "start": one.start,
        "stop": one.stop,
        "text": text[one.start : one.stop],
    }


def _within(span: Span, stretches: tuple[Span, ...]) -> bool:
    return any(one.start <= span.start and span.end <= one.end for one in stretches)


def non_blank(text: str, turns: Iterable[Turn]) -> int:
    """How many non-blank characters the spans of `turns` hold."""
    return sum(len("".join(text[turn.span.start : turn.span.end].split())) for turn in turns)


def first_words(text: str, briefing: Briefing) -> str | None:
    """The head of the first passage that somebody would read: what stands in for a missing title."""
    for turn in briefing.turns:
        if turn.kind not in ASIDE_KINDS and turn.kind != "metadata":
            for span in passages(text, turn):
                return text[span.start : min(span.end, span.start + _TITLE_CHARS)]
    return None
