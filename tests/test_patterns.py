"""No pattern repeats a group possessively: Python 3.11.0 to 3.11.4 match such groups wrongly.

CPython gh-106052 and gh-100061: where what is repeated can itself backtrack, those versions (Debian 12 has
3.11.2) match what the pattern forbids or miss what it allows. `(?>(?:…)*)` means the same and is right
everywhere. The repeat of one character or class, `[^*]++`, was always right.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import loader
import tui

SINGLE = (codes.IN, codes.LITERAL, codes.NOT_LITERAL, codes.ANY, codes.CATEGORY)


def _modules() -> Iterator[str]:
    for package in (loader, tui):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            yield module.name


def _patterns(value: Any) -> Iterator[re.Pattern[str]]:
    """The patterns a module's name stands for: alone, in tables, in rows of tables."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _patterns(part)
    elif isinstance(value, tuple | list | set | frozenset):
        for part in value:
            yield from _patterns(part)
    elif not isinstance(value, type) and hasattr(value, "__dataclass_fields__"):
        for field in value.__dataclass_fields__:
            yield from _patterns(getattr(value, field, None))


def _parts(value: Any) -> Iterator[Any]:
    """Every parsed (operator, operand) within a parsed pattern, however deep."""
    if isinstance(value, parser.SubPattern):
        for operator, operand in value:
            yield operator, operand
            yield from _parts(operand)
    elif isinstance(value, tuple | list):
        for part in value:
            yield from _parts(part)


def repeats_a_group(pattern: str, flags: int = 0) -> bool:
    """Whether a possessive quantifier of the pattern stands behind more than one character or class."""
    return any(
        operator is codes.POSSESSIVE_REPEAT and not (len(operand[2]) == 1 and operand[2][0][0] in SINGLE)
        for operator, operand in _parts(parser.parse(pattern, flags))
    )


@pytest.mark.parametrize("name", sorted(_modules()))
def test_no_group_is_repeated_possessively(name: str) -> None:
    values = vars(importlib.import_module(name)).values()
    for found in (found for value in values for found in _patterns(value)):
        assert not repeats_a_group(found.pattern, found.flags), found.pattern


def test_what_is_looked_for_is_found() -> None:
    assert repeats_a_group(r"x(?:ab?c)*+")
    assert repeats_a_group(r"((?:[^*]++|\*(?!\*))++)")
    assert not repeats_a_group(r"[^*]++a?+\s*+(?>(?:ab?c)*)")
