"""Compose: segments and their part in the conversation written out as turns, speakers and questions.

What comes in is a `Dialogue` and the furniture around it; what goes out holds every non-blank character of
the text once, in text order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from loader.model import Asker, Question, Span, Turn, TurnKind
from loader.parse.exchanges import Dialogue
from loader.parse.labels import Label
from loader.parse.segments import Segment
from loader.parse.speakers import Cast

_REASONS = 4
"""How many reasons a turn carries at the most."""


_GOES_ON = "goes on under the label before"


def bare_title(outlet: str) -> str:
    """A folded outlet without the marks that stand around all of it (`<晨光早报>`)."""
    inner = outlet[1:-1]
    around = outlet[:1] + outlet[-1:]
    return inner if around in ("<>", '""') and not set(inner) & set(around) else outlet


class Draft(NamedTuple):
    """A turn before it is numbered: `segment` tells which segment it came from."""

    turn: Turn
    segment: int


class _Spoken(NamedTuple):
    """What all turns of a segment's voice have in common."""

    kind: TurnKind
    speaker: int | None
    question: int | None
    why: tuple[str, ...]

    def turn(self, span: Span, body: Span, label: str | None, why: tuple[str, ...] | None = None) -> Turn:
        return Turn(self.kind, span, body, self.speaker, label, self.question, why=why or self.why)


def drafts_of(dialogue: Dialogue, cast: Cast, text: str) -> list[Draft]:
    """The turns of all segments, each with the number of its question."""
    drafts: list[Draft] = []
    for n, segment in enumerate(dialogue.segments):
        kind, number = dialogue.kinds[n], dialogue.numbers[n]
        speaker = None
        if segment.voice is not None and (segment.voice.part != "asker" or segment.voice.name):
            speaker = cast.index(segment.voice, segment.label.words if segment.label else "", segment.end)
        spoken = _Spoken(kind, speaker, number, _why(segment, dialogue.reasons[n]))
        drafts += [Draft(turn, n) for turn in _turns(segment, spoken, text)]
    return drafts


def _why(segment: Segment, reason: str) -> tuple[str, ...]:
    """The evidence for a voice's turn: its label's form and words, and what makes it ask or answer."""
    label, voice = segment.label, segment.voice
    said = (voice.because if voice else "", label.reasons if label else "")
    words = ", ".join(dict.fromkeys(filter(None, said)))
    form, second = (label.form, label.second) if label else ("no label" if voice else "", "")
    return tuple(filter(None, (form, words, reason, second)))


def _turns(segment: Segment, spoken: _Spoken, text: str) -> list[Turn]:
    """The turns of a segment."""
    label = segment.label
    turns: list[Turn] = []
    waiting = label if label and not label.closing else None
    if waiting and waiting.style == "section":
        span = Span(waiting.start, waiting.end)
        turns.append(Turn("heading", span, span, level=2, why=spoken.why[:2]))
        waiting = None
    for own, group in groupby(segment.chunks, key=lambda c: (c.kind, c.level)):
        chunks = list(group)
        body = Span(chunks[0].start, chunks[-1].end)
        if own[0] is not None:
            turns += _label_alone(waiting, spoken, text)
            waiting = None
            for chunk in chunks if own[0] == "heading" else ():
                span = Span(chunk.start, chunk.end)
                turns.append(Turn("heading", span, span, level=chunk.level, why=(chunk.why,)))
            if own[0] != "heading":
                reasons = dict.fromkeys(chunk.why for chunk in chunks)
                turns.append(Turn(own[0], body, body, why=tuple(reasons)[:_REASONS]))
            continue
        start = waiting.start if waiting else body.start
        printed = (text[waiting.start : waiting.end].strip() or None) if waiting else None
        first = waiting or label is None or label.closing
        why = None if first else (_GOES_ON, *spoken.why[1:])
        turns.append(spoken.turn(Span(start, body.end), body, printed, why))
        waiting = None
    turns += _label_alone(waiting, spoken, text)
    if label and label.closing:
        return _closed(turns, label.start, label.end, text[label.start : label.end].strip())
    return sorted(turns, key=lambda t: t.span.start)


def _label_alone(label: Label | None, spoken: _Spoken, text: str) -> list[Turn]:
    """A label under which nothing of its voice stands: a turn with an empty body."""
    if label is None or label.end <= label.start:
        return []
    printed = text[label.start : label.end].strip()
    span, body = Span(label.start, label.end), Span(label.end, label.end)
    return [spoken.turn(span, body, printed)]


def _closed(turns: list[Turn], start: int, end: int, printed: str) -> list[Turn]:
    """The turns with a label that stands behind them joined to the last that speaks."""
    for i in range(len(turns) - 1, -1, -1):
        turn = turns[i]
        if turn.kind in ("speech", "question", "answer", "narrative") and i == len(turns) - 1:
            turns[i] = replace(turn, span=Span(turn.span.start, end), label=printed)
            return turns
    span = Span(start, end)
    return [*turns, Turn("metadata", span, span, why=("closing label behind nothing said",))]


def number(
    drafts: Sequence[Draft], dialogue: Dialogue, cast: Cast
) -> tuple[tuple[Turn, ...], tuple[Question, ...]]:
    """The turns in order and the questions that point at them."""
    ordered = sorted(drafts, key=lambda d: d.turn.span)
    of_segment: dict[int, list[int]] = {}
    for i, draft in enumerate(ordered):
        if draft.turn.kind in ("question", "answer"):
            of_segment.setdefault(draft.segment, []).append(i)
    questions = []
    for exchange in dialogue.exchanges:
        voice = exchange.voice
        before = max((dialogue.segments[n].end for n in exchange.asked), default=0)
        questions.append(
            Question(
                exchange.number,
                Asker(
                    cast.printed(bare_title(voice.outlet), before) if voice.outlet else None,
                    cast.printed(voice.name, before) if voice.name else None,
                ),
                tuple(i for n in exchange.asked for i in of_segment.get(n, ())),
                tuple(i for n in exchange.answered for i in of_segment.get(n, ())),
                exchange.follow_up_of,
            )
        )
    return tuple(d.turn for d in ordered), tuple(questions)
