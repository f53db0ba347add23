"""The shortest control sequences by which a terminal comes to write at another place, in another style.

In come places and cells in cells from 0, out go CUP, CHA and SGR (ECMA-48), no others: what erases or repeats
differs from terminal to terminal. A move says where to, never how far: a terminal that took a character for
another width than was counted is put right by the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from rich.color import ColorSystem
from rich.style import Style


class Cell(NamedTuple):
    """What stands in a cell: characters, none in the second half of a wide one; the codes of its style."""

    text: str
    codes: str
    whole: object = None
    """The stretch that it is written with, and its place there, if it cannot be written by itself."""


class Codes(NamedTuple):
    """The parameters of a style, taken apart."""

    marks: frozenset[str]
    """Bold, underlined and so on."""
    front: str
    """The colour of the text; none for the terminal's own."""
    back: str
    """That of the ground."""

    def joined(self) -> str:
        """As one, in the order of an SGR sequence."""
        return ";".join((*sorted(self.marks, key=int), *filter(None, (self.front, self.back))))


ENDS = {
    **{"1": "22", "2": "22", "3": "23", "4": "24", "21": "24", "5": "25", "6": "25", "7": "27"},
    **{"8": "28", "9": "29", "51": "54", "52": "54", "53": "55"},
}
"""The code that ends each mark; 22 ends bold and faint alike."""
SEEN = frozenset({"4", "7", "9", "21", "51", "52", "53"})
"""Marks that show on a blank."""


class Pen:
    """Gathers a sequence; it knows the row and, where the width of what it wrote is certain, the column."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._column: int | None = None
        self._row: int | None = None
        self._codes = ""

    def begin(self) -> None:
        """The cursor may be anywhere; no codes are in force."""
        self._column = self._row = None
        self._codes = ""

    def take(self) -> str:
        """What was gathered since it was last taken."""
        out = "".join(self._out)
        self._out.clear()
        return out

    def end(self) -> None:
        """No codes are in force any more."""
        self._wear("")

    def unsure(self) -> None:
        """The terminal may have counted other cells: the next place is moved to."""
        self._column = None

    def move(self, x: int, y: int) -> None:
        """To column `x` of row `y`."""
        if y != self._row:
            self._out.append(f"\x1b[{y + 1}H" if x == 0 else f"\x1b[{y + 1};{x + 1}H")
        elif x != self._column:
            self._out.append("\r" if x == 0 else f"\x1b[{x + 1}G")
        self._column, self._row = x, y

    def write(self, cells: Sequence[Cell]) -> None:
        """Cells, whole characters, from here on."""
        runs = [
            (codes, "".join(cell.text for cell in run))
            for codes, run in groupby(cells, key=attrgetter("codes"))
        ]
        for (codes, text), (ahead, _) in zip(runs, [*runs[1:], ("", "")], strict=True):
            if text.strip(" "):
                self._wear(codes)
            elif ground(self._codes) != codes:  # on a blank only the ground is seen
                self._wear(ahead if ground(ahead) == codes else _on(self._codes, codes))
            self._out.append(text)
        if self._column is not None:
            self._column += len(cells)

    def _wear(self, codes: str) -> None:
        self._out.append(change(self._codes, codes))
        self._codes = codes


@lru_cache(4096)
def codes_of(style: Style, colors: ColorSystem | None) -> str:
    """The parameters of the sequence that sets a style."""
    if colors is None:
        return ""
    plain = all(one is None or one.is_default for one in (style.color, style.bgcolor))
    # 39 and 49 say nothing behind the 0 that every sequence begins with, and are colours all the same
    return (style.without_color if plain else style)._make_ansi_codes(colors)


@lru_cache(4096)
def ground(codes: str) -> str:
    """Those of a style's codes that show on a blank."""
    apart = _apart(codes)
    return codes if apart.marks & SEEN else apart.back


@lru_cache(4096)
def change(old: str, new: str) -> str:
    """The shortest sequence by which one style follows another."""
    if old == new:
        return ""
    before, after = _apart(old), _apart(new)
    ends = {ENDS[mark] for mark in before.marks - after.marks}
    kept = {mark for mark in before.marks if ENDS[mark] not in ends}
    parts = [*sorted(ends), *sorted(after.marks - kept, key=int)]
    if before.front != after.front:
        parts.append(after.front or "39")
    if before.back != after.back:
        parts.append(after.back or "49")
    afresh = f"0;{after.joined()}" if after.joined() else "0"
    if not parts:
        return ""
    return f"\x1b[{min(';'.join(parts), afresh, key=len)}m"


@lru_cache(4096)
def _on(codes: str, back: str) -> str:
    """A style as it is, but for what shows on a blank."""
    apart = _apart(codes)
    return back if _apart(back).marks else Codes(apart.marks - SEEN, apart.front, back).joined()


@lru_cache(4096)
def _apart(codes: str) -> Codes:
    """Parameters of SGR taken apart; raises `KeyError` for marks that have no end."""
    marks, front, back = set(), "", ""
    parts = iter(codes.split(";") if codes else ())
    for part in parts:
        color = part
        if part in ("38", "48"):
            kind = next(parts)
            color = ";".join((part, kind, *(next(parts) for _ in range(1 if kind == "5" else 3))))
        number = int(part)
        if 30 <= number <= 39 or 90 <= number <= 97:
            front = "" if number == 39 else color
        elif 40 <= number <= 49 or 100 <= number <= 107:
            back = "" if number == 49 else color
        else:
            marks.add(part)
    return Codes(frozenset(marks), front, back)
