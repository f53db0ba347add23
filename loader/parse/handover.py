"""Hand-overs: to whom a turn gives the floor.

What comes in is the folded text of a turn; what comes out are mentions of whoever it calls
(`下面请《晚报》的王明提问`,
`请市水务局的柳局长回答`, `Felix Beckett from The Courier, please`), in the order called.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from loader.parse.mentions import Mention, mention_of

_CALLS = re.compile(
    r"(?<!申)(?:有请|邀请|欢迎|请|由|让|[交递转留再]给|轮到|来自|这边|那边|[后前左右]排|下一位|[这那]一?位|代|替)+(?:一下|[到了]|我们的?|来自|一?位|再|先|下面的?|这位|那位|刚才的?|今天的?)*"
)
_STOP = re.compile(
    r"[,。!?;:…\n]|提问|发问|问(?!题)|回答|解答|作答|答复|答|回应|介绍|发布|通报|作|讲|说|补充|谈|解读|发言(?!人)|要不要|有没有|来(?!自)|为|先|就|从|对|念|读|分别|一起|共同|一个机会|机会"
)
_LIST = re.compile(r"[、和与及]|以及|(?<=长)(?=[\u3400-\u9fff]{2,8}长)")
_ENGLISH = (
    re.compile(r"(?:next (?:one |hand |question )?(?:up )?(?:is |from |goes to )*|from |with |hear from |"
    r"question from |go (?:first |now |next |over |back )?to )"
    r"(?P<who>(?:[A-Z][\w.&'-]*|from|of|the|at)(?: (?:[A-Z][\w.&'-]*|from|of|the|at|with))*)"),
    re.compile(r"(?P<who>[A-Z][\w.'-]*(?: (?:[A-Z][\w.&'-]*|from|of|the|at|with)){0,8}),? (?:please|"
    r"go ahead|over to you)"),
    re.compile(r"(?:ask|invite|turn to|over to|call on|pass to|"
    r"for) (?P<who>(?:[A-Z][\w.'-]*)(?: [A-Z][\w.&'-]*){0,5})"),
)  # fmt: skip
_REACH = 220
"""Characters at a turn's end that are looked at, and at its head."""


def called(text: str, known: frozenset[str] = frozenset()) -> list[Mention]:
    """Whoever a turn gives the floor to, in the order called; only mentions that were understood."""
    tail = text if len(text) <= 2 * _REACH else text[:_REACH] + "\n" + text[-_REACH:]
    found: list[Mention] = []
    for words in _spans(tail):
        for part in [words] if _whole(words, known) else _LIST.split(words):
            mention = mention_of(part.strip(), known) if 1 < len(part.strip()) <= 40 else None
            if mention is None or mention.unread or found[-1:] == [mention]:
                continue
            if mention.name or mention.surname or mention.outlet or mention.post:
                found.append(mention)
    return found


def _whole(words: str, known: frozenset[str]) -> bool:
    """Whether words with a comma or an `and` name one person (`党组书记、副主席金大勇`)."""
    if not _LIST.search(words):
        return True
    mention = mention_of(words, known)
    return not mention.unread and bool(mention.name or mention.surname)


def _spans(text: str) -> Iterator[str]:
    """The words behind a word of calling, up to what the person called is to do."""
    floor = 0
    for match in _CALLS.finditer(text):
        if match.start() < floor:
            continue
        stop = _STOP.search(text, match.end(), match.end() + 44)
        end = stop.start() if stop else min(len(text), match.end() + 44)
        if end - match.end() >= 2:
            floor = end
            yield re.sub(r"(?:的)?(?:朋友|这里|那里)$", "", text[match.end() : end])
    for pattern in _ENGLISH:
        for match in pattern.finditer(text):
            yield match["who"]
