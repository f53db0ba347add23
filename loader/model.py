"""The vocabulary of the project as frozen dataclasses; it knows nothing else.

Words follow Akoma Ntoso's debate vocabulary (briefing, speech, question, answer, narrative);
dates are EDTF strings (ISO 8601-2): `2022-03-25`, `XXXX-03-28` (year not in the text),
`2022-04` (month), `2022-09-12~` (inferred). All offsets are characters into `Reading.text`,
half-open, so `text[span.start:span.end]` is what a span says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from .kinds import ASIDE_KINDS as ASIDE_KINDS
from .kinds import TURN_KINDS as TURN_KINDS
from .kinds import Kind as Kind
from .kinds import Mark as Mark
from .kinds import MarkKind as MarkKind
from .kinds import Role as Role
from .kinds import Span as Span
from .kinds import TurnKind as TurnKind


@dataclass(frozen=True, slots=True)
class Reading:
    """A source as read: decoded, markup removed, control bytes scrubbed, lines parted by `\\n`."""

    path: str
    """Where it came from, as given on the command line; `-` for standard input."""
    raw: bytes = field(repr=False)
    sha256: str
    """Hex digest of `raw`."""
    encoding: str
    """Python's codec name, e.g. `utf-8`, `gb18030`."""
    format: str
    """`text`, `markdown`, `html`, `docx` or `pdf`."""
    text: str = field(repr=False)
    marks: tuple[Mark, ...] = field(default=(), repr=False)
    """Sorted by start; marks of different kinds may overlap."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """What the source says of itself outside its text (front matter keys, `<title>`, `<meta>`)."""
    how: Mapping[str, str] = field(default_factory=dict)
    """What `read_again` has to know to read the same bytes the same way (see there)."""
    part: str = ""
    """Which part of the file it is, by a name that no other part has; empty for the file itself."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """A voice in the room."""

    name: str
    """The personal name; where none is known, the label used (`主持人`)."""
    post: str | None = None
    role: Role = "official"


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asked: both parts may be unknown."""

    outlet: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """One stretch by one voice: `span` covers label and text, `body` the text alone."""

    kind: TurnKind
    span: Span
    body: Span
    speaker: int | None = None
    """Index into `Briefing.speakers`."""
    label: str | None = None
    """The label as printed, e.g. `青岛日报记者:`."""
    question: int | None = None
    """The number of the question it belongs to (its question or its answer)."""
    level: int = 0
    """For headings: 1 is the title, 2 a section (一、), 3 below it (（一）)."""
    why: tuple[str, ...] = ()
    """The evidence, in a few words each, that made it what it is."""


@dataclass(frozen=True, slots=True)
class Question:
    """A numbered exchange: one question turn (or several by one asker) and its answers."""

    number: int
    """From 1, in the order held."""
    asker: Asker
    turns: tuple[int, ...]
    """Indices of the question turns into `Briefing.turns`, in order."""
    answers: tuple[int, ...] = ()
    """Indices of the answer turns."""
    follow_up_of: int | None = None
    """The number of the question it follows up."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number said: `span` covers value and unit."""

    metric: str
    value: str
    """As printed, e.g. `1.86万`."""
    unit: str
    span: Span
    place: str | None = None
    period: str | None = None
    scope: Literal["new", "cumulative"] | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """A place where the source lost characters: they stood before `text[at]`."""

    at: int
    reason: str
    """The rule that saw it, in a few words, e.g. `no digits before 例`."""


@dataclass(frozen=True, slots=True)
class Briefing:
    """One briefing (or document) as parsed out of a reading.

    The spans of the turns of all briefings of one reading together cover every non-blank
    character of its text, and no two of them overlap.
    """

    kind: Kind
    title: str | None
    turns: tuple[Turn, ...]
    place: str | None = None
    organ: str | None = None
    date: str | None = None
    ordinal: int | None = None
    series: str | None = None
    outlet: str | None = None
    language: str = "zh-Hans"
    speakers: tuple[Speaker, ...] = ()
    questions: tuple[Question, ...] = ()
    figures: tuple[Figure, ...] = ()
    gaps: tuple[Gap, ...] = ()
    warnings: tuple[str, ...] = ()


MOST_PASSAGE = 20_000
"""Characters of a passage; a longer line (a page that lost its breaks) is parted after a sentence."""


def passages(text: str, turn: Turn) -> list[Span]:
    """The non-blank lines of a turn's body, stripped: the units that are searched and cited."""
    out: list[Span] = []
    at = turn.body.start
    for line in text[turn.body.start : turn.body.end].split("\n"):
        bare = line.strip()
        if bare:
            start = at + line.index(bare[0])
            out += parted(text, start, start + len(bare))
        at += len(line) + 1
    return out


def parted(text: str, start: int, end: int) -> Iterator[Span]:
    """A line in parts of at most `MOST_PASSAGE` characters, each up to its last full stop if it has one."""
    while end - start > MOST_PASSAGE:
        stop = max(text.rfind(mark, start, start + MOST_PASSAGE) for mark in "。！？!?") + 1
        stop = stop if stop > start else start + MOST_PASSAGE
        yield Span(start, stop)
        start = stop
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield Span(start, end)


class SourceError(Exception):
    """A source that cannot be read: the message says what is wrong and what to do, in one line."""
