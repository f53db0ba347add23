"""What is not read: told by the first bytes, and named so that a person knows what to do."""

from __future__ import annotations

import re

from loader.model import SourceError
from loader.read.find import one_line

_OFFICE = (
    (b"xl/workbook", "an Excel workbook (.xlsx)"),
    (b"ppt/presentation", "a PowerPoint file (.pptx)"),
    (b"mimetypeapplication/vnd.oasis.opendocument", "an OpenDocument file"),
    (b"mimetypeapplication/epub", "an EPUB book"),
)
_AS_TEXT = "save it as text or HTML"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
"""The stream in which an Office file with a password keeps its ZIP (MS-OFFCRYPTO, §1.3.2)."""
_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (_OLE, "an old Office file (.doc, .xls, .ppt)", "save it as .docx or as text"),
    (b"{\\rtf", "an RTF document", _AS_TEXT),
    (b"\x1f\x8b", "compressed with gzip", "unpack it first (gunzip)"),
    (b"BZh", "compressed with bzip2", "unpack it first (bunzip2)"),
    (b"\xfd7zXZ\0", "compressed with xz", "unpack it first (unxz)"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd", "unpack it first (unzstd)"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it first"),
    (b"Rar!\x1a\x07", "a RAR archive", "unpack it first"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image", "load its text instead"),
    (b"\xff\xd8\xff", "a JPEG image", "load its text instead"),
    (b"GIF87a", "a GIF image", "load its text instead"),
    (b"GIF89a", "a GIF image", "load its text instead"),
    (b"II*\0", "a TIFF image", "load its text instead"),
    (b"MM\0*", "a TIFF image", "load its text instead"),
    (b"ID3", "an MP3 recording", "load its transcript instead"),
    (b"OggS", "an Ogg recording", "load its transcript instead"),
    (b"SQLite format 3\0", "an SQLite database", "if it is an archive, name it with --archive"),
    (b"\x7fELF", "a program", "load a transcript instead"),
)
_BOXED = ((b"RIFF", 0, "a WebP image or a WAV recording"), (b"ftyp", 4, "an MP4 video or a HEIC image"))
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_TOO_MANY = 0.1
"""From this share of control characters on, a file is no text."""


def refused(path: str, what: str, remedy: str) -> SourceError:
    """The error that says in one line which source it is, what is wrong with it, and what to do."""
    return SourceError(one_line(f"{path}: {what}; {remedy}"))


def missing(path: str, what: str) -> SourceError:
    """The error for a source that takes a library which is not installed."""
    return refused(path, f"{what}, which takes a library more", "pip install 'briefings-tui[office]'")


def binary(raw: bytes) -> tuple[str, str] | None:
    """What a file is and what to do about it, in words, if its first bytes say that it is no text."""
    if raw.startswith(b"PK\x03\x04"):
        ends = raw[:4096] + raw[-65_536:]  # an archive's list of names stands at its end
        found = next((name for sign, name in _OFFICE if sign in ends), "")
        return (found, _AS_TEXT) if found else None
    if raw.startswith(_OLE) and _LOCKED in raw:
        return "an encrypted Office file", "save it without its password"
    for magic, name, remedy in _MAGIC:
        if raw.startswith(magic) and _starts_binary(raw, magic):
            return name, remedy
    for sign, at, name in _BOXED:
        if raw[at : at + 4] == sign and b"\0" in raw[:16]:
            return name, "load its transcript instead"
    return None


def _starts_binary(raw: bytes, magic: bytes) -> bool:
    """`BZh` and `ID3` may begin a text too; not with such bytes after them."""
    return len(magic) > 3 or any(byte < 9 or byte > 0x7E for byte in raw[len(magic) : 16])


def mostly_controls(text: str) -> bool:
    """Whether too much of a decoded text is control characters for it to be text."""
    sample = text[:65_536]
    return len(_CONTROLS.findall(sample)) > _TOO_MANY * len(sample)
