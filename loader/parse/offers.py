"""Offers: each line read for what may be a label at its head, in whatever way pages write one.

What comes in are folded lines; what comes out is at most one `Label` a line (it may spread over three),
with what its wording is worth. Whether it stands is decided in `labels`, in the light of all the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from loader.parse.fields import HEADER_KEYS
from loader.parse.lines import Line
from loader.parse.names import is_han_name
from loader.parse.outlets import is_outlet
from loader.parse.people import People, introduced
from loader.parse.posts import is_post, named_in, split_post, strip_title
from loader.parse.voices import LIKELY, NOTHING, SHAPED, SURE, Voice, voice_of, without_verb


@dataclass(frozen=True, slots=True)
class Label:
    """A label: it covers `text[start:end]`, and its voice speaks from `end` on (before it, if `closing`)."""

    start: int
    end: int
    words: str
    """Folded, without colon and brackets."""
    voice: Voice
    style: str
    line: int
    """Index of the line it stands on."""
    last: int
    """Index of the last line it covers; more than `line` where it is spread over several."""
    alone: bool
    """Nothing follows it on its line."""
    closing: bool = False
    bold: bool = False
    stands: str = ""
    """What else than its words made it stand, in a few English words (`seen 4 times`)."""
    thin: bool = False
    """It stands on little: a shape or a bare name seen once."""

    @property
    def form(self) -> str:
        """The way it is written, in a few English words."""
        if self.style == "colon" and self.alone:
            return "label alone on its line, with colon"
        return _FORMS[self.style] + (", bold run" if self.bold else "")


_FORMS = {
    "colon": "line head with colon",
    "bracket": "bracketed",
    "paren": "in round brackets, alone on its line",
    "letter": "letter at the line's head",
    "numbered": "numbered label",
    "capitals": "capitals at the line's head",
    "clock": "label and clock on one line",
    "wide": "line head with wide blanks",
    "dash": "line head with dashes",
    "heading": "label as a heading",
    "section": "heading that names who speaks",
    "block": "label over several lines",
    "bare": "label alone on its line",
    "lead": "line that leads a speech in",
    "closing": "closing label",
    "inline": "label within a flattened line",
    "aside": "in brackets within an answer",
    "quoted": "no label",
}
"""Ways to write a label, as `explain` names them."""

_BULLET = r"(?:[-·*▲△◆■□>★☆◎○◇※→►▶]\s*)*"
_COLON = re.compile(rf"{_BULLET}(?P<words>[^:\n]{{1,60}}?)\s*:+\s*(?!//)")
_BRACKET = re.compile(rf"{_BULLET}\[(?P<words>[^\[\]]{{1,40}})\]\s*:?\s*")
_PAREN = re.compile(r"\((?P<words>[^()]{2,40})\)\s*:?$")
_NUMBERED = re.compile(
    rf"{_BULLET}(?P<words>(?:问题?|提问|Q)\s*[一二三四五六七八九十\d]{{1,3}})\s*[.、:,)]+\s*"
)
_CAPITALS = re.compile(
    r"(?P<words>(?:(?:MR|MS|MRS|MISS|DR|PROF|SUPT|GEN|COL|MAJ|CAPT|LT|ADM|AMB|SEC)\.? [A-Z][A-Z' -]+?|"
    r"QUESTION|THE PRESIDENT|MODERATOR|REPORTER)(?:\s*\((?P<outlet>[^()]{2,40})\))?)\s*[.:]\s+"
)
_LETTER = re.compile(r"(?P<words>[QA]\d{0,2})(?:\s*[.:]\s*|\s+)(?=[^\s\d])")
_CLOCK = re.compile(
    r"(?P<words>[^:\d]{1,24}?\s?\d{0,2}\??)\s+[(\[]?(?:\d{4}-\d\d-\d\d )?\d{1,2}:\d{2}(?::\d{2})?[)\]]?$"
)
_WIDE = re.compile(r"(?P<words>[^:。?!;,\s](?:[^:。?!;\n]{0,28}?[^:。?!;,\s])?)\s{2,}(?=\S)")
_LEAD = re.compile(
    r"(?P<words>[^:。?!]{4,60}?)(?:通报|介绍|发布|讲话|致辞|主持|发言|作|就|围绕|表示|指出|说)[^:。?!]{0,60}:$"
)
_PAREN_OUTLET = re.compile(r"\((?P<outlet>[^()]{2,20})\)\s*")
_DASH = re.compile(
    rf"{_BULLET}(?P<words>[^:。?!,;\-\s]{{1,20}}(?: [^:。?!,;\-\s]{{1,8}})?)\s?-{{2,}}\s*(?=[^\s-])"
)
_SENTENCE = re.compile(r"[。?!;,:]|\. ")
_SPEECH = re.compile(r"[。?!…]|\.$|,.*,|^(?:尊敬的|各位|大家|女士们|朋友们)")


_HEADS = (
    ("capitals", _CAPITALS, " "),
    ("clock", _CLOCK, ":"),
    ("numbered", _NUMBERED, ""),
    ("bracket", _BRACKET, "["),
    ("paren", _PAREN, "("),
    ("colon", _COLON, ":"),
    ("letter", _LETTER, ""),
    ("wide", _WIDE, ""),
    ("dash", _DASH, "-"),
)
"""Ways to write a label before its words on one line, in the order tried, each with a mark it needs."""
_MARKED = re.compile(r"[:\[.,、)QA]|--|\s\s")
"""What a line holds at the least if one of these ways is to match."""
_LABEL = 45
"""Characters of a label alone on its line."""


class LineReader:
    """Reads each line for what might be a label; remembers what wordings say."""

    def __init__(self, lines: Sequence[Line], people: People) -> None:
        self._lines, self._people = lines, people
        self._voices: dict[str, Voice] = {}
        self._said = [len(line) > _LABEL or bool(_SPEECH.search(line.plain)) for line in lines]
        """Of each line whether it is something said: a sentence, or more than a label's length."""
        self._skip = -1

    def voice(self, words: str) -> Voice:
        known = self._voices.get(words)
        if known is None:
            known = self._voices[words] = voice_of(words, self._people)
        return known

    def offers(self, i: int) -> Iterator[Label]:
        """At most one label at the head of line `i`: the first way to write one that says anything."""
        line = self._lines[i]
        if i <= self._skip or line.front_matter or line.furniture or line.row:
            return
        label, unread = None, None
        head = line.plain[:160]
        for style, pattern, mark in _HEADS if len(head) > 1 and _MARKED.search(head) else ():
            match = pattern.match(head) if mark in head else None
            offered = self._offer(i, match, style) if match else None
            if offered and offered.voice.worth == NOTHING:
                unread = unread or offered
            elif offered:
                label = offered
                break
        label = label or self._block(i) or self._bare(i) or self._lead(i) or unread
        if label:
            self._skip = label.last if label.last > i else self._skip
            yield label

    def _offer(self, i: int, match: re.Match[str], style: str) -> Label | None:
        line, words = self._lines[i], match["words"].strip()
        alone = match.end() >= len(line)
        if style == "clock" and len(line) > 40:
            return None
        voice = self.voice(words)
        if (
            words[-1:].isdigit()
            and match.end() < len(line)
            and line.plain[match.end()].isdigit()
            and style == "colon"
        ):
            return None  # a clock
        if style == "colon" and re.search(r"[。?!;]|,.*,", words) and voice.worth < SURE:
            return None
        if style in ("letter", "capitals", "clock", "wide", "numbered", "dash") and voice.worth == NOTHING:
            return None
        if style == "paren" and voice.worth < SURE:
            return None
        if style == "wide" and words in HEADER_KEYS:
            return None
        end = match.end()
        if voice.part == "asker" and not voice.outlet:
            outlet = match.groupdict().get("outlet")
            paren = _PAREN_OUTLET.match(line.plain, end, end + 30)
            if outlet:
                voice = replace(voice, outlet=outlet)
            elif paren and (is_outlet(paren["outlet"]) or paren["outlet"].endswith("记者")):
                voice, end = replace(voice, outlet=paren["outlet"].removesuffix("记者")), paren.end()
        if voice.part == "answer" and style == "colon" and not alone:
            named = self._named_behind(i, end)
            voice, end, alone = (named, len(line), True) if named else (voice, end, alone)
        style, bold = "heading" if line.heading else style, line.bold >= len(words)
        return Label(line.start, line.start + end, words, voice, style, i, i, alone, bold=bold)

    def _named_behind(self, i: int, end: int) -> Voice | None:
        """Who is named behind a word for answering, where his words begin on the next line."""
        words = self._lines[i].plain[end:].strip(" ()")
        if len(words) > 40 or _SENTENCE.search(words) or i + 1 >= len(self._lines) or not self._said[i + 1]:
            return None
        voice = self.voice(words)
        answers = voice.part in ("official", "host") and voice.name is not None
        return replace(voice, worth=SURE, because="named behind a word for answering") if answers else None

    def _block(self, i: int) -> Label | None:
        """A label over two or three short lines: part, post and name, in whatever order."""
        for size in (3, 2):
            if i + size >= len(self._lines) or not self._said[i + size]:
                continue
            part = self._lines[i : i + size]
            if any(len(p) > 30 or p.item for p in part):
                continue
            words = [p.plain.strip(" :") for p in part]
            if _SENTENCE.search(words[0]):
                continue
            names = [w for w in words if is_han_name(strip_title(w).replace(" ", ""))]
            posts = [w for w in words if w not in names and is_post(w) and not (" " in w and split_post(w))]
            hosts = [w for w in words if w in ("主持人", "主持", "司仪")]
            if len(names) == 1 and len(names) + len(posts) + len(hosts) == size and posts:
                name = strip_title(names[0]).replace(" ", "")
                if any(post.startswith(name) or introduced(post) for post in posts):
                    continue  # a row that introduces him or somebody else, above his label
                voice = Voice(
                    "host" if hosts else "official",
                    name,
                    "、".join(posts),
                    worth=SURE if hosts else LIKELY,
                    because="host, post and name" if hosts else "post and name",
                )
                end = part[-1].end
                return Label(part[0].start, end, " ".join(words), voice, "block", i, i + size - 1, True)
        return None

    def _bare(self, i: int) -> Label | None:
        """A label without any mark, alone on its line, with what is said on the next."""
        line = self._lines[i]
        if i + 1 >= len(self._lines) or not self._said[i + 1] or len(line) > _LABEL or line.item:
            return None
        if _SENTENCE.search(line.plain):
            return None
        words = line.plain.strip()
        if named_in(without_verb(words)[:-4]):
            return None  # a row of people
        voice = self.voice(words)
        if voice.part == "asker" and voice.outlet and not is_outlet(re.split(r"[、 ]|和", voice.outlet)[-1]):
            return None  # without a colon the outlet must look like one
        if line.heading:
            inner = re.search(r"\((?P<who>[^()]{2,20})\)$", words)
            named = self.voice(inner["who"]) if inner else voice
            ok = named.worth == SURE and named.part in ("official", "host")
            return (
                Label(line.start, line.end, words, named, "section", i, i, True)
                if ok and inner
                else (
                    Label(line.start, line.end, words, voice, "heading", i, i, True)
                    if voice.worth >= SHAPED
                    else None
                )
            )
        if voice.worth == NOTHING or (voice.worth < SURE and voice.part == "unknown"):
            return None
        bold = line.bold >= len(words)
        return Label(line.start, line.end, words, voice, "bare", i, i, True, bold=bold)

    def _lead(self, i: int) -> Label | None:
        """A line that leads somebody's speech in: `…副主任王劲松通报最新情况:`."""
        line = self._lines[i]
        match = _LEAD.match(line.plain) if line.plain.endswith(":") and len(line) <= 120 else None
        voice = self.voice(match["words"]) if match else None
        if voice is None or voice.part not in ("official", "host") or voice.worth < LIKELY or not voice.name:
            return None
        return Label(line.start, line.end, line.plain, voice, "lead", i, i, True)
