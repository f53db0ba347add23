"""The right end of the top row: how much there is, or how much a query found."""

from __future__ import annotations

from textual.reactive import reactive

from tui.store.rows import BriefingRow, Count, Page
from tui.typeset import cut, widest

from . import words
from .line import Line
from .paint import Run
from .standing import Standing


class Tally(Line):
    """`6 场 · 21 问`, or `12 处 · 3 场 · 新→旧`, or `相近：透析 产检 · 12 处 · 3 场`.

    It says its own width: an `auto` width is cached by Textual 8.2.8 under a number that a second change
    before the first is laid out does not move, and the old width stays.
    """

    DEFAULT_CSS = "Tally { width: 2; max-width: 60%; }"

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

    def parts(self) -> list[str]:
        """What it says, part by part; a count that is still coming is left out, not guessed."""
        if self.finding:
            return [words.match(self.standing)] if self.standing is not None else []
        if self.page is None:
            rows = self.briefings or ()
            documents = sum(row.kind == "document" for row in rows)
            counts = (
                (len(rows) - documents, words.briefings),
                (sum(row.questions for row in rows), words.questions),
                (documents, words.documents),
            )
            return [say(number) for number, say in counts if number]
        if not self.page.hits:
            return [words.hits("0")]
        like, order = words.like(self.page), words.order(self.page)
        if self.count is not None and self.count.query == self.page.query:
            count = self.count.at_least(self.page)
            numbers = (
                [words.hits(str(count.passages)), words.briefings(count.briefings)]
                if count.exact
                else [words.hits(f"{count.passages}+")]
            )
            beside = [words.beside(count.beside)] if count.beside else []
        else:
            numbers = [words.hits(f"{len(self.page.hits)}{'+' if self.page.more else ''}")]
            beside = []
        return [like, *numbers] if like else [*numbers, *beside, order]

    def text(self, width: int | None = None) -> str:
        """All of it in a line, or as many of its first parts as fit into `width` cells."""
        parts = self.parts()
        while width is not None and len(parts) > 1 and widest(" · ".join(parts)) > width:
            parts.pop()
        return " · ".join(parts)

    def runs(self, width: int) -> list[Run]:
        """Flush right."""
        text = cut(self.text(width - 1), width - 1)
        return [Run(width - 1 - widest(text), text, "quiet")]
