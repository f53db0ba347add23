"""Files as the model-based test knows them: what each part of one says, and its bytes.

A plain file has one part. A container has several: records of a `.jsonl`, members of a `.zip`.
"""

from __future__ import annotations

import io
import json
import random
import warnings
import zipfile
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from bench.model.texts import Author, Briefing

ENCODINGS = ("utf-8", "gb18030")
_PARAGRAPHS = {".txt": "\n", ".md": "\n\n"}
"""What separates paragraphs in a plain file."""


@dataclass(frozen=True)
class Content:
    """What one source says, and in which form: equal contents are the same bytes."""

    briefings: tuple[Briefing, ...]
    form: str
    """How it is written: a suffix and an encoding."""
    fields: tuple[tuple[str, str], ...] = ()
    """Of a record, before its text."""

    @cached_property
    def key(self) -> tuple[object, ...]:
        """What its bytes depend on."""
        return (*(one.version for one in self.briefings), self.form, self.fields)

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Content) and self.key == other.key

    @cached_property
    def as_read(self) -> str:
        """All characters of it that are not blank, as `show --source` prints them."""
        fields = (f"{name}: {value}" for name, value in self.fields)
        return squeezed("".join((*fields, *(one.text for one in self.briefings))))

    @property
    def lines(self) -> frozenset[int]:
        """The lines of edits it belongs to."""
        return frozenset(one.line for one in self.briefings)


@dataclass(frozen=True)
class Part:
    """One part of a file, by the name it has there: a member's, a record's own id, or none."""

    name: str | None
    content: Content


@dataclass(frozen=True)
class File:
    """A file as it lies on the disk."""

    suffix: str
    encoding: str
    parts: tuple[Part, ...]

    @property
    def container(self) -> bool:
        """Whether its parts are sources of their own."""
        return self.suffix in (".jsonl", ".zip")

    @property
    def briefings(self) -> tuple[Briefing, ...]:
        """All that it says, in order."""
        return tuple(one for part in self.parts for one in part.content.briefings)

    @property
    def names(self) -> Counter[str | None]:
        """How many parts have each name."""
        return Counter(part.name for part in self.parts)

    @cached_property
    def raw(self) -> bytes:
        """Its bytes."""
        if self.suffix == ".jsonl":
            return "".join(_record(part.content) for part in self.parts).encode(self.encoding)
        if self.suffix == ".zip":
            return _zipped(self.parts)
        return _plain(self.parts[0].content)


def squeezed(text: str) -> str:
    """A text without its blanks."""
    return "".join(text.split())


def content_of(briefings: tuple[Briefing, ...], suffix: str, encoding: str) -> Content:
    """The content of a plain file or member."""
    return Content(briefings, f"{suffix} {encoding}")


def record_of(one: Briefing, encoding: str, own_id: str | None, fields: bool) -> Content:
    """The content of a record: with an id of its own, with a title and a date before its text, or neither."""
    pairs = [("id", own_id)] if own_id else []
    if fields:
        pairs += [("title", one.title), ("date", str(one.day))]
    return Content((one,), f"record {encoding}", tuple(pairs))


def changed(content: Content, briefings: tuple[Briefing, ...]) -> Content:
    """The same source with other words in it."""
    if not content.form.startswith("record"):
        return Content(briefings, content.form)
    fields = dict(content.fields)
    return record_of(briefings[0], content.form.split()[1], fields.get("id"), "title" in fields)


def encoded(content: Content, encoding: str) -> Content:
    """The same words in another encoding."""
    return Content(content.briefings, f"{content.form.split()[0]} {encoding}", content.fields)


def drawn(dice: random.Random, author: Author, suffix: str, encoding: str | None = None) -> File:
    """A new file of new briefings."""
    encoding = encoding or dice.choice(ENCODINGS)
    if suffix == ".jsonl":
        ids, fields = dice.random() < 0.5, dice.random() < 0.5
        parts = [record(dice, author, encoding, ids, fields) for _ in range(dice.randrange(1, 5))]
    elif suffix == ".zip":
        parts = [member(dice, author) for _ in range(dice.randrange(1, 5))]
    else:
        parts = [Part(None, content_of(written(dice, author), suffix, encoding))]
    return File(suffix, encoding, tuple(parts))


def record(dice: random.Random, author: Author, encoding: str, ids: bool, fields: bool) -> Part:
    """A new record."""
    one = author.briefing(dice)
    own_id = f"r{one.line}" if ids else None
    return Part(own_id, record_of(one, encoding, own_id, fields))


def member(dice: random.Random, author: Author, name: str | None = None) -> Part:
    """A new member, of a new name unless one is given."""
    one = author.briefing(dice)
    suffix = dice.choice((".txt", ".md"))
    name = name or dice.choice((f"{one.line}{suffix}", f"sub/{one.line}{suffix}", f"b ({one.line}){suffix}"))
    suffix = ".md" if name.endswith(".md") else ".txt"
    return Part(name, content_of((one,), suffix, dice.choice(ENCODINGS)))


def written(dice: random.Random, author: Author) -> tuple[Briefing, ...]:
    """The briefings of a new plain file: mostly one, else a few of one series."""
    first = author.briefing(dice)
    more = dice.choice((0, 0, 0, 1, 2))
    return (first, *(author.briefing(dice, first) for _ in range(more)))


def _plain(content: Content) -> bytes:
    suffix, encoding = content.form.split()
    between = _PARAGRAPHS[suffix]
    texts = []
    for one in content.briefings:
        head = "# " if suffix == ".md" and len(content.briefings) == 1 else ""
        texts.append(head + between.join(one.paragraphs))
    return ("\n\n".join(texts) + "\n").encode(encoding)


def _record(content: Content) -> str:
    (one,) = content.briefings
    return json.dumps({**dict(content.fields), "text": one.text}, ensure_ascii=False) + "\n"


def _zipped(parts: tuple[Part, ...]) -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        warnings.simplefilter("ignore")  # equal names are what is tested
        for part in parts:
            file.writestr(zipfile.ZipInfo(part.name or "", (2022, 1, 1, 0, 0, 0)), _plain(part.content))
    return out.getvalue()
