"""The right end of the top row: how much there is, or how much a query found."""

from __future__ import annotations

from textual.reactive import reactive

from tui.language import _
from tui.store.rows import BriefingRow, Count, Page
from tui.typeset import cut, widest

from . import words
from .line import Line
from .paint import Run
from .standing import Standing


class Tally(Line):
    """`6 场 · 21 问`, or `12 处 · 3 场 · 新→旧`.

    It says its own width: an `auto` width is cached by Textual 8.2.8 under a number that a second change
    before the first is laid out does not move, and the old width stays.
    """

    DEFAULT_CSS = "Tally { width: 2; max-width: 50%; }"

    briefings: reactive[tuple[BriefingRow, ...] | None] = reactive(None)
    page: reactive[Page | None] = reactive(None)
    count: reactive[Count | None] = reactive(None)
    finding: reactive[bool] = reactive(False)
    """Whether what is sought is sought in the open transcript alone."""
    standing: reactive[Standing | None] = reactive(None)

    def watch_briefings(self) -> None:
        """As wide as what it says, and a blank on either side."""
        self.styles.width = widest(self.text()) + 2

    watch_page = watch_count = watch_finding = watch_standing = watch_briefings

    def text(self) -> str:
        """What it says; a count that is still coming is left out, not guessed."""
        if self.finding:
            return words.match(self.standing) if self.standing is not None else ""
        if self.page is None:
            rows = self.briefings or ()
            documents = sum(row.kind == "document" for row in rows)
            questions = sum(row.questions for row in rows)
            parts = (
                (len(rows) - documents, words.briefings),
                (questions, words.questions),
                (documents, words.documents),
            )
            return " · ".join(say(number) for number, say in parts if number)
        if not self.page.hits:
            return words.hits("0")
        if self.count is not None and self.count.query == self.page.query:
            found = words.hits(str(self.count.passages)), words.briefings(self.count.briefings)
            return " · ".join((*found, _("newest first")))
        places = f"{len(self.page.hits)}{'+' if self.page.more else ''}"
        return f"{words.hits(places)} · {_('newest first')}"

    def runs(self, width: int) -> list[Run]:
        """Flush right."""
        text = cut(self.text(), width - 1)
        return [Run(width - 1 - widest(text), text, "quiet")]
