"""Numerals: Chinese and Arabic whole numbers, as ordinals and dates write them."""

from __future__ import annotations

import re

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
ENGLISH = {
    word: n
    for n, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), start=1
    )
}


def number(word: str) -> int | None:
    """The value of a folded numeral (`十二`, `二〇二二`, `一百零三`, `17`), or None."""
    word = word.strip()
    if re.fullmatch(r"[0-9]{1,9}", word):
        return int(word)
    if not word or not all(c in _DIGITS or c in _UNITS or c in "0123456789" for c in word):
        return None
    if not any(c in _UNITS for c in word):
        return int("".join(str(_DIGITS.get(c, c)) for c in word))
    total, digit = 0, 0
    for char in word:
        if char in _UNITS:
            total += (digit or 1) * _UNITS[char]
            digit = 0
        else:
            digit = _DIGITS[char] if char in _DIGITS else digit * 10 + int(char)
    return total + digit
