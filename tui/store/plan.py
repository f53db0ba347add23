"""Which tokens of a long term the index is asked for: the rarest, as many as leave little to be looked at.

What may come in: tokens that a passage has if it holds the term, and how common they are (table `common`,
see `loader.archive.common`). Every token costs a walk through the passages that have it; what the others
would have left out, the passage's text leaves out. So a poor estimate costs time, and never a hit.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from loader.text import MOST

FEW = 64
"""Passages that may well be looked at, about as many as a page of hits."""
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
        """Those of `tokens` to ask for, the rarest first; all where nothing is known of the archive."""
        if not self.passages:
            return tokens[:MOST]
        tokens = tokens[:_WEIGHED]
        marks = ", ".join("?" * len(tokens))
        counted = dict(
            self.db.execute(f"select token, passages from common where token in ({marks})", tokens)
        )
        shares = {token: counted.get(token, 1) / self.sample for token in tokens}
        left, asked = float(self.passages), 0
        ordered = sorted(tokens, key=lambda token: shares[token])
        while asked < min(len(ordered), MOST) and (left > FEW or not asked):
            left *= shares[ordered[asked]]
            asked += 1
        return ordered[:asked]


def commonness(db: sqlite3.Connection) -> Commonness:
    """What is known of an archive."""
    known = dict(db.execute("select name, value from setting where name in ('common_of', 'common_sample')"))
    return Commonness(db, int(known.get("common_of", 0)), int(known.get("common_sample", 0)))
