"""`load` at the command line: progress while it runs, a table or JSON lines of what became of it.

What may come in: paths as typed. The loader itself knows no terminal.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from rich import box
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from loader.archive.writer import ArchiveError, Writer
from loader.load import Outcome, load
from loader.read import Found, find
from tui.store.protocol import StoreError

_STATUSES = ("loaded", "updated", "unchanged", "duplicate", "refused")
_LISTED = 200
"""Rows of the closing table; what is refused is always listed."""


def load_paths(
    paths: Sequence[str],
    archive: Path,
    *,
    as_json: bool,
    dry_run: bool,
    corrections: Mapping[str, str],
    text_field: str | None = None,
) -> int:
    """Load `paths` into `archive`; returns the exit code. Raises `StoreError` where the archive fails."""
    begun = time.monotonic()
    outcomes: list[Outcome] = []
    passed_over: Counter[str] = Counter()
    found = list(find(paths, passed_over))
    for batch in load_all(
        found, archive, dry_run=dry_run, quiet=as_json, corrections=corrections, text_field=text_field
    ):
        outcomes += batch
        if as_json:
            for one in batch:
                print(json.dumps(one.as_json(), ensure_ascii=False), flush=True)
    counts: Counter[str] = Counter(one.status for one in outcomes)
    if as_json:
        summary = {status: counts[status] for status in _STATUSES}
        seconds = round(time.monotonic() - begun, 3)
        print(json.dumps({"summary": {**summary, "seconds": seconds, "passed_over": dict(+passed_over)}}))
    else:
        _print_table(outcomes, counts, dry_run)
        aside = ", ".join(f"{count} {reason}" for reason, count in passed_over.items() if count)
        if aside:
            print(f"passed over: {aside}")
    return 1 if counts["refused"] else 0


def load_all(
    found: Sequence[Found],
    archive: Path,
    *,
    dry_run: bool = False,
    quiet: bool = False,
    corrections: Mapping[str, str] | None = None,
    text_field: str | None = None,
) -> Iterator[list[Outcome]]:
    """Load what was found, with a progress bar on standard error where that is a terminal.

    A new archive into which nothing came is taken away again. Raises `StoreError`.
    """
    new = not archive.exists()
    stored = False
    try:
        with Writer(Path(":memory:") if new and dry_run else archive) as writer, _bar(quiet) as progress:
            task = progress.add_task("", total=len(found))
            for batch in load(found, writer, dry_run=dry_run, corrections=corrections, text_field=text_field):
                stored = stored or any(one.status != "refused" for one in batch)
                yield batch
                progress.advance(task)
    except ArchiveError as error:
        raise StoreError(str(error)) from error
    finally:
        if new and not stored and archive.exists():
            archive.unlink()


def repair_index(archive: Path) -> None:
    """Make the index of an archive that is there anew; raises `StoreError`."""
    if not archive.exists():
        raise StoreError(f"there is no archive at {archive}: make one with `briefings-tui load PATH…`")
    try:
        with Writer(archive) as writer:
            writer.repair()
    except ArchiveError as error:
        raise StoreError(str(error)) from error


class _Rate(ProgressColumn):
    """Sources a second."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:.1f}/s" if task.speed else "–/s", style="progress.data.speed")


def _bar(quiet: bool) -> Progress:
    console = Console(stderr=True)
    columns = (BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
    return Progress(*columns, console=console, transient=True, disable=quiet or not console.is_terminal)


def _print_table(outcomes: Sequence[Outcome], counts: Counter[str], dry_run: bool) -> None:
    console = Console(highlight=False, soft_wrap=False)
    refused = [one for one in outcomes if one.status == "refused"]
    listed = [one for one in outcomes if one.status != "refused"][:_LISTED]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, expand=True)
    for name, right in (("status", False), ("id", False), ("Q", True), ("gaps", True)):
        table.add_column(name, justify="right" if right else "left", no_wrap=True)
    table.add_column("title", overflow="ellipsis", no_wrap=True, ratio=1)
    for one in listed:
        cells = (one.status, one.id or "", str(one.questions), str(one.gaps), one.title or "")
        table.add_row(*(Text(cell) for cell in cells))
    if listed:
        console.print(table)
    left = len(outcomes) - len(refused) - len(listed)
    if left:
        console.print(Text(f"… and {left} more (--json lists every one)"))
    for one in listed:
        for warning in one.warnings:
            console.print(Text(f"{one.id}: {warning}", style="yellow"), soft_wrap=True)
    for one in refused:
        print(f"refused  {one.reason}", file=sys.stderr)
    summary = ", ".join(f"{counts[status]} {status}" for status in _STATUSES if counts[status])
    tried = " (dry run: nothing was stored)" if dry_run else ""
    console.print(Text(f"{summary or 'nothing to load'}{tried}"))
