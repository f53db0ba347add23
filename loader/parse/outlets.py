"""Outlets: how the name of a newsroom looks, and which a host calls up.

All functions take folded text.
"""

from __future__ import annotations

import re

from loader.parse.vocabulary import endings, words

_QUOTED = re.compile(r"<[^<>]{2,20}>")
_GIVEN = (
    re.compile(r"(?:[请由让]|给|有请|欢迎|点|到)(?P<outlet><[^<>]{2,20}>)"),
    re.compile(
        r"(?:请|有请|由|给|让)(?:来自)?(?P<outlet>[^,。?!;:\s请]{2,20}?)的?(?:记者(?:朋友)?)?(?:先?提问|发问|先来)"
    ),
    re.compile(r"(?:代|替)(?P<outlet>[^,。?!;:\s]{2,24}?网友)"),
)
_VAGUE = re.compile(r"[各哪那这位几先左右后前边排男女穿的]{2,}|记者|朋友|大家|媒体$|继续|^提|[一两]个")


def is_outlet(word: str) -> bool:
    """Whether a whole folded word is shaped like the name of a newsroom."""
    bare = word.strip('"<>[]() ')
    if not 1 < len(bare) <= 30:
        return False
    if bare in words("outlets", "whole") or _QUOTED.search(word):
        return True
    if bare.isascii():
        return bare.casefold().rpartition(" ")[2] in words("outlets", "end")
    return endings("outlets", "end").of(bare.casefold(), len(bare)) > 0


def said_by_host(text: str) -> str | None:
    """The outlet a host calls up in the last 120 characters of his turn (`下面请《银龄时报》提问`)."""
    tail = text[-120:]
    for pattern in _GIVEN:
        for match in reversed(list(pattern.finditer(tail))):
            word = match["outlet"]
            if not _VAGUE.search(word.strip("<>")) or "网友" in word:
                return word.strip("<>")
    return None
