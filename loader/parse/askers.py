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
from loader.parse.outlets import may_be_outlet

_TAIL = re.compile(r"[(\[](?P<words>[^()\[\]]{2,30})[)\]]\s*[。.]?\s*(?:\d{1,2}:\d{2}(?::\d{2})?)?\s*$")
_GIVEN = (
    re.compile(r"(?:[请由让]|给|有请|欢迎|点|到)(?P<outlet><[^<>]{2,20}>)"),
    re.compile(
        r"(?:请|有请|由|给|让)(?:来自)?(?P<outlet>[^,。?!;:\s请]{2,20}?)的?(?:记者(?:朋友)?)?(?:先?提问|发问|先来)"
    ),
    re.compile(r"(?:代|替)(?P<outlet>[^,。?!;:\s]{2,24}?网友)"),
)
_VAGUE = re.compile(r"[各哪那这位几先左右后前边排男女穿的]{2,}|记者|朋友|大家|媒体$|继续|^提|[一两]个")


_INVITED = re.compile(
    r"(?:^|[.!?:] )(?P<outlet>(?:The )?[A-Z][\w'-]*(?: (?:&|and|of|[A-Z][\w'-]*)){1,4}),? (?:please|go ahead)"
)
"""Whom a host invites by a name of no known kind (`Signal & Field, please.`)."""
_SENT_TO = re.compile(
    r"\b(?:to|is|from|with|up,?) (?P<name>[A-Z][\w'-]+ [A-Z][\w'-]+) (?:at|from|with|of) "
    r"(?P<outlet>(?:[Tt]he )?[A-Z][\w&'-]*(?: (?:of|the|[A-Z][\w&'-]*))*)"
)
"""Whom a host calls up by name and newsroom (`let's go to Ann Ode at the Courier`)."""
_ADDRESSED = re.compile(r"各位|大家|朋友们")


def said_behind(text: str) -> Mention | None:
    """Whom brackets at the end of a question name, or None."""
    tail = text[-60:].replace("\n", "")
    match = _TAIL.search(tail)
    if not match:
        return None
    words = match["words"].strip(" -")
    named = may_be_outlet(words) and not is_stage_direction(words)
    return reporter_in(words) or (Mention("asker", outlet=words, odd=True) if named and asks(text) else None)


def given_floor(text: str) -> Mention | None:
    """The reporter to whom a turn gives the floor last, or None."""
    for mention in reversed(called(text)):
        if mention.outlet and mention.part == "asker":
            return mention
    if sent := _SENT_TO.search(text[-160:]):
        return Mention("asker", name=sent["name"], outlet=sent["outlet"])
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
                and not (mention.unread or mention.post or mention.vague or mention.public)
                and not mention.stage.endswith("问题")
            ):
                return mention
    return _called_up(text[-120:])


def _called_up(tail: str) -> Mention | None:
    """The outlet of no known kind that the end of a turn calls up (`下面请《银龄时报》提问`), or None."""
    for pattern in _GIVEN:
        for match in reversed(list(pattern.finditer(tail))):
            word = match["outlet"].strip("<>")
            if not _VAGUE.search(word) or "网友" in word:
                return Mention("asker", outlet=word, odd=True)
    return None


_INTERVIEWS = re.compile(
    r"(?:(?:接受|应)了?(?:本报|<)?(?P<met>[^,。;:\s<>本记]{2,14}?)>?(?:记者|等|独家|的|邀请)*(?:专访|采访|访问)"
    r"|答(?P<put><?[^,。;:\s记]{2,12}?)>?记者问(?!题))"
)


def interviewer(lead: str) -> str | None:
    """The one newsroom that a lead or a title says asks all questions (`答新华社记者问`), or None."""
    found = {(match["met"] or match["put"]).strip("<>") for match in _INTERVIEWS.finditer(lead)}
    outlets = {words for words in found if mention_of(words).outlet and not mention_of(words).unread}
    return outlets.pop() if len(outlets) == 1 else None


def like(one: str, other: str) -> bool:
    """Whether two names of outlets can be one: the characters of the shorter stand in the longer in order."""
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return all(char in rest for char in short)
