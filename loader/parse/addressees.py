"""Addressees: to whom a host hands the word, or of whom an asker asks.

All texts are folded; only people announced elsewhere in the text are found.
"""

from __future__ import annotations

import re

from loader.parse.posts import POSTS
from loader.parse.roster import People, Person
from loader.parse.vocabulary import surnames

_CALLED = re.compile(
    f"(?<=[{''.join(sorted({one[-1] for one in surnames()}))}])副?(?:"
    + "|".join(sorted({*POSTS, "工", "总", "局", "医生", "先生", "女士", "老师"}, key=len, reverse=True))
    + ")"
)
_ENGLISH = re.compile(
    r"\b(?:Dr|Mr|Ms|Mrs|Supt|Superintendent|Director|Minister|Secretary|Doctor)\.? (?P<name>[A-Z][a-z]+)"
)
_REACH = 1500
"""Characters looked at from either end of a turn."""


def addressees(text: str, people: People) -> list[Person]:
    """The announced people a turn calls by name or by surname and post, in the order called."""
    if len(text) > 2 * _REACH:
        text = text[:_REACH] + "\n" + text[-_REACH:]
    found: dict[int, Person] = {}
    for match in _CALLED.finditer(text):
        at = match.start()
        for size in (2, 1):
            surname = text[max(0, at - size) : at]
            if len(surname) == size and surname in surnames():
                post = match.group()
                person = people.addressed(surname, post)
                if person:
                    found.setdefault(at - size, person)
                    break
    for at, person in people.standing_in(text):
        found.setdefault(at, person)
    for match in _ENGLISH.finditer(text):
        person = people.latin(match["name"])
        if person:
            found.setdefault(match.start(), person)
    ordered = [found[at] for at in sorted(found)]
    return list({p.name: p for p in ordered}.values())
