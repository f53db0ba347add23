"""`load` at the command line: progress while it runs, a table or JSON lines of what became of it.

What may come in: paths as typed. The loader itself knows no terminal.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Generator, Sequence
from contextlib import closing
from pathlib import Path

from rich import box
from rich.table import Table
from rich.text import Text

from loader.archive.errors import ArchiveError
from loader.archive.rehearsal import Rehearsal
from loader.archive.writer import Writer
from loader.corrections import Values
from loader.load import Done, Outcome, load
from loader.read import Found, find
from loader.scratch import remove_abandoned
from loader.unseen import visible
from tui.exits import STOPPED, OutputError
from tui.interrupt import Interrupt
from tui.log import note
from tui.progress import Bar
from tui.store.protocol import StoreError
from tui.telling import Teller, remark, tell, tell_json, warn

_STATUSES = ("loaded", "updated", "unchanged", "duplicate", "refused")
_LISTED = 200
"""Rows of the closing table; what is refused is always told."""


def load_paths(
    paths: Sequence[str],
    archive: Path,
    *,
    as_json: bool,
    dry_run: bool,
    corrections: Values,
    text_field: str | None = None,
    jobs: int | None = None,
) -> int:
    """Load `paths` into `archive`; returns the exit code. Raises `StoreError` where the archive fails."""
    begun = time.monotonic()
    tally = Tally(as_json)
    passed_over: Counter[str] = Counter()
    done = Done()
    stopped = False
    try:
        with Interrupt() as interrupt:
            found = list(find(paths, passed_over))
            batches = load_all(
                found,
                archive,
                dry_run=dry_run,
                quiet=as_json,
                corrections=corrections,
                text_field=text_field,
                jobs=jobs,
                done=done,
            )
            with closing(batches):
                for batch in batches:
                    with interrupt.held():
                        tally.add(batch)
    except KeyboardInterrupt:
        stopped = True
    except OSError as error:  # of standard output: the loader names what fails at files and the archive
        raise cannot_tell(error, done) from error
    except StoreError as error:
        if done.kept:
            raise StoreError(f"{error}; {done.kept:,} sources loaded before are kept") from error
        raise
    if as_json:
        tally.print_summary(time.monotonic() - begun, passed_over, stopped)
    else:
        tally.print_table(dry_run)
        aside = ", ".join(f"{count} {reason}" for reason, count in passed_over.items() if count)
        if aside:
            tell(f"passed over: {aside}")
    told = ", ".join(f"{count} {status}" for status, count in sorted(tally.counts.items()))
    note(
        f"load into {archive}: {told or 'nothing'} in {time.monotonic() - begun:.1f} s{', stopped' * stopped}"
    )
    if stopped:
        kept = f"{done.kept:,} sources loaded and kept; load again to go on"
        warn(f"briefings-tui: stopped: {kept}")
        return STOPPED
    return 1 if tally.counts["refused"] else 0


def cannot_tell(error: OSError, done: Done) -> OutputError:
    """What to raise where outcomes cannot be written: without them nobody would know what was loaded."""
    reason = error.strerror or error
    return OutputError(f"stopped: output cannot be written ({reason}); {done.kept:,} sources loaded and kept")


def load_all(
    found: Sequence[Found],
    archive: Path,
    *,
    dry_run: bool = False,
    quiet: bool = False,
    corrections: Values | None = None,
    text_field: str | None = None,
    jobs: int | None = None,
    done: Done | None = None,
) -> Generator[list[Outcome], None, None]:
    """Load what was found, with a progress bar on standard error where that is a terminal.

    What is yielded is stored for good; where there is no archive the first source makes one. A dry run
    writes nothing, wherever. Raises `StoreError`.
    """
    if not dry_run:
        remove_abandoned(archive.absolute().parent)  # what a backup, a repair or a first build left
    done = done or Done()
    try:
        with (
            Rehearsal(archive) if dry_run else Writer(archive, remark) as writer,
            Bar(found, quiet) as bar,
        ):
            batches = load(
                found, writer, corrections=corrections, text_field=text_field, jobs=jobs, done=done
            )
            with closing(batches):
                for batch in batches:
                    yield batch
                    bar.show(done)
    except ArchiveError as error:
        raise StoreError(str(error)) from error


class Tally:
    """What became of the sources: what is told at the end; the rest is told as it comes and counted."""

    def __init__(self, as_json: bool, *, closing_table: bool = True) -> None:
        self.counts: Counter[str] = Counter()
        self._as_json, self._closing_table = as_json, closing_table
        self._listed: list[Outcome] = []

    def add(self, outcomes: Sequence[Outcome]) -> None:
        """Count outcomes; what is refused is told at once, and as JSON all is."""
        for one in outcomes:
            self.counts[one.status] += 1
            if self._as_json:
                tell_json(one.as_json())
            elif one.status == "refused":
                warn(f"refused  {one.reason}")
            elif not self._closing_table:
                tell("  ".join((one.status, one.id or "", one.title or "")))
            elif len(self._listed) < _LISTED:
                self._listed.append(one)

    def print_summary(self, seconds: float, passed_over: Counter[str], stopped: bool) -> None:
        """The last line of the JSON output."""
        summary: dict[str, object] = {status: self.counts[status] for status in _STATUSES}
        summary |= {"seconds": round(seconds, 3), "passed_over": dict(+passed_over)}
        if stopped:
            summary["stopped"] = True
        tell_json({"summary": summary})

    def print_table(self, dry_run: bool) -> None:
        """The closing table and the counts."""
        console = Teller(soft_wrap=False)
        if self._listed:
            console.print(_table(self._listed))
        left = self.counts.total() - self.counts["refused"] - len(self._listed)
        if left:
            console.print(Text(f"… and {left} more (--json lists every one)"))
        for one in self._listed:
            for warning in one.warnings:
                console.print(Text(f"{one.id}: {warning}", style="yellow"), soft_wrap=True)
        summary = ", ".join(f"{self.counts[status]} {status}" for status in _STATUSES if self.counts[status])
        tried = " (dry run: nothing was stored)" if dry_run else ""
        console.print(Text(f"{summary or 'nothing to load'}{tried}"))


def _table(outcomes: Sequence[Outcome]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, expand=True)
    for name, right in (("status", False), ("id", False), ("Q", True), ("gaps", True)):
        table.add_column(name, justify="right" if right else "left", no_wrap=True)
    table.add_column("title", overflow="ellipsis", no_wrap=True, ratio=1)
    for one in outcomes:
        cells = (one.status, one.id or "", str(one.questions), str(one.gaps), one.title or "")
        table.add_row(*(Text(visible(cell)) for cell in cells))
    return table
