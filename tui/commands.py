"""Every command once: id, keys, label, help, context; footer, help, palette and README read this.

`context` says where a key is live: `app` everywhere outside an input, `list`, `reader`,
`questions`, `hits` in that pane, `search` while the search box has the focus, `shelf` among the
bookmarks and among the searches.
Keys are Textual's names; `show` is what a person reads.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

Context = Literal["app", "list", "reader", "questions", "hits", "search", "shelf"]


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a user can do; `footer` puts it into the footer of its context."""

    id: str
    keys: tuple[str, ...]
    show: str
    label: str
    help: str
    context: Context
    footer: bool = False


COMMANDS: tuple[Command, ...] = (
    Command("search", ("slash",), "/", "搜索", "search as you type", "app", True),
    Command("next_question", ("right_square_bracket",), "]", "下一问", "next question", "app", True),
    Command("previous_question", ("left_square_bracket",), "[", "上一问", "previous question", "app"),
    Command("next_answer", ("right_parenthesis",), ")", "下一答", "next answer", "app"),
    Command("previous_answer", ("left_parenthesis",), "(", "上一答", "previous answer", "app"),
    Command("next_speaker", ("right_curly_bracket",), "}", "下一人", "next speaker", "app"),
    Command("previous_speaker", ("left_curly_bracket",), "{", "上一人", "previous speaker", "app"),
    Command("next_heading", ("greater_than_sign",), ">", "下一节", "next heading", "app"),
    Command("previous_heading", ("less_than_sign",), "<", "上一节", "previous heading", "app"),
    Command("goto_question", ("g",), "3g", "第几问", "to question N: type its number, then g", "app"),
    Command("next_hit", ("n",), "n", "下一处", "next hit", "app", True),
    Command("previous_hit", ("N",), "N", "上一处", "previous hit", "app"),
    Command("next_pane", ("tab",), "Tab", "换栏", "to the next pane", "app", True),
    Command("previous_pane", ("shift+tab",), "Shift-Tab", "前栏", "to the previous pane", "app"),
    Command("questions", ("o",), "o", "问答目录", "show or hide the questions pane", "app"),
    Command("other_print", ("equals_sign",), "=", "另一版", "the same briefing from another outlet", "app"),
    Command("source", ("v",), "v", "原文", "the source as read, noise and repeats in place", "app"),
    Command("correct", ("E",), "E", "更正", "put title, place, date or ordinal right", "app"),
    Command("copy", ("y",), "y", "复制", "copy the passage with its citation", "app"),
    Command("copy_exchange", ("Y",), "Y", "复制问答", "copy the question and its answers", "app"),
    Command("export", ("e",), "e", "导出", "to a file: question, briefing or hits", "app"),
    Command("bookmark", ("B",), "B", "加书签", "bookmark the passage, with a note", "app"),
    Command("bookmarks", ("apostrophe",), "'", "书签", "all bookmarks", "app"),
    Command("searches", ("S",), "S", "搜索记录", "searches kept and recent", "app"),
    Command("jump_back", ("ctrl+o", "alt+left"), "Ctrl-O", "后退", "to where the last jump began", "app"),
    Command("jump_forward", ("alt+right",), "Alt-→", "前进", "forward again", "app"),
    Command("back", ("escape",), "Esc", "返回", "one step back", "app", True),
    Command("mouse", ("m",), "m", "鼠标", "mouse: to the browser, or the terminal", "app"),
    Command("theme", ("t",), "t", "明暗", "light or dark colours", "app"),
    Command("redraw", ("ctrl+l",), "Ctrl-L", "重画", "write the whole screen again", "app"),
    Command("suspend_process", ("ctrl+z",), "Ctrl-Z", "挂起", "to the shell; fg there comes back", "app"),
    Command("palette", ("colon",), ":", "命令", "all commands by name", "app"),
    Command("help", ("question_mark",), "?", "帮助", "this help", "app", True),
    Command("quit", ("q",), "q", "退出", "quit", "app", True),
    Command("list_down", ("down", "j"), "↓ j", "下", "next briefing", "list"),
    Command("list_up", ("up", "k"), "↑ k", "上", "previous briefing", "list"),
    Command("list_page_down", ("pagedown", "ctrl+f"), "PgDn", "下页", "a page down", "list"),
    Command("list_page_up", ("pageup", "ctrl+b"), "PgUp", "上页", "a page up", "list"),
    Command("list_first", ("home",), "Home", "首行", "first briefing", "list"),
    Command("list_last", ("end", "G"), "End G", "末行", "last briefing", "list"),
    Command("open", ("enter", "right", "l"), "Enter l", "打开", "open the briefing", "list", True),
    Command("line_down", ("down", "j"), "↓ j", "下行", "a line down", "reader"),
    Command("line_up", ("up", "k"), "↑ k", "上行", "a line up", "reader"),
    Command(
        "page_down", ("pagedown", "space", "ctrl+f"), "PgDn Space", "下页", "a page down", "reader", True
    ),
    Command("page_up", ("pageup", "b", "ctrl+b"), "PgUp b", "上页", "a page up", "reader"),
    Command("half_down", ("ctrl+d", "d"), "d", "半页下", "half a page down", "reader"),
    Command("half_up", ("ctrl+u", "u"), "u", "半页上", "half a page up", "reader"),
    Command("top", ("home",), "Home gg", "开头", "to the top (also gg)", "reader"),
    Command("bottom", ("end", "G"), "End G", "结尾", "to the end", "reader"),
    Command("to_list", ("left", "h"), "← h", "列表", "to the list", "reader"),
    Command("question_down", ("down", "j"), "↓ j", "下一问", "next question", "questions"),
    Command("question_up", ("up", "k"), "↑ k", "上一问", "previous question", "questions"),
    Command(
        "question_open",
        ("enter", "left", "h"),
        "Enter h",
        "到该问",
        "read the question marked",
        "questions",
        True,
    ),
    Command("hit_down", ("down", "j"), "↓ j", "下一处", "next hit", "hits"),
    Command("hit_up", ("up", "k"), "↑ k", "上一处", "previous hit", "hits"),
    Command("hit_page_down", ("pagedown", "ctrl+f"), "PgDn", "下页", "a page down", "hits"),
    Command("hit_page_up", ("pageup", "ctrl+b"), "PgUp", "上页", "a page up", "hits"),
    Command("hit_open", ("enter", "right", "l"), "Enter l", "打开", "stand on the hit", "hits", True),
    Command("search_down", ("down", "ctrl+n"), "↓", "下一处", "mark the next hit", "search", True),
    Command("search_up", ("up", "ctrl+p"), "↑", "上一处", "mark the previous hit", "search"),
    Command("search_open", ("enter",), "Enter", "打开", "open the hit marked", "search", True),
    Command("search_leave", ("escape",), "Esc", "离开", "leave the search box", "search", True),
    Command("shelf_down", ("down", "j"), "↓ j", "下", "next one", "shelf"),
    Command("shelf_up", ("up", "k"), "↑ k", "上", "previous one", "shelf"),
    Command("shelf_open", ("enter", "right", "l"), "Enter l", "打开", "open it", "shelf", True),
    Command("shelf_annotate", ("e",), "e", "附注", "note on it, or name it", "shelf", True),
    Command("shelf_forget", ("d", "delete"), "d", "删去", "forget it", "shelf", True),
    Command("shelf_leave", ("escape", "q"), "Esc", "离开", "leave", "shelf", True),
)


_PANES: tuple[Context, ...] = ("list", "reader", "questions", "hits")
"""Contexts in which the keys of `app` work too."""


def clash(keys: Mapping[str, tuple[str, ...]], id: str) -> str | None:
    """The command that would share a key with the command `id` if `keys` were theirs, or `None`."""
    own = next(command for command in COMMANDS if command.id == id)
    for other in COMMANDS:
        together = other.context == own.context or (
            "app" in (other.context, own.context) and {other.context, own.context} & set(_PANES)
        )
        if other.id != id and together and set(keys[id]) & set(keys.get(other.id, other.keys)):
            return other.id
    return None


def rebind(keys: Mapping[str, tuple[str, ...]]) -> None:
    """Give commands other keys, by id; before any widget is imported, for it takes its keys then."""
    global COMMANDS
    COMMANDS = tuple(
        replace(one, keys=keys[one.id], show=" ".join(map(_shown, keys[one.id]))) if one.id in keys else one
        for one in COMMANDS
    )


def _shown(key: str) -> str:
    """A key as a person reads it: `ctrl+y` is `Ctrl-Y`, `right_square_bracket` `]`."""
    *modifiers, last = key.split("+")
    if "_" in last or last in _SIGNS:
        last = _SIGNS.get(last) or _character(last) or last
    if modifiers or len(last) > 1:
        return "-".join(part.capitalize() for part in (*modifiers, last))
    return last


def _character(name: str) -> str | None:
    try:
        return unicodedata.lookup(name.replace("_", " "))
    except KeyError:
        return None


_SIGNS = {
    "slash": "/",
    "backslash": "\\",
    "at": "@",
    "minus": "-",
    "plus": "+",
    "underscore": "_",
    "colon": ":",
    "apostrophe": "'",
    "comma": ",",
    "semicolon": ";",
    "ampersand": "&",
    "tilde": "~",
    "asterisk": "*",
}


def by_context(context: Context) -> tuple[Command, ...]:
    """The commands live in a context, in the table's order."""
    return tuple(command for command in COMMANDS if command.context == context)


_HEADINGS: dict[Context, str] = {
    "app": "everywhere",
    "list": "briefing list",
    "reader": "transcript",
    "questions": "questions",
    "hits": "hits",
    "search": "search box",
    "shelf": "bookmarks, searches",
}


def key_table() -> str:
    """All commands as a Markdown table, as `briefings-tui keys` prints and the README holds it."""
    lines = ["| where | key | 中文 | what it does |", "|---|---|---|---|"]
    for context, heading in _HEADINGS.items():
        for command in by_context(context):
            lines.append(f"| {heading} | `{command.show}` | {command.label} | {command.help} |")
    return "\n".join(lines)
