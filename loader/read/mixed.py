"""Bytes in two encodings: lines of UTF-8 and of GB18030 or Big5 that somebody put into one file.

Only what is certain is read so: there is enough of both to weigh, all of it decodes strictly, and both read
as running Chinese does. No wrong decoding does (`loader.read.encoding.weigh`), so broken bytes are no text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

_OTHERS = ("gb18030", "big5hkscs")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_LEAST = 8
"""Chinese characters that there have to be in each of the encodings."""
_CERTAIN = 0.5
"""From this weight on, lines are certainly text in an encoding."""


class Mixed(NamedTuple):
    """The text, and how much of it is in which other encoding than UTF-8."""

    text: str
    other: str
    """Python's codec name."""
    lines: int
    size: int
    """Bytes of these lines."""


def decode(raw: bytes, weigh: Callable[[str], float]) -> Mixed | None:
    """The text of bytes that are no UTF-8 as a whole, line by line; None where it is not certain."""
    lines = raw.splitlines(keepends=True)
    texts = [_strictly(line, "utf-8") for line in lines]
    if not _is_certain("".join(text for text in texts if text is not None), weigh):
        return None
    rest = b"".join(line for line, text in zip(lines, texts, strict=True) if text is None)
    read = {codec: text for codec in _OTHERS if (text := _strictly(rest, codec)) is not None}
    other = max(read, key=lambda codec: weigh(read[codec]), default=None)
    if other is None or not _is_certain(read[other], weigh):
        return None
    count = size = 0
    within = False
    """Whether the last line that is not ASCII was in the other encoding."""
    for at, line in enumerate(lines):
        if line.isascii():
            continue
        text = texts[at]
        if text is None or (within and not _CHINESE.search(text)):  # two bytes may be a letter of UTF-8 too
            said = _strictly(line, other)
            if said is not None and (text is None or weigh(said) > weigh(text)):
                texts[at] = said
                count, size, within = count + 1, size + len(line), True
                continue
        within = False
    return Mixed("".join(text or "" for text in texts), other, count, size)


def _strictly(raw: bytes, codec: str) -> str | None:
    try:
        return raw.decode(codec)
    except UnicodeDecodeError:
        return None


def _is_certain(text: str, weigh: Callable[[str], float]) -> bool:
    enough = sum(1 for _, _ in zip(range(_LEAST), _CHINESE.finditer(text), strict=False)) == _LEAST
    return enough and weigh(text) >= _CERTAIN
