"""Runs the steps, archive after archive, and tells of the first fault."""

from __future__ import annotations

import gc
import os
import random
import shutil
import tempfile
from collections import Counter, deque
from collections.abc import Sequence
from contextlib import ExitStack, redirect_stdout
from pathlib import Path

from bench.model.disk import SUFFIXES
from bench.model.files import ENCODINGS, drawn
from bench.model.program import Fault, Program
from bench.model.steps import STEPS, begin
from bench.model.world import World

THOROUGH = 20
"""Steps from one thorough check to the next."""
_SHOWN = 30
"""Steps that are printed before a fault."""
_MEMORY = Path("/dev/shm")


class Failed(Exception):
    """A fault, with the steps that led to it."""


def run(
    steps: int,
    seed: int,
    *,
    world: int = 150,
    without: Sequence[str] = (),
    log: str | None = None,
    folder: Path | None = None,
    program: type[Program] = Program,
) -> Counter[str]:
    """Do that many steps, on another archive every `world` steps; how many of each kind. Raises `Failed`.

    Steps depend on the seed and their number; when somebody is killed is counted in calls, not in seconds.
    What several processes do at once is the operating system's affair. `folder` is for all files: in memory
    if none is given, and kept after a fault.
    """
    base = Path(tempfile.mkdtemp(prefix="model-", dir=folder or (_MEMORY if _MEMORY.is_dir() else None)))
    _leave_home(base)
    _warm_up(base / "warm", program)
    gc.collect()
    gc.freeze()
    weights = {kind: step.weight for kind, step in STEPS.items() if kind not in without}
    tally: Counter[str] = Counter()
    last: deque[str] = deque(maxlen=_SHOWN)
    with ExitStack() as stack:
        out = stack.enter_context(Path(log).open("w", encoding="utf-8")) if log else None

        def tell(number: int, done: str) -> None:
            last.append(f"{number}: {done}".encode("utf-8", "backslashreplace").decode())
            if out:
                print(last[-1], file=out, flush=True)

        for number in range(1, steps + 1):
            dice = random.Random(f"{seed}:{number}")
            try:
                if number % world == 1:
                    current = World(base / f"world-{number}", program, without)
                    tell(number, begin(current, dice, "first" not in without))
                kind = dice.choices(list(weights), list(weights.values()))[0]
                done = STEPS[kind].do(current, dice)
                tell(number, done if kind == "change" else f"{kind}: {done}")
                tally[done.partition(":")[0] if kind == "change" else kind] += 1
                if number % THOROUGH == 0 or number % world == 0 or number == steps:
                    tell(number, f"checked: {current.check(dice)}")
                if number % world == 0:
                    shutil.rmtree(current.folder)
            except Fault as fault:
                tell(number, current.told)
                raise Failed(
                    "\n".join((*last, "", f"step {number}, seed {seed}: {fault}", f"kept: {base}"))
                ) from fault
    shutil.rmtree(base)
    return tally


def _warm_up(folder: Path, program: type[Program]) -> None:
    """Do here once what commands do, so that those forked from here find all imported and prepared."""
    world, dice = World(folder, program), random.Random(1)
    for suffix in SUFFIXES:
        for encoding in ENCODINGS:
            path = world.disk.root / f"{encoding}{suffix}"
            path.write_bytes(drawn(dice, world.author, suffix, encoding).raw)
    job = world.program.job
    with (folder / "out").open("w", encoding="utf-8") as out, redirect_stdout(out):
        job("load", str(world.disk.root))()
        job("load", "--json", "--dry-run", str(world.disk.root))()
        job("list", "--json")()
        for id in world.program.listed():
            job("show", "--json", id["id"])()
            world.program.correction(id["id"], {"ordinal": "7"})()
        job("search", "--json", "发布会")()
        job("check", "--repair", "--json")()
        job("backup", str(folder / "copy.db"))()
        job("forget", "--yes", str(world.disk.root))()
    shutil.rmtree(folder)


def _leave_home(base: Path) -> None:
    """Have no file of whoever runs it read or written."""
    os.environ["HOME"] = str(base / "home")
    for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "BRIEFINGS_ARCHIVE"):
        os.environ.pop(name, None)
    (base / "home").mkdir()
