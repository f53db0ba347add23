"""The grammar of press briefings: a strategy that draws one, as data, before it is ever a text.

A `Script` is the truth that a test compares with: who sat there, who said what, in which order. How it is
printed is another matter (`styles` writes the labels, `printing` the page), so that a hundred ways of
printing one script must all be read alike. Counts and choices are drawn by hypothesis and shrink; the
wording is dealt from `vocabulary` by one drawn number.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

from hypothesis import strategies as st

from loader.model import Asker
from tests.parse.script import Announced, Exchange, Needs, Paragraph, Person, Said, Script
from tests.parse.vocabulary import CHINESE, Words


class _Deck:
    """Deals wording; `english` puts blanks between sentences."""

    def __init__(self, words: Words, random: Random) -> None:
        self.words, self.random = words, random
        self.english = words is not CHINESE

    def one(self, choices: tuple[str, ...]) -> str:
        return self.random.choice(choices)

    def joined(self, *sentences: str) -> str:
        return (" " if self.english else "").join(s for s in sentences if s)

    def statement(self) -> str:
        numbers = {"n": self.random.randrange(11, 990), "m": self.random.randrange(11, 990)}
        return self.one(self.words.statements).format(**numbers)

    def paragraphs(self, count: int, *, points: bool) -> list[Paragraph]:
        told = [Paragraph(self.joined(self.statement(), self.statement())) for _ in range(count)]
        listed = [Paragraph(self.joined(p, self.statement())) for p in self.words.points] if points else []
        return told + listed

    def speech(self, count: int, headed: bool) -> tuple[Paragraph, ...]:
        """A greeting, then paragraphs, under headings of two levels where `headed`."""
        told = [Paragraph(self.one(self.words.greetings))]
        for n, paragraph in enumerate(self.paragraphs(count, points=not headed)):
            if headed and n < len(self.words.sections):
                number = "" if self.english else "一二三四五"[n] + "、"
                told.append(Paragraph(number + self.words.sections[n], 2))
                if n == 1 and not self.english:
                    told.append(Paragraph("（一）重点工程", 3))
            told.append(paragraph)
        return (*told, Paragraph(self.one(self.words.thanks)))

    def called(self, person: Person) -> str:
        if self.english:
            return f"{person.title.title()} {person.surname.title()}"
        return self.one((f"{person.surname}{person.title}", f"{person.name}{person.title}", person.name))


@st.composite
def scripts(draw: st.DrawFn, needs: Needs) -> Script:
    """A briefing with two to five people on its panel, one to three speeches, one to seven exchanges."""
    words = needs.words
    deck = _Deck(words, Random(draw(st.integers(0, 1 << 30))))
    people = _people(deck, draw(st.integers(2, 5 if len(words.names) > 8 else 4)))
    host = people[0] if not needs.answerers or draw(st.integers(0, 3)) else None
    panel = tuple(people[1:])
    announced = draw(st.sampled_from(needs.announced))
    announced = "prose" if announced == "host" and host is None else announced
    speakers = panel[: draw(st.integers(1, min(3, len(panel))))]
    speeches = tuple(Said(who, deck.speech(draw(st.integers(1, 3)), draw(st.booleans()))) for who in speakers)
    count = draw(st.integers(1, 7))
    return Script(
        place=deck.one(words.places),
        topic=deck.one(words.topics),
        ordinal=draw(st.one_of(st.none(), st.integers(1, 12 if deck.english else 139))),
        day=draw(st.dates(date(2019, 1, 1), date(2025, 12, 31))),
        host=host,
        announced=announced,
        panel=panel,
        opening=_opening(deck, panel, speakers, announced),
        speeches=speeches,
        to_questions=deck.one(words.to_questions),
        exchanges=_exchanges(draw, deck, needs, tuple(people), count),
        closing=deck.one(words.closings) if draw(st.booleans()) else "",
    )


def _people(deck: _Deck, count: int) -> list[Person]:
    names = deck.random.sample(deck.words.names, count)
    posts = deck.random.sample(deck.words.posts, count)
    if "发言人" in posts[0][0]:  # a spokesman who is said to 主持 answers all by himself: that is no host
        posts.reverse()
    told = []
    for name, (post, title) in zip(names, posts, strict=True):
        surname = name.split()[0] if deck.english else name[: 2 if name[:2] in _COMPOUND else 1]
        told.append(Person(name, post, title, surname))
    return told


_COMPOUND = ("欧阳", "司徒", "上官")


def _opening(
    deck: _Deck, panel: tuple[Person, ...], speakers: tuple[Person, ...], announced: Announced
) -> tuple[Paragraph, ...]:
    told = [Paragraph(deck.joined(deck.one(deck.words.greetings), deck.words.welcome))]
    if announced == "host":
        invited = "，".join(f"{p.post}{p.name}{deck.one(('', '同志'))}" for p in panel)
        told.append(Paragraph(f"今天我们邀请到了{invited}，向大家介绍情况并回答提问。"))
    who = deck.called(speakers[0])
    told.append(Paragraph(f"{who} will speak first." if deck.english else f"先请{who}介绍有关情况。"))
    return tuple(told)


def _exchanges(
    draw: st.DrawFn, deck: _Deck, needs: Needs, people: tuple[Person, ...], count: int
) -> tuple[Exchange, ...]:
    outlets = iter(deck.random.sample(deck.words.outlets, min(count, len(deck.words.outlets))))
    taken, panel = {p.name for p in people}, people[1:]
    reporters = iter([n for n in deck.words.names[::-1] if n not in taken])
    made: list[Exchange] = []
    for _ in range(count):
        follows = bool(made) and draw(st.integers(0, 4)) == 0
        asker = made[-1].asker if follows else _asker(draw, needs, outlets, reporters)
        if follows and not needs.outlets:
            asker = Asker()  # the label does not say that it is still the same
        answerers = deck.random.sample(panel, draw(st.integers(1, min(3, len(panel)))))
        self_named = not needs.answerers and draw(st.booleans())
        made.append(
            Exchange(
                asker,
                _question(draw, deck, needs, asker, follows=follows),
                tuple(_answer(draw, deck, p, n, self_named) for n, p in enumerate(answerers)),
                follows,
                call="" if follows else _call(draw, deck, asker),
                passing=_passing(draw, deck, needs, answerers, self_named),
            )
        )
    return tuple(made)


def _asker(draw: st.DrawFn, needs: Needs, outlets: Iterator[str], reporters: Iterator[str]) -> Asker:
    """Nobody asks twice but to follow up: else it would be a follow-up that nobody calls so."""
    outlet = next(outlets, None) if draw(st.integers(0, 3)) else None
    name = next(reporters, None) if needs.reporters and not draw(st.integers(0, 2)) else None
    return Asker(outlet, name)


def _question(
    draw: st.DrawFn, deck: _Deck, needs: Needs, asker: Asker, *, follows: bool
) -> tuple[Paragraph, ...]:
    if follows:
        return (Paragraph(deck.one(deck.words.follow_ups)),)
    tells = asker.outlet is not None and not needs.outlets
    own = (f"I'm from {asker.outlet}." if deck.english else f"我是{asker.outlet}的记者。") if tells else ""
    preamble = deck.one(deck.words.preambles) if draw(st.booleans()) else ""
    question = deck.one(deck.words.questions)
    more = (Paragraph(deck.one(deck.words.questions)),) if draw(st.integers(0, 4)) == 0 else ()
    return (Paragraph(deck.joined(own, preamble, question)), *(p for p in more if p.text != question))


def _answer(draw: st.DrawFn, deck: _Deck, person: Person, n: int, self_named: bool) -> Said:
    opener = deck.one(deck.words.additions if n else deck.words.openers)
    own = (f"I am {person.name}." if deck.english else f"我是{person.name}，") if self_named else ""
    told = deck.paragraphs(draw(st.integers(1, 3)), points=draw(st.booleans()))
    first = Paragraph(deck.joined(own, opener, told[0].text if draw(st.booleans()) else deck.statement()))
    last = (Paragraph(deck.one(deck.words.thanks)),) if draw(st.booleans()) else ()
    return Said(person, (first, *told[1:], *last))


def _call(draw: st.DrawFn, deck: _Deck, asker: Asker) -> str:
    """The host names whom he calls only as far as the label does: else his words would be the asker's."""
    if draw(st.booleans()):
        return ""
    if deck.english:
        return "Next question, please."
    return f"请{asker.outlet}的记者提问。" if asker.outlet else deck.one(("下一位。", "后排那位女士，请讲。"))


def _passing(draw: st.DrawFn, deck: _Deck, needs: Needs, answerers: list[Person], self_named: bool) -> str:
    must = not needs.answerers and not self_named
    if not must and draw(st.integers(0, 2)):
        return ""
    if deck.english:
        return deck.joined(*(f"{deck.called(p)}, please." for p in answerers))
    named = "和".join(f"{p.surname}{p.title}" for p in answerers)
    return f"这个问题请{named}回答。"
