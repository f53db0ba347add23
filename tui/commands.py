"""Every command once: id, keys, label, help, context; footer, help, palette and README read this.

`context` says where a key is live: `app` everywhere outside an input, `list`, `reader`,
`questions`, `hits` in that pane, `search` while the search box has the focus, `shelf` among the
bookmarks and among the searches, `facets` where a query is narrowed.
Keys are Textual's names; `show` is what a person reads.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from tui.language import _, mark

Context = Literal["app", "list", "reader", "questions", "hits", "search", "shelf", "facets"]


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
    Command("search", ("slash",), "/", "search", "search as you type", "app", True),
    Command("next_question", ("right_square_bracket",), "]", "next Q", "next question", "app", True),
    Command("previous_question", ("left_square_bracket",), "[", "prev Q", "previous question", "app"),
    Command("next_answer", ("right_parenthesis",), ")", "next A", "next answer", "app"),
    Command("previous_answer", ("left_parenthesis",), "(", "prev A", "previous answer", "app"),
    Command("next_speaker", ("right_curly_bracket",), "}", "next voice", "next speaker", "app"),
    Command("previous_speaker", ("left_curly_bracket",), "{", "prev voice", "previous speaker", "app"),
    Command("next_heading", ("greater_than_sign",), ">", "next head", "next heading", "app"),
    Command("previous_heading", ("less_than_sign",), "<", "prev head", "previous heading", "app"),
    Command("goto_question", ("g",), "3g", "to Q", "to question N: type its number, then g", "app"),
    Command("next_hit", ("n",), "n", "next hit", "next hit", "app", True),
    Command("previous_hit", ("N",), "N", "prev hit", "previous hit", "app"),
    Command("find", ("f",), "f", "find here", "search within the transcript", "app", True),
    Command("labels", ("s",), "s", "labels", "a key on all in sight; press it to go there", "app"),
    Command("fold", ("z",), "z", "fold", "fold the answer to a line, or unfold it", "app"),
    Command("fold_all", ("Z",), "Z", "fold all", "fold all answers, or unfold them", "app"),
    Command("plain", ("w",), "w", "plain", "text alone, to select with the mouse", "app"),
    Command("next_pane", ("tab",), "Tab", "pane", "to the next pane", "app", True),
    Command("previous_pane", ("shift+tab",), "Shift-Tab", "pane back", "to the previous pane", "app"),
    Command("questions", ("o",), "o", "questions", "show or hide the questions pane", "app"),
    Command("other_print", ("equals_sign",), "=", "print", "the same briefing from another outlet", "app"),
    Command("source", ("v",), "v", "source", "the source as read, noise and repeats too", "app"),
    Command("correct", ("E",), "E", "correct", "put title, place, date or ordinal right", "app"),
    Command("reopen", ("R",), "R", "reopen", "the open briefing as it is loaded now", "app"),
    Command("copy", ("y",), "y", "copy", "copy the passage with its citation", "app"),
    Command("copy_exchange", ("Y",), "Y", "copy Q&A", "copy the question and its answers", "app"),
    Command("export", ("e",), "e", "export", "to a file: question, briefing or hits", "app"),
    Command("bookmark", ("B",), "B", "mark", "bookmark the passage, with a note", "app"),
    Command("narrow", ("F",), "F", "narrow", "narrow the hits by place, year, speaker …", "app"),
    Command("relevance", ("r",), "r", "order", "hits by relevance, or newest first again", "app"),
    Command("like", ("L",), "L", "alike", "passages like this one", "app"),
    Command("bookmarks", ("apostrophe",), "'", "marks", "all bookmarks", "app"),
    Command("searches", ("S",), "S", "searches", "searches kept and recent", "app"),
    Command("jump_back", ("ctrl+o", "alt+left"), "Ctrl-O", "go back", "to where the last jump began", "app"),
    Command("jump_forward", ("alt+right",), "Alt-→", "go forth", "forward again", "app"),
    Command("back", ("escape",), "Esc", "back", "one step back", "app", True),
    Command("mouse", ("m",), "m", "mouse", "mouse: to the browser, or the terminal", "app"),
    Command("theme", ("t",), "t", "theme", "light or dark colours", "app"),
    Command("redraw", ("ctrl+l",), "Ctrl-L", "redraw", "write the whole screen again", "app"),
    Command("suspend_process", ("ctrl+z",), "Ctrl-Z", "suspend", "to the shell; fg there comes back", "app"),
    Command("palette", ("colon",), ":", "commands", "all commands by name", "app"),
    Command("help", ("question_mark",), "?", "help", "this help", "app", True),
    Command("quit", ("q",), "q", "quit", "quit", "app", True),
    Command("list_down", ("down", "j"), "↓ j", "down", "next briefing", "list"),
    Command("list_up", ("up", "k"), "↑ k", "up", "previous briefing", "list"),
    Command("list_page_down", ("pagedown", "ctrl+f"), "PgDn", "page down", "a page down", "list"),
    Command("list_page_up", ("pageup", "ctrl+b"), "PgUp", "page up", "a page up", "list"),
    Command("list_first", ("home",), "Home", "first", "first briefing", "list"),
    Command("list_last", ("end", "G"), "End G", "last", "last briefing", "list"),
    Command("open", ("enter", "right", "l"), "Enter l", "open", "open the briefing", "list", True),
    Command("line_down", ("down", "j"), "↓ j", "line down", "a line down", "reader"),
    Command("line_up", ("up", "k"), "↑ k", "line up", "a line up", "reader"),
    Command(
        "page_down", ("pagedown", "space", "ctrl+f"), "PgDn Space", "page down", "a page down", "reader", True
    ),
    Command("page_up", ("pageup", "b", "ctrl+b"), "PgUp b", "page up", "a page up", "reader"),
    Command("half_down", ("ctrl+d", "d"), "d", "half down", "half a page down", "reader"),
    Command("half_up", ("ctrl+u", "u"), "u", "half up", "half a page up", "reader"),
    Command("top", ("home",), "Home gg", "top", "to the top (also gg)", "reader"),
    Command("bottom", ("end", "G"), "End G", "end", "to the end", "reader"),
    Command("to_list", ("left", "h"), "← h", "list", "to the list", "reader"),
    Command("question_down", ("down", "j"), "↓ j", "next Q", "next question", "questions"),
    Command("question_up", ("up", "k"), "↑ k", "prev Q", "previous question", "questions"),
    Command(
        "question_open",
        ("enter", "left", "h"),
        "Enter h",
        "read",
        "read the question marked",
        "questions",
        True,
    ),
    Command("hit_down", ("down", "j"), "↓ j", "next hit", "next hit", "hits"),
    Command("hit_up", ("up", "k"), "↑ k", "prev hit", "previous hit", "hits"),
    Command("hit_page_down", ("pagedown", "ctrl+f"), "PgDn", "page down", "a page down", "hits"),
    Command("hit_page_up", ("pageup", "ctrl+b"), "PgUp", "page up", "a page up", "hits"),
    Command("hit_open", ("enter", "right", "l"), "Enter l", "open", "stand on the hit", "hits", True),
    Command("hit_why", ("W",), "W", "why", "how the hit matches: words, places, filters", "hits", True),
    Command("search_down", ("down", "ctrl+n"), "↓", "next hit", "mark the next hit", "search", True),
    Command("search_up", ("up", "ctrl+p"), "↑", "prev hit", "mark the previous hit", "search"),
    Command("search_open", ("enter",), "Enter", "open", "open the hit marked", "search", True),
    Command("search_complete", ("right",), "→", "complete", "take the completion", "search"),
    Command("search_leave", ("escape",), "Esc", "leave", "leave the search box", "search", True),
    Command("shelf_down", ("down", "j"), "↓ j", "down", "next one", "shelf"),
    Command("shelf_up", ("up", "k"), "↑ k", "up", "previous one", "shelf"),
    Command("shelf_open", ("enter", "right", "l"), "Enter l", "open", "open it", "shelf", True),
    Command("shelf_annotate", ("e",), "e", "note", "note on it, or name it", "shelf", True),
    Command("shelf_forget", ("d", "delete"), "d", "forget", "forget it", "shelf", True),
    Command("shelf_leave", ("escape", "q"), "Esc", "leave", "leave", "shelf", True),
    Command("facet_down", ("down", "j"), "↓ j", "down", "next one", "facets"),
    Command("facet_up", ("up", "k"), "↑ k", "up", "previous one", "facets"),
    Command("facet_page_down", ("pagedown", "ctrl+f"), "PgDn", "page down", "a page down", "facets"),
    Command("facet_page_up", ("pageup", "ctrl+b"), "PgUp", "page up", "a page up", "facets"),
    Command(
        "facet_next", ("right_square_bracket", "tab"), "] Tab", "next field", "next field", "facets", True
    ),
    Command(
        "facet_previous", ("left_square_bracket", "shift+tab"), "[", "prev field", "previous field", "facets"
    ),
    Command("facet_open", ("enter", "right", "l"), "Enter l", "narrow", "narrow to it", "facets", True),
    Command("facet_leave", ("escape", "q"), "Esc", "leave", "leave", "facets", True),
)


OUTWARD = ("export", "correct", "suspend_process")
"""Commands that write a file or the archive, or leave for a shell."""

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


WITHHELD: frozenset[str] = frozenset()
"""Commands that there are not in this session, whatever asks for them."""


def withhold(ids: Iterable[str]) -> None:
    """Take commands away, by id; before any widget is imported."""
    global COMMANDS, WITHHELD
    WITHHELD = frozenset(ids)
    COMMANDS = tuple(one for one in COMMANDS if one.id not in WITHHELD)


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


def keys_of(id: str) -> str:
    """The keys of a command, as a person reads them."""
    return next(command.show for command in COMMANDS if command.id == id)


HEADINGS: dict[Context, str] = {
    "app": mark("everywhere"),
    "list": mark("briefing list"),
    "reader": mark("transcript"),
    "questions": mark("questions"),
    "hits": mark("hits"),
    "search": mark("search box"),
    "shelf": mark("bookmarks, searches"),
    "facets": mark("narrowing"),
}


def key_table() -> str:
    """All commands as a Markdown table in the language spoken: `briefings-tui keys`, and the README's."""
    heads = " | ".join(map(_, (mark("where"), mark("key"), mark("name"), mark("what it does"))))
    lines = [f"| {heads} |", "|---|---|---|---|"]
    for context, heading in HEADINGS.items():
        for command in by_context(context):
            lines.append(f"| {_(heading)} | `{command.show}` | {_(command.label)} | {_(command.help)} |")
    return "\n".join(lines)
