"""The help screen: every command by context, from the command table, and the query language."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.commands import HEADINGS, by_context
from tui.language import _, mark
from tui.typeset import GAP, pad, wrap
from tui.widgets.blocks import FOLD

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
KEYS, QUERY, LABELS = 13, 24, 12
"""Cells of the first column, of the first among the queries, and of the second column."""
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
        row(sign, "", meaning)
    return text


class HelpScreen(ModalScreen[None]):
    """Closed by Esc, q or ?."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark", "close", "close", show=False),
        Binding("down,j", "scroll('down')", "a line down", show=False),
        Binding("up,k", "scroll('up')", "a line up", show=False),
        Binding("pagedown,space", "scroll('page_down')", "a page down", show=False),
        Binding("pageup,b", "scroll('page_up')", "a page up", show=False),
    ]
    DEFAULT_CSS = """
    HelpScreen {
        align: center middle;
        background: $background;
        &:ansi { background: $background; }
        & > VerticalScroll {
            width: 84;
            max-width: 100%;
            height: 1fr;
            padding: 0 2;
            background: $background;
            scrollbar-size: 0 0;
        }
        & > #help-foot { width: 84; max-width: 100%; height: 1; padding: 0 2; color: $quiet; }
    }
    """

    def compose(self) -> ComposeResult:
        """The table, and how to leave it."""
        with VerticalScroll():
            yield Static(id="help-table")
        yield Static(Text(_("Esc close   ↓ ↑ PgDn PgUp scroll")), id="help-foot")

    def on_resize(self) -> None:
        """Set it for the width there is."""
        shown = self.query_one("#help-table", Static)
        shown.update(table(shown.content_size.width or self.size.width - 4))

    def action_close(self) -> None:
        """Back to where the user was."""
        self.dismiss()

    def action_scroll(self, how: str) -> None:
        """Scroll in one frame."""
        view = self.query_one(VerticalScroll)
        by = {"down": 1, "up": -1, "page_down": view.size.height - 1, "page_up": 1 - view.size.height}[how]
        view.scroll_relative(y=by, animate=False)
