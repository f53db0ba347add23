"""Sittings: one file that holds several briefings, cut where the next one's title stands.

What comes in is a reading; what comes out are its parts with the offset of each. A title opens a new
sitting where it has the shape of the file's first title (numbers and dates apart) and somebody spoke in
between; so does a line that only counts (`第二场`) where one counted before it. Sections under a title of
their own, and a body printed twice, are no sittings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from loader.model import Briefing, Gap, Mark, Reading, Span
from loader.parse.lines import Line, split_lines
from loader.parse.noise import is_noise
from loader.parse.titles import BRIEFING

_DIGITS = re.compile(r"[\d〇零一二三四五六七八九十百]+")
_SPEAKS = re.compile(r"[^:。?!]{1,30}:\s*\S|\[[^\[\]]{1,30}\]\s*\S|[QA问答]\d*\s*[:.]")
_COUNTED = re.compile(r"[\[(]?(?P<count>第[〇零一二三四五六七八九十\d]{1,3}[场次])[\])]?(?:\s.{0,20})?")
"""A line that says which sitting follows, and at most its date."""
_LONGEST = 70
"""Characters of a title."""


def sittings(reading: Reading, folded: str) -> list[tuple[int, Reading]]:
    """The parts of a reading that are a briefing each, with their offsets; `folded` is its text folded."""
    titles = [raw for raw in folded.split("\n") if 0 < len(raw) <= _LONGEST and _may_open(raw.strip())]
    lines: list[Line] = []
    if len(titles) > 1:
        lines = [
            line for line in split_lines(reading, folded) if not line.furniture and not line.front_matter
        ]
    opening = _titles(lines)
    names: dict[int, str] = {}
    if not opening:
        opening, names = _counted(lines, reading.text)
    cuts = [0, *(line.start for line in opening), len(reading.text)]
    return [(a, _part(reading, a, b, names.get(a, ""))) for a, b in pairwise(cuts) if b > a]


def _may_open(raw: str) -> bool:
    return bool(BRIEFING.search(raw) or _COUNTED.fullmatch(raw))


def _titles(lines: Sequence[Line]) -> list[Line]:
    """The titles after the first that open a sitting of their own."""
    first = next((i for i, line in enumerate(lines[:5]) if not is_noise(line.plain)), None)
    if first is None or not _is_title(lines[first]):
        return []
    shape, seen = _shape(lines[first]), {lines[first].plain}
    found: list[Line] = []
    spoken = 0
    for i in range(first + 1, len(lines)):
        line = lines[i]
        if spoken >= 2 and _is_title(line) and _shape(line) == shape and line.plain not in seen:
            if sum(bool(_SPEAKS.match(x.plain[:60])) for x in lines[i + 1 : i + 12]) >= 2:
                found.append(line)
                seen.add(line.plain)
                spoken = 0
        elif _SPEAKS.match(line.plain, 0, 60):
            spoken += 1
    return found


def _counted(lines: Sequence[Line], text: str) -> tuple[list[Line], dict[int, str]]:
    """The lines after the first that count a sitting in which somebody speaks, and what each is called.

    The name is the file's, to the word that names a press briefing, and the count, both as printed.
    """
    counts: list[tuple[str, Line]] = []
    for i, line in enumerate(lines):
        match = _COUNTED.fullmatch(line.plain)
        if match and sum(bool(_SPEAKS.match(x.plain[:60])) for x in lines[i + 1 : i + 12]) >= 2:
            start = line.start + match.start("count")
            counts.append((text[start : start + len(match["count"])], line))
    if len({count for count, _ in counts}) < len(counts):
        return [], {}
    first = next((line for line in lines[:5] if _is_title(line)), None)
    named = first and BRIEFING.search(first.plain)
    if not first or not named:
        return [line for _, line in counts[1:]], {}
    whole = text[first.start : first.start + named.end()]
    names = {line.start: f"{whole}（{count}）" for count, line in counts}
    return [line for _, line in counts[1:]], names


def _is_title(line: Line) -> bool:
    return (
        len(line) <= _LONGEST and bool(BRIEFING.search(line.plain)) and not re.search(r"[。?!;:]", line.plain)
    )


def _shape(line: Line) -> str:
    return _DIGITS.sub("#", line.plain)


def _part(reading: Reading, start: int, end: int, title: str) -> Reading:
    if start == 0 and end == len(reading.text):
        return reading
    marks = tuple(
        Mark(m.kind, max(m.start, start) - start, min(m.end, end) - start, m.value)
        for m in reading.marks
        if m.start < end and m.end > start
    )
    fields = reading.fields if start == 0 else {k: v for k, v in reading.fields.items() if k != "title"}
    if title:
        fields = {**fields, "title": title}
    return replace(reading, text=reading.text[start:end], marks=marks, fields=fields)


def shifted(briefing: Briefing, offset: int) -> Briefing:
    """A briefing with every offset moved by `offset` characters, into the whole reading."""
    if not offset:
        return briefing

    def moved(span: Span) -> Span:
        return Span(span.start + offset, span.end + offset)

    return replace(
        briefing,
        turns=tuple(replace(t, span=moved(t.span), body=moved(t.body)) for t in briefing.turns),
        figures=tuple(replace(f, span=moved(f.span)) for f in briefing.figures),
        gaps=tuple(Gap(g.at + offset, g.reason) for g in briefing.gaps),
    )
