"""Random steps against a model in memory: loads, edits, corrections, kills, three processes at once.

    python -m bench.model [--steps 20000] [--seed 1] [--world 150] [--without KIND …] [--log FILE]

Every --world steps another archive is begun. At the first fault the last steps are printed, and the folder
with the archive and its files is kept. --without leaves out kinds of steps or of files (`load`, `kill`,
`first` for what comes before the first step, `.zip` …).
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from bench.model.run import Failed, run


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--steps", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--world", type=int, default=150, help="steps for which an archive is used")
    parser.add_argument("--without", nargs="*", default=(), metavar="KIND")
    parser.add_argument("--folder", type=Path, help="where its files go; in memory by default")
    parser.add_argument("--log", help="write every step to this file")
    asked = parser.parse_args()
    begun = time.monotonic()
    try:
        tally = run(
            asked.steps,
            asked.seed,
            world=asked.world,
            without=asked.without,
            log=asked.log,
            folder=asked.folder,
        )
    except Failed as failed:
        sys.exit(str(failed))
    done = ", ".join(f"{kind} {count}" for kind, count in tally.most_common())
    print(f"{asked.steps:,} steps, seed {asked.seed}: no fault, {time.monotonic() - begun:.0f} s")
    print(done)


if __name__ == "__main__":
    main()
