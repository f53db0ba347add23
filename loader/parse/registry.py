"""The registry of people: whom a text names, and whom a mention means among them.

What comes in are people announced in the text (`people`) and the full labels of the page; what comes out
for a mention (`柳局长`, `市住建局`, `发言人`, `MR. CARNEY`) are the people it can mean with a score for
each. The scores are added up with what the conversation says (who was handed the floor) by `speakers_of`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from loader.parse.handover import called
from loader.parse.lines import Line
from loader.parse.mentions import Mention
from loader.parse.organs import names_organ
from loader.parse.posts import initials, is_post
from loader.parse.roster import People, Person, latin_words
from loader.parse.vocabulary import translated_offices, words

if TYPE_CHECKING:
    from loader.parse.labels import Label


class Match(NamedTuple):
    """A person a mention can mean, how well it fits (from 0), and why in a few English words."""

    person: Person
    score: float
    why: str


def matches(mention: Mention, people: People) -> list[Match]:
    """The people announced whom the words of a mention can mean, the best first."""
    who: Iterable[Person] = people
    if mention.name and not _may_be_organ(mention):
        who = people.near(mention.name)
    elif mention.surname and not mention.name:
        who = people.beginning(mention.surname)
    found = [match for person in who if (match := _match(mention, person))]
    if mention.surname and not found:
        bearers = people.beginning(mention.surname)
        if len(bearers) == 1:
            found = [Match(bearers[0], 0.9, f"{bearers[0].name} alone has that surname")]
    return sorted(found, key=lambda match: -match.score)


def _may_be_organ(mention: Mention) -> bool:
    """Whether what was taken for a name may be a short form of an organ (`司警`)."""
    lone = not (mention.outlet or mention.post or mention.key or mention.known or mention.part == "asker")
    return lone and 2 <= len(mention.name or "") <= 4


def _match(mention: Mention, person: Person) -> Match | None:
    post = person.post or ""
    if mention.name:
        fits = same_name(mention.name, person.name)
        if not fits and mention.name == initials(post):
            return Match(person, 2.0, f"{mention.name} is short for {post}")
        if not fits and _may_be_organ(mention):
            organ = names_organ(mention.name, post)
            return (
                Match(person, 0.7 + organ, f"{mention.name} is the organ of {person.name}") if organ else None
            )
        if not fits:
            return None
        agrees = 0.5 if mention.post and post and _post_fits(mention.post, post) else 0.0
        return Match(person, fits + agrees, f"announced as {post}" if post else "announced by name")
    if mention.surname:
        if not person.name.startswith(mention.surname) or person.name[0].isascii():
            return None
        fits = _post_fits(mention.post or "", post)
        if not fits and mention.post not in words("posts", "address"):
            return None if post else Match(person, 1.0, "the only one with that surname and no post told")
        return Match(person, 1.5 + fits, f"surname and title of {person.name}")
    if mention.organ and mention.post:
        fits = names_organ(mention.post, post)
        return Match(person, 1.0 + fits, f"{mention.post} is the organ of {person.name}") if fits else None
    if mention.post:
        called = next(
            (part for part in person.name.split("·") if "·" in person.name and mention.post.startswith(part)),
            "",
        )
        if called and _post_fits(mention.post.removeprefix(called), post):
            return Match(person, 2.5, f"name and title of {person.name}")
        fits = _post_fits(mention.post, post)
        return Match(person, 1.0 + fits, f"{mention.post} is the post of {person.name}") if fits else None
    return None


def same_name(said: str, name: str) -> float:
    """How well a name as said fits a person's, from 0 (another's) to 3 (letter for letter)."""
    if said == name:
        return 3.0
    if said[:-1] == name and said[-1] in words("posts", "address"):  # 俞澄总
        return 2.0
    if "·" in name and said in name.split("·"):
        return 2.0
    if said[0].isascii() and name[0].isascii():
        a, b = latin_words(said), latin_words(name)
        if (
            a
            and b
            and (a[-1] == b[-1] or (len(a) == 1 and a[0] in b))
            and (set(a) <= set(b) or set(b) <= set(a))
        ):
            return 2.5 if len(a) > 1 else 2.0
        if a and b and _initials(a, b):
            return 2.0
    return 0.0


def _initials(short: list[str], name: list[str]) -> bool:
    return (
        len(short) == len(name) > 1
        and short[-1] == name[-1]
        and all(b.startswith(a) for a, b in zip(short, name, strict=True))
    )


def _post_fits(said: str, post: str) -> float:
    """How well a post as said (`副县长`, `县长`, `市水务局局长`) fits the post as announced, from 0 to 1."""
    if said.isascii() and post.isascii():
        a, b = _offices(said), _offices(post)
        return 1.0 if a == b else 0.8 if a and (a <= b or b <= a) else 0.0
    if said.isascii():
        return 0.8 if post.endswith(_in_chinese(said)) else 0.0
    said, post = said.replace(" ", ""), post.replace(" ", "")
    if not said or not post:
        return 0.0
    if said == post:
        return 1.0
    if post.endswith(said) or said.endswith(post):
        return 0.9
    bare = said.removeprefix("副")
    if bare in post:
        return 0.7
    if len(said) <= 4 and all(char in post for char in said):
        return 0.5
    if is_post(said) and len(said) > 3:
        at = 0
        for char in said:
            at = post.find(char, at) + 1
            if not at:
                return 0.0
        return 0.6
    return 0.0


def _in_chinese(said: str) -> tuple[str, ...]:
    """What an office in English may be called in Chinese (`Secretary for Development`: `局长`, `司长`, …)."""
    words_of = f" {said.casefold().replace('-', ' ')} "
    return next((titles for office, titles in translated_offices().items() if f" {office} " in words_of), ())


def _offices(post: str) -> set[str]:
    return set(post.casefold().replace(",", " ").split()) - {"the", "of", "and", "for"}


def grown(people: People, labels: Sequence[Label], lines: Sequence[Line]) -> bool:
    """Add whom full labels and hand-overs name with a post; whether anybody is new.

    `请市人社局的翟思齐科长回答` and `市水务局局长柳毅：` introduce a person as well as an attendance
    list does.
    """
    before = len(people) + len(people.alias)
    _note_initials(people, labels)
    for label in labels:
        mention = label.mention
        if label.words in people.alias:
            continue
        told = mention.post or (mention.bare and not label.thin and not mention.odd)
        if label.voice.name not in (None, mention.name):
            continue  # it is a short form of somebody announced
        if label.voice.part in ("official", "host") and mention.name and told and not mention.unread:
            _note(people, Person(mention.name, mention.post, label.voice.part == "host"))
    names = people.names
    for line in lines:
        tail = line.plain[-300:]
        if "请" not in tail and "ask" not in tail and "please" not in tail:
            continue
        for mention in called(tail, names):
            if mention.name and mention.post and not mention.outlet and mention.part == "official":
                _note(people, Person(mention.name, mention.post))
    return len(people) + len(people.alias) > before


def _note_initials(people: People, labels: Sequence[Label]) -> None:
    """Note whom labels mean that are the initials of one name (`CH` of `Christian HORNER`)."""
    short = {label.words for label in labels if _CAPITALS.fullmatch(label.words)} - people.alias.keys()
    said = {label.mention.name for label in labels if label.mention.name}
    for word in short:
        bearers = [name for name in sorted({*people.names, *said}) if _first_letters(name) == word]
        if len(bearers) == 1:
            people.alias[word] = bearers[0]


def _first_letters(name: str) -> str:
    return "".join(word[0] for word in name.split()).upper() if name.isascii() and " " in name else ""


_CAPITALS = re.compile(r"[A-Z]{2,3}")


def _note(people: People, person: Person) -> None:
    if not any(same_name(person.name, one.name) for one in people.near(person.name)):
        people.add(person)
