"""The interface's language: messages are written in English and looked up in gettext catalogues.

What documents say, citations and exports are never translated. `speak` is called once, before a screen is
made; until then, and on the command line, English is spoken.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from pathlib import Path

LANGUAGES = {"en": "English", "zh": "简体中文"}
"""Languages spoken, each by its own name."""
CATALOGUES = Path(__file__).parent / "locale"
DOMAIN = "briefings-tui"
_LOCALES = {"zh": "zh_CN"}
_catalogue: gettext.NullTranslations = gettext.NullTranslations()


class Said(str):
    """A message in English, for a log or a script, that remembers how to be said in other languages."""

    message: str
    values: Mapping[str, object]

    def __new__(cls, message: str, values: Mapping[str, object]) -> Said:
        """The message with its values put in."""
        self = super().__new__(cls, message.format(**values))
        self.message, self.values = message, values
        return self


def choose(setting: str | None, environ: Mapping[str, str]) -> str:
    """The language's code: as set, else as the locale says (LANGUAGE, LC_ALL, LC_MESSAGES, LANG).

    A locale that names no language (C, POSIX, none) says nothing about who reads; who reads Chinese
    transcripts reads Chinese. Any other language than Chinese gets English.
    """
    if setting is not None:
        return setting
    said = next(
        (environ[name] for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "C"
    )
    for one in said.split(":"):
        code = one.partition(".")[0].partition("@")[0].partition("_")[0].lower()
        if code in LANGUAGES:
            return code
    return "zh" if said.partition(".")[0].upper() in ("C", "POSIX") else "en"


def speak(language: str) -> None:
    """From here on, messages are in that language, one of `LANGUAGES`."""
    global _catalogue
    if language == "en":
        _catalogue = gettext.NullTranslations()
    else:
        _catalogue = gettext.translation(DOMAIN, CATALOGUES, [_LOCALES[language]])


def _(message: str, **values: object) -> str:
    """A message in the language spoken, its `{name}` values put in."""
    text = _catalogue.gettext(message)
    return text.format(**values) if values else text


def counted(one: str, many: str, number: int) -> str:
    """A number of things, `{number}` in both messages; the language decides on the form."""
    return _catalogue.ngettext(one, many, number).format(number=number)


def said(message: str, **values: object) -> Said:
    """A message in English that `told` can say in the language spoken."""
    return Said(message, values)


def told(what: str | Exception) -> str:
    """A message made by `said`, or the one an exception was raised with, in the language spoken.

    Any other text as it is; an exception without one by its name.
    """
    if isinstance(what, Exception):
        text = what.args[0] if what.args and isinstance(what.args[0], Said) else str(what)
        return told(text) or type(what).__name__
    text = what
    return _(text.message, **text.values) if isinstance(text, Said) else text


def mark(message: str) -> str:
    """The message itself, marked for the catalogues: it is looked up where it is shown."""
    return message
