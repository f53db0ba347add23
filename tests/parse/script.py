"""Scripts: a press briefing as data, the truth that a test compares with; drawn by `grammar`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import Literal, NamedTuple, TypeVar

from loader.model import Asker
from tests.parse.vocabulary import CHINESE, Words

Part = Literal["host", "official", "asker"]
Announced = Literal["prose", "list", "semicolons", "name first", "host", "labels"]
"""Where the panel is named: in the lead, in a list (post or name first), by the host, by labels alone."""


class Needs(NamedTuple):
    """What a way of writing labels can tell, and what the rest of the text must tell for it."""

    words: Words = CHINESE
    outlets: bool = True
    """Labels name the asker's outlet; else he says it himself."""
    reporters: bool = True
    """Labels name the reporter; else nobody does."""
    answerers: bool = True
    """Labels name who answers; else the host or his own first words do."""
    announced: tuple[Announced, ...] = ("prose", "list", "semicolons", "name first", "host", "labels")


@dataclass(frozen=True)
class Person:
    """Somebody on the panel."""

    name: str
    post: str
    title: str
    """How he is addressed after his surname."""
    surname: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, or a heading of level 2 or 3 as `loader.model.Turn` counts them."""

    text: str
    level: int = 0


@dataclass(frozen=True)
class Said:
    """A stretch by one of the panel."""

    person: Person
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Exchange:
    """A question and its answers, in the order given."""

    asker: Asker
    question: tuple[Paragraph, ...]
    answers: tuple[Said, ...]
    follows_up: bool = False
    call: str = ""
    """What the host says before the question, if anything."""
    passing: str = ""
    """What the host says between question and answer, if anything."""


@dataclass(frozen=True)
class Script:
    """A whole briefing."""

    place: str
    topic: str
    ordinal: int | None
    day: date
    host: Person | None
    announced: Announced
    panel: tuple[Person, ...]
    opening: tuple[Paragraph, ...]
    speeches: tuple[Said, ...]
    to_questions: str
    exchanges: tuple[Exchange, ...]
    closing: str


@dataclass(frozen=True)
class Turn:
    """What one voice says until the next begins; `number` is the question it asks or answers."""

    part: Part
    paragraphs: tuple[Paragraph, ...]
    person: Person | None = None
    asker: Asker | None = None
    number: int | None = None
    first: bool = False
    """The first turn of this person."""


T = TypeVar("T")


def changed(thing: T, change: Callable[[str], str]) -> T:
    """A script, or a part of one, with every wording in it changed (to half width, to Traditional)."""
    if isinstance(thing, str):
        return change(thing)  # type: ignore[return-value]
    if isinstance(thing, tuple):
        return tuple(changed(item, change) for item in thing)  # type: ignore[return-value]
    if is_dataclass(thing) and not isinstance(thing, type):
        skip = {"announced", "role"}
        values = {
            f.name: changed(getattr(thing, f.name), change) for f in fields(thing) if f.name not in skip
        }
        return replace(thing, **values)
    return thing


def turns_of(script: Script) -> list[Turn]:
    """The script as a row of turns, as it was held."""
    met: set[str] = set()
    turns: list[Turn] = []
    for turn in _in_order(script):
        name = turn.person.name if turn.person else ""
        turns.append(replace(turn, first=bool(name) and name not in met))
        met.add(name)
    return turns


def _in_order(script: Script) -> Iterator[Turn]:
    def host(text: str) -> Iterator[Turn]:
        if script.host and text:
            yield Turn("host", (Paragraph(text),), script.host)

    if script.host:
        yield Turn("host", script.opening, script.host)
    for said in script.speeches:
        yield Turn("official", said.paragraphs, said.person)
    yield from host(script.to_questions)
    for number, exchange in enumerate(script.exchanges, start=1):
        yield from host(exchange.call)
        yield Turn("asker", exchange.question, asker=exchange.asker, number=number)
        yield from host(exchange.passing)
        for said in exchange.answers:
            yield Turn("official", said.paragraphs, said.person, number=number)
    yield from host(script.closing)
