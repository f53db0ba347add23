"""The whole: how the concerns of this room follow each other for one reading.

Lines lose their furniture; what is left is read for people and labels; labels part it into segments; the
segments become a conversation; the conversation becomes turns. Metadata is read beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from loader.model import Briefing, Question, Reading, Span, Turn, TurnKind
from loader.parse.compose import drafts_of, number
from loader.parse.dates import runs_backwards
from loader.parse.exchanges import Dialogue, converse
from loader.parse.figures import figures_in
from loader.parse.folding import plain
from loader.parse.gaps import gaps_in
from loader.parse.labels import Label, find_labels
from loader.parse.lines import Line, split_lines
from loader.parse.metadata import describe, is_header, is_transcript
from loader.parse.noise import ends_page, is_footer, is_logo, is_noise, repeated_footers, trimmed
from loader.parse.people import announced
from loader.parse.quoted import quoted_labels
from loader.parse.repeats import repeated_lines
from loader.parse.segments import (
    Chunk,
    Segment,
    deal,
    host_questions,
    lift_asides,
    lift_questions,
    split_replies,
)
from loader.parse.speakers import Cast


@dataclass(slots=True)
class Page:
    """A reading's lines by what they are; `aside` holds what is nobody's word, as spans with a kind."""

    live: list[Line] = field(default_factory=list)
    aside: list[tuple[Span, TurnKind]] = field(default_factory=list)
    front: list[Line] = field(default_factory=list)
    enders: list[int] = field(default_factory=list)
    """Where furniture stands that opens a page's end, as offsets."""
    stamps: list[str] = field(default_factory=list)
    """Folded furniture that holds a date or a clock."""


def parse_whole(reading: Reading) -> Briefing:
    """One briefing (or document) out of the whole of a reading."""
    folded = plain(reading.text)
    page = sort_lines(split_lines(reading, folded))
    people = announced([*page.front, *page.live])
    labels = find_labels(page.live, people)
    if not any(label.voice.part in ("asker", "answer") for label in labels):
        labels = quoted_labels(page.live, people) or labels
    head, body, tail = _parts(page, labels)
    transcript = is_transcript([*page.front, *page.live], labels, reading.fields)
    if not transcript:
        labels = []
    segments = lift_questions(deal([*head, *body], labels))
    host_questions(segments)
    segments = split_replies(lift_asides(segments), people.by_name)
    cast = Cast(reading.text, folded)
    dialogue = (
        converse(segments, people, newest_first=runs_backwards(page.stamps))
        if transcript
        else Dialogue(segments, ["narrative"] * len(segments), [None] * len(segments), [])
    )
    facts = describe(reading, folded, head, body, tail, page)
    _dress_head(dialogue, facts.title_span)
    page.aside += [(Span(line.start, line.end), "noise") for line in tail]
    _set_aside(dialogue.segments, page.aside)
    turns, questions = number(drafts_of(dialogue, cast, reading.text), dialogue, cast)
    return Briefing(
        kind="briefing" if transcript else "document",
        title=facts.title,
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
        warnings=_warnings(turns, questions),
    )


def _warnings(turns: Sequence[Turn], questions: Sequence[Question]) -> tuple[str, ...]:
    """What a reader of the briefing should know was not found, in one line each."""
    unanswered = [str(q.number) for q in questions if not q.answers]
    unnamed = [str(q.number) for q in questions if any(turns[i].speaker is None for i in q.answers)]
    told = (("no answer found to question ", unanswered), ("nobody named who answers question ", unnamed))
    return tuple(words + ", ".join(numbers) for words, numbers in told if numbers)


def sort_lines(lines: Sequence[Line]) -> Page:
    """The lines parted into what is said and what is furniture, front matter or a second printing."""
    page = Page()
    footers = repeated_footers(lines)
    chinese = sum(not line.plain.isascii() for line in lines) * 2 > len(lines)
    for whole in lines:
        if whole.front_matter:
            page.front.append(whole)
            page.aside.append((Span(whole.start, whole.end), "metadata"))
            continue
        if whole.furniture or _is_aside(whole, footers, chinese):
            page.aside.append((Span(whole.start, whole.end), "noise"))
            page.stamps.append(whole.plain)
            page.enders += [whole.start] if ends_page(whole.plain) else []
            continue
        line, cut = trimmed(whole)
        page.aside += [(span, "noise") for span in cut]
        page.stamps += [whole.plain[s.start - whole.start : s.end - whole.start] for s in cut]
        if line is not None:
            page.live.append(line)
    again = repeated_lines(page.live)
    page.aside += [(Span(line.start, line.end), "repeat") for i, line in enumerate(page.live) if i in again]
    page.live = [line for i, line in enumerate(page.live) if i not in again]
    return page


def _is_aside(line: Line, footers: set[str], chinese: bool) -> bool:
    return is_noise(line.plain) or is_footer(line.plain, footers) or (chinese and is_logo(line.plain))


def _parts(page: Page, labels: Sequence[Label]) -> tuple[list[Line], list[Line], list[Line]]:
    """Lines before the first voice, of the voices, and of the page's own end."""
    live = page.live
    first = labels[0].line if labels else len(live)
    last = max((label.last for label in labels), default=-1)
    ender = next((at for at in page.enders if last < 0 or at > live[last].end), None)
    stop = len(live)
    for i in range(max(last + 1, 1), len(live)):
        if ends_page(live[i].plain) or (ender is not None and live[i].start > ender):
            stop = i
            break
    if not labels and stop * 2 < len(live):  # a menu in the middle of a document ends nothing
        stop = len(live)
    return live[: min(first, stop)], live[min(first, stop) : stop], live[stop:]


def _dress_head(dialogue: Dialogue, title: Span | None) -> None:
    """Header lines and the title among the lines before the first voice given their kinds."""
    for chunk in dialogue.segments[0].chunks:
        if title is not None and chunk.start < title.end and chunk.end > title.start:
            chunk.kind, chunk.level = "heading", 1
        elif chunk.kind is None and is_header(chunk.plain):
            chunk.kind = "metadata"


def _set_aside(segments: Sequence[Segment], aside: Sequence[tuple[Span, TurnKind]]) -> None:
    """Furniture put back among the chunks of the segments it stands in, so that turns break around it."""
    waiting = [Chunk(span.start, span.end, "", kind) for span, kind in sorted(aside, reverse=True)]
    for segment, following in zip(segments, [*segments[1:], None], strict=True):
        stop = following.start if following else None
        own: list[Chunk] = []
        while waiting and (stop is None or waiting[-1].start < stop):
            own.append(waiting.pop())
        if own:
            segment.chunks = sorted([*segment.chunks, *own], key=lambda c: c.start)
