"""The one text folding that index and query share, and the characters and bigrams FTS5 is fed.

What may come in: any Python string without control characters. Folding goes character by character
(width and compatibility forms by NFKC, case, Traditional to Simplified, blanks to one blank), so
lengths stay and a span in folded text is the span in the text shown. The Traditional table is data
of the archive (see `traditional_pairs`), never of the program that happens to read it: index and query
cannot disagree.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

FOLD_VERSION = 1
"""Raised whenever `Fold` maps any character otherwise; archives remember theirs."""

INDEX_VERSION = 5
"""Raised whenever `grams`, `stamp` or the index's table change; archives remember theirs."""

BLANK = "\u2423"
"""Stands for a blank inside a gram, since grams are parted by blanks."""

EXACT = 3
"""Terms of fewer characters are tokens of the index; longer ones are made sure of by the text."""

MOST = 32
"""Tokens that the index is asked for at most: the text is asked for all of a long term anyway."""

_NUMBERS = re.compile(r"(?=([0-9.,%:/-]{3}))")
"""Three characters as numbers are written with."""

TOKENIZER = "ascii tokenchars '!\"#$%&''()*+,-./:;<=>?@[\\]^_`{|}~'"
"""FTS5 tokenizer under which every character but the blank belongs to a token."""


class Fold(dict[int, int]):
    """Folds text; `pairs` is Traditional and Simplified in turn (`後后東东`), possibly empty."""

    def __init__(self, pairs: str = "") -> None:
        super().__init__()
        self._simplified = dict(zip(pairs[::2], pairs[1::2], strict=True))

    def __call__(self, text: str) -> str:
        """The folded text, of the same length in characters."""
        return text.translate(self)

    def __missing__(self, code: int) -> int:
        """The fold of one code point, remembered."""
        folded = chr(code)
        for _ in range(4):  # a fold may need folding itself: ſ → s, ＂ → ", 乾 → 干
            before, folded = folded, self._once(folded)
            if folded == before:
                break
        self[code] = ord(folded)
        return self[code]

    def _once(self, char: str) -> str:
        if char.isspace():
            return " "
        wide = unicodedata.normalize("NFKC", char)
        char = wide if len(wide) == 1 else char
        lower = char.casefold()
        char = lower if len(lower) == 1 else char
        return self._simplified.get(char, char)


def traditional_pairs() -> str:
    """The Traditional–Simplified pairs of OpenCC, character by character: what `Fold` takes.

    Costs an import of OpenCC (about 30 ms); wanted once, when an archive is made.
    """
    import opencc

    ranges = ((0x3400, 0xA000), (0xF900, 0xFB00), (0x20000, 0x323B0))
    chars = [chr(code) for first, stop in ranges for code in range(first, stop)]
    simplified = opencc.OpenCC("t2s").convert("\n".join(chars)).split("\n")
    pairs = zip(chars, simplified, strict=True)
    return "".join(old + new for old, new in pairs if old != new and len(new) == 1)


def grams(folded: str) -> str:
    """The tokens of a passage for FTS5: characters, each two neighbours, three within a number; each once.

    `核酸核` becomes `核 酸 核酸 酸核`. A term of one or two characters is a token; a longer one stands only
    where all its neighbours are, and the text itself says whether it does (`patterns`). Two digits are in so
    many passages that numbers get three as well: `1.86` adds `1.8` and `.86`.
    """
    text = folded.replace(" ", BLANK)
    return " ".join(dict.fromkeys([*text, *map(str.__add__, text, text[1:]), *_NUMBERS.findall(text)]))


def neighbours(term: str) -> list[str]:
    """The tokens that a passage has if it holds `term` (folded), each once; none is part of another."""
    text = term.replace(" ", BLANK)
    found = [text] if len(text) < EXACT else []
    for at in range(len(text) - 1 if not found else 0):
        number = _NUMBERS.match(text, at)
        if number:
            found.append(number[1])
        elif not (at and _NUMBERS.match(text, at - 1)):
            found.append(text[at : at + 2])
    return list(dict.fromkeys(found))


def stamp(field: str, number: int | str) -> str:
    """The token of a passage of which something else is known, such as who speaks: never shorter than three
    characters, so that no text is taken for one."""
    return f"{field}:{number}"


def match_expression(term: str) -> str:
    """The FTS5 expression for passages that may hold `term` (folded, not empty): do, up to two characters."""
    return having(neighbours(term)[:MOST])


def having(tokens: Iterable[str]) -> str:
    """The FTS5 expression for passages that have all these tokens."""
    return " AND ".join('"' + token.replace('"', '""') + '"' for token in tokens)


def patterns(term: str, variants: Mapping[str, str]) -> list[str]:
    """The GLOB patterns for texts, as they were read, that hold `term` (folded) under the fold: any of them.

    `variants` gives for a folded character all others that are folded to it and that the texts hold. Each
    pattern begins with one character: SQLite looks for that at once, and for one of several by recursion.
    """
    rest = "".join(_one_of(char + variants.get(char, "")) for char in term[1:])
    return [f"*{_one_of(char)}{rest}*" for char in term[0] + variants.get(term[0], "")]


def expression(term: str, variants: Mapping[str, str]) -> re.Pattern[str]:
    """The regular expression for `term` (folded) in texts as they were read; `variants` as for `patterns`."""
    return re.compile("".join(f"[{re.escape(char + variants.get(char, ''))}]" for char in term))


def _one_of(chars: str) -> str:
    """A GLOB pattern for one of these characters."""
    if len(chars) == 1 and chars not in "*?[":
        return chars
    # within brackets a ] comes first, a ^ not first, a - last
    return f"[{''.join(sorted(chars, key=lambda char: (char != ']', char == '^', char == '-')))}]"


def occurrences(term: str, folded: str) -> Iterator[tuple[int, int]]:
    """Where `term` stands in `folded`, left to right, not overlapping."""
    at = folded.find(term)
    while at >= 0:
        yield at, at + len(term)
        at = folded.find(term, at + len(term))
