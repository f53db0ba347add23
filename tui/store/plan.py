"""Which tokens of a long term the index is asked for: the rarest, and others as long as they pay.

What may come in: tokens that a passage has if it holds the term, and how common they are (table `common`,
see `loader.archive.common`). Every token costs a walk through the passages that have it; what the others
would have left out, the passage's text leaves out. So a poor estimate costs time, and never a hit.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from loader.text import MOST

SEEK = 160
"""Steps through a token's passages that going to one of them costs, at most (`docs/search.md`)."""
LOOK = 120
"""Steps that looking at a passage's text costs."""
_WEIGHED = 512
"""Tokens of a term that are weighed at most."""


@dataclass(frozen=True, slots=True)
class Commonness:
    """How common tokens are in an archive, as its table says."""

    db: sqlite3.Connection
    passages: int
    """In the archive; 0 where nothing is known."""
    sample: int
    """Of how many the table counts."""

    def rarest(self, tokens: Sequence[str]) -> Sequence[str]:
        """Those of `tokens` to ask for, the rarest first; all where nothing is known of the archive.

        Tokens that share a character are taken to depend on each other through it alone.
        """
        if not self.passages:
            return tokens[:MOST]
        share = self._shares(tokens[:_WEIGHED])
        first, *others = sorted(tokens[:_WEIGHED], key=lambda token: share[token])
        asked, chars, left = [first], set(first), share[first] * self.passages
        for token in others[: MOST - 1]:
            shared = [share[char] for char in token if char in chars]
            kept = min(1.0, share[token] / min(shared, default=1.0))
            walk = min(share[token] * self.passages, left * SEEK)
            if left * (1 - kept) * LOOK > walk:
                asked.append(token)
                chars.update(token)
                left *= kept
        return asked

    def _shares(self, tokens: Sequence[str]) -> dict[str, float]:
        """The share of passages that have a token, for each of them and of their characters."""
        wanted = list(dict.fromkeys([*tokens, *"".join(tokens)]))
        marks = ", ".join("?" * len(wanted))
        sql = f"select token, passages from common where token in ({marks})"
        counted = dict(self.db.execute(sql, wanted))
        return {token: counted.get(token, 1) / self.sample for token in wanted}


def commonness(db: sqlite3.Connection) -> Commonness:
    """What is known of an archive."""
    known = dict(db.execute("select name, value from setting where name in ('common_of', 'common_sample')"))
    return Commonness(db, int(known.get("common_of", 0)), int(known.get("common_sample", 0)))
