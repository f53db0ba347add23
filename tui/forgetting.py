"""`forget` at the command line: sources leave the archive, with all that was read out of them.

Names are files or folders that were loaded (they need not exist any more), or ids of briefings, each of
which stands for the source it was read from. A folder of several sources is deleted only after a person, or
`--yes`, has agreed to their number. The question is put before anything is locked: others can write
meanwhile, and only the sources that were counted are deleted.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from loader.archive.errors import ArchiveError
from loader.archive.writer import Writer
from loader.layout import source_key
from tui.exits import DONE, NOTHING
from tui.store.connect import found_at
from tui.store.protocol import StoreError
from tui.telling import remark, tell, tell_json

_CONTAINERS = (".zip", ".eml", ".mhtml", ".mht", ".json", ".jsonl", ".ndjson")
"""Suffixes of files that hold several sources: such a file is no folder, even when it is gone."""


def forget_sources(names: Sequence[str], archive: Path, as_json: bool, agreed: bool = False) -> int:
    """Delete what is named; 1 if a name stands for nothing, or the user does not agree.

    `agreed`: folders are deleted without asking. Raises `StoreError`, and `click.UsageError` where there
    is no terminal to ask at.
    """
    if found_at(archive) is None:
        raise StoreError(f"there is no archive at {archive}: make one with `briefings-tui load PATH…`")
    forgotten: dict[str, tuple[str, ...]] = {}
    try:
        with Writer(archive) as writer:
            named = {name: _paths(writer, name) for name in names}
            if not (agreed or _agrees(_folders(named), archive)):
                remark("nothing was forgotten")
                return NOTHING
            with writer.together():
                for path in dict.fromkeys(path for paths in named.values() for path in paths):
                    _forget(writer, path, forgotten)
                for name, paths in named.items():
                    if forgotten.keys() & paths:  # what was named by its id may have got copies meanwhile
                        for path in writer.paths_of(source_key(name))[::-1]:
                            _forget(writer, path, forgotten)
                writer.commit()
                writer.settle()
    except ArchiveError as error:
        raise StoreError(str(error)) from error
    unknown = [name for name, paths in named.items() if not forgotten.keys() & paths]
    if as_json:
        listed = [{"path": path, "ids": ids} for path, ids in forgotten.items()]
        tell_json({"forgotten": listed, "unknown": unknown})
    else:
        for path, ids in forgotten.items():
            tell("  ".join(("forgotten", path, *ids)))
    for name in unknown:
        remark(f"{name}: no source and no briefing of this name: `briefings-tui list` shows the ids")
    return NOTHING if unknown else DONE


def _forget(writer: Writer, path: str, forgotten: dict[str, tuple[str, ...]]) -> None:
    """Delete what a path holds and note it, unless somebody else was faster."""
    ids = writer.forget(path)
    if ids is not None:
        forgotten[path] = ids


def _paths(writer: Writer, name: str) -> list[str]:
    """The paths of the sources that a name stands for.

    Raises `click.UsageError` for the name of one file that is how another one's is printed.
    """
    holding = writer.paths_of(source_key(name))
    if holding:
        return holding[::-1]  # copies first, so that what is deleted is named by its first path
    keys = dict.fromkeys((source_key(name), source_key(str(Path(name).resolve()))))
    named = [path for key in keys for path in writer.sources(key)]
    printed = [] if _printed(name) in keys else writer.sources(_printed(name))
    if named and printed:
        either = f"{named[-1]} or {printed[-1]}"
        raise click.UsageError(f"{name} may be {either}: nothing was forgotten; name a briefing by its id")
    return named or printed


def _printed(name: str) -> str:
    """A name as this program prints it, with escapes that are part of it."""
    return name if name.isprintable() else source_key(name)


def _folders(named: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """How many sources each name stands for, where it is a folder's and they are several."""
    return {name: len(paths) for name, paths in named.items() if len(paths) > 1 and not _is_file(name)}


def _is_file(name: str) -> bool:
    path = Path(name)
    return path.is_file() or (path.suffix.lower() in _CONTAINERS and not path.is_dir())


def _agrees(folders: Mapping[str, int], archive: Path) -> bool:
    """Whether the folders may be deleted: true where there are none, else what is answered."""
    if not folders:
        return True
    counted = ", ".join(f"{count:,} sources in {name}" for name, count in folders.items())
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise click.UsageError(f"{counted}: nothing was forgotten; --yes forgets them without asking")
    remark(f"{counted} are to leave {archive}")
    try:
        return click.confirm("Forget them?", err=True)
    except click.Abort:
        return False
