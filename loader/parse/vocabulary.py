"""The parser's word lists, read from the tables in `data` when they are first asked for.

A table has one class of words a row: its name, a tab, the words parted by blanks. Words are folded
(Simplified
script, half-width marks, Latin in lower case). Lines that begin with `;` say where the words come from.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple


def rows(table: str) -> Iterator[tuple[str, list[str]]]:
    """The rows of a table: the name of a class, and its words."""
    listed = files("loader.parse").joinpath("data", f"{table}.txt")
    for line in listed.read_text("utf-8").splitlines():
        if line and not line.startswith(";"):
            name, _, words = line.rpartition("\t")
            yield name, words.split()


@cache
def words(table: str, name: str) -> frozenset[str]:
    """The words of one class of a table."""
    return frozenset(word for row, found in rows(table) for word in found if row == name)


@cache
def surnames() -> dict[str, float]:
    """Surnames with how many in a million people bear them."""
    return {word: float(name) for name, found in rows("surnames") for word in found}


@cache
def stage_words() -> frozenset[str]:
    """All words that say what part somebody has."""
    return frozenset(word for _, found in rows("stages") for word in found)


@cache
def not_names() -> frozenset[str]:
    """Common words that open with a surname."""
    return frozenset(word for _, found in rows("not_names") for word in found)


class Endings(NamedTuple):
    """Words that a longer word ends with; `longest` is the length of the longest, in characters."""

    words: frozenset[str]
    longest: int

    def of(self, text: str, stop: int) -> int:
        """The length of the longest of the words that `text` ends with before `stop`, or 0."""
        for size in range(min(self.longest, stop), 0, -1):
            if text[stop - size : stop] in self.words:
                return size
        return 0


@cache
def endings(table: str, name: str) -> Endings:
    """The words of one class of a table, as endings."""
    found = words(table, name)
    return Endings(found, max(map(len, found)))


@cache
def translated_offices() -> dict[str, tuple[str, ...]]:
    """Offices in English, in lower case and the longest first, with what they are called in Chinese."""
    found = {name: tuple(titles) for name, titles in rows("offices")}
    return dict(sorted(found.items(), key=lambda office: -len(office[0])))


@cache
def short_organs() -> dict[str, str]:
    """Short forms of organs that leaving characters out does not give, and what they stand for."""
    return dict(word.split("=") for word in words("organs", "short"))
