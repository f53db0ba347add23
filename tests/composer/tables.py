"""The plain tables that hold every word the composer uses."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import TypeVar

DATA = Path(__file__).parent / "data"
SLOT = re.compile(r"\{([\w#\[\]])\}")
RANGE = re.compile(r"<(\d+)-(\d+)>")
Row = tuple[str, ...]
T = TypeVar("T")


@cache
def rows(tongue: str, table: str) -> tuple[Row, ...]:
    """The rows of a table, that of the tongue before the common one."""
    path = DATA / tongue / f"{table}.txt"
    if not path.exists():
        path = DATA / f"{table}.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line.strip() and not line.startswith(";"))


def fill(form: str, slots: Mapping[str, str]) -> str:
    """The form with its slots filled."""
    return SLOT.sub(lambda found: slots[found[1]], form)


def figures(rng: Random, text: str) -> str:
    """The text with a figure chosen for every range in it."""
    return RANGE.sub(lambda found: str(rng.randint(int(found[1]), int(found[2]))), text)


def weighted(rng: Random, choices: Sequence[tuple[T, int]]) -> T:
    """One of the choices by their weights."""
    return rng.choices([choice for choice, _ in choices], [weight for _, weight in choices])[0]


@dataclass(frozen=True)
class Subject:
    """What a briefing is about, with all that may be said on it."""

    name: str
    topic: str
    organs: tuple[str, ...]
    statements: tuple[str, ...]
    questions: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Tongue:
    """A language or script with its tables and habits."""

    code: str

    @property
    def gap(self) -> str:
        """What stands between two sentences."""
        return " " if self.code == "en" else ""

    def rows(self, table: str) -> tuple[Row, ...]:
        """The rows of a table of this tongue."""
        return rows(self.code, table)

    def phrases(self, key: str) -> list[str]:
        """All phrases under a key."""
        return [row[1] for row in self.rows("phrases") if row[0] == key]

    def phrase(self, rng: Random, key: str, slots: Mapping[str, str]) -> str:
        """One phrase under a key, filled."""
        return fill(rng.choice(self.phrases(key)), slots)

    def words(self, table: str) -> list[str]:
        """The single words of a table that are parted by blanks or lines."""
        return [word for row in self.rows(table) for word in row[0].split()]

    def subjects(self) -> tuple[Subject, ...]:
        """All subjects of this tongue."""
        return _subjects(self.code)


@cache
def _subjects(code: str) -> tuple[Subject, ...]:
    found: list[Subject] = []
    for kind, *cells in rows(code, "subjects"):
        if kind == "@":
            organs = cells[2].split(";" if code == "en" else " ")
            found.append(Subject(cells[0], cells[1], tuple(organs), (), ()))
            continue
        last = found[-1]
        questions = last.questions
        statements = last.statements
        if kind == "S":
            statements = (*statements, cells[0])
        elif kind == "Q":
            questions = (*questions, (cells[0], "", ""))
        elif kind == "A":
            questions = (*questions[:-1], (questions[-1][0], cells[0], ""))
        else:
            questions = (*questions[:-1], (*questions[-1][:2], cells[0]))
        found[-1] = Subject(last.name, last.topic, last.organs, statements, questions)
    return tuple(found)
