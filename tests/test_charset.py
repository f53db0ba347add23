"""The terminal's character set by the locale's name, and what stands in for characters it lacks."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.terminal.charset import LIKE, STAND_IN, charset_of
from tui.typeset import cells


@pytest.mark.parametrize(
    ("environ", "charset"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "utf-8"),
        ({"LANG": "zh_CN.GBK"}, "gbk"),
        ({"LANG": "zh_CN.gb2312"}, "gbk"),
        ({"LANG": "zh_CN.GB18030"}, "gb18030"),
        ({"LANG": "zh_TW.Big5"}, "cp950"),
        ({"LANG": "zh_HK.big5-hkscs"}, "big5hkscs"),
        ({"LANG": "zh_CN.GBK", "LC_ALL": "C.UTF-8"}, "utf-8"),
        ({"LANG": "zh_CN.UTF-8", "LC_CTYPE": "zh_CN.GBK@euro"}, "gbk"),
        ({"LANG": "zh_CN.GBK", "PYTHONUTF8": "1"}, "utf-8"),
        ({"LANG": "xx.utf-7"}, "utf-8"),
        ({"LANG": "xx.utf-16"}, "utf-8"),
        ({"LANG": "xx.iso-2022-jp"}, "utf-8"),
        ({"LANG": "xx.base64"}, "utf-8"),
        ({"LANG": "xx.../../x"}, "utf-8"),
        ({"LANG": "xx.\x00"}, "utf-8"),
        ({}, "utf-8"),
    ],
)
def test_the_locale_s_name_says_the_character_set(environ: dict[str, str], charset: str) -> None:
    assert charset_of(environ) == charset


def test_what_python_itself_puts_into_the_environment_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    environ = {"LANG": "zh_CN.GBK", "LC_CTYPE": "C.UTF-8"}
    assert charset_of(environ) == "utf-8"
    flags = type("Flags", (), {"utf8_mode": 1})
    monkeypatch.setattr(sys, "flags", flags)
    assert charset_of(environ) == "gbk", "the host lacks the locale, and Python took another"


@given(st.text(max_size=40), st.sampled_from(["ascii", "gbk", "cp950", "iso8859-1"]))
def test_a_stand_in_is_as_wide_as_what_it_stands_for(text: str, charset: str) -> None:
    for character in text.replace("\n", ""):
        shown = character.encode(charset, STAND_IN).decode(charset)
        if not "\ud800" <= character <= "\udfff":
            assert cells(shown) == cells(character)


def test_what_says_much_the_same_is_ascii_itself() -> None:
    assert all(like.isascii() and len(like) == 1 for like in LIKE.values())
    assert "│ 问 1 ╌ “就医”…".encode("ascii", STAND_IN) == b'| ?? 1 - "????".'
