"""Files to readings: bytes of any kind in, text with marks out, or one line that says why not.

    find ──▶ refuse ──▶ encoding ──▶ clean ──▶ shapes ──▶ front ──▶ markdown ──▶ html ──▶ clean
    bytes    binary?    text         scrub     unwrap     matter    (each where it is)    settle

`read_bytes` is pure: the same bytes and path give the same reading. Only `find` reads files.
"""

from __future__ import annotations

import hashlib
from pathlib import PurePath

from loader.model import Mark, Reading, SourceError
from loader.read import clean, detect, encoding, html, markdown, refuse
from loader.read.find import SUFFIXES, Found, find, one_line
from loader.read.front import front_matter
from loader.read.shapes import unwrap

__all__ = ["SUFFIXES", "Found", "find", "read_bytes"]


def read_bytes(raw: bytes, path: str) -> Reading:
    """Read one source.

    Besides what the source says of itself, `fields` may hold `decoding_errors` (how many bytes or
    sequences became U+FFFD) and `invisible_characters` (which were taken out, see `clean`).
    Raises `SourceError` where the source is empty, is no text, or is in no encoding known.
    """
    if not raw.strip():
        raise _refused(path, "empty", "nothing to load")
    if found := refuse.binary(raw):
        raise _refused(path, *found)
    decoded = encoding.decode(raw)
    if decoded is None:
        raise _refused(path, "no text in any encoding known", "save it as UTF-8")
    if refuse.mostly_controls(decoded.text):
        raise _refused(path, "a binary file", "save it as text or HTML")
    text, marks, fields, kind = _structured(clean.scrub(decoded.text), PurePath(path).suffix.lower())
    text, settled = clean.settle(text, marks, squeeze=kind == "html")
    if not text.strip():
        raise _refused(path, "holds no text", "nothing to load")
    notes = {
        "decoding_errors": str(decoded.errors or ""),
        "invisible_characters": clean.invisible(decoded.text),
    }
    fields = {key: " ".join(clean.scrub(value).split()) for key, value in fields.items()}
    fields |= {key: note for key, note in notes.items() if note}
    return Reading(
        path=path,
        raw=raw,
        sha256=hashlib.sha256(raw).hexdigest(),
        encoding=decoded.encoding,
        format=kind,
        text=text,
        marks=settled,
        fields=fields,
    )


def _structured(text: str, suffix: str) -> tuple[str, list[Mark], dict[str, str], detect.Format]:
    """Text, marks, fields and format of a scrubbed text, its wrapping and front matter seen to."""
    head, body, fields = "", text, dict[str, str]()
    kind: detect.Format | None = None
    if wrapped := unwrap(text):
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
    marks += [mark._replace(start=mark.start + len(head), end=mark.end + len(head)) for mark in inner]
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


def _refused(path: str, what: str, remedy: str) -> SourceError:
    return SourceError(f"{one_line(path)}: {what}; {remedy}")
