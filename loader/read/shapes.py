"""Text that another program wrapped: a JSON object, an SQL row, captions, a table of turns, escapes left in.

Each shape is undone only where the text shows it, whole; what does not parse stays as it is. What a
record's values mean, `records` tells, for these and for files of records alike.
Sources: RFC 8259 (JSON), MySQL's string literals, Python's bytes literals.
"""

from __future__ import annotations

import html
import json
import re

from loader.read import akoma, captions, spoken
from loader.read.records import Unwrapped, described, from_said, line, said_in

_BYTES_REPR = re.compile(
    r"""^([ \t]*+)b(?:'((?>(?:[^'\\\n]|\\.)*))'?|"((?>(?:[^"\\\n]|\\.)*))"?)[ \t]*+$""", re.MULTILINE
)
_BYTES_HINT = re.compile(r"""\n[ \t]*+b['"]""")  # begins with a character, so it is looked for fast
_BYTES_ESCAPE = re.compile(r"((?:\\x[0-9a-fA-F]{2})+)|\\(.)")
_SQL = re.compile(r"\s*+(?:INSERT|REPLACE)\s[^(']{0,200}?(?:\(([^()']*+)\)\s*+)?VALUES?\s*+\(", re.IGNORECASE)
_SQL_VALUE = re.compile(r"""\s*+(?:'((?>(?:[^'\\]|\\.|'')*))'|([^\s,()']++))\s*+([,)])""", re.DOTALL)
_SQL_NEXT_ROW = re.compile(r"\s*+,\s*+\(")
_SQL_END = re.compile(r"[;\s]*+")
_SQL_ESCAPE = re.compile(r"\\(.)|''", re.DOTALL)
_JSON_START = re.compile(r"\s*+(?:/\*\s*+|(?:(?:var|let|const)\s++)?[\w.$]{1,60}\s*+[(=]\s*+)?(?=[\[{])")
_XML_VALUE = re.compile(
    r"<([A-Za-z][\w-]{0,40})>([^<>]{1,2000})</\1>|<([A-Za-z][\w-]{0,40})>\s*<!\[CDATA\[((?:(?!\]\]>).)*)\]\]>",
    re.DOTALL,
)
_CELLS = re.compile(r'(?:[^,"\n]{1,80},){1,5}')
_NO_QUOTATION = 200
"""Fewer characters than this behind a few commas are somebody's words."""
_DAY = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?: [\d:]+)?")
_FAR = 20_000
_LITERAL_BREAK = re.compile(r"(?:\\r)?\\n|\\r(?![a-z])")
_ESCAPED_TAG = re.compile(r"&lt;/?(?:p|br|div|span|strong)\b[^<>]{0,200}?&gt;", re.IGNORECASE)
_C_ESCAPES = {"n": "\n", "t": "\t", "r": "", "0": "", "Z": "", "a": "", "b": "", "f": "\n", "v": "\n"}
_NO_RECORD = 40
"""Fewer characters than this between brackets are running text."""


def unwrap(text: str) -> Unwrapped | None:
    """What a scrubbed text wraps, or None where it wraps nothing; linear in its length."""
    return (
        _json(text)
        or _sql(text)
        or captions.unwrap(text)
        or akoma.unwrap(text)
        or _xml(text)
        or _table(text)
        or _row(text)
        or _bytes_repr(text)
        or _escaped(text)
    )


def _xml(text: str) -> Unwrapped | None:
    """A record in XML whose text is marked as such; read by pattern, so nothing in it is obeyed."""
    if not text.lstrip().startswith("<?xml") or "<![CDATA[" not in text[:_FAR]:
        return None
    values = [
        (found[1] or found[3], html.unescape(found[2]) if found[1] else found[4])
        for found in _XML_VALUE.finditer(text)
    ]
    bodies = [value for _, value in values if len(value) >= _NO_RECORD]
    return described(values, max(bodies, key=len)) if bodies else None


def _table(text: str) -> Unwrapped | None:
    """The turns of a table that has a row for each."""
    speech = spoken.table(text)
    if speech is None:
        return None
    rest = f"\n<aside>\n{html.escape(speech.rest)}\n</aside>\n" if speech.rest else ""
    return Unwrapped(speech.text + rest, fields={"date": speech.date} if speech.date else {})


def _row(text: str) -> Unwrapped | None:
    """One row of a table without the names of its columns: a title, a day, and a text in quotation marks."""
    head, quoted, rest = text.strip().partition('"')
    body = rest[:-1].replace('""', "")
    if not quoted or not rest.endswith('"') or '"' in body or len(body) < _NO_QUOTATION:
        return None
    if not _CELLS.fullmatch(head):
        return None
    body = rest[:-1].replace('""', '"')
    cells = [cell.strip() for cell in head.split(",")[:-1]]
    title = next((cell for cell in cells if cell and not _DAY.fullmatch(cell)), "")
    names = ("title" if cell == title else "date" if _DAY.fullmatch(cell) else "" for cell in cells)
    return described([*zip(names, cells, strict=True), ("content", body)], body)


def _bytes_repr(text: str) -> Unwrapped | None:
    """Lines that are a Python bytes literal, beside others that are not."""
    if not _BYTES_HINT.search(f"\n{text}"):
        return None

    def undo(found: re.Match[str]) -> str:
        inner = found[2] if found[2] is not None else found[3]
        return found[1] + _BYTES_ESCAPE.sub(_byte_escape, inner) if "\\" in inner else found[0]

    body = _BYTES_REPR.sub(undo, text)
    return Unwrapped(body) if body != text else None


def _byte_escape(found: re.Match[str]) -> str:
    if found[1]:
        return bytes.fromhex(found[1].replace("\\x", "")).decode("utf-8", "replace")
    return _C_ESCAPES.get(found[2], found[2])


def _escaped(text: str) -> Unwrapped | None:
    r"""Text whose line ends were written as `\n`, or whose tags were escaped once too often."""
    breaks = len(_LITERAL_BREAK.findall(text)) if "\\" in text else 0
    if breaks >= 3 and breaks > text.count("\n"):
        body = _LITERAL_BREAK.sub("\n", text).replace("\\t", "\t").replace('\\"', '"').replace("\\/", "/")
        return Unwrapped(body)
    if "<" not in text and len(_ESCAPED_TAG.findall(text)) >= 3:
        return Unwrapped(html.unescape(text.replace("&#", "&amp;#")))
    return None


def _sql(text: str) -> Unwrapped | None:
    """The rows of INSERT statements: one row's short values head it, several rows follow each other."""
    rows: list[list[tuple[str, str]]] = []
    at = 0
    while start := _SQL.match(text, at):
        names = [name.strip(' \t\n`"') for name in (start[1] or "").split(",")]
        at = start.end()
        while True:
            row: list[tuple[str, str]] = []
            while value := _SQL_VALUE.match(text, at):
                at = value.end()
                said = _SQL_ESCAPE.sub(_sql_escape, value[1]) if value[1] is not None else value[2]
                row.append((names[len(row)] if len(row) < len(names) else "", said))
                if value[3] == ")":
                    break
            else:
                return None
            rows.append(row)
            if not (more := _SQL_NEXT_ROW.match(text, at)):
                break
            at = more.end()
        if end := _SQL_END.match(text, at):
            at = end.end()
    if not rows or text[at:].strip():
        return None
    if len(rows) == 1:
        return described(rows[0], max((value for _, value in rows[0]), key=len))
    return Unwrapped("\n\n".join("\n".join(line(name, value) for name, value in row) for row in rows))


def _sql_escape(found: re.Match[str]) -> str:
    return _C_ESCAPES.get(found[1], found[1]) if found[1] else "'"


def _json(text: str) -> Unwrapped | None:
    """A JSON value, perhaps in a comment, a call or an assignment; or one a line."""
    start = _JSON_START.match(text)
    if not start:
        return None
    values: list[object] = []
    decoder = json.JSONDecoder(strict=False)
    at = start.end()
    try:
        while at < len(text) and text[at] in "[{":
            value, at = decoder.raw_decode(text, at)
            values.append(value)
            at += len(text[at : at + 100]) - len(text[at : at + 100].lstrip())
    except (ValueError, RecursionError):
        return None
    if not values or text[at:].strip(" \n\t);*/,"):
        return None
    said = list(said_in(values[0] if len(values) == 1 else values))
    if sum(len(one.text) for one in said) < _NO_RECORD:
        return None  # `[第三场]` and the like
    return from_said(said)
