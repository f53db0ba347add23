"""The way back: what a search interrupted, and where jumps began. Plain data; no Textual."""

from __future__ import annotations

from dataclasses import dataclass

from tui.store.rows import Transcript
from tui.widgets.folds import NOTHING_FOLDED, Folded
from tui.widgets.standing import Anchor

from .arrange import Pane


@dataclass(frozen=True, slots=True)
class Place:
    """Where the user was: the pane, what was open in the reader, its top row and its folds, and the query."""

    pane: Pane
    transcript: Transcript | None
    anchor: Anchor | None
    query: str = ""
    folded: Folded = NOTHING_FOLDED


class History:
    """The place a search began from, and the query last searched for."""

    def __init__(self) -> None:
        self._origin: Place | None = None
        self.query = ""
        """The query last left, for the box to offer again."""

    def depart(self, place: Place) -> None:
        """A search begins here; one that is under way keeps its own beginning."""
        if self._origin is None:
            self._origin = place

    def settle(self) -> None:
        """A briefing was opened from the list: there is nothing left to go back to."""
        self._origin = None

    def come_back(self, query: str) -> Place | None:
        """The search for `query` ends: where it began."""
        self.query = query
        origin, self._origin = self._origin, None
        return origin


class Trail:
    """The places that were jumped from, to go back to and forward again, as a web browser does."""

    LENGTH = 50
    """Places kept: each may hold a transcript."""

    def __init__(self) -> None:
        self._behind: list[Place] = []
        self._ahead: list[Place] = []

    def leave(self, here: Place) -> None:
        """A jump begins `here`; what was ahead is gone."""
        self._ahead.clear()
        if not self._behind or self._behind[-1] != here:
            self._behind = [*self._behind, here][-self.LENGTH :]

    def back(self, here: Place) -> Place | None:
        """The place before `here`, or `None` at the first."""
        return self._step(self._behind, self._ahead, here)

    def forward(self, here: Place) -> Place | None:
        """The place that was gone back from, or `None` at the last."""
        return self._step(self._ahead, self._behind, here)

    @staticmethod
    def _step(source: list[Place], target: list[Place], here: Place) -> Place | None:
        if not source:
            return None
        target.append(here)
        return source.pop()
