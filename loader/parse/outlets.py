"""Outlets: how the name of a newsroom looks.

All functions take folded text.
"""

from __future__ import annotations

import re

from loader.parse.vocabulary import endings, words

_QUOTED = re.compile(r"<[^<>]{2,20}>")
_SHAPE = re.compile(r"[\u3400-\u9fffA-Za-z0-9·& ]{2,14}")
_SPEECH = re.compile(
    r"[未我你您他她它们这那哪么是有没不了着过的吗呢吧啊请就对说答谁什怎被把让给和与某译]|在(?!线)|问(?!答)"
    r"|外界|朋友|走进|可能|网上|现场|全文|一位|关于|刚才|首先|其次|第[一二三四五六七八九十]|最后|另外|同时|此外|现在|目前"
    r"|今[年天日]|去年|昨[天日]|方面|情况|一下|^一[个名位]"
)
"""What stands in sentences and in no name of a newsroom."""


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


def may_be_outlet(words: str) -> bool:
    """Whether folded words of no known kind may name a newsroom, as far as their shape tells."""
    return _SHAPE.fullmatch(words) is not None and not _SPEECH.search(words)
