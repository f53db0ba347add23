"""Makes pdfium keep a line that repeats the one above it: it takes such a line for a second printing.

Text drawn twice, a hair apart, is how old programs print bold, so pdfium (CPDF_TextPage) drops a text object
that equals one of the five before it and lies near it. It goes by the boxes of the glyphs: where the machine
has no font for a file that embeds none, they are empty, and everything within an eighth of the line's width
counts as near, whole rows of a table or lines of a list. Text without a glyph, put between two such objects,
moves the first out of the five. Only the page in memory is changed. Text within a form object is left as
pdfium reads it, since nothing can be put there.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Any, NamedTuple

_COMPARED = 5
"""Text objects before it with which pdfium compares one."""
_SAME_EDGE = 1.0
"""Points by which the edges of equal lines may differ."""
_PRINTED_TWICE = 3.0
"""Points by which the two printings of a bold or shadowed line may lie apart; lines are farther apart."""


class _Text(NamedTuple):
    """Where a text object lies, in points."""

    left: float
    right: float
    baseline: float


def keep_repeated_lines(document: Any, page: Any) -> None:
    """Part the text objects of a page that pdfium could take for one; call it before the text is read."""
    import pypdfium2.raw as pdfium  # type: ignore[import-untyped,unused-ignore]

    for moved, index in enumerate(list(_repeats(page))):
        for _ in range(_COMPARED):
            blank = pdfium.FPDFPageObj_NewTextObj(document, b"Helvetica", 1.0)
            pdfium.FPDFPage_InsertObjectAtIndex(page, blank, index + moved * _COMPARED)


def _repeats(page: Any) -> Iterator[int]:
    """The indices of text objects that lie straight below or above one of those before them."""
    import pypdfium2.raw as pdfium

    before: deque[_Text] = deque(maxlen=_COMPARED)
    for index, found in enumerate(page.get_objects(max_depth=1)):
        if found.type != pdfium.FPDF_PAGEOBJ_TEXT:
            continue
        left, _, right, _ = found.get_bounds()
        text = _Text(left, right, found.get_matrix().f)
        straight = [
            other
            for other in before
            if abs(other.left - text.left) <= _SAME_EDGE and abs(other.right - text.right) <= _SAME_EDGE
        ]
        if straight and all(abs(other.baseline - text.baseline) > _PRINTED_TWICE for other in straight):
            yield index
        before.append(text)
