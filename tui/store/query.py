"""The query language: any string in, a `Query` of folded terms and filters out; nothing is an error.

Words apart = all of them; `"…"` a phrase with its blanks; `-x` without; `a | b` either (blanks around
the bar); `place: date: speaker: post: asker: outlet: in: id:` filters; `like:` names a passage whose likes
are wanted. Full-width forms of all marks count, since folding narrows them. What is neither operator nor
field is text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from loader.kinds import ASIDE_KINDS, TURN_KINDS
from loader.layout import date_range
from loader.text import Fold
from tui.language import said

_MOST = 256
"""Words of a query that count; a statement has to stay within what SQLite takes (and says so)."""

FIELDS = ("place", "date", "speaker", "post", "asker", "outlet", "in", "id", "like")
_PLACES = {  # what `in:` may name besides the kinds of turn themselves
    "问": "question", "问题": "question", "提问": "question", "答": "answer", "回答": "answer",
    "发布": "speech", "讲话": "speech", "标题": "heading", "正文": "narrative", "表": "table",
    "页面": "noise", "重复": "repeat",
}  # fmt: skip
_TOKEN = re.compile(
    r"""(?P<minus>-?)(?:(?P<field>[a-z]+):(?=\S))?
        (?: "(?P<quoted>(?:[^"]|"")+)"(?=\s|$)
          | [“”](?P<curly>[^“”"]*\s[^“”"]*)[“”](?=\s|$)
          | (?P<bare>\S+) )""",
    re.VERBOSE,
)


class _Scrub(dict[int, int]):
    """Maps what no text in an archive holds, and SQLite cannot take, to U+FFFD."""

    def __missing__(self, code: int) -> int:
        gone = unicodedata.category(chr(code)) in ("Cc", "Cs") and not chr(code).isspace()
        self[code] = 0xFFFD if gone else code
        return self[code]


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on where a passage stands; `value` is folded, `without` turns it round."""

    field: str
    value: str
    without: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """`groups`: every group must be met by one of its terms; `without`: terms that must be missing."""

    text: str
    groups: tuple[tuple[str, ...], ...] = ()
    without: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()
    dates: tuple[tuple[int, int], ...] = ()
    """Date keys, both inclusive; all ranges must hold."""
    notes: tuple[str, ...] = ()
    like: str | None = None
    """The passage whose likes are asked for, as `rows.reference` names it."""
    but: int | None = None
    """The rowid of a passage that is left out."""

    @property
    def terms(self) -> tuple[str, ...]:
        """All terms that may match, for highlighting."""
        return tuple(term for group in self.groups for term in group)

    @property
    def beside(self) -> bool:
        """Whether labels and page text are asked for: by words, or by a kind that only page text has."""
        kinds = {one.value for one in self.filters if one.field == "in" and not one.without}
        return self.like is None and bool(self.groups or kinds & ASIDE_KINDS)

    @property
    def parts(self) -> int:
        """How many terms and conditions it has."""
        return len(self.terms) + len(self.without) + len(self.filters) + len(self.dates)

    @property
    def empty(self) -> bool:
        """Whether it asks for nothing at all."""
        return not (self.groups or self.without or self.filters or self.dates or self.like)


@dataclass(frozen=True, slots=True)
class _Token:
    minus: bool
    field: str
    value: str
    whole: str
    """As typed, for when it turns out to be plain text."""


def scrubbed(text: str) -> str:
    """`text`, character for character, as SQLite takes it."""
    return text.translate(_Scrub())


def parse_query(text: str, fold: Fold) -> Query:
    """Read `text` as a query; folding narrows full-width marks first."""
    tokens = [_token(match) for match in _TOKEN.finditer(fold(scrubbed(text)).strip())]
    notes: list[str] = []
    if len(tokens) > _MOST:
        notes.append(said("only the first {most} words count, of {all}", most=_MOST, all=len(tokens)))
        del tokens[_MOST:]
        if tokens[-1].whole == "|":
            tokens.pop()
    positive = any(not token.minus or token.field for token in tokens)
    groups: list[tuple[str, ...]] = []
    without: list[str] = []
    filters: list[Filter] = []
    dates: list[tuple[int, int]] = []
    either, like = False, None
    for nth, token in enumerate(tokens):
        if token.whole == "|" and groups and nth + 1 < len(tokens):
            either = True
            continue
        if token.field == "like" and not token.minus:
            like = token.value
            continue
        if token.field == "date" and not token.minus:
            between = _dates(token.value)
            if between:
                dates.append(between)
                continue
            notes.append(
                said(
                    "{value} is no date (as 2022-03 or 2022-03..2022-04): searched as text", value=token.value
                )
            )
        elif token.field == "in":
            kind = _PLACES.get(token.value, token.value)
            if kind in TURN_KINDS:
                filters.append(Filter("in", kind, token.minus))
                continue
            notes.append(
                said(
                    "in:{value}: there are question, answer, speech, heading: searched as text",
                    value=token.value,
                )
            )
        elif token.field and token.field not in ("date", "like"):
            filters.append(Filter(token.field, token.value, token.minus))
            continue
        elif token.minus and positive and not token.field:
            without.append(token.value)
            continue
        term = token.value if not token.field and not token.minus else token.whole
        if either:
            groups[-1] += (term,)
        else:
            groups.append((term,))
        either = False
    return Query(
        text,
        tuple(dict.fromkeys(groups)),
        tuple(dict.fromkeys(without)),
        tuple(dict.fromkeys(filters)),
        tuple(dates),
        tuple(notes),
        like,
    )


def _token(match: re.Match[str]) -> _Token:
    whole = match.group()
    field = match["field"] or ""
    quoted = match["quoted"]
    value = quoted.replace('""', '"') if quoted else (match["curly"] or match["bare"])
    minus = bool(match["minus"])
    if field and field not in FIELDS:
        minus, field, value = False, "", whole
    return _Token(minus, field, value, whole)


def _dates(value: str) -> tuple[int, int] | None:
    """Date keys of `2022`, `2022-03..2022-04`, `..2022-04`, `2022-03..`, `xxxx-08`; None if no date."""
    first, dots, last = value.partition("..")
    if not dots:
        last = first
    try:
        low = date_range(_padded(first), _padded(first))[0] if first else 0
        high = date_range(_padded(last), _padded(last))[1] if last else date_range("9999", "9999")[1]
    except ValueError:
        return None
    return (low, high) if first or last else None


def _padded(value: str) -> str:
    """`2022-3-5` as `2022-03-05`."""
    year, *rest = value.upper().split("-")
    return "-".join([year, *(part.zfill(2) for part in rest)])
