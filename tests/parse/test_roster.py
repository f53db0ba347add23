"""The roster: whoever a handle can mean is found, and nobody is asked for each turn."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loader.parse import registry
from loader.parse.holder import RIVALS, holder
from loader.parse.mentions import mention_of
from loader.parse.roster import People, Person

_HAN = st.text("赵钱欧阳明舟如山长", min_size=2, max_size=4)
_DOTTED = st.tuples(_HAN, _HAN).map("·".join)
_LATIN = st.lists(
    st.sampled_from(["Ann", "ODE", "Wei", "Minister", "L.", "Lee"]), min_size=1, max_size=3
).map(" ".join)
_LETTERS = "安柏川丹恩方耕海宁江凯岚"
_NAMES = _HAN | _DOTTED | _LATIN


@given(st.lists(_NAMES, unique=True), _NAMES)
def test_whoever_may_have_a_name_is_near_it(names: list[str], said: str) -> None:
    people = People(Person(name) for name in names)
    same = {name for name in names if registry.same_name(said, name)}
    assert same <= {person.name for person in people.near(said)}


@given(st.lists(_NAMES, unique=True), st.text("赵钱欧阳明舟如山长A ", max_size=40))
def test_names_are_found_wherever_they_stand(names: list[str], text: str) -> None:
    people = People(Person(name) for name in names if len(name) > 1)
    found = {(at, person.name) for at, person in people.standing_in(text)}
    assert found == {
        (at, one.name) for one in people for at in range(len(text)) if text.startswith(one.name, at)
    }


@given(st.lists(_NAMES, unique=True), st.data())
def test_who_was_dropped_is_found_by_no_handle(names: list[str], data: st.DataObject) -> None:
    people = People(Person(name) for name in names)
    gone = data.draw(st.sampled_from(names)) if names else ""
    if gone:
        people.drop(gone)
    assert gone not in people
    assert [person.name for person in people] == [name for name in names if name != gone]
    assert gone not in {person.name for person in (*people.near(gone), *people.beginning(gone[:1]))}


def test_of_two_posts_of_one_name_the_longer_stays() -> None:
    people = People([Person("葛书白", "馆长"), Person("葛书白", "市图书馆馆长", host=True), Person("葛书白")])
    assert list(people) == [Person("葛书白", "市图书馆馆长", host=True)]


def test_a_label_is_compared_with_those_alone_who_may_bear_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = random.Random(1)
    everybody = People(Person("".join(draw.sample(_LETTERS, 3)), "局长") for _ in range(1_000))
    compared: list[str] = []
    same_name = registry.same_name

    def watched(said: str, name: str) -> float:
        compared.append(name)
        return same_name(said, name)

    monkeypatch.setattr(registry, "same_name", watched)
    name = next(iter(everybody)).name
    assert registry.matches(mention_of(name, everybody.names), everybody)[0].person.name == name
    assert compared == [name]


def test_an_archive_of_organs_is_not_compared_with_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = random.Random(1)
    names = {"".join(draw.sample(_LETTERS, 3)) for _ in range(1_000)}
    people = People(Person(f"赵{name[:2]}", f"{name}市水务局局长") for name in names)
    compared = 0

    def counted(*_: str) -> bool:
        nonlocal compared
        compared += 1
        return False

    monkeypatch.setattr("loader.parse.holder._same", counted)
    holder([], [], None, people, (), {})
    assert 0 < compared <= RIVALS**2 + RIVALS
