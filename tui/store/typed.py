"""Where what an archive holds becomes rows: values that no writer wrote go no further.

What may come in: a row of `rows.py`, as it was made of what SQLite gave. Whoever made the archive decides
which kinds of values stand in its tables, whatever these were declared with; widgets take rows at their word.
"""

from __future__ import annotations

from functools import cache
from types import UnionType
from typing import Any, Literal, NamedTuple, TypeVar, get_args, get_origin, get_type_hints

from loader.kept import MOST_TEXT

from . import rows

Row = TypeVar("Row", rows.SpeakerRow, rows.PassageRow, rows.TurnRow, rows.QuestionRow, rows.Hit)
MOST_CHARACTERS = MOST_TEXT
"""Of a text: a source may be one paragraph, and its text has no more bytes than this."""
_HIGHEST = (1 << 63) - 1


class _Field(NamedTuple):
    """What a field may hold."""

    name: str
    types: frozenset[type]
    words: frozenset[str]
    """The texts that it may be; none where it may be any."""
    items: frozenset[type]
    """Of a tuple: the types of what is in it; none where it may be any."""


def checked(row: Row) -> Row:
    """The row itself; raises `TypeError` or `ValueError` where a field holds what it is not declared to."""
    kind: Any = type(row)
    for field in _fields(kind):
        value = getattr(row, field.name)
        if field.types and type(value) not in field.types:
            raise TypeError(f"a value of another type: {field.name}")
        if isinstance(value, str):
            if len(value) > MOST_CHARACTERS or (field.words and value not in field.words):
                raise ValueError(f"a value that no writer wrote: {field.name}")
        elif isinstance(value, int):
            if not 0 <= value <= _HIGHEST:
                raise ValueError(f"a number below zero: {field.name}")
        elif field.items and not field.items.issuperset(map(type, value or ())):
            raise TypeError(f"a value of another type: {field.name}")
    return row


@cache
def _fields(kind: type) -> tuple[_Field, ...]:
    """The fields that are declared plainly enough to be made sure of."""
    return tuple(
        _Field(name, *_allowed(hint)) for name, hint in get_type_hints(kind).items() if _allowed(hint)[0]
    )


def _allowed(hint: Any) -> tuple[frozenset[type], frozenset[str], frozenset[type]]:
    """Types, words and types of items of an annotation."""
    origin, nothing = get_origin(hint), frozenset[Any]()
    if origin is Literal:
        return frozenset({str}), frozenset(get_args(hint)), nothing
    if origin is UnionType:
        parts = [_allowed(part) for part in get_args(hint)]
        types, words, items = (frozenset[Any]().union(*some) for some in zip(*parts, strict=True))
        return types, words, items
    if origin is tuple:
        return frozenset({tuple}), nothing, frozenset({get_args(hint)[0]})
    if isinstance(hint, type):
        return frozenset({hint}), nothing, nothing
    return nothing, nothing, nothing
