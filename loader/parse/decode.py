"""Decoding: which of the candidates are labels, and of whose part, by the best path through the page.

What comes in are lines and the people announced; what comes out are `Label`s in text order. Each
candidate has
scores for what its words say, how it is written and what follows it (`weights`); a dynamic program over
the lines
finds the path {nobody, host, asker, official} whose sum is best. Linear in the number of candidates.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from loader.parse.asking import asks, calls, ends_asking, greets, is_question_line, opens_answer
from loader.parse.candidates import Candidate
from loader.parse.fields import FIELD_ENDS, HEADER_KEYS, NEVER, ROLE_KEYS
from loader.parse.lines import Line
from loader.parse.mentions import is_reporter, mention_of
from loader.parse.names import name_cost
from loader.parse.noise import ends_page, is_noise
from loader.parse.people import People
from loader.parse.posts import named_in
from loader.parse.registry import Match, matches
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
    found = [_own(c, people, times[c.words, c.style]) for c in candidates]
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


def _own(c: Candidate, people: People, times: int) -> Scored:
    """A candidate with the scores of its own words, form and body."""
    m = c.mention
    terms = c.terms

    def add(name: str, times: float = 1.0) -> None:
        terms.append((name, value(name) * times))

    found = matches(m, people) if not m.outlet else []
    match = found[0] if found else None
    if m.public:
        add("public")
    elif m.stage:
        add("verb" if m.verb and not (m.name or m.outlet or m.post) and len(m.stage) > 1 else "stage")
    if m.key:
        add("key")
    if m.known or (match and m.name):
        add("known")
    elif m.name:
        add("name")
        cost = name_cost(m.name)
        if cost is not None and cost > 1.1:
            add("rare name", cost - 1.1)
    if (m.name or m.surname) and (m.outlet or m.post or m.stage):
        add("with name")
    if m.odd:
        add("odd outlet")
    elif m.outlet:
        add("outlet")
        if m.stage and is_reporter(m):
            add("reporter")
    if m.surname:
        add("address")
    elif m.post:
        add("organ" if m.organ else "post")
    if match and not m.name:
        add("matched")
    if m.unread:
        add("unread", min(m.unread, 6))
    if m.vague:
        add("vague", 0.3 if is_reporter(m) else 1.0)
    first = c.body.split("\n", 1)[0]
    role = c.words in ROLE_KEYS
    if role and (len(first) < 40 and not _SENTENCE.search(first)):
        add("field", 0.2)
    elif role:
        pass
    elif (
        c.words.split(" ")[0] in HEADER_KEYS - ROLE_KEYS
        or is_noise(c.words)
        or ends_page(c.words)
        or FIELD_ENDS.search(c.words)
    ):
        add("field")
    asked = m.verb and m.part == "asker"  # 当日例行记者会后,有记者问及
    if len(c.words) > 6 and not asked and (BRIEFING.search(c.words) or _DATED.search(c.words)):
        add("title")
    if c.style in ("alone", "heading") and _SECTION.fullmatch(c.words):
        add("aside")
    unnumbered = _NUMBER.sub("", c.words) if m.stage else c.words
    if NEVER.search(unnumbered) and not m.known:
        add("aside")
    add(c.style)
    if c.bold and c.style != "heading":
        add("bold")
    body = c.body
    meant = people.alias.get(m.key, "").replace(" ", "") if m.key else ""
    if not body or (meant and first.replace(" ", "").startswith(meant)):
        add("nothing")
    elif _is_value(first) or (unnumbered != c.words and len(first) <= 16 and not _SENTENCE.search(first)):
        add("value")  # 三、记者:现场提问
    elif not (_SENTENCE.search(body[:400]) or len(first) >= 30 or (m.stage and len(first) > 8)):
        add("no speech", 0.4 if m.stage and not m.name else 1.0)
    elif _OF_HIM.match(first):
        add("no speech")
    else:
        add("speech")
    if greets(body):
        add("greets")
    if first[:1] == '"' and (m.verb or (m.vague and m.public)):
        add("quote", 0.3 if m.verb else 1.0)
    sums: dict[str, float] = {}
    told: dict[str, list[tuple[str, float]]] = {}
    asked = bool(asks(body))
    for part in ("host", "asker", "official"):
        own = list(_part_terms(part, c, match, asked, times))
        told[part] = own
        sums[part] = sum(score for _, score in own)
    return Scored(c, match, sums, told)


def _is_value(first: str) -> bool:
    """Whether what follows on the line is the value of a field: a name, a post, a list of them."""
    bare = first.strip(" 。;")
    if first.rstrip().endswith("。") and not named_in(bare):
        return False
    if not bare or len(bare) > 60 or _SAID.search(bare):
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


def _part_terms(
    part: str, c: Candidate, match: Match | None, asked: bool, times: int
) -> list[tuple[str, float]]:
    """What speaks for or against a candidate's having a part; `times` says how often its words stand."""
    m, body = c.mention, c.body
    out: list[tuple[str, float]] = []

    def add(name: str, times: float = 1.0) -> None:
        out.append((name, value(name) * times))

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
        add("organ asks")
    elif not fits:
        add("wrong part", 1.0 if m.part == "unknown" else 1.6)
    elif m.part == "unknown" and match is None and not (m.odd and part == "asker"):
        add("unnamed part", {"official": 1.0, "host": 1.5, "asker": 2.0}[part])
    if part == "asker":
        if not asked:
            add("asks nothing", 1.0 if m.stage else 1.8)
        else:
            told = m.part == "unknown" and len(body) > _SHORT and not ends_asking(body[-400:])
            add("asks", 0.2 if told else 1.0)
        if len(body) > _LONG and m.part == "unknown":
            add("at length")
        if ends_asking(body[:1200].split("\n", 1)[0]) or ends_asking(body[-400:]):
            add("ends asking")
    elif part == "official":
        if opens_answer(body):
            add("answers")
        if is_question_line(body[:300]):
            add("only asks")
        if len(body.split("\n", 1)[0]) <= 150 and calls(body.split("\n", 1)[0]) and m.part == "unknown":
            add("only hands over")
    elif calls(body[-200:]):
        add("hands over")
    return out


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
    because: str


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
                    total = so_far + own + value(f"{state} {part}")
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
            own = taken.sums[state] + value(f"{was} {state}")
            chosen.append(Chosen(taken, state, own, _because(taken, state)))
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


def _because(s: Scored, part: str) -> str:
    """The three scores that weighed most, in words."""
    terms = [*s.candidate.terms, *s.terms[part]]
    terms.sort(key=lambda term: -abs(term[1]))
    return ", ".join(f"{W[name].says} {score:+.1f}" for name, score in terms[:3])


def behind_the_end(candidates: Sequence[Candidate], lines: Sequence[Line]) -> None:
    """Mark candidates that stand behind a line with which a page's end begins, in its second half."""
    ends = [i for i, line in enumerate(lines) if i * 2 > len(lines) and ends_page(line.plain)]
    for c in candidates:
        if ends and c.line > ends[0]:
            c.terms.append(("page end", value("page end")))
