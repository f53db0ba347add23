"""How far something long has come, on a terminal's standard error: a load's bar, the steps of a check.

What may come in: the files that were found, then how far the loader says it is; names of steps. Where
standard error is no terminal nothing is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from loader.load import Done
from loader.read import Found


class _Shown:
    """A context manager: within it `_progress` stands on the terminal."""

    _progress: Progress

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()


class Bar(_Shown):
    """A context manager: within it the bar stands; it goes by bytes, since files differ a thousandfold."""

    def __init__(self, found: Sequence[Found], quiet: bool) -> None:
        console = Console(stderr=True)
        columns = (BarColumn(), _Sources(), _Bytes(), TimeRemainingColumn())
        quiet = quiet or not console.is_terminal
        self._progress = Progress(*columns, console=console, transient=True, disable=quiet)
        total = 0 if quiet else sum(map(_size, found))
        self._task = self._progress.add_task("", total=max(total, 1), files=0, found=len(found))

    def show(self, done: Done) -> None:
        """Say how far it has come."""
        self._progress.update(self._task, completed=done.size, files=done.files)


class Steps(_Shown):
    """A context manager: within it stands which step of something long is under way, and for how long."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
        self._progress = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
        self._task = self._progress.add_task("")

    def at(self, step: str) -> None:
        """Another step begins."""
        self._progress.reset(self._task, description=step)


class _Sources(ProgressColumn):
    """Sources done, of how many, and how many a second."""

    def render(self, task: Task) -> Text:
        files, seconds = task.fields["files"], task.elapsed
        rate = f"{files / seconds:,.1f}/s" if files and seconds else "–/s"
        return Text(f"{files:,}/{task.fields['found']:,} {rate}", style="progress.download")


class _Bytes(ProgressColumn):
    """Megabytes a second, of late."""

    def render(self, task: Task) -> Text:
        rate = f"{task.speed / 1e6:.2f}" if task.speed else "–"
        return Text(f"{rate} MB/s", style="progress.data.speed")


def _size(found: Found) -> int:
    """Bytes of a file, 0 where that cannot be said."""
    try:
        return 0 if found.error or found.path == "-" else Path(found.path).stat().st_size
    except OSError:
        return 0
