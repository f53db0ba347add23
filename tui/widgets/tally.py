"""The right end of the top row: how much there is, or how much a query found."""

from __future__ import annotations

from textual.reactive import reactive

from tui.store.rows import BriefingRow, Count, Page
from tui.typeset import cut, widest

from .line import Line
from .paint import Run


class Tally(Line):
    """`6 场 · 21 问`, or `12 处 · 3 场 · 新→旧`.

    It says its own width: an `auto` width is cached by Textual 8.2.8 under a number that a second change
    before the first is laid out does not move, and the old width stays.
    """

    DEFAULT_CSS = "Tally { width: 2; max-width: 50%; }"

    briefings: reactive[tuple[BriefingRow, ...] | None] = reactive(None)
    page: reactive[Page | None] = reactive(None)
    count: reactive[Count | None] = reactive(None)

    def watch_briefings(self) -> None:
        """As wide as what it says, and a blank on either side."""
        self.styles.width = widest(self.text()) + 2

    watch_page = watch_count = watch_briefings

    def text(self) -> str:
        """What it says; a count that is still coming is left out, not guessed."""
        if self.page is None:
            rows = self.briefings or ()
            documents = sum(row.kind == "document" for row in rows)
            questions = sum(row.questions for row in rows)
            parts = [(len(rows) - documents, "场"), (questions, "问"), (documents, "件")]
            return " · ".join(f"{number} {unit}" for number, unit in parts if number)
        if not self.page.hits:
            return "0 处"
        if self.count is not None and self.count.query == self.page.query:
            return f"{self.count.passages} 处 · {self.count.briefings} 场 · 新→旧"
        places = f"{len(self.page.hits)}{'+' if self.page.more else ''}"
        return f"{places} 处 · 新→旧"

    def runs(self, width: int) -> list[Run]:
        """Flush right."""
        text = cut(self.text(), width - 1)
        return [Run(width - 1 - widest(text), text, "quiet")]
