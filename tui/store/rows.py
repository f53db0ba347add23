"""Plain frozen rows that the store hands out: all a widget ever sees of the archive.

Text in rows is scrubbed of control characters (the loader did it where it read the source).
Offsets are characters; dates are EDTF strings; `None` means the source does not say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from loader.kinds import Kind, Role, Span, TurnKind
from loader.layout import place_of
from tui.language import mark


class BriefingRow(NamedTuple):
    """One line of the briefing list."""

    id: str
    kind: Kind
    title: str
    """Never empty: where the source has no title, its first words."""
    place: str | None
    date: str | None
    ordinal: int | None
    outlet: str | None
    questions: int
    speakers: int
    terms: tuple[str, ...] = ()
    """Key terms, most telling first."""
    same_as: str | None = None
    """The id of the fuller print of the same briefing, where there is one."""
    versions: tuple[str, ...] = ()
    """The ids of the other prints of which this one is the fullest."""


class SpeakerRow(NamedTuple):
    name: str
    post: str | None
    role: Role


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A paragraph: the unit that is searched, shown and cited."""

    rowid: int
    """Sorts by date; unique in the archive."""
    text: str
    gaps: tuple[int, ...] = ()
    """Offsets into `text` before which the source lost characters, ascending."""
    at: int = field(default=0, compare=False)
    """Characters of the source before it; 0 where nobody counted."""


@dataclass(frozen=True, slots=True)
class TurnRow:
    """One stretch by one voice, noise and repeats left out."""

    kind: TurnKind
    speaker: SpeakerRow | None
    label: str | None
    """As printed, e.g. `青岛日报记者:`."""
    question: int | None
    level: int
    """For headings: 1 title, 2 section, 3 below it; 0 for all else."""
    passages: Sequence[PassageRow]


class QuestionRow(NamedTuple):
    """One line of the questions pane."""

    number: int
    outlet: str | None
    asker: str | None
    """The reporter's name."""
    answerers: tuple[str, ...]
    text: str
    """The question without its label, paragraphs parted by newlines."""
    turn: int
    """Index into `Transcript.turns` of its first turn."""
    follow_up_of: int | None
    terms: tuple[str, ...] = ()


class Place(NamedTuple):
    """Where in a transcript a passage stands."""

    turn: int
    """Index into `Transcript.turns`."""
    passage: int
    """Index into that turn's passages."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """A briefing as it is read: its turns in order, without noise and repeats.

    Turns and questions may be read as they are looked at (see `Store.open`); some turns then have no
    passages, and looking at one may raise `StoreError`.
    """

    briefing: BriefingRow
    organ: str | None
    series: str | None
    language: str
    speakers: tuple[SpeakerRow, ...]
    turns: Sequence[TurnRow]
    questions: Sequence[QuestionRow]
    finder: Callable[[int], Place | None] | None = field(default=None, repr=False, compare=False)
    """Finds a passage faster than by looking at all of them."""
    checker: Callable[[], bool] | None = field(default=None, repr=False, compare=False)
    """Says whether the archive still holds this text."""

    @property
    def replaced(self) -> bool:
        """Whether the archive holds another text of this briefing by now, or none; asks the archive."""
        return self.checker is not None and not self.checker()

    @property
    def first(self) -> Place | None:
        """Where the first passage stands; `None` where there is none."""
        return next((Place(at, 0) for at, turn in enumerate(self.turns) if turn.passages), None)

    def find(self, rowid: int) -> Place | None:
        """Where the passage of that rowid stands; `None` if it is not in here."""
        if self.finder is not None:
            return self.finder(rowid)
        for index, turn in enumerate(self.turns):
            for number, passage in enumerate(turn.passages):
                if passage.rowid == rowid:
                    return Place(index, number)
        return None


LANES = {
    "numeral": mark("(number written otherwise) "),
    "pinyin": mark("(by pinyin) "),
    "label": mark("(label) "),
    "page": mark("(page text) "),
}
"""What is said of hits that were not found as it was typed, by their lane."""


def reference(briefing_id: str, passage: int) -> str:
    """What names a passage in a query: `weifang-2022-03-25-12/p34`, the 34th of its briefing."""
    return f"{briefing_id}/p{place_of(passage) + 1}"


class Hit(NamedTuple):
    """A passage that a query found, with where it stands."""

    rowid: int
    """Of the passage."""
    briefing: BriefingRow
    question: int | None
    kind: TurnKind
    speaker: str | None
    text: str
    spans: tuple[Span, ...]
    """What matched, in `text`; ascending, not overlapping."""
    lane: str = "exact"
    at: int | None = None
    """Of what is no passage: characters of the source before it."""


@dataclass(frozen=True, slots=True)
class Page:
    """Hits of a query: newest briefing first, in reading order within it; or the best first."""

    query: str
    hits: tuple[Hit, ...]
    more: bool = False
    """Whether hits exist behind the last one here."""
    notes: tuple[str, ...] = field(default=())
    """What the reader of the query should be told, e.g. a date that is none."""
    ranked: bool = False
    """Whether the best hit comes first, not the newest."""
    newest: int | None = None
    """Of ranked hits: so many, the newest, were weighed; `None` for all."""
    like: tuple[str, ...] | None = None
    """Of passages like one: the words of it that were looked for, the rarest first."""


class Completion(NamedTuple):
    """What a query may be going to say."""

    query: str
    """As it is."""
    shown: str
    """What to show behind it: the characters to come, or an arrow and what takes the place of letters."""
    taken: str
    """The query that it becomes."""


class Count(NamedTuple):
    """How many passages a query finds, and in how many briefings."""

    query: str
    passages: int
    briefings: int
    exact: bool = True
    """Whether these are all; else counting took too long, and there are at least so many."""
    beside: int = 0
    """How many labels and stretches of page text it finds beside the passages."""

    def at_least(self, page: Page) -> Count:
        """The count, not below what a page of the same query shows to be there."""
        if self.exact:
            return self
        exact = sum(hit.lane == "exact" for hit in page.hits) + page.more
        return self._replace(passages=max(self.passages, exact))


class Facet(NamedTuple):
    """A value that hits of a query have in common."""

    field: str
    """As in a query: `place`, `date` (a year), `outlet`, `in` (a kind of turn), `speaker`."""
    value: str
    passages: int

    @property
    def filter(self) -> str:
        """What to add to the query to be left with these."""
        value = self.value
        if any(char.isspace() or char in '"“”' for char in value):
            value = '"' + value.replace('"', '""') + '"'
        return f"{self.field}:{value}"


class Facets(NamedTuple):
    """What the hits of a query are made of."""

    query: str
    values: tuple[Facet, ...]
    """Field by field, the most frequent first."""
    newest: int | None = None
    """So many hits, the newest, were looked at; `None` for all."""
