"""The character set that the terminal speaks, and what is shown for a character it does not have.

What may come in: the environment, whatever it says. Out comes a codec of Python's in which ASCII is ASCII, so
that control sequences stay what they are. The locale's name decides, for a host need not have the locale of
whoever logs in from a GBK terminal; only where the name says no character set is the C library asked.
"""

from __future__ import annotations

import codecs
import io
import locale
import sys
from collections.abc import Mapping
from typing import TextIO

from tui.typeset import cells

UTF_8 = "utf-8"
LARGER = {"gb2312": "gbk", "big5": "cp950", "euc_kr": "cp949", "shift_jis": "cp932"}
"""Codecs that hold another one and what terminals of that name show besides."""
WIDE = frozenset({"gbk", "gb18030", "cp950", "big5hkscs", "cp932", "euc_jp", "cp949", "johab"})
"""Where characters of ambiguous width are two bytes they are two cells (UAX #11)."""
_COERCED = frozenset({"c.utf-8", "c.utf8", "utf-8"})
_ASCII = "".join(map(chr, range(128)))

LIKE = {
    **dict.fromkeys("╌─━—–‐", "-"),
    **dict.fromkeys("│┃▌", "|"),
    **dict.fromkeys("“”", '"'),
    **dict.fromkeys("‘’", "'"),
    **dict.fromkeys("…·•", "."),
    **dict.fromkeys("→›", ">"),
    **dict.fromkeys("←‹", "<"),
    **dict.fromkeys("✓↓", "v"),
    **{"↑": "^", "▢": "#"},
}
"""ASCII that says much the same."""
UNLIKE = "?"
STAND_IN = "briefings-stand-in"
"""The name of the error handler, for `str.encode`."""


def charset_of(environ: Mapping[str, str]) -> str:
    """The codec of the locale named in the environment; UTF-8 where it names none that can be used."""
    if environ.get("PYTHONUTF8") == "1":
        return UTF_8
    for name in ("LC_ALL", "LC_CTYPE", "LANG"):
        value = environ.get(name, "")
        if not value or (name == "LC_CTYPE" and sys.flags.utf8_mode and value.lower() in _COERCED):
            continue  # Python itself writes LC_CTYPE where the host lacks the locale (PEP 538)
        _, dot, said = value.partition(".")
        if dot:
            return _usable(said.partition("@")[0]) or UTF_8
        break
    return UTF_8 if sys.flags.utf8_mode else _usable(locale.getencoding()) or UTF_8


def _usable(name: str) -> str | None:
    """Python's name of a codec in which ASCII is ASCII and nothing shifts; `None` where it is none."""
    try:
        known = codecs.lookup(name).name
        plain = _ASCII.encode(known) == _ASCII.encode("ascii")
    except (LookupError, ValueError):
        return None
    if not plain or known.startswith("iso2022"):
        return None
    return LARGER.get(known, known)


def speak_as(environ: Mapping[str, str], *streams: TextIO | None) -> None:
    """Have streams written in the character set of the environment, if it is another one."""
    charset = charset_of(environ)
    for stream in streams:
        if charset != UTF_8 and isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=charset, errors=STAND_IN)


def stand_in(error: UnicodeError) -> tuple[str, int]:
    """For characters that the terminal's set lacks: ASCII of the same width in cells."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(map(_in_ascii, lacking)), error.end


def _in_ascii(character: str) -> str:
    width = 1 if "\ud800" <= character <= "\udfff" else cells(character)
    like = LIKE.get(character, UNLIKE)
    return like.ljust(width, like if like in "-?" else " ") if width else ""


codecs.register_error(STAND_IN, stand_in)
