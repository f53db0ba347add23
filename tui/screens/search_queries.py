"""Background queries for hits: found, counted, matched in one transcript, explained.

What may come in: the store, queries as they were typed, pages of hits. What comes out are the messages of
`answers`.
"""

from __future__ import annotations

from tui.store.protocol import NotFoundError, Store
from tui.store.rows import Hit, Page, Transcript

from . import answers
from .background import Answers
from .transcript_queries import find

ALL = 1_000_000_000
"""More hits than an archive has passages."""


def found(store: Store, query: str, ranked: bool, limit: int, again: bool) -> Answers:
    """Find the newest hits or the best: `Found`, `Completed`, and `Counted` where there are no more."""
    select = store.ranked if ranked else store.search
    page = select(query, limit=limit)
    yield answers.Found(page, again=again)
    completion = store.complete(query)
    yield answers.Completed(completion) if completion is not None else None
    if not page.more:
        yield from counted(store, query)


def older(store: Store, page: Page, limit: int) -> Answers:
    """Find the hits after those of `page`: `Found`."""
    select = store.ranked if page.ranked else store.search
    yield answers.Found(select(page.query, limit=limit, before=page.hits[-1].rowid), older=True)


def counted(store: Store, query: str) -> Answers:
    """Count the hits: `Counted`."""
    yield answers.Counted(store.count(query))


def faceted(store: Store, query: str) -> Answers:
    """Say what the hits are made of: `Faceted`."""
    yield answers.Faceted(store.facets(query))


def matched(store: Store, query: str, briefing_id: str, shown: Transcript | None) -> Answers:
    """Find all that there is in one transcript, which may be `shown`: `Matched`."""
    page = store.search(query, limit=ALL, within=briefing_id)
    spans = {hit.rowid: hit.spans for hit in page.hits}
    if shown is not None and shown.briefing.id == briefing_id and shown.replaced:
        from tui.selector import carried_over  # or the rowids of one text would mean passages of another

        spans = carried_over(page.hits, shown)
    yield answers.Matched(query, briefing_id, spans, page.notes)


def explained(store: Store, page: Page, hit: Hit) -> Answers:
    """Say why a hit of a page is one: `Explained`."""
    from tui.selector import select_hit

    if hit.at is not None:
        yield answers.Explained(hit, store.why(page.query, hit.rowid))
        return
    try:
        _transcript, at = find(store, hit.briefing.id, select_hit(hit))
    except NotFoundError:
        at = None
    rowid = at.rowid if at is not None and at.sure else None
    why = store.why(page.query, rowid, scored=page.ranked) if rowid is not None else None
    yield answers.Explained(hit, why)
