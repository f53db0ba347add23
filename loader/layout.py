"""What the writer and the readers of an archive agree on: its marks, its date order, its rowids.

A passage's rowid packs date, briefing and place into 63 bits, so FTS5, which walks rowids for free,
gives the newest passages first and any range of dates at a cost that does not grow with the archive.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from typing import Any

Execute = Callable[..., Any]
"""A connection's `execute`."""
APPLICATION_ID = 0x42524654  # "BRFT": `PRAGMA application_id` of an archive
SCHEMA_VERSION = 9
"""`PRAGMA user_version` of an archive: the number of migrations applied."""

BRIEFING_BITS = 20
PLACE_BITS = 21
MAX_BRIEFINGS = (1 << BRIEFING_BITS) - 1
MAX_PASSAGES = 1 << PLACE_BITS
"""How many passages one briefing can hold."""

_BEFORE_ESCAPE = re.compile(r"(\\+)(?=x[0-9a-f]{2}|[\udc80-\udcff])")
_ESCAPE = re.compile(rb"(\\+)x([0-9a-f]{2})")
_LEAP = 2000
"""A year that has a 29 February, for days without a year."""
_EDTF = re.compile(r"(\d{4}|XXXX)(?:-(\d{2})(?:-(\d{2}))?)?[~?%]?", re.ASCII)


class NoRoomError(OverflowError):
    """More passages than a document may have, or more briefings than an archive holds."""


def source_key(path: str) -> str:
    """The name under which an archive keeps the source at `path`: no two paths have the same.

    A byte that is no UTF-8 is written as `\\xff`. Backslashes before what could be read as such an escape,
    or is one, are doubled, so that a name which has those four characters stays another one.
    """
    path = _BEFORE_ESCAPE.sub(r"\1\1", path)
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def source_path(key: str) -> str:
    """The path whose `source_key` is `key`."""

    def read(escape: re.Match[bytes]) -> bytes:
        slashes, code = escape.groups()
        last = bytes.fromhex(code.decode()) if len(slashes) % 2 else b"x" + code
        return slashes[: len(slashes) // 2] + last

    return _ESCAPE.sub(read, key.encode()).decode("utf-8", "surrogateescape")


def date_key(edtf: str | None) -> int:
    """A 22-bit number that sorts dates: no date first, then dates without a year, then by year.

    A month or year alone sorts before its days. Raises `ValueError` for what is no EDTF date.
    """
    if edtf is None:
        return 0
    return _key(*_parts(edtf))


def check_date(edtf: str) -> None:
    """Raise `ValueError` unless somebody may type `edtf` as a date: one that the calendar has.

    `XXXX-02-29` is one, for some year has it. There is no year 0, whose key would be that of no year.
    Stricter than `date_key`, which also takes what an older program let into an archive.
    """
    year, month, day = _parts(edtf)
    last = monthrange(year or _LEAP, month)[1] if month else 0
    if edtf.startswith("0000") or month == 0 or (day is not None and not 1 <= day <= last):
        raise ValueError(f"no such day: {edtf!r}")


def date_range(first: str, last: str) -> tuple[int, int]:
    """The keys from the first day of EDTF `first` to the last of `last`, both inclusive.

    `2022` and `2022-03` stand for all their days. Raises `ValueError` as `check_date` does.
    """
    check_date(first)
    check_date(last)
    year, month, day = _parts(last)
    return _key(*_parts(first)), _key(year, 12 if month is None else month, 31 if day is None else day)


def _parts(edtf: str) -> tuple[int, int | None, int | None]:
    match = _EDTF.fullmatch(edtf)
    if not match:
        raise ValueError(f"no EDTF date: {edtf!r}")
    year, month, day = match.groups()
    if int(month or 1) > 12 or int(day or 1) > 31:
        raise ValueError(f"no such day: {edtf!r}")
    return 0 if year == "XXXX" else int(year), int(month) if month else None, int(day) if day else None


def _key(year: int, month: int | None, day: int | None) -> int:
    return (year * 13 + (month or 0)) * 32 + (day or 0)


def rowid(key: int, briefing: int, place: int) -> int:
    """The rowid of the passage at `place` (from 0) of briefing number `briefing` held on `key`.

    Descending rowids give newest briefings first and, within one, reading order.
    Raises `NoRoomError` where a number has no room.
    """
    if not (0 < briefing <= MAX_BRIEFINGS and 0 <= place < MAX_PASSAGES):
        raise NoRoomError(f"briefing {briefing}, passage {place}: beyond what an archive holds")
    return (key << BRIEFING_BITS | briefing) << PLACE_BITS | (MAX_PASSAGES - 1 - place)


def rowid_range(first_key: int, last_key: int) -> tuple[int, int]:
    """The lowest and highest rowid of passages held between two date keys, both inclusive."""
    shift = BRIEFING_BITS + PLACE_BITS
    return first_key << shift, (last_key + 1 << shift) - 1


def briefing_of(passage: int) -> int:
    """The briefing number packed into a rowid."""
    return passage >> PLACE_BITS & MAX_BRIEFINGS


def place_of(passage: int) -> int:
    """The place within its briefing packed into a rowid, from 0."""
    return MAX_PASSAGES - 1 - (passage & MAX_PASSAGES - 1)


def briefing_range(key: int, briefing: int) -> tuple[int, int]:
    """The lowest and highest rowid of one briefing's passages, both inclusive."""
    low = (key << BRIEFING_BITS | briefing) << PLACE_BITS
    return low, low | MAX_PASSAGES - 1
