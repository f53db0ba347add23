"""The holder: which organ, company or court gave the briefing.

What comes in are folded lines, the title, the people announced and what the source says of itself. Every
sign that names an organ (a field, `…召开新闻发布会`, the title, the spokesperson's post, the site) counts
for it with its weight; short and long names of one organ are added up; the best sum wins, and nobody where
no sign is worth the claim.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from heapq import nlargest

from loader.parse.folding import plain
from loader.parse.organs import names_organ
from loader.parse.roster import People
from loader.parse.titles import BRIEFING
from loader.parse.tokens import LONGEST, tokenize
from loader.parse.vocabulary import endings

FIELD, HELD, TITLE, SPOKESMAN, RESULTS, MET, HOST, SPEAKS, ALONE, SITE, OFFICIAL, SPEAKS_FIRST = (
    6.0,
    5.0,
    4.0,
    3.0,
    4.0,
    3.0,
    1.5,
    1.4,
    1.3,
    1.2,
    0.8,
    0.4,
)
"""What it is worth that a field of the page names the organ, that it is said to hold the briefing, that the
title opens with it, that its spokesperson or its host speaks, that its results are told, that its head met
the press, that all who speak are its, that it stands alone on a line above what is said, that its site
printed the page, that another official is one of its, that
the first who speaks is."""
_LEAST, _UNANIMOUS = 1.2, 0.8
"""What a claim has to be worth; and where all signs name the same organ."""
_FIELD = re.compile(
    r"^\[?(?:主办|主办单位|发布单位|发布机构|发文机关|会议主办|主办方)\]?\s*[:\s]\s*(?P<organ>\S[^,。;]{2,40})$"
)
_HELD = re.compile(
    r"(?P<organ>[\u3400-\u9fff]{2,24}?)(?:定于|将于|于|今日|今天|昨日|今|\d{1,2}日|[上下]午|在[^,。]{2,20})*"
    r"(?:联合)?(?:召开|举行|举办|主办)"
)
_HELD_EN = re.compile(r"\bThe (?P<organ>[A-Z][^,.]{4,70}?) (?:held|hosted|holds)\b")
_HOSTED = re.compile(
    r"(?:^|[。,\s日])(?P<organ>[\u3400-\u9fff]{2,16}?)(?:新闻)?发言人(?:[\u3400-\u9fff]{2,4})?(?:主持|举行|召开)"
    r"|主持(?P<session>[\u3400-\u9fff]{2,12}?)(?:例行)?(?:记者会|新闻发布会)"
)
"""Whose spokesperson holds it (`外交部发言人秦刚举行例行记者会`, `毛宁主持外交部例行记者会`)."""
_LATIN_ORGAN = re.compile(r"(?:[A-Z][\w&'.-]*)(?: (?:of|the|and|for|OF|THE|AND|FOR|[A-Z][\w&'.-]*)){1,8}")
_LATIN_KIND = re.compile(
    r"\b(?:department|ministry|agency|bureau|commission|authority|council|administration|city of"
    r"|office of)\b",
    re.I,
)
_NEAR = 60
"""Characters behind `举行` within which what was held is named."""
_ANSWERS = re.compile(
    r"(?:^|[。,])(?P<organ>[\u3400-\u9fff]{2,20}?)(?:有关|相关)?(?:部门|司局)?(?:负责人|负责同志|新闻发言人)就[^。]{2,60}"
    r"(?:回答了?记者|答记者问)"
)
"""Whose spokesperson answered the press (`银保监会有关部门负责人就相关问题回答了记者提问`)."""
_LONGEST = 60
"""Characters of a line that is an organ's name and nothing else."""
_MARK = re.compile(r"[。,:;?!>|]")
_NOT_OF_IT = re.compile(r"^(?:.*(?:参加|出席|日|午|晚|由|,|获悉|记者从))")
_OPENS = re.compile(
    r"(?:^|\d日|[\s\])>|])(?P<organ>[\u3400-\u9fff]{2,16}?)"
    r"(?=[\"<\s]|第\d|第[一二三四五六七八九十百]|\d{4}|\d{1,2}月|举行|召开|举办|新闻|发言人|例行|就|于|专题|记者会|媒体|传媒|通报会|说明会|吹风会|沟通会|"
    r"回应|答记者问|[长主]\S{0,4}[\u3400-\u9fff]{2,4}(?:出席|主持|会见|线上|就))"
)
_RESULTS = re.compile(
    r"^(?:[\[(][^\[\]()]{1,12}[\])])?(?P<organ>[\u3400-\u9fffA-Za-z&()]{2,24}?)"
    r"(?=(?:20\d\d|Q[1-4]|第[一二三四]季|[上下]半年|年度|三季|二季|一季|四季)[^,。]{0,24}"
    r"(?:业绩|财报|投资者|法说会|法人说明会|电话会|交流会))"
)
_MET = re.compile(r"^(?P<who>[\u3400-\u9fff]{4,24}?)(?:就|在|出席|视察|视察.{0,12}|接受|会见|谈)")
_SUFFIX = re.compile(r"(?:[_|]|\s-+\s)\s*(?P<site>[^_|]{3,20})$")
_DATE = re.compile(r"^(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?|^\d{4}-\d\d-\d\d\s")
_NO_NAME = re.compile(r"[于在]|^时|随着|根据|按照|主持|[局厅部处]长|主任|书记|\d{4}年")
"""What stands in no organ's name."""
_TOUCHING = re.compile(r"(?<=[部局委厅办])(?=[省市县区国州])|(?<=新闻办)(?=新闻)")
"""Where two organs touch (`市委宣传部市政府新闻办`)."""
_LEGAL_FORM = re.compile(r"(?:股份|有限|责任|集团|总)*公司")
_PRESS_OFFICE = re.compile(r"新闻办(?:公室)?$")
"""What an organ is called that a government has for holding briefings; whoever of it is there hosts."""
RIVALS = 100
"""Organs of which the best is sought: a text that names more holds many sittings, which none held alone."""
_WEBSITE = re.compile(r"(?:官方)?(?:门户|政务)?(?:网站|官网|网)$")


def holder(
    lead: Sequence[str],
    opening: Sequence[str],
    title: str | None,
    people: People,
    posts: Sequence[str],
    fields: Mapping[str, str],
) -> str | None:
    """The organ as one of the signs words it, folded; None where nothing says. `posts`: of who speaks."""
    own: defaultdict[str, float] = defaultdict(float)
    for words, worth in (*_signs(lead, opening, title, people, fields), *_speaking(posts)):
        if _is_organ(organ := _DATE.sub("", words)):
            own[organ] += worth
    rivals = set(nlargest(RIVALS, own, key=own.__getitem__))
    found = [(organ, worth) for organ, worth in own.items() if organ in rivals]
    sums = {
        organ: sum(worth for other, worth in found if organ == other or _same(organ, other))
        for organ, _ in found
    }
    best = max(sums, key=lambda organ: (sums[organ], len(organ)), default=None)
    if best is None:
        return None
    unanimous = all(_same(organ, best) for organ in sums)
    return best if sums[best] >= (_UNANIMOUS if unanimous else _LEAST) else None


def _same(one: str, other: str) -> bool:
    return one in other or other in one or max(names_organ(one, other), names_organ(other, one)) >= 0.8


def _signs(
    lead: Sequence[str], opening: Sequence[str], title: str | None, people: People, fields: Mapping[str, str]
) -> Iterator[tuple[str, float]]:
    """Everything that may name the holder, with what it is worth."""
    for key in ("company", "organization", "organisation", "organizer", "主办单位", "公司"):
        if fields.get(key):
            yield plain(fields[key]), FIELD
    for text in lead:
        if match := _FIELD.match(text):
            yield match["organ"].strip(), FIELD
    for text in (*lead, *opening):
        if "The " in text and (english := _HELD_EN.search(text[:400])):
            yield english["organ"], HELD
        for match in _HELD.finditer(text[:400]) if "办" in text or "行" in text or "召开" in text else ():
            if BRIEFING.search(text[match.end() : match.end() + _NEAR]):
                yield _NOT_OF_IT.sub("", match["organ"]), HELD
        if hosted := _HOSTED.search(text[:200]):
            yield hosted["organ"] or hosted["session"], SPOKESMAN
        if "记者" in text and (answers := _ANSWERS.search(text[:400])):
            yield answers["organ"], SPOKESMAN
    for text in lead:
        if len(text) <= _LONGEST and not _MARK.search(text) and _is_one_organ(text):
            yield text, ALONE
    yield from _in_title(title or "")
    for person in people:
        post = person.post or ""
        worth = SPOKESMAN if post.endswith("发言人") else HOST if person.host else OFFICIAL
        for organ in organs_in(post):
            yield organ, max(worth, HOST) if _PRESS_OFFICE.search(organ) else worth
    raw = plain(fields.get("title") or fields.get("og:title") or "")
    sites = [plain(fields[key]) for key in ("site", "og:site_name", "publisher", "source") if fields.get(key)]
    if suffix := _SUFFIX.search(raw):
        sites.append(suffix["site"].strip())
    yield from ((_WEBSITE.sub("", site), SITE) for site in sites)


def _is_one_organ(text: str) -> bool:
    """Whether a text is the name of an organ and nothing else."""
    latin = _LATIN_ORGAN.fullmatch(text) and _LATIN_KIND.search(text)
    return bool(latin) or organs_in(text) == [text]


def _speaking(posts: Sequence[str]) -> Iterator[tuple[str, float]]:
    """The organ of all who speak, where it is one."""
    organs = {found[0] if (found := organs_in(post)) else "" for post in posts}
    if len(organs) == 1 and (organ := organs.pop()):
        yield organ, SPEAKS
    elif posts and (first := organs_in(posts[0])):
        yield first[0], SPEAKS_FIRST


def _in_title(title: str) -> Iterator[tuple[str, float]]:
    for match in _OPENS.finditer(title):
        yield match["organ"], TITLE
    if results := _RESULTS.match(title):
        yield results["organ"], RESULTS
    if met := _MET.match(title):
        yield from ((organ, MET) for organ in organs_in(met["who"]))


def organs_in(post: str) -> list[str]:
    """The organs that a post names from its beginning on (`市水务局副局长` names `市水务局`)."""
    return list(_organs_in(post[:LONGEST])) if post else []


@lru_cache(maxsize=4096)
def _organs_in(post: str) -> tuple[str, ...]:
    named = [post[one.start : one.end] for one in tokenize(post) if one.kind == "organ"]
    return tuple(organ for words in named for organ in _TOUCHING.split(words))


def _is_organ(words: str) -> bool:
    """Whether words end as the name of an organ does, and are more than the ending."""
    if not 2 <= len(words) <= 70 or words.endswith(("网站", "官网")):
        return False
    if words.isascii():
        return words[:1].isupper()
    size = endings("organs", "end").of(words, len(words))
    return len(words) > size > 0 and not _LEGAL_FORM.fullmatch(words) and not _NO_NAME.search(words)
