"""Title, fields, lead and attendance: what stands before the first turn."""

from random import Random

from .people import Person
from .scene import Scene, prose
from .tables import Tongue, fill
from .template import Template

Block = tuple[str, str]
FIGURES = "零一二三四五六七八九"
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def dates(rng: Random, tongue: Tongue) -> dict[str, str]:
    """The day of the briefing in the ways pages write it."""
    year, month, day = rng.randint(2027, 2036), rng.randint(1, 12), rng.randint(1, 28)
    if tongue.code == "en":
        long = f"{MONTHS[month - 1]} {day}, {year}"
    elif tongue.code == "hant":
        long = rng.choice((f"{year}年", f"{year - 1911}年", "")) + f"{month}月{day}日"
    else:
        long = rng.choice((f"{year}年", f"{year}年", "")) + f"{month}月{day}日"
    return {"D": long, "d": f"{year}-{month:02}-{day:02}"}


def ordinal(rng: Random, tongue: Tongue) -> str:
    """The number of a meeting in figures or in words."""
    number = rng.randint(2, 29)
    if tongue.code == "en" or number > 10 or rng.random() < 0.5:
        return str(number)
    return "十" if number == 10 else FIGURES[number]


class Head:
    """Writes the head of one page."""

    def __init__(
        self, rng: Random, tongue: Tongue, template: Template, scene: Scene, slots: dict[str, str]
    ) -> None:
        """Start from the scene and the words common to the whole page."""
        self.rng = rng
        self.tongue = tongue
        self.template = template
        self.scene = scene
        self.slots = slots
        self.people = scene.cast.officials

    def blocks(self, fields: list[str]) -> list[Block]:
        """All blocks of the head in order."""
        lead = self.scene.plan.lead
        found: list[Block] = [("title", self._title())]
        body: list[Block] = []
        if lead in ("prose", "organ"):
            key = "lead" if lead == "prose" else "lead.organ"
            body.append(("para", self._say(key, G=self._people(), H=self._host_clause())))
        elif lead in ("list", "table"):
            body += [("para", self._say("lead.bare"))] * (self.rng.random() < 0.6)
            body += self._list() if lead == "list" else self._table()
        elif self.rng.random() < 0.7:
            body.append(("para", self._say("lead.bare")))
        return [*found, *(("field", line) for line in fields), *body]

    def _say(self, key: str, person: Person | None = None, **more: str) -> str:
        slots = {**self.slots, **(person.slots(False) if person else {}), **more}
        slots["T"] = self.slots["T"]
        return self.tongue.phrase(self.rng, key, slots)

    def _people(self) -> str:
        return prose(self.tongue, self.people, self.rng)

    def _title(self) -> str:
        lead = self.scene.plan.lead
        if lead == "title":
            return self._say("title.one", self.people[0])
        if lead == "organ" and len(self.people) == 1 and self.rng.random() < 0.6:
            return self._say("title.organ", O=self.people[0].organ)
        return self._say("title")

    def _host_clause(self) -> str:
        plan = self.scene.plan
        return self._say("lead.host", self.scene.cast.host) if plan.host_named else ""

    def _list(self) -> list[Block]:
        found: list[Block] = [("para", self._say("list.head"))]
        row = self.rng.choice(self.tongue.phrases("list.row"))
        marked = self.tongue.code == "hans" and self.rng.random() < 0.12
        for person in self.people:
            slots = person.slots(self.template.padded)
            if marked and person is self.people[-1]:
                slots["n"] += "（女）"
            found.append(("item", fill(row, slots)))
        if self.scene.plan.host_named:
            found.append(("para", self._say("list.host", self.scene.cast.host)))
        return found

    def _table(self) -> list[Block]:
        heads = next(row[1:] for row in self.tongue.rows("phrases") if row[0] == "table.head")
        people = [(p.slots(self.template.padded)["n"], p.organ, p.post) for p in self.people]
        if self.scene.plan.host_named:
            host = self.scene.cast.host
            post = host.post + self.tongue.phrases("table.host")[0]
            people.append((host.slots(self.template.padded)["n"], host.organ, post))
        return [("grid", "\t".join(heads))] + [("grid", "\t".join(person)) for person in people]
