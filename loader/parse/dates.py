"""Dates: when the briefing was held, told apart from when the page was printed, as EDTF (ISO 8601-2).

What comes in are folded lines and what the source says of itself. Every date in the text is a mention; a
mention counts by where it stands (a field 时间, the title, the sentence that says a briefing was held, a
stamp, 截至…). A year that stands only with the page's own date is taken from there when the two are near;
otherwise the one year that the text gives an event right after the briefing counts as inferred; without
one it stays `XXXX`. Nothing is invented: no mention, no date.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from loader.parse.lines import Line
from loader.parse.numerals import number
from loader.parse.titles import BRIEFING


class Day(NamedTuple):
    """A day; `year` is None where the text gives none."""

    year: int | None
    month: int
    day: int


class Mention(NamedTuple):
    """A day as it stands in a folded text at `start`."""

    start: int
    end: int
    day: Day
    clock: bool
    """A time to the second or minute follows directly, as a page's stamp has it."""


_N = r"[〇零○一二三四五六七八九十\d]"
_MONTHS = "January February March April May June July August September October November December".split()
_MONTH = "(?i:" + "|".join([*_MONTHS, *(f"{m[:3]}\\.?" for m in _MONTHS)]) + ")"
_FORMS = re.compile(
    rf"(?:(?P<era>民国\s?)?(?<!\d)(?P<y1>{_N}{{2,4}})\s?年\s?)?(?P<m1>{_N}{{1,3}})\s?月\s?(?P<d1>{_N}{{1,3}})\s?[日号]"
    rf"|(?<!\d)(?P<y2>(?:19|20)\d\d)[-/.](?P<m2>\d{{1,2}})[-/.](?P<d2>\d{{1,2}})(?!\d)"
    rf"|(?<!\d)(?P<y5>1[0-4]\d)[-/.](?P<m5>\d{{1,2}})[-/.](?P<d5>\d{{1,2}})(?!\d)"
    rf"|\b(?P<d3>\d{{1,2}})(?:st|nd|rd|th)? (?P<m3>{_MONTH}),? (?P<y3>(?:19|20)\d\d)"
    rf"|\b(?P<m4>{_MONTH}) (?P<d4>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y4>(?:19|20)\d\d)"
)
_DIGIT = re.compile(r"\d|月")
_CLOCK = re.compile(r"[T\s]{1,3}\d{1,2}:\d{2}")
_TIME = re.compile(r"(?<!\d)(\d{1,2}):(\d{2})(?::(\d{2}))?(?!\d)")
_KEY = r"\[?(?:会议|发布会|举行|召开|录音|活动|采访|开会)?(?:时\s{0,4}间|日\s{0,4}期)\]?"
_OF_IT = re.compile(r"\[?(?:会议|发布会|举行|召开|活动|录音|采访)")
"""A field that says of what it is the day: the briefing's."""
_FIELD = re.compile(rf"{_KEY}\s*[::\s]|(?:Date|DATE)\s*:")
_FIELD_BEFORE = re.compile(rf"\s{_KEY}\s?:\s?$")
"""The same field on a line that was one paragraph after another."""
_PAGE = re.compile(
    r"来源|稿源|作者|编辑|发布(?:时间|日期)|更新|阅读|浏览|评论|责编|记者|整理|Posted|Updated|Published"
)
_HELD = re.compile(
    r"召开|举行|举办|会见|在.{0,12}(?:会见|表示)|主持|发布会|记者会|吹风会|通气会|谈话|\bheld\b|\bhold\b",
    re.I,
)
_ASOF = re.compile(r"截[至止到]\s?(?:今[天日])?\s?\(?$")
_HOUR = re.compile(r"\s?(\d{1,2})\s?[时点]")
_YEAR = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)\s?年(?P<dated>\s?\d{1,2}\s?月)?")
_BACK = re.compile(
    r"以来|同期|相比|去年|前年|当年|曾|[自从比较于在]\s?(?:19|20)\d\d|[办开有发做建]过|建[于成的]|成立|年[底末初]|起施行"
)
"""Words of a sentence that looks back: the year in it may be history."""
_OTHER = re.compile(r"下一?[次场期]|上一?[次场期]|那场|第一场|勘误|将于|原定|预计|下周|去年|前年")


def mentions(text: str) -> Iterator[Mention]:
    """The days a folded text mentions, left to right."""
    if not _DIGIT.search(text):
        return
    for match in _FORMS.finditer(text):
        parts = match.groupdict()
        which = next(n for n in "12345" if parts[f"d{n}"])
        year, month, day = parts[f"y{which}"], parts[f"m{which}"], parts[f"d{which}"]
        month_no = (
            _MONTHS.index(next(m for m in _MONTHS if m.startswith(month[:3].capitalize()))) + 1
            if which in "34"
            else number(month)
        )
        day_no = number(day)
        year_no = _year_of(number(year), bool(parts["era"])) if year else None
        if month_no is None or day_no is None or not _is_day(year_no, month_no, day_no):
            continue
        clock = bool(_CLOCK.match(text[match.end() : match.end() + 10]))
        yield Mention(match.start(), match.end(), Day(year_no, month_no, day_no), clock)


def _year_of(said: int | None, era: bool) -> int | None:
    """The year a number before 年 means: of the Republic of China (113年), a short one (22年), or itself."""
    if said is None:
        return None
    if (era and said < 200) or 100 <= said < 150:
        return said + _REPUBLIC
    if 10 <= said < 50:
        return 2000 + said
    return said if 1900 <= said <= 2100 else None


_REPUBLIC = 1911
"""The year before the first of the Republic of China, whose years Taiwan counts."""
_LEAP = 2000
"""A year that has a 29 February, for days without one."""


def _is_day(year: int | None, month: int, day: int) -> bool:
    """Whether the calendar has such a day: 4月31日 is none."""
    return 1 <= month <= 12 and 1 <= day <= monthrange(year or _LEAP, month)[1]


@dataclass(frozen=True, slots=True)
class _Claim:
    day: Day
    weight: int
    inferred: bool = False


def held_on(
    title: str | None,
    head: Sequence[Line],
    body: Sequence[Line],
    tail: Sequence[Line],
    stamps: Sequence[str],
    fields: Mapping[str, str],
) -> str | None:
    """The day the briefing was held, as EDTF, or None.

    `head` are the lines before the first voice, `body` the lines of the voices, `tail` the page's end,
    `stamps` the folded time stamps found between turns, `fields` what the source says of itself.
    """
    pages = _page_days(head, tail, stamps, fields)
    claims = [*_title_claims(title), *_head_claims(head), *_stamp_claims(stamps)]
    claims += _body_claims(body[:40])
    claims += _tail_claims(tail)
    if not claims:
        return _page_alone(pages, head) or _record_day(fields)
    best = max(claims, key=lambda c: c.weight)
    full = [c.day.year for c in claims if c.day.year and c.day[1:] == best.day[1:]]
    year = best.day.year or (full[0] if full else _year_from(best.day, pages))
    said = year_said(best.day, (line.plain for line in body)) if year is None else None
    inferred = best.inferred or said is not None
    return edtf(Day(year or said, best.day.month, best.day.day), inferred=inferred)


def runs_backwards(stamps: Sequence[str]) -> bool:
    """Whether the clocks of a live page run from late to early (four steps in five, three at least)."""
    times = [int(m[1]) * 3600 + int(m[2]) * 60 + int(m[3] or 0) for s in stamps if (m := _TIME.search(s))]
    steps = [b - a for a, b in pairwise(times) if a != b]
    return len(steps) >= 3 and sum(step < 0 for step in steps) * 5 >= len(steps) * 4


def edtf(day: Day, *, inferred: bool = False) -> str:
    """A day as EDTF: `2022-03-25`, `XXXX-03-28` without a year, `~` behind it where inferred."""
    year = f"{day.year:04}" if day.year else "XXXX"
    return f"{year}-{day.month:02}-{day.day:02}" + ("~" if inferred else "")


def _title_claims(title: str | None) -> list[_Claim]:
    return [_Claim(m.day, 90 if m.day.year else 60) for m in mentions(title or "")]


def _head_claims(head: Sequence[Line]) -> Iterator[_Claim]:
    for n, line in enumerate(head):
        text = line.plain[:1500]
        if line.front_matter:
            continue
        for mention in mentions(text):
            sentence = _sentence(text, mention.start)
            page = (mention.clock and bool(_PAGE.search(text))) or bool(
                re.search(r"发布$|^发布", text[mention.end : mention.end + 4])
            )
            if _FIELD.match(text) and mention.start < 12 and not page and not _seconds(text, mention.end):
                yield _Claim(mention.day, 100 + bool(_OF_IT.match(text)))
            elif page:
                continue
            elif _FIELD_BEFORE.search(text[: mention.start]) and not (
                _PAGE.search(text[max(0, mention.start - 40) : mention.start]) or _seconds(text, mention.end)
            ):
                yield _Claim(mention.day, 95)
            elif BRIEFING.search(sentence) and _HELD.search(sentence) and not _OTHER.search(sentence):
                yield _Claim(mention.day, 80 - min(n, 20) - (0 if mention.start < 60 else 10))
            elif _HELD_AT.search(text[max(0, mention.start - 12) : mention.end + 16]):
                yield _Claim(mention.day, 78)
            elif len(line) <= 30 and not mention.clock and not _PAGE.search(text):
                yield _Claim(mention.day, 50)
            elif _DATELINE.match(text) and not _PAGE.search(text):
                yield _Claim(mention.day, 48)
            elif mention.start < 20 and len(line) > 40 and _DAYTIME.match(text[mention.end :]):
                yield _Claim(mention.day, 38)


_HELD_AT = re.compile(r"\bon (?:[A-Z][a-z]+day,? )?.{6,24} at \d{1,2}(?:[:.]\d\d)? ?[ap]\.?m")
_DATELINE = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? .{6,60}$")
"""A line that is a day of the week, a date and a time."""
_DAYTIME = re.compile(r"(?:[(][^()]{1,3}[)])?(?:[上下]午|中午|晚|夜|凌晨|清晨|\s?,)")
"""What follows the day that a report's first sentence opens with."""


def _seconds(text: str, end: int) -> bool:
    return bool(re.match(r"[T\s]{1,3}\d{1,2}:\d{2}:\d{2}", text[end : end + 12]))


def _stamp_claims(stamps: Sequence[str]) -> list[_Claim]:
    days = Counter(m.day for stamp in stamps for m in mentions(stamp))
    if not days:
        return []
    day, times = days.most_common(1)[0]
    return [_Claim(day, 45 if times >= 2 else 15)]


def _body_claims(body: Sequence[Line]) -> Iterator[_Claim]:
    for n, line in enumerate(body):
        text = line.plain[:1500]
        for mention in mentions(text):
            before, after = (
                text[max(0, mention.start - 8) : mention.start],
                text[mention.end : mention.end + 8],
            )
            if re.search(r"今[天日]\s?[,(是]?\s?$", before):
                yield _Claim(mention.day, 44)
            elif n < 12 and re.search(r"昨[天日]\s?[,(]?\s?$", before):
                yield _Claim(_next(mention.day), 43, inferred=True)
            elif _ASOF.search(before):
                hour = _HOUR.match(after)
                late = bool(hour and int(hour[1]) >= 24)
                yield _Claim(_next(mention.day) if late else mention.day, 35 - min(n, 20), inferred=True)
            elif n < 12 and re.match(r"\s?0?\s?时?\s?-\s?(?:24|二十四)\s?时", after):
                yield _Claim(_next(mention.day), 30 - min(n, 20), inferred=True)


def _tail_claims(tail: Sequence[Line]) -> list[_Claim]:
    days = [
        m.day
        for line in tail
        if len(line) <= 40 and not _PAGE.search(line.plain)
        for m in mentions(line.plain)
    ]
    return [_Claim(days[0], 10)] if days else []


def _page_days(
    head: Sequence[Line], tail: Sequence[Line], stamps: Sequence[str], fields: Mapping[str, str]
) -> list[Day]:
    """Full dates that the page carries for itself."""
    texts = [v for k, v in fields.items() if re.search(r"date|time|year|publish", k, re.I)]
    texts += [line.plain for line in (*head, *tail) if len(line) <= 200 or line.front_matter]
    texts += stamps
    return [m.day for text in texts for m in mentions(text[:400]) if m.day.year]


def _year_from(day: Day, pages: Sequence[Day]) -> int | None:
    """The year of a page printed on the day or at most 45 days after it."""
    for page in pages:
        assert page.year is not None
        try:
            printed = date(page.year, page.month, page.day)
            for year in (page.year, page.year - 1):
                if -1 <= (printed - date(year, day.month, day.day)).days <= 45:
                    return year
        except ValueError:
            continue
    return None


def year_said(day: Day, texts: Iterable[str]) -> int | None:
    """The year of a day that what is said gives for an event of the 60 days after it, or None.

    `原本9月17日要考的2022年法律职业资格考试` said on a 12 September: no other year may stand anywhere in the
    texts, and the sentence may not look back (`自2003年以来`, `比2021年同期`, `2021年9月1日起`).
    """
    years: set[str] = set()
    found: set[str] = set()
    for text in texts:
        own = {m["year"] for m in _YEAR.finditer(text)}
        years |= own
        if len(years) > 1:
            return None
        for match in _YEAR.finditer(text):
            sentence = _sentence(text, match.start())
            if _BACK.search(sentence) or match["dated"]:
                continue
            if any(m.day.year is None and 0 < _days(day, m.day) <= 60 for m in mentions(sentence)):
                found.add(match["year"])
    return int(found.pop()) if found else None


def _days(start: Day, end: Day) -> int:
    """How many days a day without a year lies behind another, 0 to 365."""
    base = date(2000, start.month, min(start.day, 28))
    after = date(2000, end.month, min(end.day, 28))
    return (after - base).days % 366


_RECORD = re.compile(
    r"(?:(?:release[-_]?)?date|pub_?(?:lish(?:ed)?)?_?(?:date|time|at|on)?|posted(?:_?at)?|发布时间|发布日期|日期)$",
    re.I,
)
"""The fields by which a record says its own day; when it was fetched or changed is another."""


_DAY_FIRST = re.compile(r"^(1[3-9]|2\d|3[01])/(\d{1,2})/((?:19|20)\d\d)")
"""A day that can be read in one way only, though its parts stand in no order that all keep."""


def _record_day(fields: Mapping[str, str]) -> str | None:
    """The day a record says of itself, where nothing else says one."""
    for key, value in fields.items():
        if _RECORD.match(key):
            for mention in mentions(_DAY_FIRST.sub(r"\3-\2-\1", value[:80])):
                if mention.day.year:
                    return edtf(mention.day, inferred=True)
    return None


def _page_alone(pages: Sequence[Day], head: Sequence[Line]) -> str | None:
    """The page's date where the text says that it is of the same day (今日…召开), or is a live transcript."""
    today = any(
        re.search(r"今[天日晚早]|昨[天日]?凌晨", line.plain[:300]) and BRIEFING.search(line.plain[:600])
        for line in head
    )
    if not pages:
        return None
    stamped = [
        m.day for line in head if not line.front_matter for m in mentions(line.plain[:200]) if m.day.year
    ]
    live = any(re.search(r"实录|直播", line.plain[:100]) for line in head)
    if today:
        return edtf(pages[0])
    return edtf(stamped[0], inferred=True) if live and stamped else None


def _sentence(text: str, at: int) -> str:
    start = max(text.rfind(mark, 0, at) for mark in "。!?;") + 1
    ends = [e for mark in "。!?;" if (e := text.find(mark, at)) >= 0]
    return text[start : min(ends, default=len(text)) + 1][:300]


def _next(day: Day) -> Day:
    after = date(day.year or _LEAP, day.month, day.day) + timedelta(days=1)
    return Day(day.year, after.month, after.day)
