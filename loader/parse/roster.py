"""The roster: everybody a text names, found by any handle that a turn may use.

What comes in are people, one at a time, from whichever stage finds them; what comes out are those that a
name, a surname and a title, a post or a word of a Latin name can mean. A file may hold a year of briefings
and name thousands, and each turn asks: what is looked up goes by an index, never through everybody.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from loader.parse.names import surname_of
from loader.parse.vocabulary import words


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the text names: the name as folded, the post, whether he is said to host."""

    name: str
    post: str | None = None
    host: bool = False


class People:
    """Everybody announced, in the order named; all names are folded."""

    def __init__(self, people: Iterable[Person] = ()) -> None:
        self._by_name: dict[str, Person] = {}
        self._handles: defaultdict[tuple[str, str], dict[str, None]] = defaultdict(dict)
        """Names by what else they are called by: the kind of handle and the handle."""
        self._names: frozenset[str] | None = None
        self.alias: dict[str, str] = {}
        """Keys of a recording (`发言人2`) to what they stand for (a name, or `《秦巴晚报》记者`)."""
        for person in people:
            self.add(person)

    def __iter__(self) -> Iterator[Person]:
        return iter(self._by_name.values())

    def __len__(self) -> int:
        return len(self._by_name)

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    def __getitem__(self, name: str) -> Person:
        return self._by_name[name]

    def get(self, name: str | None) -> Person | None:
        """The person of that name."""
        return self._by_name.get(name) if name else None

    def add(self, person: Person) -> None:
        """Add somebody; of two posts of one name the longer stays."""
        old = self._by_name.get(person.name)
        if old is None:
            self._by_name[person.name] = person
            self._names = None
            for handle in _handles(person.name):
                self._handles[handle][person.name] = None
            return
        better = old.post if old.post and len(old.post) >= len(person.post or "") else person.post
        self._by_name[person.name] = replace(old, post=better, host=old.host or person.host)

    def drop(self, name: str) -> None:
        """Take somebody out again. Raises `KeyError` for a name that nobody has."""
        del self._by_name[name]
        self._names = None
        for handle in _handles(name):
            del self._handles[handle][name]

    @property
    def names(self) -> frozenset[str]:
        """Everybody's name."""
        if self._names is None:
            self._names = frozenset(self._by_name)
        return self._names

    @property
    def host(self) -> Person | None:
        """The one person said to host, or None."""
        hosts = [person for person in self if person.host]
        return hosts[0] if len(hosts) == 1 else None

    def _called(self, kind: str, handle: str) -> list[Person]:
        return [self._by_name[name] for name in self._handles.get((kind, handle), ())]

    def ending(self, word: str) -> Person | None:
        """The person whose name a folded word ends with."""
        return next((self._by_name[word[-n:]] for n in (4, 3, 2) if word[-n:] in self._by_name), None)

    def beginning(self, characters: str) -> list[Person]:
        """Everybody whose name begins so (one or two characters)."""
        return self._called("head", characters)

    def near(self, name: str) -> list[Person]:
        """Everybody whose name has a word in common with a name as said, or is all but its last character."""
        said = {name, name[:-1]} & self._by_name.keys()
        found = {one: self._by_name[one] for one in sorted(said)}
        for kind, handle in _handles(name):
            if kind in ("word", "part"):
                found |= {person.name: person for person in self._called(kind, handle)}
        found |= {person.name: person for person in self._called("part", name)}
        return list(found.values())

    def addressed(self, surname: str, post: str) -> Person | None:
        """The one person a surname and a post (`覃`, `局长`) can mean, or None."""
        same = self._called("surname", surname)
        if len(same) <= 1:
            fits = same and (same[0].post is None or _fits(post, same[0].post) or _title(post))
            return same[0] if fits else None
        fitting = [p for p in same if p.post and _fits(post, p.post)]
        fitting = [p for p in fitting if p.post and p.post.endswith(post)] if len(fitting) > 1 else fitting
        return fitting[0] if len(fitting) == 1 else None

    def latin(self, word: str) -> Person | None:
        """The one person with a Latin name that has this word in it, whatever its case."""
        same = self._called("word", word.casefold())
        return same[0] if len(same) == 1 else None

    def standing_in(self, text: str) -> Iterator[tuple[int, Person]]:
        """Where in a folded text somebody's name begins, and whose, from left to right."""
        for at in range(len(text) - 1):
            for name in self._handles.get(("head", text[at : at + 2]), ()):
                if text.startswith(name, at):
                    yield at, self._by_name[name]


def latin_words(name: str) -> list[str]:
    """The words of a name in Latin letters, in lower case, without courtesy titles and offices."""
    apart = _CAMEL.sub(" ", name)
    said = apart.casefold().replace(".", " ").replace("-", " ").split()
    return [word for word in said if word not in _COURTESY and word not in words("posts", "post")] or said


_CAMEL = re.compile(r"(?<=[a-z]{3})(?=[A-Z][a-z]{2})")
"""Where two words touch (`SteveKerr`); not in `McDonald`."""
_COURTESY = frozenset(
    "mr mrs ms miss dr prof the hon sir supt gen col capt lt maj adm amb sec and of for".split()
)


def _handles(name: str) -> set[tuple[str, str]]:
    """What else somebody of that name is called by."""
    found = {("head", name[:1]), ("head", name[:2]), ("surname", surname_of(name))}
    if "·" in name:
        found |= {("part", part) for part in name.split("·")}
    if name[:1].isascii():
        found |= {("word", word) for word in (*latin_words(name), *name.casefold().split())}
    return found


def _fits(said: str, post: str) -> bool:
    """Whether a post as said (`副县长`, `县长`) can be the post as announced (`县人民政府副县长`)."""
    return said.removeprefix("副") in post or all(char in post for char in said)


def _title(word: str) -> bool:
    return word in ("先生", "女士", "小姐", "工", "总", "老师", "教授", "医生", "博士")
