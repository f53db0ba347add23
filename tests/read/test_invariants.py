"""What holds for every reading, whatever the bytes."""

from __future__ import annotations

import hashlib
import unicodedata

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from loader.model import Reading, SourceError
from loader.read import read_bytes
from tests.read.text import SIMPLIFIED, TRADITIONAL

PATHS = st.sampled_from(["a.txt", "a.md", "a.html", "-"])
_BITS = (
    *"# ** __ * > | |--|--| ``` ]( <p> </p> <b> </b> <li> <nav> </nav> <pre> <br> <h1> </h1> <title>".split(),
    *'<table><tr><td> </table> &nbsp; &#8203; \\n \\ { [ "a": b\' 记者： \u202e \x1b'.split(" "),
    *(
        "\n",
        "\n\n",
        "\r\n",
        "---\n",
        "key: value\n",
        "- ",
        "  ",
        "　",
        "[甲](https://a.example)",
        "<!doctype html>",
    ),
)
MARKUP = st.lists(st.sampled_from(_BITS), max_size=40).map("".join)


def _read(raw: bytes, path: str) -> Reading | None:
    try:
        return read_bytes(raw, path)
    except SourceError:
        return None


def _check(reading: Reading, raw: bytes) -> None:
    text = reading.text
    assert text.strip()
    assert not {c for c in text if unicodedata.category(c) in ("Cc", "Cs")} - {"\n", "\t"}
    assert not any(c in text for c in "\u200b\u202e\u2066\ufeff\xa0")
    assert all(line == line.rstrip(" \t\u3000") for line in text.split("\n"))
    assert list(reading.marks) == sorted(reading.marks, key=lambda mark: mark.start)
    for mark in reading.marks:
        assert 0 <= mark.start < mark.end <= len(text)
        assert text[mark.start : mark.end].strip() == text[mark.start : mark.end]
    assert reading.sha256 == hashlib.sha256(raw).hexdigest()
    assert reading == read_bytes(raw, reading.path)


@given(st.binary(max_size=400), PATHS)
@example(b"\xff\xfe\x00", "a.txt")
@example("&#".encode("utf-16") + b"9", "a.html")
@settings(max_examples=100)
def test_any_bytes_are_read_or_refused(raw: bytes, path: str) -> None:
    if reading := _read(raw, path):
        _check(reading, raw)


@given(st.text(max_size=200) | MARKUP, PATHS)
@settings(max_examples=100)
def test_any_text_is_read_or_refused(text: str, path: str) -> None:
    raw = text.encode("utf-8", "surrogatepass")
    if reading := _read(raw, path):
        _check(reading, raw)


_HAN = st.sampled_from(sorted({c for c in SIMPLIFIED if c != "\n"}))


@given(st.lists(st.text(_HAN, min_size=1, max_size=40), min_size=4, max_size=12).map("\n".join))
@settings(max_examples=80)
def test_chinese_lines_come_back_in_every_encoding(text: str) -> None:
    text = SIMPLIFIED + text
    for codec in ("utf-8", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"):
        assert read_bytes(text.encode(codec), "a.txt").text == text


@given(st.integers(0, 10_000), st.integers(1, 255))
@settings(max_examples=80)
@pytest.mark.parametrize(
    ("text", "codec"), [(SIMPLIFIED, "gb18030"), (TRADITIONAL, "big5"), (SIMPLIFIED, "utf-16-le")]
)
def test_one_changed_byte_keeps_the_rest(text: str, codec: str, at: int, byte: int) -> None:
    raw = bytearray((text * 3).encode(codec))
    raw[at % len(raw)] = byte
    assume(not raw.startswith((b"\xff\xfe", b"\xfe\xff", b"\x1f\x8b")))
    assert text[-40:-1] in read_bytes(bytes(raw), "a.txt").text
