"""Which documents are the ones that were there before: by the very same text, else by likeness. No database.

Takes what old and new documents say (`Said`); gives pairs, each of either side used once, the best first.
So a document keeps its id when it is edited, grows, or moves among others, and a file that is overwritten
with the next briefing of its series does not hand down the id of the last one.

Likeness is containment (Broder, "On the resemblance and containment of documents", 1997): the share of the
shorter one's shingles that stand in the longer one, estimated from a sample. What has to be shared depends on
what is known beside the text (`_ENOUGH`). Time grows with the texts, memory with their number alone.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from zlib import crc32

from .facts import Facts

_SHINGLE = 3
"""Characters of a shingle: short, so that a few edits leave a short text alike."""
_SAMPLE = 256
"""Shingles that stand for a text: the standard error of a share is at most 0.03."""
_STEP = 50_000
"""Characters of a text that are looked at together."""
_FEW = 20
"""A text of fewer shingles may stand in any other by chance: then both have to share most of their text."""
_ENOUGH = {"agree": 0.3, "unknown": 0.5, "differ": 0.8}
"""Shares from which two texts are one document: where number, day and place agree, it may be rewritten; where
they say nothing, most of it must be there; where one differs, it is an edit of that and of little else. Texts
of one series that differ in number or day share their opening, their host and their formulas, up to 0.7."""


class Said(NamedTuple):
    """What a document says."""

    digest: bytes | None
    """Of its text (see `loader.likeness.text_digest`); `None` where it has none."""
    facts: Facts
    place: str | None
    """Folded."""
    text: str
    """Folded, its letters and digits alone."""
    corrected: bool = False
    """Whether a person corrected it: what its text says of number, day and place may be hidden."""


def pairs(old: Sequence[Said], new: Sequence[Said], *, sure: bool = False) -> dict[int, int]:
    """For each new document, by its place among them, the old one that it is, where there is one.

    `sure` says that both sides are one thing by its own account (a record with an id): if both are one
    document, a rewritten text is enough unless number, day or place differ. Where somebody corrected the old
    one, number or day has to agree: what is hidden might differ, and a place is shared by all of a series.
    """
    found = _same_text(old, new)
    left_old = [nth for nth in range(len(old)) if nth not in found.values()]
    left_new = [nth for nth in range(len(new)) if nth not in found]
    if not left_old or not left_new:
        return found
    alone = sure and len(old) == len(new) == 1
    likely = sorted(_likely([old[nth] for nth in left_old], [new[nth] for nth in left_new], alone))
    for _, _, first, second in likely:
        if left_new[second] not in found and left_old[first] not in found.values():
            found[left_new[second]] = left_old[first]
    return found


def _same_text(old: Sequence[Said], new: Sequence[Said]) -> dict[int, int]:
    """Pairs of the very same text; of several first those of the same number and day, then in order."""
    by_digest: dict[bytes, list[int]] = defaultdict(list)
    for nth, one in enumerate(old):
        if one.digest is not None:
            by_digest[one.digest].append(nth)
    found: dict[int, int] = {}
    for agreeing in (True, False):
        for nth, one in enumerate(new):
            waiting = by_digest.get(one.digest, []) if one.digest is not None and nth not in found else []
            same = next((other for other in waiting if not agreeing or old[other].facts == one.facts), None)
            if same is not None:
                waiting.remove(same)
                found[nth] = same
    return found


def _likely(old: Sequence[Said], new: Sequence[Said], alone: bool) -> Iterator[tuple[float, int, int, int]]:
    """Pairs that may be one document, to be sorted: most alike, then least moved, then by place."""
    samples_old, samples_new = ([_sample(one.text) for one in side] for side in (old, new))
    old_in_new = _shares(samples_old, [one.text for one in new])
    new_in_old = _shares(samples_new, [one.text for one in old])
    for second, later in enumerate(new):
        for first, earlier in enumerate(old):
            how = _evidence(earlier, later)
            shares = old_in_new[second].get(first, 0.0), new_in_old[first].get(second, 0.0)
            share = shares[0] if len(earlier.text) <= len(later.text) else shares[1]
            if how != "agree" and min(len(samples_old[first]), len(samples_new[second])) < _FEW:
                share = min(shares)
            rewritten = alone and how != "differ" and (not earlier.corrected or _both_know(earlier, later))
            if share >= _ENOUGH[how] or rewritten:
                yield -sum(shares), abs(first - second), first, second


def _evidence(one: Said, other: Said) -> str:
    """What number, day and place say: a key of `_ENOUGH`."""
    places = one.place and other.place and one.place == other.place
    if not one.facts.agrees(other.facts) or places is False:
        return "differ"
    return "agree" if _both_know(one, other) + bool(places) > 1 else "unknown"


def _both_know(one: Said, other: Said) -> int:
    """How many of number and day are known of both."""
    return sum(map(bool, (one.facts.ordinal and other.facts.ordinal, one.facts.day and other.facts.day)))


def _sample(text: str) -> frozenset[str]:
    """The shingles of a text that have the smallest hashes."""
    found: set[str] = set()
    for shingles in _shingles(text):
        found = set(heapq.nsmallest(_SAMPLE, found | shingles, key=_hash))
    return frozenset(found)


def _shares(samples: Sequence[frozenset[str]], texts: Sequence[str]) -> list[dict[int, float]]:
    """For each text which share of each sample stands in it, where any does."""
    owners: dict[str, list[int]] = defaultdict(list)
    for nth, sample in enumerate(samples):
        for shingle in sample:
            owners[shingle].append(nth)
    shares = []
    for text in texts:
        met: set[str] = set()
        for shingles in _shingles(text):
            met |= shingles & owners.keys()
        counted = Counter(nth for shingle in met for nth in owners[shingle])
        shares.append({nth: count / len(samples[nth]) for nth, count in counted.items()})
    return shares


def _shingles(text: str) -> Iterator[set[str]]:
    """The shingles of a text, some at a time."""
    for at in range(0, max(1, len(text) - _SHINGLE + 1), _STEP):
        part = text[at : at + _STEP + _SHINGLE - 1]
        yield {part[start : start + _SHINGLE] for start in range(max(1, len(part) - _SHINGLE + 1)) if part}


def _hash(shingle: str) -> int:
    return crc32(shingle.encode("utf-8", "surrogatepass"))
