"""Resolution: who speaks where the label does not say it in full.

What comes in are segments with their voices, in the order held, and the people announced. A voice may be
only `答`, `发言人`, an organ or a surname and a title. Whoever was just given the floor, whom the question
was put to, who says his name, who the lead says answers and what the label says are scored together; the
best sum speaks. Where nothing says, the voice stays unnamed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from loader.parse.addressees import addressees
from loader.parse.handover import called
from loader.parse.introductions import as_official
from loader.parse.posts import speaks_for
from loader.parse.registry import matches
from loader.parse.roster import People, Person
from loader.parse.segments import Segment
from loader.parse.voices import Voice

SPOKESMAN = 1.5
"""What it is worth to be the only spokesperson named."""
SAYS_SO, HANDED, NEXT_HANDED, ASKED, LEAD, ONLY, STATED, HEADED = 6.0, 3.0, 2.6, 2.0, 1.5, 2.0, 1.5, 2.5
"""What it is worth that somebody says his own name, was given the floor (first, or later in the list), was
asked by name, is named by the lead as who answers, is the only official, alone made a statement before
the questions, or heads the section."""
_LEAST = 1.4
"""A sum below this names nobody."""
_LEAD_SAYS = re.compile(
    r"回答|答记者问|答问|专访|答.{2,12}记者问|answered questions|took questions|(?:Q ?& ?A|interview) with"
)
_OFFICE = re.compile(
    r"(?:^|[。;,?!])(?P<post>[^,。;?!就:]{2,30}?(?:负责人|负责同志|发言人|有关人士))(?:近日|日前)?"
    r"(?:就|接受.{0,12}(?:采访|专访),?就)"
    r"|(?:专访|采访)了?(?P<met>[^,。;就:\"<>]{4,30}?(?:负责人|负责同志|发言人))(?=[。,\s]|$)"
)


def named_answers(segments: Sequence[Segment], people: People, front: str = "") -> list[Segment]:
    """Voices that nobody is named for given the person whose scores sum best; `front` is front matter."""
    resolver = _Resolver(segments, people, front)
    for segment in segments:
        resolver.take(segment)
    return list(segments)


class _Resolver:
    """Walks the segments and remembers who was given the floor."""

    def __init__(self, segments: Sequence[Segment], people: People, front: str) -> None:
        self._people = people
        before = front + before_questions(segments)
        self._officials = [p for p in people if not p.host and p.name in before]
        self._present = {p.name for p in people if p.name in before} | {
            s.voice.name for s in segments if s.voice is not None and s.voice.name
        }
        self._spokesmen = [p for p in people if speaks_for(p.post or "")]
        self._lead, self._office = _lead(segments, people)
        self._called: list[Person] = []
        self._asked: list[Person] = []
        self._taken = 0
        self._last: str | None = None
        self._head: str | None = None
        self._stated = _stated(segments)
        named = {
            s.voice.name: s.voice
            for s in segments
            if s.voice is not None and s.voice.part == "official" and s.voice.name is not None
        }
        self._sole = next(iter(named.values())) if len(named) == 1 else None

    def take(self, segment: Segment) -> None:
        """Resolve a segment's voice, and remember whom it calls."""
        self._answer(segment)
        section = _section(segment, self._people)
        if section is not None:
            self._head = section[0] if len(section) == 1 else None

    def _answer(self, segment: Segment) -> None:
        voice = segment.voice
        if voice is None:
            return
        if voice.part == "asker":
            self._asked, self._called, self._taken, self._last = (
                [one for one in _named(segment.text, self._people) if one.name in self._present],
                [],
                0,
                None,
            )
            return
        if voice.part in ("answer", "official") and not voice.name:
            found = self._best(segment, voice)
            if found is not None:
                segment.voice = voice = found
            elif voice.part == "answer":
                segment.voice = voice = replace(voice, part="official")
        if segment.label is not None and segment.label.alone and not segment.text.strip():
            self._head = voice.name
        if voice.part in ("answer", "official"):
            self._taken += 1
            self._last = voice.name
        given = _called(segment.text, self._people)
        if given and (voice.part == "host" or len(segment.text) < 200):
            self._called, self._taken = given, 0

    def _best(self, segment: Segment, voice: Voice) -> Voice | None:
        scores: dict[str, tuple[float, str]] = {}

        def add(person: Person, score: float, why: str) -> None:
            old, because = scores.get(person.name, (0.0, ""))
            scores[person.name] = (old + score, because if old > score else why)

        said = as_official(segment.text, self._people)
        if said:
            add(said, SAYS_SO, f"says 我是{said.name}")
        for n, person in enumerate(self._called):
            turn = n == min(self._taken, len(self._called) - 1)
            add(person, HANDED if turn else NEXT_HANDED - 0.5 * abs(n - self._taken), "the host calls him")
        for person in self._asked:
            add(person, ASKED, "the question names him")
        if headed := self._people.get(self._head):
            add(headed, HEADED, "heads the section")
        if self._lead is not None:
            add(self._lead, LEAD, "the lead names who answers")
        if len(self._officials) == 1:
            add(self._officials[0], ONLY, "the only official named")
        if len(self._spokesmen) == 1 and not self._called:
            add(self._spokesmen[0], SPOKESMAN, "the only spokesperson named")
        if not self._called and len(self._stated) == 1 and self._stated[0] in self._people:
            add(self._people[self._stated[0]], STATED, "alone made a statement before the questions")
        mention = segment.label.mention if segment.label else None
        fitting = matches(mention, self._people) if mention and (mention.surname or mention.post) else []
        for match in fitting:
            add(match.person, match.score, match.why)
        if fitting:  # a label that fits some people names one of them
            names = {match.person.name for match in fitting}
            scores = {name: score for name, score in scores.items() if name in names}
        elif mention and mention.surname:
            scores = {name: score for name, score in scores.items() if name.startswith(mention.surname)}
        elif mention and mention.post and mention.slots != "s":
            scores = {name: score for name, score in scores.items() if score[0] >= HANDED}
        best = max(scores, key=lambda name: scores[name][0] - 2.0 * self._people[name].host, default=None)
        if best is None or scores[best][0] < _LEAST:
            if self._sole is not None and not (mention and (mention.surname or mention.post)):
                return replace(self._sole, because="the only official named")
            if self._office and voice.part == "answer":
                return Voice("official", post=self._office, because="the lead names who answers")
            return None
        person = self._people[best]
        return Voice("official", person.name, person.post, because=scores[best][1])


_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、|[▍■◆●▶#]|[(][一二三四五六七八九十][)]")
_SAYS = re.compile(r"[。?!;]|:.")
_HEADING_REACH = 48
"""Characters of a line that may head a section."""


def _section(segment: Segment, people: People) -> list[str] | None:
    """Whom the line names that heads the section behind a segment (`二、调查统计(简育才)`); None where none
    does."""
    named: list[str] = []
    for chunk in reversed(segment.chunks[-3:]):
        if len(chunk.plain) > _HEADING_REACH or _SAYS.search(chunk.plain):
            break
        here = list(dict.fromkeys(person.name for _, person in people.standing_in(chunk.plain)))
        if chunk.kind == "heading" or _HEADING.match(chunk.plain):
            return here or named
        if here and (named or _IN_PASSING.search(chunk.plain)):
            return None  # a list of those present, or a caption
        named = here or named
    return named or None


_IN_PASSING = re.compile(r"摄|图|供稿|记者|编辑|责编|审核|撰稿|来源")
"""What stands in captions and in the lines of an imprint, whoever they name."""


def before_questions(segments: Sequence[Segment]) -> str:
    """What is printed before the first question, and all labels; not whom answers speak of."""
    first = next((n for n, s in enumerate(segments) if s.voice is not None and s.voice.part == "asker"), 0)
    said = [chunk.plain for segment in segments[: max(first, 1)] for chunk in segment.chunks]
    return "\n".join([*said, *(s.label.words for s in segments if s.label)])


def _stated(segments: Sequence[Segment]) -> list[str]:
    """The names of officials who speak before the first question."""
    found: list[str] = []
    for segment in segments:
        if segment.voice is not None and segment.voice.part == "asker":
            break
        if segment.voice is not None and segment.voice.part == "official" and segment.voice.name:
            found.append(segment.voice.name)
    return list(dict.fromkeys(found))


def _called(text: str, people: People) -> list[Person]:
    """The announced people a turn gives the floor to, in the order called."""
    found: list[Person] = []
    for mention in called(text, people.names):
        if mention.outlet:
            continue
        fitting = matches(mention, people)
        if fitting and (len(fitting) == 1 or fitting[0].score > fitting[1].score):
            found.append(fitting[0].person)
    found = found or addressees(text[-300:], people)
    return list({person.name: person for person in found}.values())


def _named(text: str, people: People) -> list[Person]:
    return [person for person in addressees(text, people) if not person.host]


def _lead(segments: Sequence[Segment], people: People) -> tuple[Person | None, str]:
    """The one person, or else the one office, that the lead says answers (`…负责人就…答记者问`)."""
    lead = segments[0].chunks if segments else []
    for chunk in lead:
        if chunk.kind != "metadata" and _LEAD_SAYS.search(chunk.plain):
            named = [person for person in addressees(chunk.plain[:300], people) if not person.host]
            if len(named) == 1:
                return named[0], ""
    for chunk in lead:
        office = _OFFICE.search(chunk.plain[:600])
        if office:
            return None, office["post"] or office["met"]
    return None, ""
