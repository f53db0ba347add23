"""Where a reader stands in a transcript: what the reader reports, and where it can be sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from tui.store.rows import Place


class Anchor(NamedTuple):
    """A row of a set transcript, independent of the width it was set for.

    `turn` and `passage` as in `Place`; `offset` is the row's first character in the passage as shown,
    below zero for the rows above the passage that belong to it (blank, name).
    """

    turn: int
    passage: int
    offset: int


@dataclass(frozen=True, slots=True)
class Goal:
    """Where to stand: the first of these that is given, else the top."""

    question: int | None = None
    """A question's number, its first row to the top of the view."""
    hit: int | None = None
    """A passage's rowid, a third down the view, marked as the current match."""
    anchor: Anchor | None = None
    """The row that stood at the top."""
    passage: int | None = None
    """A passage's rowid, to the top of the view."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the reader stands now."""

    briefing: str
    """The id of the transcript."""
    passage: int
    """The rowid of the passage at the top of the view."""
    question: int | None
    """The number of the question being read."""
    percent: int
    """How far the view has come, by characters: 0 at the top, 100 where it shows the last row."""
    match: int | None
    """Which of the matches is current, from 1."""
    matches: int
    """How many passages of the transcript match."""
    place: Place
    """Where in the transcript the passage at the top is."""
