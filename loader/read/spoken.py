"""Records of speech: a row for each turn, who speaks in one field and what he says in another.

What comes in are the rows of a table or the objects of a JSON list; what comes out is text with a label
before each turn (`主持人：各位好。`), as transcripts have it. Told by the names of the fields alone.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

SPEAKERS = frozenset(
    """speaker speaker_name speakername role who person participant
    发言人 说话人 讲话人 发言者 讲话者 說話人 發言人 發言者 姓名 角色 标识 嘉宾""".split()
)
"""What a field is called that says who speaks, in lower case."""
WORDS = frozenset(
    """text content words paragraphs said utterance speech remark transcript message
    内容 发言内容 讲话内容 發言內容 內容 发言 發言 讲话 文本 对话""".split()
)
"""What a field is called that holds what is said, in lower case."""
_TIMES = frozenset("time clock timestamp start begin 时间 發布時間 发布时间 時間 发言时间".split())
_OF_ARTICLES = frozenset("title url link headline 标题 標題 链接".split())
"""Fields that turns do not have: with one of them a row is a text of its own."""
_LEAST = 3
_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?")
_DATE = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?")
_LABEL = 60
"""Characters of the longest name of a speaker."""


class Columns(NamedTuple):
    """The names of the fields of a turn."""

    speaker: str
    words: str
    time: str | None


class Speech(NamedTuple):
    """Turns as text, the day they were said on or nothing, and what else the rows hold."""

    text: str
    date: str
    rest: str


def columns(names: Sequence[str]) -> Columns | None:
    """Which of a row's fields are whose, or None where it is no turn."""
    lower = {name.strip().lower(): name for name in names}
    if not _OF_ARTICLES.isdisjoint(lower):
        return None
    speaker, words, time = (
        next((lower[name] for name in lower if name in known), None) for known in (SPEAKERS, WORDS, _TIMES)
    )
    return Columns(speaker, words, time) if speaker and words else None


def speech_of(rows: Sequence[object]) -> Speech | None:
    """What is said in the objects of a list, three or more, all with a speaker and words; None elsewhere."""
    turns = [row for row in rows if isinstance(row, Mapping)]
    if len(turns) < max(_LEAST, len(rows)):
        return None
    found = columns([str(name) for name in turns[0]])
    if found is None or not all(_is_turn(row, found) for row in turns):
        return None
    lines = [line for row in turns if (line := _line(row, found))]
    rest = (
        " ".join(
            str(value)
            for name, value in row.items()
            if name not in found and isinstance(value, (str, int, float))
        )
        for row in turns
    )
    date = _DATE.search(str(turns[0].get(found.time) or "")) if found.time else None
    return Speech("\n".join(lines), date.group() if date else "", "\n".join(filter(str.strip, rest)))


def _is_turn(row: Mapping[str, object], names: Columns) -> bool:
    speaker = row.get(names.speaker)
    return (speaker is None or (isinstance(speaker, str) and len(speaker) <= _LABEL)) and isinstance(
        row.get(names.words), (str, list, type(None))
    )


def _line(row: Mapping[str, object], names: Columns) -> str:
    words = row.get(names.words)
    said = "\n".join(map(str, words)) if isinstance(words, list) else str(words or "")
    if not said.strip():
        return ""
    clock = _CLOCK.search(str(row.get(names.time) or "")) if names.time else None
    speaker = str(row.get(names.speaker) or "").strip()
    return f"{f'[{clock.group()}] ' if clock else ''}{f'{speaker}：' if speaker else ''}{said.strip()}"


def table(text: str) -> Speech | None:
    """What is said in a table of values parted by commas or tabs with a row of names, or None."""
    first = text.lstrip("\n").split("\n", 1)[0]
    mark = "\t" if "\t" in first else ","
    if len(first) > 400 or columns(first.split(mark)) is None:
        return None
    try:
        rows = list(csv.DictReader(io.StringIO(text.lstrip("\n")), delimiter=mark, restval=""))
    except csv.Error:
        return None
    if any(None in row for row in rows):  # more cells than names: no table
        return None
    return speech_of(rows)
