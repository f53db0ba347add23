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
from loader.parse.dates import held_on
from loader.parse.folding import plain
from loader.parse.lines import Line, unwrapped
from loader.parse.places import place_of
from loader.parse.scored.fields import HEADER_KEYS
from loader.parse.scored.page import Page
from loader.parse.titles import BRIEFING, Title, choose_title, ordinal_of, series_of


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


_ORGAN_FIELD = re.compile(r"^(?:主办|主办单位|发布单位|发布机构)\s*[:\s]\s*(?P<organ>\S[^,。;]{2,40})$")
_ORGAN_SAID = re.compile(
    r"(?P<organ>[\u3400-\u9fff]{2,24}?)(?:定于|将于|于|今日|今天|昨日|\d{1,2}日|[上下]午|在[^,。]{2,20})*"
    r"(?:联合)?(?:召开|举行|举办|主办)"
)
_ORGAN_EN = re.compile(r"\bThe (?P<organ>[A-Z][^,.]{4,70}?) (?:held|hosted|holds)\b")
_ORGAN_END = re.compile(r"(?:办公室|办|局|部|委|委员会|政府|厅|院|机制|署|司|中心|会|指挥部|台|站|处|公司)$")
_TITLE_ORGAN = re.compile(
    r"(?:^|\d日)(?P<organ>[\u3400-\u9fff]{2,12}?(?:部|局|办|委|厅|院|署|机制))(?:举行|召开|新闻|发言人|例行|\d|就|第|于)"
)
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


def field_of(text: str) -> str:
    """Which field of the page a folded line before the first voice is (`时间：… 地点：…`); empty if none."""
    match = _HEADER.match(text)
    if text.endswith(":") and text[:-1] in HEADER_KEYS:
        return f"header {text[:-1]}"
    if len(text) <= 80 and _STAMPED.search(text) and "。" not in text:
        return "date and clock of the page"
    if len(text) <= 40 and _BYLINE.fullmatch(text):
        return "byline of a reporter"
    if match and match["key"] in HEADER_KEYS and "。" not in text[:-1]:
        return f"header {match['key']}"
    return "line that opens with a full date" if _DATED.match(text) and "。" not in text else ""


def describe(
    reading: Reading,
    folded: str,
    head: Sequence[Line],
    body: Sequence[Line],
    tail: Sequence[Line],
    page: Page,
) -> Facts:
    """Everything said of the briefing as a whole."""
    text = reading.text
    title = choose_title(text, [*page.front, *head], reading.fields, body)
    folded_title = plain(title.words) if title.words else None
    head = unwrapped(head)
    front = [*page.front, *head]
    lead = [line.plain for line in head]
    opening = [line.plain for line in body[:8]]
    organ = _organ(lead, opening, folded_title)
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


def _organ(lead: Sequence[str], opening: Sequence[str], title: str | None) -> str | None:
    for text in lead:
        match = _ORGAN_FIELD.match(text)
        if match:
            return match["organ"].strip()
    for text in (*lead, *opening):
        english = _ORGAN_EN.search(text[:400])
        if english:
            return english["organ"]
        if not BRIEFING.search(text[:400]):
            continue
        for match in _ORGAN_SAID.finditer(text[:400]):
            organ = re.sub(r"^(?:.*(?:参加|出席|日|午|晚|由|,))", "", match["organ"])
            if _ORGAN_END.search(organ) and len(organ) >= 2:
                return organ
    match = _TITLE_ORGAN.search(title or "")
    return match["organ"] if match else None


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
