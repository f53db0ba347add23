"""Bookmarks as the browser makes and finds them: through its personal state, in a process of their own.

Only the browser makes bookmarks, so this goes by the calls it makes itself: `tui.selector` and `tui.state`.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from typing import NamedTuple

from bench.model.archive import State
from bench.model.program import Fault, Program


class Bookmark(NamedTuple):
    """A paragraph that was bookmarked."""

    id: str
    paragraph: str
    note: str
    """Tells it from all others."""
    around: tuple[str, ...] = ()
    """The paragraphs before and behind it."""


def drawn(state: State, ids: list[str], number: int, dice: random.Random) -> Bookmark:
    """A bookmark on some paragraph of one of these documents."""
    id = dice.choice(ids)
    spoken = state.by_id[id][1].briefing.spoken
    paragraph = dice.choice(spoken)
    return Bookmark(id, paragraph, f"note {number}", _around(spoken, paragraph))


def _around(spoken: Sequence[str], paragraph: str) -> tuple[str, ...]:
    """What stands right before and right behind a paragraph."""
    at = list(spoken).index(paragraph)
    return tuple(spoken[i] for i in (at - 1, at + 1) if 0 <= i < len(spoken))


def make(program: Program, bookmark: Bookmark) -> None:
    """Bookmark a paragraph, as `B` does; raises `Fault` where it is not there."""

    def job() -> int:
        from tui.paths import state_path
        from tui.selector import select
        from tui.state import Bookmark as Kept
        from tui.state import State as Personal
        from tui.store.archive import open_archive
        from tui.store.rows import Place

        store, personal = open_archive(program.archive), Personal(state_path())
        transcript = store.transcript(bookmark.id)
        for turn, row in enumerate(transcript.turns):
            for at, passage in enumerate(row.passages):
                if passage.text == bookmark.paragraph:
                    selector = select(transcript, Place(turn, at))
                    words = f"{bookmark.id}  {passage.text[:30]}"
                    personal.bookmark(Kept(bookmark.id, passage.rowid, words, bookmark.note, selector))
                    return 0
        return 1

    result = program.start(job).wait()
    if result.code:
        raise Fault(f"{bookmark}: exit {result.code} {result.err.strip()[-2000:]}")


def where(program: Program) -> Callable[[], int]:
    """The job that looks for all bookmarks as `'` does, and prints where each leads."""

    def job() -> int:
        from tui.paths import state_path
        from tui.selector import find_again
        from tui.state import State as Personal
        from tui.store.archive import open_archive
        from tui.store.protocol import NotFoundError

        store = open_archive(program.archive)
        leads: dict[str, object] = {}
        for kept in Personal(state_path()).bookmarks():
            try:
                transcript = store.transcript(kept.briefing)
            except NotFoundError:
                leads[kept.note] = None
                continue
            assert kept.selector is not None
            found = find_again(transcript, kept.selector)
            texts = [one.text for row in transcript.turns for one in row.passages if one.rowid == found.rowid]
            leads[kept.note] = [found.sure, *texts]
        print(json.dumps(leads))
        return 0

    return job


def check(program: Program, state: State, bookmarks: list[Bookmark]) -> None:
    """Every bookmark is kept; it leads to its words while its briefing has them.

    Without a doubt, as long as a paragraph beside it is as it was.
    """
    if not bookmarks:
        return
    result = program.start(where(program)).wait()
    if result.code:
        raise Fault(f"bookmarks: {result.err.strip()[-2000:]}")
    leads = json.loads(result.out)
    latest = {(one.id, one.paragraph): one for one in bookmarks}
    for one in bookmarks:
        if one.note not in leads:
            if latest[one.id, one.paragraph] is one:
                raise Fault(f"bookmark lost: {one}")
            continue  # the same passage was bookmarked again, with another note
        found, lead = state.by_id.get(one.id), leads[one.note]
        if found is None:
            if lead is not None:
                raise Fault(f"bookmark of a briefing that is gone leads to {lead}: {one}")
        elif lead is None:
            raise Fault(f"bookmark leads nowhere: {one}")
        elif one.paragraph in (spoken := found[1].briefing.spoken) and lead != [True, one.paragraph]:
            if lead == [False, one.paragraph] and not set(one.around) & set(_around(spoken, one.paragraph)):
                continue  # found, and rightly doubted: nothing beside it is as it was
            raise Fault(f"bookmark leads to {lead}: {one}")
