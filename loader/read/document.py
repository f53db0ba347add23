"""One source to one reading: bytes of any kind in, text with marks out, or an error that says why not.

    refuse ──▶ pdf ──▶ reflow ───────────────────────────────────────────────────▶ clean
    binary? ──▶ word ────────────────────────────────────────────────────▶ html ──▶ settle
            ──▶ mail ──▶ encoding ──▶ clean ──▶ shapes ──▶ front ──▶ markdown ──▶ html
                         text         scrub     unwrap     matter    (each where it is)

What a source is, its content tells first and its name's suffix second. Pure: no file is opened here.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import Literal

from loader.model import Mark, Reading
from loader.read import (
    clean,
    detect,
    encoding,
    html,
    jsonfile,
    mail,
    markdown,
    pdf,
    reflow,
    refuse,
    word,
    zipped,
)
from loader.read.front import front_matter
from loader.read.records import Unwrapped, record
from loader.read.refuse import refused
from loader.read.shapes import unwrap

Kind = Literal["zip", "docx", "pdf", "mail", "text"]
_RECORD = re.compile(r"(?:#\d+|//[^/]*)\Z")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
MOST_CHARACTERS = 20_000_000
"""Of one source: a hundred thick books. Time and memory grow with the length: 18 million characters (52 MB)
took 378 s and 2.1 GB to load beside thirty readers (bench/README.md)."""
MOST_LINES = 500_000
"""Of one source: a line that looks like a label costs up to a third of a millisecond, however short."""
_UTF8 = "utf-8"
"""What stands for an encoding where the format has one of its own."""


def suffix_of(path: str) -> str:
    """The suffix that a path's name has, in lower case; a record has that of its file."""
    return PurePath(_RECORD.sub("", path)).suffix.lower()


def kind_of(raw: bytes, path: str) -> Kind:
    """How to read a source that has something in it; raises `SourceError` where it cannot be read at all."""
    if not raw.strip():
        raise refused(path, "empty", "nothing to load")
    if found := refuse.binary(raw):
        raise refused(path, *found)
    if raw.startswith(_ZIP):
        return "docx" if "word/document.xml" in zipped.names(raw) else "zip"
    if raw[:1024].lstrip(b"\xef\xbb\xbf\0 \t\r\n").startswith(b"%PDF-"):
        return "pdf"
    return "mail" if mail.is_mail(raw, suffix_of(path)) else "text"


def read_bytes(raw: bytes, path: str, text_field: str | None = None) -> Reading:
    """Read one source that is no archive; `text_field` names the field of a JSON record that holds the text.

    Besides what the source says of itself, `fields` may hold `decoding_errors` (how many bytes or
    sequences became U+FFFD), `mixed_encodings` (how much is in another one) and `invisible_characters` (which
    were taken out, see `clean`). Of a PDF or
    a Word document, whose text is in no one encoding, `encoding` is `utf-8`.
    Raises `SourceError` where the source is empty, is no text, or is in no encoding known.
    """
    kind = kind_of(raw, path)
    if kind == "zip":
        raise refused(path, "a ZIP archive", "unpack it first")
    if kind == "pdf":
        pages, fields = pdf.lines(raw, path)
        text, marks = reflow.reflow(pages)
        return _settled(raw, path, _UTF8, "pdf", text, marks, fields)
    if kind == "docx":
        source, fields = word.to_html(raw, path)
        text, marks, _ = html.render(clean.scrub(source), page=False)
        return _settled(raw, path, _UTF8, "docx", text, marks, fields)
    if kind == "mail":
        return read_mail(raw, path, mail.parse(raw, path))
    found = decoded(raw, path)
    if text_field is not None and suffix_of(path) in jsonfile.SUFFIXES:
        return read_named(raw, path, found, text_field)
    return read_text(raw, path, found)


def read_again(raw: bytes, path: str, how: Mapping[str, str]) -> Reading:
    """Read once more the bytes that an archive kept of one source, as they were read the first time.

    `how` is `Reading.how` of that time: `as` (`record`, `text` or `mail`; else the bytes tell it), the
    name's `suffix`, the `encoding` and the `text_field` that was named. Of what an older program kept, only
    the last two may be known. Raises as `read_bytes` does.
    """
    name = path if how.get("suffix") in (None, suffix_of(path)) else path + how["suffix"]
    found = _decoded_again(raw, how.get("encoding"))
    kind, text_field = how.get("as"), how.get("text_field")
    if kind == "mail":
        return read_mail(raw, path, mail.parse(raw, path))
    if kind == "record" or (kind is None and found and _was_record(path, found.text)):
        reading = read_named(raw, path, found or decoded(raw, path), text_field)
    elif found and (kind == "text" or kind_of(raw, name) == "text"):
        if kind is None and text_field is not None and suffix_of(name) in jsonfile.SUFFIXES:
            reading = read_named(raw, path, found, text_field)
        else:
            reading = read_text(raw, name, found)
    else:
        reading = read_bytes(raw, name, text_field)
    return replace(reading, path=path)


def _decoded_again(raw: bytes, codec: str | None) -> encoding.Decoded | None:
    """The text by the encoding that is known; nothing where none is, or none that Python knows."""
    try:
        return encoding.decode_as(raw, codec) if codec else None
    except LookupError:
        return None


def _was_record(path: str, text: str) -> bool:
    """Whether an older program read this as a record: it is named as one, and it is one."""
    value, why = jsonfile.parsed(text)
    return _RECORD.search(path) is not None and not why and isinstance(value, (dict, str))


def decoded(raw: bytes, path: str) -> encoding.Decoded:
    """The text of bytes that are no format of their own; raises `SourceError` where they are no text."""
    found = encoding.decode(raw)
    if found is None:
        raise refused(path, "no text in any encoding known", "save it as UTF-8")
    if refuse.mostly_controls(found.text):
        raise refused(path, "a binary file", "save it as text or HTML")
    return found


def read_text(raw: bytes, path: str, found: encoding.Decoded) -> Reading:
    """The reading of a decoded text; raises `SourceError` where it is longer than any transcript."""
    _check_length(path, found.text)
    suffix = suffix_of(path)
    scrubbed = clean.scrub(found.text)
    wrapped = unwrap(scrubbed)
    if not wrapped and suffix in jsonfile.SUFFIXES and scrubbed.lstrip()[:1] in ("{", "["):
        value, why = jsonfile.parsed(found.text)
        if why:
            raise refused(path, why, "repair it")
        wrapped = _told(value, path, None)
    reading = _of_text(raw, path, found, *_structured(scrubbed, suffix, wrapped))
    return replace(reading, how={"as": "text", "suffix": suffix, "encoding": found.encoding})


def read_named(raw: bytes, path: str, found: encoding.Decoded, text_field: str | None) -> Reading:
    """The reading of a JSON value, whose field may be named; raises `SourceError` where it is no JSON."""
    value, why = jsonfile.parsed(found.text)
    if why:
        raise refused(path, why, "repair it")
    return read_record(raw, path, found.encoding, value, text_field)


def read_record(raw: bytes, path: str, codec: str, value: object, text_field: str | None) -> Reading:
    """The reading of one JSON value; `raw` is its bytes in `codec`."""
    _check_length(path, raw)
    structured = _structured("", "", _told(value, path, text_field))
    found = encoding.Decoded(raw.decode(codec, "replace"), codec, 0)
    field = {} if text_field is None else {"text_field": text_field}
    how = {"as": "record", "encoding": codec, **field}
    return replace(_of_text(raw, path, found, *structured), how=how)


def _told(value: object, path: str, text_field: str | None) -> Unwrapped:
    if wrapped := record(value, text_field):
        return wrapped
    if text_field is None:
        raise refused(path, "a record without text", "name the field that holds it")
    has = ", ".join(list(value)[:12]) if isinstance(value, dict) else "none"
    raise refused(path, f"no text in the field {text_field!r}", f"name another of its fields ({has})")


def read_mail(raw: bytes, path: str, letter: mail.Mail) -> Reading:
    """The reading of a mail's body; its attachments are sources of their own."""
    if not letter.body.strip():
        raise refused(path, "a mail without text", "load what is attached to it")
    _check_length(path, letter.body)
    found = encoding.Decoded(letter.body, letter.encoding, letter.errors)
    suffix = ".html" if letter.is_html else ".txt"
    text, marks, said, kind = _structured(clean.scrub(letter.body), suffix, None)
    return replace(_of_text(raw, path, found, text, marks, said | letter.fields, kind), how={"as": "mail"})


def _check_length(path: str, text: str | bytes) -> None:
    if len(text) > MOST_CHARACTERS:
        raise refused(path, f"longer than {MOST_CHARACTERS // 1_000_000} million characters", "split it")


def _structured(
    text: str, suffix: str, wrapped: Unwrapped | None
) -> tuple[str, list[Mark], dict[str, str], detect.Format]:
    """Text, marks, fields and format of a scrubbed text, its wrapping and front matter seen to."""
    head, body, fields = "", text, dict[str, str]()
    kind: detect.Format | None = None
    if wrapped:
        body = clean.scrub(wrapped.body)  # an escape undone may be a control character
        head = wrapped.head and clean.scrub(wrapped.head) + "\n\n"
        fields |= wrapped.fields
        kind = "html" if detect.has_tags(body) else "text"
        marks = [Mark("front_matter", 0, len(head))] if head else []
    elif front := front_matter(text):
        head, body = text[: front.end] + "\n", text[front.end :].removeprefix("\n")
        fields |= front.fields
        marks = [Mark("front_matter", front.start, front.end)]
    else:
        marks = []
    kind = kind or detect.format_of(body, suffix, front=bool(head))
    rest, inner, said = _rendered(body, kind)
    at = len(head)
    marks += [Mark(name, a + at, b + at, value) for name, a, b, value in inner] if at else inner
    return head + rest, marks, said | fields, kind


def _rendered(body: str, kind: detect.Format) -> tuple[str, list[Mark], dict[str, str]]:
    start = detect.page_start(body)
    if start == 0:
        return html.render(body, page=True)
    if start > 0:
        return html.render(f"<pre>{markdown.literal(body[:start])}</pre>{body[start:]}", page=True)
    if kind == "markdown":
        body = markdown.to_html(body)
    elif not detect.has_tags(body) and not detect.has_references(body):
        return body, [], {}
    return html.render(detect.literal_unknown(body), page=False)


def _of_text(
    raw: bytes,
    path: str,
    found: encoding.Decoded,
    text: str,
    marks: list[Mark],
    fields: dict[str, str],
    kind: detect.Format,
) -> Reading:
    notes = {
        "decoding_errors": str(found.errors or ""),
        "mixed_encodings": found.mixed,
        "invisible_characters": clean.invisible(found.text),
    }
    fields |= {key: note for key, note in notes.items() if note}
    return _settled(raw, path, found.encoding, kind, text, marks, fields)


def _settled(
    raw: bytes, path: str, codec: str, kind: str, text: str, marks: list[Mark], fields: dict[str, str]
) -> Reading:
    text, settled = clean.settle(text, marks, squeeze=kind in ("html", "docx"))
    if not text.strip():
        raise refused(path, "holds no text", "nothing to load")
    if text.count("\n") > MOST_LINES:
        raise refused(path, f"more than {MOST_LINES:,} lines", "split it")
    return Reading(
        path=path,
        raw=raw,
        sha256=hashlib.sha256(raw).hexdigest(),
        encoding=codec,
        format=kind,
        text=text,
        marks=settled,
        fields={key: " ".join(clean.scrub(value).split()) for key, value in fields.items()},
    )
