"""Dates sort as EDTF means them; rowids give newest first and reading order within a briefing."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loader.layout import (
    MAX_BRIEFINGS,
    MAX_PASSAGES,
    NoRoomError,
    briefing_of,
    briefing_range,
    check_date,
    date_key,
    date_range,
    place_of,
    rowid,
    rowid_range,
    source_key,
    source_path,
)


def test_dates_sort_with_the_unknown_year_before_all_others() -> None:
    dates = [None, "XXXX-03-28", "XXXX-08-05", "2022", "2022-03", "2022-03-25", "2022-09-12~", "2023-01-01"]
    keys = [date_key(one) for one in dates]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("text", ["", "2022-13-01", "2022-1-1", "gestern", "2022-03-25T10:00", "２０２２"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"no (EDTF date|such day)"):
        date_key(text)


@given(st.integers(0, 9999), st.integers(0, 13), st.integers(0, 32), st.sampled_from(["", "~", "?", "%"]))
def test_what_may_be_typed_is_what_the_calendar_has(year: int, month: int, day: int, mark: str) -> None:
    try:
        date(year, month, day)
    except ValueError:
        with pytest.raises(ValueError, match="no such day"):
            check_date(f"{year:04}-{month:02}-{day:02}{mark}")
    else:
        check_date(f"{year:04}-{month:02}-{day:02}{mark}")


@pytest.mark.parametrize("text", ["2022", "2022-12", "XXXX-02-29", "2024-02-29~", "9999-12-31"])
def test_a_date_may_be_less_than_a_day(text: str) -> None:
    check_date(text)


@pytest.mark.parametrize(
    "text",
    ["0000", "0000-00-00", "2022-00", "2022-03-00", "2022-02-29", "1900-02-29", "XXXX-02-30", "XXXX-04-31"],
)
def test_a_day_that_no_calendar_has_may_not_be_typed(text: str) -> None:
    with pytest.raises(ValueError, match="no such day"):
        check_date(text)


def test_a_range_holds_all_days_of_its_ends() -> None:
    low, high = date_range("2022-03", "2022-04")
    assert low <= date_key("2022-03-01") < date_key("2022-04-30~") <= high
    assert not low <= date_key("2022-02-28") <= high
    assert not low <= date_key("2022-05-01") <= high


@given(
    st.integers(0, date_key("9999-12-31")), st.integers(1, MAX_BRIEFINGS), st.integers(0, MAX_PASSAGES - 1)
)
def test_a_rowid_fits_sqlite_and_gives_back_what_was_packed(key: int, briefing: int, place: int) -> None:
    packed = rowid(key, briefing, place)
    assert 0 < packed < 1 << 63
    assert (briefing_of(packed), place_of(packed)) == (briefing, place)
    low, high = briefing_range(key, briefing)
    assert low <= packed <= high
    low, high = rowid_range(key, key)
    assert low <= packed <= high


def test_descending_rowids_read_newest_first_and_forwards() -> None:
    old, new = date_key("2022-03-25"), date_key("2022-09-12")
    order = [rowid(new, 1, 0), rowid(new, 1, 1), rowid(old, 2, 0), rowid(old, 2, 9), rowid(old, 1, 0)]
    assert order == sorted(order, reverse=True)


def test_numbers_without_room_are_refused() -> None:
    with pytest.raises(NoRoomError):
        rowid(0, MAX_BRIEFINGS + 1, 0)
    with pytest.raises(NoRoomError):
        rowid(0, 1, MAX_PASSAGES)


@given(
    st.lists(st.sampled_from([b"\\", b"x", b"f", b"0", b"\xff", b"\x80", "中".encode()]), max_size=8).map(
        b"".join
    )
)
def test_a_key_tells_which_path_it_is_of(path: bytes) -> None:
    key = source_key(path.decode("utf-8", "surrogateescape"))
    assert source_path(key).encode("utf-8", "surrogateescape") == path
    key.encode()
