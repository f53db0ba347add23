"""How alike two transcripts are, though outlets cut, retype and decorate: a bottom-k MinHash sketch.

What may come in: folded text. Method: Broder, "On the resemblance and containment of documents" (1997),
with one hash function and the k smallest values. Nine characters that are letters or digits make a
shingle, so punctuation, blanks and line breaks do not count. Texts of less than `LEAST` shingles are
like nothing: two short notices share their formulas.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from hashlib import blake2b

SIZE = 96
"""Hashes a sketch holds: the standard error of an estimate is at most 0.05."""
SHINGLE = 9
LEAST = 64
ALIKE = 0.55
"""Resemblance from which two transcripts are the same briefing: one retyped, cut or printed with comments
stays well above, two briefings of one series held on following days stay below 0.2."""

Sketch = frozenset[int]


def sketch(folded: str) -> Sketch:
    """The `SIZE` smallest 63-bit hashes of the text's shingles; empty if it is too short to tell."""
    letters = "".join(filter(str.isalnum, folded))
    shingles = {letters[at : at + SHINGLE] for at in range(len(letters) - SHINGLE + 1)}
    if len(shingles) < LEAST:
        return frozenset()
    return frozenset(heapq.nsmallest(SIZE, map(_hash, shingles)))


def resemblance(one: Sketch, other: Sketch) -> float:
    """The estimated share of shingles that two texts have in common, 0 to 1."""
    if not one or not other:
        return 0.0
    smallest = heapq.nsmallest(SIZE, one | other)
    return sum(value in one and value in other for value in smallest) / len(smallest)


def first_shown(group: Iterable[tuple[int, int, int]]) -> int:
    """Which of the same briefings is shown first: of (number, questions, characters read) the fullest."""
    return max(group, key=lambda one: (one[1], one[2], -one[0]))[0]


def _hash(shingle: str) -> int:
    return int.from_bytes(blake2b(shingle.encode(), digest_size=8).digest(), "big") >> 1
