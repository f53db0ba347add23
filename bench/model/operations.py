"""What the model-based test does to an archive: the command, and what it may lead to."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

from bench.model.archive import Action, Corrections, History, State, serialised
from bench.model.process import Result
from bench.model.program import Fault

LOADED, REFUSED, USAGE, UNUSABLE = 0, 1, 2, 3


@dataclass(frozen=True)
class Operation:
    """One command that may change the archive."""

    told: str
    """As it would be typed."""
    job: Callable[[], int]
    orders: tuple[tuple[Action, ...], ...] = ((),)
    """What it does, step by step; the orders in which it may."""
    parts: tuple[tuple[Action, ...], ...] = ()
    """The same in smaller steps, for when it is killed or not alone."""
    codes: tuple[int, ...] = (LOADED,)
    """Exit codes that say it did all of it."""
    stdin: bytes = b""
    reads: bool = False
    """Whether it only reads, so that nothing others do can be in its way."""

    def histories(self, result: Result, alone: bool) -> list[History]:
        """What it has done, by the way it ended: beside others it may find nothing to do, or be refused."""
        if result.code in self.codes:
            return [History(order) for order in (self.orders if alone else self.orders + self.parts)]
        if result.code is not None and (
            alone or self.reads or result.code not in (REFUSED, UNUSABLE) or "Traceback" in result.err
        ):
            raise Fault(f"{self.told}: exit {result.code}: {result.err.strip()[-2000:]}")
        return [History(order, complete=False) for order in self.orders + self.parts]


def results_in(state: State, ended: list[tuple[Operation, Result]]) -> list[State]:
    """The states that operations at the same time may have led to, the likeliest first."""
    alone = len(ended) == 1
    found: dict[State, None] = {}
    for histories in product(*(operation.histories(result, alone) for operation, result in ended)):
        found.update(dict.fromkeys(serialised(state, histories)))
    return list(found)


def line(*arguments: str) -> str:
    """A command as it would be typed."""
    return shlex.join(("briefings-tui", *arguments))


def options(values: Corrections) -> list[str]:
    """The options of `load` that correct these fields."""
    return [part for name, value in values.items() for part in (f"--{name}", value or "")]
