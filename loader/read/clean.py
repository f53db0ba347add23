"""Scrub text once, on the way in: afterwards it cannot drive a terminal or hide what it says.

Three rules, by what a character does:

- **Line ends.** CR LF, CR, VT, FF, U+0085, U+2028 and U+2029 are line ends (UAX #14, class BK); all
  become `\\n`. Tabs stay.
- **Controls** (ECMA-48 C0, DEL) are made visible as Unicode control pictures, ESC as U+241B: what a
  source says is shown, not obeyed. C1 has no pictures: U+FFFD, as have lone surrogates.
- **Characters without a glyph** are taken out: zero-width ones, bidi embeddings, overrides and
  isolates, tags, variation selectors (UTR #36 and UAX #9; they split words, so that a search passes
  by, and reorder a line, so that it reads as what nobody said). Without them the text reads in the
  order in which it is stored. `invisible()` says how many there were, so none goes unnoticed.

No-break space becomes a plain space; ideographic space, which indents a paragraph, stays.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from itertools import accumulate

from loader.model import Mark, MarkKind
from loader.unseen import IGNORABLE

_PICTURES = (
    {code: 0x2400 + code for code in range(0x20)}
    | {0x7F: 0x2421}
    | dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
    | dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)
    | {0x09: 0x09}
    | dict.fromkeys((0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029), 0x0A)
)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_INVISIBLE = re.compile(f"[{IGNORABLE}]")

_TRAILING = re.compile(r"(?<![ \t\u3000])[ \t\u3000]++(?=\n|\Z)")  # the lookbehind keeps it linear
_BLANK_LINES = re.compile(r"(?<=\n\n\n)\n+")


def scrub(text: str) -> str:
    """The text by the rules above, but for blanks; any string may come in, even lone surrogates."""
    text = text.replace("\r\n", "\n")
    if _CONTROL.search(text):
        text = _CONTROL.sub(lambda found: chr(_PICTURES[ord(found[0])]), text)
    return _INVISIBLE.sub("", text)


def invisible(text: str) -> str:
    """What `scrub` takes out of a text, for a person: `U+200B ×3, U+202E ×1`; empty where nothing.

    A byte order mark at the head is no part of the text.
    """
    counts = Counter(_INVISIBLE.findall(text.removeprefix("\ufeff")))
    return ", ".join(f"U+{ord(char):04X} ×{count}" for char, count in sorted(counts.items()))


def settle(text: str, marks: Iterable[Mark], *, squeeze: bool) -> tuple[str, tuple[Mark, ...]]:
    """Scrubbed text and marks in their last form: no blanks at line ends, marks moved along.

    `squeeze` leaves at most two blank lines together. A mark is trimmed to what can be seen, a bold
    one is cut at line ends; what is then empty goes. The result is sorted by start, wider first.
    """
    text = text.replace("\xa0", " ")
    text, first = _cut(text, _TRAILING)
    text, second = _cut(text, _BLANK_LINES) if squeeze else (text, None)
    out: list[tuple[int, int, MarkKind, str]] = []
    for kind, start, end, value in marks:
        if first:
            start, end = first.moved(start), first.moved(end)
        if second:
            start, end = second.moved(start), second.moved(end)
        runs = _lines(text, start, end) if kind == "bold" and "\n" in text[start:end] else ((start, end),)
        for a, b in runs:
            if a < b and (text[a].isspace() or text[b - 1].isspace()):
                a, b = _trim(text, a, b)
            if a < b:
                out.append((a, -b, kind, value))
    out.sort()
    return text, tuple(Mark(kind, a, -b, value) for a, b, kind, value in dict.fromkeys(out))


class _Ledger:
    """What was cut out of a text: where each cut began, and how many characters are gone with it."""

    def __init__(self, cuts: list[tuple[int, int]]) -> None:
        self.starts = [start for start, _ in cuts]
        self.gone = [0, *accumulate(end - start for start, end in cuts)]

    def moved(self, offset: int) -> int:
        """A place in the text after the cuts; one within a cut moves to where the cut was."""
        i = bisect_left(self.starts, offset)
        return max(offset - self.gone[i], self.starts[i - 1] - self.gone[i - 1]) if i else offset


def _cut(text: str, pattern: re.Pattern[str]) -> tuple[str, _Ledger | None]:
    """The text without what a pattern finds, and the ledger, if it finds anything."""
    cuts = [found.span() for found in pattern.finditer(text)]
    return (pattern.sub("", text), _Ledger(cuts)) if cuts else (text, None)


def _lines(text: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        yield start, stop
        start = stop + 1


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
