"""Characters that a terminal obeys, or that nobody sees: what they are, and what stands in their place.

What may come in: any string, even with lone surrogates. The reader scrubs documents of them once
(`loader.read.clean`); `visible` is for everything else that may end on a terminal: names of files, rows of
an archive that somebody else made, what was typed.
"""

from __future__ import annotations

import re

LINE_ENDS = "\n\x0b\x0c\r\x1c-\x1e\x85\u2028\u2029"
"""What ends a line somewhere, as a class of characters: for UAX #14 (BK), or for `str.splitlines`."""
IGNORABLE = (
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
)
"""Unicode's Default_Ignorable_Code_Point, and the interlinear annotation marks, as a class of characters."""

GONE = "\ufffd"
"""Stands for what has no picture."""
PICTURES = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "\u2421"}
"""Unicode's control pictures: of C0 and DEL."""

_OBEYED = re.compile(f"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff{IGNORABLE}]")
_BLANK = re.compile(f"[\t{LINE_ENDS}]")


def visible(text: str) -> str:
    """`text`, character for character, with nothing in it that is obeyed or not seen.

    Tabs and line ends become blanks, controls their pictures, all else U+FFFD.
    """
    return _OBEYED.sub(_shown, text) if _OBEYED.search(text) else text


def visible_lines(text: str) -> str:
    """The same, but tabs and line feeds stay."""
    if not _OBEYED.search(text):
        return text
    return _OBEYED.sub(lambda found: found[0] if found[0] in "\n\t" else _shown(found), text)


def _shown(found: re.Match[str]) -> str:
    return " " if _BLANK.match(found[0]) else PICTURES.get(ord(found[0]), GONE)


def obeyed(text: str) -> re.Match[str] | None:
    """The first character of `text` that is obeyed or not seen, tabs and line ends among them."""
    return _OBEYED.search(text)
