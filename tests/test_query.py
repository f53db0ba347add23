"""Every string is a query; operators and fields are read as documented, all else is text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loader.layout import date_range
from loader.text import Fold
from tui.store.query import Filter, parse_query

FOLD = Fold()


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("孕产妇 就医", (("孕产妇",), ("就医",))),
        ("孕产妇　就医", (("孕产妇",), ("就医",))),
        ('"hospital access"', (("hospital access",),)),
        ("＂hospital access＂", (("hospital access",),)),
        ("“hospital access”", (("hospital access",),)),
        ("“5+1”", (("“5+1”",),)),
        ('"say ""yes"""', (('say "yes"',),)),
        ("核酸 | 抗原 检测", (("核酸", "抗原"), ("检测",))),
        ("核酸 ｜ 抗原", (("核酸", "抗原"),)),
        ("首页|时政", (("首页|时政",),)),
        ("| a", (("|",), ("a",))),
        ("a |", (("a",), ("|",))),
        ('"5', (('"5',),)),
        ("-24时", (("-24时",),)),
        ("http://x", (("http://x",),)),
        ("place:", (("place:",),)),
        ("", ()),
        (" \t　", ()),
    ],
)
def test_text_is_read_as_terms(text: str, groups: tuple[tuple[str, ...], ...]) -> None:
    assert parse_query(text, FOLD).groups == groups


def test_a_minus_beside_something_wanted_excludes() -> None:
    query = parse_query('核酸 -抗原 -"a b"', FOLD)
    assert query.groups == (("核酸",),)
    assert query.without == ("抗原", "a b")


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("place:潍坊", (Filter("place", "潍坊"),)),
        ("ＰＬＡＣＥ：潍坊", (Filter("place", "潍坊"),)),
        ("-speaker:赵爽", (Filter("speaker", "赵爽", without=True),)),
        ("in:question", (Filter("in", "question"),)),
        ("in:答", (Filter("in", "answer"),)),
        ('post:"deputy mayor"', (Filter("post", "deputy mayor"),)),
        ("id:weifang-2022-03-25-12/q2", (Filter("id", "weifang-2022-03-25-12/q2"),)),
    ],
)
def test_fields_filter(text: str, filters: tuple[Filter, ...]) -> None:
    assert parse_query(text, FOLD).filters == filters


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("date:2022", "2022", "2022"),
        ("date:2022-3", "2022-03", "2022-03"),
        ("date:2022-03..2022-04", "2022-03", "2022-04"),
        ("date:..2022-04", None, "2022-04"),
        ("date:2022-03..", "2022-03", "9999"),
        ("date:XXXX-08", "XXXX-08", "XXXX-08"),
    ],
)
def test_dates_are_ranges(text: str, first: str | None, last: str) -> None:
    low = date_range(first, first)[0] if first else 0
    assert parse_query(text, FOLD).dates == ((low, date_range(last, last)[1]),)


def test_what_is_no_date_is_text_and_said() -> None:
    for date in ("foo", "2022-02-30", "0000-00-00", "2022-02..2022-02-30"):
        query = parse_query(f"date:{date}", FOLD)
        assert query.groups == ((f"date:{date}",),)
        assert date in query.notes[0]


@given(st.text())
def test_nothing_typed_is_an_error(text: str) -> None:
    query = parse_query(text, FOLD)
    assert all(term for group in query.groups for term in group)
    assert query.text == text
