"""Text that another program wrapped: a JSON object, an SQL row, a bytes repr, escapes left in.

Each shape is undone only where the text shows it, whole; what does not parse stays as it is. All that
the wrapping says stays readable: the values that describe the transcript come as `key: value` lines
before it (`Unwrapped.head`), those that belong to other things after it, as an `<aside>`.
Sources: RFC 8259 (JSON), MySQL's string literals, Python's bytes literals.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_BYTES_REPR = re.compile(
    r"""^([ \t]*+)b(?:'((?:[^'\\\n]|\\.)*+)'?|"((?:[^"\\\n]|\\.)*+)"?)[ \t]*+$""", re.MULTILINE
)
_BYTES_ESCAPE = re.compile(r"((?:\\x[0-9a-fA-F]{2})+)|\\(.)")
_SQL = re.compile(r"\s*+(?:INSERT|REPLACE)\s[^(']{0,200}?(?:\(([^()']*+)\)\s*+)?VALUES?\s*+\(", re.IGNORECASE)
_SQL_VALUE = re.compile(r"""\s*+(?:'((?:[^'\\]|\\.|'')*+)'|([^\s,()']++))\s*+([,)])""", re.DOTALL)
_SQL_NEXT_ROW = re.compile(r"\s*+,\s*+\(")
_SQL_END = re.compile(r"[;\s]*+")
_SQL_ESCAPE = re.compile(r"\\(.)|''", re.DOTALL)
_JSON_START = re.compile(r"\s*+(?:/\*\s*+|(?:(?:var|let|const)\s++)?[\w.$]{1,60}\s*+[(=]\s*+)?(?=[\[{])")
_LITERAL_BREAK = re.compile(r"(?:\\r)?\\n|\\r(?![a-z])")
_ESCAPED_TAG = re.compile(r"&lt;/?(?:p|br|div|span|strong)\b[^<>]{0,200}?&gt;", re.IGNORECASE)
_C_ESCAPES = {"n": "\n", "t": "\t", "r": "", "0": "", "Z": "", "a": "", "b": "", "f": "\n", "v": "\n"}
_BODY_NAMES = frozenset("body content text html article article_content contenthtml 正文 内容".split())
_NO_RECORD = 40
"""Fewer characters than this between brackets are running text."""
_DESCRIBES = 2_000
"""A value longer than this describes nothing: it is text."""


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """What a wrapping held; `head` is lines of `key: value`, `body` may be HTML."""

    body: str
    head: str = ""
    fields: dict[str, str] = field(default_factory=dict)


def unwrap(text: str) -> Unwrapped | None:
    """What a scrubbed text wraps, or None where it wraps nothing; linear in its length."""
    return _json(text) or _sql(text) or _bytes_repr(text) or _escaped(text)


def _bytes_repr(text: str) -> Unwrapped | None:
    """Lines that are a Python bytes literal, beside others that are not."""

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
    breaks = len(_LITERAL_BREAK.findall(text))
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
        return _described(rows[0], max((value for _, value in rows[0]), key=len))
    return Unwrapped("\n\n".join("\n".join(_line(name, value) for name, value in row) for row in rows))


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
    return _from_values(values[0] if len(values) == 1 else values)


def _from_values(value: object) -> Unwrapped | None:
    """One text is the body; what stands beside it describes it, the rest is about other things.

    Where no text is the body of it all, every value is a line, in order.
    """
    found = list(_texts(value))
    if sum(len(text) for _, _, text in found) < _NO_RECORD:
        return None  # `[第三场]` and the like
    named = [item for item in found if item[1].lower() in _BODY_NAMES] or found
    owner, _, body = max(named, key=lambda item: len(item[2]))
    if 2 * len(body) < sum(len(text) for _, _, text in named):
        return Unwrapped("\n".join(_line(name, text) for _, name, text in found))
    record = _described([(name, text) for where, name, text in found if where == owner], body)
    others = [_line(name, text) for where, name, text in found if where != owner]
    aside = "\n<aside>\n" + "<br>\n".join(others) + "\n</aside>\n" if others else ""
    return Unwrapped(record.body + aside, record.head, record.fields)


def _texts(value: object) -> Iterator[tuple[int, str, str]]:
    """(number of the object that holds it, key, text) of every scalar, in order; no recursion."""
    stack: list[tuple[int, str, object]] = [(0, "", value)]
    objects = 0
    while stack:
        owner, key, item = stack.pop()
        if isinstance(item, dict):
            objects += 1
            stack.extend((objects, str(name), inner) for name, inner in reversed(item.items()))
        elif isinstance(item, list) and item and all(isinstance(inner, str) for inner in item):
            yield owner, key, "\n".join(item)
        elif isinstance(item, list):
            stack.extend((owner, key, inner) for inner in reversed(item))
        elif item is not None and str(item).strip():
            yield owner, key, str(item)


def _described(values: list[tuple[str, str]], body: str) -> Unwrapped:
    """A record: the short values beside its body head it."""
    texts = [text for _, text in values if text is body or len(text) >= _DESCRIBES]
    rest = [(name, text) for name, text in values if text is not body and len(text) < _DESCRIBES]
    head = [(name, " ".join(text.split())) for name, text in rest]
    return Unwrapped(
        "\n".join(texts),
        "\n".join(_line(name, text) for name, text in head if text),
        {name: text for name, text in head if name and text},
    )


def _line(name: str, value: str) -> str:
    return f"{name}: {value}" if name and "<" not in value[:200] else value
