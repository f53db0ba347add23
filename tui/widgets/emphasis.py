"""A piece of a passage in runs of one style each: plain text, gap marks, matches. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from loader.kinds import Span
from tui.typeset import columns

from .paint import Run
from .shown import Piece, Shown


def emphasised(shown: Shown, piece: Piece, spans: Sequence[Span], match: str) -> Iterator[Run]:
    """The runs of `piece`; `spans` of the passage's own text, ascending, get the style `match`."""
    text = shown.text[piece.start : piece.end].rstrip()
    end = piece.start + len(text)
    at = columns(text)
    styled = [(mark, mark + 1, "gap") for mark in shown.marks()]
    styled += [(*shown.span(span), match) for span in spans]
    done = piece.start
    for start, stop, style in sorted(styled):
        first, last = max(start, done), min(stop, end)
        if first >= last:
            continue
        if first > done:
            yield Run(piece.column + at[done - piece.start], shown.text[done:first], shown.style)
        yield Run(piece.column + at[first - piece.start], shown.text[first:last], style)
        done = last
    if done < end:
        yield Run(piece.column + at[done - piece.start], shown.text[done:end], shown.style)
