"""Documents are matched with those that were there: the same whatever is moved, put in between or edited."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loader.archive.facts import Facts
from loader.archive.matching import Said, pairs
from loader.likeness import text_digest

_WORDS = (
    "采样 检测 隔离 医院 学校 超市 公交 地铁 出租 核验 流调 转运 消毒 物资 疫苗 老人 儿童 社区 车站".split()
)


def _text(seed: int, words: int = 60) -> str:
    drawn = random.Random(seed)
    return "".join(
        f"{drawn.choice(_WORDS)}{drawn.choice(_WORDS)}{drawn.randrange(10_000)}" for _ in range(words)
    )


def said(text: str, facts: Facts = Facts(), place: str | None = None) -> Said:  # noqa: B008 - it is frozen
    return Said(text_digest(text), facts, place, text)


def edited(text: str, seed: int) -> str:
    """The text with a tenth of it written in another way."""
    drawn = random.Random(seed)
    at = drawn.randrange(len(text) - len(text) // 10)
    return text[:at] + "改" * (len(text) // 20) + text[at + len(text) // 10 :]


@given(
    st.lists(st.integers(0, 99), unique=True, max_size=8),
    st.lists(st.integers(100, 199), unique=True, max_size=4),
    st.sets(st.integers(0, 99)),
    st.randoms(use_true_random=False),
)
def test_each_is_found_again_in_any_order_among_others_and_edited(
    there: list[int], more: list[int], changed: set[int], drawn: random.Random
) -> None:
    now = there[: len(there) - len(there) // 3] + more
    drawn.shuffle(now)
    new = [edited(_text(one), one) if one in changed else _text(one) for one in now]
    found = pairs([said(_text(one)) for one in there], [said(one) for one in new])
    assert found == {nth: there.index(one) for nth, one in enumerate(now) if one in there}


@given(st.integers(0, 50), st.integers(5, 60))
def test_a_stub_and_its_whole_text_are_one_both_ways(seed: int, words: int) -> None:
    stub, whole = _text(seed, words), _text(seed, words) + _text(seed + 1000, 300)
    assert pairs([said(stub)], [said(whole)]) == pairs([said(whole)], [said(stub)]) == {0: 0}


FORMULAS = _text(7, 40)


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        (Facts(12, 2022, 3, 25), Facts(13, 2022, 4, 1), False),
        (Facts(0, 2022, 3, 25), Facts(0, 2022, 4, 1), False),
        (Facts(12, 2022, 3, 25), Facts(12, 2022, 3, 25), True),
    ],
)
def test_what_a_series_repeats_makes_no_two_of_it_one(old: Facts, new: Facts, same: bool) -> None:
    """Two thirds of the text are formulas."""
    one, other = FORMULAS + _text(1, 20), FORMULAS + _text(2, 20)
    assert bool(pairs([said(one, old)], [said(other, new)])) is same


@pytest.mark.parametrize("new", [Facts(12, 2022, 3, 26), Facts(13, 2022, 3, 25), Facts(13, 2022, 3, 26)])
def test_an_edited_number_or_day_alone_makes_no_other_document(new: Facts) -> None:
    old = Facts(12, 2022, 3, 25)
    assert pairs([said("三月二十五日" + FORMULAS, old)], [said("三月二十六日" + FORMULAS, new)]) == {0: 0}


def test_of_several_the_most_alike_is_taken_and_each_once() -> None:
    text = _text(3)
    old = [said(edited(edited(text, 1), 2)), said(edited(text, 1))]
    assert pairs(old, [said(text)]) == {0: 1}
    assert pairs(old, [said(text), said(edited(text, 5))]).keys() == {0, 1}
    assert len(set(pairs(old, [said(text), said(edited(text, 5)), said(edited(text, 6))]).values())) == 2


def test_the_same_text_twice_goes_by_number_and_day() -> None:
    text = _text(4)
    old = [said(text, Facts(1)), said(text, Facts(2))]
    assert pairs(old, [said(text, Facts(2)), said(text, Facts(1))]) == {0: 1, 1: 0}
    assert pairs(old, [said(text, Facts(3)), said(text, Facts(4))]) == {0: 0, 1: 1}


def test_a_few_words_that_stand_in_any_text_are_no_document_of_it() -> None:
    assert pairs([said("新闻发布会实录")], [said(_text(5) + "新闻发布会实录")]) == {}
    same = Facts(12, 2022, 3, 25)
    assert pairs([said("新闻发布会实录", same)], [said(_text(5) + "新闻发布会实录", same)]) == {0: 0}


def test_a_record_with_an_id_may_be_written_anew_but_not_become_another_day() -> None:
    one, other = said(_text(1), Facts(0, 2022, 3, 25)), said(_text(2))
    assert pairs([one], [other], sure=True) == {0: 0}
    assert pairs([one], [other._replace(facts=Facts(0, 2022, 3, 26))], sure=True) == {}
