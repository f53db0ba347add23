"""Decoding: which of the candidates are labels, and of whose part, by the best path through the page.

What comes in are lines and the people announced; what comes out are `Label`s in text order. Each candidate
has scores for what its words say, how it is written and what follows it (`weights`); a dynamic program over
the lines finds the path {nobody, host, asker, official} whose sum is best. Linear in the number of
candidates.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from loader.parse.asking import asks, calls, ends_asking, greets, is_question_line, opens_answer
from loader.parse.candidates import Candidate
from loader.parse.fields import FIELD_ENDS, HEADER_KEYS, NEVER, ROLE_KEYS
from loader.parse.lines import Line
from loader.parse.mentions import Mention, is_reporter, mention_of
from loader.parse.names import name_cost
from loader.parse.noise import ends_page, is_noise
from loader.parse.posts import named_in
from loader.parse.registry import Match, matches
from loader.parse.rivals import Way, runner_up
from loader.parse.roster import People
from loader.parse.titles import BRIEFING
from loader.parse.weights import W, value

PARTS = ("none", "host", "asker", "official")
_SENTENCE = re.compile(r"[。?!;…]|\.(?:\s|$)|[:,].{20,}")
_DATED = re.compile(r"\d{4}年|\d月\d|(?:19|20)\d\d-\d")
_SECTION = re.compile(r"答记者问|(?:记者|媒体|现场)?(?:答问|问答|提问)(?:环节|时间|实录)|媒体问答|现场问答")
_OF_HIM = re.compile(r"(?:男|女|现任|曾任|\d{1,3}岁)")
_LONG = 700
"""Characters: who says more has not only asked."""
_SHORT = 300
"""Characters: who says more and does not end by asking may have asked nobody."""
_PASSING = 150
"""Characters of a first line that may do no more than pass the word on."""
_USUAL = 1.1
"""What the usual names cost at the most."""
_NUMBER = re.compile(r"^[一二三四五六七八九十]{1,3}、")
"""A question's number before its label (`三、问`)."""
_SAID = re.compile(r"[。?!…]|我|你们|您|大家|各位")
"""What stands in sentences and in no value of a field."""


@dataclass(slots=True)
class Scored:
    """A candidate with its sum for each part it may have."""

    candidate: Candidate
    match: Match | None
    sums: dict[str, float]
    terms: dict[str, list[tuple[str, float]]]


def scored(candidates: Sequence[Candidate], people: People) -> list[Scored]:
    """The candidates with their scores, in the light of the whole page."""
    times = Counter((c.words, c.style) for c in candidates if c.body)
    heard: dict[str, Heard] = {}
    met: dict[Mention, Match | None] = {}
    for c in candidates:
        if c.mention not in met:
            fits = matches(c.mention, people) if not c.mention.outlet else []
            met[c.mention] = fits[0] if fits else None
    found = [_own(c, people, times[c.words, c.style], met[c.mention], heard) for c in candidates]
    strong = [s for s in found if _is_strong(s)]
    forms = Counter(s.candidate.style for s in strong)
    voices: dict[str, set[str]] = defaultdict(set)
    for s in strong:
        voices[s.candidate.style].add(s.candidate.words)
    shapes = Counter((s.candidate.style, s.candidate.mention.slots) for s in strong)
    for s in found:
        c = s.candidate
        own = int(_is_strong(s))
        many = forms[c.style] - own + (shapes[c.style, c.mention.slots] - own)
        if many > 0 and len(voices[c.style]) > 1 - own:
            c.terms.append(("template", value("template") * min(4.0, math.log2(1 + many))))
        else:
            c.terms.append(("unusual", value("unusual")))
        if c.mention.bare and not s.match and not c.mention.known and times[c.words, c.style] < 2:
            c.terms.append(("once", value("once")))
        if times[c.words, c.style] > 1:
            c.terms.append(("again", value("again") * min(2.0, math.log2(times[c.words, c.style]))))
    _newsrooms(found)
    _twins(found)
    _counters(found)
    _party(found)
    for s in found:
        own_sum = sum(score for _, score in s.candidate.terms)
        for part in s.sums:
            s.sums[part] += own_sum
    return found


def _is_strong(s: Scored) -> bool:
    """Whether a candidate's words alone make it likely; without any mark they have to say more."""
    least = value("strong alone") if s.candidate.style == "alone" else value("strong")
    return (_words_of(s) >= least or s.candidate.style == "clock") and bool(s.candidate.body)


_WORDS = frozenset("stage verb public known name outlet reporter post organ address matched key".split()) | {
    "unread",
    "field",
    "aside",
    "title",
    "with name",
    "rare name",
}


def _words_of(s: Scored) -> float:
    """What the words alone are worth."""
    return sum(score for name, score in s.candidate.terms if name in _WORDS)


def _own(c: Candidate, people: People, times: int, match: Match | None, heard: dict[str, Heard]) -> Scored:
    """A candidate with the scores of its own words, form and body; `heard` remembers what bodies do."""
    body = heard.get(c.body)
    if body is None:
        body = heard[c.body] = Heard.of(c.body)
    meant = people.alias.get(c.mention.key, "") if c.mention.key else ""
    c.terms += _weighed((*_word_terms(c, match), *_form_terms(c, body), *_body_terms(c, body, meant)))
    told = {
        part: _weighed(_part_terms(part, c, match, body, times)) for part in ("host", "asker", "official")
    }
    return Scored(c, match, {part: sum(score for _, score in own) for part, own in told.items()}, told)


def _weighed(terms: Iterable[tuple[str, float]]) -> list[tuple[str, float]]:
    """Observations, each with how often it counts, as scores."""
    return [(name, value(name) * times) for name, times in terms]


Terms = Iterator[tuple[str, float]]
"""Names of observations, each with how often it counts."""


class Heard(NamedTuple):
    """What the words behind a candidate do; worked out once, for several candidates may share them."""

    first: str
    """Their first line."""
    asks: bool
    asks_first: bool
    """Their first line ends asking."""
    asks_last: bool
    only_asks: bool
    answers: bool
    greets: bool
    hands_first: bool
    hands_last: bool

    @classmethod
    def of(cls, body: str) -> Heard:
        """What a body does."""
        first = body.split("\n", 1)[0]
        return cls(
            first,
            bool(asks(body)),
            ends_asking(body[:1200].split("\n", 1)[0]),
            ends_asking(body[-400:]),
            is_question_line(body[:300]),
            opens_answer(body),
            greets(body),
            len(first) <= _PASSING and bool(calls(first)),
            bool(calls(body[-200:])),
        )


def _word_terms(c: Candidate, match: Match | None) -> Terms:
    """What the words say."""
    m = c.mention
    if m.public:
        yield "public", 1
    elif m.stage:
        yield "verb" if m.verb and not (m.name or m.outlet or m.post) and len(m.stage) > 1 else "stage", 1
    if m.key:
        yield "key", 1
    if m.known or (match and m.name):
        yield "known", 1
    elif m.name:
        yield "name", 1
        cost = name_cost(m.name)
        if cost is not None and cost > _USUAL:
            yield "rare name", cost - _USUAL
    if (m.name or m.surname) and (m.outlet or m.post or m.stage):
        yield "with name", 1
    if m.odd:
        yield "odd outlet", 1
    elif m.outlet:
        yield "outlet", 1
        if m.stage and is_reporter(m):
            yield "reporter", 1
    if m.surname:
        yield "address", 1
    elif m.post:
        yield "organ" if m.organ else "post", 1
    if match and not m.name:
        yield "matched", 1
    if m.unread:
        yield "unread", min(m.unread, 6)
    if m.vague:
        yield "vague", 0.3 if is_reporter(m) else 1


def _form_terms(c: Candidate, body: Heard) -> Terms:
    """How it is written, and whether such words are a field's, a title's or a list's."""
    m = c.mention
    if c.words in ROLE_KEYS:
        if len(body.first) < 40 and not _SENTENCE.search(body.first):
            yield "field", 0.2
    elif (
        c.words.split(" ")[0] in HEADER_KEYS - ROLE_KEYS
        or is_noise(c.words)
        or ends_page(c.words)
        or FIELD_ENDS.search(c.words)
    ):
        yield "field", 1
    asked = m.verb and m.part == "asker"  # 当日例行记者会后,有记者问及
    if len(c.words) > 6 and not asked and (BRIEFING.search(c.words) or _DATED.search(c.words)):
        yield "title", 1
    if c.style in ("alone", "heading") and _SECTION.fullmatch(c.words):
        yield "aside", 1
    if NEVER.search(_unnumbered(c)) and not m.known:
        yield "aside", 1
    yield c.style, 1
    if c.bold and c.style != "heading":
        yield "bold", 1


def _unnumbered(c: Candidate) -> str:
    """A candidate's words without the number before them, where they say a part (`三、问`)."""
    return _NUMBER.sub("", c.words) if c.mention.stage else c.words


def _body_terms(c: Candidate, body: Heard, meant: str) -> Terms:
    """What follows; `meant` is what a key of the recording stands for."""
    m, first = c.mention, body.first
    if not c.body or (meant and first.replace(" ", "").startswith(meant.replace(" ", ""))):
        yield "nothing", 1
    elif _is_value(first) or (_unnumbered(c) != c.words and len(first) <= 16 and not _SENTENCE.search(first)):
        yield "value", 1  # 三、记者:现场提问
    elif not (_SENTENCE.search(c.body[:400]) or len(first) >= 30 or (m.stage and len(first) > 8)):
        yield "no speech", 0.4 if m.stage and not m.name else 1
    else:
        yield "no speech" if _OF_HIM.match(first) else "speech", 1
    if body.greets:
        yield "greets", 1
    if first[:1] == '"' and (m.verb or (m.vague and m.public)):
        yield "quote", 0.3 if m.verb else 1


def _is_value(first: str) -> bool:
    """Whether what follows on the line is the value of a field: a name, a post, a list of them."""
    bare = first.strip(" 。;")
    if not bare or len(bare) > 60 or _SAID.search(bare):
        return False
    if first.rstrip().endswith("。") and not named_in(bare):
        return False
    if calls(bare):
        return False
    if any(
        key[1] in HEADER_KEYS - ROLE_KEYS for key in re.finditer(r"(?:^|\s)\[?([^\s:\[\]]{1,8})\]?\s*:", bare)
    ):
        return True
    if named_in(bare):
        return True

    parts = [part for part in re.split(r"[、,\s]+", bare) if part]
    if len(parts) > 8 or any(len(part) > 24 for part in parts):
        return False
    return all(not one.unread and (one.name or one.outlet or one.post) for one in map(mention_of, parts))


def _part_terms(part: str, c: Candidate, match: Match | None, body: Heard, times: int) -> Terms:
    """What speaks for or against a candidate's having a part; `times` says how often its words stand."""
    m = c.mention
    hosts = m.part == "host" or (
        match is not None and match.person.host and m.part in ("unknown", "official")
    )
    fits = {
        "host": hosts or (m.part == "unknown" and m.name is not None and match is None),
        "asker": m.part == "asker" or (m.part == "unknown" and match is None),
        "official": m.part in ("official", "answer")
        or (m.part == "unknown" and not hosts and (not m.odd or times > 1)),
    }[part]
    if not fits and part == "asker" and m.organ and match is None and not m.stage:
        yield "organ asks", 1
    elif not fits:
        yield "wrong part", 1 if m.part == "unknown" else 1.6
    elif m.part == "unknown" and match is None and not (m.odd and part == "asker"):
        yield "unnamed part", {"official": 1.0, "host": 1.5, "asker": 2.0}[part]
    if part == "asker":
        if not body.asks:
            yield "asks nothing", 1 if m.stage else 1.8
        else:
            told = m.part == "unknown" and len(c.body) > _SHORT and not body.asks_last
            yield "asks", 0.2 if told else 1
        if len(c.body) > _LONG and m.part == "unknown":
            yield "at length", 1
        if body.asks_first or body.asks_last:
            yield "ends asking", 1
    elif part == "official":
        if body.answers:
            yield "answers", 1
        if body.only_asks:
            yield "only asks", 1
        if body.hands_first and m.part == "unknown":
            yield "only hands over", 1
    elif body.hands_last:
        yield "hands over", 1


def _newsrooms(found: Sequence[Scored]) -> None:
    """Raise words of no known kind that ask, where others in their form do too."""
    asking: dict[str, set[str]] = defaultdict(set)
    for s in found:
        c = s.candidate
        if c.mention.outlet and ends_asking(c.body.split("\n", 1)[0]):
            asking[c.style].add(c.words)
    for s in found:
        c = s.candidate
        many = len(asking[c.style] - {c.words})
        if c.mention.odd and many and c.words in asking[c.style]:
            c.terms.append(("others ask", value("others ask") * min(2.0, math.log2(1 + many))))


def _twins(found: Sequence[Scored]) -> None:
    """Raise labels in Latin letters where most Chinese ones are followed by one: turns are printed twice."""
    ordered = sorted(
        (s for s in found if s.candidate.body and _words_of(s) > 0), key=lambda s: s.candidate.start
    )
    pairs = [b for a, b in pairwise(ordered) if not _is_latin(a) and _is_latin(b)]
    chinese = sum(not _is_latin(s) for s in ordered)
    if len(pairs) >= 2 and len(pairs) * 2 >= chinese:
        for s in pairs:
            s.candidate.terms.append(("twin", value("twin")))


def _is_latin(s: Scored) -> bool:
    """Whether a label and what stands behind it are in Latin letters."""
    return len(s.candidate.words) > 2 and s.candidate.words.isascii() and s.candidate.body[:40].isascii()


def _counters(found: Sequence[Scored]) -> None:
    """Lower what looks like a name and counts sections (`焦点一`, `焦点二`)."""
    counted: dict[str, set[str]] = defaultdict(set)
    for s in found:
        words = s.candidate.words
        if s.candidate.mention.bare and words[-1:] in _NUMERALS:
            counted[words[:-1]].add(words)
    for s in found:
        if len(counted.get(s.candidate.words[:-1], ())) > 1 and s.candidate.mention.bare:
            s.candidate.terms.append(("aside", value("aside")))


_NUMERALS = frozenset("一二三四五六七八九十")


def _party(found: Sequence[Scored]) -> None:
    """Make each wording that does not say its part of one part throughout: what most of its turns do."""
    groups: dict[tuple[str, str], list[Scored]] = defaultdict(list)
    behind: dict[int, str] = {}
    part = "none"
    for s in sorted(found, key=lambda s: s.candidate.start):
        m = s.candidate.mention
        behind[id(s)] = part
        if m.part == "unknown" and s.candidate.body:
            groups[m.who].append(s)
        if m.stage and not m.vague and s.candidate.body:
            part = "official" if m.part == "answer" else m.part
        elif _is_strong(s):
            part = "none"
    for group in groups.values():
        if len(group) < 2:
            continue
        total = {part: sum(s.sums[part] for s in group) for part in ("host", "asker", "official")}
        for s in group:  # who speaks right behind 问 answers, who does behind 答 asks
            said = behind[id(s)]
            if said in ("asker", "official"):
                other = "official" if said == "asker" else "asker"
                total[other] += 2 * value(f"{said} {other}")
        passing = sum(name == "hands over" for s in group for name, _ in s.terms["host"])
        if passing * 5 < len(group) * 3:  # a host hands the word on most of the time
            total["host"] += value("wrong part") * len(group)
        best = max(total, key=lambda part: total[part])
        firm = min(2.0, math.log2(len(group)))
        for s in group:
            for part in s.sums:
                if part != best:
                    s.sums[part] += value("wrong part") * firm
                    s.terms[part].append(("wrong part", value("wrong part") * firm))


@dataclass(frozen=True, slots=True)
class Chosen:
    """A candidate on the best path, its part, and the scores that made it stand."""

    scored: Scored
    part: str
    margin: float
    """By how much the path is better with it than without, at least."""
    before: str
    """The part of the voice before."""
    rivals: Sequence[Scored]
    """All that may begin at its place, itself among them."""

    @property
    def because(self) -> str:
        """The three scores that weighed most, in words."""
        terms = [*self.scored.candidate.terms, *self.scored.terms[self.part]]
        terms.sort(key=lambda term: -abs(term[1]))
        return ", ".join(f"{W[name].says} {score:+.1f}" for name, score in terms[:3])

    @property
    def second(self) -> str:
        """What came second here, and why it did not win."""
        won, *others = (
            Way(one, s.candidate.words, (*s.candidate.terms, *s.terms[one]))
            for s in sorted(self.rivals, key=lambda s: s is not self.scored)
            for one in sorted(s.sums, key=lambda one: one != self.part)
        )
        return runner_up(won, others, self.before)


_FOLLOWS = {(before, part): value(f"{before} {part}") for before in PARTS for part in PARTS}
"""What it is worth that a voice of one part follows one of another."""


def best_path(found: Sequence[Scored]) -> tuple[list[Chosen], float]:
    """The labels on the best path through the candidates, in text order, and its sum."""
    by_start: dict[int, list[Scored]] = defaultdict(list)
    for s in found:
        by_start[s.candidate.start].append(s)
    starts = sorted(by_start)
    size = len(starts)
    best: list[dict[str, float]] = [{} for _ in range(size + 1)]
    back: list[dict[str, tuple[int, str, Scored | None]]] = [{} for _ in range(size + 1)]
    best[0]["none"] = 0.0
    for n in range(size):
        for state, so_far in best[n].items():
            _offer(best, back, n + 1, state, so_far, (n, state, None))
            for s in by_start[starts[n]]:
                stop = bisect_left(starts, max(s.candidate.end, starts[n] + 1))
                for part, own in s.sums.items():
                    total = so_far + own + _FOLLOWS[state, part]
                    _offer(best, back, stop, part, total, (n, state, s))
    if not best[size]:
        return [], 0.0
    state = max(best[size], key=lambda one: best[size][one])
    total = best[size][state]
    chosen: list[Chosen] = []
    n = size
    while n > 0:
        before, was, taken = back[n][state]
        if taken is not None:
            own = taken.sums[state] + _FOLLOWS[was, state]
            chosen.append(Chosen(taken, state, own, was, by_start[starts[before]]))
        n, state = before, was
    return chosen[::-1], total


def _offer(
    best: list[dict[str, float]],
    back: list[dict[str, tuple[int, str, Scored | None]]],
    n: int,
    state: str,
    total: float,
    come: tuple[int, str, Scored | None],
) -> None:
    if total > best[n].get(state, -1e18):
        best[n][state], back[n][state] = total, come


_ENOUGH = 3
"""Lines of a page's end that count against what stands behind them."""


def behind_the_end(candidates: Sequence[Candidate], lines: Sequence[Line], enders: Sequence[int]) -> None:
    """Lower candidates behind lines with which a page's end begins, in its second half.

    `enders` are the offsets of those that were set aside already.
    """
    half = (lines[0].start + lines[-1].end) / 2 if lines else 0
    ends = sorted({*enders, *(line.start for line in lines if line.start > half and ends_page(line.plain))})
    ends = [at for at in ends if at > half]
    for c in candidates:
        behind = bisect_left(ends, c.start)
        if behind:
            c.terms.append(("page end", value("page end") * min(_ENOUGH, behind)))
