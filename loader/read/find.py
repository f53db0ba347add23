"""Which files to read: names of files and folders in, files or what is wrong with them out.

A walk opens no file: `Found.read` does, one by one, so a folder of any size takes no memory.
"""

from __future__ import annotations

import os
import stat
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from loader.model import SourceError
from loader.unseen import visible

SUFFIXES = tuple(
    ".txt .md .markdown .html .htm .docx .pdf .json .jsonl .ndjson .eml .mhtml .mht .zip".split()
)
"""What a folder, an archive or a mail's attachments are looked through for; in any case."""
MOST_BYTES = 256 * 1024 * 1024
"""A longer file is refused: no transcript is that long, and it is read whole."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file to load, or the `error` that says why it cannot be."""

    path: str
    """As given, or under the folder given; `-` for standard input."""
    error: SourceError | None = None

    def read(self) -> bytes:
        """Its bytes; raises `SourceError` where there are none to be had. Standard input reads once."""
        if self.error:
            raise self.error
        return sys.stdin.buffer.read() if self.path == "-" else _bytes(self.path)


def one_line(path: str) -> str:
    """A path for a one-line message: a file's name may hold any byte."""
    return visible(path)


def find(paths: Iterable[str | Path], passed_over: Counter[str] | None = None) -> Iterator[Found]:
    """The files named and those within folders named, one by one, in sorted order within a folder.

    Folders are walked for `SUFFIXES` in any case; a file named itself is taken whatever it is called,
    `-` is standard input. Nothing is raised for a path that cannot be read: its `Found` has the error.
    What a walk passes over is counted in `passed_over` by reason: `hidden`, `README`, `other suffix`,
    `no plain file`, `seen already`.
    """
    passed = Counter[str]() if passed_over is None else passed_over
    seen: set[tuple[int, int]] = set()
    for path in map(str, paths):
        if path == "-":
            yield Found("-")
        elif _is_folder(path):
            yield from _walk(path, passed, seen)
        else:
            yield _seen(path)


def _walk(root: str, passed: Counter[str], seen: set[tuple[int, int]]) -> Iterator[Found]:
    """The transcripts under a folder; a folder reached a second time, by a link, is passed over."""
    found_any = False
    stack = [root]
    while stack:
        path = stack.pop()
        if _is_folder(path):
            try:
                if not _first_time(path, seen):
                    found_any |= path == root
                    passed["seen already"] += 1
                    continue
                names = sorted(os.listdir(path), reverse=True)  # noqa: PTH208 - names, not paths
            except OSError as error:
                found_any = True
                yield _failed(path, error)
                continue
            stack.extend(str(Path(path) / name) for name in names if not _hidden(name, passed))
        elif reason := _reason_to_pass(path):
            passed[reason] += 1
        else:
            found_any = True
            yield _seen(path)
    if not found_any:
        looked_for = " ".join(SUFFIXES)
        nothing = SourceError(f"{one_line(root)}: no transcript in this folder; looked for {looked_for}")
        yield Found(root, nothing)


def _is_folder(path: str) -> bool:
    return os.path.isdir(path)  # noqa: PTH112 - a `Path` raises where a name is too long


def _first_time(folder: str, seen: set[tuple[int, int]]) -> bool:
    status = Path(folder).stat()
    key = (status.st_dev, status.st_ino)
    new = key not in seen
    seen.add(key)
    return new


def _hidden(name: str, passed: Counter[str]) -> bool:
    passed["hidden"] += name.startswith(".")
    return name.startswith(".")


def reason_to_pass(name: str) -> str:
    """Why a file of this name is no transcript, in a word or two; empty where it may be one."""
    if name.upper().startswith("README"):
        return "README"
    return "" if PurePath(name).suffix.lower() in SUFFIXES else "other suffix"


def _reason_to_pass(path: str) -> str:
    if reason := reason_to_pass(Path(path).name):
        return reason
    if os.path.exists(path) and not os.path.isfile(path):  # noqa: PTH110, PTH113 - as below
        return "no plain file"
    return ""


def _seen(path: str) -> Found:
    """What can be said of a file without opening it."""
    try:
        mode = Path(path).stat().st_mode
    except (OSError, ValueError) as error:
        return _failed(path, error)
    if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
        return Found(path, SourceError(f"{one_line(path)}: a device, not a file; name a file"))
    return Found(path)


def _bytes(path: str) -> bytes:
    try:
        with Path(path).open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise _why(path, error) from error
    if len(data) > MOST_BYTES:
        raise SourceError(f"{one_line(path)}: longer than {MOST_BYTES // 1024 // 1024} MB; split it")
    return data


def _failed(path: str, error: Exception) -> Found:
    return Found(path, _why(path, error))


def _why(path: str, error: Exception) -> SourceError:
    if isinstance(error, FileNotFoundError):
        why = "no such file or folder; check the name"
    elif isinstance(error, PermissionError):
        why = "may not be read; check its permissions"
    else:
        why = f"cannot be read ({getattr(error, 'strerror', None) or error}); check the name"
    return SourceError(f"{one_line(path)}: {why}")
