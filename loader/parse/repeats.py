"""Repeats: a body printed again, found in one pass over the lines.

What comes in are folded lines. A line counts as seen before when an earlier line has the same letters and
digits (marks, blanks and a lost character or two apart). A run of lines that walks through its earlier
twins in order is a second printing; small differences inside the run are part of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from loader.parse.lines import Line

LEAST = 200
"""Characters a second printing has at the least; a shorter one may be a set phrase said twice."""
_SHORT = 4
"""Letters: a shorter line has no twin of its own."""
_FLAT = 600
"""Characters from which a run needs no three lines: a body printed on a single line."""
_SLACK = 3
"""Lines without a twin that a run may hold in a row, and lines its twins may skip."""


def repeated_lines(lines: Sequence[Line]) -> dict[int, int]:
    """Indices of the lines that print again what earlier lines printed, with how far before them it stands.

    The distance is in characters, from the first line of the second printing to its twin.
    """
    letters = ["".join(filter(str.isalnum, line.plain)) for line in lines]
    twins = _twins(letters)
    found: dict[int, int] = {}
    i = 0
    while i < len(lines):
        first = twins[i]
        if first is None:
            i += 1
            continue
        run = _run(letters, twins, i)
        whole = run.chars >= LEAST and (run.same >= 3 or run.chars >= _FLAT)
        if not whole or run.same * 10 < (run.end - i) * 7:
            i += 1  # a set phrase: the second printing may begin right behind it
            continue
        back = lines[i].start - lines[first].start
        found.update(dict.fromkeys(range(_begins(letters, i, first), run.end), back))
        i = run.end
    return found


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


def _run(letters: Sequence[str], twins: Sequence[int | None], start: int) -> _Run:
    """The run of second printings that begins at `start`; lines said often follow their neighbours."""
    last = twins[start]
    assert last is not None
    end, same, missed = start + 1, 1, 0
    for i in range(start + 1, len(letters)):
        bare = letters[i]
        near = next((j for j in range(last + 1, min(last + _SLACK + 2, start)) if letters[j] == bare), None)
        twin = twins[i] if near is None else near
        if twin is not None and last < twin <= last + _SLACK + 1:
            last, missed, end, same = twin, 0, i + 1, same + 1
        else:
            missed += 1
        if missed > _SLACK or last >= start:
            break
    return _Run(end, same, sum(map(len, letters[start:end])))
