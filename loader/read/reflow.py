"""Lines of pages to paragraphs: joins what was only wrapped, marks what is printed on every page.

Goes by where lines stand, as a reader does: a line that reaches the right edge goes on in the next if
that one begins at the left edge, in the same size and at the usual distance. What stands at the head or
foot of page after page, numbers aside, is furniture; a paragraph that a page break parts is joined over
it. Knows nothing of PDF.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from loader.model import Mark
from loader.read.page import WIDE

_EDGE = 2
"""Lines at a page's head and foot that may be furniture, counted from either end."""
_APART = 1.3
"""How many times the usual distance of lines parts a header from the text."""
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[-—–· ]*(?:第|Page)? ?#(?: ?(?:[/／]|of) ?#)? ?[页頁]?(?:[,，]? ?共 ?# ?[页頁])?[-—–· ]*", re.IGNORECASE
)
"""What a page number looks like, its digits as `#`."""
_LABEL = re.compile(r"[^，。；：:]{1,20}[：:]")
_ENDS = tuple("。！？!?…”」』）)")
_CLOSE = re.compile(rf"{WIDE}$")
_OPENING = re.compile(WIDE)


class Line(NamedTuple):
    """A line of print; all measures in points, `bottom` from the page's lower edge."""

    text: str
    left: float
    right: float
    bottom: float
    size: float
    """The height of its first character's font."""
    page_width: float


class _Measure(NamedTuple):
    """The text block of a document."""

    left: float
    right: float
    leading: float


def reflow(pages: list[list[Line]]) -> tuple[str, list[Mark]]:
    """The text of pages, a paragraph a line, with `furniture` marks; linear in the number of lines.

    Furniture that stands within a paragraph, at the break of a page, comes after it.
    """
    aside = _furniture(pages)
    measure = _measured(pages, aside)
    out: list[tuple[str, bool]] = []  # (line, whether it is furniture)
    paragraph: list[str] = []
    waiting: list[str] = []

    def end() -> None:
        if paragraph:
            out.append(("".join(paragraph), False))
        out.extend((line, True) for line in waiting)
        paragraph.clear()
        waiting.clear()

    last: tuple[int, Line] | None = None
    for number, page in enumerate(pages):
        for line in page:
            if (number, line) in aside:
                waiting.append(line.text)
                continue
            if last and measure and _goes_on(last[1], line, measure, same_page=last[0] == number):
                paragraph += (_between(last[1].text, line.text), line.text)
            else:
                end()
                paragraph.append(line.text)
            last = number, line
    end()
    marks: list[Mark] = []
    length = 0
    for text, is_furniture in out:
        if is_furniture:
            marks.append(Mark("furniture", length, length + len(text)))
        length += len(text) + 1
    return "\n".join(text for text, _ in out), marks


def _furniture(pages: list[list[Line]]) -> set[tuple[int, Line]]:
    """(page, line) of what stands at the same height of several pages with the same words."""
    heights = [sorted(page, key=lambda line: -line.bottom) for page in pages]
    gaps = [above.bottom - below.bottom for page in heights for above, below in pairwise(page)]
    apart = _APART * median([gap for gap in gaps if gap > 1] or [0])
    edges: list[tuple[int, Line, tuple[str, int]]] = []
    for number, page in enumerate(heights):
        for line in dict.fromkeys([*_edge(page, apart), *_edge(page[::-1], apart)]):
            words = _NUMBER.sub("#", " ".join(line.text.split()))
            edges.append((number, line, (words, round(line.bottom / 8))))
    seen = Counter(key for _, _, key in edges)
    often = max(2, len(pages) // 3)  # left and right pages may differ, chapters too
    return {
        (number, line)
        for number, line, key in edges
        if seen[key] >= often or (len(pages) > 1 and _PAGE_NUMBER.fullmatch(key[0]))
    }


def _edge(lines: list[Line], apart: float) -> list[Line]:
    """The lines at one end of a page, outermost first, that stand apart from the rest; numbers need not."""
    for count in range(min(_EDGE, len(lines) - 1), 0, -1):
        if abs(lines[count - 1].bottom - lines[count].bottom) > apart:
            return lines[:count]
    return [line for line in lines[:1] if _PAGE_NUMBER.fullmatch(_NUMBER.sub("#", line.text))]


def _measured(pages: list[list[Line]], aside: set[tuple[int, Line]]) -> _Measure | None:
    """Where lines begin and end, and how far apart they are; None where no line is long enough to wrap."""
    bodies = [[line for line in page if (number, line) not in aside] for number, page in enumerate(pages)]
    body = [line for page in bodies for line in page]
    if not body:
        return None
    lefts = Counter(round(line.left) for line in body)
    left = min(
        edge for edge, count in lefts.items() if count >= min(max(lefts.values()), 1 + len(body) // 50)
    )
    rights = sorted(line.right for line in body)
    right = rights[int(0.98 * (len(rights) - 1))]  # a line or two may stick out
    if right - left < median(line.page_width for line in body) / 2:
        return None
    gaps = [above.bottom - below.bottom for page in bodies for above, below in pairwise(page)]
    return _Measure(left, right, median([gap for gap in gaps if gap > 0] or [0]))


def _goes_on(above: Line, below: Line, measure: _Measure, *, same_page: bool) -> bool:
    """Whether a line was only wrapped. Where words have blanks the right edge is ragged by a word."""
    slack = 2.1 * above.size if _CLOSE.search(above.text) else 0.15 * (measure.right - measure.left)
    if above.right < measure.right - slack or below.left > measure.left + 0.6 * below.size:
        return False
    if abs(above.size - below.size) > 0.2 * max(above.size, below.size):
        return False
    if same_page and not 0 < above.bottom - below.bottom <= 1.4 * measure.leading:
        return False
    return not (above.text.endswith(_ENDS) and _LABEL.match(below.text))


def _between(above: str, below: str) -> str:
    """What stands between two lines that are joined: a blank between words, nothing beside Chinese."""
    return "" if _CLOSE.search(above) or _OPENING.match(below) else " "
