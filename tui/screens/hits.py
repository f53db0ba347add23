"""Pages of hits: joined, and searched for the next briefing. Pure functions over rows."""

from __future__ import annotations

from dataclasses import replace

from loader.kinds import Span
from tui.store.rows import Hit, Page


def joined(page: Page | None, older: Page) -> Page:
    """`page` and the hits behind it: briefings in their order, hits as they are read; or all as ranked."""
    if page is None:
        return older
    if older.ranked:
        known = {hit.rowid for hit in page.hits}
        new = tuple(hit for hit in older.hits if hit.rowid not in known)
        return replace(page, hits=(*page.hits, *new), more=older.more)
    groups: dict[str, dict[int, Hit]] = {}
    for hit in (*page.hits, *older.hits):
        groups.setdefault(hit.briefing.id, {})[hit.rowid] = hit
    hits = tuple(group[rowid] for group in groups.values() for rowid in sorted(group))
    return replace(page, hits=hits, more=older.more)


def spans_in(page: Page | None, briefing_id: str) -> dict[int, tuple[Span, ...]]:
    """What the page knows to match in one briefing, by passage rowid."""
    hits = page.hits if page else ()
    return {hit.rowid: hit.spans for hit in hits if hit.briefing.id == briefing_id}


def beyond(page: Page | None, briefing_id: str | None, by: int) -> Hit | None:
    """The first hit behind (1) or the last hit before (-1) those of a briefing; none at the page's ends.

    Labels and page text, which stand in no transcript, are passed over.
    """
    hits = [hit for hit in page.hits if hit.at is None] if page else []
    places = [index for index, hit in enumerate(hits) if hit.briefing.id == briefing_id]
    if not places:
        return hits[0] if hits and by > 0 else None
    index = places[-1] + 1 if by > 0 else places[0] - 1
    return hits[index] if 0 <= index < len(hits) else None
