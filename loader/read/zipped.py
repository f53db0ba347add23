"""ZIP archives: names as they were meant, members within limits; nothing is ever written to a disk.

A name is only a name here (`../` in it leads nowhere), and a member's size is what its entry declares:
`zipfile` never reads beyond it, so what is checked before reading holds while reading. Sizes in bytes.
"""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import NamedTuple

from loader.read import encoding
from loader.read.refuse import refused

MOST_MEMBERS = 100_000
"""Entries of an archive: the names alone of more would take minutes to read."""
MOST_BYTES = 64 * 1024 * 1024
"""A member unpacked: no transcript is that long, and a Word document's text stays far below."""
MOST_IN_ALL = 512 * 1024 * 1024
"""All members unpacked, those of archives within it too: ten years of briefings take a tenth."""
MOST_RATIO = 200
"""Unpacked to packed: text shrinks to a third, pages to a twentieth, a crafted member to a thousandth."""
_SMALL = 1024 * 1024
"""Up to this size a ratio harms nobody."""
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""What is unpacked piece by piece; `zipfile` unpacks bzip2 and LZMA to any size before it counts."""
_ENTRY = b"PK\x01\x02"
_ERRORS = (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, NotImplementedError, RuntimeError)
_REMEDY = "unpack it and load the folder"


@dataclass(slots=True)
class Budget:
    """What may still be unpacked of one source."""

    left: int = MOST_IN_ALL


class Member(NamedTuple):
    """An entry that is a file: its name with `/` between folders, and how to come by its bytes."""

    name: str
    archive: zipfile.ZipFile
    info: zipfile.ZipInfo

    @property
    def content(self) -> str:
        """What stands for its bytes: their CRC-32, which reading compares, and how many they are."""
        return f"{self.info.CRC:08x}-{self.info.file_size}"

    def read(self, path: str, budget: Budget) -> bytes:
        """Its bytes; raises `SourceError`, naming `path`, where it is beyond a limit or broken."""
        if self.info.flag_bits & 0x1:
            raise refused(path, "encrypted", "unpack the archive with its password first")
        if stat.S_ISLNK(self.info.external_attr >> 16):
            raise refused(path, "a link, which is not followed", "pack the file that it leads to")
        if problem := _beyond(self.info):
            raise refused(path, problem, _REMEDY)
        if self.info.file_size > budget.left:
            megabytes = MOST_IN_ALL // 1024 // 1024
            raise refused(path, f"in an archive that unpacks to more than {megabytes} MB", _REMEDY)
        budget.left -= self.info.file_size
        try:
            return self.archive.read(self.info)
        except _ERRORS as error:
            raise refused(path, "broken within its archive", "pack it anew") from error


def names(raw: bytes) -> frozenset[str]:
    """The names in an archive, as stored; none where it cannot be opened."""
    try:
        return frozenset(_open(raw).namelist())
    except _ERRORS:
        return frozenset()


def members(raw: bytes, path: str) -> Iterator[Member]:
    """The files of an archive in the order of their names; raises `SourceError` where it cannot be opened."""
    try:
        archive = _open(raw)
    except _ERRORS as error:
        raise refused(path, "a ZIP archive that cannot be opened", "pack it anew") from error
    if sum(info.compress_size for info in archive.infolist()) > len(raw):
        raise refused(path, "an archive whose entries overlap", "pack it anew")
    codec = _codec(archive.infolist())
    found = [Member(_name(info, codec), archive, info) for info in archive.infolist() if not info.is_dir()]
    yield from sorted(found, key=lambda member: member.name)


def check_package(raw: bytes, path: str) -> None:
    """Raise `SourceError` where a file that is a ZIP inside (.docx) is beyond a limit."""
    try:
        infos = _open(raw).infolist()
    except _ERRORS as error:
        raise refused(path, "broken", "save it anew") from error
    if sum(info.file_size for info in infos) > MOST_IN_ALL or any(map(_beyond, infos)):
        raise refused(path, "unpacks to more than any document holds", "save it anew as .docx or as text")


def _open(raw: bytes) -> zipfile.ZipFile:
    if raw.count(_ENTRY) > MOST_MEMBERS:
        raise zipfile.BadZipFile("too many entries")
    return zipfile.ZipFile(io.BytesIO(raw))


def _beyond(info: zipfile.ZipInfo) -> str:
    """The limit that an entry is beyond, in words."""
    if info.compress_type not in _METHODS:
        return f"packed by method {info.compress_type}, which is not read here"
    if info.file_size > MOST_BYTES:
        return f"longer than {MOST_BYTES // 1024 // 1024} MB unpacked"
    if info.file_size > _SMALL and info.file_size > MOST_RATIO * info.compress_size:
        return f"packed to less than a {MOST_RATIO}th, as no text is"
    return ""


def _codec(infos: list[zipfile.ZipInfo]) -> str:
    """What the names are in that do not say they are UTF-8 (APPNOTE, appendix D): told from all together."""
    stored = [info.orig_filename.encode("cp437", "replace") for info in infos if not _is_utf8(info)]
    joined = b"\n".join(name for name in stored if not name.isascii())
    decoded = encoding.decode(joined) if joined else None
    return decoded.encoding if decoded else "cp437"


def _name(info: zipfile.ZipInfo, codec: str) -> str:
    """The name without what would lead out of a folder: no root, no drive, no `..`."""
    name = info.orig_filename
    if not _is_utf8(info):
        name = name.encode("cp437", "replace").decode(codec, "replace")
    parts = PurePosixPath(name.replace("\\", "/").replace("\0", "")).parts
    return "/".join(part for part in parts if part not in ("/", "//", "..", ".")) or "-"


def _is_utf8(info: zipfile.ZipInfo) -> bool:
    return bool(info.flag_bits & 0x800)
