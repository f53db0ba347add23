"""Numbers are found however they are written; what is no number is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.store.numerals import other_numerals, value_of, words_of


@pytest.mark.parametrize(
    ("term", "others"),
    [
        ("第十二场", ("第12场",)),
        ("第12场", ("第十二场",)),
        ("二十", ("20",)),
        ("20", ("二十",)),
        ("第3场", ("第三场",)),
        ("第三场", ("第3场",)),
        ("一百零五人", ("105人",)),
        ("二〇二二年", ("2022年",)),
        ("三月25日", ("3月25日", "三月二十五日")),
        ("3月5日", ("三月五日",)),
        ("1万2千", ()),
        ("一些", ()),
        ("一定", ()),
        ("3例", ()),
        ("1.86万", ()),
        ("二十万", ("200000",)),
        ("核酸", ()),
        ("十", ("10",)),
        ("零零", ()),
        ("十百", ()),
        ("12%", ()),
        ("1,234", ()),
    ],
)
def test_other_ways_to_write_a_number(term: str, others: tuple[str, ...]) -> None:
    assert other_numerals(term) == others


@given(st.integers(10, 99_999_999))
def test_what_is_said_is_the_number(value: int) -> None:
    assert value_of(words_of(value)) == value


@given(st.text("零〇一二两三四五六七八九十百千万0123456789.,第%亿年"))
def test_no_term_raises(term: str) -> None:
    for other in other_numerals(term):
        assert other != term
