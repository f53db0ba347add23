"""Mails (.eml, RFC 5322) and saved pages (.mhtml, RFC 2557): the body to read, and what is attached.

HTML is preferred to plain text where a mail offers both. Headers and charsets are as senders left them,
so the standard library's lenient policy (compat32) parses, and nothing here raises for what it meets.
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from contextlib import suppress
from email.header import decode_header
from email.message import Message
from email.utils import parsedate_to_datetime
from itertools import islice
from pathlib import PurePath
from typing import NamedTuple

from loader.read import clean, encoding
from loader.read.find import reason_to_pass
from loader.read.markdown import literal
from loader.read.refuse import refused

SUFFIXES = (".eml", ".mhtml", ".mht")
_HEADER = rb"[A-Za-z][A-Za-z0-9-]{0,60}:[^\n]{0,2000}\n(?:[ \t][^\n]{0,2000}\n){0,100}"
_HEAD = re.compile(rb"\s{0,10}(?:From [^\n]{1,300}\n)?((?:%s){1,200})" % _HEADER)
_SURE = re.compile(rb"^(?:MIME-Version|Message-ID|Received|Return-Path):", re.IGNORECASE | re.MULTILINE)
_MULTIPART = re.compile(rb"^Content-Type:\s{0,9}(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)
_BOUNDARY = re.compile(
    rb"""^--([^\s"\\][^\r\n"\\]{0,69}?)[ \t]{0,9}\r?\n(?=Content-[A-Za-z-]{1,30}:)""", re.MULTILINE
)
_TAGS = re.compile(rb"<(?:html|body|div|p|br|table)\b", re.IGNORECASE)
_MOST_PARTS = 200
"""Parts that hold parts: deeper nested, the parser leaves its stack."""
_MOST_STEPS = 40_000_000
"""Lines times parts that hold parts: the parser compares each line with the boundaries of all around it."""


_FIELDS = {"subject": "subject", "from": "from", "date": "date", "snapshot-content-location": "url"}
"""Headers and what they are called as fields; the last is where a browser saved the page from."""


_TAKEN_APART = frozenset({*_FIELDS, "content-type", "content-disposition", "content-transfer-encoding"})
_MOST_HEADER = 16_384
"""Characters of a header that is taken apart: the library takes time by their square to do so."""


class Attachment(NamedTuple):
    """A file in a mail."""

    name: str
    raw: bytes


class Mail(NamedTuple):
    """A body as HTML source or plain text, its fields, and the attachments that may be transcripts."""

    body: str
    is_html: bool
    encoding: str
    """Python's codec name, of the body's first part."""
    errors: int
    fields: dict[str, str]
    attachments: tuple[Attachment, ...]


def is_mail(raw: bytes, suffix: str) -> bool:
    """Whether bytes begin with a mail's head; without such a suffix they have to leave no doubt."""
    head = _HEAD.match(raw[:32_768])
    if not head:
        return False
    return suffix in SUFFIXES or len(_SURE.findall(head[1])) >= (1 if b"\nFrom:" in b"\n" + head[1] else 2)


def parse(raw: bytes, path: str) -> Mail:
    """The mail that bytes are; raises `SourceError` where it is too intricate."""
    try:
        holding = len(_MULTIPART.findall(raw))
        if holding > _MOST_PARTS or max(raw.count(b"\n"), raw.count(b"\r")) * holding > _MOST_STEPS:
            raise RecursionError
        message = email.message_from_bytes(raw)
        _divide(message)
        if any(_endless(part) for part in message.walk()):
            raise refused(path, "a mail with an endless header", "save its text as a file of its own")
        bodies = list(_bodies(message))
        attachments = tuple(_attachments(message, {id(body) for body in bodies}))
    except RecursionError as error:
        raise refused(path, "a mail of too many parts", "save its text as a file of its own") from error
    decoded = [_decoded(part) for part in bodies]
    is_html = any(part.get_content_type() == "text/html" for part in bodies)
    texts = [
        f"<pre>{literal(text.text)}</pre>"
        if is_html and part.get_content_type() != "text/html"
        else text.text
        for part, text in zip(bodies, decoded, strict=True)
    ]
    return Mail(
        body="\n".join(texts),
        is_html=is_html,
        encoding=decoded[0].encoding if decoded else "ascii",
        errors=sum(text.errors for text in decoded),
        fields=_fields(message),
        attachments=attachments,
    )


def _divide(message: Message) -> None:
    """Divide parts that say they are several, but whose boundary is missing or another one.

    The first line that begins as a boundary and is followed by a header is taken for it. Where there is none
    the part is text, as all of it then stands in one.
    """
    for part in islice(message.walk(), _MOST_PARTS):
        if part.get_content_maintype() != "multipart" or part.is_multipart():
            continue
        text = _payload(part)
        found = _BOUNDARY.search(text)
        if found is None:
            part.set_type("text/html" if _TAGS.search(text) else "text/plain")
            continue
        head = b'Content-Type: multipart/mixed; boundary="' + found[1] + b'"\n\n'
        parts = email.message_from_bytes(head + text).get_payload()
        part.set_payload(parts)


def _endless(part: Message) -> bool:
    """Whether a header of it that is taken apart is longer than any."""
    taken = (str(value) for name, value in part.raw_items() if name.lower() in _TAKEN_APART)
    return any(len(value) > _MOST_HEADER for value in taken)


def _bodies(part: Message) -> Iterator[Message]:
    """The parts that are text to read, in order: of alternatives the best, of related ones the root."""
    kind = part.get_content_type()
    if not part.is_multipart():
        if kind in ("text/html", "text/plain") and part.get_content_disposition() != "attachment":
            yield part
        return
    if kind == "message/rfc822":
        return  # an attachment
    inner = [list(_bodies(child)) for child in _children(part)]
    if kind == "multipart/alternative":
        html = [found for found in inner if any(one.get_content_type() == "text/html" for one in found)]
        inner = html[-1:] or [found for found in inner if found][:1]
    elif kind == "multipart/related":
        inner = [found for found in inner if found][:1]
    for found in inner:
        yield from found


def _children(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [child for child in payload if isinstance(child, Message)] if isinstance(payload, list) else []


def _attachments(message: Message, read: set[int]) -> Iterator[Attachment]:
    """The files whose names say that they may be transcripts, and the mails that were passed on."""
    stack = [message]
    count = 0
    while stack:
        part = stack.pop()
        if part.get_content_type() == "message/rfc822" and part is not message:
            count += 1
            for child in _children(part):
                yield Attachment(_name(part) or f"{count}.eml", _bytes(child))
        elif part.is_multipart():
            stack.extend(reversed(_children(part)))
        elif id(part) not in read and (name := _name(part)) and not reason_to_pass(name):
            yield Attachment(name, _payload(part))


def _name(part: Message) -> str:
    """The file's name without folders; empty where it has none."""
    try:
        name = part.get_filename() or ""
    except (ValueError, LookupError, AttributeError, TypeError):  # RFC 2231 parameters gone wrong
        return ""
    return PurePath(_words(name).replace("\\", "/").replace("\0", "")).name


def _payload(part: Message) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError):
        payload = None
    return payload if isinstance(payload, bytes) else b""


def _bytes(message: Message) -> bytes:
    try:
        return message.as_bytes()
    except (ValueError, LookupError, AttributeError, TypeError):  # what cannot be written again
        return b""


def _decoded(part: Message) -> encoding.Decoded:
    raw = _payload(part)
    charset = part.get_param("charset")
    found = encoding.decode(raw, charset if isinstance(charset, str) else "") if raw else None
    return found or encoding.Decoded("", "ascii", 0)


def _fields(message: Message) -> dict[str, str]:
    said: dict[str, str] = {}
    for name, value in message.raw_items():
        said.setdefault(name.lower(), str(value))
    fields = {name: _words(said.get(header, "")) for header, name in _FIELDS.items()}
    with suppress(ValueError, TypeError, IndexError, OverflowError):  # then it stays as it was written
        fields["date"] = parsedate_to_datetime(fields["date"]).strftime("%Y-%m-%d %H:%M")
    return {key: clean.scrub(value).strip() for key, value in fields.items() if value.strip()}


def _words(header: str) -> str:
    """A header with its encoded words (RFC 2047) decoded; raw bytes in it are read as any text."""
    try:
        pieces = decode_header(header)
    except (ValueError, LookupError):
        return header
    return "".join(_piece(piece, charset or "") for piece, charset in pieces)


def _piece(piece: str | bytes, charset: str) -> str:
    raw = piece.encode("utf-8", "surrogateescape") if isinstance(piece, str) else piece
    if raw.isascii() and charset.lower() not in encoding.SEVEN_BITS:
        return raw.decode("ascii")
    try:
        return raw.decode({"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}.get(charset, charset))
    except (LookupError, ValueError):
        found = encoding.decode(raw, charset)
        return found.text if found else raw.decode("utf-8", "replace")
