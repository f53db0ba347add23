"""Personal names: what may be one, and where one ends in running Chinese text without blanks.

All functions take folded text (`folding.plain`). A name is a surname out of the table and one or two
characters, a transliteration with `·`, or capitalised Latin words. That a word may be a name is weak
evidence: callers weigh it with posts, announcements and repetition.
"""

from __future__ import annotations

import re
from functools import lru_cache

from loader.parse.vocabulary import not_names, stage_words, surnames, words

_PARTICLES = frozenset("在就对说的是了与及被把也都等称问答员社报网台刊局厅署副")
"""Characters that end no name: words of grammar, and what newsrooms and organs end with."""
_NO_GIVEN = frozenset(
    "分别 一起 共同 同时 先后 逐一 同志 先生 女士 小姐 主任 局长 部长 主席 书记 老师 医生 教授 记者 "
    "致词 致辞 致意 讲话 讲解 发言 主持".split()
)
_NUMERALS = frozenset("一二三四五六七八九十百千")
_LINKS = frozenset("和与及由")
"""Surnames that far more often are words of grammar."""
_NOT_GIVEN = frozenset("要不来去会没吗呢吧么这那你我他她您还再请位个项条得")
"""Characters that stand in no given name."""

_HAN = "\u3400-\u9fff\U00020000-\U000323af"
_HAN_NAME = re.compile(rf"[{_HAN}]{{2,4}}")
_DOTTED = re.compile(rf"[{_HAN}]{{1,7}}(?:·[{_HAN}]{{1,8}}){{1,2}}")
_PADDED = re.compile(r"[\u3400-\u9fff]{1,2} {1,3}[\u3400-\u9fff](?![\u3400-\u9fff])")
"""A name of two characters, padded to the width of three."""
_LATIN = re.compile(r"[A-Z][A-Za-z'.-]*(?: [A-Z][A-Za-z'.-]*){1,3}")
_STRONG_AFTER = re.compile(
    r"$|[^\u3400-\u9fffA-Za-z0-9·]|同志|先生|女士|小姐|大校|上校|少将|出席|联同|会同|偕同|介绍|通报|主持|回答|答复|答记者|表示|到会|会[前后]|参加|"
    r"分别|会见|率队|致辞|发布|解读|讲话|宣布|围绕|补充|回应|指出|提问|作了|做了|今日|今天|昨日|昨天|出任|担任|"
    r"率先|向大家|为大家|以及|强调|透露|说明|应邀|接受|一行|发言|将向|将就|将为|就我|就近|就有关|就相关|坦言|陪同|"
    r"主讲|讲解|医生|教授|博士|工程师|局长|主任|处长|负责|代表|率领|共同|于\d|\d|在.{0,12}(?:会|上|接受|举行|会见)"
)
_WEAK_AFTER = re.compile(r"[答问说称就在向为将作做和及与等应于先也还的率对从已摄讲]")


_BANDS = ((1000.0, 1.0), (100.0, 1.1), (10.0, 1.3), (1.0, 1.7), (0.1, 2.1), (0.0, 2.1))
"""From so many bearers in a million on, what a name costs that begins with the surname."""
_LIKELY = 2.05
"""What a word may cost at the most that is taken for a name by its shape alone."""


@lru_cache(maxsize=16384)
def name_cost(word: str) -> float | None:
    """What a folded Chinese word costs as a personal name (less is likelier), or None where it cannot be
    one."""
    if not word.isalpha() or "记者" in word or word[-1:] == "媒" or word[:1] in "长员副":
        return None
    if word in stage_words() or word in not_names() or word[:1] == word[1:2]:  # 谢谢
        return None
    if len(word) > 2 and _NUMERALS.issuperset(word[:2]):  # 六十米
        return None
    table = surnames()
    for size in (2, 1):
        bearers = table.get(word[:size])
        given = len(word) - size
        if word[size:] in _NO_GIVEN or (word[-1] == "长" and word[size:] in words("posts", "post")):
            continue
        if (
            bearers is None
            or not 1 <= given <= 2
            or word[-1] in _PARTICLES
            or not _NOT_GIVEN.isdisjoint(word)
        ):
            continue
        cost = 1.0 if size == 2 else next(cost for least, cost in _BANDS if bearers >= least)
        common = word[:2] in not_names()
        return (
            cost + 0.15 * (given == 1) + 2.0 * common + 1.0 * (word[0] in _LINKS) + 0.6 * (word[-1] == "先")
        )
    if (
        len(word) == 4
        and word[-1] not in _PARTICLES
        and _NOT_GIVEN.isdisjoint(word)
        and min(table.get(word[0], 0), table.get(word[1], 0)) >= 100
    ):
        return 1.9  # a married woman's two surnames
    return None


def is_han_name(word: str) -> bool:
    """Whether a whole folded word may be a Chinese personal name (2 to 4 characters)."""
    if _DOTTED.fullmatch(word):
        return True
    if not _HAN_NAME.fullmatch(word):
        return False
    cost = name_cost(word)
    return cost is not None and cost < _LIKELY


def is_latin_name(word: str) -> bool:
    """Whether a whole word is two to four capitalised Latin words (`Wang Wenbin`, `ZHUANG Haiping`)."""
    return bool(_LATIN.fullmatch(word)) and not word.startswith(("The ", "A "))


def surname_of(name: str) -> str:
    """The surname of a folded Chinese name: two characters where the table of compounds has them."""
    return name[:2] if name[:2] in surnames() and len(name) > 2 else name[:1]


def name_at(text: str, at: int) -> str | None:
    """The Chinese name that begins at `at`, as it stands, cut where a boundary or a verb of speaking follows.

    `陈军回答：` gives `陈军`, `王劲松通报` gives `王劲松`; None where no length fits. Looks at no more
    than 30 characters.
    """
    padded = _PADDED.match(text, at, at + 8)
    if padded and is_han_name(padded.group().replace(" ", "")):
        return padded.group()
    dotted = _DOTTED.match(text, at, at + 24)
    if dotted:
        return _dotted(text, dotted)
    best: tuple[int, bool, int] | None = None
    for size in (2, 3, 4):
        word = text[at : at + size]
        if len(word) < size or not is_han_name(word):
            continue
        after = text[at + size : at + size + 24]
        strength = 2 if _STRONG_AFTER.match(after) else 1 if _WEAK_AFTER.match(after) else 0
        usual = size < 4 or word[:2] in surnames()
        if strength and (best is None or (strength, usual, size) > best):
            best = (strength, usual, size)
    return text[at : at + best[2]] if best else None


def _dotted(text: str, match: re.Match[str]) -> str:
    """A name with dots in running text, cut where a boundary or a verb of speaking follows."""
    last = match.group().rfind("·") + match.start() + 1
    for stop in range(last + 1, match.end() + 1):
        if _STRONG_AFTER.match(text, stop) or (stop - last > 1 and _WEAK_AFTER.match(text, stop)):
            return text[match.start() : stop]
    return match.group()
