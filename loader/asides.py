"""What a document's source holds beside its passages: labels, front matter, page furniture, second printings.

What may come in: the text of a source, the spans of a document's turns and of its passages. All of this is
made of what an archive keeps anyway, so it is derived: `check` makes it again, a repair makes it anew. It is
searched in lanes of its own, so that no character of a source is hidden from a search.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from loader.layout import Execute, briefing_range, rowid
from loader.model import parted


class Aside(NamedTuple):
    """A stretch of one line that is no passage; offsets are characters into the source's text."""

    turn: int
    """The turn it stands in."""
    start: int
    stop: int


Row = tuple[int, int, int, int, str]
"""Rowid, turn, start, stop and text."""


def asides(text: str, turns: Iterable[tuple[int, int]], passages: Iterable[tuple[int, int]]) -> list[Aside]:
    """The stretches of `turns` that none of the `passages` holds, line by line, without blanks around them.

    Both are spans within `text`; those of the turns are sorted and do not overlap.
    """
    held = sorted(passages)
    found: list[Aside] = []
    at = 0
    for turn, (start, stop) in enumerate(turns):
        while at < len(held) and held[at][0] < stop:
            found += _lines(text, turn, start, held[at][0])
            start = max(start, held[at][1])
            at += 1
        found += _lines(text, turn, start, stop)
    return found


def _lines(text: str, turn: int, start: int, stop: int) -> Iterator[Aside]:
    """The lines of `text[start:stop]` that are not blank."""
    for line in text[start:stop].split("\n") if start < stop else ():
        bare = line.strip()
        if bare:
            first = start + line.index(bare[0])
            for part in parted(text, first, first + len(bare)):
                yield Aside(turn, *part)
        start += len(line) + 1


def stored(execute: Execute, text: str, document: int, key: int) -> list[Row]:
    """The rows of table `aside` that a document should have, by its number and date key, ascending.

    `text` is that of its source. Rowids go on behind those of the passages.
    """
    turns = execute("select start, stop from turn where document = ? order by nth", (document,)).fetchall()
    passages = execute(
        "select start, stop from passage where id between ? and ?", briefing_range(key, document)
    ).fetchall()
    return [
        (
            rowid(key, document, len(passages) + place),
            one.turn,
            one.start,
            one.stop,
            text[one.start : one.stop],
        )
        for place, one in reversed(list(enumerate(asides(text, turns, passages))))
    ]
