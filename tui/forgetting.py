"""`forget` at the command line: sources leave the archive, with all that was read out of them.

What may come in: names of files or folders that were loaded (they need not be there any more), or ids of
briefings, each of which stands for the source it was read from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from loader.archive.errors import ArchiveError
from loader.archive.writer import Writer
from loader.layout import source_key
from tui.store.connect import found_at
from tui.store.protocol import StoreError
from tui.telling import tell, tell_json, warn


def forget_sources(names: Sequence[str], archive: Path, as_json: bool) -> int:
    """Delete what was named; 1 if nothing goes by one of the names. Raises `StoreError`."""
    if found_at(archive) is None:
        raise StoreError(f"there is no archive at {archive}: make one with `briefings-tui load PATH…`")
    forgotten: list[tuple[str, tuple[str, ...]]] = []
    unknown: list[str] = []
    try:
        with Writer(archive) as writer, writer.together():
            for name in names:
                paths = list(_named(writer, name))
                forgotten += [(path, writer.forget(path)) for path in paths]
                if not paths:
                    unknown.append(name)
            writer.commit()
            writer.settle()
    except ArchiveError as error:
        raise StoreError(str(error)) from error
    if as_json:
        listed = [{"path": path, "ids": ids} for path, ids in forgotten]
        tell_json({"forgotten": listed, "unknown": unknown})
    else:
        for path, ids in forgotten:
            tell("  ".join(("forgotten", path, *ids)))
    for name in unknown:
        told = "no source and no briefing of this name: `briefings-tui list` shows the ids"
        warn(f"briefings-tui: {name}: {told}")
    return 1 if unknown else 0


def _named(writer: Writer, name: str) -> Iterator[str]:
    """The paths of the sources that a name stands for."""
    source = writer.source_of(source_key(name))
    if source is not None:
        yield source
        return
    for key in {source_key(name), source_key(str(Path(name).resolve()))}:
        yield from writer.sources(key)
