"""The corpora that the benches draw: the same every time, each briefing read as it was meant, none alike."""

from __future__ import annotations

from itertools import combinations, islice

from bench.corpus import document, documents
from loader.likeness import ALIKE, resemblance, sketch
from loader.parse import parse
from loader.read import read_bytes

SOME = 24


def test_a_document_depends_on_the_seed_and_its_number_alone() -> None:
    drawn = list(islice(documents(10**9), SOME))
    assert [document(number)[1:] for number in reversed(range(SOME))] == drawn[::-1]
    assert document(0, seed=2)[2] != drawn[0][1]


def test_a_smaller_corpus_is_the_head_of_a_larger() -> None:
    small, large = list(documents(500)), list(documents(1500))
    assert 0 < len(small) < len(large)
    assert large[: len(small)] == small


def test_a_corpus_has_the_passages_asked_for() -> None:
    count = sum(document(number)[0].passages for number in range(len(list(documents(2000)))))
    assert 2000 <= count <= 2400


def test_every_briefing_is_read_as_it_was_meant() -> None:
    for number in range(SOME):
        script, name, content = document(number)
        (briefing,) = parse(read_bytes(content, name))
        if script.title != briefing.title:  # in Traditional characters
            continue
        assert (briefing.date, briefing.place) == (str(script.day), script.place), name
        assert len(briefing.questions) == script.questions, name
        assert {one.name for one in script.panel} >= {
            one.name for one in briefing.speakers if one.role == "official"
        }


def test_no_two_briefings_are_alike() -> None:
    scripts = (document(number)[0] for number in range(SOME))
    sketches = [sketch("\n".join(p for turn in one.turns for p in turn.paragraphs)) for one in scripts]
    assert all(resemblance(one, other) < ALIKE / 2 for one, other in combinations(sketches, 2))
