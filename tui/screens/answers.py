"""What the store answered, as messages to the screen: one class for each kind of answer.

What may come in: rows as the store gives them. Background queries yield these, the screen takes them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message

from loader.kinds import Span
from tui.store.rows import BriefingRow, Completion, Count, Facets, Hit, Page, Transcript
from tui.widgets.standing import Goal

if TYPE_CHECKING:
    from tui.selector import Located
    from tui.store.why import Why


@dataclass
class Listed(Message):
    """The archive's list has come."""

    briefings: tuple[BriefingRow, ...]


@dataclass
class Renewed(Message):
    """The archive is not what was listed any more."""

    briefings: tuple[BriefingRow, ...]
    replaced: str | None
    """The briefing that was asked about, if the archive holds another text of it, or none."""


@dataclass
class Found(Message):
    """Hits have come: the first of a query, or `older` ones."""

    page: Page
    older: bool = False
    again: bool = False
    """Whether they were here before, and what was said then was read."""


@dataclass
class Completed(Message):
    """What a query may be going to say."""

    completion: Completion


@dataclass
class Noted(Message):
    """There is something to say of the archive."""

    note: str


@dataclass
class Counted(Message):
    """How many a query finds."""

    count: Count


@dataclass
class Matched(Message):
    """What a query finds in one transcript."""

    query: str
    briefing_id: str
    spans: Mapping[int, tuple[Span, ...]]
    """By passage rowid."""
    notes: tuple[str, ...] = ()
    """What whoever looks for it should be told."""


@dataclass
class Faceted(Message):
    """What the hits of a query are made of."""

    facets: Facets


@dataclass
class Explained(Message):
    """Why a hit is a hit."""

    hit: Hit
    why: Why | None


@dataclass
class Opened(Message):
    """A transcript has come."""

    transcript: Transcript
    goal: Goal
    sure: bool = True
    """Whether the passage asked for is there; else the goal is the place nearest to where it was."""
    stay: bool = False
    """Whether the focus stays where it is: the text is opened in the place of an older one."""


@dataclass
class Fetched(Message):
    """The briefing that a command acts on has come."""

    transcript: Transcript
    found: Located | None
    """Where the passage is that was asked for, if one was."""
    then: Callable[[Transcript, Located | None], None]
    """What is to be done with them."""


@dataclass
class Corrected(Message):
    """A briefing was corrected."""

    briefing_id: str
    briefings: tuple[BriefingRow, ...]
    """The archive's list with what was corrected in it."""


@dataclass
class Inferred(Message):
    """It is known what was inferred for the corrected fields of a briefing."""

    briefing_id: str
    values: Mapping[str, str]


@dataclass
class Sourced(Message):
    """A source has come as it was read."""

    source: Transcript
    at: int
    """The character of it to stand on."""


@dataclass
class Exported(Message):
    """A file was written."""

    path: Path


@dataclass
class Waiting(Message):
    """The archive is busy: what was asked is asked again until there is an answer."""

    reason: str
    """One line for the user."""


@dataclass
class Answered(Message):
    """What waited for a busy archive has its answer."""


@dataclass
class Failed(Message):
    """The store could not answer."""

    reason: str
    """One line for the user."""
    damaged: Path | None = None
    """The archive, where it is that which is damaged."""
