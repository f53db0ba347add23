"""Composes a page and the truth about it."""

import re
from random import Random

from .head import Block, Head, dates, ordinal
from .model import Exchange, Page
from .people import compose_cast
from .plan import Plan, clock, compose_plan
from .scene import LONG, SHORT, Course, Scene, Turn
from .sheet import Sheet
from .tables import Tongue, fill, weighted
from .template import ANSWERER, ASKER, HOST, Template, compose_template, wants
from .traps import Traps

SORTS = ("natural", "odd", "negative")
LENGTHS = range(500, 1501)
TRIES = 4000
TAG = re.compile(r"<[^>\n]*>")
BLANK = re.compile(r"\s+")


def compose(seed: int, sort: str) -> Page:
    """The page of a seed and sort, always the same."""
    if sort not in SORTS:
        raise ValueError(f"no such sort: {sort}")
    rng = Random(f"{sort} {seed}")
    tongue = Tongue(weighted(rng, [("hans", 67), ("hant", 25), ("en", 8)]))
    for _ in range(TRIES):
        page = _attempt(rng, tongue, sort)
        if page and not faults(page):
            return page
    raise RuntimeError(f"no page for {sort} {seed}")


def faults(page: Page) -> list[str]:
    """What is wrong with a page by its own truth."""
    found = []
    shown = BLANK.sub("", page.text)
    strings = [*page.speakers, *page.not_labels]
    for exchange in page.exchanges:
        strings += [exchange.asker or "", exchange.asker_name or "", *exchange.answerers, *exchange.answers]
        strings.append(exchange.question)
        for words in (exchange.question, *exchange.answers):
            if not SHORT <= len(words) <= LONG or page.text.count(words) != 1:
                found.append(f"not 8 to 20 characters, or not once in the text: {words}")
        if len(exchange.answerers) != len(exchange.answers):
            found.append(f"answerers without answers: {exchange.question}")
    found += [f"not in the text: {words}" for words in strings if BLANK.sub("", words) not in shown]
    if len(set(page.speakers)) < len(page.speakers):
        found.append("a speaker twice")
    if len(TAG.sub("", page.text)) not in LENGTHS:
        found.append("too short or too long")
    if not 2 <= len(page.exchanges) <= 4:
        found.append("not 2 to 4 exchanges")
    if page.sort == "negative" and len(page.not_labels) < 3:
        found.append("fewer than three traps")
    return found


def _attempt(rng: Random, tongue: Tongue, sort: str) -> Page | None:
    template = compose_template(rng, tongue, sort)
    if template is None or (sort == "negative" and template.repeat):
        return None
    subject = rng.choice(tongue.subjects())
    organ_alone = wants(template.first, "O") and not wants(template.first, "n", "C", "p")
    named = not (organ_alone and template.first == template.later and rng.random() < 0.8)
    cast = compose_cast(rng, tongue, template, subject, named)
    plan = compose_plan(rng, tongue, template, cast, named) if cast else None
    if cast is None or plan is None or (template.flow == "run" and plan.lead in ("list", "table")):
        return None
    scene = Scene(plan, cast, subject)
    Course(rng, tongue, template, scene).write(sort == "odd")
    day = dates(rng, tongue)
    slots = {
        **day,
        "V": cast.place.name,
        "T": subject.topic,
        "S": subject.name,
        "N": ordinal(rng, tongue),
        "L": cast.place.level,
        "t": plan.time,
        "v": str(rng.randint(11, 99)),
        "c": clock(rng.randint(540, 1100)),
        "x": clock(plan.minutes),
        "y": clock(plan.minutes + 10),
        "z": clock(plan.minutes + 25),
    }
    fields, tail, not_labels = _margins(rng, tongue, template, scene, sort, slots)
    sheet = Sheet(rng, tongue, template, scene, day["d"])
    blocks = Head(rng, tongue, template, scene, slots).blocks(fields) + sheet.body() + tail
    if not sheet.torn:
        return None
    page = sheet.page(blocks)
    if "：" in blocks[0][1]:
        not_labels = (blocks[0][1], *not_labels)
    pattern = template.pattern(plan.host_on, "　" in _names_shown(template, scene))
    return Page(
        page, f".{template.suffix}", sort, pattern, _speakers(scene), _exchanges(template, scene), not_labels
    )


def _names_shown(template: Template, scene: Scene) -> str:
    shown = scene.cast.officials if wants(template.first, "n") else ()
    host = (scene.cast.host,) if wants(template.host, "n") and scene.plan.host_on else ()
    return "".join(person.slots(template.padded)["n"] for person in (*shown, *host))


def _margins(
    rng: Random, tongue: Tongue, template: Template, scene: Scene, sort: str, slots: dict[str, str]
) -> tuple[list[str], list[Block], tuple[str, ...]]:
    """The lines above and below the transcript and all that looks like a label; lays traps into the scene."""
    if sort == "negative":
        traps = Traps(rng, tongue, slots)
        fields = [line for lines in traps.choose("head", rng.choice((1, 2, 2, 3))) for line in lines]
        traps.lay(scene, whole=template.dress.place in ("line", "above"))
        tail = [line for lines in traps.choose("tail", rng.choice((0, 1, 2))) for line in lines]
        return fields, [("para", line) for line in tail], tuple(dict.fromkeys(traps.laid))
    fields = _some(rng, tongue, "field", rng.choice((0, 0, 0, 1, 2)), slots)
    lines = _some(rng, tongue, "tail", rng.choice((0, 0, 0, 1, 2)), slots)
    not_labels = tuple(dict.fromkeys(line for line in (*fields, *lines) if "：" in line or ":" in line))
    return fields, [("para", line) for line in lines], not_labels


def _some(rng: Random, tongue: Tongue, key: str, count: int, slots: dict[str, str]) -> list[str]:
    phrases = tongue.phrases(key)
    chosen = rng.sample(phrases, min(count, len(phrases)))
    heads = [phrase[:2] for phrase in chosen]
    return [fill(phrase, slots) for at, phrase in enumerate(chosen) if phrase[:2] not in heads[:at]]


def _speakers(scene: Scene) -> tuple[str, ...]:
    found: list[str] = []
    for turn in scene.turns:
        person = scene.cast.host if turn.voice == HOST else turn.official
        told = scene.plan.host_named if turn.voice == HOST else person is not None and person.named
        if person and told and person.name not in found:
            found.append(person.name)
    return tuple(found)


def _exchanges(template: Template, scene: Scene) -> tuple[Exchange, ...]:
    found: list[Exchange] = []
    turns = [turn for turn in scene.turns if turn.number]
    for question in (turn for turn in turns if turn.voice == ASKER):
        replies = [turn for turn in turns if turn.voice == ANSWERER and turn.number == question.number]
        asker, name = _asker(template, scene.plan, question)
        people = tuple(turn.official.name for turn in replies if turn.official)
        found.append(Exchange(asker, name, question.key, people, tuple(turn.key for turn in replies)))
    return tuple(found)


def _asker(template: Template, plan: Plan, question: Turn) -> tuple[str | None, str | None]:
    """Outlet and name as far as label, host or asker tell them."""
    assert question.asker is not None
    outlet = question.asker.outlet if plan.source != "none" else None
    name = question.asker.name if wants(template.asker, "n") else question.told.name if question.told else ""
    return outlet, name or None
