"""What a search interrupted, so that Esc leads back to it. Plain data; no Textual."""

from __future__ import annotations

from dataclasses import dataclass

from tui.store.rows import Transcript
from tui.widgets.standing import Anchor

from .arrange import Pane


@dataclass(frozen=True, slots=True)
class Place:
    """Where the user was: the pane, what was open in the reader, and the row at its top."""

    pane: Pane
    transcript: Transcript | None
    anchor: Anchor | None


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
