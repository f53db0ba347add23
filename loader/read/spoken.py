"""Records of speech: a row for each turn, or for each question with its answer, and who speaks in a field.

What comes in are the rows of a table or the objects of a JSON list; what comes out is text with a label
before each turn (`主持人：各位好。`, `问（河湾晚报）：…`), as transcripts have it. Told by the names of the
fields alone.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Container, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

SPEAKERS = frozenset(
    """speaker speaker_name speakername speaker_id spk spk_id role who person participant
    发言人 说话人 讲话人 发言者 讲话者 說話人 發言人 發言者 姓名 角色 标识 嘉宾""".split()
)
"""What a field is called that says who speaks, in lower case."""
WORDS = frozenset(
    """text content words paragraphs said utterance speech remark transcript message
    内容 发言内容 讲话内容 發言內容 內容 发言 發言 讲话 文本 对话""".split()
)
"""What a field is called that holds what is said, in lower case."""
QUESTIONS = frozenset("question questions q ask asked 问题 問題 提问 提問 问 問 记者提问 提问内容".split())
ANSWERS = frozenset("answer answers a reply response 回答 答复 答覆 答 回应 回應 答复内容 回答内容".split())
"""What a field is called that holds a question, or an answer to it, in lower case."""
ASKERS = frozenset(
    """questioner asker reporter journalist media outlet asked_by
    提问者 提问人 提问媒体 媒体 媒體 记者 記者 提問者 提問人""".split()
)
ANSWERERS = frozenset(
    """answerer respondent responder spokesperson official answered_by speaker
    回答人 答问人 答复人 回应人 发言人 發言人 回答者""".split()
)
"""What a field is called that says who asks, or who answers, in lower case."""
_TIMES = frozenset("t time clock timestamp start begin 时间 發布時間 发布时间 時間 发言时间".split())
_KEYS = frozenset("id key code sid spk spk_id speaker speaker_id 编号 代号 编码".split())
_NAMES = frozenset("name full_name fullname speaker_name 姓名 名字 名称".split())
_ROLES = frozenset("role title post position affiliation organization 职务 身份 单位 角色 头衔".split())
"""What fields are called that say which key turns are told apart by, whose it is, and what he is."""
_KEY = re.compile(r"[A-Za-z]{1,8}[ _-]?\d{0,3}")
_OF_ARTICLES = frozenset("title url link headline 标题 標題 链接".split())
"""Fields that turns do not have: with one of them a row is a text of its own."""
_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?")
_DATE = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?")
_NO_LEGEND: Mapping[str, str] = MappingProxyType({})
_LABEL = 60
"""Characters of the longest name of a speaker."""


class Turns(NamedTuple):
    """The names of the fields of a turn."""

    speaker: str
    words: str
    time: str | None
    least: int = 3

    def fits(self, row: Mapping[str, object]) -> bool:
        """Whether a row is a turn."""
        return _is_name(row.get(self.speaker)) and _is_words(row.get(self.words))

    def told(self, row: Mapping[str, object], legend: Mapping[str, str]) -> str:
        """The turn under its speaker's name, or nothing."""
        said = _said(row.get(self.words))
        clock = _CLOCK.search(str(row.get(self.time) or "")) if self.time else None
        speaker = str(row.get(self.speaker) or "").strip()
        speaker = legend.get(speaker, speaker)
        label = f"{f'[{clock.group()}] ' if clock else ''}{f'{speaker}：' if speaker else ''}"
        return f"{label}{said}" if said else ""


class Pairs(NamedTuple):
    """The names of the fields of a question with its answer."""

    question: str
    answer: str
    asker: str | None
    answerer: str | None
    least: int = 2

    def fits(self, row: Mapping[str, object]) -> bool:
        """Whether a row is a question with its answer."""
        named = all(_is_name(row.get(name)) for name in (self.asker, self.answerer) if name)
        return named and _is_words(row.get(self.question)) and _is_words(row.get(self.answer))

    def told(self, row: Mapping[str, object], _legend: Mapping[str, str]) -> str:
        """The question and its answer, each under its word and who says it."""
        lines = []
        for word, who, what in (("问", self.asker, self.question), ("答", self.answerer, self.answer)):
            said, name = _said(row.get(what)), str(row.get(who) or "").strip() if who else ""
            if said or name:
                lines.append(f"{word}{f'（{name}）' if name else ''}：{said}")
        return "\n".join(lines)


class Speech(NamedTuple):
    """Turns as text, the day they were said on or nothing, and what else the rows hold."""

    text: str
    date: str
    rest: str


def columns(names: Sequence[str]) -> Turns | Pairs | None:
    """Which of a row's fields are whose; None where it is neither a turn nor a question with its answer."""
    lower = {name.strip().lower(): name for name in names}
    if not _OF_ARTICLES.isdisjoint(lower):
        return None

    def among(known: Container[str]) -> str | None:
        return next((lower[name] for name in lower if name in known), None)

    question, answer = among(QUESTIONS), among(ANSWERS)
    if question and answer:
        return Pairs(question, answer, among(ASKERS), among(ANSWERERS))
    speaker, words = among(SPEAKERS), among(WORDS)
    return Turns(speaker, words, among(_TIMES)) if speaker and words else None


def speech_of(rows: Sequence[object], legend: Mapping[str, str] = _NO_LEGEND) -> Speech | None:
    """What is said in the objects of a list, where all are turns or all are questions with their answers.

    `legend` says whom the keys stand for that speakers are told apart by.
    """
    objects = [row for row in rows if isinstance(row, Mapping)]
    found = columns([str(name) for name in objects[0]]) if len(objects) == len(rows) > 0 else None
    if found is None or len(rows) < found.least or not all(found.fits(row) for row in objects):
        return None
    lines = [line for row in objects if (line := found.told(row, legend))]
    rest = (
        " ".join(
            str(value)
            for name, value in row.items()
            if name not in found and isinstance(value, (str, int, float))
        )
        for row in objects
    )
    time = found.time if isinstance(found, Turns) else None
    date = _DATE.search(str(objects[0].get(time) or "")) if time else None
    return Speech("\n".join(lines), date.group() if date else "", "\n".join(filter(str.strip, rest)))


def legend_of(rows: Sequence[object]) -> dict[str, str]:
    """Whom the keys of turns stand for, as labels (`S0`: `祝晓岚（董事会秘书）`); else empty."""
    objects = [row for row in rows if isinstance(row, Mapping)]
    if len(objects) < len(rows) or not objects:
        return {}
    lower = {str(name).strip().lower(): name for name in objects[0]}
    keys, names, roles = (
        [lower[name] for name in lower if name in known] for known in (_KEYS, _NAMES, _ROLES)
    )
    found: dict[str, str] = {}
    for row in objects:
        key, name = (str(row.get(of[0]) or "") if of else "" for of in (keys, names))
        if not _KEY.fullmatch(key) or not 0 < len(name) <= _LABEL:
            return {}
        is_what = "，".join(filter(None, (_BRACKETS.sub("，", str(row.get(role) or "")) for role in roles)))
        found[key] = f"{name}（{is_what.strip('，')}）" if is_what else name
    return found


_BRACKETS = re.compile(r"[（()）]")


def _is_name(value: object) -> bool:
    return value is None or (isinstance(value, str) and len(value) <= _LABEL)


def _is_words(value: object) -> bool:
    return isinstance(value, (str, list, type(None)))


def _said(words: object) -> str:
    return ("\n".join(map(str, words)) if isinstance(words, list) else str(words or "")).strip()


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
