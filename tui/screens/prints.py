"""Which briefings are prints of one another: rows of the list in, groups of ids out."""

from __future__ import annotations

from collections.abc import Iterable

from tui.store.rows import BriefingRow


def prints(rows: Iterable[BriefingRow]) -> dict[str, tuple[str, ...]]:
    """For each briefing of which there are several prints all their ids, the fullest first."""
    groups = [(row.id, *row.versions) for row in rows if row.versions]
    return {one: group for group in groups for one in group}
