"""Everything one file holds: a plain file is one reading, a container one item a member.

    a.zip ──▶ a.zip/inner/b.docx, a.zip/c.zip/d.txt     archives, one within another at most
    a.eml ──▶ a.eml, a.eml/b.pdf                         the body, then what is attached
    a.jsonl ──▶ a.jsonl#1, a.jsonl#2                     records, counted from 1

A member is read as a file of its name would be, and one that cannot be read does not stop the others. Paths
are for people; what an archive knows a part by is its `part`, in which no two parts are alike (`parts`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from loader.model import Reading, SourceError
from loader.read import document, encoding, jsonfile, mail, parts, zipped
from loader.read.find import SUFFIXES, reason_to_pass
from loader.read.refuse import refused

_DEEPEST = 2
"""Archives and mails within one another, the outermost counted: a folder of ZIPs that somebody zipped."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A source, a member or a record that could not be read, and why."""

    path: str
    error: SourceError


Listed = Callable[[str, Sequence[str]], object]
"""Takes the part that a container is and the parts it has, before the first of them is read."""


def read_sources(
    raw: bytes, path: str, *, text_field: str | None = None, listed: Listed | None = None
) -> Iterator[Reading | Refused]:
    """Read all that a file holds, one by one and in order, so that no more than one is in memory.

    `text_field` names the field of JSON records that holds the text; without it the field is found (see
    `records`). `listed` is told what each container has. Raises nothing: what `read_bytes` would raise is
    the `error` of a `Refused`.
    """
    yield from _Reader(text_field, listed or _unlisted).read(raw, path, "", 0)


def _unlisted(_part: str, _parts: Sequence[str]) -> None:
    """For whoever does not ask what a container has."""


class _Reader:
    """What holds for all members of one file: the field asked for, and what may still be unpacked."""

    def __init__(self, text_field: str | None, listed: Listed) -> None:
        self.text_field, self.listed = text_field, listed
        self.budget = zipped.Budget()

    def read(self, raw: bytes, path: str, part: str, depth: int) -> Iterator[Reading | Refused]:
        try:
            kind = document.kind_of(raw, path)
            if kind == "zip":
                yield from self.archive(raw, path, part, depth + 1)
            elif kind == "mail":
                yield from self.mail(raw, path, part, depth + 1)
            elif kind == "text":
                yield from self.text(raw, path, part)
            else:
                yield replace(document.read_bytes(raw, path), part=part)
        except SourceError as error:
            yield Refused(path, error)

    def archive(self, raw: bytes, path: str, part: str, depth: int) -> Iterator[Reading | Refused]:
        if depth > _DEEPEST:
            raise refused(path, "an archive too deep within others", "unpack it first")
        members = [one for one in zipped.members(raw, path) if not _passed_over(one.name)]
        named = parts.of_members((one.name, one.content) for one in members)
        self.listed(part, [part + name for name in named])
        names = set[str]()
        for member, name in zip(members, named, strict=True):
            inner = _numbered(f"{path}/{member.name}", names)
            try:
                inner_raw = member.read(inner, self.budget)
            except SourceError as error:
                yield Refused(inner, error)
            else:
                yield from self.read(inner_raw, inner, part + name, depth)
        if not members:
            looked_for = " ".join(SUFFIXES)
            raise refused(path, "no transcript in this archive", f"looked for {looked_for}")

    def mail(self, raw: bytes, path: str, part: str, depth: int) -> Iterator[Reading | Refused]:
        if depth > _DEEPEST:
            raise refused(path, "a mail too deep within others", "save it as a file of its own")
        letter = mail.parse(raw, path)
        named = parts.of_members((one.name, parts.digest(one.raw)) for one in letter.attachments)
        has_body = bool(letter.body.strip() or not letter.attachments)
        self.listed(part, [part] * has_body + [part + name for name in named])
        if has_body:
            try:
                yield replace(document.read_mail(raw, path, letter), part=part)
            except SourceError as error:
                yield Refused(path, error)
        names = set[str]()
        for one, name in zip(letter.attachments, named, strict=True):
            yield from self.read(one.raw, _numbered(f"{path}/{one.name}", names), part + name, depth)

    def text(self, raw: bytes, path: str, part: str) -> Iterator[Reading | Refused]:
        found = document.decoded(raw, path)
        suffix = document.suffix_of(path)
        records = jsonfile.split(found.text, suffix)
        if records is None and self.text_field is not None and suffix in jsonfile.SUFFIXES:
            yield replace(document.read_named(raw, path, found, self.text_field), part=part)
        elif records is None:
            yield replace(document.read_text(raw, path, found), part=part)
        else:
            named = parts.of_records(records)
            self.listed(part, [part + name for name in named])
            for record, name in zip(records, named, strict=True):
                yield self.record(record, f"{path}#{record.number}", part + name, found.encoding)

    def record(self, record: jsonfile.Record, path: str, part: str, codec: str) -> Reading | Refused:
        try:
            if record.broken:
                raise refused(path, record.broken, "repair it")
            raw, codec = encoding.encode_as(record.source, codec)
            return replace(document.read_record(raw, path, codec, record.value, self.text_field), part=part)
        except SourceError as error:
            return Refused(path, error)


def _passed_over(name: str) -> bool:
    """Whether a walk over a folder would pass a member by: hidden, a README, another suffix."""
    parts = PurePosixPath(name).parts
    return any(part.startswith((".", "__MACOSX")) for part in parts) or bool(reason_to_pass(parts[-1]))


def _numbered(path: str, taken: set[str]) -> str:
    """A path of its own for each member: the second of the same name has ` (2)` before its suffix."""
    pure = PurePosixPath(path)
    stem, number, free = path.removesuffix(pure.suffix), 1, path
    while free in taken:
        number += 1
        free = f"{stem} ({number}){pure.suffix}"
    taken.add(free)
    return free
