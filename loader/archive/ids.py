"""Ids that are stable and can be typed: place in pinyin, date, ordinal: `weifang-2022-03-25-12`."""

from __future__ import annotations

import re
from collections.abc import Callable
from string import ascii_lowercase

from loader.model import Briefing

_SYLLABLES = 6  # of a title that stands in for place and organ
_LONGEST = 72
"""Letters of it: twelve syllables of Chinese have no more."""
_DIVISION = re.compile(r"(?<=..)(?:特别行政区|自治区|自治州|自治县|省|市|区|區|县|縣|州|旗|盟)$")


def stem(briefing: Briefing) -> str:
    """The id of a briefing before clashes are settled; parts the source does not give are left out."""
    head = _roman(briefing.place and _DIVISION.sub("", briefing.place.split()[-1])) or _roman(briefing.organ)
    if not head:
        head = _roman(briefing.title, _SYLLABLES) or briefing.kind
    date = (briefing.date or "").rstrip("~?%").removeprefix("XXXX").strip("-")
    ordinal = str(briefing.ordinal) if briefing.ordinal is not None else ""
    return "-".join(part for part in (head, date, ordinal) if part)


def free(wanted: str, taken: Callable[[str], bool]) -> str:
    """`wanted`, or where it is taken a free one of `wanted-b`, `wanted-c`, … `wanted-aa`, …

    It is the first one where those taken have no holes; asked for are as many as that number has bits,
    twice, so that ten thousand briefings of one place and day cost no more than ten.
    """
    if not taken(wanted):
        return wanted
    high = 1
    while taken(_lettered(wanted, high)):
        high *= 2
    low = high // 2  # this one is taken, `high` is free
    while high - low > 1:
        middle = (low + high) // 2
        if taken(_lettered(wanted, middle)):
            low = middle
        else:
            high = middle
    return _lettered(wanted, high)


def _lettered(wanted: str, nth: int) -> str:
    """The name with its suffix: 0 has none, 1 is `-b`, 25 is `-z`, 26 is `-aa`."""
    letters = ""
    left = nth + 1 if nth else 0
    while left:
        left, digit = divmod(left - 1, 26)
        letters = ascii_lowercase[digit] + letters
    return f"{wanted}-{letters}" if letters else wanted


def _roman(text: str | None, syllables: int = 12) -> str:
    """Pinyin without tones, Latin words as they are; only `a-z0-9`, at most so many syllables."""
    if not text:
        return ""
    from pypinyin import lazy_pinyin

    parts = lazy_pinyin(text, v_to_u=False)  # runs that are no Chinese come back as they are
    kept = (re.sub("[^a-z0-9]", "", part.lower()) for part in parts)
    return "".join([part for part in kept if part][:syllables])[:_LONGEST]
