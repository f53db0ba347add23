"""People named in English: in lists, in rows of them, in prose, and in the fields of a record.

What comes in is one folded line; what comes out are the people it names with what they are. Names are two to
four words in Latin letters, the office before them or behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from loader.parse.mentions import mention_of
from loader.parse.names import is_han_name, is_latin_name
from loader.parse.roster import Person
from loader.parse.vocabulary import words

_HOSTING = re.compile(r"moderator|moderated|host(?:ed)?\b|chair(?:ed)? (?:by|the)", re.I)
_POSTS = "|".join(
    sorted((word for word in words("posts", "post") if word.isascii() and word != "general"), key=len)[::-1]
)
_CAPS = re.compile(
    r"^(?P<name>[A-Z]{2,}(?:-[A-Z]+)? [A-Z][a-z]+(?:[ -][A-Z]?[a-z]+)?), (?P<post>[A-Za-z].{3,120})$"
)
_TITLED = re.compile(
    rf"\b(?P<post>(?:[A-Z][A-Za-z-]+ ){{0,4}}(?i:{_POSTS})(?:-in-[A-Z][a-z]+)?)(?:,)? "
    r"(?P<name>[A-Z][a-z'-]+ [A-Z][A-Za-z'-]+)\b(?! [A-Z])(?P<hosts> (?:moderated|hosted|chaired))?"
)
"""An office and who holds it (`Agency Chair Judith Hargreaves`)."""
_FOR = re.compile(
    r"\b(?P<post>(?:[A-Z]\w+ ){0,2}(?:Secretary|Minister|Director|Commissioner) (?:for|of)"
    r"(?: (?:the|and|&|[A-Z]\w+,?)){1,6}),? (?:(?:Mr|Mrs|Ms|Dr|Prof)\.? )"
    r"(?P<name>[A-Z][\w'-]*(?: [A-Z][\w'-]*){1,3})"
)
"""A post with what it is for, and who holds it (`the Secretary for Transport, Mr Frank Chan`)."""
_WITH = re.compile(
    r"(?:\b(?:with|by|of) (?:Mr|Mrs|Ms|Dr|Prof)\.? |(?:Q ?& ?A|interview|doorstop|conference|briefing) with )"
    r"(?P<name>[A-Z][\w'-]*(?: [A-Z][\w'-]*){1,3}), "
    r"(?P<post>[A-Za-z]\w+(?: (?:[A-Z&]\w*|for|of|and|the|general))*)"
)
"""Whom a title says a session was with (`with Mr K Ravindran, Minister for Transport`)."""


_HOLDS = re.compile(r"(?P<key>[A-Za-z]+(?:[-_ ][A-Za-z]+){0,3}):\s*(?P<who>[^:;\d]{2,60})")


def in_field(text: str) -> Person | None:
    """Who holds an office by a field of a record (`prime-minister: Rudd, Kevin`)."""
    match = _HOLDS.fullmatch(text)
    office = re.sub(r"[-_]", " ", match["key"]).casefold() if match else ""
    if match is None or office.rpartition(" ")[2] not in words("posts", "post"):
        return None
    who = match["who"].strip()
    last, comma, first = who.partition(", ")
    name = f"{first} {last}" if comma and " " not in first else who
    return Person(name, office) if is_latin_name(name) or is_han_name(name) else None


_PARTICIPANTS = re.compile(
    r"(?:(?:.*\. )?(?:Taking part|Present|Speaking|On the panel) (?:are|were):? "
    r"|(?:PARTICIPANTS?|SPEAKERS?|PRESENT|BRIEFERS?|PANEL(?:L?ISTS)?|OFFICIALS|ATTENDEES)\s*:\s*)(?=.+[;,])",
    re.I,
)
_PARTICIPANT = re.compile(r";\s*(?:and )?|(?<=[a-z)])\.\s+(?=[A-Z])")


_OFFICE_THEN = re.compile(
    r"(?:the )?(?P<post>[A-Za-z][A-Za-z' ]{3,60}), (?:(?:Hon|Dr|Mr|Ms|Mrs|Prof|Sir)\.? )"
    r"(?P<name>[A-Z][\w'-]+(?: [A-Z][\w'-]+){1,2})"
)
"""An office and then who holds it (`the Minister of Local Government, Hon Grant Pereira`)."""


def in_list(text: str) -> list[Person] | None:
    """Whom a list on one line names (`Participants: Director Ann Ode; …`), or None where it is none."""
    listed = _PARTICIPANTS.match(text)
    if listed is None:
        return None
    pieces = (piece.strip(" .") for piece in _PARTICIPANT.split(text[listed.end() :]))
    return [person for piece in pieces if (person := _participant(piece))]


def _participant(text: str) -> Person | None:
    role, colon, who = text.partition(": ")
    who = who if colon else text
    if titled := _OFFICE_THEN.fullmatch(who):
        return Person(titled["name"], titled["post"])
    name, _, post = re.split(r", (?:which|who|and will)\b", who)[0].partition(", ")
    person = row_of(f"{name}, {post[:1].upper()}{post[1:]}")
    if person is None and (mention := mention_of(who)).name and mention.post and not mention.unread:
        person = Person(mention.name, mention.post)
    hosts = bool(colon and _HOSTING.search(role))
    return replace(person, host=person.host or hosts) if person else None


def in_prose(text: str) -> Iterator[Person]:
    """Whom prose names, the office before or behind the name."""
    if not _TWO_WORDS.search(text):
        return
    for match in (*_FOR.finditer(text), *_WITH.finditer(text)):
        yield Person(match["name"], match["post"])
    for match in _TITLED.finditer(text):
        mention = mention_of(match["name"])
        if mention.name == match["name"] and not mention.unread:
            yield Person(match["name"], match["post"], bool(match["hosts"]))


_TWO_WORDS = re.compile(r"[A-Z][A-Za-z'-]+ [A-Z]")


def in_capitals(text: str) -> Person | None:
    """Who a row names with the surname first and in capitals (`FANG Lihua, Deputy Director`)."""
    match = _CAPS.match(text)
    if match is None:
        return None
    post = re.sub(r"\s*\((?:moderator|host)\)", "", match["post"])
    return Person(match["name"], post, bool(_HOSTING.search(match["post"])))


def row_of(text: str) -> Person | None:
    """Who a row of an English list names: `Deputy Chief Dele OYELARAN, Regional Fire and Emergency`."""
    text = re.sub(
        r"^(?:SPEAKERS?|PARTICIPANTS?|PRESENT|BRIEFERS?|PANEL(?:L?ISTS)?)\s*:?\s+", "", text, flags=re.I
    )
    head, comma, rest = text.partition(", ")
    if (
        not comma
        or not head.isascii()
        or not rest
        or not rest[:1].isupper()
        or len(head) > 60
        or text.endswith((".", "?"))
    ):
        return None
    mention = mention_of(head)
    if mention.unread or not mention.name or " " not in mention.name or mention.outlet:
        return None
    post = re.sub(r"\s*\((?:moderator|host|chair)\)", "", rest, flags=re.I)
    return Person(
        mention.name,
        f"{mention.post}, {post}" if mention.post else post,
        mention.part == "host" or bool(_HOSTING.search(rest)),
    )
