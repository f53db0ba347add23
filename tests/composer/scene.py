"""The course of a briefing: who says what, in order."""

from dataclasses import dataclass, field
from random import Random

from .people import Asker, Cast, Person
from .plan import Plan
from .tables import Subject, Tongue, figures
from .template import ANSWERER, ASKER, HOST, WORDS, Template

SHORT, LONG = 8, 20
ENDS = "。？！；.?!"
ANSWERING = ("答", "覆", "回", "释", "釋", "解", "nswer", "eply", "应", "應")


@dataclass
class Turn:
    """What one voice says without a break; a note has the voice -1 and no speaker."""

    voice: int
    paragraphs: list[str]
    official: Person | None = None
    asker: Asker | None = None
    number: int = 0
    key: str = ""
    told: Asker | None = None


@dataclass
class Scene:
    """The turns and what was planned."""

    plan: Plan
    cast: Cast
    subject: Subject
    turns: list[Turn] = field(default_factory=list)


class Course:
    """Writes the turns of one scene."""

    def __init__(self, rng: Random, tongue: Tongue, template: Template, scene: Scene) -> None:
        """Start with nobody called to speak yet."""
        self.rng = rng
        self.tongue = tongue
        self.template = template
        self.scene = scene
        self.plan = scene.plan
        self.known: set[str] = set() if self.plan.lead == "hand" else {p.name for p in scene.cast.officials}
        self.slots = {"T": scene.subject.topic, "X": scene.plan.day}

    def write(self, odd: bool) -> None:
        """All turns from the opening to the closing."""
        rng, plan = self.rng, self.plan
        count = rng.choice((2, 3, 3, 4))
        rows = rng.sample(self.scene.subject.questions, count)
        statement = self._may_state() and rng.random() < 0.6
        askers = rng.sample(self.scene.cast.askers, count)
        if rng.random() < 0.25:
            askers[1] = askers[0]
        waiting = self._open(statement)
        for number, (row, asker) in enumerate(zip(rows, askers, strict=True), 1):
            if plan.host_on:
                if number > 1 and rng.random() < 0.4:
                    waiting.append(self._say("next"))
                told = self._call(asker, waiting)
                self._host(waiting)
                waiting = []
            else:
                told = None
            self._question(number, row[0], asker, told)
            unanswered = odd and number == count and rng.random() < 0.1
            if unanswered and self.template.dress.place in ("line", "above"):
                self.scene.turns.append(Turn(-1, [self._say("silent")]))
            else:
                self._answers(number, row)
        if plan.host_on:
            self._host([self._say("close")])
        elif rng.random() < 0.4:
            self.scene.turns[-1].paragraphs[-1] += self.tongue.gap + self._say("bye")

    def _say(self, key: str, person: Person | None = None, asker: Asker | None = None) -> str:
        slots = dict(self.slots)
        if person:
            slots |= {name: word for name, word in person.slots(False).items() if name not in "XT"}
        if asker:
            slots |= {"o": asker.outlet, "n": asker.name}
        return self.tongue.phrase(self.rng, key, slots)

    def _may_state(self) -> bool:
        """Whether the label also fits words that answer no question."""
        form = self.template.first
        fitting = self.template.group in ("plain", "role", "split", "initial", "prose", "behind", "bare")
        return (
            fitting
            and WORDS not in form.replace("“…”", "").replace("「…」", "")
            and not any(word in form for word in ANSWERING)
        )

    def _host(self, sentences: list[str]) -> None:
        if sentences:
            self.scene.turns.append(Turn(HOST, [self.tongue.gap.join(sentences)]))

    def _open(self, statement: bool) -> list[str]:
        """Open the briefing and return what the host still has to say before the first question."""
        first = self.scene.cast.officials[0]
        if not self.plan.host_on:
            if statement:
                self._statement(first, self._say("hello"), self._say("welcome"))
            return []
        words = [self._say("open")]
        if self.plan.lead == "intro":
            people = self.scene.cast.officials
            self.slots["G"] = prose(self.tongue, people, self.rng)
            words.append(self._say("intro" if len(people) > 1 else "intro.one"))
        if not statement:
            return [*words, self._say("ask")]
        full = self.plan.lead == "hand"
        self._host([*words, self._say("floor.full" if full else "floor", first)])
        self.known.add(first.name)
        self._statement(first, "", "")
        return [self._say("thank.ask", first) if self.rng.random() < 0.8 else self._say("thank.ask.plain")]

    def _statement(self, official: Person, before: str, behind: str) -> None:
        text = figures(self.rng, self.rng.choice(self.scene.subject.statements))
        text = text.replace("{L}", self.scene.cast.place.level)
        gap = self.tongue.gap
        paragraphs = (before + gap * bool(before) + text + gap * bool(behind) + behind).split("|")
        self.scene.turns.append(Turn(ANSWERER, paragraphs, official))

    def _call(self, asker: Asker, waiting: list[str]) -> Asker | None:
        """Let the host call an asker where the plan wants it, and tell what he said of him."""
        if "call" not in self.plan.source:
            return None
        named = self.rng.random() < 0.3
        waiting.append(self._say("call.name" if named else "call", asker=asker))
        return asker if named else Asker(asker.outlet, asker.printed, "")

    def _question(self, number: int, text: str, asker: Asker, told: Asker | None) -> None:
        before = ""
        if "me" in self.plan.source:
            phrase = self.rng.choice(self.tongue.phrases("intro.me"))
            before = phrase.replace("{o}", asker.outlet).replace("{n}", asker.name) + self.tongue.gap
            told = asker if "{n}" in phrase else Asker(asker.outlet, asker.printed, "")
        text, opener = self._around(self._words(text))
        words = before + text
        turn = Turn(ASKER, words.split("|"), asker=asker, number=number, key=head_of(text, opener), told=told)
        self.scene.turns.append(turn)

    def _around(self, text: str) -> tuple[str, int]:
        """A question with what people say before and after it, and how long its stock opener is."""
        chance = self.rng.random()
        gap = self.tongue.gap
        if self.rng.random() < 0.2 and "？" in text + "？" * (gap == " "):
            text += gap + self._say("ask.out")
        if chance < 0.12:
            parted = "|" if self.template.group not in ("prose", "bare") and self.rng.random() < 0.4 else gap
            ground = self._say("ground")
            return ground + parted + text, 0
        if chance < 0.3 and not text.startswith(("请", "請", "想", "希", "能")):
            opener = self._say("ask.in") + gap
            return opener + text, len(opener)
        return text, 0

    def _words(self, text: str) -> str:
        return figures(self.rng, text).replace("{L}", self.scene.cast.place.level)

    def _answers(self, number: int, row: tuple[str, str, str]) -> None:
        rng = self.rng
        people = self.scene.cast.officials
        first = people[(number + rng.choice((0, 0, 0, 1))) % len(people)]
        rest = [person for person in people if person is not first]
        second = rng.choice(rest) if rest and rng.random() < 0.35 else None
        if self.plan.hand:
            self._hand(first, "hand")
        text = row[1] if second or rng.random() < 0.6 else row[1] + self.tongue.gap + row[2]
        self._answer(number, first, "thanks" if rng.random() < 0.4 else "", text)
        if second:
            if self.plan.hand or (self.plan.host_on and rng.random() < 0.3):
                self._hand(second, "hand.more")
            self._answer(number, second, "more" if rng.random() < 0.6 else "", row[2])

    def _hand(self, person: Person, key: str) -> None:
        known = person.name in self.known
        self._host([self._say(key if known else "hand.full", person)])
        self.known.add(person.name)

    def _answer(self, number: int, person: Person, opener: str, text: str) -> None:
        before = self._say(opener) + self.tongue.gap if opener else ""
        words = before + self._words(text)
        turn = Turn(ANSWERER, [words], person, number=number, key=head_of(words, len(before)))
        at = words.find("。", len(words) // 2) + 1
        if 0 < at < len(words) and self.rng.random() < 0.25:
            turn.paragraphs = [words[:at], words[at:]]
        self.scene.turns.append(turn)


def prose(tongue: Tongue, people: tuple[Person, ...], rng: Random) -> str:
    """The people as a sentence lists them, an organ told once where two come from it."""
    parts: list[str] = []
    courtesy = rng.choice(("", "", "", "同志", "先生", "女士")) if tongue.code == "hans" else ""
    for at, person in enumerate(people):
        if tongue.code == "en":
            post = f"{person.post} {person.name} of " if person.named else ""
            parts.append(f"{post}the {person.organ}")
            continue
        repeated = at > 0 and people[at - 1].organ == person.organ
        organ = "" if repeated else person.organ
        if not person.named:
            parts.append(person.organ)
        elif tongue.code == "hant":
            parts.append(f"{organ}{person.post}{person.name}")
        else:
            parts.append(f"{organ}{person.post}{person.name}{courtesy}")
    if tongue.code == "en":
        return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
    return ("，" if any("、" in person.post for person in people) else "、").join(parts)


def head_of(text: str, opener: int) -> str:
    """The first words of a text, cut where a reader would, past a stock opener."""
    if " " in text[:LONG]:
        return text[: text.rindex(" ", 0, LONG + 1)]
    for at in range(max(SHORT, opener + 5), min(LONG, len(text))):
        if text[at] in "，。？！；、":
            return text[:at]
    return text[: LONG if opener else 16]
