"""Which keys a terminal can send, by Textual's names, and what to write in place of one that it cannot.

A terminal sends characters and escape sequences (ECMA-48, xterm's control sequences), so of many combinations
it sends what it sends without a modifier, or nothing: Ctrl-Shift-A is Ctrl-A, Shift-A is `A`, Ctrl-I is Tab.
The names are Textual's (`textual._ansi_sequences`, `textual._xterm_parser`); a test compares them.
"""

from __future__ import annotations

import unicodedata
from difflib import get_close_matches

MOVES = tuple("up down left right home end pageup pagedown insert delete".split())
"""Keys that come with any modifiers."""
PLAIN = ("enter", "escape", "backspace", "space", "tab", "shift+tab", *(f"f{n}" for n in range(1, 25)))
WITH_CTRL = (
    *(f"ctrl+{letter}" for letter in "abcdefgjklnopqrstuvwxyz"),
    *(
        f"ctrl+{sign}"
        for sign in ("@", "backslash", "right_square_bracket", "circumflex_accent", "underscore")
    ),
    *(f"ctrl+f{n}" for n in range(1, 25)),
)
_MODIFIERS = ("ctrl", "shift", "alt")
_OTHER_WORDS = {
    **{
        "esc": "escape",
        "return": "enter",
        "cr": "enter",
        "del": "delete",
        "ins": "insert",
        "bs": "backspace",
    },
    **{"pgup": "pageup", "prior": "pageup", "pgdn": "pagedown", "pgdown": "pagedown", "next": "pagedown"},
    **{"page_up": "pageup", "page_down": "pagedown", "spacebar": "space", "blank": "space"},
    **{"control": "ctrl", "strg": "ctrl", "option": "alt", "opt": "alt"},
}
"""What other programs call a key or modifier, and its name here."""
_WITH_MODIFIERS = "ctrl goes with a letter, @ \\ ] ^ _, an F key or a key that moves, alt with a character"
_SAME = {
    "ctrl+i": "tab",
    "ctrl+m": "enter",
    "ctrl+h": "backspace",
    "ctrl+left_square_bracket": "escape",
    "ctrl+space": "ctrl+@",
}
"""Combinations that arrive as another key."""


def why_never_sent(key: str) -> str | None:
    """What to write instead if no terminal sends `key`, a character or a Textual name; `None` if one does."""
    *modifiers, last = key.split("+") if len(key) > 1 else [key]
    known = [_OTHER_WORDS.get(one, one) for one in (*modifiers, last)]
    if known != [*modifiers, last]:
        return _write("+".join(known))
    if key in PLAIN or key in WITH_CTRL:
        return None
    if set(modifiers) - set(_MODIFIERS):
        return "the modifiers are ctrl, shift and alt"
    if last in MOVES:
        return None
    if key in _SAME:
        return _write(_SAME[key])
    character = _character(last)
    if character is None:
        return _near(modifiers, last)
    if not modifiers or modifiers == ["alt"]:
        return None
    if modifiers == ["shift"]:
        return _write(character.upper()) if character.isalpha() else "write the character that Shift makes"
    if "ctrl" in modifiers and f"ctrl+{last}" in WITH_CTRL:
        return _write(f"ctrl+{last}")
    return _WITH_MODIFIERS


def _near(modifiers: list[str], last: str) -> str:
    """What to write in place of a key whose name is none, or which comes without modifiers only."""
    if last in PLAIN:
        return _WITH_MODIFIERS
    near = get_close_matches(last, (*MOVES, *PLAIN), 1)
    return _write("+".join((*modifiers, near[0]))) if near else "write one character, or a name such as f5"


def _write(name: str) -> str:
    return f'write "{name}"'


def _character(name: str) -> str | None:
    """The one visible character that a key's name stands for, if it does."""
    if len(name) == 1:
        return name if name.isprintable() and not name.isspace() and not unicodedata.combining(name) else None
    name = _SHORT.get(name, name.replace("_", " "))
    for spelling in (name, name.replace(" than ", "-than ")):
        try:
            return unicodedata.lookup(spelling)
        except KeyError:
            continue
    return None


_SHORT = {
    "slash": "solidus",
    "backslash": "reverse solidus",
    "at": "commercial at",
    "minus": "hyphen-minus",
    "plus": "plus sign",
    "underscore": "low line",
}
"""Names that Textual shortens, and Unicode's."""
