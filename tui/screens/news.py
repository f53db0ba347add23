"""What has changed between two states of the archive. A pure function."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tui.store.rows import BriefingRow


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
