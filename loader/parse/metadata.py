"""Metadata: title, place, organ, date, ordinal, series, outlet and language of what was read.

What comes in are folded lines before, of and after the voices, and what the source says of itself. Each
fact is read in a file of its own; here they are asked in order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from loader.model import Reading
from loader.parse.dates import held_on, runs_backwards
from loader.parse.fields import HEADER_KEYS
from loader.parse.folding import plain
from loader.parse.holder import holder
from loader.parse.lines import Line, unwrapped
from loader.parse.page import Page
from loader.parse.places import place_of
from loader.parse.roster import People
from loader.parse.titles import Title, choose_title, ordinal_of, series_of


class Facts(NamedTuple):
    """What is known of the briefing as a whole, as printed."""

    title: Title
    place: str | None
    organ: str | None
    date: str | None
    ordinal: int | None
    series: str | None
    outlet: str | None
    language: str


_OUTLET = re.compile(
    r"(?:稿件来源|信息来源|文章来源|来源|媒体|稿源)\s*[:：]\s*(?P<outlet>[^\s:,，。|]{2,20})"
)
_STAMPED = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\s+\d{1,2}:\d{2}")
_BYLINE = re.compile(
    r"\S{0,20}(?:记者|通讯员)\s?[\u3400-\u9fff]{2,4}(?:\s(?:记者|通讯员)?\s?[\u3400-\u9fff]{2,4}){0,3}"
)
_DATED = re.compile(
    r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\([^()]*\))?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?(?:$|\s+\S.{0,60}$)"
)
_HEADER = re.compile(r"^\[?(?P<key>[^\s:\[\]]{1,8})\]?\s*(?::|\s{1,})\s*\S.{0,80}$")

_ITEM = re.compile(r"^(?:[一二三四五六七八九十]{1,2}、|[·•※]\s*)(?=\S[^。]{0,8}:)")
"""What a field is numbered with (`二、地点：…`)."""
_SPREAD = re.compile(r"^([\u3400-\u9fff])\s{1,6}([\u3400-\u9fff])(?=\s*:)")
"""A key of two characters set wide (`时　间：`)."""


def field_of(text: str) -> str:
    """Which field of the page a folded line before the first voice is (`时间：… 地点：…`); empty if none."""
    text = _ITEM.sub("", text)
    match = _HEADER.match(_SPREAD.sub(r"\1\2", text))
    if text.endswith(":") and text[:-1] in HEADER_KEYS:
        return f"header {text[:-1]}"
    if len(text) <= 80 and _STAMPED.search(text) and "。" not in text:
        return "date and clock of the page"
    if len(text) <= 40 and _BYLINE.fullmatch(text):
        return "byline of a reporter"
    if match and match["key"] in HEADER_KEYS and "。" not in text[:-1]:
        return f"header {match['key']}"
    return "line that opens with a full date" if _DATED.match(text) and "。" not in text else ""


def numbered_field(text: str) -> str:
    """Which field a folded line is that is numbered as a section is (`二、地点：…`); empty if none."""
    return field_of(text) if _ITEM.match(text) else ""


def describe(
    reading: Reading,
    folded: str,
    head: Sequence[Line],
    body: Sequence[Line],
    tail: Sequence[Line],
    page: Page,
    people: People,
    posts: Sequence[str],
) -> Facts:
    """Everything said of the briefing as a whole; `posts` are those of who speaks for the holder."""
    text = reading.text
    title = choose_title(text, [*page.front, *head], reading.fields, body)
    folded_title = plain(title.words) if title.words else None
    head = unwrapped(head)
    front = [*page.front, *head]
    lead = [line.plain for line in head]
    body = body[::-1] if runs_backwards(page.stamps) else body
    opening = [line.plain for line in body[:8]]
    organ = holder(lead, opening, folded_title, people, posts, reading.fields)
    return Facts(
        title,
        _printed(text, folded, place_of(folded_title, organ, lead, opening)),
        _printed(text, folded, organ),
        held_on(folded_title, front, body, tail, page.stamps, reading.fields),
        ordinal_of(folded_title, head, body),
        series_of(title.words),
        _outlet(reading, folded, lead, tail),
        _language(text),
    )


def _outlet(reading: Reading, folded: str, lead: Sequence[str], tail: Sequence[Line]) -> str | None:
    for key in ("source", "outlet", "site", "og:site_name", "publisher", "author"):
        if reading.fields.get(key):
            return reading.fields[key]
    for text in (*lead, *(line.plain for line in tail[:6])):
        match = _OUTLET.search(text[:200])
        if match:
            return _printed(reading.text, folded, match["outlet"])
    return None


def _printed(text: str, folded: str, wording: str | None) -> str | None:
    """A folded wording as the text prints it where it stands first, else as it is."""
    at = folded.find(wording) if wording else -1
    return text[at : at + len(wording)] if wording and at >= 0 else wording


def _language(text: str) -> str:
    """`zh-Hans`, `zh-Hant` or `en`, by the characters of the first 20,000."""
    counts = Counter(text[:20000])
    han = sum(count for char, count in counts.items() if "\u3400" <= char <= "\u9fff")
    latin = sum(count for char, count in counts.items() if char.isascii() and char.isalpha())
    if han * 6 < latin:
        return "en"
    chars = "".join(char for char in counts if "\u3400" <= char <= "\u9fff")
    traditional = sum(counts[a] for a, b in zip(chars, plain(chars), strict=True) if a != b)
    return "zh-Hant" if traditional * 12 > han else "zh-Hans"
