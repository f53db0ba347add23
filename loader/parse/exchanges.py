"""Exchanges: which turn asks, which answers it, and which only passes the word on.

What comes in are segments with their voices, in text order; what comes out says for each segment what
kind of turn it is and to which question it belongs. A question opens with an asker's turn and stays open
until the next: whoever of the officials speaks meanwhile answers it, unless he merely hands over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from loader.model import TurnKind
from loader.parse.askers import given_floor, interviewer, like, said_behind
from loader.parse.asking import (
    adds,
    answers_himself,
    asks,
    calls,
    closes,
    ends_asking,
    follows_up,
    hands_over,
    is_pleasantry,
    takes_up,
)
from loader.parse.handover import called
from loader.parse.hosts import name_hosts
from loader.parse.introductions import as_reporter
from loader.parse.posts import speaks_for
from loader.parse.resolution import before_questions, named_answers
from loader.parse.roster import People
from loader.parse.segments import Segment
from loader.parse.translations import join_translations
from loader.parse.unnamed import with_unlabelled_answers
from loader.parse.voices import Voice


@dataclass(slots=True)
class Exchange:
    """A question as it is put together: indices into the list of segments."""

    number: int
    voice: Voice
    asked: list[int] = field(default_factory=list)
    answered: list[int] = field(default_factory=list)
    follow_up_of: int | None = None


@dataclass(slots=True)
class Dialogue:
    """The segments (some split), the kind of each, the question each belongs to, and the questions."""

    segments: list[Segment]
    kinds: list[TurnKind]
    numbers: list[int | None]
    exchanges: list[Exchange]
    reasons: list[str]
    """Why each segment is of its kind, in a few English words."""

    @classmethod
    def silent(cls, segments: list[Segment], why: str) -> Dialogue:
        """Segments among which nobody speaks."""
        count = len(segments)
        return cls(segments, ["narrative"] * count, [None] * count, [], [why] * count)


def converse(
    segments: Sequence[Segment], people: People, *, newest_first: bool = False, front: str = ""
) -> Dialogue:
    """Read a row of segments as a conversation; a live page may print its end first.

    `front` is front matter, folded: whom it names may answer.
    """
    held = [*segments[:1], *reversed(segments[1:])] if newest_first else list(segments)
    name_hosts(held, people)
    join_translations(held)
    split = with_unlabelled_answers(named_answers(held, people, front), people, front)
    dialogue = _Reader(split).read()
    _name_interviewer(dialogue, front)
    return _as_printed(dialogue)


def _name_interviewer(dialogue: Dialogue, front: str) -> None:
    """Give all questions to the newsroom that the lead says asks them, where no question names anybody."""
    voices = [exchange.voice for exchange in dialogue.exchanges]
    if not voices or any(voice.outlet or voice.name for voice in voices):
        return
    outlet = interviewer(f"{front}\n{before_questions(dialogue.segments)}")
    if outlet:
        for exchange in dialogue.exchanges:
            exchange.voice = replace(exchange.voice, outlet=outlet, because="the lead names who asks")


def _as_printed(held: Dialogue) -> Dialogue:
    """The conversation with its segments in text order again."""
    order = sorted(range(len(held.segments)), key=lambda i: held.segments[i].start)
    place = {old: new for new, old in enumerate(order)}
    for exchange in held.exchanges:
        exchange.asked = [place[i] for i in exchange.asked]
        exchange.answered = [place[i] for i in exchange.answered]
    return Dialogue(
        [held.segments[i] for i in order],
        [held.kinds[i] for i in order],
        [held.numbers[i] for i in order],
        held.exchanges,
        [held.reasons[i] for i in order],
    )


def _gives_floor(text: str) -> str:
    """Words for a short turn that only calls somebody, or nothing."""
    return "calls the next" if len(text) <= 30 and called(text) else ""


def _before_last(text: str) -> str:
    """A text without its last sentence."""
    return text.rstrip("。!?. \n").rpartition("。")[0]


def _may_give(voice: Voice, text: str) -> bool:
    """Whether a turn may give the floor to a reporter: a host's, or a short one."""
    return voice.part == "host" or (voice.part != "asker" and len(text) <= _SHORT)


_SHORT = 300
_MORE = 40
"""Characters: who says more before he passes the word on has said something himself."""
_MUCH = 60
"""Characters before the word is passed on that no host only leads over with."""
_PARTING = 40
"""Characters: a host's last turn that is no longer only parts."""


class _Reader:
    def __init__(self, segments: list[Segment]) -> None:
        self._segments = segments
        self._texts = [s.text for s in segments]
        self._kinds: list[TurnKind] = []
        self._exchanges: list[Exchange] = []
        self._numbers: list[int | None] = []
        self._reasons: list[str] = []

    def read(self) -> Dialogue:
        for i, segment in enumerate(self._segments):
            part = segment.voice.part if segment.voice else None
            number: int | None = None
            if part in (None, "unknown") or segment.voice is None:
                kind: TurnKind = "narrative"
                why = "nobody is named here" if i else "before anybody is named"
            elif part == "asker":
                kind = "question"
                number, why = self._ask(i, segment.voice)
            else:
                number, why = self._answers(i, part == "host") if self._texts[i] else (None, "says nothing")
                kind = "speech" if number is None else "answer"
                if number is not None:
                    self._answer(i, segment)
            self._kinds.append(kind)
            self._numbers.append(number)
            self._reasons.append(why)
        return Dialogue(self._segments, self._kinds, self._numbers, self._exchanges, self._reasons)

    def _ask(self, i: int, voice: Voice) -> tuple[int | None, str]:
        """The number of the question an asker's turn opens, goes on with, or merely follows, and why."""
        text = self._texts[i]
        current = self._exchanges[-1] if self._exchanges else None
        if current and self._same_turn(i, voice, current):
            current.asked.append(i)
            return current.number, f"goes on with question {current.number}"
        asked = asks(text)
        if not asked and self._asks_nothing(i, voice):
            return current.number if current else None, "a remark or thanks: opens no question"
        asker = self._asker(i, voice)
        exchange = Exchange(len(self._exchanges) + 1, asker, [i])
        self._exchanges.append(exchange)
        follows = self._follows(i, asker, current) if current else ""
        if current and follows:
            exchange.follow_up_of = current.number
            if not (asker.outlet or asker.name) and self._goes_on(i):
                exchange.voice = replace(current.voice, because=f"goes on: {follows}")
            return exchange.number, f"follows up question {current.number}: {follows}"
        if ends_asking(text):
            return exchange.number, "ends in ?"
        return exchange.number, f"asks: {asked}" if asked else "an asker's words before an answer"

    def _asks_nothing(self, i: int, voice: Voice) -> bool:
        """Whether an asker's turn is a remark or thanks, and not the first part of his question."""
        text, following = self._texts[i], self._following(i)
        if not (is_pleasantry(text) or len(text) <= 50):
            return False
        return following is not None and following.key != voice.key

    def _following(self, i: int) -> Voice | None:
        return self._segments[i + 1].voice if i + 1 < len(self._segments) else None

    def _answer(self, i: int, segment: Segment) -> None:
        """Book an answer; one quoted after several questions in a row answers them all."""
        self._exchanges[-1].answered.append(i)
        if segment.label is None or segment.label.style != "quoted":
            return
        first = self._exchanges[-1].asked[0]
        for exchange in reversed(self._exchanges[:-1]):
            if exchange.answered or exchange.asked[-1] != first - 1:
                break
            exchange.answered.append(i)
            first = exchange.asked[0]

    def _same_turn(self, i: int, voice: Voice, current: Exchange) -> bool:
        """Whether an asker's turn goes on with the question asked just before it."""
        last = current.asked[-1]
        if last != i - 1 or current.answered:
            return False
        before = self._segments[last]
        if before.voice is None or before.voice.key != voice.key:
            return False
        named = bool(voice.outlet or voice.name)
        if self._segments[i].translates:
            return True
        old, new = before.label.words if before.label else "", self._segments[i].label
        if old != (new.words if new else ""):
            return False
        return named or not asks(self._texts[last])

    def _follows(self, i: int, asker: Voice, current: Exchange) -> str:
        """Why an asker's turn follows up the question before it; empty where it does not."""
        label = self._segments[i].label
        text = self._texts[i]
        said = follows_up(text) or (follows_up(label.words) if label else "")
        if said:
            return f"says {said}"
        if said := self._goes_on(i):
            return f"opens with {said}"
        named = bool(asker.outlet or asker.name)
        again = named and asker.key == current.voice.key and self._kinds[-1] == "answer"
        return "the same asker again" if again else ""

    def _goes_on(self, i: int) -> str:
        """The words by which whoever asked before asks again, right after the answer; or nothing."""
        return takes_up(self._texts[i]) if self._kinds[-1] == "answer" else ""

    def _asker(self, i: int, voice: Voice) -> Voice:
        """An asker's voice with what else is known of him: what he says, brackets at the end, the host's
        call."""
        text = self._texts[i]
        behind, said = said_behind(text), as_reporter(text)
        before = self._segments[i - 1] if i else None
        given = None
        if before is not None and before.voice is not None and _may_give(before.voice, self._texts[i - 1]):
            given = given_floor(self._texts[i - 1])
        for found in (behind, said, given):
            if found is None:
                continue
            same = not (voice.outlet and found.outlet) or like(voice.outlet, found.outlet)
            if not voice.outlet and found.outlet:
                voice = replace(voice, outlet=found.outlet)
            if not voice.name and found.name and same:
                voice = replace(voice, name=found.name)
        return voice

    def _answered_by_another(self, own: Voice | None) -> bool:
        """Whether somebody else has answered the last question already."""
        voices = [self._segments[i].voice for i in self._exchanges[-1].answered]
        return own is not None and any(voice is not None and voice.key != own.key for voice in voices)

    def _answers(self, i: int, host: bool) -> tuple[int | None, str]:
        """The number of the question that the turn of a host or an official answers, or None, and why."""
        if not self._exchanges:
            return None, "before the first question"
        current, text, following = self._exchanges[-1], self._texts[i], self._following(i)
        own = self._segments[i].voice
        other = (
            following is not None
            and own is not None
            and following.part in ("official", "answer", "host")
            and following.key != own.key
        )
        follows = current.number, f"follows question {current.number}"
        ends, added, called = closes(text), adds(text), calls(text)
        if following is None and ends and current.answered:
            return None, f"ends the briefing: {ends}"
        if added and (len(text) > _MORE or not (host and called)):
            return current.number, f"adds to the answer to question {current.number}: {added}"
        if not host:
            passing = (
                (hands_over(text) or _gives_floor(text))
                if (other and following and following.part != "host") or self._answered_by_another(own)
                else ""
            )
            only = passing and len(_before_last(text)) <= _MORE
            return (None, f"passes the word on: {passing}") if only else follows
        if own is not None and i and self._kinds[-1] == "answer" and not called:
            before = self._segments[i - 1].voice
            if before is not None and before.key == own.key:
                return current.number, f"goes on with the answer to question {current.number}"
        if following is None and not current.answered and len(text) > _PARTING:
            return follows  # nobody else can have answered
        lead = len(_before_last(text))
        spokesman = own is not None and speaks_for(own.post or "") and lead > _MORE
        if (spokesman or lead > _MUCH or answers_himself(text)) and not current.answered:
            return current.number, f"answers question {current.number} before he passes it on"
        if called and (current.answered or other or len(text) <= 200):
            return None, f"the host passes the word on: {called}"
        if current.answered:
            return None, f"the host, after the answer to question {current.number}"
        if other and len(text) <= 150:
            return None, "the host, short, before another answers"
        return follows
