"""Background queries for transcripts: opened, found again in another text, read to their end.

What may come in: the store, ids, selectors of passages. What comes out are the messages of `answers`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.state import Selector
from tui.store.parts import Parts
from tui.store.protocol import BusyError, NotFoundError, Store, StoreError
from tui.store.rows import Place, Transcript
from tui.widgets.standing import Anchor, Goal

from . import answers
from .background import Answers

if TYPE_CHECKING:
    from tui.selector import Located

PAUSE = 0.1
"""Seconds in which a transcript's first screen is painted, before the rest is read."""
BREATH = 0.005
"""Seconds between two parts of a transcript that is read while the user reads it."""


def opened(store: Store, briefing_id: str, goal: Goal, at: Selector | None) -> Answers:
    """Open a transcript: `Opened`, with the goal's hit, or else its passage, where `at` is by now."""
    transcript, found = find(store, briefing_id, at)
    if found is not None and goal.hit is not None:
        goal = replace(goal, hit=found.rowid)
    elif found is not None:
        goal = replace(goal, passage=found.rowid)
    yield answers.Opened(transcript, goal, found is None or found.sure)


def located(store: Store, any_id: str) -> Answers:
    """Open the briefing or the question of a typed id: `Opened`."""
    briefing_id, question = store.locate(any_id)
    yield from opened(store, briefing_id, Goal(question=question), None)


def fetched(
    store: Store,
    briefing_id: str,
    at: Selector | None,
    then: Callable[[Transcript, Located | None], None],
    gone: str | None,
) -> Answers:
    """Open a briefing to act on: `Fetched`, or `Failed` with `gone` where there is none of that id."""
    try:
        transcript, found = find(store, briefing_id, at)
    except NotFoundError:
        if gone is None:
            raise
        yield answers.Failed(gone)
    else:
        yield answers.Fetched(transcript, found, then)


def reopened(store: Store, transcript: Transcript, at: Anchor, match: int | None, stay: bool) -> Answers:
    """Open a transcript as the archive holds it now, at the row or the match read: `Opened`."""
    from tui.selector import select

    try:
        read = transcript.find(match) if match is not None else None
    except BusyError:
        raise
    except StoreError:  # there is another text by now, and this one was not read to its end
        read = None
    selector = select(transcript, read or Place(at.turn, at.passage))
    new, found = find(store, transcript.briefing.id, selector)
    if found is None or found.rowid is None:
        goal = Goal()
    elif read is not None:
        goal = Goal(hit=found.rowid)
    else:
        place = new.find(found.rowid)
        goal = Goal(anchor=place and Anchor(*place, at.offset if found.sure else 0))
    yield answers.Opened(new, goal, found is not None and found.sure, stay)


def renewed(store: Store, transcript: Transcript, at: Anchor) -> Answers:
    """Open the text that the archive holds by now, if it is another one: `Opened`."""
    if transcript.replaced:
        yield from reopened(store, transcript, at, None, stay=True)


def completed(transcript: Transcript) -> Answers:
    """Read the rest of what was opened; no message."""
    for parts in (transcript.questions, transcript.turns):
        if not isinstance(parts, Parts):
            continue
        time.sleep(PAUSE)
        for _part in parts.complete():
            time.sleep(BREATH)
            yield None


def sourced(store: Store, briefing_id: str, at: int) -> Answers:
    """Read a briefing's source: `Sourced`."""
    yield answers.Sourced(store.as_read(briefing_id), at)


def find(store: Store, briefing_id: str, at: Selector | None) -> tuple[Transcript, Located | None]:
    """A transcript and where in it the passage selected is; tries again if it is replaced meanwhile."""
    transcript = store.open(briefing_id)
    if at is None:
        return transcript, None
    from tui.selector import find_again

    try:
        return transcript, find_again(transcript, at)
    except StoreError:
        if not transcript.replaced:
            raise
    transcript = store.open(briefing_id)
    return transcript, find_again(transcript, at)
