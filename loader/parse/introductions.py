"""Introductions: who somebody says he is in the first words of his turn.

What comes in is the folded text of a turn; what comes out is whoever it names, or None. A reporter gives
his newsroom, often without a word that newsrooms end with (`谢谢。足坛前线。…`, `我是“汀事儿”的。`); an
official gives his name (`我是葛书白`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from loader.parse.mentions import Mention, is_reporter, mention_of
from loader.parse.names import is_han_name
from loader.parse.outlets import is_outlet, may_be_outlet
from loader.parse.posts import named_in
from loader.parse.roster import People, Person

_REACH = 200
"""Characters at a turn's head in which somebody says who he is."""
_CLAUSES = 6
_CLAUSE = re.compile(r"[,。!?;:]|\. |的?(?=(?:我?们?想(?:请)?问|请问|想请教|请教|提问))")
_POLITE = re.compile(
    r"(?:(?:各位|尊敬的)?(?:领导|嘉宾|主持人|发言人|发布人|大家|您|你|老师|局长|主任|部长|市长)?(?:们)?(?:上午|"
    r"下午|中午|晚上|早上)?好|谢谢(?:主持人?)?|多谢|感谢"
    r"|Hi|Hello|Good (?:morning|afternoon|evening)|Thank(?:s| you)[^,.]{0,20})",
    re.I,
)
_SELF = re.compile(
    r"(?:还是|又是)?(?:我们?(?:报社|台)?(?:这边|这里)?(?:是)?来自|我们?(?:这边|这里)?是|来自|我代表|这里是|我叫|还是|又是"
    r"|I'?m|I am|This is|My name is)\s*(?:with|from)?\s*"
)
_FROM = re.compile(
    r"\b(?:[Ii]'?m|[Ii] am|[Tt]his is)?\s?(?:from|with|of) (?:the )?"
    r"(?P<words>[A-Z][\w&'. -]{2,40}?)(?=[,.?]|$| here)"
)
_NAMED = re.compile(
    r"(?:^|[.!?,] )(?P<name>[A-Z][\w'-]+(?: [A-Z][\w'.-]*){1,2})(?:,? (?:with|from|of)|,) (?:the )?"
    r"(?P<outlet>[A-Z][\w&'-]*(?: (?:[A-Z0-9][\w&'-]*|of|the|and)){0,4})[.,] "
)
"""A reporter who says his name and whom he works for (`Devon Achterberg, Norrhaven Ledger.`)."""
_TITLE_CASE = re.compile(r"(?:[A-Z][\w&'.-]*|of|the|and|for)(?: (?:[A-Z0-9][\w&'.-]*|of|the|and|for))*")
_HINT = re.compile(r"记者|[报社台网刊视道闻播线端]|[A-Za-z]{2}|编辑|网友|媒|观察|发布|财经|之声")
"""What words hold that name a newsroom or a reporter."""
_ONE_OF = re.compile(r"一[个名位]")
_FREE = re.compile(
    r"(?P<trade>[\u3400-\u9fff]{0,6}(?:[人者员师]|博主|主播|大[VvＶ]))(?P<name>[\u3400-\u9fff]{2,4})"
)
"""Who works for himself, and his name."""
_QUOTED = re.compile(r"(?P<outlet>[<\"][^<>\"]{2,20}[>\"][^,。<>\"]{0,6}?)的?$")


def as_reporter(text: str) -> Mention | None:
    """Whom the first words of a question name as asking, or None."""
    opening = True
    for clause, mark, following in _clauses(text):
        words = _SELF.sub("", clause, count=1)
        told = words != clause
        mention = reporter_in(words) or (reporter_in(words[:-1]) if words.endswith("的") else None)
        alone = opening and mark in ("。", "") and following != ""
        if mention and (told or mention.stage or clause.endswith("的") or alone):
            return mention
        if told and (odd := _newsroom_in(words)):
            return odd
        quoted = _QUOTED.fullmatch(words)
        if quoted and (told or words.endswith("的") or is_outlet(quoted["outlet"])):
            return Mention("asker", outlet=re.sub(r'[<>"]', "", quoted["outlet"]), odd=True)
        if alone and mark and mention is None and _stands_alone(words):
            return Mention("asker", outlet=words, odd=True)
        if len(clause) > 14 and not told:
            break
        opening = opening and _addresses(clause)
    return _in_english(text[:160])


_TOPIC = re.compile(r"^\([^()]{2,30}\)\s*")
"""What a question is about, in brackets before it."""


def _clauses(text: str) -> Iterator[tuple[str, str, str]]:
    """The first clauses of a turn without greetings and thanks: each with its mark and what follows it."""
    head = _TOPIC.sub("", text[:_REACH]).replace("\n", "。")
    at = 0
    for n, match in enumerate(_CLAUSE.finditer(head)):
        clause = head[at : match.start()].strip()
        at = match.end()
        while (polite := _POLITE.match(clause)) and polite.end():
            clause = clause[polite.end() :].strip(" ,")
        if clause:
            yield clause, match.group(), head[at:]
        if n == _CLAUSES:
            return


def _newsroom_in(words: str) -> Mention | None:
    """Words behind `我是` as a newsroom of no known kind, or None where they say something else."""
    words = re.sub(r"的?(?:记者)?$", "", words).strip()
    if (free := _FREE.fullmatch(words)) and is_han_name(free["name"]):
        return Mention("asker", name=free["name"], outlet=free["trade"], odd=True)
    whole = words.replace("的", "", 1) if is_han_name(words.rpartition("的")[2]) else words
    if not may_be_outlet(whole) or re.match(r"自由|独立", words):
        return None
    mention = mention_of(words)
    if mention.post or mention.surname:
        return None
    outlet, of, name = words.rpartition("的")
    if of and is_han_name(name):
        return Mention("asker", name=name, outlet=outlet)  # 南沱头条的简维岳
    return Mention("asker", outlet=words, odd=True)


def _addresses(clause: str) -> bool:
    """Whether a clause only says to whom a question is put (`问题给韩拓`, `局长`)."""
    words = re.sub(r"^(?:这个?)?问题?(?:给|交给)?|^(?:请教|请问|想问)(?:一下)?", "", clause)
    mention = mention_of(words)
    return len(clause) <= 10 and not mention.unread and bool(mention.name or mention.surname or mention.post)


def _stands_alone(words: str) -> bool:
    """Whether a sentence of a few characters is a newsroom's name by its place: it says nothing else."""
    if not 3 <= len(words) <= 10 or words.isascii() or not may_be_outlet(words):
        return False
    mention = mention_of(words)
    return not (mention.post or mention.surname or mention.name or mention.stage)


def reporter_in(words: str) -> Mention | None:
    """What words say of a reporter: an outlet, or a word for one; None where they say something else too."""
    if not 1 < len(words) <= 36 or not _HINT.search(words) or _ONE_OF.match(words):
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


def _in_english(head: str) -> Mention | None:
    if introduced := _NAMED.search(head):
        return Mention("asker", name=introduced["name"], outlet=introduced["outlet"])
    match = _FROM.search(head)
    if match is None:
        return None
    outlet = is_outlet(match["words"]) and _TITLE_CASE.fullmatch(match["words"])
    return reporter_in(match["words"]) or (Mention("asker", outlet=match["words"]) if outlet else None)


def as_official(text: str, people: People) -> Person | None:
    """The person announced who says `我是葛书白` in the first 80 characters of his turn."""
    at = text.find("我是", 0, 80)
    if at < 0:
        return None
    rest = text[at + 2 : at + 40]
    for size in (4, 3, 2):
        if person := people.get(rest[:size]):
            return person
    named = named_in(rest)
    return people.get(named[0].name) if named and named[0].start < 20 else None
