"""Whatever way a page writes it, the parser gives back the briefing that was printed.

One test a style of labels, each over a hundred or so drawn briefings on drawn pages (`printing`). The
examples are the same on every run; `--hypothesis-profile=nightly` draws others.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from itertools import groupby
from zlib import crc32

import pytest
from hypothesis import HealthCheck, given, seed, settings

from loader.model import Asker, Briefing, Reading, Speaker, Turn
from loader.parse import parse
from loader.read import read_bytes
from tests.parse.printing import Printed, printings
from tests.parse.script import Paragraph, turns_of
from tests.parse.styles import STYLES
from tests.parse.test_coverage import assert_consistent, assert_whole

EXAMPLES = int(os.environ.get("BRIEFINGS_EXAMPLES", "80"))
"""Briefings drawn a style."""
SETTINGS = settings(
    max_examples=EXAMPLES,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)


@pytest.mark.parametrize("name", STYLES)
def test_each_style_gives_back_what_was_printed(name: str) -> None:
    drawn = SETTINGS(given(printings(name))(assert_given_back))
    (seed(crc32(name.encode()))(drawn) if SETTINGS.derandomize else drawn)()


def assert_given_back(printed: Printed) -> None:
    """What the parser makes of a page is what was printed on it."""
    reading = read_bytes(printed.raw, printed.path)
    briefings = parse(reading)
    assert_whole(reading.text, briefings)
    assert len(briefings) == 1, "one sitting"
    (briefing,) = briefings
    assert_consistent(briefing)
    assert briefing.kind == "briefing"
    assert told_facts(briefing, printed) == true_facts(printed)
    assert told_questions(reading, briefing) == true_questions(printed)
    assert told_speeches(reading, briefing) == true_speeches(printed)
    assert told_people(briefing) == true_people(printed)
    assert_apart(reading, briefing, printed)


def squeezed(text: str) -> str:
    """Text without its blanks: wrapping, indenting and running together change nothing else."""
    return "".join(text.split())


def flowing(paragraphs: Iterable[Paragraph]) -> str:
    return squeezed("".join(p.text for p in paragraphs))


def told_facts(briefing: Briefing, printed: Printed) -> tuple[object, ...]:
    """Title, place, day and number; a page of one line does not say where its title ends."""
    title = None if printed.page.shape == "one line" else squeezed(briefing.title or "")
    return title, briefing.place, briefing.date, briefing.ordinal


def true_facts(printed: Printed) -> tuple[object, ...]:
    title = None if printed.page.shape == "one line" else squeezed(printed.title)
    return title, printed.script.place, printed.date, printed.script.ordinal


Answers = list[tuple[str | None, str]]
Told = tuple[Asker, str, Answers, int | None]


def _joined(said: Iterable[tuple[str | None, str]]) -> Answers:
    """Neighbours of one voice as one."""
    return [(who, "".join(t for _, t in run)) for who, run in groupby(said, key=lambda s: s[0])]


def _name(briefing: Briefing, turn: Turn) -> str | None:
    return None if turn.speaker is None else briefing.speakers[turn.speaker].name


def _body(reading: Reading, turn: Turn) -> str:
    return squeezed(reading.text[turn.body.start : turn.body.end])


def told_questions(reading: Reading, briefing: Briefing) -> list[Told]:
    """Each question as asker, words, answers by whom, and which it follows up."""
    told = []
    for question in briefing.questions:
        asked = "".join(_body(reading, briefing.turns[i]) for i in question.turns)
        answers = [briefing.turns[i] for i in question.answers]
        said = _joined((_name(briefing, t), _body(reading, t)) for t in answers)
        told.append((question.asker, asked, said, question.follow_up_of))
    return told


def true_questions(printed: Printed) -> list[Told]:
    return [
        (
            exchange.asker,
            flowing(exchange.question),
            _joined((said.person.name, flowing(said.paragraphs)) for said in exchange.answers),
            number - 1 if exchange.follows_up else None,
        )
        for number, exchange in enumerate(printed.script.exchanges, start=1)
    ]


Spoken = list[tuple[str | int | None, str]]


def told_speeches(reading: Reading, briefing: Briefing) -> Spoken:
    """What is said outside of answers, by whom, with the headings (by their level) between."""
    told: Spoken = []
    for turn in briefing.turns:
        if turn.kind == "heading" and turn.level > 1:
            told.append((turn.level, _body(reading, turn)))
        elif turn.kind == "speech":
            told.append((_name(briefing, turn), _body(reading, turn)))
    return _merged(told)


def true_speeches(printed: Printed) -> Spoken:
    told: Spoken = []
    for turn in turns_of(printed.script):
        if turn.part == "asker" or (turn.part == "official" and turn.number):
            continue
        person = printed.host if turn.part == "host" else turn.person
        name = person.name if person else None
        for paragraph in turn.paragraphs:
            is_heading = paragraph.level and printed.page.shape != "one line"
            told.append((paragraph.level if is_heading else name, squeezed(paragraph.text)))
    return _merged(told)


def _merged(said: Spoken) -> Spoken:
    return [(who, "".join(t for _, t in run)) for who, run in groupby(said, key=lambda s: s[0])]


def told_people(briefing: Briefing) -> set[Speaker]:
    return set(briefing.speakers)


def true_people(printed: Printed) -> set[Speaker]:
    """Everybody who speaks: the panel by name and post, the host as `host` has it, named reporters."""
    people = set()
    for turn in turns_of(printed.script):
        if turn.part == "host":
            people.add(printed.host)
        elif turn.part == "official" and turn.person:
            people.add(Speaker(turn.person.name, turn.person.post, "official"))
        elif turn.asker and turn.asker.name:
            people.add(Speaker(turn.asker.name, None, "reporter"))
    return people


def assert_apart(reading: Reading, briefing: Briefing, printed: Printed) -> None:
    """No furniture in what is said, and a second printing is nothing but a repeat."""
    kept = [t for t in briefing.turns if t.kind not in ("noise", "repeat", "metadata")]
    lines = {line.strip() for t in kept for line in reading.text[t.span.start : t.span.end].split("\n")}
    assert not lines & set(printed.furniture)
    assert any(t.kind == "repeat" for t in briefing.turns) == printed.page.twice
