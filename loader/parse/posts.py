"""Posts: the words an office ends with, and how a name, a post and a title of address stand together.

All functions take folded text. `潍坊市卫健委党组成员、副主任寇建辉` is a post and a name, `覃局长` a surname
and a post, `行政长官` a post alone.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from loader.parse.names import is_han_name, name_at
from loader.parse.vocabulary import surnames, words

POSTS = (*(word for word in words("posts", "post") if not word.isascii()), "CEO", "CFO", "COO", "CTO")
"""Words an office ends with."""
_POST = "|".join(sorted(POSTS, key=len, reverse=True))
_POST_RE = re.compile(_POST)
_POST_END = re.compile(rf"(?:{_POST})(?:\([^)]{{1,12}}\))?$")
_ASIDE = re.compile(r"\([^()]{1,16}\)")
_BEFORE_OPEN = re.compile(r"^[^()]*(?:\((?=[^()]*$)|\))")
"""What stands before a post in brackets that begin with it (`答(市水务局副局长胡柏林)`), or behind
brackets that end before it (`纳德拉(Satya Nadella)、执行副总裁`)."""
_LATIN = re.compile(r"[A-Z][A-Za-z'-]+(?: [A-Z][A-Za-z'.-]+){1,2}")
_TAIL = re.compile(r"\s*(?:同志|先生|女士|小姐|大校|上校|少将|教授|博士)$")
_STOP = re.compile(r"[。;:!?\n\t\[\]★]|\d+[.、]|[,，]|-{2}|(?<=[长任记员])、")
_NAMED_BEFORE = re.compile(r"[长任员官监管理事] [\u3400-\u9fff]{2,3}$")
"""A name behind a post and a blank, of whom a list goes on to the next (`学生事务长 赖柏勋、…`)."""
_INTRO = re.compile(
    r".*(?:的有|邀请到?了?|请来?了?|请到了?|分别是|包括|他们是|她们是|出席的?|由|以及|主持|"
    r"有|是|为)(?=[^、,]{4,})"
)


_ASKED = re.compile(r".*(?:有请|邀请到?了?|请来了?|请到了?|请|我是|由)(?=[^、,]{2,})")


_OTHER = re.compile(rf".*(?:{_POST})[\u3400-\u9fff·]{{2,6}}(?:和|与|以及|及)(?=[\u3400-\u9fff]{{2,}})")
"""Somebody else with his post, before an `and`."""


class Named(NamedTuple):
    """A name with the post that stands beside it, as offsets into the text looked at."""

    start: int
    """Where the whole (post and name) begins."""
    end: int
    name: str
    post: str


def is_post(word: str) -> bool:
    """Whether a folded word ends as an office does."""
    return bool(_POST_END.search(word))


def initials(post: str) -> str:
    """The initials of an office in Latin letters (`prime minister`: `PM`); empty for others."""
    said = re.split(r",| of ", post)[0].split()
    return "".join(word[0].upper() for word in said) if post.isascii() and len(said) > 1 else ""


_SPEAKS_FOR = re.compile(r"发言人(?:$|[、,兼])")


def speaks_for(post: str) -> bool:
    """Whether a post is a spokesperson's, alone or among others (`新闻发言人、政策研究室副主任`)."""
    return _SPEAKS_FOR.search(post) is not None


def strip_title(word: str) -> str:
    """A folded word without the title of address at its end (`丁明启同志` → `丁明启`)."""
    bare = _TAIL.sub("", word).strip()
    return bare if len(bare) >= 2 else word.strip()


def named_in(text: str) -> list[Named]:
    """Every post with a name right behind it (one blank between allowed), left to right."""
    found: list[Named] = []
    floor = 0
    for match in _POST_RE.finditer(text):
        at = match.end()
        aside = _ASIDE.match(text, at)
        at = aside.end() if aside else at
        if at < len(text) and text[at] == " ":
            at += len(text[at : at + 4]) - len(text[at : at + 4].lstrip())
        latin = _LATIN.match(text, at) if text[at : at + 1].isascii() else None
        name = latin.group() if latin else name_at(text, at)
        if name is None or at < floor or _joins(text, at):
            continue
        start = _post_start(text, match.end(), floor)
        surname = _surname_before(text, match.start(), name)
        if surname:
            name, start = surname + name, max(start, floor)
        post = _BEFORE_OPEN.sub("", text[start : match.end()]).strip(" ,、")
        found.append(Named(start, at + len(name), name if latin else name.replace(" ", ""), post))
        floor = at + len(name)
    return found


def _joins(text: str, at: int) -> bool:
    """Whether 和 behind a post joins whom the text goes on to name, and is nobody's surname
    (`请卓局长和纪主任回答`)."""
    if text[at : at + 1] not in ("和", "与", "及"):
        return False
    rest = text[at + 1 : at + 9]
    return name_at(rest, 0) is not None or any(address(rest[:size]) for size in range(3, len(rest) + 1))


def _surname_before(text: str, at: int, given: str) -> str:
    """The surname before an office and the given name behind it (`柯县长曼容`), as Taiwan writes them;
    or nothing."""
    surname = text[at - 1 : at] if at else ""
    if len(given) != 2 or surnames().get(surname, 0) < 100 or surnames().get(given[0], 0) >= 100:
        return ""
    return surname if is_han_name(surname + given) else ""


def _post_start(text: str, end: int, floor: int) -> int:
    """Where the post that ends at `end` begins: at most 60 characters back, not past the last name."""
    start = max(floor, end - 60)
    window = text[start:end]
    cut = 0
    for stop in _STOP.finditer(window):
        named = stop.group() == "、" and _NAMED_BEFORE.search(window[: stop.start()])
        if stop.end() < len(window) - 2 and (named or stop.group() != "、"):
            cut = stop.end()
    asked = _ASKED.match(window, cut)
    cut = asked.end() if asked else cut
    intro = _INTRO.match(window, cut)
    if intro:
        cut = intro.end()
    other = _OTHER.match(window, cut)
    cut = other.end() if other else cut
    while cut < len(window) and window[cut] in " ,、、":
        cut += 1
    return start + cut


def address(word: str) -> tuple[str, str] | None:
    """Surname and post of a folded form of address (`覃局长`, `欧阳医生`, `邝女士`), or None."""
    for size in (2, 1):
        surname, post = word[:size], word[size:]
        if (
            len(surname) == size
            and surname in surnames()
            and 1 < len(post) <= 6
            and (post in ADDRESSES or is_post(post))
        ):
            return surname, post
    return None


ADDRESSES = frozenset("先生 女士 小姐 工 总 医生 老师 教授 处 局 书记".split())
"""What follows a surname without being an office of its own."""
