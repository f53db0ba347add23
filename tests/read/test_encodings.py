"""Any encoding a transcript comes in is read, whole or with a few broken bytes."""

from __future__ import annotations

import codecs

import pytest

from loader.parse import parse
from loader.read import read_bytes
from loader.read.document import read_again
from tests.read.text import SIMPLIFIED, TRADITIONAL


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "gbk", "gb2312", "utf-16", "utf-32"])
def test_simplified_text_comes_back(codec: str) -> None:
    reading = read_bytes(SIMPLIFIED.encode(codec), "a.txt")
    assert reading.text == SIMPLIFIED
    assert "decoding_errors" not in reading.fields


@pytest.mark.parametrize(
    "codec", ["utf-8", "big5", "big5hkscs", "cp950", "gb18030", "utf-16-be", "utf-32-le"]
)
def test_traditional_text_comes_back(codec: str) -> None:
    assert read_bytes(TRADITIONAL.encode(codec), "a.txt").text == TRADITIONAL


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("text", [SIMPLIFIED, "MR. LOW. Good morning.\nQUESTION. When does it open?\n"])
def test_wide_encodings_need_no_byte_order_mark(codec: str, text: str) -> None:
    reading = read_bytes(text.encode(codec), "a.txt")
    assert (reading.text, reading.encoding) == (text, codec)


def test_utf16_is_told_without_a_single_ascii_character() -> None:
    text = "主持人：今天请大家提问。记者：请问什么时候可以恢复供水？"
    assert read_bytes(text.encode("utf-16-be"), "a.txt").text == text


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (SIMPLIFIED.encode(), "utf-8"),
        (b"plain words", "utf-8"),
        (SIMPLIFIED.encode("gbk"), "gb18030"),
        (TRADITIONAL.encode("big5"), "big5hkscs"),
        (codecs.BOM_UTF16_LE + SIMPLIFIED.encode("utf-16-le"), "utf-16-le"),
    ],
)
def test_the_encoding_is_named_as_python_names_it(raw: bytes, encoding: str) -> None:
    assert read_bytes(raw, "a.txt").encoding == encoding
    codecs.lookup(encoding)


def test_hong_kong_characters_are_read() -> None:
    text = TRADITIONAL + "運輸署：啲巴士喺邨口轉彎，嗰度嘅路面已經修好，冇再封路。\n"
    assert read_bytes(text.encode("big5hkscs"), "a.txt").text == text


def test_marks_of_big5_are_those_of_windows() -> None:
    text = TRADITIONAL + "瓦歷斯‧那望答：3～5天。\n"
    assert read_bytes(text.encode("cp950"), "a.txt").text == text


def test_mostly_ascii_text_with_stray_bytes_is_read() -> None:
    line = b"MS. REN. Good morning, everyone. The ferry runs again from Monday.\n"
    reading = read_bytes(line * 20 + b"\x81\xfe\x8d" + line * 20, "a.txt")
    assert reading.text.count("The ferry runs again from Monday.") == 40


def test_a_charset_declared_in_html_is_believed() -> None:
    page = '<html><head><meta charset="gb2312"></head><body><p>镕堃</p></body></html>'
    reading = read_bytes(page.encode("gb18030"), "a.html")
    assert (reading.text, reading.encoding) == ("镕堃", "gb18030")


def test_a_declared_charset_does_not_outdo_valid_utf8() -> None:
    page = f'<html><head><meta charset="gbk"></head><body><pre>{SIMPLIFIED}</pre></body></html>'
    assert read_bytes(page.encode(), "a.html").text.strip() == SIMPLIFIED.strip()


@pytest.mark.parametrize(
    ("text", "codec"), [(SIMPLIFIED, "gb18030"), (TRADITIONAL, "big5"), (SIMPLIFIED, "utf-8")]
)
def test_a_few_broken_bytes_are_replaced_and_counted(text: str, codec: str) -> None:
    raw = text.encode(codec)
    broken = raw[:60] + b"\xff" + raw[60:200] + b"\xff\n" + raw[200:]
    reading = read_bytes(broken, "a.txt")
    assert "\ufffd" in reading.text
    assert int(reading.fields["decoding_errors"]) >= 2
    assert text[-30:].strip() in reading.text


def test_utf8_cut_within_its_last_character() -> None:
    reading = read_bytes("市民可以回家了".encode()[:-1], "a.txt")
    assert reading.text == "市民可以回家\ufffd"
    assert reading.fields["decoding_errors"] == "1"


def test_utf16_cut_at_an_odd_byte() -> None:
    reading = read_bytes(SIMPLIFIED.encode("utf-16")[:-3], "a.txt")
    assert reading.text == SIMPLIFIED[:-2] + "\ufffd"


def test_a_replacement_character_in_the_source_is_no_error() -> None:
    reading = read_bytes("病例\ufffd例".encode(), "a.txt")
    assert (reading.text, "decoding_errors" in reading.fields) == ("病例\ufffd例", False)


def test_western_text_in_a_windows_codepage() -> None:
    text = "MS. REN. “We won’t raise the fare” – that was said on Monday. Café owners asked twice.\n" * 4
    assert read_bytes(text.encode("cp1252"), "a.txt").text == text


FIRST = "国务院新闻办公室今天举行新闻发布会，介绍全国疫情防控的有关情况。\n记者：请问下一步有什么安排？\n"
SECOND = {
    "gb18030": "主持人：各位记者朋友，大家下午好，欢迎参加今天的发布会。\n王五：我们将继续做好各项工作。\n",
    "big5hkscs": "主持人：各位記者朋友，大家下午好，歡迎參加今天的發布會。\n王五：我們將繼續做好各項工作。\n",
}


@pytest.mark.parametrize("other", SECOND)
@pytest.mark.parametrize("order", ["12", "21", "1212", "212"])
@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8], ids=["", "mark"])
def test_files_of_two_encodings_put_together_are_read_each_in_its_own(
    other: str, order: str, mark: bytes
) -> None:
    raw = {"1": FIRST.encode(), "2": SECOND[other].encode(other)}
    text = {"1": FIRST, "2": SECOND[other]}
    both = mark + b"".join(raw[one] for one in order)
    read = read_bytes(both, "a.txt")
    assert read.text == "".join(text[one] for one in order)
    times = order.count("2")
    assert read.fields["mixed_encodings"] == (
        f"{2 * times} lines ({times * len(raw['2'])} bytes) are in {other}, the others in utf-8"
    )
    assert "decoding_errors" not in read.fields
    assert read_again(both, "a.txt", read.how).text == read.text
    assert any(f"bytes) are in {other}" in warning for one in parse(read) for warning in one.warnings)


def test_a_short_line_that_could_be_either_goes_with_those_around_it() -> None:
    text = SECOND["gb18030"] + "一\n一二\n" + SECOND["gb18030"]
    assert "一\n".encode("gb18030").decode("utf-8") != "一\n", (
        "it is no UTF-8 at all: another example is needed"
    )
    assert read_bytes(FIRST.encode() + text.encode("gb18030"), "a.txt").text == FIRST + text


@pytest.mark.parametrize("broken", [b"\xff", b"\xe6\xa0", b"\xb8\xe9\x85", b"\x80\x81"])
def test_broken_bytes_are_no_other_encoding(broken: bytes) -> None:
    raw = FIRST.encode() + "主持人：各位".encode() + broken + "记者朋友，大家好。\n".encode()
    read = read_bytes(raw, "a.txt")
    assert "mixed_encodings" not in read.fields
    assert int(read.fields["decoding_errors"]) > 0
    assert any("could not be decoded" in warning for one in parse(read) for warning in one.warnings)


@pytest.mark.parametrize("codec", ["gb18030", "gbk", "big5", "utf-8"])
def test_text_in_one_encoding_is_no_mixture(codec: str) -> None:
    text = TRADITIONAL if codec == "big5" else SIMPLIFIED
    assert "mixed_encodings" not in read_bytes(text.encode(codec), "a.txt").fields
