"""Keys in the configuration: those that a terminal sends, as Textual reads them, and no others."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual.keys import Keys

from tui.commands import COMMANDS
from tui.config import ConfigError, key_name, read_config
from tui.key_names import MOVES, PLAIN, WITH_CTRL, why_never_sent


def test_what_is_taken_for_a_key_is_what_textual_makes_of_a_terminals_bytes() -> None:
    made = {key.value for keys in ANSI_SEQUENCES_KEYS.values() if isinstance(keys, tuple) for key in keys} | {
        Keys.Escape.value
    }
    assert {*MOVES, *PLAIN, *WITH_CTRL} - made == set()
    for name in made - {"<scroll-up>", "<scroll-down>", "<ignore>"}:
        digits = name.rpartition("+")[2].isdecimal()  # of a terminal that hardly anybody has
        assert why_never_sent(name) is None or digits or name == "shift+escape", name


def test_the_keys_of_the_program_are_sent() -> None:
    for command in COMMANDS:
        assert [why_never_sent(key) for key in command.keys] == [None] * len(command.keys), command.id


@pytest.mark.parametrize(
    "key",
    ["y", "Y", "]", "/", "-", " ", "5", "é", "核", "«", "、", "F12", "Ctrl+Y", "alt+x", "ctrl-pageup", "Tab"],
)
def test_keys_that_come(key: str) -> None:
    assert why_never_sent(key if len(key) == 1 and key != " " else key_name(key)) is None


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("esc", "escape"),
        ("Return", "enter"),
        ("PgDn", "pagedown"),
        ("del", "delete"),
        ("Control-A", "ctrl+a"),
        ("shift+a", "A"),
        ("ctrl+shift+a", "ctrl+a"),
        ("ctrl+i", "tab"),
        ("ctrl+m", "enter"),
        ("ctrl+h", "backspace"),
        ("Ctrl+Space", "ctrl+@"),
        ("pagedwon", "pagedown"),
        ("ctrl+pagedwon", "ctrl+pagedown"),
        ("super+x", "ctrl, shift and alt"),
        ("cmd-c", "ctrl, shift and alt"),
        ("ctrl+enter", "ctrl goes with"),
        ("ctrl+;", "ctrl goes with"),
        ("shift+1", "the character that Shift makes"),
        ("f25", "f2"),
        ("gg", "one character"),
        ("\u0301", "one character"),
        ("\u200b", "one character"),
        ("\t", "one character"),
    ],
)
def test_a_key_that_no_terminal_sends_is_an_error_with_a_hint(key: str, hint: str, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    escaped = "".join(f"\\u{ord(char):04x}" for char in key)
    path.write_text(f'[keys]\n\ncopy = ["c", "{escaped}"]\n', "utf-8")
    with pytest.raises(ConfigError) as told:
        read_config(path)
    assert str(told.value).startswith(f"{path}:3: copy: no terminal sends {key!r}: ")
    assert hint in str(told.value)
