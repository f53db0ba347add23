"""How a source is kept: its passages stand in the archive anyway, so its text is kept without them.

What may come in: a text and the spans of its passages, or what `rest` made and the passages. Together they
give the text again, character by character; nothing is said twice.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence

from loader.layout import Execute, briefing_range

_WINDOW = 1 << 15
"""Bytes of a text that zlib can look back on."""


MOST_RAW = 256 * 1024 * 1024
MOST_TEXT = MOST_RAW
"""Bytes that a source and its text unpack to, at most, whatever an archive says: as many as a file has."""


def rest(text: str, passages: Iterable[tuple[int, int]]) -> bytes:
    """`text` without its passages (spans in any order, none overlapping another), packed."""
    at, left = 0, []
    for start, stop in sorted(passages):
        left.append(text[at:start])
        at = stop
    return zlib.compress("".join((*left, text[at:])).encode())


def whole(packed: bytes, passages: Iterable[tuple[int, str]], chars: int) -> str:
    """The text of `chars` characters again: what `rest` left, and each passage with where it begins.

    Raises `zlib.error`, `ValueError` or `TypeError` where it is damaged.
    """
    left = unpacked(packed, min(4 * chars, MOST_TEXT)).decode()
    parts: list[str] = []
    at = taken = 0
    for start, text in sorted(passages):
        if start < at:
            raise ValueError("two passages overlap")
        parts += (left[taken : taken + start - at], text)
        taken += start - at
        at = start + len(text)
    return "".join((*parts, left[taken:]))


def unpacked(packed: bytes, most: int, dictionary: bytes = b"") -> bytes:
    """What was packed, of at most so many bytes; raises `zlib.error` where it is more, or cut off."""
    unpacker = zlib.decompressobj(zdict=dictionary) if dictionary else zlib.decompressobj()
    data = unpacker.decompress(packed, most + 1)
    if len(data) > most:
        raise zlib.error(f"it unpacks to more than {most:,} bytes")
    if not unpacker.eof:
        raise zlib.error("it is cut off")
    return data


def pack_raw(raw: bytes, text: str, encoding: str) -> bytes | None:
    """The source's bytes, packed beside its text; `None` where encoding the text gives these very bytes."""
    encoded = text.encode(encoding, "replace")
    if encoded == raw:
        return None
    packer = zlib.compressobj(zdict=encoded[-_WINDOW:]) if encoded else zlib.compressobj()
    return packer.compress(raw) + packer.flush()


def unpack_raw(packed: bytes | None, text: str, encoding: str) -> bytes:
    """The source's bytes again; raises `zlib.error`, `UnicodeError` or `LookupError` where it is damaged."""
    if packed is None:
        return text.encode(encoding)
    return unpacked(packed, MOST_RAW, text.encode(encoding, "replace")[-_WINDOW:])


def source_text(execute: Execute, source: int, packed: bytes) -> str:
    """The text of the source of that number, as it was read; raises as `whole` does."""
    passages: list[tuple[int, str]] = []
    for key, number in documents_of(execute, source):
        passages += execute(
            "select start, text from passage where id between ? and ?", briefing_range(key, number)
        ).fetchall()
    (chars,) = execute("select chars from source where id = ?", (source,)).fetchone()
    return whole(packed, passages, chars)


def documents_of(execute: Execute, source: int) -> Sequence[tuple[int, int]]:
    """Date key and number of each document of a source."""
    rows: Sequence[tuple[int, int]] = execute(
        "select date_key, id from document where source = ? order by nth", (source,)
    ).fetchall()
    return rows


def uncovered(execute: Execute, source: int, text: str) -> Iterator[str]:
    """Each way in which not every non-blank character of a source stands in exactly one turn."""
    spans = execute(
        "select t.start, t.stop from turn t join document d on d.id = t.document"
        " where d.source = ? order by t.start, t.stop",
        (source,),
    )
    at = 0
    for start, stop in spans:
        if start < at:
            yield f"two turns overlap at character {start}"
        elif text[at:start].strip():
            yield f"no turn holds characters {at} to {start}"
        at = max(at, stop)
    if text[at:].strip():
        yield f"no turn holds the text after character {at}"
