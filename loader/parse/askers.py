"""Askers: for whom who asks works, and his name, from everything that says so.

A label may name them; so may the question's first words (`您好，我是晚报记者王明`), brackets at its end,
or the
host who gave the floor. All texts are folded.
"""

from __future__ import annotations

import re

from loader.parse.fields import is_stage_direction
from loader.parse.handover import called
from loader.parse.mentions import Mention, is_reporter, mention_of
from loader.parse.outlets import is_outlet

_OPENS = re.compile(
    r"^(?:(?:各位)?(?:领导|嘉宾|主持人|发言人|发布人|大家|您|你|老师|局长|主任|部长|市长)?(?:们)?(?:上午|"
    r"下午|中午|晚上|早上)?好|谢谢(?:主持人?)?|多谢|感谢|Hi|Hello|Good (?:morning|afternoon|evening)|"
    r"Thank(?:s| you)[^,.]{0,20})$",
    re.I,
)
_SELF = re.compile(
    r"^(?:(?:主持人|发言人|您|你|大家)?好|谢谢|还是|又是|我们?是|我来自|我这边是|这里是|来自|我们?(?:报社|"
    r"台)?(?:是)?来自|I'?m|I am|This is|My name is)\s*(?:with|from)?\s*"
)
_CLAUSE = re.compile(r"[,。!?;:]|\. |的?(?=(?:我?想(?:请)?问|请问|想请教|请教))")
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
_FROM = re.compile(
    r"\b(?:[Ii]'?m|[Ii] am|[Tt]his is)?\s?(?:from|with|"
    r"of) (?:the )?(?P<words>[A-Z][\w&'. -]{2,40}?)(?=[,.?]|$| here)"
)


_INTRODUCED = re.compile(
    r"(?:^|[.!?,] )(?P<name>[A-Z][\w'-]+(?: [A-Z][\w'.-]*){1,2})(?:,? (?:with|from|of)|,) (?:the )?"
    r"(?P<outlet>[A-Z][\w&'-]*(?: (?:[A-Z0-9][\w&'-]*|of|the|and)){0,4})[.,] "
)
"""A reporter who says his name and whom he works for (`Devon Achterberg, Norrhaven Ledger.`)."""
_TITLE_CASE = re.compile(r"(?:[A-Z][\w&'.-]*|of|the|and|for)(?: (?:[A-Z0-9][\w&'.-]*|of|the|and|for))*")


def said_of_himself(text: str) -> Mention | None:
    """Whom the first words of a question name, or None."""
    head = text[:160].replace("\n", "。")
    for clause in [c.strip() for c in _CLAUSE.split(head)][:5]:
        if not clause or _OPENS.match(clause):
            continue
        named = _SELF.sub("", _SELF.sub("", clause))
        mention = _reporter(named)
        mention = mention or (_reporter(named[:-1]) if named.endswith("的") else None)
        if mention and (named != clause or mention.stage or clause.endswith("的")):
            return mention
        if len(clause) > 14 and named == clause:
            break
    introduced = _INTRODUCED.search(text[:160])
    if introduced:
        return Mention("asker", name=introduced["name"], outlet=introduced["outlet"])
    match = _FROM.search(text[:160])
    if match:
        mention = _reporter(match["words"])
        if mention or (is_outlet(match["words"]) and _TITLE_CASE.fullmatch(match["words"])):
            return mention or Mention("asker", outlet=match["words"])
    return None


def said_behind(text: str) -> Mention | None:
    """Whom brackets at the end of a question name, or None."""
    tail = text[-60:].replace("\n", "")
    match = _TAIL.search(tail)
    if not match:
        return None
    words = match["words"].strip(" -")
    asked = tail[: match.start()].rstrip().endswith("?")
    named = bool(_NEWSROOM.fullmatch(words)) and not is_stage_direction(words)
    return _reporter(words) or (Mention("asker", outlet=words, odd=True) if asked and named else None)


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
                and not (mention.unread or mention.post or mention.vague)
            ):
                return mention
    return None


_HINT = re.compile(r"记者|[报社台网刊视道闻播线端]|[A-Za-z]{2}|编辑|网友|媒|观察|发布|财经|之声")
"""What words hold that name a newsroom or a reporter."""


def _reporter(words: str) -> Mention | None:
    """What words say of a reporter: an outlet, or a word for one; None where they say something else too."""
    if not 1 < len(words) <= 36 or not _HINT.search(words):
        return None
    mention = mention_of(words)
    one, comma, other = words.partition(", ")
    if mention.unread and comma and other.isascii():
        for name, outlet in ((one, other), (other, one)):
            named = mention_of(name)
            if named.name and not named.unread and " " in named.name:
                return Mention("asker", name=named.name, outlet=outlet)
    if mention.unread or mention.part != "asker" or mention.post:
        return None
    return mention if mention.outlet or (mention.name and is_reporter(mention)) else None


def like(one: str, other: str) -> bool:
    """Whether two names of outlets can be one: the characters of the shorter stand in the longer in order."""
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return all(char in rest for char in short)
