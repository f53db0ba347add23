"""Labels: where a voice begins.

What comes in are folded lines and the people announced; what comes out are `Label`s in text order, no two
of which overlap. Two ways of writing labels are tried as a whole, because a page does so throughout: at the
heads of lines (`decode`), and in brackets behind the words. Where lines were run together, labels are
looked for within them too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from loader.parse.candidates import STYLES, UNTOLD, Candidate, Finder, with_bodies
from loader.parse.decode import Chosen, behind_the_end, best_path, scored
from loader.parse.lines import Line
from loader.parse.mentions import Mention
from loader.parse.roster import People
from loader.parse.voices import Voice, voice_of

_CLOSING = re.compile(r"\(-*\s*(?P<words>[^()]{1,40})\)\s*$")
_CLOCK = re.compile(r"^\d{1,2}:\d{2}(?::\d{2})?\s+")
_INLINE = re.compile(
    r"(?<=[。!?…\"')\]日\d ])\s{0,3}(?P<label>(?P<words>[^:。!?,;…\"()\[\]\s]"
    r"[^:。!?,;…\"()\[\]]{0,24}?(?:\([^()]{2,12}\))?):)(?![/\d])"
    r"|(?<=[。!?…\"')\]日\d])\s{0,3}(?P<bracket>\[(?P<inner>[^\[\]]{1,40})\]:?)"
)
_INLINE_WORDS = re.compile(r"(?<=[。!?…\"')\]日\d ])\s{0,3}([\u3400-\u9fff]{2,4})(:)")
"""A few characters and a colon within a line."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label: it covers `text[start:end]`, and its voice speaks from `end` on (before it, if `closing`)."""

    start: int
    end: int
    words: str
    """Folded, without colon and brackets."""
    voice: Voice
    mention: Mention
    """What its words say."""
    style: str
    """See `candidates.STYLES`; `aside` is a question in brackets, `quoted` no label at all."""
    line: int
    """Index of the line it stands on."""
    last: int
    """Index of the last line it covers; more than `line` where it is spread over several."""
    alone: bool
    """Nothing follows it on its line."""
    closing: bool = False
    bold: bool = False
    reasons: str = ""
    """The scores that weighed most, in English words."""
    thin: bool = False
    """It stands on little."""
    second: str = ""
    """What came second at its place, by how much, and why not, in English words."""

    @property
    def form(self) -> str:
        """The way it is written, in a few English words."""
        return _FORMS.get(self.style, self.style) + (", bold" if self.bold else "")


_FORMS = {**STYLES, "aside": "in brackets within an answer", "quoted": "no label"}
_THIN = 1.5
"""A label whose scores sum to less is reported as unsure."""


def find_labels(
    lines: Sequence[Line], people: People, asides: Sequence[int] = (), enders: Sequence[int] = ()
) -> list[Label]:
    """The labels of a text in order; no two overlap, and none spreads over an aside (where they begin).

    `enders` are the asides with which the page's end may begin.
    """
    finder = Finder(lines, people.names, people.alias, asides)
    heads = [c for i in range(len(lines)) for c in finder.at(i)]
    with_bodies(heads, lines)
    behind_the_end(heads, lines, enders)
    chosen, total = best_path(scored(heads, people))
    closing = _closing(lines, finder)
    for candidates in (closing, _under(heads, lines)):
        if len(candidates) >= 3:
            behind, other = best_path(scored(candidates, people))
            if other > total and len(behind) >= 3 and not _asks_and_answers(chosen):
                return [_label(one, closing=True) for one in behind]
    if len(chosen) < 3 or _run_together(lines):
        inline = list(_inline(lines, finder))
        if inline:
            with_bodies(inline, lines)
            both, other = best_path(scored([*heads, *inline], people))
            if other > total:
                chosen = both
    return _apart([_label(one) for one in chosen])


def _asks_and_answers(chosen: Sequence[Chosen]) -> bool:
    """Whether labels at the heads of lines say who asks and who answers (`问：`, `答：`), twice each."""
    parts = Counter(one.part for one in chosen if one.scored.candidate.mention.slots == "s")
    return parts["asker"] > 1 and parts["official"] > 1


def _label(chosen: Chosen, *, closing: bool = False) -> Label:
    c, match = chosen.scored.candidate, chosen.scored.match
    voice = voice_of(c.mention, chosen.part, match, chosen.because)
    return Label(
        c.start, c.end, _bare(_CLOCK.sub("", c.words)), voice, c.mention,
        c.style, c.line, c.last, c.alone, closing, c.bold,
        reasons=chosen.because, thin=chosen.margin < _THIN, second=chosen.second,
    )  # fmt: skip


def _bare(words: str) -> str:
    """Words without the brackets that stand around them all (`[主持人]`)."""
    pairs = {"[": "]", "(": ")", "<": ">", "{": "}"}
    inner = words[1:-1]
    return inner.strip() if pairs.get(words[:1]) == words[-1:] and words[0] not in inner else words


def _run_together(lines: Sequence[Line]) -> bool:
    """Whether most of a text stands in a few lines that hold more than one voice can say."""
    sizes = [len(line) for line in lines]
    return sum(size for size in sizes if size > 1500) * 2 > sum(sizes)


def _apart(labels: list[Label]) -> list[Label]:
    out: list[Label] = []
    for label in sorted(labels, key=lambda label: label.start):
        if not out or label.start >= out[-1].end:
            out.append(label)
    return out


def _closing(lines: Sequence[Line], finder: Finder) -> list[Candidate]:
    """What stands in brackets at the ends of lines and may name who said the line."""
    found: list[Candidate] = []
    before = -1
    for i, line in enumerate(lines):
        match = _CLOSING.search(line.plain, max(0, len(line) - 60))
        if not match or match.start() < 1:
            continue
        mention = finder.mention(UNTOLD.sub("", match["words"]).strip(" -"))
        if mention.unread or not mention.slots:
            continue
        body = "\n".join(one.plain for one in [*lines[before + 1 : i], line])[-3000:][: -len(match.group())]
        found.append(
            Candidate(
                line.start + match.start(),
                line.end,
                match["words"].strip(),
                mention,
                "closing",
                i,
                i,
                True,
                body=body,
            )
        )
        before = i
    return found


def _under(heads: Sequence[Candidate], lines: Sequence[Line]) -> list[Candidate]:
    """Candidates alone on their lines, each with the words above it: a page may sign what was said."""
    alone = [
        c for c in heads if c.style == "alone" and c.line == c.last and lines[c.line].plain.startswith("-")
    ]
    found: list[Candidate] = []
    before = -1
    for c in sorted(alone, key=lambda c: c.line):
        body = "\n".join(line.plain for line in lines[before + 1 : c.line])[-3000:]
        found.append(replace(c, style="closing", body=body, terms=[]))
        before = c.line
    return found


def _inline(lines: Sequence[Line], finder: Finder) -> list[Candidate]:
    """Candidates within long lines."""
    found: list[Candidate] = []
    often = Counter(
        words for line in lines if len(line) >= 60 for words, *_ in _INLINE_WORDS.findall(line.plain)
    )
    for i, line in enumerate(lines):
        if len(line) < 60 or line.front_matter:
            continue
        for match in _INLINE.finditer(line.plain):
            words = (match["words"] or match["inner"]).strip()
            mention = finder.mention(words)
            if mention.unread and " " in words:  # a list without marks stands before it
                words = words.rpartition(" ")[2]
                mention = finder.mention(words)
            told = mention.stage or mention.known or mention.outlet or mention.post
            if mention.unread or not (told or (mention.bare and often[words] >= 3)):
                continue
            at = match.end("words") if match["words"] else match.end("inner")
            start = line.start + at - len(words) - (1 if match["bracket"] else 0)
            found.append(Candidate(start, line.start + match.end(), words, mention, "inline", i, i, False))
    return found
