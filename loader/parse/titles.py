"""Titles: what the briefing is called, which in its row it is, and of what series.

What comes in are folded lines before the first voice and what the source says of itself; offsets and
printed forms stay with the caller.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from loader.model import Span
from loader.parse.lines import Line
from loader.parse.numerals import ENGLISH, number

BRIEFING = re.compile(
    r"发布会|记者会|吹风会|通气会|见面会|招待会|说明会|媒体会|新闻会|记招|会见(?:传媒|媒体|记者)|答(?:[^,。问]{2,10})?记者问|答问|"
    r"press (?:conference|briefing|gaggle)|media (?:briefing|session|availability)|briefing"
    r"|transcript of remarks",
    re.I,
)
"""Words that name a press briefing, in folded text."""

NOTICE = re.compile(
    r"关于.{2,60}的(?:通知|公告|函|意见|方案|请示|批复|通告|决定|预告|预公告)$|.{4,40}(?:会议通知|邀请函|议程|一封信|公开信|倡议书)$"
    r"|\[(?:采访|会议|活动|媒体|新闻发布会)?(?:通知|邀请|预告)\]"
)
_MEETING = re.compile(r"发布会|记者会|吹风会|通气会|招待会|press conference|briefing", re.I)
_SITE = re.compile(r"\s*(?:[_|]|\s[-]+\s|-{2,})\s*[^_|\-]{2,20}$")
_N = r"[〇零一二三四五六七八九十百\d]{1,5}"
_ORDINAL = re.compile(
    rf"第\s?(?P<n>{_N})\s?(?:[场次]|期(?=(?:例行|专题)?(?:新闻)?发布会))(?!会议|院会|全会|常委|常务|会商|核酸|全员|大会|党代|人代|发生|检测|刷|上车|调度|区域)"
)
_ORDINAL_EN = re.compile(r"\b(?P<n>" + "|".join(ENGLISH) + r"|\d{1,3}(?:st|nd|rd|th))\b", re.I)
_CONTEST = re.compile(r"(?:决赛|联赛|季后赛|比赛|世界杯|总决选)\s?$")
"""Of what a number that follows counts the matches."""
_OF_A_SERIES = re.compile(rf"[(\[]?(?:[^。,;:]{{0,16}}\d{{4}}年(?:度)?)?第\s?(?P<n>{_N})\s?[场次期][)\]]?")
"""A line that says of which series and year a briefing is (`(“洪城发布”2024年第二场)`), or only counts it."""
_OTHER = re.compile(r"上一[期场次]|下一[期场次]|将(?:于|召开)|什么时候|那[场次]|上[场次]")


class Title(NamedTuple):
    """The title as printed, where it stands (None: outside the text), and the rule that chose it."""

    words: str | None = None
    span: Span | None = None
    why: str = ""


def choose_title(
    text: str, head: Sequence[Line], fields: Mapping[str, str], others: Sequence[Line] = ()
) -> Title:
    """The title out of the text, else out of the fields, else none.

    `head` are the lines before the first voice without furniture; `others` those of the first voices, for
    texts whose title is only said.
    """
    lines = [line for line in head if not line.front_matter and not line.furniture and not line.row]
    said = _SITE.sub("", (fields.get("title") or fields.get("og:title") or "").strip()) or _front_title(head)
    found = _named_line(lines)
    if not found and said:
        return Title(said, None, "what the source says of itself")
    found = found or _first_line(lines) or _said_in((*lines[:12], *others[:3]))
    if not found:
        return Title()
    span, why = found
    return Title(" ".join(text[span.start : span.end].split()), span, why)


def _named_line(lines: Sequence[Line]) -> tuple[Span, str] | None:
    """The line that the markup or its own words make the title."""
    for line in lines:
        if line.heading and len(line) <= 120 and (line.heading == 1 or BRIEFING.search(line.plain)):
            return Span(line.start, line.end), "a heading by the markup"
    best: tuple[float, int] | None = None
    for i, line in enumerate(lines[:30]):
        if NOTICE.match(line.plain):
            return Span(line.start, line.end), "named as a notice is"
        if not 5 <= len(line) <= 90 or line.item or not BRIEFING.search(line.plain):
            continue
        if i and _INTRODUCES.match(line.plain):
            continue
        if re.search(r"[。;]|(?<!直播)(?<!实录)(?<!速记):\S", line.plain):
            continue
        worth = -_doubt(line.plain) - 0.01 * i
        if best is None or worth > best[0]:
            best = worth, i
    if best is None:
        return None
    i = best[1]
    line, before = lines[i], lines[i - 1] if i else None
    broken = (
        before is not None
        and 10 <= len(before) <= 40
        and len(line) <= 12
        and not re.search(r"[。:>|]", before.plain)
    )
    start = before.start if broken and before else line.start
    return Span(start, line.end), "the first line that names a briefing"


_INTRODUCES = re.compile(r"(?:以下|下面)[是为系]|The following (?:is|are)\b|Following (?:is|are)\b")
"""How a line begins that says what follows; the title stands above it."""
_NAVIGATION = re.compile(
    r"[>›»]|->|\s[/·|]\s|\|.*\||跳[到至]|Skip to|网站导览|首页|讨论区"
    r"|客户端|订阅|赞好|留言|分享|收听|打印|字号|朗读|官网$|登录|注册|English|版权|无障碍|上一[版页篇]|下一[版页篇]"
)
_LEAD = re.compile(r"(?:\d日|[上下]午|今天|今日|昨天|昨日|定于|将于).*(?:举行|召开|举办|会见|在)")


def _doubt(text: str) -> float:
    """How little a folded line looks like a title: a trail of links does, and the lead's sentence."""
    links = 2.0 * bool(_NAVIGATION.search(text))
    menu = 2.0 * (text.count(" ") >= 3 and max(map(len, text.split())) <= 5)
    lead = 1.0 * (len(text) > 24 and bool(_LEAD.search(text)))
    ruled = 2.0 * bool(re.match(r"[-=*_~#·]{3,}", text))
    return ruled + links + menu + lead + 0.5 * text.endswith((",", ":", "、"))


def _first_line(lines: Sequence[Line]) -> tuple[Span, str] | None:
    """A short line near the top that is no sentence, no field and no trail of links."""
    for line in lines[:8]:
        if (
            4 <= len(line) <= 60
            and not re.search(r"[。;]|\d{4}-\d|^\d", line.plain)
            and (":" not in line.plain[:-1] or _HEADLINE.fullmatch(line.plain))
            and not line.plain.endswith(":")
            and not _ENGLISH_DATE.match(line.plain)
            and not re.search(r"[,]$", line.plain)
            and _doubt(line.plain) < 2
        ):
            return Span(line.start, line.end), "the first short line that is no sentence"
    return None


_HEADLINE = re.compile(r"[\u3400-\u9fff]{2,10}:[^:。?!]{6,40}")
"""A headline that says whose words follow (`教育部：对违规…`)."""
_ENGLISH_DATE = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December)\b)[ \d,.]"
)


def _said_in(lines: Sequence[Line]) -> tuple[Span, str] | None:
    """The sentence that says the briefing was held."""
    for line in lines:
        welcome = _WELCOME.search(line.plain[:400])
        if welcome and not _THIS.match(welcome["title"]):
            start, end = welcome.span("title")
            return Span(line.start + start, line.start + end), "what the host welcomes to"
        match = BRIEFING.search(line.plain[:200])
        if match and re.search(r"召开|举行|举办", line.plain[: match.end()]):
            stop = line.plain.find("。", match.end())
            end = stop if 0 <= stop <= 120 else match.end()
            return Span(line.start, line.start + min(end, 120)), "the sentence that says it was held"
    return None


_WELCOME = re.compile(
    r"欢迎(?:各位|大家|你们)?[^。!?,]{0,8}?(?:出席|参加|来到|收看)(?P<title>[^。!?,;:]{6,60}?(?:发布会|通气会|吹风会|记者会|说明会|见面会))"
)
_THIS = re.compile(r"今[天日]|本[场次]|这[场次]|我们|我[市省区县]|[上下]午")
"""What says of which briefing one speaks instead of its title."""


def _front_title(head: Sequence[Line]) -> str:
    """A title among front matter that no reader made a field of (the row of a database dump)."""
    for line in head:
        if (
            line.front_matter
            and len(line) <= 90
            and BRIEFING.search(line.plain)
            and not re.match(r"\w+:", line.plain)
        ):
            return line.plain
    return ""


def ordinal_of(title: str | None, head: Sequence[Line], opening: Sequence[Line]) -> int | None:
    """Which briefing of its row this is: the title says it, or the lead, or the host's first words.

    All folded. Another meeting's number (`第3630次会议后记者会`) and the neighbours' (`下一期第二十七次`) do
    not count.
    """
    if title:
        found = [m["n"] for m in _ORDINAL.finditer(title) if not _CONTEST.search(title[: m.start()])]
        counted = any(_OF_A_SERIES.fullmatch(line.plain) for line in head[:30])
        if found and not (counted and len(set(found)) > 1):
            return number(found[-1])
        match = _ORDINAL_EN.search(title)
        if match and BRIEFING.search(title[match.end() : match.end() + 60]):
            return _english(match["n"])
    for line in head[:30]:
        match = _OF_A_SERIES.fullmatch(line.plain)
        if match:
            return number(match["n"])
    for line in (*head[:30], *opening[:12]):
        for sentence in re.split(r"[。!?;]", line.plain[:1200]):
            for match in _ORDINAL.finditer(sentence):
                around = sentence[match.end() : match.end() + 40]
                around += sentence[max(0, match.start() - 5) : match.start()]  # 发布会(第三场)
                if _MEETING.search(around) and not _OTHER.search(sentence):
                    return number(match["n"])
    return None


def _english(word: str) -> int | None:
    return ENGLISH.get(word.lower()) or number(re.sub(r"\D", "", word))


_EMPTIED = re.compile(r"[(（]\s*(?:\d{4}年)?\s*[)）]|\s{2,}|(?:文字)?实录(?:全文)?$|录音整理稿$|全文$")
"""What a title is left with when its ordinal is taken out, and what is said of its print."""


def series_of(title: str | None) -> str | None:
    """The title without what makes it one of its row, where it has an ordinal or says 系列."""
    if not title:
        return None
    short = _ORDINAL.sub("", title)
    if short == title and "系列" not in title:
        return None
    return _EMPTIED.sub("", short).strip(" 《》<>") or None
