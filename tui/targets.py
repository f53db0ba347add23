"""What each command acts on, by where the focus is: what is marked there, never what another pane shows.

Commands look here which record they get, and a test goes through every pair of command and focus.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Focus = Literal["list", "hits", "reader", "questions"]
"""The pane with the focus; the search box counts as the list or the hits below it."""
Target = Literal["briefing", "passage", "question", "hits"]
"""A whole briefing; a passage of one; a question with its answers; all hits of the query."""


class Targets(NamedTuple):
    """The target in each focus; `None` where there is nothing that the command could act on."""

    list: Target | None
    """Of the briefing marked."""
    hits: Target | None
    """Of the hit marked."""
    reader: Target | None
    """Of the passage being read."""
    questions: Target | None
    """Of the question marked."""

    def at(self, focus: Focus) -> Target | None:
        """The target in a focus."""
        found: Target | None = getattr(self, focus)
        return found


TARGETS: dict[str, Targets] = {
    "correct": Targets("briefing", "briefing", "briefing", "briefing"),
    "other_print": Targets("briefing", "question", "question", "question"),
    "source": Targets("briefing", "passage", "passage", "question"),
    "plain": Targets("briefing", "passage", "passage", "question"),
    "find": Targets("briefing", "briefing", "briefing", "briefing"),
    "reopen": Targets("briefing", "passage", "passage", "passage"),
    "copy": Targets("briefing", "passage", "passage", "question"),
    "copy_exchange": Targets(None, "question", "question", "question"),
    "export": Targets("briefing", "hits", "question", "question"),
    "bookmark": Targets("briefing", "passage", "passage", "question"),
    "like": Targets(None, "passage", "passage", "question"),
}
"""By command. Without a question `export` takes the whole briefing; of a briefing or a question that is to be
a passage it is the first."""

MOVES = frozenset(
    {
        *("next_question", "previous_question", "next_answer", "previous_answer", "goto_question"),
        *("next_speaker", "previous_speaker", "next_heading", "previous_heading", "fold", "fold_all"),
    }
)
"""Commands that move within the transcript shown, whatever has the focus: what they do is seen there."""

OF_THE_QUERY = frozenset({"next_hit", "previous_hit", "narrow", "relevance"})
"""Commands that act on the query and its hits, whatever has the focus."""

OF_THE_BROWSER = frozenset(
    {
        *("search", "labels", "next_pane", "previous_pane", "questions", "bookmarks", "searches"),
        *("jump_back", "jump_forward", "back", "mouse", "theme", "redraw", "suspend_process"),
        *("palette", "help", "quit"),
    }
)
"""Commands that act on no record."""
