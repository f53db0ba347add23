"""The composer keeps its word: what the truth of a page says stands in it, and a seed makes one page."""

from __future__ import annotations

import pytest

from tests.composer import compose
from tests.composer.measure import SORTS, judged
from tests.composer.page import faults


@pytest.mark.parametrize("sort", SORTS)
def test_the_truth_of_composed_pages_stands_in_them(sort: str) -> None:
    pages = [compose(seed, sort) for seed in range(40)]
    assert [list(faults(page)) for page in pages] == [[]] * 40
    assert [compose(seed, sort) for seed in range(40)] == pages
    assert len({page.text for page in pages}) == 40


def test_pages_are_judged_by_question_asker_and_answerers() -> None:
    results = [judged(compose(seed, "natural")) for seed in range(20)]
    assert all(one.right <= one.found <= one.wanted for one in results)
    assert sum(one.found for one in results) > 0
