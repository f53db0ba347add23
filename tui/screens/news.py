"""What has changed between two states of the archive; where in a new text one reads on. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tui.store.rows import BriefingRow, Transcript
from tui.widgets.standing import Anchor


class News(NamedTuple):
    """How many briefings came, changed and went."""

    new: int
    changed: int
    gone: int


def news(before: Sequence[BriefingRow], after: Sequence[BriefingRow]) -> News:
    """What `after` lists otherwise than `before`."""
    old, now = ({row.id: row for row in rows} for rows in (before, after))
    changed = sum(id in old and old[id] != row for id, row in now.items())
    return News(len(now.keys() - old.keys()), changed, len(old.keys() - now.keys()))


def same_place(before: Transcript, at: Anchor, after: Transcript) -> Anchor:
    """Where the passage read in `before` stands in `after`: the same words nearest by, else the same place.

    Reads all of `after`; raises `StoreError` where the archive fails.
    """
    words = before.turns[at.turn].passages[at.passage].text
    found = [
        (abs(turn - at.turn), abs(passage - at.passage), Anchor(turn, passage, at.offset))
        for turn, one in enumerate(after.turns)
        for passage, row in enumerate(one.passages)
        if row.text == words
    ]
    return min(found)[2] if found else at
