"""The help screen: every command by context, from the command table, and the query language."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from tui.commands import HEADINGS, by_context
from tui.language import _, mark
from tui.typeset import GAP, pad, wrap
from tui.widgets.blocks import FOLD

from .sheet import Sheet

QUERIES: tuple[tuple[str, str, str], ...] = (
    ("孕产妇 就医", mark("all"), mark("all of the words")),
    ("“就医 问题”", mark("phrase"), mark("the phrase, blanks included")),
    ("-核酸", mark("without"), mark("without the word")),
    ("产检 | 透析", mark("either"), mark("one or the other")),
    ("place:潍坊", mark("field"), mark("also date: speaker: post: asker: id:")),
    ("date:2022-03..2022-04", mark("dates"), mark("from month to month")),
    ("in:answer", mark("where"), mark("question, answer or speech")),
    ("hesuan  hsjc", mark("pinyin"), mark("by pinyin or initials, below the others")),
)
SIGNS: tuple[tuple[str, str], ...] = (
    ("2022-09-12~", mark("the year was inferred")),
    ("XXXX-08-05", mark("the source does not give the year")),
    (GAP, mark("here the source lost characters, digits mostly")),
    ("✓", mark("opened before")),
    (FOLD, mark("an answer folded; z unfolds it")),
)
KEYS, QUERY, SIGN, LABELS = 13, 24, 14, 12
"""Cells of the first column, of the first among the queries and the signs, and of the second column."""
ROOMY = 66
"""Cells from which there is room for the second column."""


def table(width: int) -> Text:
    """All of it as one text of lines of at most `width` cells."""
    text = Text()

    def row(key: str, label: str, meaning: str, column: int = KEYS) -> None:
        label = _(label) if label and width >= ROOMY else ""
        text.append("  " + pad(key, column - 2), "bold")
        text.append(pad(label, LABELS if label else 0))
        indent = column + (LABELS if label else 0)
        meaning = _(meaning)
        for number, line in enumerate(wrap(meaning, max(8, width - indent))):
            text.append(" " * indent if number else "")
            text.append(meaning[line.start : line.end].rstrip() + "\n", "dim")

    for context, head in HEADINGS.items():
        text.append(_(head) + "\n", "bold underline")
        for command in by_context(context):
            row(command.show, command.label, command.help)
        text.append("\n")
    text.append(_("how to write a query") + "\n", "bold underline")
    for query, label, meaning in QUERIES:
        row(query, label, meaning, QUERY)
    text.append("\n" + _("signs") + "\n", "bold underline")
    for sign, meaning in SIGNS:
        row(sign, "", meaning, SIGN)
    return text


class HelpScreen(Sheet):
    """Closed by Esc, q or ?."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("question_mark", "close", "close", show=False)]

    def text(self, width: int) -> Text:
        """The table."""
        return table(width)
