"""A mail or a saved page gives its body, its headers and what is attached to it."""

from __future__ import annotations

import base64
from email.message import EmailMessage
from email.mime.text import MIMEText

import pytest

from loader.model import Reading
from loader.read import Refused, read_bytes, read_sources
from tests.read import files
from tests.read.text import SIMPLIFIED, TRADITIONAL

HTML = "<html><body><p>记者：<b>甲</b>？</p><p>答：乙。</p></body></html>"


def _mail(text: str = SIMPLIFIED) -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"] = "第三次通报会实录"
    mail["From"] = "青浦镇 <office@qingpu.example>"
    mail["Date"] = "Thu, 04 May 2023 10:00:00 +0800"
    mail.set_content(text)
    return mail


def _read(raw: bytes, path: str = "a.eml") -> dict[str, Reading | str]:
    return {one.path: str(one.error) if isinstance(one, Refused) else one for one in read_sources(raw, path)}


@pytest.mark.parametrize("path", ["a.eml", "a.txt"])
def test_headers_become_fields(path: str) -> None:
    reading = read_bytes(bytes(_mail()), path)
    assert reading.text == SIMPLIFIED
    assert reading.fields == {
        "subject": "第三次通报会实录",
        "from": "青浦镇 <office@qingpu.example>",
        "date": "2023-05-04 10:00",
    }


def test_html_is_preferred() -> None:
    mail = _mail("看不到网页的请更新程序")
    mail.add_alternative(HTML, subtype="html")
    reading = read_bytes(bytes(mail), "a.eml")
    assert (reading.text, reading.format) == ("记者：甲？\n答：乙。", "html")
    assert [reading.text[mark.start : mark.end] for mark in reading.marks] == ["甲"]


@pytest.mark.parametrize(
    ("text", "charset"),
    [(SIMPLIFIED, "gb2312"), (SIMPLIFIED, "gb18030"), (TRADITIONAL, "big5"), ("您好", "hz-gb-2312")],
)
def test_the_charset_is_honoured(text: str, charset: str) -> None:
    mail = MIMEText("x")
    mail.replace_header("Content-Type", f'text/plain; charset="{charset}"')
    del mail["Content-Transfer-Encoding"]
    mail["Content-Transfer-Encoding"] = "8bit"
    mail["Subject"] = "x"
    codec = {"hz-gb-2312": "hz"}.get(charset, charset)
    raw = bytes(mail).rsplit(b"\n\n", 1)[0] + b"\n\n" + text.encode(codec)
    assert read_bytes(raw, "a.eml").text == text


def test_a_subject_in_raw_bytes_is_read() -> None:
    raw = "Subject: 第三次通报会实录今天上午召开\nMIME-Version: 1.0\nFrom: a\n\n文".encode("gb18030")
    assert read_bytes(raw, "a.eml").fields["subject"] == "第三次通报会实录今天上午召开"


def test_attachments_that_may_be_transcripts_are_members() -> None:
    mail = _mail("附件是实录。")
    for name, raw in {
        "实录.docx": files.word(lambda d: d.add_paragraph("甲")),
        "照片.png": b"\x89PNG",
        "坏.pdf": b"%PDF-1.4",
        "a/b.zip": files.zipped(("c.txt", "乙".encode())),
    }.items():
        mail.add_attachment(raw, maintype="application", subtype="octet-stream", filename=name)
    items = _read(bytes(mail))
    assert list(items) == ["a.eml", "a.eml/实录.docx", "a.eml/坏.pdf", "a.eml/b.zip/c.txt"]
    assert isinstance(items["a.eml/坏.pdf"], str)
    assert [one.text for one in items.values() if isinstance(one, Reading)] == ["附件是实录。\n", "甲", "乙"]


def test_a_mail_that_was_passed_on_is_a_member() -> None:
    mail = _mail("请看下面。")
    mail.add_attachment(_mail())
    items = _read(bytes(mail))
    assert list(items) == ["a.eml", "a.eml/1.eml"]
    inner = items["a.eml/1.eml"]
    assert isinstance(inner, Reading)
    assert inner.text.strip() == SIMPLIFIED.strip()


def test_a_mail_of_attachments_alone_gives_these() -> None:
    mail = _mail("")
    mail.add_attachment("丙", filename="c.txt")
    assert list(_read(bytes(mail))) == ["a.eml/c.txt"]


def test_a_saved_page() -> None:
    page = EmailMessage()
    page["From"] = "<Saved by Blink>"
    page["Snapshot-Content-Location"] = "https://a.example/1"
    page["Subject"] = "通报会"
    page.set_content(
        f"<!doctype html><title>通报会</title>{HTML}", subtype="html", charset="utf-8", cte="quoted-printable"
    )
    page.add_related(b"\x89PNG", maintype="image", subtype="png", cid="<x>")
    page.replace_header("Content-Type", page["Content-Type"] + '; type="text/html"')
    for path in ("a.mhtml", "a.mht"):
        reading = read_bytes(bytes(page), path)
        assert reading.text == "记者：甲？\n答：乙。"
        assert reading.fields["title"] == "通报会"
        assert reading.fields["url"] == "https://a.example/1"


@pytest.mark.parametrize(
    "text", ["时间: 10:00\n地点: 镇政府\n\n记者：甲？", "Subject: the ferry\nFrom: the quay\n\nMS. REN. Yes."]
)
def test_header_lines_of_a_transcript_are_text(text: str) -> None:
    assert read_bytes(text.encode(), "a.txt").text == text


BODY = "国务院新闻办公室举行新闻发布会，介绍有关情况。"


def _mail_of(charset: str, body: bytes, subject: bytes = b"x", encoding: str = "8bit") -> bytes:
    return (
        b"From: a@example.org\r\nMIME-Version: 1.0\r\nSubject: " + subject + b"\r\n"
        b"Content-Type: text/plain; charset=" + charset.encode() + b"\r\n"
        b"Content-Transfer-Encoding: " + encoding.encode() + b"\r\n\r\n" + body
    )


@pytest.mark.parametrize("charset", ["utf-7", "UTF-7", "unicode-1-1-utf-7", "hz-gb-2312", "iso-2022-jp"])
def test_bodies_and_headers_of_seven_bits_are_read(charset: str) -> None:
    text = BODY if charset != "iso-2022-jp" else "東京都の記者会見"
    codec = {"unicode-1-1-utf-7": "utf-7", "hz-gb-2312": "hz"}.get(charset, charset)
    raw = text.encode(codec)
    assert raw.isascii()
    word = b"=?" + charset.encode() + b"?B?" + base64.b64encode(raw) + b"?="
    read = read_bytes(_mail_of(charset, raw, word, "7bit"), "a.eml")
    assert text in read.text
    assert read.fields["subject"] == text
    assert "decoding_errors" not in read.fields


PARTS = (
    b"--other\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    + base64.b64encode(BODY.encode())
    + b"\r\n--other\r\nContent-Type: text/plain; charset=gb18030\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    + "第二部分：答记者问。".encode("gb18030")
    + b"\r\n--other--\r\n"
)


@pytest.mark.parametrize(
    "kind", ["multipart/mixed", 'multipart/mixed; boundary="wrong"', "multipart/mixed; boundary="]
)
def test_parts_whose_boundary_is_missing_or_wrong_are_read_whole(kind: str) -> None:
    head = f"From: a@example.org\r\nMIME-Version: 1.0\r\nContent-Type: {kind}\r\n\r\n".encode()
    text = read_bytes(head + PARTS, "a.eml").text
    assert BODY in text
    assert "第二部分：答记者问。" in text
    assert "--other" not in text


@pytest.mark.parametrize("kind", ["multipart/mixed", 'multipart/alternative; boundary="wrong"'])
@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_a_mail_that_only_says_it_has_parts_is_text(kind: str, codec: str) -> None:
    head = f"From: a@example.org\r\nMIME-Version: 1.0\r\nContent-Type: {kind}\r\n\r\n".encode()
    assert BODY in read_bytes(head + f"{BODY}\r\n--\r\n答记者问。".encode(codec), "a.eml").text
    read = read_bytes(head + f"<html><body><p>{BODY}</p></body></html>".encode(codec), "a.eml")
    assert (BODY in read.text, "<p>" in read.text) == (True, False)
