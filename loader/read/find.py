"""Which files to read: names of files and folders in, files or what is wrong with them out.

A walk opens no file: `Found.read` does, one by one, so a folder of any size takes no memory. Where others
write the folder, what only the loader may read must not be reached: a link that leads out of the folder is
followed only if it was named itself, and what was found in a folder is opened from there step by step: a link
put in its way meanwhile is not followed either.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import IO

from loader.model import SourceError
from loader.unseen import visible

SUFFIXES = tuple(
    ".txt .md .markdown .html .htm .docx .pdf .json .jsonl .ndjson .eml .mhtml .mht .vtt .srt .zip".split()
)
"""What a folder, an archive or a mail's attachments are looked through for; in any case."""
LINK_OUT = "link out of the folder"
"""Why a link is passed over."""
_FOLDER = getattr(os, "O_PATH", os.O_RDONLY) | os.O_DIRECTORY | os.O_CLOEXEC
MOST_BYTES = 256 * 1024 * 1024
"""A longer file is refused: no transcript is that long, and it is read whole."""


class EmptyFolderError(SourceError):
    """There is no transcript in a folder."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file to load, or the `error` that says why it cannot be."""

    path: str
    """As given, or under the folder given; `-` for standard input."""
    error: SourceError | None = None
    within: str | None = None
    """The real path of the folder that was looked through, out of which nothing leads."""

    def read(self) -> bytes:
        """Its bytes; raises `SourceError` where there are none to be had. Standard input reads once."""
        if self.error:
            raise self.error
        return _bytes(self.path, self.within)


def one_line(path: str) -> str:
    """A path for a one-line message: a file's name may hold any byte."""
    return visible(path)


def find(
    paths: Iterable[str | Path], passed_over: Counter[str] | None = None, within: str | None = None
) -> Iterator[Found]:
    """The files named and those within folders named, one by one, in sorted order within a folder.

    Folders are walked for `SUFFIXES` in any case; a file named itself is taken whatever it is called,
    `-` is standard input. Nothing is raised for a path that cannot be read: its `Found` has the error.
    What a walk passes over is counted in `passed_over` by reason: `hidden`, `README`, `other suffix`,
    `no plain file`, `seen already`, `link out of the folder`. `within` names the folder that paths were found
    in, where they were not named themselves.
    """
    passed = Counter[str]() if passed_over is None else passed_over
    seen: set[tuple[int, int]] = set()
    for path in map(str, paths):
        top = None if within is None else os.path.realpath(within)
        if path == "-":
            yield Found("-")
        elif top is not None and leads_out(path, top):
            passed[LINK_OUT] += 1
        elif _is_folder(path):
            yield from _walk(path, passed, seen, top or os.path.realpath(path))
        else:
            yield _seen(path, top)


def leads_out(path: str, folder: str) -> bool:
    """Whether a path that begins in a folder, given by its real path, ends elsewhere for a link in it."""
    return os.path.commonpath((folder, os.path.realpath(path))) != folder


def _walk(root: str, passed: Counter[str], seen: set[tuple[int, int]], top: str) -> Iterator[Found]:
    """The transcripts under a folder within `top`; one reached a second time, by a link, is passed over."""
    found_any = False
    stack = [root]
    while stack:
        path = stack.pop()
        if path != root and _is_link(path) and leads_out(path, top):
            passed[LINK_OUT] += 1
        elif _is_folder(path):
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
            yield _seen(path, top)
    if not found_any:
        looked_for = " ".join(SUFFIXES)
        nothing = EmptyFolderError(f"{one_line(root)}: no transcript in this folder; looked for {looked_for}")
        yield Found(root, nothing)


def _is_folder(path: str) -> bool:
    return os.path.isdir(path)  # noqa: PTH112 - a `Path` raises where a name is too long


def _is_link(path: str) -> bool:
    return os.path.islink(path)  # noqa: PTH114 - as above


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


def _seen(path: str, within: str | None) -> Found:
    """What can be said of a file without opening it."""
    try:
        mode = Path(path).stat().st_mode
    except (OSError, ValueError) as error:
        return _failed(path, error)
    if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
        return Found(path, SourceError(f"{one_line(path)}: a device, not a file; name a file"))
    return Found(path, within=within)


def _bytes(path: str, within: str | None) -> bytes:
    """All bytes of a file or of standard input, of which no more is read than a file may hold."""
    try:
        with _open(path, within) as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise _why(path, error) from error
    if len(data) > MOST_BYTES:
        raise SourceError(f"{one_line(path)}: longer than {MOST_BYTES // 1024 // 1024} MB; split it")
    return data


def _open(path: str, within: str | None) -> AbstractContextManager[IO[bytes]]:
    if path == "-":
        return nullcontext(sys.stdin.buffer)  # closed by who opened it
    return Path(path).open("rb") if within is None else os.fdopen(_opened(path, within), "rb")


def _opened(path: str, within: str) -> int:
    """The descriptor of a plain file within a folder, reached without following a link; raises `OSError`."""
    real = os.path.realpath(path)
    if leads_out(real, within):
        raise OSError(errno.ELOOP, "a link that leads out of the folder")
    *folders, name = PurePath(os.path.relpath(real, within)).parts
    at = os.open(within, _FOLDER)
    try:
        for folder in folders:
            below = os.open(folder, _FOLDER | os.O_NOFOLLOW, dir_fd=at)
            os.close(at)
            at = below
        file = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=at)
    finally:
        os.close(at)
    if not stat.S_ISREG(os.fstat(file).st_mode):
        os.close(file)
        raise OSError(errno.EINVAL, "no plain file")
    return file


def plain_bytes(path: str) -> bytes:
    """The bytes of a plain file, links followed; raises `SourceError` for any other and never waits."""
    try:
        real = os.path.realpath(path)
    except ValueError as error:
        raise _why(path, error) from error
    return _bytes(real, os.path.dirname(real))  # noqa: PTH120 - as above


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
