"""What fails at the archive, in one line for a person: what, where, what to do.

What may come in: errors of SQLite and of the system, as they come while a file is opened or written.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path


class ArchiveError(Exception):
    """The archive cannot be written: one line for a person (what, where, what to do)."""


def explain(path: Path, error: OSError | sqlite3.Error) -> str:
    """One line for a person about why the archive at `path` cannot be used."""
    text = str(error).lower()
    if "not a database" in text:
        return f"{path} is no archive of briefings (not a SQLite file): name another file with --archive"
    if "malformed" in text:
        return f"{path} is damaged ({error}): restore a copy, or load the transcripts into a new archive"
    if "locked" in text:
        return f"{path} is being written by another briefings-tui: try again when it is done"
    if "readonly" in text or "unable to open" in text or isinstance(error, PermissionError):
        return f"{path} cannot be written ({error}): choose another place with --archive FILE"
    if "full" in text:
        return f"{path}: the disk is full: make room and load again"
    if "i/o" in text:
        return (
            f"{path} cannot be written ({error}): the disk fails, or a quota or a limit is reached:"
            " see to it and load again"
        )
    return f"{path} cannot be used: {error}"
