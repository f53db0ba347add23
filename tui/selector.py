"""Selects a passage by its words and its place, and finds it again in a later text. Pure; no Textual here.

After the Web Annotation Data Model (W3C, 2017): TextPositionSelector (`start`) and TextQuoteSelector
(`exact`, `prefix`, `suffix`). A rowid alone will not do: it packs the date, and counts the paragraphs before.
Looking through a transcript reads all of it and may raise `StoreError`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import accumulate, takewhile
from typing import NamedTuple

from loader.kinds import Span
from loader.layout import place_of
from tui.state import Selector, fold
from tui.store.protocol import StoreError
from tui.store.rows import Hit, PassageRow, Place, Transcript

EXACT, CONTEXT = 48, 24
"""Folded characters of a passage, and before and after them, that are kept at most."""
TELLING = 8
"""Fewer characters may stand anywhere: only what stands around them tells which are meant."""
ALIKE = 0.6
"""An edited passage still has this part of the pairs of characters that were kept."""
AROUND = 1 / 3
"""This part of what stood around a passage tells it from others of the same or nearly the same words."""


class Located(NamedTuple):
    """Where a passage is by now."""

    rowid: int | None
    """`None` where the transcript has no passage at all."""
    sure: bool
    """Whether it is the passage; else the place nearest to where it was."""


def carried_over(hits: Iterable[Hit], shown: Transcript) -> dict[int, tuple[Span, ...]]:
    """What the hits in one text of a briefing match in another, by rowid there: the same passages."""
    spans = {hit.text: hit.spans for hit in hits}
    rows = (row for turn in shown.turns for row in turn.passages)
    return {row.rowid: spans[row.text] for row in rows if row.text in spans}


class _Passage(NamedTuple):
    row: PassageRow
    start: int
    """Where its text begins in the folded text of all."""
    text: str


def select(transcript: Transcript, place: Place) -> Selector:
    """The selector of the passage at a place; what cannot be read around it any more is left out."""
    row = transcript.turns[place.turn].passages[place.passage]
    text = fold(row.text)
    before, after = "", text[EXACT:]
    with suppress(StoreError):
        for one in _around(transcript, place, -1):
            if len(before) >= CONTEXT:
                break
            before = one + before
        for one in _around(transcript, place, 1):
            if len(after) >= CONTEXT:
                break
            after += one
    return Selector(row.rowid, row.at, text[:EXACT], before[-CONTEXT:], after[:CONTEXT])


def select_hit(hit: Hit) -> Selector:
    """The selector of a hit's passage, of which nobody knows what stands around it."""
    text = fold(hit.text)
    return Selector(hit.rowid, None, text[:EXACT], "", text[EXACT : EXACT + CONTEXT])


def same(one: Selector, other: Selector) -> bool:
    """Whether two selectors, made at different times perhaps, are of one passage."""
    words = min(one, other, key=lambda each: len(each.exact)).exact
    if not (words and one.exact.startswith(words) and other.exact.startswith(words)):
        return False
    return one.rowid == other.rowid or one.prefix == other.prefix or one.suffix == other.suffix


def find_again(transcript: Transcript, wanted: Selector) -> Located:
    """The passage that was selected, though its rowid may be another's by now; or the nearest place."""
    place = transcript.find(wanted.rowid)
    if place is not None:
        now = select(transcript, place)
        quoted = (now.exact + now.suffix).startswith(wanted.exact + wanted.suffix)
        if quoted and now.prefix.endswith(wanted.prefix):
            return Located(wanted.rowid, True)
    passages = list(_passages(transcript))
    if not passages:
        return Located(None, False)
    if not wanted.exact:  # an older program kept no more than the number, and in it the place
        at = place_of(wanted.rowid)
        return Located(passages[min(at, len(passages) - 1)].row.rowid, at < len(passages))
    text = "".join(one.text for one in passages)
    best = _best(passages, text, wanted)
    if best is None:
        return Located(_nearest(passages, text, wanted).row.rowid, False)
    return Located(best.passage.row.rowid, best.sure)


def _passages(transcript: Transcript) -> Iterator[_Passage]:
    rows = [row for turn in transcript.turns for row in turn.passages]
    texts = [fold(row.text) for row in rows]
    starts = accumulate(map(len, texts), initial=0)
    return map(_Passage, rows, starts, texts)


class _Candidate(NamedTuple):
    rank: tuple[float, int, int]
    passage: _Passage
    sure: bool


def _best(passages: list[_Passage], text: str, wanted: Selector) -> _Candidate | None:
    """The passage with the words; of several the one in the same surroundings, then the nearest.

    Where neither many words nor the surroundings are the same it is a guess: speeches are full of formulas.
    """
    short, long = len(wanted.exact) < TELLING, len(wanted.exact) >= EXACT // 2
    shares = [_share(one, wanted) for one in passages]
    edited = not short and not any(shares)
    if edited:
        pairs = {wanted.exact[at : at + 2] for at in range(len(wanted.exact) - 1)}
        shares = [sum(pair in one.text for pair in pairs) / len(pairs) for one in passages]
    candidates = []
    for index, (one, share) in enumerate(zip(passages, shares, strict=True)):
        if share < ALIKE:
            continue
        around = _agreement(text, one.start + max(0, one.text.find(wanted.exact)), wanted)
        if around is None:
            sure, around = not edited, 0
        else:
            sure = around >= AROUND or (long and not edited)
        if sure or not short:
            rank = (share + around, -abs(_distance(index, one, wanted)), -index)
            candidates.append(_Candidate(rank, one, sure))
    return max(candidates, key=lambda one: one.rank, default=None)


def _share(one: _Passage, wanted: Selector) -> float:
    """How much of the words stands in a passage: all at its head, all within it, or not all."""
    if one.text.startswith(wanted.exact):
        return 2
    return 1.5 if len(wanted.exact) >= TELLING and wanted.exact in one.text else 0


def _agreement(text: str, start: int, wanted: Selector) -> float | None:
    """How far the surroundings are the same, from 0 to 1; `None` where none were kept."""
    before = text[max(0, start - CONTEXT) : start]
    after = text[start + len(wanted.exact) :][:CONTEXT]
    parts = [
        sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(kept, now, strict=False))) / len(kept)
        for kept, now in ((wanted.prefix[::-1], before[::-1]), (wanted.suffix, after))
        if kept
    ]
    return sum(parts) / len(parts) if parts else None


def _distance(index: int, one: _Passage, wanted: Selector) -> int:
    """How far a passage is from where the one wanted was, in characters; in passages if nobody counted."""
    return index - place_of(wanted.rowid) if wanted.start is None else one.row.at - wanted.start


def _nearest(passages: list[_Passage], text: str, wanted: Selector) -> _Passage:
    """Where the surroundings still stand, else what is as far from the beginning."""
    for context, length in ((wanted.prefix, len(wanted.prefix)), (wanted.suffix, 0)):
        at = text.find(context) if len(context) >= TELLING else -1
        if at >= 0:
            index = bisect_right(passages, at + length, key=lambda one: one.start) - 1
            return passages[index]
    return min(enumerate(passages), key=lambda one: abs(_distance(one[0], one[1], wanted)))[1]


def _around(transcript: Transcript, place: Place, by: int) -> Iterator[str]:
    """The folded passages before (-1) or behind (1) a place, the next first."""
    turn, at = place
    while 0 <= turn < len(transcript.turns):
        passages = transcript.turns[turn].passages
        at += by
        if 0 <= at < len(passages):
            yield fold(passages[at].text)
            continue
        turn += by
        at = -1 if by > 0 else len(transcript.turns[turn].passages) if turn >= 0 else 0
