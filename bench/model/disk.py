"""Folders of files that change as people change them: written, edited, renamed, copied, swapped, deleted."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from bench.model.files import Content, File, Part, changed, content_of, drawn, encoded, member, record
from bench.model.texts import Author, Briefing

SUFFIXES = (".txt", ".txt", ".txt", ".md", ".jsonl", ".jsonl", ".zip")
FOLDERS = ("", "north", "south")
_GARBAGE = (b"", b"\0\1\2\3" * 500, b"PK\3\4 cut off")
_MOST = 8
"""Files on the disk from which on as many are deleted as written."""


class Disk:
    """The files under a folder, and what each of them says."""

    def __init__(self, root: Path, author: Author, without: Sequence[str] = ()) -> None:
        self.root = root
        self._without = without
        self._suffixes = [suffix for suffix in SUFFIXES if suffix not in without]
        self.files: dict[str, File] = {}
        self.garbage: set[str] = set()
        """Files that nobody can read."""
        self._author = author
        self._names = 0
        for folder in FOLDERS:
            (root / folder).mkdir(parents=True, exist_ok=True)

    def there(self, path: str) -> bool:
        """Whether a path has a file."""
        return path in self.files or path in self.garbage

    def holds(self, path: str, content: Content) -> bool:
        """Whether a path still has a content; what came by standard input has no path to lose."""
        file = self.files.get(path)
        here = file is not None and any(one.content == content for one in file.parts)
        return here or path.startswith("-")

    def under(self, folder: str) -> dict[str, File]:
        """The files that can be read below a folder, or the one file named."""
        return {path: file for path, file in sorted(self.files.items()) if within(path, folder)}

    def refused(self, folder: str) -> bool:
        """Whether a load of this folder meets a file that cannot be read."""
        return any(within(path, folder) for path in self.garbage)

    @property
    def changes(self) -> dict[str, Callable[[random.Random], str]]:
        """What may be done to the files, by name; each says what it did."""
        return {name: change for name, change in self._all_changes.items() if name not in self._without}

    @property
    def _all_changes(self) -> dict[str, Callable[[random.Random], str]]:
        return {
            "write": self._write,
            "edit": self._edit,
            "overwrite": self._overwrite,
            "insert": self._insert,
            "remove": self._remove,
            "reorder": self._reorder,
            "rename": self._rename,
            "make way": self._make_way,
            "copy": self._copy,
            "copy over": self._copy_over,
            "swap": self._swap,
            "delete": self._delete,
            "encode": self._encode,
            "spoil": self._spoil,
        }

    def edit_all(self, dice: random.Random, path: str) -> None:
        """Edit every briefing of a file."""
        file = self.files[path]
        parts = []
        for part in file.parts:
            edited = tuple(self._author.edited(dice, one) for one in part.content.briefings)
            parts.append(Part(part.name, changed(part.content, edited)))
        self._put(path, replace(file, parts=tuple(parts)))

    def _put(self, path: str, file: File) -> None:
        self.garbage.discard(path)
        self.files[path] = file
        beside = Path(f"{path}~new")
        beside.write_bytes(file.raw)
        beside.rename(path)

    def _new_path(self, dice: random.Random, suffix: str) -> str:
        self._names += 1
        odd = os.fsdecode(b"\xff") if dice.random() < 0.5 else "\\xff"
        name = dice.choice((f"{self._names:03}", f"{999 - self._names:03}", f"疫情 {self._names}", odd))
        path = str(self.root / dice.choice(FOLDERS) / f"{name}{suffix}")
        return path if not self.there(path) else str(self.root / f"z{self._names}{suffix}")

    def _any(self, dice: random.Random) -> str:
        return dice.choice(sorted(self.files))

    def _write(self, dice: random.Random) -> str:
        if len(self.files) > _MOST:
            return self._delete(dice)
        suffix = dice.choice(self._suffixes)
        path = self._new_path(dice, suffix)
        self._put(path, drawn(dice, self._author, suffix))
        return path

    def _edit(self, dice: random.Random) -> str:
        return self._revise(dice, lambda one: self._author.edited(dice, one))

    def _overwrite(self, dice: random.Random) -> str:
        series = dice.random() < 0.5
        return self._revise(dice, lambda one: self._author.briefing(dice, one if series else None))

    def _revise(self, dice: random.Random, revised: Callable[[Briefing], Briefing]) -> str:
        """Put something else in the place of one briefing; one file of several stays a series."""
        path = self._any(dice)
        file = self.files[path]
        number = dice.randrange(len(file.parts))
        part = file.parts[number]
        briefings = list(part.content.briefings)
        at = dice.randrange(len(briefings))
        new = revised(briefings[at])
        if len(briefings) > 1 and (new.place, new.topic) != (briefings[at].place, briefings[at].topic):
            new = self._author.briefing(dice, briefings[at])
        briefings[at] = new
        parts = list(file.parts)
        parts[number] = Part(part.name, changed(part.content, tuple(briefings)))
        self._put(path, replace(file, parts=tuple(parts)))
        return f"{path}: part {number + 1}, briefing {at + 1}: line {new.line}, version {new.version}"

    def _insert(self, dice: random.Random) -> str:
        """Put a record, a member or a briefing in front of the others, or between them."""
        path = self._any(dice)
        file = self.files[path]
        at = dice.choice((0, 0, dice.randrange(len(file.parts) + 1)))
        if len(file.briefings) > 5:
            return self._remove(dice)
        parts = list(file.parts)
        match file.suffix:
            case ".jsonl":
                ids, fields = parts[0].name is not None, "title" in dict(parts[0].content.fields)
                parts.insert(at, record(dice, self._author, file.encoding, ids, fields))
            case ".zip":
                name = dice.choice((None, None, dice.choice(parts).name))
                parts.insert(at, member(dice, self._author, name))
            case _:
                briefings = list(file.briefings)
                at = min(at, len(briefings))
                briefings.insert(at, self._author.briefing(dice, briefings[0]))
                parts = [Part(None, changed(parts[0].content, tuple(briefings)))]
        self._put(path, replace(file, parts=tuple(parts)))
        return f"{path}: at {at + 1}"

    def _remove(self, dice: random.Random) -> str:
        path = self._any(dice)
        file = self.files[path]
        if len(file.briefings) < 2:
            return self._delete(dice)
        at = dice.randrange(len(file.briefings))
        if file.container:
            parts = tuple(part for number, part in enumerate(file.parts) if number != at)
        else:
            left = tuple(one for number, one in enumerate(file.briefings) if number != at)
            parts = (Part(None, changed(file.parts[0].content, left)),)
        self._put(path, replace(file, parts=parts))
        return f"{path}: {at + 1}"

    def _reorder(self, dice: random.Random) -> str:
        path = self._any(dice)
        file = self.files[path]
        if file.container:
            parts = tuple(dice.sample(file.parts, len(file.parts)))
        else:
            mixed = tuple(dice.sample(file.briefings, len(file.briefings)))
            parts = (Part(None, changed(file.parts[0].content, mixed)),)
        self._put(path, replace(file, parts=parts))
        return path

    def _rename(self, dice: random.Random) -> str:
        path = self._any(dice)
        new = self._new_path(dice, self.files[path].suffix)
        Path(path).rename(new)
        self.files[new] = self.files.pop(path)
        return f"{path} {new}"

    def _make_way(self, dice: random.Random) -> str:
        """Rename a file and put a new one in its place, as one does with `latest.txt`."""
        path = self._any(dice)
        suffix = self.files[path].suffix
        new = self._new_path(dice, suffix)
        Path(path).rename(new)
        self.files[new] = self.files.pop(path)
        self._put(path, drawn(dice, self._author, suffix))
        return f"{path} {new}, and a new {Path(path).name}"

    def _copy(self, dice: random.Random) -> str:
        path = self._any(dice)
        new = self._new_path(dice, self.files[path].suffix)
        self._put(new, self.files[path])
        return f"{path} {new}"

    def _copy_over(self, dice: random.Random) -> str:
        path = self._any(dice)
        others = [one for one in sorted(self.files) if one.endswith(self.files[path].suffix) and one != path]
        if not others:
            return self._copy(dice)
        other = dice.choice(others)
        self._put(other, self.files[path])
        return f"{path} {other}"

    def _swap(self, dice: random.Random) -> str:
        path = self._any(dice)
        others = [one for one in sorted(self.files) if one.endswith(self.files[path].suffix) and one != path]
        if not others:
            return self._rename(dice)
        other = dice.choice(others)
        one, two = self.files[path], self.files[other]
        self._put(path, two)
        self._put(other, one)
        return f"{path} {other}"

    def _delete(self, dice: random.Random) -> str:
        path = dice.choice(sorted(self.files.keys() | self.garbage))
        if path in self.files and len(self.files) < 3:
            return "nothing"
        self.files.pop(path, None)
        self.garbage.discard(path)
        Path(path).unlink()
        return path

    def _encode(self, dice: random.Random) -> str:
        path = self._any(dice)
        file = self.files[path]
        if file.suffix == ".zip":
            return self._reorder(dice)
        encoding = "utf-8" if file.encoding == "gb18030" else "gb18030"
        parts = tuple(Part(part.name, encoded(part.content, encoding)) for part in file.parts)
        self._put(path, File(file.suffix, encoding, parts))
        return f"{path}: {encoding}"

    def _spoil(self, dice: random.Random) -> str:
        """Something unreadable, mostly under a new name."""
        path = self._any(dice) if dice.random() < 0.3 else self._new_path(dice, dice.choice(self._suffixes))
        if len(self.files) > 2 and len(self.garbage) < 2:
            Path(path).write_bytes(dice.choice(_GARBAGE))
            self.files.pop(path, None)
            self.garbage.add(path)
            return path
        return "nothing"


def within(path: str, folder: str) -> bool:
    """Whether a path is that folder's, or is itself what was named."""
    return path == folder or path.startswith(f"{folder}/")


def plain_text(dice: random.Random, author: Author) -> Content:
    """What somebody sends by standard input."""
    return content_of((author.briefing(dice),), ".txt", "utf-8")
