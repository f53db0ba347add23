"""How alike two transcripts are, though outlets cut, retype and decorate: a bottom-k MinHash sketch.

What may come in: folded text. Method: Broder, "On the resemblance and containment of documents" (1997),
with one hash function (CRC-32, since it is quick) and the k smallest values. Nine characters that are
letters or digits make a shingle, so punctuation, blanks and line breaks do not count. Texts of less than
`LEAST` shingles are like nothing: two short notices share their formulas.
"""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterable
from itertools import compress
from zlib import crc32

SIZE = 96
"""Hashes a sketch holds: the standard error of an estimate is at most 0.05."""
SHINGLE = 9
_BYTES = SHINGLE * 4
_CLASSES = tuple(bytes((byte * 89 & 0xFF) >> 5 == nth for byte in range(256)) for nth in range(8))
"""Which shingles have the smallest hashes, by the low byte of their first character: the first three bits of
a hash are had for nothing, so of a long text an eighth is hashed."""
LEAST = 64
ALIKE = 0.55
"""Resemblance from which two transcripts are the same briefing: one retyped, cut or printed with comments
stays well above, two briefings of one series held on following days stay below 0.2."""

Sketch = frozenset[int]


def sketch(folded: str) -> Sketch:
    """The `SIZE` smallest 35-bit hashes of the text's shingles; empty if it is too short to tell."""
    said = letters(folded).encode("utf-32-le", "replace")
    if len(said) < (LEAST + SHINGLE - 1) * 4:
        return frozenset()
    starts = range(0, len(said) - _BYTES + 1, 4)
    low_bytes = said[: 4 * len(starts) : 4]
    found: set[int] = set()
    for nth, members in enumerate(_CLASSES):
        chosen = compress(starts, low_bytes.translate(members))
        found |= {nth << 32 | crc32(said[at : at + _BYTES]) for at in chosen}
        if len(found) >= SIZE:
            break
    return frozenset(sorted(found)[:SIZE]) if len(found) >= LEAST else frozenset()


def letters(folded: str) -> str:
    """What of a folded text counts where texts are compared: its letters and digits."""
    return "".join(filter(str.isalnum, folded))


def text_digest(said: str) -> bytes | None:
    """A digest of `letters`, by which the very same text is known again; `None` for no text."""
    return hashlib.blake2b(said.encode("utf-8", "replace"), digest_size=16).digest() if said else None


def resemblance(one: Sketch, other: Sketch) -> float:
    """The estimated share of shingles that two texts have in common, 0 to 1."""
    if not one or not other:
        return 0.0
    smallest = heapq.nsmallest(SIZE, one | other)
    return sum(value in one and value in other for value in smallest) / len(smallest)


def first_shown(group: Iterable[tuple[int, int, int]]) -> int:
    """Which of the same briefings is shown first: of (number, questions, characters read) the fullest."""
    return max(group, key=lambda one: (one[1], one[2], -one[0]))[0]
