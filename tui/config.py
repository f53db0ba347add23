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


MOST_BYTES, LONGEST_LINE = 100_000, 2_000
"""Of the file, and characters of a line: the time that nested keys take grows with their depth squared."""


class ConfigError(ValueError):
    """The file says what cannot be: `problems` has a line for each, with file, line and what to do."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


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
    ambiguous: int | None = None
    """Cells of a character of ambiguous width (“ ” … —), or `None` for what suits the character set."""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Keys of commands, in Textual's names, by the command's id."""

    def error(self, name: str, what: str) -> ConfigError:
        """What is wrong about the value of `name`, found later."""
        source = self.path.read_text("utf-8-sig", "replace") if self.path else ""
        return ConfigError(f"{self.path}:{_line(source, name)}: {what}")


def read_config(path: Path) -> Config:
    """What the file at `path` says; the defaults where there is none. Raises `ConfigError`."""
    try:
        source = read_text(path, MOST_BYTES).removeprefix("\ufeff")  # Windows' editors put this mark in front
    except FileNotFoundError:
        return Config()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read ({error}): mend or remove it") from error
    for number, line in enumerate(source.splitlines(), 1):
        if len(line) > LONGEST_LINE:
            raise ConfigError(f"{path}:{number}: a line of {len(line):,} characters: no setting is that long")
    import tomllib  # most have no such file

    try:
        said = tomllib.loads(source)
    except RecursionError as error:
        raise ConfigError(f"{path}: nested too deep: no setting is") from error
    except ValueError as error:  # of TOML, or a number too long for Python
        raise ConfigError(f"{path}: no TOML: {error}") from error
    checked = _Checked(path, source)
    config = checked.config(said)
    if checked.problems:
        raise ConfigError(*dict.fromkeys(line for _, line in sorted(checked.problems)))
    return config


class _Checked:
    """Checks what a file says, setting by setting, and collects what is wrong with it."""

    def __init__(self, path: Path, source: str) -> None:
        self._path, self._source = path, source
        self.problems: list[tuple[int, str]] = []
        """Numbers of lines, and what to say of them."""

    def _wrong(self, name: str, what: str, section: str = "") -> None:
        number = _line(self._source, name, section)
        self.problems.append((number, f"{self._path}:{number}: {what}"))

    def config(self, said: Mapping[str, Any]) -> Config:
        """What a file says as TOML has read it; of no use if there are `problems`."""
        for name in said:
            if name not in SETTINGS:
                self._wrong(name, f"{name!r} is no setting; there are {', '.join(SETTINGS)}")
        theme, measure, ambiguous = said.get("theme"), said.get("measure", 40), said.get("ambiguous")
        if not isinstance(theme, str | None):
            self._wrong("theme", "theme is a name in quotes: dark, light, ansi")
            theme = None
        layout, language = said.get("layout", "three"), said.get("language")
        if not isinstance(layout, str) or layout not in LAYOUTS:
            self._wrong("layout", f"layout is one of {', '.join(LAYOUTS)}, in quotes")
        if language is not None and (not isinstance(language, str) or language not in LANGUAGES):
            self._wrong("language", f"language is one of {', '.join(LANGUAGES)}, in quotes")
        least, most = MEASURES
        if type(measure) is not int or not least <= measure <= most:
            self._wrong("measure", f"measure is a number of characters from {least} to {most}")
        if ambiguous is not None and (type(ambiguous) is not int or ambiguous not in (1, 2)):
            self._wrong("ambiguous", "ambiguous is 1 or 2 cells")
        keys = self._keys(said.get("keys", {}))
        theme = THEMES.get(theme, theme) if theme else None
        return Config(self._path, theme, measure, layout, language, ambiguous, keys)

    def _keys(self, said: object) -> dict[str, tuple[str, ...]]:
        """The keys of `[keys]`: known commands, keys that a terminal sends, none that means two things."""
        if not isinstance(said, dict):
            self._wrong("keys", "[keys] is a table: command = key")
            return {}
        known = {command.id for command in COMMANDS}
        keys: dict[str, tuple[str, ...]] = {}
        for name, value in said.items():
            values = value if isinstance(value, list) else [value]
            if name not in known:
                self._wrong(name, f"{name!r} is no command; `briefings-tui keys --json` lists them", "keys")
            elif not values or not all(isinstance(one, str) and one for one in values):
                self._wrong(name, f'{name} is a key in quotes, or several: ["y", "ctrl+y"]', "keys")
            elif unsent := [why for one in values if (why := _why_never_sent(one))]:
                self._wrong(name, f"{name}: {'; '.join(unsent)}", "keys")
            else:
                keys[name] = tuple(key_name(one) for one in values)
        blamed = set[str]()
        for name in keys:
            if (other := clash(keys, name)) and other not in blamed:
                blamed.add(name)  # of two that clash one is told
                typed = ", ".join(_said(said[name]))
                self._wrong(name, f"{typed} of {name} is also a key of {other}", "keys")
        return keys


def _why_never_sent(key: str) -> str | None:
    """That no terminal sends a key, and what to write instead; `None` where one does."""
    from tui.key_names import why_never_sent  # most have no keys of their own

    why = why_never_sent(key if len(key) == 1 else key_name(key))
    return f"no terminal sends {key!r}: {why}" if why else None


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
