"""Hosts: who leads the sitting, and what he is called.

What comes in are segments with their voices, in the order held, and the people announced. A label may say
`主持人` and no name, or a name and not that he hosts; then what all his turns do, taken together, says it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from loader.parse.askers import given_floor
from loader.parse.asking import asks, closes, greets, hands_over, is_pleasantry
from loader.parse.handover import called
from loader.parse.mentions import mention_of
from loader.parse.posts import named_in
from loader.parse.roster import People
from loader.parse.segments import Segment
from loader.parse.voices import Voice

OPENS, PASSES, CLOSES, PRESS, ANSWERS = 1.5, 3.0, 1.0, 1.0, -3.0
"""What it is worth that somebody speaks first and greets; that his turns only pass the word on (the share of
them); that his last turn ends the sitting; that his post is one for the press; that his turns alone answer a
question (the share of them)."""
_LEAST = 2.4
"""A sum below this makes nobody the host."""
_PRESS_POST = re.compile(
    r"新闻(?:办|官|处|科|发布处|宣传|专员|主任|统筹)|宣传|公关|传媒|媒体"
    r"|communication|public affairs|media|press",
    re.I,
)


def name_hosts(segments: Sequence[Segment], people: People) -> None:
    """Name the hosts; whoever hosts in one of his turns hosts in all."""
    _name(segments, people)
    hosts = {s.voice.name for s in segments if s.voice and s.voice.part == "host" and s.voice.name}
    for segment in segments:
        if segment.voice and segment.voice.part == "official" and segment.voice.name in hosts:
            segment.voice = replace(segment.voice, part="host")


def _name(segments: Sequence[Segment], people: People) -> None:
    """Give a host whose label is only 主持人 the name of another of his labels, of who was said to host, or
    of his first words; where no label says who hosts, find him."""
    hosts = [s for s in segments if s.voice is not None and s.voice.part == "host"]
    if not hosts:
        _find_host(segments)
    unnamed = [s for s in hosts if s.voice is not None and not s.voice.name]
    if not unnamed:
        return
    named = {s.voice.name: s.voice for s in segments if s.voice and s.voice.part == "host" and s.voice.name}
    if len(named) == 1:
        for segment in unnamed:
            segment.voice = next(iter(named.values()))
        return
    told = people.host if not named else None
    if told is not None:
        for segment in unnamed:
            segment.voice = Voice("host", told.name, told.post, because=f"{told.name} is said to host")
        return
    text = unnamed[0].text[:600]
    at = text.find("我是")
    said = named_in(text[at + 2 : at + 60]) if at >= 0 else []
    if said and "。" not in text[at : at + 2 + said[0].end]:
        for segment in unnamed:
            assert segment.voice is not None
            name, post = said[0].name, said[0].post
            because = f"host, who says 我是{name}"
            segment.voice = replace(segment.voice, name=name, post=post, because=because)


def _find_host(segments: Sequence[Segment]) -> None:
    """Make the host whose turns, taken together, lead the sitting most, where somebody's do."""
    spoken = [n for n, s in enumerate(segments) if s.voice is not None and s.text.strip()]
    turns: dict[tuple[str, str | None, str | None], list[int]] = {}
    for n in spoken:
        voice = segments[n].voice
        assert voice is not None
        if voice.part == "official" and (voice.name or voice.post):
            turns.setdefault(voice.key, []).append(n)
    if len(turns) < 2:
        return
    behind = dict(zip(spoken, [*spoken[1:], -1], strict=True))
    before = {following: n for n, following in behind.items()}

    def answers(n: int) -> bool:
        """Whether a turn stands behind a question, and no other official's stands before the next."""
        asked, following = before.get(n), behind[n]
        if asked is None or segments[asked].voice is None or segments[asked].voice.part != "asker":  # type: ignore[union-attr]
            return False
        voice = segments[following].voice if following >= 0 else None
        return voice is None or voice.part == "asker" or voice.key == segments[n].voice.key  # type: ignore[union-attr]

    def signs(own: Sequence[int]) -> Iterator[float]:
        first, *rest = own
        said = [segments[n].text for n in own]
        if first == spoken[0] and any(_passes(text) or greets(text) for text in said[:2]):
            yield OPENS
        if rest:
            yield PASSES * sum(map(_passes, said[1:])) / max(2, len(rest))
        if own[-1] == spoken[-1] and closes(said[-1]):
            yield CLOSES
        voice = segments[first].voice
        if voice is not None and _PRESS_POST.search(voice.post or ""):
            yield PRESS
        yield ANSWERS * sum(map(answers, own)) / len(own)

    worth = {key: sum(signs(own)) for key, own in turns.items() if len(own) > 1}
    best = max(worth, key=worth.__getitem__, default=None)
    if best is None or worth[best] < _LEAST:
        return
    because = f"leads the sitting, by what his {len(turns[best])} turns do"
    for n in turns[best]:
        voice = segments[n].voice
        assert voice is not None
        segments[n].voice = replace(voice, part="host", because=because)


def _passes(text: str) -> bool:
    """Whether a turn does no more than pass the word on, thank or close."""
    if len(text) > 200:
        return bool(closes(text))
    if text.rstrip().endswith(":"):
        return True  # and reads out what somebody asks
    if len(text) > 80:
        return bool(closes(text) or (called(text) and not asks(text)))
    said = mention_of(re.split(r"[,。!?]", text.strip(" 。"))[-1])
    named = not said.unread and bool(said.outlet or said.surname or (said.post and said.name))
    calls = called(text) or hands_over(text) or given_floor(text) is not None
    return named or bool(calls or closes(text) or is_pleasantry(text))
