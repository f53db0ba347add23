"""Numbers written the other way: `第十二场` and `第12场`, `二十` and `20`, `二〇二二` and `2022`.

What may come in: a folded term. Only what everybody reads so: whole numbers below a hundred million, a
single digit only behind 第 or before 月, 日, 号. 一 alone is mostly no number (一些, 一定), nor is a figure
with a point, a comma or a unit of ten thousand behind it.
"""

from __future__ import annotations

import re

_DIGITS = "零一二三四五六七八九"
_VALUES = {char: value for value, char in enumerate(_DIGITS)} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_CHINESE = re.compile(r"(第?)([零〇一二两三四五六七八九十百千万]+)(?![点成分.%]|亿)(?=([月日号]?))")
_ARABIC = re.compile(r"(第?)(?<![\d.,])([1-9]\d{0,7})(?![\d%万亿]|[.,]\d)(?=([月日号]?))")
_MOST = 100_000_000


def other_numerals(term: str) -> tuple[str, ...]:
    """The same term with its numbers written the other way: all in figures, all in words."""
    figures = _CHINESE.sub(_in_figures, term)
    words = _ARABIC.sub(_in_words, term)
    return tuple(dict.fromkeys(one for one in (figures, words) if one != term))


def _in_figures(match: re.Match[str]) -> str:
    ordinal, digits, day = match.groups()
    if len(digits) == 1 and not (ordinal or day) and digits != "十":
        return match.group()
    value = value_of(digits)
    return match.group() if value is None else f"{ordinal}{value}"


def _in_words(match: re.Match[str]) -> str:
    ordinal, digits, day = match.groups()
    if len(digits) == 1 and not (ordinal or day):
        return match.group()
    return ordinal + words_of(int(digits))


def value_of(digits: str) -> int | None:
    """The number that Chinese digits say, by place (`一百零五`) or one by one (`二〇二二`); None if none."""
    if not any(char in _UNITS or char == "万" for char in digits):
        return int("".join(str(_VALUES[char]) for char in digits)) if digits[0] not in "零〇" else None
    above, dot, below = digits.rpartition("万")
    if dot and not above:
        return None
    high, low = (_below_ten_thousand(part) if part else 0 for part in (above, below))
    value = None if high is None or low is None else high * 10_000 + low
    return value if value is not None and value < _MOST else None


def _below_ten_thousand(digits: str) -> int | None:
    total, digit, last = 0, None, 10_000
    for char in digits:
        if char in "零〇":
            if digit is not None:
                return None
        elif char in _UNITS:
            unit = _UNITS[char]
            if unit >= last or (digit is None and not (unit == 10 and last == 10_000)):
                return None
            total, digit, last = total + (1 if digit is None else digit) * unit, None, unit
        elif char not in _VALUES or digit is not None:
            return None
        else:
            digit = _VALUES[char]
    return total + (digit or 0)


def words_of(value: int) -> str:
    """A number below a hundred million as it is said: `105` is `一百零五`, `12` is `十二`."""
    if value >= 10_000:
        high, low = divmod(value, 10_000)
        between = "零" if 0 < low < 1000 else ""
        return f"{words_of(high)}万{between}{words_of(low) if low else ''}"
    said = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // unit % 10
        if digit:
            said += _DIGITS[digit] + name
        elif said and value % unit:
            said += "" if said.endswith("零") else "零"
    return said.removeprefix("一") if 10 <= value < 20 else said
