"""Short made-up briefings for the model-based test, and the ways people edit them.

A `Briefing` is one version of what was said at one press briefing. All its versions share a *line* of edits:
two texts of one line are alike, two of different lines are not, whatever formulas they share.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from bench.wording import Deck, Topic, topics

PLACES = ("潍坊市", "扬州市", "长春市", "聊城市", "青岛市", "寿光市", "兰州市", "西安市")
_BELOW = ("城关区", "高新区", "开发区", "临河区", "南关区")
_MUCH = 0.1
"""The share of a text from which it counts as rewritten."""
_NUMERALS = "零一二三四五六七八九"
_OUTLETS = ("大众网", "齐鲁晚报", "新华社", "澎湃新闻", "中国新闻网", "红星新闻")

Exchange = tuple[str, str, str]
"""Outlet, question, answer."""


@dataclass(frozen=True)
class Briefing:
    """One version of one briefing; equal to another if both are the same version."""

    line: int
    """What all its versions share."""
    version: int
    place: str
    day: date
    ordinal: int
    topic: str
    host: str
    official: str
    post: str
    speech: tuple[str, ...]
    """Paragraphs that no edit changes: they make every two versions alike."""
    exchanges: tuple[Exchange, ...]
    """What edits change."""

    def __hash__(self) -> int:
        return self.version

    @property
    def title(self) -> str:
        """As its first line says it."""
        return f"{self.place}举行第{numeral(self.ordinal)}场{self.topic}新闻发布会"

    @cached_property
    def paragraphs(self) -> tuple[str, ...]:
        """Its lines in order, the title first."""
        spoken = [
            self.title,
            f"时间：{self.day.year}年{self.day.month}月{self.day.day}日",
            f"主持人{self.host}：各位记者朋友，大家下午好！欢迎参加{self.place}"
            f"第{numeral(self.ordinal)}场{self.topic}新闻发布会。",
            f"下面请{self.post}{self.official}介绍有关情况。",
            f"{self.official}：大家好！{self.speech[0]}",
            *self.speech[1:],
        ]
        for outlet, question, answer in self.exchanges:
            spoken += [f"{outlet}记者：{question}", f"{self.official}：{answer}"]
        ending = f"感谢{self.official}，感谢各位记者朋友，今天的发布会到此结束。"
        return (*spoken, f"主持人{self.host}：{ending}")

    @property
    def spoken(self) -> tuple[str, ...]:
        """What is said in whole paragraphs, without who says it."""
        asked = (text for _, question, answer in self.exchanges for text in (question, answer))
        return (*self.speech[1:], *asked)

    @cached_property
    def text(self) -> str:
        """All of it, a paragraph a line."""
        return "\n".join(self.paragraphs)

    def rewritten_as(self, other: Briefing) -> bool:
        """Whether `other`, of the same line, has another day or number, and much else has changed, too.

        Nobody can say then whether it is an edit of this one or the next briefing of its series.
        """
        if self.line != other.line or (self.day, self.ordinal) == (other.day, other.ordinal):
            return False
        short, long = sorted((self, other), key=lambda one: len(one.text))
        return sum(len(one) for one in short.spoken if one not in long.spoken) > _MUCH * len(short.text)


class Author:
    """Writes briefings and edits them; what it writes depends on its random numbers alone."""

    def __init__(self) -> None:
        self._lines = self._versions = 0
        self._edits: set[str] = set()
        """All that edits have led to, and what they began with."""

    def briefing(self, dice: random.Random, series: Briefing | None = None) -> Briefing:
        """A new one, unlike all before: perhaps the next of a series, which shares its place and formulas."""
        self._lines += 1
        place = series.place if series else dice.choice(PLACES)
        topic = _topic(series.topic) if series else dice.choice(topics())
        deck = Deck(dice, topic, place, _BELOW)
        return Briefing(
            line=self._lines,
            version=self._version(),
            place=place,
            day=date(2021, 1, 1) + timedelta(days=self._lines * 37 % 1000),
            ordinal=self._lines % 99 + 1,
            topic=topic.names[0],
            host=series.host if series else deck.name(),
            official=deck.name(),
            post=f"市{topic.bureau}副主任",
            speech=tuple(deck.some("句", 3) for _ in range(dice.randrange(3, 6))),
            exchanges=tuple(self._exchange(dice, deck) for _ in range(dice.randrange(1, 4))),
        )

    def edited(self, dice: random.Random, one: Briefing) -> Briefing:
        """The same briefing with a small edit, which no edit has led to before."""
        self._edits.add(one.text)
        while (edited := self._edited(dice, one)).text in self._edits:
            pass
        self._edits.add(edited.text)
        return replace(edited, version=self._version())

    def _edited(self, dice: random.Random, one: Briefing) -> Briefing:
        """With another answer, an exchange more or less, another day or number."""
        deck = Deck(dice, _topic(one.topic), one.place, _BELOW)
        exchanges, at = list(one.exchanges), dice.randrange(len(one.exchanges))
        day, ordinal = one.day, one.ordinal
        match dice.choice(("answer", "answer", "more", "less", "day", "ordinal")):
            case "more" if len(exchanges) < 5:
                exchanges.insert(at, self._exchange(dice, deck))
            case "less" if len(exchanges) > 1:
                del exchanges[at]
            case "day":
                day += timedelta(days=dice.randrange(1, 40))
            case "ordinal":
                ordinal = (ordinal + 36) % 99 + 1
            case _:
                exchanges[at] = (*exchanges[at][:2], self._exchange(dice, deck)[2])
        return replace(one, day=day, ordinal=ordinal, exchanges=tuple(exchanges))

    def _version(self) -> int:
        self._versions += 1
        return self._versions

    @staticmethod
    def _exchange(dice: random.Random, deck: Deck) -> Exchange:
        return dice.choice(_OUTLETS), deck.some("问", 1), deck.say("答起") + deck.some("句", 1)


def _topic(name: str) -> Topic:
    return next(one for one in topics() if one.names[0] == name)


def numeral(number: int) -> str:
    """A number from 1 to 99 in Chinese."""
    tens, ones = divmod(number, 10)
    told = (_NUMERALS[tens] if tens > 1 else "") + "十" * (tens > 0)
    return told + (_NUMERALS[ones] if ones else "")
