"""The help screen: every command by context, from the command table, and the query language."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.commands import Context, by_context
from tui.typeset import pad

HEADS: tuple[tuple[Context, str], ...] = (
    ("app", "到处可用"),
    ("list", "记录列表"),
    ("reader", "正文"),
    ("questions", "问答目录"),
    ("hits", "搜索结果"),
    ("search", "搜索框"),
    ("shelf", "书签与搜索记录"),
)
QUERIES: tuple[tuple[str, str, str], ...] = (
    ("孕产妇 就医", "都有", "all of the words"),
    ("“就医 问题”", "原样", "the phrase, blanks included"),
    ("-核酸", "没有", "without the word"),
    ("产检 | 透析", "任一", "either"),
    ("place:潍坊", "地点", "also date: speaker: post: asker: id:"),
    ("date:2022-03..2022-04", "日期", "from month to month"),
    ("in:answer", "何处", "question, answer or speech"),
)
KEYS, LABELS = 22, 10
"""Cells of the first two columns."""


def table() -> Text:
    """All of it as one text."""
    text = Text(no_wrap=True)

    def row(key: str, label: str, meaning: str) -> None:
        text.append("  " + pad(key, KEYS - 1) + " ", "bold")
        text.append(pad(label, LABELS))
        text.append(meaning + "\n", "dim")

    for context, head in HEADS:
        text.append(head + "\n", "bold underline")
        for command in by_context(context):
            row(command.show, command.label, command.help)
        text.append("\n")
    text.append("查询写法\n", "bold underline")
    for query, label, meaning in QUERIES:
        row(query, label, meaning)
    assert all(cell_len(query) < KEYS for query, _, _ in QUERIES)
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
        & Static { text-overflow: ellipsis; }
        & > #help-foot { width: 84; max-width: 100%; height: 1; padding: 0 2; color: $quiet; }
    }
    """

    def compose(self) -> ComposeResult:
        """The table, and how to leave it."""
        with VerticalScroll():
            yield Static(table())
        yield Static(Text("Esc 关闭   ↓ ↑ PgDn PgUp 翻看"), id="help-foot")

    def action_close(self) -> None:
        """Back to where the user was."""
        self.dismiss()

    def action_scroll(self, how: str) -> None:
        """Scroll in one frame."""
        view = self.query_one(VerticalScroll)
        by = {"down": 1, "up": -1, "page_down": view.size.height - 1, "page_up": 1 - view.size.height}[how]
        view.scroll_relative(y=by, animate=False)
