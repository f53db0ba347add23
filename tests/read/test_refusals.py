"""What is no text is refused in one line that says what it is and what to do."""

from __future__ import annotations

import gzip
import io
import random
import zipfile

import pytest

from loader.model import SourceError
from loader.read import read_bytes


def _zipped(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr(zipfile.ZipInfo(name), "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "empty"),
        (b" \n\t\r\n ", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG image"),
        (b"%PDF-1.7\n%\xe2\xe3", "pdftotext"),
        (gzip.compress(b"text", mtime=0), "gunzip"),
        (_zipped("word/document.xml"), "Word document"),
        (_zipped("xl/workbook.xml"), "Excel"),
        (_zipped("notes.txt"), "ZIP archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64), "save it as .docx"),
        (_zipped("ppt/presentation.xml"), "PowerPoint"),
        (b"Rar!\x1a\x07\x01\0", "RAR archive"),
        (b"7z\xbc\xaf\x27\x1c\0\x04", "7z archive"),
        (b"SQLite format 3\0" + bytes(64), "--archive"),
        (b"{\\rtf1\\ansi text}", "RTF"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "WebP"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0", "MP4"),
        (bytes(range(32)) * 20, "binary"),
        (b"<html><body><img src=a.png></body></html>", "holds no text"),
    ],
)
def test_the_message_says_what_it_is(raw: bytes, words: str) -> None:
    with pytest.raises(SourceError) as refusal:
        read_bytes(raw, "夏汛/a.txt")
    message = str(refusal.value)
    assert words in message
    assert message.startswith("夏汛/a.txt: ")
    assert "; " in message
    assert "\n" not in message


def test_noise_is_in_no_encoding() -> None:
    noise = random.Random(7).randbytes(4000).replace(b"\0", b"")
    with pytest.raises(SourceError):
        read_bytes(noise, "noise.txt")


def test_a_path_cannot_break_the_line() -> None:
    with pytest.raises(SourceError) as refusal:
        read_bytes(b"", "a\n\x1b[31m.txt")
    assert str(refusal.value).isprintable()


@pytest.mark.parametrize(
    "text", ["ID3 is a tag, said the minister.", "BZhou station opens in May.", "PK is short."]
)
def test_text_that_begins_like_a_magic_number_is_text(text: str) -> None:
    assert read_bytes(text.encode(), "a.txt").text == text


def test_a_few_nuls_are_shown_not_refused() -> None:
    assert read_bytes("第三\0次通报会现在开始\n".encode() * 9, "a.txt").text.startswith("第三␀次通报会")
