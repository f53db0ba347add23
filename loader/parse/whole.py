"""The whole: how the concerns of this room follow each other for one reading.

Lines lose their furniture; what is left is read for people and labels; labels part it into segments; the
segments become a conversation; the conversation becomes turns. Metadata is read beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from loader.model import Briefing, Question, Reading, Turn
from loader.parse.compose import drafts_of, number
from loader.parse.dates import runs_backwards
from loader.parse.exchanges import Dialogue, converse
from loader.parse.figures import figures_in
from loader.parse.gaps import gaps_in
from loader.parse.kind import why_no_transcript
from loader.parse.labels import Label, find_labels
from loader.parse.lines import before, split_lines, uncut
from loader.parse.margins import ends_with_marks, own_end, set_margins
from loader.parse.metadata import describe, field_of, numbered_field
from loader.parse.page import parts_of, sort_lines
from loader.parse.people import announced
from loader.parse.quoted import quoted_labels, reported_labels
from loader.parse.read_out import lift_read_out
from loader.parse.registry import grown
from loader.parse.segments import (
    Chunk,
    Segment,
    deal,
    host_questions,
    lift_asides,
    lift_questions,
    split_replies,
)
from loader.parse.signatures import with_signatures
from loader.parse.speakers import Cast
from loader.parse.titles import Title


def parse_whole(reading: Reading, folded: str) -> Briefing:
    """One briefing (or document) out of the whole of a reading; `folded` is its text folded."""
    page = sort_lines(split_lines(reading, folded))
    people = announced([*page.front, *uncut(page.live)])
    asides = [chunk.start for chunk in page.aside]
    enders = [at for at, _ in page.enders]
    labels = find_labels(page.live, people, asides, enders)
    if grown(people, labels, page.live):
        labels = find_labels(page.live, people, asides, enders)
    if not any(label.voice.part in ("asker", "answer") for label in labels):
        labels = quoted_labels(page.live, people) or reported_labels(page.live, people, labels) or labels
    head, body, tail, ended = parts_of(page, labels)
    marks = ends_with_marks(body)
    no_transcript = why_no_transcript(page.front, page.live, labels, reading.fields)
    if no_transcript:
        labels = []
        head, body, tail, ended = parts_of(page, labels)
    elif marks and body:
        last = max(labels, key=lambda label: label.last)
        at = page.live[last.last].start
        first = sum(line.start <= at for line in body) + last.alone
        own = own_end(body, first, max(asides, default=-1))
        if own < len(body):
            body, tail, ended = body[:own], [*body[own:], *tail], ended or "that ends what is said"
    segments = lift_read_out(lift_questions(deal([*head, *body], labels)))
    host_questions(segments)
    segments = with_signatures(split_replies(lift_asides(segments), people), people)
    cast = Cast(reading.text, folded)
    dialogue = (
        converse(
            segments,
            people,
            newest_first=runs_backwards(page.stamps),
            front="\n".join(line.plain for line in page.front),
        )
        if not no_transcript
        else Dialogue.silent(segments, no_transcript)
    )
    lead = [before(body[0], labels[0].start)] if body and labels and labels[0].start > body[0].start else []
    facts = describe(reading, folded, [*head, *lead], body, tail, page, people, _posts(dialogue.segments))
    _dress_head(dialogue, facts.title)
    if marks:
        set_margins(dialogue.segments, facts.title.span.start if facts.title.span else -1)
    page.aside += [Chunk(line.start, line.end, "", "noise", why=f"after the line {ended}") for line in tail]
    _set_aside(dialogue.segments, page.aside)
    turns, questions = number(drafts_of(dialogue, cast, reading.text), dialogue, cast)
    return Briefing(
        kind="document" if no_transcript else "briefing",
        title=facts.title.words,
        turns=turns,
        place=facts.place,
        organ=facts.organ,
        date=facts.date,
        ordinal=facts.ordinal,
        series=facts.series,
        outlet=facts.outlet,
        language=facts.language,
        speakers=cast.speakers,
        questions=questions,
        figures=figures_in(folded, reading.text, turns),
        gaps=gaps_in(folded, turns),
        warnings=(*_doubts(reading.fields), *_warnings(turns, questions, labels)),
    )


def _posts(segments: Sequence[Segment]) -> list[str]:
    """The posts of those who answer or inform, each once; empty where one has none."""
    voices = [s.voice for s in segments if s.voice is not None and s.voice.part in ("official", "answer")]
    return list(dict.fromkeys(voice.post or "" for voice in voices if voice.name or voice.post))


def _doubts(fields: Mapping[str, str]) -> Iterator[str]:
    """What a reader should know of how the bytes were decoded, in one line each."""
    if mixed := fields.get("mixed_encodings"):
        yield f"{mixed}: each was read in its own"
    if errors := fields.get("decoding_errors"):
        yield f"{errors} places could not be decoded and are shown as \ufffd"


def _warnings(
    turns: Sequence[Turn], questions: Sequence[Question], labels: Sequence[Label]
) -> tuple[str, ...]:
    """What a reader of the briefing should know was not found or is unsure, in one line each."""
    unanswered = [str(q.number) for q in questions if not q.answers]
    unnamed = [str(q.number) for q in questions if any(turns[i].speaker is None for i in q.answers)]
    told = (("no answer found to question ", unanswered), ("nobody named who answers question ", unnamed))
    warnings = [words + ", ".join(numbers) for words, numbers in told if numbers]
    thin = list(dict.fromkeys(label.words for label in labels if label.thin))
    if thin:
        more = " …" if len(thin) > _NAMED else ""
        plural = "s" if len(thin) > 1 else ""
        warnings.append(f"unsure of {len(thin)} label{plural}: {', '.join(thin[:_NAMED])}{more}")
    return tuple(warnings)


_NAMED = 3
"""Labels a warning names."""


def _dress_head(dialogue: Dialogue, title: Title) -> None:
    """Header lines and the title among the lines before the first voice given their kinds."""
    for chunk in dialogue.segments[0].chunks:
        if title.span is not None and chunk.start < title.span.end and chunk.end > title.span.start:
            chunk.kind, chunk.level, chunk.why = "heading", 1, f"the title: {title.why}"
        elif chunk.kind in (None, "heading"):
            field = field_of(chunk.plain) if chunk.kind is None else numbered_field(chunk.plain)
            if field:
                chunk.kind, chunk.why = "metadata", field


def _set_aside(segments: Sequence[Segment], aside: Sequence[Chunk]) -> None:
    """Furniture put back among the chunks of the segments it stands in, so that turns break around it."""
    waiting = sorted(aside, key=lambda chunk: -chunk.start)
    for segment, following in zip(segments, [*segments[1:], None], strict=True):
        stop = following.start if following else None
        own: list[Chunk] = []
        while waiting and (stop is None or waiting[-1].start < stop):
            own.append(waiting.pop())
        if own:
            segment.chunks = sorted([*segment.chunks, *own], key=lambda c: c.start)
