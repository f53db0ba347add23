"""Repeats: a body printed again, found in one pass over the lines.

What comes in are folded lines. A line counts as seen before when an earlier line has the same letters and
digits (marks, blanks and a lost character or two apart). A run of lines that walks through its earlier
twins in order is a second printing. Of its lines only those are repeats that say nothing the first one
did not: what stands in the second printing alone is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from loader.parse.lines import Line

LEAST = 200
"""Characters a second printing has at the least; a shorter one may be a set phrase said twice."""
_MANY = 6
"""Lines one behind the other of which half as much is a second printing."""
_SHORT = 4
"""Letters: a shorter line has no twin of its own."""
_FLAT = 600
"""Characters from which a run needs no three lines: a body printed on a single line."""
_SAME = 300
"""The same where the line is letter for letter the earlier one: nobody says so much twice."""
_LABEL = 16
"""Letters: a shorter line may be somebody's name or post, which begins no second printing by itself."""
_SLACK = 3
"""Lines without a twin that a run may hold in a row, and lines its twins may skip."""
_PATIENCE = 24
"""Lines a run may go on for before its holes are counted: the first of them may be torn."""


def repeated_lines(lines: Sequence[Line]) -> dict[int, int]:
    """Indices of the lines that print again what earlier lines printed, with how far before them it stands.

    The distance is in characters, from the first line of the second printing to its twin.
    """
    if len(lines) < 2:
        return {}
    letters = ["".join(filter(str.isalnum, line.plain)) for line in lines]
    twins = _twins(letters)
    walks = _Walks(letters, twins)
    found: dict[int, int] = {}
    i = 0
    while i < len(lines):
        first = twins[i]
        if first is None or _alone(letters, i, first):
            i += 1
            continue
        run = walks.run(i)
        flat = _SAME if letters[i] == letters[first] else _FLAT
        least = LEAST // 2 if run.same >= _MANY else LEAST
        whole = run.chars >= least and (run.same >= 3 or run.chars >= flat)
        if not whole or run.holes:
            i += 1  # a set phrase: the second printing may begin right behind it
            continue
        back = lines[i].start - lines[first].start
        begins = _begins(letters, i, first)
        for nth in _shown_before(letters, range(begins, run.end), first - (i - begins)):
            found[nth] = back
        i = run.end
    return found


def _shown_before(letters: Sequence[str], again: range, first: int) -> Iterator[int]:
    """The lines of a second printing that say nothing new; `first` is where the first printing begins."""
    before = set(letters[: again.start])
    at = first
    for nth in again:
        near = range(at, min(at + 2 * _SLACK, again.start))
        twin = next((one for one in near if _is_within(letters[nth], letters[one])), None)
        if twin is not None:
            at = twin + 1
        if twin is not None or letters[nth] in before:
            yield nth


def _is_within(letters: str, twin: str) -> bool:
    """Whether a line says nothing that its twin does not, in the same order: it may have lost something."""
    rest = iter(twin)
    return all(letter in rest for letter in letters)


def _alone(letters: Sequence[str], line: int, twin: int) -> bool:
    """Whether a line as short as a name is not followed by what follows its twin: he says something else."""
    if len(letters[line]) >= _LABEL or line + 1 >= len(letters):
        return False
    behind, there = letters[line + 1], letters[twin + 1]
    return behind != there and not set(_keys(behind)) & set(_keys(there))


def _begins(letters: Sequence[str], start: int, twin: int | None) -> int:
    """Where a run begins whose first lines are too short to have twins of their own (`骆川`)."""
    while twin and start - 1 > twin and letters[start - 1] == letters[twin - 1]:
        if len(letters[start - 1]) >= _SHORT:
            break
        start, twin = start - 1, twin - 1
    return start


class _Run(NamedTuple):
    end: int
    same: int
    """Lines with a twin in order."""
    chars: int
    """Letters and digits on all its lines."""
    holes: bool
    """Three lines in ten, or three letters, or more are without a twin."""


def _twins(letters: Sequence[str]) -> list[int | None]:
    first: dict[str, int] = {}
    twins: list[int | None] = []
    for i, bare in enumerate(letters):
        keys = _keys(bare)
        twins.append(next((first[k] for k in keys if k in first), None))
        for key in keys:
            first.setdefault(key, i)
    return twins


def _keys(bare: str) -> list[str]:
    """What two printings of a line share: all its letters, or for a long line either end of them."""
    if len(bare) < 40:
        return [bare] if len(bare) >= _SHORT else []
    reach = min(len(bare) // 2, 60)
    return [bare, bare[:reach], bare[-reach:]]


class _Walks:
    """Walks from a line with a twin through the lines behind both."""

    def __init__(self, letters: Sequence[str], twins: Sequence[int | None]) -> None:
        self._letters, self._twins = letters, twins
        self._chars = list(accumulate(map(len, letters), initial=0))
        again = (len(one) * (twin is not None) for one, twin in zip(letters, twins, strict=True))
        self._again = list(accumulate(again, initial=0))
        """Letters on the lines before each line, and those of them on lines with a twin."""

    def run(self, start: int) -> _Run:
        """The run of second printings that begins at `start`, a line with a twin.

        It is followed as far as it has no holes, `_PATIENCE` lines at the least: so much a start that leads
        to nothing costs, however long the text is, and a second printing that begins behind it is found
        from its own first line.
        """
        twin = self._twins[start]
        assert twin is not None
        run, good, line = self._run(start, start, 1), None, start
        while twin < start:
            step = self._next(line, twin, start)
            if step is None:
                break
            line, twin = step
            run = self._run(start, line, run.same + 1)
            if line - start >= _PATIENCE:
                if run.holes:
                    break
                good = run
        return good if run.holes and good else run

    def _run(self, start: int, line: int, same: int) -> _Run:
        chars, again = self._chars[line + 1] - self._chars[start], self._again[line + 1] - self._again[start]
        holes = same * 10 < (line + 1 - start) * 7 or again * 10 < chars * 7
        return _Run(line + 1, same, chars, holes)

    def _next(self, line: int, twin: int, start: int) -> tuple[int, int] | None:
        """The next line with a twin near behind the last; lines said often follow their neighbours."""
        letters, far = self._letters, twin + _SLACK + 1
        for i in range(line + 1, min(line + _SLACK + 2, len(letters))):
            near = next((j for j in range(twin + 1, min(far + 1, start)) if letters[j] == letters[i]), None)
            other = self._twins[i] if near is None else near
            if other is not None and twin < other <= far:
                return i, other
        return None
