"""Organs: whether a short name (`市住建局`, `卫健委`) can mean a long one (`市住房和城乡建设局`).

A short form leaves characters of the whole out, keeps their order and mostly the last one; the few that are
made otherwise stand in the table `organs`. All texts are folded.
"""

from __future__ import annotations

import re
from functools import lru_cache

from loader.parse.vocabulary import endings, short_organs

_PLACE = re.compile(r"^[\u3400-\u9fff]{0,6}?[省市区县州旗]")
_LAST = {"委员会": "委", "办公室": "办", "指挥部": "部"}


def names_organ(short: str, post: str) -> float:
    """How well a short name fits the organ in a post, from 0 (not at all) to 1 (it stands there)."""
    post = post[post.rfind(")") + 1 :] or post
    if short in post:
        return 1.0
    for brief, whole in short_organs().items():
        if brief in short and whole in post:
            rest = short.replace(brief, "")
            return 0.9 if not rest or _within(rest, post) else 0.0
        if whole in short and brief in post:
            return 0.9
    core = _PLACE.sub("", short) or short
    organ = _organ_of(post)
    if len(core) >= 2 and organ and _ends_alike(core, organ) and _within(core, organ):
        return 0.8
    organ = organ.rpartition("、")[2]
    if 2 <= len(core) <= 3 and organ and _PLACE.sub("", organ)[:1] == core[0] and _within(core, organ):
        return 0.5  # 司警 of 司法警察局
    return 0.0


@lru_cache(maxsize=16384)
def _organ_of(post: str) -> str:
    """The organ that a post begins with: up to the last ending of an organ's name in it."""
    ends = endings("organs", "end")
    for stop in range(len(post), 1, -1):
        if ends.of(post, stop):
            return post[:stop]
    return ""


def _ends_alike(short: str, organ: str) -> bool:
    last = next((brief for whole, brief in _LAST.items() if organ.endswith(whole)), organ[-1])
    return short[-1] in (last, organ[-1]) or short[-1] == organ[-1]


def _within(short: str, whole: str) -> bool:
    """Whether the characters of `short` stand in `whole` in order, the first of them at a word's likely
    start."""
    at = 0
    for char in short:
        at = whole.find(char, at) + 1
        if at == 0:
            return False
    return True
