"""Which answers are folded to their first line: each by itself, or all at once. Plain data; no Textual."""

from __future__ import annotations

from tui.store.rows import TurnRow

Folded = tuple[bool, frozenset[int]]
"""Whether all answers are folded, and the turns that are not as the rest."""

NOTHING_FOLDED: Folded = (False, frozenset())


class Folds:
    """Turns by their index; only answers fold."""

    def __init__(self) -> None:
        self._all = False
        self._others: set[int] = set()
        """Turns that are not as the rest."""

    @property
    def state(self) -> Folded:
        """What is folded now, to come back to."""
        return self._all, frozenset(self._others)

    def restore(self, state: Folded) -> None:
        """Fold as it was."""
        self._all, self._others = state[0], set(state[1])

    def folded(self, turn: int, row: TurnRow) -> bool:
        """Whether a turn stands on one line."""
        return row.kind == "answer" and (turn in self._others) != self._all

    def fold(self, turn: int) -> None:
        """Fold a turn, or unfold it."""
        self._others ^= {turn}

    def fold_all(self) -> bool:
        """Fold all answers if none is folded, else unfold all; whether they are folded now."""
        self._all = not (self._all or self._others)
        self._others.clear()
        return self._all
