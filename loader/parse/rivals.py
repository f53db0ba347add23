"""Rivals: what came second where a label stands, by how much, and what made the difference.

What comes in are the ways to read the words at one place, each with its scores by name; what comes out is
a short English phrase for `explain`. Nothing is decided here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from loader.parse.weights import W, value

_PARTS = {"host": "the host", "asker": "a reporter", "official": "an official"}


@dataclass(frozen=True, slots=True)
class Way:
    """One way to read the words at a place: of which part, what they are, and its scores by name."""

    part: str
    words: str
    terms: tuple[tuple[str, float], ...]

    def worth(self, before: str) -> float:
        """The sum of its scores behind a voice of another part."""
        return sum(score for _, score in self.terms) + value(f"{before} {self.part}")


def runner_up(won: Way, others: Iterable[Way], before: str) -> str:
    """Who came second behind a voice of the part `before`, and the score that told most against it."""
    own = won.worth(before)
    second = max(others, key=lambda one: one.worth(before), default=None)
    if second is None or second.worth(before) < 0:
        return f"second: no label, {own:.1f} behind"
    name, score = _difference(won, second, before)
    words = f" “{second.words}”" if second.words != won.words else ""
    behind = own - second.worth(before)
    told = f": {W[name].says} {score:+.1f}" if name else ""
    return f"second: {_PARTS[second.part]}{words}, {behind:.1f} behind{told}"


def _difference(won: Way, second: Way, before: str) -> tuple[str, float]:
    """The score by which the second is worse most, and by how much; an empty name where none is."""
    gap: dict[str, float] = defaultdict(float)
    for way, sign in ((second, 1), (won, -1)):
        for name, score in (*way.terms, (f"{before} {way.part}", value(f"{before} {way.part}"))):
            gap[name] += sign * score
    name = min((name for name in gap if name in W), key=lambda one: gap[one], default="")
    return (name, gap[name]) if name and gap[name] < 0 else ("", 0.0)
