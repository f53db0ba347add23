"""How a page lets its reader know who speaks: lead, hand-overs, sources of the askers."""

import re
from dataclasses import dataclass
from random import Random

from .people import Cast
from .tables import Tongue, weighted
from .template import Template, wants


@dataclass(frozen=True)
class Plan:
    """How the page lets its reader know the people."""

    lead: str
    host_on: bool
    host_named: bool
    source: str
    named: bool
    hand: bool
    time: str

    @property
    def day(self) -> str:
        """The part of the day as greetings name it."""
        if self.time.endswith("m."):
            return "morning" if self.time.endswith("a.m.") else "afternoon"
        return self.time[:2]

    @property
    def minutes(self) -> int:
        """The beginning in minutes after midnight."""
        hour, *minute = (int(number) for number in re.findall(r"\d+", self.time))
        late = hour < 12 and self.day in ("afternoon", "下午")
        return (hour + 12 * late) * 60 + sum(minute)


def clock(minutes: int) -> str:
    """A time of day as a clock shows it."""
    return f"{minutes // 60}:{minutes % 60:02}"


def self_explaining(template: Template) -> bool:
    """Whether the labels alone tell who speaks, even the shortened ones."""
    first, later = template.first, template.later
    if not wants(first, "n", "N"):
        return False
    return first == later or wants(later, "n", "N") or (wants(first, "p") and wants(first, "O", "a"))


def silent_on_names(form: str) -> bool:
    """Whether a form is a mere role."""
    return not wants(form, "n", "N", "C", "O", "a", "p", "t", "T", "s", "S")


def compose_plan(rng: Random, tongue: Tongue, template: Template, cast: Cast, named: bool) -> Plan | None:
    """A plan under which everybody can be told, or none."""
    answer = template.first + template.later
    alone = len(cast.officials) == 1
    mere = silent_on_names(template.first) or silent_on_names(template.later)
    host_in_label = wants(template.host, "n", "N", "O", "p", "S")
    quiet = 0.45 if template.group in ("qa", "initial") else 0.1
    host_on = template.group != "bare" and not (alone and named and rng.random() < quiet)
    if (mere and not alone and not host_on) or (template.group == "bare" and not named):
        return None
    leads = [("prose", 8), ("list", 5), ("table", 2)]
    if not named:
        leads = [("organ", 2)] + ([] if mere else [("bare", 1)])
    else:
        leads += [("title", 4)] * alone + [("intro", 3)] * host_on
        leads += [("hand", 3)] * (host_on and template.group != "initial" and tongue.code != "en")
        leads += [("bare", 3)] * (self_explaining(template) and not mere)
    lead = weighted(rng, leads)
    host_named = named and host_on and (host_in_label or lead in ("prose", "list", "table"))
    if host_in_label and not named:
        return None
    hand = host_on and (lead == "hand" or (mere and not alone) or rng.random() < 0.3)
    source = "label"
    if not wants(template.asker, "o", "q"):
        source = weighted(rng, [("none", 4), ("me", 4)] + [("call", 3)] * host_on)
        if template.group == "prose":
            source = "none"
    elif rng.random() < 0.25 and host_on:
        source = "label call"
    elif rng.random() < 0.1 and template.group != "prose" and "{n}" not in template.asker:
        source = "label me"
    known = alone or not wants(answer, "s") or lead == "prose"
    time = rng.choice(tongue.phrases("time"))
    return Plan(lead, host_on, host_named, source, named, hand, time) if known else None
