"""Askers: for whom who asks works, and his name, from everything that says so.

A label may name them; so may the question's first words (`您好，我是晚报记者王明`), brackets at its end,
or the
host who gave the floor. All texts are folded.
"""

from __future__ import annotations

import re

from loader.parse.asking import asks
from loader.parse.fields import is_stage_direction
from loader.parse.handover import called
from loader.parse.introductions import reporter_in
from loader.parse.mentions import Mention, mention_of

_TAIL = re.compile(r"[(\[](?P<words>[^()\[\]]{2,30})[)\]]\s*[。.]?\s*(?:\d{1,2}:\d{2}(?::\d{2})?)?\s*$")
_NEWSROOM = re.compile(
    r"(?:(?![未我你他她它这那么是有请没不了着过在的吗呢吧])[\u3400-\u9fffA-Za-z0-9·& ]){2,14}"
)
"""What may be an outlet of no known kind in brackets behind a question mark."""
_INVITED = re.compile(
    r"(?:^|[.!?:] )(?P<outlet>(?:The )?[A-Z][\w'-]*(?: (?:&|and|of|[A-Z][\w'-]*)){1,4}),? (?:please|go ahead)"
)
"""Whom a host invites by a name of no known kind (`Signal & Field, please.`)."""
_ADDRESSED = re.compile(r"各位|大家|朋友们")


def said_behind(text: str) -> Mention | None:
    """Whom brackets at the end of a question name, or None."""
    tail = text[-60:].replace("\n", "")
    match = _TAIL.search(tail)
    if not match:
        return None
    words = match["words"].strip(" -")
    named = bool(_NEWSROOM.fullmatch(words)) and not is_stage_direction(words)
    return reporter_in(words) or (Mention("asker", outlet=words, odd=True) if named and asks(text) else None)


def given_floor(text: str) -> Mention | None:
    """The reporter to whom a turn gives the floor last, or None."""
    for mention in reversed(called(text)):
        if mention.outlet and mention.part == "asker":
            return mention
    invited = _INVITED.search(text[-120:])
    if invited and not mention_of(invited["outlet"]).name:
        return Mention("asker", outlet=invited["outlet"], odd=True)
    if len(text) <= 160:
        for clause in reversed(re.split(r"[,。!?;:\n]|\. ", text.strip(" 。"))[-2:]):
            if _ADDRESSED.search(clause):
                continue
            mention = mention_of(clause.strip())
            if (
                mention.outlet
                and mention.part == "asker"
                and not (mention.unread or mention.post or mention.vague or mention.stage.endswith("问题"))
            ):
                return mention
    return None


def like(one: str, other: str) -> bool:
    """Whether two names of outlets can be one: the characters of the shorter stand in the longer in order."""
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return all(char in rest for char in short)
