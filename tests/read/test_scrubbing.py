"""After reading, a text can neither drive a terminal nor hide what it says."""

from __future__ import annotations

import json
import unicodedata

import pytest

from loader.model import Mark
from loader.read import read_bytes
from loader.read.clean import invisible, scrub, settle


@pytest.mark.parametrize(
    ("source", "clean"),
    [
        ("一\r\n二\r三\n四", "一\n二\n三\n四"),
        ("一\x0b二\x0c三\x85四\u2028五\u2029六", "一\n二\n三\n四\n五\n六"),
        ("问\t答", "问\t答"),
        ("\x1b[31m红\x07\x00\x7f", "␛[31m红␇␀␡"),
        ("\x9b31m", "\ufffd31m"),
        ("\ud83d单", "\ufffd单"),
        ("记\u200b者\ufeff问\u2060", "记者问"),
        ("答\u202e话\u202c\u2066人\u2069", "答话人"),
        ("例\U000e0061\U000e007f", "例"),
        ("葛\U000e0100☎\ufe0f", "葛☎"),
        ("全角　空格", "全角　空格"),
    ],
)
def test_each_kind_of_character(source: str, clean: str) -> None:
    assert scrub(source) == clean


def test_what_was_taken_out_is_told() -> None:
    reading = read_bytes("记\u200b者\u200b问\u202e：好".encode(), "a.txt")
    assert reading.text == "记者问：好"
    assert reading.fields["invisible_characters"] == "U+200B ×2, U+202E ×1"


def test_a_byte_order_mark_at_the_head_is_not_told() -> None:
    assert invisible("\ufeff记者") == ""
    assert "invisible_characters" not in read_bytes("\ufeff记者问".encode(), "a.txt").fields


def test_references_bring_no_control_back() -> None:
    assert read_bytes("<p>甲&#8203;乙&#x202e;丙&#27;丁&#13;戊</p>".encode(), "a.html").text == "甲乙丙丁戊"


@pytest.mark.parametrize(
    "source",
    [
        json.dumps({"title": "题\x1b\ud83d\u202e", "body": "文\x1b[2J\ud83d\u202e\x9b" * 9}),
        repr(b"<p>\x1b[2J\x07\xc2\x9b</p>"),
        '---\ntitle: "\\e[2J\\x07\\u202e"\n---\n文\n',
        "INSERT INTO n VALUES ('题', '\\b\\Z\\\x1b文');",
        "甲&#155;乙&#27;\\n丙\\n丁\\n",
    ],
)
def test_escapes_bring_no_control_back(source: str) -> None:
    reading = read_bytes(source.encode(), "a.txt")
    for said in (reading.text, *reading.fields.values()):
        categories = {unicodedata.category(char) for char in said if char not in "\n\t"}
        assert not categories & {"Cc", "Cs", "Cf"}


def test_blanks_at_line_ends_go_and_marks_move_along() -> None:
    text, marks = settle("甲  \n　乙\xa0\n丙", [Mark("item", 4, 7), Mark("row", 0, 3)], squeeze=False)
    assert text == "甲\n　乙\n丙"
    assert [(mark.kind, text[mark.start : mark.end]) for mark in marks] == [("row", "甲"), ("item", "乙")]


def test_a_bold_mark_ends_with_its_line() -> None:
    _, marks = settle("甲\n\n乙", [Mark("bold", 0, 4)], squeeze=False)
    assert marks == (Mark("bold", 0, 1), Mark("bold", 3, 4))


def test_blank_lines_are_squeezed_only_when_asked() -> None:
    assert settle("甲\n\n\n\n\n乙", [], squeeze=True)[0] == "甲\n\n\n乙"
    assert settle("甲\n\n\n\n\n乙", [], squeeze=False)[0] == "甲\n\n\n\n\n乙"
