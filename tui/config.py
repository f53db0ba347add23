"""The user's configuration: a TOML file that says keys, theme, measure and the width of doubtful characters.

In comes the file, if there is one; what it says is checked here, and what is wrong is said with file and
line. Nothing else comes out than a `Config`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tui.commands import COMMANDS, clash
from tui.language import LANGUAGES
from tui.private import read_text

THEMES = {"dark": "briefings-dark", "light": "briefings-light", "ansi": "ansi-dark"}
"""Our names of themes to Textual's; any other of Textual's goes by its own."""
LAYOUTS = {"three": 3, "two": 2, "one": 1}
"""Panes beside each other at most: the list, the transcript, its questions."""
MEASURES = (10, 100)
"""Chinese characters to a line: at least, at most."""


SETTINGS = ("theme", "layout", "measure", "ambiguous", "language", "keys")


MOST_BYTES = 1_000_000
"""Of the file: a longer one is another file."""


class ConfigError(ValueError):
    """The file says something that cannot be; one line with file, line and what to do."""


@dataclass(frozen=True, slots=True)
class Config:
    """What the user chose; the defaults are what nobody chose."""

    path: Path | None = None
    theme: str | None = None
    """Textual's name of it, or `None` for what suits the terminal."""
    measure: int = 40
    """Chinese characters to a line of a transcript, at most."""
    layout: str = "three"
    """Panes beside each other at most, one of `LAYOUTS`."""
    language: str | None = None
    """The interface's, or `None` for what the locale says."""
    ambiguous: int = 1
    """Cells of a character of ambiguous width (“ ” … —)."""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Keys of commands, in Textual's names, by the command's id."""

    def error(self, name: str, what: str) -> ConfigError:
        """What is wrong about the value of `name`, found later."""
        source = self.path.read_text("utf-8", "replace") if self.path else ""
        return ConfigError(f"{self.path}:{_line(source, name)}: {what}")


def read_config(path: Path) -> Config:
    """What the file at `path` says; the defaults where there is none. Raises `ConfigError`."""
    try:
        source = read_text(path, MOST_BYTES)
    except FileNotFoundError:
        return Config()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read ({error}): mend or remove it") from error
    import tomllib  # most have no such file

    try:
        said = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: no TOML: {error}") from error

    def wrong(name: str, what: str, section: str = "") -> ConfigError:
        return ConfigError(f"{path}:{_line(source, name, section)}: {what}")

    for name in said:
        if name not in SETTINGS:
            raise wrong(name, f"{name!r} is no setting; there are {', '.join(SETTINGS)}")
    theme, measure, ambiguous = said.get("theme"), said.get("measure", 40), said.get("ambiguous", 1)
    if not isinstance(theme, str | None):
        raise wrong("theme", "theme is a name in quotes: dark, light, ansi")
    layout, language = said.get("layout", "three"), said.get("language")
    if layout not in LAYOUTS:
        raise wrong("layout", f"layout is one of {', '.join(LAYOUTS)}, in quotes")
    if language is not None and language not in LANGUAGES:
        raise wrong("language", f"language is one of {', '.join(LANGUAGES)}, in quotes")
    least, most = MEASURES
    if type(measure) is not int or not least <= measure <= most:
        raise wrong("measure", f"measure is a number of characters from {least} to {most}")
    if type(ambiguous) is not int or ambiguous not in (1, 2):
        raise wrong("ambiguous", "ambiguous is 1 or 2 cells")
    keys = _keys(said.get("keys", {}), wrong)
    return Config(
        path,
        THEMES.get(theme, theme) if theme else None,
        measure,
        layout,
        language,
        ambiguous,
        keys,
    )


def _keys(said: Any, wrong: Any) -> dict[str, tuple[str, ...]]:
    """The keys of `[keys]`, checked: known commands, keys that can be, none that means two things."""
    if not isinstance(said, dict):
        raise wrong("keys", "[keys] is a table: command = key")
    known = {command.id for command in COMMANDS}
    keys: dict[str, tuple[str, ...]] = {}
    for name, value in said.items():
        if name not in known:
            raise wrong(name, f"{name!r} is no command; `briefings-tui keys --json` lists them", "keys")
        values = value if isinstance(value, list) else [value]
        if not values or not all(isinstance(one, str) and one for one in values):
            raise wrong(name, f'{name} is a key in quotes, or several: ["y", "ctrl+y"]', "keys")
        keys[name] = tuple(key_name(one) for one in values)
    for name in keys:
        if other := clash(keys, name):
            raise wrong(name, f"{', '.join(_said(said[name]))} of {name} is also a key of {other}", "keys")
    return keys


def _said(value: object) -> list[str]:
    """Keys as the user wrote them."""
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def key_name(key: str) -> str:
    """Textual's name of a key as people write it: `]` is `right_square_bracket`, `Ctrl+Y` `ctrl+y`."""
    if len(key) == 1:
        if key.isalnum():
            return key
        name = unicodedata.name(key, key).lower().replace("-", "_").replace(" ", "_")
        return _NAMES.get(name, name)
    *modifiers, last = re.split(r"[+-](?=.)", key)
    last = key_name(last.lower()) if len(last) == 1 else last.lower()
    return "+".join([*(one.lower() for one in modifiers), last])


_NAMES = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
"""Unicode's names that Textual shortens (`textual.keys`)."""


def _line(source: str, name: str, section: str = "") -> int:
    """The number of the line that says `name`, in `[section]` if given; 1 where it is not found."""
    here = ""
    for number, line in enumerate(source.splitlines(), 1):
        if head := re.match(r"\s*\[\s*([\w.-]+)\s*\]", line):
            here = head[1]
            if not section and here == name:
                return number
        elif here == section and re.match(rf"""\s*["']?{re.escape(name)}["']?\s*[=.]""", line):
            return number
    return 1
