"""Noise: what on a page is only page, told by the shapes in `furniture`.

What comes in are folded lines. `why_noise` judges a whole line, `cut_of` cuts furniture off a line's two
ends, `ends_page` says that after this line the page speaks only of itself; each names the row of the table
that matched. Nothing is thrown away: noise becomes turns of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from loader.model import Span
from loader.parse.furniture import ALONE, ENDS, HEAD, NAVIGATION, TAIL, WHOLE, Rule
from loader.parse.lines import Line
from loader.parse.mentions import mention_of
from loader.parse.titles import BRIEFING

_MENU = re.compile(
    r"(?:关于|网站|服务|隐私|广告|版权|联系|友情|用户|法律|免责|帮助)(?:本[站网]|我们|地图|导航|简介|声明|条款|协议|政策|保护|投放|合作|服务|信息|链接|中心)"
)
_BETWEEN = re.compile(r"[\s|·:\[\],/]+")
_LISTED = re.compile(r"(?:19|20)\d\d[年\-/.]\d{1,2}[月\-/.]\d{1,2}日?[^。?!:;]{4,50}$")
_LETTERING = re.compile(r"[A-Z]{2,}(?: (?:[A-Z]{2,}|News|TV|Live)){1,3}")
_SENTENCE = re.compile(r".*(?:[。?!…]|(?:\w+[ ,]+){4,}\w+\.)[\"')\]]*")
"""What somebody says ends so: by its shape alone it is no furniture, whatever words it holds."""
_PRINTED = re.compile(
    r"https?://|www\.|ICP[备证]\S{0,3}\d|公网安备\s?\d|©|[(\[][^()\[\]]{0,40}(?:摄|供图|截图)[)\]]|^[▲△▼]"
    r"|^图为[^,。我你您咱大这那]{2,24}。$|^(?:请|欢迎)(?:您)?(?:加入)?成为.{0,16}(?:订户|会员)(?:,|。|$)"
)
"""What nobody says aloud, a caption without a word to whoever listens among it: with the shape of furniture
it makes a sentence furniture all the same."""
_LONGEST = 240
"""Characters: a longer line is never furniture as a whole."""


class Cut(NamedTuple):
    """Furniture glued to a line, and why it is."""

    span: Span
    why: str


def _any(rules: Sequence[Rule]) -> re.Pattern[str]:
    """All rows of a table as one pattern, a group for each: `lastindex` tells which matched."""
    return re.compile("|".join(f"({rule.pattern})" for rule in rules))


def _row(rules: Sequence[Rule], match: re.Match[str]) -> str:
    """The row of a table that matched, by its example."""
    return f"like {rules[(match.lastindex or 1) - 1].example}"


def _cues(rules: Sequence[Rule]) -> re.Pattern[str]:
    """What a text must hold for a row with a cue to match."""
    return re.compile("|".join(rule.cue for rule in rules if rule.cue))


class _WholeLines:
    """A table whose rows match whole lines; those with a cue are tried only where one stands."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._cue = _cues(rules)
        self._rules = rules
        self._quick = [rule for rule in rules if not rule.cue]
        self._all_rules, self._quick_rules = _any(rules), _any(self._quick)

    def why(self, text: str) -> str:
        """The row that a folded line matches, by its example; empty where none does, or somebody says it."""
        if len(text) > _LONGEST or is_spoken(text):
            return ""
        if self._cue.search(text):
            match = self._all_rules.fullmatch(text)
            return _row(self._rules, match) if match else ""
        match = self._quick_rules.fullmatch(text)
        return _row(self._quick, match) if match else ""


_WHOLE, _ENDS = _WholeLines(WHOLE), _WholeLines(ENDS)
_HEAD, _TAIL, _TAIL_CUE = _any(HEAD), _any(TAIL), _cues(TAIL)
_HEAD_REACH, _TAIL_REACH = 80, 240
"""Characters at a line's ends in which glued furniture is looked for."""


def is_spoken(text: str) -> bool:
    """Whether a folded line is a sentence that somebody may say, with nothing in it that is only printed."""
    in_brackets = text[:1] in "([" and text[-1:] in ")]"
    return not in_brackets and _SENTENCE.fullmatch(text) is not None and not _PRINTED.search(text)


def why_noise(text: str) -> str | None:
    """Why a whole folded line is furniture, or None where it is not."""
    menu = text.strip("[] ") in ALONE or _is_menu(text)
    return _WHOLE.why(text) or ("words of a menu" if menu else None)


def is_noise(text: str) -> bool:
    """Whether a whole folded line is furniture."""
    return why_noise(text) is not None


def ends_page(text: str) -> str:
    """Why a folded line opens the page's own end, where nobody speaks after it; empty where it does not."""
    return _ENDS.why(text)


def _is_menu(text: str) -> bool:
    if len(text) > _LONGEST or not _BETWEEN.search(text):
        return False
    words = [w for w in _BETWEEN.split(text) if w]
    hits = sum(w in NAVIGATION or _MENU.fullmatch(w) is not None for w in words)
    return hits >= 2 and hits * 2 >= len(words)


def cut_of(line: Line) -> tuple[Line | None, list[Cut]]:
    """A line without the furniture glued to its ends (None if nothing is left), and what was cut off."""
    cut: list[Cut] = []
    start, end, text = line.start, line.end, line.plain
    head = _HEAD.match(text, 0, _HEAD_REACH)
    if head and head.end() < len(text):
        cut.append(Cut(Span(start, start + head.end()), _row(HEAD, head)))
        text = text[head.end() :]
        start += head.end()
    offset = max(0, len(text) - _TAIL_REACH)
    tail = _TAIL.search(text, offset) if _TAIL_CUE.search(text, offset) else None
    if tail and tail.start() > 0:
        cut.append(Cut(Span(start + tail.start(), end), _row(TAIL, tail)))
        text, end = text[: tail.start()], start + tail.start()
    if not cut:
        return line, cut
    bare = text.strip()
    if not bare:
        return None, [Cut(Span(line.start, line.end), cut[-1].why)]
    shift = text.index(bare[0])
    start += shift
    return replace(line, start=start, end=start + len(bare), plain=bare), cut


def is_logo(text: str) -> bool:
    """Whether a folded line of a Chinese text is a broadcaster's lettering (`LCTV News`, `XINWEN`)."""
    return text.isascii() and len(text) <= 30 and bool(_LETTERING.fullmatch(text))


def repeated_footers(lines: Sequence[Line]) -> set[str]:
    """Short lines that recur three times or more: `Media pack v5 | 3` with other numbers, running headers.

    No label recurs so: what can be read as naming who speaks, for the most part, is none; nor do lines of
    running text, which end in a mark, have one within, or go on from the line above.
    """
    shapes: list[str] = []
    before: Line | None = None
    for line in lines:
        first = line.apart or before is None or "|" in line.plain or is_noise(before.plain)
        if first and len(line) <= 80 and not (line.row or line.heading or _RUNNING.search(line.plain)):
            shapes.append(_shape(line.plain))
        before = line
    return {shape for shape, times in Counter(shapes).items() if times >= 3 and _is_header(shape)}


def _is_header(shape: str) -> bool:
    """Whether a line that recurs, its numbers taken out, is a page's header or footer."""
    mention = mention_of(shape.strip(" :|#"))
    if "|" in shape and "#" in shape:
        return bool(mention.unread) or not mention.slots
    if "#" in shape or len(shape) < _HEADER or _NUMBERED.match(shape):
        return False
    return mention.unread * 2 > len(shape)


_HEADER = 10
"""Characters that a running header has at the least, where nothing in it is parted by a bar."""
_NUMBERED = re.compile(r"[一二三四五六七八九十(第]")
_RUNNING = re.compile(r"[。?!…;:.]$|[,;。?!、]")


def listed_titles(lines: Sequence[Line]) -> set[str]:
    """Dated titles of briefings, where a page lists three or more: they are links to pages of their own."""
    titles = {
        line.plain
        for line in lines
        if len(line) <= 60 and _LISTED.match(line.plain) and BRIEFING.search(line.plain)
    }
    return titles if len(titles) >= 3 else set()


def is_footer(text: str, shapes: set[str]) -> bool:
    """Whether a folded line has one of the shapes of `repeated_footers`."""
    return bool(shapes) and len(text) <= 80 and _shape(text) in shapes


def _shape(text: str) -> str:
    return re.sub(r"\d+", "#", text)
