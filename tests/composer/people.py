"""The people and outlets of a page."""

from dataclasses import dataclass
from random import Random

from .tables import Row, Subject, Tongue, rows
from .template import Template, wants

# One by this name stands for one whom the page does not name: his label is all that is known.
UNNAMED = ("", "负责人", "有关负责人", "新闻发言人")


@dataclass(frozen=True)
class Person:
    """One who speaks from the stage, or the host."""

    name: str
    call: str
    title: str
    organ: str
    short: str
    post: str
    surname: str
    named: bool = True

    def slots(self, padded: bool) -> dict[str, str]:
        """What a form may say of him."""
        name = self.name
        if padded and len(name) == 2:
            name = f"{name[0]}　{name[1]}"
        if not self.named:
            return dict.fromkeys("nOaCsN", self.name) | {"p": "", "t": "", "u": "", "S": "", "T": ""}
        title = self.title.lstrip("+")
        return {
            "n": name,
            "O": self.organ,
            "a": self.short,
            "p": self.post,
            "C": self.call,
            "t": title,
            "u": "" if self.title.startswith("+") else title,
            "s": self.surname,
            "N": name.upper(),
            "S": self.surname.upper(),
            "T": title.upper(),
        }


@dataclass(frozen=True)
class Asker:
    """An outlet and its reporter."""

    outlet: str
    printed: bool
    name: str

    def slots(self, number: int) -> dict[str, str]:
        """What a form may say of him and of the number of his question."""
        quoted = f"《{self.outlet}》" if self.printed else self.outlet
        return {"o": self.outlet, "q": quoted, "n": self.name, **numbers(number)}


def numbers(number: int) -> dict[str, str]:
    """The number of a question in three scripts, nothing for zero."""
    return {"k": str(number or ""), "c": " 一二三四五六"[number].strip(), "r": " ①②③④⑤⑥"[number].strip()}


@dataclass(frozen=True)
class Place:
    """Where the briefing is held."""

    name: str
    stem: str
    level: str

    def organ(self, tongue: Tongue, name: str) -> str:
        """An organ of this place as it is written there."""
        if name.startswith("~"):
            return self.stem + name[1:]
        return self.level + name if tongue.code == "hans" else name


@dataclass(frozen=True)
class Cast:
    """All who take part."""

    place: Place
    host: Person
    officials: tuple[Person, ...]
    askers: tuple[Asker, ...]


def compose_cast(
    rng: Random, tongue: Tongue, template: Template, subject: Subject, named: bool
) -> Cast | None:
    """A cast that the template can tell apart, or none."""
    place = Place(*rng.choice(tongue.rows("places"))[:3])
    organs = {row[0]: _at(place, row) for row in tongue.rows("organs")}
    chosen = [organs[name] for name in subject.organs if organs[name][0] != "-"]
    rng.shuffle(chosen)
    count = min(len(chosen), rng.choice((1, 1, 2, 2, 2, 3)))
    names = _names(rng, tongue, 6)
    officials: list[Person] = []
    alike = named and rng.random() < 0.15 and not wants(template.first + template.later, "O", "a")
    for (organ, short, kind), name in zip(chosen[:count], names, strict=False):
        full, brief = place.organ(tongue, organ), place.organ(tongue, short)
        if not named:
            # English has no such words; the organ itself is the label.
            label = full + (rng.choice(UNNAMED) if tongue.code == "hans" else "")
            officials.append(Person(label, label, "", full, brief, "", "", False))
            continue
        if officials and alike:
            full, brief, kind = officials[0].organ, officials[0].short, chosen[0][2]
        post, title = rng.choice([row[1:3] for row in tongue.rows("posts") if row[0] == kind])
        officials.append(_person(rng, tongue, name, title, full, brief, post))
    post, title = rng.choice(tongue.rows("hosts"))[:2]
    office, brief = _press(tongue, place)
    host = _person(rng, tongue, names[-1], title, office, brief, post)
    cast = Cast(place, host, tuple(officials), _askers(rng, tongue, names[3:5]))
    return cast if _told_apart(cast, template) else None


def _at(place: Place, row: Row) -> tuple[str, str, str]:
    return (row[3], row[4], row[5]) if place.level == "省" else (row[0], row[1], row[2])


def _press(tongue: Tongue, place: Place) -> tuple[str, str]:
    if tongue.code == "hans":
        return f"{place.level}人民政府新闻办公室", f"{place.level}政府新闻办"
    return ("新聞處", "新聞處") if tongue.code == "hant" else ("Press Office", "Press Office")


def _names(rng: Random, tongue: Tongue, count: int) -> list[tuple[str, str]]:
    """Names with different surnames, each with what stands before a title."""
    surnames = rng.sample(sorted(set(tongue.words("surnames"))), count)
    givens = rng.sample(tongue.words("given"), count)
    if tongue.code == "en":
        return [(f"{given} {surname}", surname) for given, surname in zip(givens, surnames, strict=True)]
    found = [(surname + given, surname) for given, surname in zip(givens, surnames, strict=True)]
    rare = [(row[0], row[1]) for row in tongue.rows("rare_names")]
    return [rng.choice(rare) if at == 0 and rng.random() < 0.12 else name for at, name in enumerate(found)]


def _person(
    rng: Random, tongue: Tongue, name: tuple[str, str], titles: str, organ: str, short: str, post: str
) -> Person:
    full, before = name
    options = titles.split("/")
    if titles.startswith("+"):
        return Person(full, full, options[0], organ, short, post, before)
    title = rng.choice(options)
    call = f"{title} {before}" if tongue.code == "en" else before + title
    return Person(full, call, options[0], organ, short, post, before)


def _askers(rng: Random, tongue: Tongue, names: list[tuple[str, str]]) -> tuple[Asker, ...]:
    given = [name for name, _ in names]
    more = [name for name, _ in _names(rng, tongue, 3)][1:]
    latin = [row[0] for row in rows(tongue.code, "latin")]
    people = given + more
    askers = []
    for row, name in zip(rng.sample(tongue.rows("outlets"), 4), people, strict=True):
        outlet, kind = row
        # Two Latin words run into one where a form leaves no gap between outlet and name.
        foreign = kind == "f" and not outlet[-1].isascii() and rng.random() < 0.6
        askers.append(Asker(outlet, kind == "p", rng.choice(latin) if foreign else name))
    return tuple(askers)


def _told_apart(cast: Cast, template: Template) -> bool:
    answer = template.first + template.later
    people = (*cast.officials, cast.host)
    names = [person.name for person in people] + [asker.name for asker in cast.askers]
    surnames = [name.split()[-1] if " " in name else name[0] for name in names]
    if len(set(names)) < len(names) or len(set(surnames)) < len(surnames):
        return False
    titles = [person.title for person in people]
    if wants(answer, "t", "T") and len({title.lstrip("+") for title in titles}) < len(titles):
        return False
    if "{n}{t}" in answer and any(title.startswith("+") for title in titles):
        return False
    if wants(answer, "s") and any("·" in person.name for person in cast.officials):
        return False
    if wants(answer, "p") and len({p.post for p in cast.officials}) < len(cast.officials):
        return False
    return len({(p.organ, p.post) for p in people}) == len(people)
