"""Readings made of a few lines, and briefings told in a form that tests can compare."""

from __future__ import annotations

from collections.abc import Mapping

from loader.model import Briefing, Mark, Reading
from loader.parse import parse
from loader.parse.folding import plain
from loader.parse.lines import Line, split_lines


def reading(text: str, marks: tuple[Mark, ...] = (), fields: Mapping[str, str] | None = None) -> Reading:
    """A reading as a reader would give it, of plain text."""
    return Reading("a.txt", text.encode(), "", "utf-8", "text", text, marks, dict(fields or {}))


def lines(text: str, marks: tuple[Mark, ...] = ()) -> list[Line]:
    """The lines of a text."""
    return split_lines(reading(text, marks))


def one(text: str, marks: tuple[Mark, ...] = (), fields: Mapping[str, str] | None = None) -> Briefing:
    """The single briefing a text holds."""
    (briefing,) = parse(reading(text, marks, fields))
    return briefing


def marked(text: str, kind: str, *wanted: str, value: str = "") -> tuple[Mark, ...]:
    """Marks of one kind over the first occurrence of each wanted wording."""
    return tuple(Mark(kind, text.index(w), text.index(w) + len(w), value) for w in wanted)  # type: ignore[arg-type]


def exchanges(text: str, briefing: Briefing) -> list[tuple[str | None, str, list[str | None]]]:
    """For each question: outlet (or name) of its asker, its words, the names of those who answer."""
    told = []
    for question in briefing.questions:
        words = " ".join(text[t.body.start : t.body.end] for t in (briefing.turns[i] for i in question.turns))
        names = []
        for i in question.answers:
            speaker = briefing.turns[i].speaker
            names.append(None if speaker is None else briefing.speakers[speaker].name)
        told.append((question.asker.outlet or question.asker.name, words, names))
    return told


def kinds(text: str, briefing: Briefing) -> list[tuple[str, str]]:
    """Kind and words of every turn."""
    return [(t.kind, text[t.body.start : t.body.end]) for t in briefing.turns]


def names(briefing: Briefing) -> list[str]:
    """The speakers' names in order."""
    return [s.name for s in briefing.speakers]


__all__ = ["exchanges", "kinds", "lines", "marked", "names", "one", "plain", "reading"]
