"""Whatever happens to a transcript on its way, it is read and covered once, or refused in one line.

Two thousand seeded mutations of the bundled documents go through the reader and the parser as bytes. The
mutations are the accidents of the field: lines lost, doubled, cut, shuffled or joined, characters lost,
files saved in another encoding.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loader.model import Briefing, Reading, SourceError
from loader.parse import parse
from loader.read import read_bytes
from tests.parse.test_coverage import assert_consistent, assert_whole
from tests.parse.text import reading

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
MUTATIONS = int(os.environ.get("BRIEFINGS_MUTATIONS", "2000"))
CHUNKS = 20
ENCODINGS = ("gb18030", "big5", "utf-16", "utf-16-be", "utf-8-sig")


def dropped(lines: list[str], random: Random) -> list[str]:
    return [line for line in lines if random.random() > 0.15]


def doubled(lines: list[str], random: Random) -> list[str]:
    return [line for line in lines for _ in range(1 + (random.random() < 0.15))]


def cut(lines: list[str], random: Random) -> list[str]:
    """Lines broken in two anywhere, as a hard wrap breaks them."""
    out: list[str] = []
    for line in lines:
        at = random.randrange(len(line) + 1) if random.random() < 0.3 else 0
        out += [line[:at], line[at:]] if at else [line]
    return out


def shuffled(lines: list[str], random: Random) -> list[str]:
    """A run of lines in another order."""
    a, b = sorted((random.randrange(len(lines) + 1), random.randrange(len(lines) + 1)))
    middle = lines[a:b]
    random.shuffle(middle)
    return [*lines[:a], *middle, *lines[b:]]


def joined(lines: list[str], random: Random) -> list[str]:
    out: list[str] = []
    for line in lines:
        if out and random.random() < 0.3:
            out[-1] += random.choice(("", " ")) + line
        else:
            out.append(line)
    return out


def thinned(lines: list[str], random: Random) -> list[str]:
    """Single characters lost, marks and digits as much as words."""
    return ["".join(char for char in line if random.random() > 0.02) for line in lines]


def torn(lines: list[str], random: Random) -> list[str]:
    """The file's end lost, or its beginning."""
    at = random.randrange(len(lines) + 1)
    return random.choice((lines[:at], lines[at:]))


ACCIDENTS: tuple[Callable[[list[str], Random], list[str]], ...] = (
    dropped,
    doubled,
    cut,
    shuffled,
    joined,
    thinned,
    torn,
)


def mutated(seed: int) -> tuple[bytes, str]:
    """One to three accidents to one of the documents, and half the time another encoding."""
    random = Random(seed)
    source = random.choice(SEEDS)
    lines = source.read_text("utf-8").split("\n")
    for accident in random.choices(ACCIDENTS, k=random.randint(1, 3)):
        lines = accident(lines, random)
    encoding = random.choice(ENCODINGS) if random.random() < 0.5 else "utf-8"
    return "\n".join(lines).encode(encoding, "replace"), source.name


def assert_sound(read: Reading, briefings: tuple[Briefing, ...]) -> None:
    """Every character covered once; questions numbered from 1; every index and span within its bounds."""
    assert briefings
    assert_whole(read.text, briefings)
    for briefing in briefings:
        assert_consistent(briefing)
        for question in briefing.questions:
            assert not set(question.turns) & set(question.answers)
            assert question.follow_up_of is None or 1 <= question.follow_up_of < question.number
            for i in (*question.turns, *question.answers):
                assert briefing.turns[i].question == question.number
        for figure in briefing.figures:
            assert 0 <= figure.span.start < figure.span.end <= len(read.text)
            assert figure.value in read.text[figure.span.start : figure.span.end]
        assert all(0 <= gap.at <= len(read.text) for gap in briefing.gaps)


def is_one_line(error: SourceError) -> bool:
    assert "\n" not in str(error)
    return True


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_mutated_documents_are_read_or_refused(chunk: int) -> None:
    refused = 0
    for seed in range(chunk, MUTATIONS, CHUNKS):
        raw, name = mutated(seed)
        try:
            read = read_bytes(raw, name)
        except SourceError as error:
            refused += is_one_line(error)
            continue
        try:
            assert_sound(read, parse(read))
        except Exception as error:
            error.add_note(f"mutation {seed} of {name}")
            raise
    assert refused * 20 <= MUTATIONS // CHUNKS, "the mutations are hardly ever read"


def test_each_accident_changes_a_document() -> None:
    lines = SEEDS[0].read_text("utf-8").split("\n")
    for accident in ACCIDENTS:
        assert accident(lines, Random(1)) != lines, accident.__name__


@settings(max_examples=100)
@given(st.text(max_size=400))
def test_any_text_is_sound(text: str) -> None:
    read = reading(text)
    assert_sound(read, parse(read))


@settings(max_examples=100)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        read = read_bytes(raw, "any.txt")
    except SourceError as error:
        is_one_line(error)
    else:
        assert_sound(read, parse(read))
