"""The kinds of things a transcript is made of, and where they stand: shared by loader and browser.

It knows nothing else, and costs nothing to import: the browser starts with it.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

MarkKind = Literal[
    "heading",  # a heading element or `#` line; value is its level, "1" to "6"
    "bold",  # a bold or strong run within a line
    "item",  # one list item
    "row",  # one table row, its cells parted by tabs
    "front_matter",  # the whole front matter block, fences included
    "furniture",  # what the markup itself calls navigation, header, footer or aside
]
TurnKind = Literal[
    "heading",  # a title, a section's name: 一、… / 答记者问 / PART 01
    "speech",  # a stretch by the host or an official that answers no question
    "question",  # what an asker says
    "answer",  # what an official says to a question
    "narrative",  # running text by nobody in the room: a reporter's lead, a letter, a slide
    "table",  # rows of cells
    "metadata",  # front matter, header lines (时间：… 地点：…)
    "noise",  # page furniture, advertisements, credits, counters
    "repeat",  # a body printed again
]
Kind = Literal["briefing", "document"]
Role = Literal["host", "official", "reporter"]
TURN_KINDS: tuple[TurnKind, ...] = (
    "heading",
    "speech",
    "question",
    "answer",
    "narrative",
    "table",
    "metadata",
    "noise",
    "repeat",
)
ASIDE_KINDS: frozenset[TurnKind] = frozenset({"noise", "repeat"})
"""Kinds that are kept and shown with the source, but neither searched nor read as transcript."""


class Span(NamedTuple):
    """A half-open range of characters; `start <= end`."""

    start: int
    end: int


class Mark(NamedTuple):
    """A structure the markup gave: it covers `text[start:end]` of its reading."""

    kind: MarkKind
    start: int
    end: int
    value: str = ""
