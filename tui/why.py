"""Why a hit is a hit, in words: for the screen and for the command line.

In comes what the store knows of it; out go lines under heads, in the language spoken.
"""

from __future__ import annotations

from typing import Any

from loader.kinds import Span
from tui.language import _, mark
from tui.store.relevance import Score
from tui.store.why import Met, Why

MOST = 6
"""Places of a term that are named; of more their number is told."""
LANES = {
    "exact": mark("as typed"),
    "numeral": mark("number written otherwise"),
    "pinyin": mark("by pinyin"),
    "like": mark("of the passage it is like"),
}
"""What a lane is called."""

Section = tuple[str, list[str]]
"""A head, and the lines under it."""


def sections(why: Why) -> list[Section]:
    """What made it a hit."""
    heads = (
        (_("words"), [_term(one) for one in why.terms]),
        (_("typed"), [_("{typed} is searched as {folded}", typed=a, folded=b) for a, b in why.typed]),
        (_("not in it"), list(why.without)),
        (_("filters passed"), [f"{one.filter}  {one.by or '–'}" for one in why.passed]),
    )
    scored = [] if why.score is None else [(_("score"), _score(why.score))]
    return [(head, lines) for head, lines in (*heads, *scored) if lines]


def _score(score: Score) -> list[str]:
    """The total, then feature by feature."""
    total = _("{score:.2f} by relevance", score=score.total)
    if score.adjacent:
        total = _("; ").join((total, _("words as typed, one behind the other: such come first")))
    return [total] + [
        _(
            "{score:.2f}  {feature}, {times} times here, in {passages:,} of {all:,} passages",
            score=part.score,
            feature=part.feature.text,
            times=part.times,
            passages=part.feature.passages,
            all=score.of,
        )
        for part in sorted(score.parts, key=lambda part: -part.score)
    ]


def _term(met: Met) -> str:
    """`第12场 for 第十二场 (number written otherwise): at 5–9; 後 taken for 后`."""
    lane = _(LANES.get(met.lane, met.lane))
    named = (
        f"{met.term}  {lane}"
        if met.stands_for is None
        else _("{term} for {typed}", term=met.term, typed=met.stands_for) + f"  {lane}"
    )
    parts = [_("{term}: {places}", term=named, places=_places(met.spans))]
    parts += [_("{here} taken for {asked}", here=here, asked=asked) for here, asked in met.folded]
    return _("; ").join(parts)


def _places(spans: tuple[Span, ...]) -> str:
    """`at 5–8, 12–15`: characters of the passage, from 1, both inclusive."""
    named = ", ".join(
        f"{span.start + 1}–{span.end}" if span.end - span.start > 1 else str(span.end)
        for span in spans[:MOST]
    )
    more = len(spans) - MOST
    return (
        _("at {places} and {more} more", places=named, more=more)
        if more > 0
        else _("at {places}", places=named)
    )


def as_values(why: Why) -> dict[str, Any]:
    """The same as plain values; spans as in a hit."""
    score = why.score
    scored: dict[str, Any] = {}
    if score is not None:
        parts = [{"feature": one.feature.text, "times": one.times, "score": one.score} for one in score.parts]
        scored = {"score": {"total": score.total, "phrase": score.adjacent, "parts": parts}}
    return scored | {
        "lane": why.lane,
        "terms": [
            {
                "term": one.term,
                "for": one.stands_for,
                "lane": one.lane,
                "spans": [list(span) for span in one.spans],
                "folded": [list(pair) for pair in one.folded],
            }
            for one in why.terms
        ],
        "typed": [list(pair) for pair in why.typed],
        "without": list(why.without),
        "filters": [{"filter": one.filter, "by": one.by} for one in why.passed],
    }
