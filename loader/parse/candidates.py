"""Candidates: every way in which the head of a line may be a label.

What comes in are folded lines; what comes out are, for each line, the stretches at its head that might name
who speaks, each with what it says (`mentions`) and how it is written. Nothing is decided here: a line may
have several candidates, most of them none. Which stand is found by `decode`, in the light of the whole
page.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from loader.parse.fields import HEADER_KEYS, NEVER, ROLE_KEYS, is_stage_direction, keys_of
from loader.parse.lines import Line
from loader.parse.mentions import NOTHING, Mention, is_reporter, mention_of
from loader.parse.outlets import may_be_outlet
from loader.parse.tokens import ALONE, LONGEST, standing_in
from loader.parse.vocabulary import rows, surnames
from loader.parse.vocabulary import words as listed

_BULLET = re.compile(r"(?:[-·①-⑳*▲△◆■□>★☆◎○◇※→►▶#]\s*|(?=\d{1,2}[.、)]\s*\S{1,40}:)\d{1,2}[.、)]\s*)*")
_CLOCK_HEAD = re.compile(
    r"(?:[\[(<](?:\d{4}-\d\d-\d\d )?\d{1,2}:\d{2}(?::\d{2})?[\])>]\s*|\d{1,2}:\d{2}(?::\d{2})?\s+)(?=\S)"
)
_COLON = re.compile(r"(?<!\d):+(?!//)|(?<=\d):+(?!\d\d|//)")
_WIDE = re.compile(r"\s{2,}(?=\S)")
_BLANK = re.compile(r" (?=\S)")
_BAR = re.compile(r"\s*[|▸▹►▶]\s*")
_DASH = re.compile(r"(?<![A-Z] )-{2,}\s*|(?<=[\w)\]]) - (?=\S)")
_STROKE = re.compile(r"(?<=[\u3400-\u9fff])-(?=[\u3400-\u9fff\"(<])")
"""One dash between Chinese words (`主持人—各位早安`)."""
_TRAIL = re.compile(r"[^|。?!]{1,60}(?:\|[^|。?!]{1,60}){2,}")
"""A trail of links, or the foot of a page."""
_SLASH = re.compile(r" / ")
_DOT = re.compile(r"\.\s+|。")
_NUMBERED = re.compile(
    r"(?:问题?|提问|追问|记者提问|Q)\s*[一二三四五六七八九十\d]{1,3}(?=\s*[.、:,)])|第[一二三四五六七八九十\d]{1,3}问(?=\s*[.、:,)\s])"
)
_OPEN = {"[": "]", "(": ")", "<": ">", "{": "}"}
_BEHIND = re.compile(r"\s*\((?P<words>[^()]{2,24})\)\s*[:.。]?\s*")
_INNER = re.compile(r"(?P<stage>[^()]{1,8})\((?P<odd>[^()]{2,16})\)")
_IN_BRACKETS = re.compile(r"\((?P<words>[^()]{1,12})\)$")
_SENTENCE = re.compile(r"[。?!;…]|\.(?:\s|$)")
_CLOCK_END = re.compile(r"\s*[\[(@]?\s*(?:\d{4}-\d\d-\d\d )?\d{1,2}:\d{2}(?::\d{2})?[\])]?$")
_COURTESY = re.compile(
    r"\b(?:Mr|Ms|Mrs|Dr|Prof|Supt|Gen|Col|Amb|Sec|Lt|Maj|Capt|Adm)\.(?= )|\b[A-Z]\.(?= )", re.I
)
_QUOTE = re.compile(r"\([-+\d.,% ]{3,40}\)")
"""The price of a share, as pages put it behind a company's name."""
_ADDRESSED = re.compile(r"各位|大家|尊敬的|女士们|朋友们|同志们")
"""How those are addressed who are spoken to."""
_ANY_KEY = re.compile(r"(?:发言人|说话人|Speaker)\s?[?\d]{1,3}")
_ALONE = 46
"""Characters of the longest label that stands alone on its line."""
_REACH = 90
"""Characters of a line's head that are looked at."""


@dataclass(slots=True)
class Candidate:
    """What may be a label: `text[start:end]`; its voice speaks from `end` on."""

    start: int
    end: int
    words: str
    """Folded, without what stands around it."""
    mention: Mention
    style: str
    """How it is written, see `STYLES`."""
    line: int
    last: int
    """Index of the last line it covers."""
    alone: bool
    """Nothing follows it on its line."""
    bold: bool = False
    body: str = ""
    """The folded words behind it, as far as they are looked at."""
    terms: list[tuple[str, float]] = field(default_factory=list)
    """The scores that do not depend on which part it has, by name."""


STYLES = {
    "colon": "label with colon",
    "bracket": "label in brackets",
    "bracket colon": "label with brackets and colon",
    "numbered": "numbered label",
    "wide": "label parted by wide blanks",
    "blank": "label parted by a blank",
    "bold run": "label in bold",
    "bar": "label parted by a bar",
    "dash": "label parted by dashes",
    "slash": "label parted by a slash",
    "dot": "label parted by a full stop",
    "alone": "label alone on its line",
    "clock": "label and a clock alone on their line",
    "alone colon": "label alone on its line, with colon",
    "heading": "label as a heading",
    "block": "label over several lines",
    "mark": "dashes before a question",
    "row": "cells of a table row",
    "inline": "label within a line",
    "closing": "label behind the words, in brackets",
}
"""Ways to write a label, as `explain` names them."""


def _surnames(known: Iterable[str]) -> Iterator[str]:
    """The surnames of people with Latin names, as they are printed and in capitals."""
    for name in known:
        if name.isascii() and " " in name:
            for word in name.split():
                if (word.isupper() and len(word) > 2) or word == name.split()[-1]:
                    yield from (word, word.upper())


def _cue() -> re.Pattern[str]:
    """What a text holds at the least that names somebody by more than a bare name."""
    stages = {word for kind, found in rows("stages") if kind != "link" for word in found}
    cues = {*stages, *listed("posts", "post"), *listed("posts", "address"), *listed("outlets", "end")}
    cues |= listed("outlets", "whole") | listed("organs", "end")
    latin = "|".join(sorted((re.escape(word) for word in cues if word.isascii()), key=len, reverse=True))
    han = "".join(sorted({word[-1] for word in cues if not word.isascii()}))
    return re.compile(rf"[{han}]|\b(?:{latin})\b", re.I)


_CUE = _cue()


class Finder:
    """Finds the candidates of lines; remembers what wordings say."""

    def __init__(
        self, lines: Sequence[Line], known: Iterable[str], keys: Mapping[str, str], asides: Sequence[int] = ()
    ) -> None:
        self._lines, self._meant_by = lines, keys
        self._asides = sorted(asides)
        self._keys = frozenset(keys)
        self._known = frozenset([*known, *_surnames(known)])
        self._read: dict[str, Mention] = {}
        highest = [i for i, line in enumerate(lines) if line.heading == 1]
        self._title = highest[0] if len(highest) == 1 else -1
        """Index of the one heading of the first level, which is no label whatever it says, or -1."""

    def mention(self, words: str) -> Mention:
        """What folded words say about who speaks."""
        found = self._read.get(words)
        if found is None:
            told = UNTOLD.sub("", words)
            found = self._surnamed(told) or self._of_no_kind(told)
            if self._keys and not found.key and _ANY_KEY.fullmatch(words):
                found = Mention("unknown", key=words)  # a voice that the recording's key does not know
            elif found.key and not (found.name or found.outlet):
                found = self._meant(found)
            self._read[words] = found
        return found

    def _of_no_kind(self, words: str) -> Mention:
        """What words say where a newsroom of no known kind may stand in brackets (`提问人(松江体育)`)."""
        found = mention_of(words, self._known, self._keys)
        inner = _INNER.fullmatch(words) if found.unread else None
        if inner is None or not _may_be_newsroom(inner["odd"]):
            return found
        stage = mention_of(inner["stage"], self._known, self._keys)
        lone = stage.part == "asker" and not (stage.unread or stage.outlet or stage.name)
        return replace(stage, outlet=inner["odd"]) if lone else found

    def _surnamed(self, words: str) -> Mention | None:
        """Whom a surname alone means, where one person announced bears it (`郑：`)."""
        if len(words) > 2 or words not in surnames():
            return None
        bearers = [name for name in self._known if name.startswith(words) and len(name) > len(words)]
        return Mention("unknown", name=bearers[0], known=True) if len(bearers) == 1 else None

    def _meant(self, mention: Mention) -> Mention:
        """What a key of the recording stands for."""
        meant = self._meant_by[mention.key or ""]
        inner = mention_of(UNTOLD.sub("", meant), self._known)
        if inner.unread:
            return replace(mention, name=meant)
        return replace(inner, key=mention.key, unread=mention.unread, stage=inner.stage or mention.stage)

    def at(self, i: int) -> list[Candidate]:
        """The candidates at the head of line `i`."""
        line = self._lines[i]
        if line.front_matter or line.furniture or len(line) < 1 or i == self._title:
            return []
        if self._keys and (_defines(line.plain, self._keys) or keys_of(line.plain)):
            return []
        if line.row:
            return list(self._row(i))
        found: dict[int, Candidate] = {}
        for candidate in (*self._head(i), *self._block(i)):
            held = found.get(candidate.end)
            if held is None or _better(candidate, held):
                found[candidate.end] = candidate
        return list(found.values())

    def _head(self, i: int) -> Iterator[Candidate]:
        line = self._lines[i]
        head = line.plain[:_REACH]
        at = _BULLET.match(head).end()  # type: ignore[union-attr]
        clock = _CLOCK_HEAD.match(head, at)
        at = clock.end() if clock else at
        if at >= len(head):
            return
        for style, start, stop, end in self._cuts(line, head, at):
            words = _QUOTE.sub("", head[start:stop]).strip(" :" if style == "clock" else " ")
            direction = _IN_BRACKETS.search(words)
            if direction and is_stage_direction(direction["words"]):
                words = words[: direction.start()].strip()
            if not 1 <= len(words) <= LONGEST or ":" in words or words.count("(") != words.count(")"):
                continue
            if (
                style != "bracket"
                and not _ANY_KEY.fullmatch(words)
                and _SENTENCE.search(_COURTESY.sub("", words))
            ):
                continue
            whose = words.endswith("'s")  # `Spokesperson Wang Wei's Press Conference`, cut by a line's end
            if whose or words.count(",") > 1 or _ADDRESSED.match(words) or not self._plausible(words):
                continue
            mention = self.mention(words)
            if not mention.slots and style == "clock" and _FIRST_NAME.fullmatch(words):
                mention = Mention("unknown", name=words)
            if not mention.slots and style in _MARKED and surnames().get(words, 0) >= 100:
                mention = Mention("unknown", name=words)
            titled = words[0] == "<" and words[-1] == ">" and not _OF_RULES.search(words)
            outlet = words[1:-1] if titled else words  # 《华侨经济》：
            if not mention.slots and style in _ODD_STYLES and _may_be_newsroom(outlet):
                mention = Mention("unknown", outlet=outlet, odd=outlet == words)
            if not mention.slots or not _may(mention, style, words):
                continue
            if end < len(line) and style not in ("alone", "clock"):
                behind = _BEHIND.match(line.plain, end, min(len(line), end + 30))
                told = behind and is_stage_direction(behind["words"])
                if behind and not told and behind.end() < len(line):
                    inner = self.mention(behind["words"])
                    lone = mention.part == "asker" and not (mention.outlet or inner.slots)
                    if lone and style not in _MARKED and _may_be_newsroom(behind["words"]):
                        words, end = f"{words} ({behind['words']})", behind.end()
                        mention = replace(mention, outlet=behind["words"])
                    both = self.mention(f"{words} ({behind['words']})")
                    if not inner.unread and (inner.outlet or inner.name or inner.post) and not both.unread:
                        words, mention, end = f"{words} ({behind['words']})", both, behind.end()
            yield self._made(i, i, line.start, line.start + end, words, mention, style)
            rest = (
                line.plain[end:].strip(" :")
                if mention.stage and style in _MARKED and words not in HEADER_KEYS - ROLE_KEYS
                else ""
            )
            if 2 <= len(rest) <= 40 and not _SENTENCE.search(rest):
                both = self.mention(f"{words} {rest}")
                own = self.mention(rest)
                named = own.known or own.surname or own.post or own.outlet
                if named and not own.unread and not both.unread and not both.verb and not own.stage:
                    yield self._made(i, i, line.start, line.end, f"{words} {rest}", both, "alone colon")
        if head.startswith("--") and line.plain[-1] in "?)":
            mark = len(head) - len(head.lstrip("- "))
            yield self._made(i, i, line.start, line.start + mark, "--", Mention("asker", "--"), "mark")

    def _plausible(self, words: str) -> bool:
        """Whether a text is short enough for a name alone, or has a word that labels are made of."""
        if len(words) <= 10 or words.isascii() or "·" in words:
            return True
        return _CUE.search(words) is not None or any(standing_in(words, self._known))

    def _cuts(self, line: Line, head: str, at: int) -> Iterator[tuple[str, int, int, int]]:
        """Style, where the words begin and end, and where the label ends: offsets into the line."""
        heading = line.heading > 0
        if len(line) <= _REACH:
            whole = line.plain
            stop = len(whole.rstrip(" :"))
            clock = _CLOCK_END.search(whole, at)
            if clock and clock.start() > at:
                yield "clock", at, clock.start(), len(line)
            if len(line) <= _ALONE and ":" not in whole[at:stop]:
                style = (
                    "heading"
                    if heading
                    else "alone colon"
                    if stop < len(whole) and ":" in whole[stop:]
                    else "alone"
                )
                yield style, at, stop, len(line)
        run = line.bold if 2 <= line.bold - at <= _ALONE and line.bold < len(line) else 0
        if run and line.plain[run] == " " and ":" not in head[at:run]:
            yield "bold run", at, run, _skip(line.plain, run)
        colon = next(
            (m for m in _COLON.finditer(head, at) if m.start() > at and m.end() < len(line)),
            None,
        )
        first = head[at]
        if first in _OPEN:
            close = head.find(_OPEN[first], at + 1, at + 50)
            if close > at + 1:
                follows = _COLON.match(head, close + 1)
                if follows:
                    yield "bracket colon", at, close + 1, _skip(line.plain, follows.end())
                elif close + 1 < len(line):
                    yield "bracket", at, close + 1, _skip(line.plain, close + 1)
        if colon:
            style = "bracket colon" if first in _OPEN else "colon"
            yield style, at, colon.start(), _skip(line.plain, colon.end())
        numbered = _NUMBERED.match(head, at)
        if numbered:
            end = numbered.end()
            while end < len(line) and line.plain[end] in " .、:,)":
                end += 1
            if end < len(line):
                yield "numbered", at, numbered.end(), end
        for style, pattern in (("wide", _WIDE), ("bar", _BAR), ("dash", _DASH), ("slash", _SLASH)):
            match = pattern.search(head, at + 1)
            if match and match.end() < len(line) and not _TRAIL.fullmatch(line.plain):
                yield style, at, match.start(), match.end()
        for match in list(_STROKE.finditer(head, at + 1, at + 30))[:2]:
            if match.end() < len(line) and _CUE.search(head, at, match.start()):
                yield "dash", at, match.start(), match.end()
        for match in list(_BLANK.finditer(head, at + 1, at + 30))[:3]:
            if match.end() < len(line) and (self._keys or _CUE.search(head, at, match.start())):
                yield "blank", at, match.start(), match.end()
        for dot in list(_DOT.finditer(head, at + 1, at + 44))[:3]:
            if dot.end() < len(line):
                yield "dot", at, dot.start(), dot.end()

    def _made(
        self, i: int, last: int, start: int, end: int, words: str, mention: Mention, style: str
    ) -> Candidate:
        line = self._lines[i]
        alone = end >= self._lines[last].end
        bold = line.bold >= max(2, len(words) - 2)
        return Candidate(start, end, words, mention, style, i, last, alone, bold)

    def _block(self, i: int) -> Iterator[Candidate]:
        """A label over two or three short lines."""
        for size in (2, 3):
            part = self._lines[i : i + size]
            if len(part) < size or any(len(p) > 34 or p.row or p.heading for p in part):
                return
            words = " ".join(p.plain.strip(" :") for p in part)
            following = self._lines[i + size].plain if i + size < len(self._lines) else ""
            speech = len(following) >= 24 or _SENTENCE.search(following) or following.endswith(":")
            if not speech or not all(self._plausible(p.plain) for p in part):
                continue
            if len(words) > LONGEST or _SENTENCE.search(words) or ":" in "".join(p.plain[:-1] for p in part):
                return
            if bisect_left(self._asides, part[0].start) < bisect_left(self._asides, part[-1].start):
                continue  # something that is nobody's word stands between
            torn = part[0].plain[-1] in "、·(" or part[0].plain.count("[") > part[0].plain.count("]")
            pieces = [self.mention(p.plain) for p in part]
            if not torn and any(p.unread or not p.slots for p in pieces):
                continue
            if any(NEVER.search(p.plain) for p in part):
                continue
            mention = self.mention(words)
            joined = self.mention("".join(p.plain.strip(" :") for p in part)) if torn else NOTHING
            if not joined.unread and joined.slots and torn:
                mention = joined
            if mention.unread or len(mention.slots) < 2:
                continue
            if not torn and any(p.name and (p.post or p.outlet) for p in pieces[:-1]):
                continue  # a row that introduces somebody stands above a label
            if sum(p.name is not None or p.surname is not None for p in pieces) > 1:
                continue
            yield self._made(i, i + size - 1, part[0].start, part[-1].end, words, mention, "block")

    def _row(self, i: int) -> Iterator[Candidate]:
        """The cells of a row before the last one, which has what is said."""
        line = self._lines[i]
        cells = line.plain.split("\t")
        if len(cells) < 2 or not cells[-1].strip():
            return
        words = " ".join(cell.strip() for cell in cells[:-1] if cell.strip())
        if len(words) > LONGEST or not (_SENTENCE.search(cells[-1]) or len(cells[-1]) > 24):
            return
        mention = self.mention(words)
        if not mention.slots:
            return
        end = line.plain.rfind("\t") + 1
        yield self._made(i, i, line.start, line.start + end, words, mention, "row")


def _may(mention: Mention, style: str, words: str) -> bool:
    """Whether words can be a label at all where they are written so."""
    if mention.unread > 3 and not mention.key:
        return False
    if words in ALONE and style not in _MARKED:
        return False  # 记　录　稿
    if mention.vague and mention.verb and not is_reporter(mention):
        return False
    if mention.unread and not (mention.stage or mention.outlet or mention.known or mention.key):
        return False
    if style in ("alone", "heading") and _NUMERAL.match(words) and not (mention.name or mention.surname):
        return False  # a section
    if style == "alone" and (words[-1] in ",、" or mention.public or (mention.verb and mention.slots == "s")):
        return False
    if style == "dot":
        capitals = words.isupper() and len(words) > 1
        return not mention.unread and not mention.verb and (mention.slots == "s" or capitals)
    if style == "blank":
        stage = mention.stage and not (mention.stage.isascii() and not mention.stage.isupper())
        named = mention.name and not mention.name.isascii() and (mention.outlet or mention.post)
        known = mention.known and not (mention.name or "").isascii()
        if mention.name and mention.name.isascii() and not mention.key:
            return False
        told = stage or known or mention.key or named or mention.surname
        return bool(told) and not mention.unread and not (mention.verb and mention.slots == "s")
    return True


UNTOLD = re.compile(r"[,、(]\s*未(?:报|知|通报|说明|表明)[^,、()]{0,6}\)?$")
"""What says that somebody did not say for whom he works (`记者，未报单位`)."""
_FIRST_NAME = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+)?")
_MARKED = frozenset(("colon", "bracket", "bracket colon"))
_NUMERAL = re.compile(r"[一二三四五六七八九十]{1,3}、")
_ODD_STYLES = frozenset(("colon", "bracket", "bracket colon", "bar", "alone", "alone colon", "heading"))
_OF_RULES = re.compile(
    r"(?:办法|意见|条例|规[定划]|纲要|方案|通知|决定|公[告约]|准则|细则|目录|标准|章程|报告|指南|草案|计划|协议|合同|[法书令函])>$"
)
"""How the titles of rules and papers end, which no newspaper's does."""
_COUNT = re.compile(r"\d+(?:\.\d+)?[万亿千百]?\d*[万亿千百]?[台个人天期次米元亩户家吨度岁例%条项处所辆件]")
_SHORT = 9
"""Characters of a label of no known kind."""


def _may_be_newsroom(words: str) -> bool:
    """Whether words of no known kind may name a newsroom, as far as their shape tells."""
    return (
        may_be_outlet(words)
        and len(words) <= _SHORT
        and " " not in words
        and not _COUNT.match(words)
        and words not in HEADER_KEYS
        and not NEVER.search(words)
    )


def _defines(text: str, keys: Iterable[str]) -> bool:
    """Whether a line says what a key of the recording stands for (`说话人1=主持人,…`)."""
    head = text[:24].replace(" ", "")
    return any(head.startswith((f"{key}=", f"{key}--")) for key in keys)


def _skip(text: str, at: int) -> int:
    """Where the next character stands that is no blank."""
    while at < len(text) and text[at] == " ":
        at += 1
    return at


def _better(one: Candidate, other: Candidate) -> bool:
    return (one.mention.unread, -len(one.mention.slots)) < (other.mention.unread, -len(other.mention.slots))


def with_bodies(candidates: Sequence[Candidate], lines: Sequence[Line]) -> None:
    """Give each candidate the words behind it: up to the next likely label, at most nine lines and 3,000
    characters."""
    bare = Counter(
        c.words for c in candidates if c.mention.bare and c.style in ("colon", "bracket", "heading")
    )
    likely = sorted(
        {
            c.start
            for c in candidates
            if c.mention.stage
            or c.mention.known
            or (c.mention.outlet and not c.mention.unread)
            or bare[c.words] > 1
        }
    )
    for c in candidates:
        if c.style == "closing":
            continue
        at = bisect_left(likely, c.end)
        stop = likely[at] if at < len(likely) else lines[-1].end
        parts: list[str] = []
        for line in lines[c.last : c.last + 9]:
            if line.start >= stop:
                break
            first = max(c.end, line.start) - line.start
            parts.append(line.plain[first : min(first + 1500, stop - line.start)].strip())
        c.body = "\n".join(part for part in parts if part)[:3000]
