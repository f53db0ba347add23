"""Setting text in terminal cells: line breaks, cuts, columns. Any text may come in; no Textual here.

Cells, never characters: a Chinese character takes two. Line breaks follow UAX #14 as far as Chinese
press briefings need it: kinsoku (no closing mark at a line's head, no opening mark at its end), Latin
words and numbers whole, a number with the measure word behind it, combining marks and emoji together.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from rich.cells import cell_len, get_character_cell_size

from loader.kinds import Span

GAP = "▢"
"""Stands where the source lost characters; one cell, and a number to what follows it."""
ELLIPSIS = "…"
"""Stands where text was cut; one cell."""

NO_START = frozenset(
    "，。、；：？！）》〉」』】〕〗〙｝］”’…—～·・‧‰％%℃°′″¢々〻ー゛゜ゝゞヽヾ｡､｣･﹐﹑﹒﹔﹕﹖﹗﹚﹜﹞"
    "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ,.;:?!)]}"
)
"""Marks that may not begin a line (GB/T 15834, JIS X 4051)."""
NO_END = frozenset("（《〈「『【〔〖〘｛［“‘([{$¥￥£€№第")
"""Marks that may not end a line, and 第, which belongs to the number behind it."""
MEASURES = frozenset("万亿千百年月日时点分秒例名人个元岁天次件起项家所位条户辆张台吨米度号场届轮倍")
"""Measure words that stay with a number directly before them."""

_DIGITS = "[0-9０-９]"
_NUMBER = (
    rf"[第约近超达]?{_DIGITS}[0-9０-９.,:：/%％]*"  # 1.86, 2,316, 16:00
    rf"(?:[\u4e00-\u9fff+＋×xX~～–—-]{_DIGITS}[0-9０-９.,:：/%％]*)*"  # 3月24, 10混1, 5+1, 6—8
    f"(?:{GAP}*(?:[多余几]?[万亿千百十]*[多余]?)"
    "(?:人次|人份|小时|分钟|平方米|平方公里|公里|公斤|毫升|毫米|厘米|元钱|个月|周岁|周|秒钟|世纪|年度|"
    f"[检采轮批条针剂码{''.join(sorted(MEASURES))}]))?"
)
"""A number with all that is one with it: its unit, a date's or a range's other numbers."""
_REACH = 24
"""Characters looked at on either side of a place to tell whether it is within a number."""
_BLANKS = frozenset(" \t\n\r\u3000")
_SIMPLE = re.compile(
    "[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u2100-\u22ff\u2500-\u25fc"
    "\u3000-\u3029\u3030-\u3098\u309b-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff01-\uffe6]*"
)
"""Text in which every character is a grapheme: nothing in it joins what stands before."""


class Line(NamedTuple):
    """Characters `start` to `end` (half-open) of the text set; its trailing blanks may hang."""

    start: int
    end: int


class _Widths(dict[str, int]):
    """Cells a character takes, learnt one by one; those of ambiguous width take `ambiguous`."""

    def __init__(self, ambiguous: int) -> None:
        self.ambiguous = ambiguous

    def __missing__(self, character: str) -> int:
        width = get_character_cell_size(character)
        if width == 1 and unicodedata.east_asian_width(character) == "A":
            width = self.ambiguous
        self[character] = width
        return width


_WIDTHS = _Widths(1)
_WIDEST = _Widths(2)


def set_ambiguous(width: int) -> None:
    """Take characters of ambiguous width (UAX #11: “ ” … — ·) for `width` cells, 1 or 2, from now on."""
    if width not in (1, 2):
        raise ValueError(f"characters of ambiguous width take 1 or 2 cells, not {width}")
    _WIDTHS.clear()
    _WIDTHS.ambiguous = width


def ambiguous() -> int:
    """The cells that characters of ambiguous width are taken for."""
    return _WIDTHS.ambiguous


def doubtful(text: str) -> bool:
    """Whether any character of `text` is of ambiguous width."""
    return any(_WIDEST[character] > get_character_cell_size(character) for character in text)


def columns(text: str) -> list[int]:
    """The column, in cells, at which each character begins, and behind them the width of all.

    Within a grapheme of several characters the later ones begin where it ends.
    """
    return _measure(text)[0]


def cells(text: str) -> int:
    """The cells that all of `text` takes."""
    return columns(text)[-1]


def widest(text: str) -> int:
    """The cells that all of `text` takes where characters of ambiguous width take two."""
    return _measure(text, _WIDEST)[0][-1]


def to_cells(text: str, span: Span) -> Span:
    """The cells that a span of characters takes."""
    at = columns(text)
    return Span(at[span.start], at[span.end])


def to_characters(text: str, cells: Span) -> Span:
    """The whole graphemes that a range of cells touches."""
    at = columns(text)
    size = len(text)
    start = min(max(0, bisect_right(at, cells.start) - 1), size)
    return Span(start, max(start, min(bisect_left(at, cells.end), size)))


def wrap(text: str, width: int, indent: int = 0, spare: int = 1) -> list[Line]:
    """Lines of at most `width` cells that together are `text`, the first one `indent` cells shorter.

    None is more than `spare` cells wider where characters of ambiguous width take two. At least one line,
    even of an empty text. Only a grapheme wider than `width`, and blanks hanging at a line's end, pass the
    width. Takes time linear in the text's length.
    """
    at, joined = _measure(text)
    most = _measure(text, _WIDEST)[0] if ambiguous() == 1 and doubtful(text) else at
    size = len(text)
    lines: list[Line] = []
    start, room = 0, max(1, width - indent)
    while start < size:
        end = bisect_right(at, at[start] + room) - 1
        if most is not at:
            end = min(end, bisect_right(most, most[start] + room + spare) - 1)
        if end < size:
            end = _break(text, start, end, joined)
        lines.append(Line(start, end))
        start, room = end, max(1, width)
    return lines or [Line(0, 0)]


def cut(text: str, width: int) -> str:
    """`text` if it fits into `width` cells, else as much of it as fits before an ellipsis.

    At most one cell wider where characters of ambiguous width take two.
    """
    at, most = columns(text), _measure(text, _WIDEST)[0]
    if at[-1] <= width and most[-1] <= width + 1:
        return text
    mark = cells(ELLIPSIS)
    if width < mark:
        return ""
    end = min(bisect_right(at, width - mark), bisect_right(most, width - 1)) - 1
    return text[: max(0, end)].rstrip() + ELLIPSIS


def pad(text: str, width: int) -> str:
    """`text` cut or filled with blanks to exactly `width` cells."""
    shown = cut(text, width)
    return shown + " " * (width - cells(shown))


def window(text: str, span: Span, width: int) -> Line:
    """The part of `text` that shows `span` in its middle, in `width` cells with its ellipses.

    Whoever shows it puts an ellipsis where it does not reach the text's ends; room is kept for them. All is
    measured as if characters of ambiguous width took two cells.
    """
    at, joined = _measure(text, _WIDEST)
    if at[-1] <= width:
        return Line(0, len(text))
    room = max(1, width - 4)
    middle = (at[span.start] + min(at[span.end], at[span.start] + room)) // 2
    left = min(max(0, middle - room // 2), max(0, at[-1] - room))
    start = bisect_left(at, left)
    while start in joined:
        start += 1
    return Line(start, max(start, bisect_right(at, at[start] + room) - 1))


def _measure(text: str, widths: _Widths = _WIDTHS) -> tuple[list[int], frozenset[int]]:
    """Columns as of `columns`, and the offsets that no cut may fall on: inside a grapheme."""
    if _SIMPLE.fullmatch(text):
        return list(accumulate(map(widths.__getitem__, text), initial=0)), frozenset()
    joined = frozenset(_joints(text))
    bounds = [offset for offset in range(len(text)) if offset not in joined]
    at: list[int] = [0]
    for start, end in zip(bounds, [*bounds[1:], len(text)], strict=True):
        width = max(cell_len(text[start:end]), widths[text[start]] if widths.ambiguous == 2 else 0)
        at.extend([at[-1] + width] * (end - start))
    return at, joined


def _joints(text: str) -> Sequence[int]:
    """The offsets inside graphemes, ascending (UAX #29, without Hangul syllables spelt in letters)."""
    found: list[int] = []
    flags = 0
    for offset, character in enumerate(text):
        flag = "\U0001f1e6" <= character <= "\U0001f1ff"
        flags = flags + 1 if flag else 0
        if offset and (
            _WIDTHS[character] == 0
            or unicodedata.category(character)[0] == "M"
            or "\U0001f3fb" <= character <= "\U0001f3ff"
            or text[offset - 1] == "\u200d"
            or (flag and flags % 2 == 0)
        ):
            found.append(offset)
    return found


def _break(text: str, start: int, fits: int, joined: frozenset[int]) -> int:
    """Where the line from `start` ends, if all up to `fits` has room: the last good break, or the best."""
    hang = fits
    while hang < len(text) and text[hang] in _BLANKS:
        hang += 1
    if hang == len(text):
        return hang
    for end in range(hang, start, -1):
        if end not in joined and _may_break(text, end):
            return end
    for end in range(fits, start, -1):
        if end not in joined and _keeps_marks(text, end):
            return end
    end = max(fits, start + 1)
    while end in joined:
        end += 1
    return end


def _keeps_marks(text: str, end: int) -> bool:
    """Whether kinsoku allows a break before `text[end]`."""
    return text[end] not in NO_START and text[end] not in _BLANKS and text[end - 1] not in NO_END


def _may_break(text: str, end: int) -> bool:
    """Whether a break before `text[end]` keeps marks, words and numbers."""
    after, before = text[end], text[end - 1]
    if after in NO_START or after in _BLANKS:
        return False
    if before in _BLANKS:
        return True
    if before in NO_END:
        return False
    if _in_word(after) and _in_word(before):
        return before in ",;:?!" and end > 1 and not _in_word(text[end - 2])
    return not (after in MEASURES and before == GAP) and not _in_number(text, end)


def _in_number(text: str, end: int) -> bool:
    """Whether a break before `text[end]` would part a number from its unit or a date's numbers."""
    low = max(0, end - _REACH)
    near = text[low : end + _REACH]
    return any(found.start() < end - low < found.end() for found in _number().finditer(near))


@cache
def _number() -> re.Pattern[str]:
    """Compiled when the first text is wrapped: the list of briefings wraps none."""
    return re.compile(_NUMBER)


def _in_word(character: str) -> bool:
    """Whether it stands within Latin words and numbers: no break between two such."""
    return "!" <= character <= "~" or "\u00a0" <= character <= "\u058f" or "０" <= character <= "ｚ"
