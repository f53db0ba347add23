"""Tables in plain text: rows of cells parted by tabs, as slides and office files come out of a converter.

What comes in are folded lines. Two lines or more, one right under the other, with the same number of cells
are rows; a column of labels (`主持人:<tab>…`, `时间<tab>…`) and cells that are sentences are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from loader.parse.fields import HEADER_KEYS
from loader.parse.lines import Line

_SENTENCE = re.compile(r"[。?!;…]$")
_LONGEST = 80
"""Characters of a cell."""


def with_rows(lines: Sequence[Line]) -> list[Line]:
    """The lines, with `row` set where several make a table; a table of one cell is a page's frame."""
    out = list(lines)
    for i, line in enumerate(lines):
        if line.row and not any("\t" in one.plain for one in lines[max(0, i - 1) : i + 2] if one.row):
            out[i] = replace(line, row=False)
    for start, end in _runs(lines):
        if _is_table([line.plain.split("\t") for line in lines[start:end]]):
            out[start:end] = [replace(line, row=True) for line in lines[start:end]]
    return out


def _runs(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Half-open ranges of neighbouring lines with the same number of cells, two lines or more."""
    start, cells = 0, 0
    for i, line in enumerate(lines):
        own = line.plain.count("\t") if not (line.row or line.front_matter or line.furniture) else 0
        if own == cells and not line.apart:
            continue
        if cells and i - start >= 2:
            yield start, i
        start, cells = i, own
    if cells and len(lines) - start >= 2:
        yield start, len(lines)


def _is_table(rows: Sequence[Sequence[str]]) -> bool:
    """Whether lines of cells are a table and not labels with what is said, or fields of the page."""
    if any(len(cell) > _LONGEST for row in rows for cell in row):
        return False
    labelled = sum(row[0].endswith(":") or row[0].strip() in HEADER_KEYS for row in rows)
    sentences = sum(any(_SENTENCE.search(cell.strip()) for cell in row[1:]) for row in rows)
    return labelled * 2 < len(rows) and sentences * 2 < len(rows)
