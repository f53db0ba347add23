"""What is asked of a hit, and of hits as a whole: why it is one.

In come the hit list's messages and what the desk found of them.
"""

from __future__ import annotations

from textual import on

from tui.language import _
from tui.widgets.hit_list import HitList

from .desk import Desk
from .keeping import Keeping


class Weighing(Keeping):
    """Explains hits and orders them."""

    def action_relevance(self) -> None:
        """The best hits first, or the newest again; begins at the first."""
        if not self.hunting:
            self.notice = _("search first: then the hits can be ordered")
            return
        self.by_relevance = not self.by_relevance
        self.count = None
        self._desk.search(self.sought, self.by_relevance)

    @on(HitList.Doubted)
    def ask_why(self, message: HitList.Doubted) -> None:
        """Why the hit marked is one."""
        if self.page is not None:
            self._desk.why(self.page, message.hit)

    @on(Desk.Explained)
    def show_why(self, message: Desk.Explained) -> None:
        """Over everything."""
        from .why import WhyScreen

        if message.why is None:
            self.notice = _("the passage left the archive: search again")
        else:
            self.app.push_screen(WhyScreen(message.hit, message.why))
