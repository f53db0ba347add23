"""The program as the model-based test uses it: one archive, through the command line alone."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Container, Sequence
from pathlib import Path
from typing import Any

from bench.model.archive import Corrections
from bench.model.process import Process, Result, command

_END = "\x1e"
"""Ends the output of one of several commands that one process runs."""


class Fault(AssertionError):
    """The program did not do what is promised."""


class Program:
    """Commands on one archive."""

    def __init__(self, archive: Path, scratch: Path) -> None:
        self.archive = archive
        self._scratch = scratch

    def start(self, job: Callable[[], int], *, stdin: bytes = b"", kill_at: int | None = None) -> Process:
        """Begin a job."""
        return Process(job, self._scratch, stdin, kill_at)

    def job(self, *arguments: str) -> Callable[[], int]:
        """A command on the archive."""
        return command(["--archive", str(self.archive), *arguments])

    def run(self, *arguments: str, codes: Container[int | None] = (0,)) -> Result:
        """Run one command; anything but these exit codes is a fault."""
        result = self.start(self.job(*arguments)).wait()
        if result.code not in codes:
            raise Fault(f"{' '.join(arguments)}: exit {result.code}: {result.err.strip()[-2000:]}")
        return result

    def listed(self) -> list[dict[str, Any]]:
        """What `list --json` prints."""
        rows: list[dict[str, Any]] = json.loads(self.run("list", "--json", codes=(0, 1)).out)
        return rows

    def outputs(self, commands: Sequence[Sequence[str]], codes: Container[int | None] = (0,)) -> list[str]:
        """What several commands print that only read, run by one process."""
        jobs = [self.job(*one) for one in commands]

        def every() -> int:
            for job in jobs:
                code = job()
                if code not in codes:
                    return code or 98
                print(end=_END)
            return 0

        result = self.start(every).wait()
        if result.code:
            failed = commands[min(result.out.count(_END), len(commands) - 1)]
            raise Fault(f"{' '.join(failed)}: exit {result.code}: {result.err.strip()[-2000:]}")
        return result.out.split(_END)[:-1]

    def shown(self, ids: Sequence[str]) -> dict[str, tuple[dict[str, Any], str]]:
        """For each id what `show --json` and `show --source` print."""
        printed = self.outputs([("show", one, form) for one in ids for form in ("--json", "--source")])
        return {one: (json.loads(printed[2 * at]), printed[2 * at + 1]) for at, one in enumerate(ids)}

    def found(self, terms: Sequence[str]) -> list[list[dict[str, Any]]]:
        """The exact hits of each search."""
        printed = self.outputs(
            [("search", "--json", "--limit", "100000", "--", term) for term in terms], codes=(0, 1)
        )
        return [[hit for hit in json.loads(one)["hits"] if hit["lane"] == "exact"] for one in printed]

    def correction(self, id: str, values: Corrections) -> Callable[[], int]:
        """The job of the browser's dialog that corrects a briefing."""

        def job() -> int:
            from tui.browse import ArchiveCorrector
            from tui.exits import ended

            def correct() -> int:
                try:
                    ArchiveCorrector(self.archive).correct(id, values)
                except ValueError as error:  # the dialog shows it
                    print(error, file=sys.stderr)
                    return 1
                return 0

            return ended(correct)

        return job

    def first_start(self) -> int:
        """As a job: the first start of the browser makes an archive of samples."""
        from tui.browse import build_from_seeds
        from tui.exits import ended

        return ended(lambda: build_from_seeds(self.archive))

    def state_of_file(self) -> tuple[int, ...]:
        """What changes when somebody writes to the archive."""
        if not self.archive.exists():
            return ()
        stat = os.stat(self.archive)  # noqa: PTH116
        return stat.st_ino, stat.st_size, stat.st_mtime_ns
