"""How loader and workers talk: JSON values, each behind its length, made into what they were by hand.

What may come in: a pipe from a process of ours that read a stranger's document. Nothing in it makes an object
of any other kind than those named here, as a pickle would.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Any, BinaryIO

from loader.archive.prepared import Part, Prepared, PreparedDocument
from loader.prepare import Item, Listed, Made, Not, Same

_LENGTH = 8
"""Bytes of a value's length."""
_BYTES = "base64"


def send(stream: BinaryIO, packed_value: bytes) -> None:
    """Write what `packed` gave; raises `OSError` where nobody reads any more."""
    stream.write(packed_value)
    stream.flush()


def packed(value: object) -> bytes:
    """A value of plain parts, and of bytes and sets, with its length before it."""
    text = json.dumps(value, ensure_ascii=False, default=_plain).encode("utf-8", "surrogatepass")
    return len(text).to_bytes(_LENGTH, "big") + text


def received(stream: BinaryIO) -> Any:
    """The next value; raises `EOFError` where there is none, `ValueError` where it is half a one."""
    length = stream.read(_LENGTH)
    if not length:
        raise EOFError
    size = int.from_bytes(length, "big")
    text = stream.read(size)
    if len(text) < size:
        raise ValueError("half a value")
    return json.loads(text.decode("utf-8", "surrogatepass"), object_hook=_object)


def packed_item(item: Item | None) -> bytes:
    """An item, or None behind the last of a task."""
    return packed(None if item is None else [type(item).__name__, *item])


def item_of(values: list[Any] | None) -> Item | None:
    """The item that `packed_item` packed, as `received` gives it; raises `ValueError` for anything else."""
    if values is None:
        return None
    kind, path, *rest = values
    if kind == Not.__name__:
        return Not(path, *rest)
    if kind == Same.__name__:
        return Same(path, *rest)
    if kind == Listed.__name__:
        return Listed(path, *rest)
    if kind != Made.__name__:
        raise ValueError(f"no item is a {kind!r}")
    key, (row, documents) = rest
    return Made(path, key, Prepared(row, tuple(_document(one) for one in documents)))


def _document(values: list[Any]) -> PreparedDocument:
    one = PreparedDocument(*values)
    return one._replace(
        parts=tuple(map(_part, one.parts)),
        passages=_part(one.passages),
        asides=_part(one.asides),
        sketch=frozenset(one.sketch),
    )


def _part(values: Any) -> Part:
    table, columns, rows = values
    return Part(table, tuple(columns), [tuple(row) for row in rows])


def _plain(value: object) -> object:
    if isinstance(value, bytes):
        return {_BYTES: b64encode(value).decode("ascii")}
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(f"a {type(value).__name__} is nothing that is sent")


def _object(values: Mapping[str, Any]) -> object:
    return b64decode(values[_BYTES]) if values.keys() == {_BYTES} else values
