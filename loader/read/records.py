"""A record and its text: which of its values is the transcript, which describe it, which are about others.

Takes values as `json` makes them, or (name, value) pairs of a row. All that a record says stays readable:
the values beside the text come as `key: value` lines before it (`Unwrapped.head`), those that belong to
other things after it, as an `<aside>`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from loader.read.spoken import legend_of, speech_of

BODY_NAMES = frozenset(
    """body content text html article article_content contenthtml fulltext full_text transcript
    正文 内容 全文 文本 正文內容 內容""".split()
)
"""What a field is called that holds the text, in lower case."""
_DESCRIBES = 2_000
"""A value longer than this describes nothing: it is text."""


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """What a wrapping held; `head` is lines of `key: value`, `body` may be HTML."""

    body: str
    head: str = ""
    fields: dict[str, str] = field(default_factory=dict)


class Said(NamedTuple):
    """A scalar in a record: the number of the object that holds it, its key, its text."""

    owner: int
    key: str
    text: str
    is_text: bool
    """Whether it was a string, or a list of strings; numbers are no text."""
    listed: bool = False
    """Whether the object, or one that holds it, is one of several in a list."""


def record(value: object, text_field: str | None = None) -> Unwrapped | None:
    """What a JSON record holds, or None where it has no text.

    Its text is `text_field` where that is given; else the longest string of those that are called as
    texts are (`BODY_NAMES`), else the longest of all.
    """
    said = list(said_in(value))
    names = BODY_NAMES if text_field is None else {text_field.lower()}
    named = any(one.key.lower() in names and one.is_text for one in said)
    expected = isinstance(value, dict) and any(key.lower() in names for key in value)
    if not named and (expected or text_field is not None):
        return None  # `{"title": "…", "text": ""}`
    if not any(one.is_text for one in said):
        return None
    return from_said(said, names, alone=text_field is not None)


def from_said(said: list[Said], names: Collection[str] = BODY_NAMES, *, alone: bool = False) -> Unwrapped:
    """One text is the body; what stands beside it describes it, the rest is about other things.

    Where no text is the body of it all, every value is a line, in order, unless one is to be it `alone`.
    """
    named = [one for one in said if one.key.lower() in names] or said
    owner, _, body, *_ = max(named, key=lambda one: (one.is_text, len(one.text)))
    if not alone and 2 * len(body) < sum(len(one.text) for one in named):
        return Unwrapped("\n".join(line(one.key, one.text) for one in said))
    whole = described([(one.key, one.text) for one in said if one.owner == owner], body)
    others = [line(one.key, one.text) for one in said if one.owner != owner]
    aside = "\n<aside>\n" + "<br>\n".join(others) + "\n</aside>\n" if others else ""
    above = {one.key: one.text for one in _before(said, body) if one.owner != owner and not one.listed}
    short = {key: " ".join(text.split()) for key, text in above.items() if key and len(text) < _DESCRIBES}
    return Unwrapped(whole.body + aside, whole.head, short | whole.fields)


def _before(said: list[Said], body: str) -> list[Said]:
    """What is said before the body."""
    return said[: next(n for n, one in enumerate(said) if one.text is body)]


def said_in(value: object) -> Iterator[Said]:
    """Every scalar that is not blank, in order; no recursion."""
    stack: list[tuple[int, str, object, bool]] = [(0, "", value, False)]
    beside = value.values() if isinstance(value, dict) else ()
    legend = {key: who for one in beside if isinstance(one, list) for key, who in legend_of(one).items()}
    objects = 0
    while stack:
        owner, key, item, listed = stack.pop()
        if isinstance(item, dict):
            objects += 1
            stack.extend((objects, str(name), inner, listed) for name, inner in reversed(item.items()))
        elif isinstance(item, list) and item and all(isinstance(inner, str) for inner in item):
            yield Said(owner, key, "\n".join(item), any(map(str.strip, item)), listed)
        elif isinstance(item, list) and (speech := speech_of(item, legend)):
            objects += 1
            yield Said(owner, key, speech.text, is_text=True)
            if speech.date:
                yield Said(owner, "date", speech.date, is_text=True)
            if speech.rest:
                yield Said(objects, "", speech.rest, is_text=True, listed=True)
        elif isinstance(item, list):
            stack.extend((owner, key, inner, True) for inner in reversed(item))
        elif item is not None and str(item).strip():
            yield Said(owner, key, str(item), isinstance(item, str), listed)


def described(values: list[tuple[str, str]], body: str) -> Unwrapped:
    """A record: the short values beside its body head it."""
    texts = [text for _, text in values if text is body or len(text) >= _DESCRIBES]
    rest = [(name, text) for name, text in values if text is not body and len(text) < _DESCRIBES]
    head = [(name, " ".join(text.split())) for name, text in rest]
    return Unwrapped(
        "\n".join(texts),
        "\n".join(line(name, text) for name, text in head if text),
        {name: text for name, text in head if name and text},
    )


def line(name: str, value: str) -> str:
    """A value as a line that says what it is; markup is left to speak for itself."""
    return f"{name}: {value}" if name and "<" not in value[:200] else value
