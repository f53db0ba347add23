"""Unnamed: who answers where the label does not say.

What comes in are segments with their voices, in the order held, and the people announced. A voice may be
only 主持人, only `A3：`, or have no label at all; the host's words before it, its own first words, the
question's address and the lead say who it is. Where nothing says, it stays unnamed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from loader.parse.addressees import addressees
from loader.parse.asking import asks, calls, closes, ends_asking, greets, is_pleasantry, opens_answer
from loader.parse.people import People
from loader.parse.posts import named_in
from loader.parse.segments import Segment
from loader.parse.voices import LIKELY, Voice


def name_hosts(segments: Sequence[Segment]) -> None:
    """A host whose label is only 主持人 given the name of another of his labels, or of his first words."""
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
    """Who speaks first and then only passes the word on made the host, where no label says who is."""
    spoken = [s for s in segments if s.voice is not None and s.voice.part != "unknown"]
    first = spoken[0].voice if spoken else None
    if first is None or first.part != "official" or not first.name or first.post:
        return
    own = [s for s in spoken if s.voice is not None and s.voice.key == first.key]
    others = {s.voice.key for s in spoken if s.voice is not None and s.voice.part == "official"} - {first.key}
    if others and len(own) > 1 and greets(own[0].text) and all(_passes(s.text) for s in own[1:]):
        for segment in own:
            segment.voice = replace(first, part="host", because="opens, and then only passes the word on")


def _passes(text: str) -> bool:
    return bool(calls(text) or closes(text) or is_pleasantry(text))


def named_answers(segments: Sequence[Segment], people: People) -> list[Segment]:
    """Voices that answer without a name (`A3：`) given the name the host or their first words give them."""
    if not any(s.voice is not None and s.voice.part == "answer" for s in segments):
        return list(segments)
    sole = _sole(segments, people)
    called: list[Voice] = []
    taken = 0
    out: list[Segment] = []
    for segment in segments:
        voice = segment.voice
        if voice is not None and voice.part == "asker":
            called, taken = _officials(segment.text, people, "the question names him"), 0
        elif voice is not None and voice.part == "host":
            called, taken = _officials(segment.text, people, "the host calls him") or called, 0
        elif voice is not None and voice.part == "answer":
            said = _self_named(segment.text, people)
            if said is None and called:
                said = called[min(taken, len(called) - 1)]
            taken += 1
            segment.voice = said or sole or replace(voice, part="official", name=None)
        out.append(segment)
    return out


def _sole(segments: Sequence[Segment], people: People) -> Voice | None:
    """The one person, or else the one office, that the lead says answers (`…负责人就…答记者问`)."""
    lead = segments[0].chunks if segments else []
    officials = {
        s.voice.key: s.voice
        for s in segments
        if s.voice is not None and s.voice.part == "official" and s.voice.name
    }
    if len(officials) == 1:
        return replace(next(iter(officials.values())), because="the only official named")
    for chunk in lead:
        if chunk.kind != "metadata" and re.search(r"回答|答记者问|答问|专访", chunk.plain):
            named = _officials(chunk.plain[:300], people, "the lead names who answers")
            if len(named) == 1:
                return named[0]
    for chunk in lead:
        office = re.match(r"(?P<post>[^,。就:]{2,30}?(?:负责人|负责同志|发言人|有关人士))就", chunk.plain)
        if office:
            return Voice("official", post=office["post"], worth=LIKELY, because="the lead names who answers")
    return None


def _officials(text: str, people: People, because: str) -> list[Voice]:
    called = addressees(text, people)
    return [Voice("official", p.name, p.post, worth=LIKELY, because=because) for p in called]


def _asked_of(text: str, people: People) -> list[Voice]:
    """Whom a question is put to by name in its first words (`想请教罗馆长，…`, `For Dr. Ke.`)."""
    head = re.match(r".{0,24}?(?:请教|请问|想问|请|问|[Ff]or )?.{2,12}?[,。.:?]", text)
    return _officials(head.group(), people, "the question is put to him") if head else []


def _self_named(text: str, people: People) -> Voice | None:
    """The person who says `我是葛书白` in the first 60 characters of his answer."""
    at = text.find("我是", 0, 60)
    if at < 0:
        return None
    rest = text[at + 2 : at + 30]
    person = next((p for n in (2, 3, 4) if (p := people.by_name.get(rest[:n]))), None)
    if person is None:
        return None
    return Voice("official", person.name, person.post, worth=LIKELY, because=f"says 我是{person.name}")


def _quoted(text: str, people: People) -> Voice | None:
    """The person announced whose words a report gives: `汪某斌表示，…`."""
    said = _SAYS.match(text)
    person = people.by_name.get(said["name"]) if said else None
    if person is None:
        return None
    return Voice("official", person.name, person.post, worth=LIKELY, because=f"{person.name} is quoted")


_SAYS = re.compile(r"(?P<name>[^,。:\s]{2,6}?)(?:对此)?(?:表示|回应|回答|答复|指出|介绍|强调)?(?:说|称)?[,:]")


def with_unlabelled_answers(segments: Sequence[Segment], people: People) -> list[Segment]:
    """Questions that nobody with a label answers, split where their answer begins without one."""
    out: list[Segment] = []
    for i, segment in enumerate(segments):
        following = segments[i + 1].voice if i + 1 < len(segments) else None
        out.append(segment)
        asked = segment.voice is not None and segment.voice.part == "asker"
        if not asked or (following is not None and following.part != "asker"):
            continue
        cut = _answer_begins(segment)
        if cut is None:
            continue
        rest = Segment(None, None, segment.chunks[cut:])
        segment.chunks = segment.chunks[:cut]
        named = _self_named(rest.text, people) or _quoted(rest.text, people)
        named = named or next(iter(_asked_of(segment.text, people)), None)
        rest.voice = named or Voice("official", because="nobody is named who answers")
        out.append(rest)
    return out


def _answer_begins(segment: Segment) -> int | None:
    """Index of the first chunk of the unlabelled answer within a question's segment, or None."""
    asked = False
    for n, chunk in enumerate(segment.chunks):
        if (
            chunk.kind is None
            and n
            and (opens_answer(chunk.plain) or (asked and not asks(chunk.plain[-200:])))
        ):
            return n if asked else None
        asked = asked or (chunk.kind is None and ends_asking(chunk.plain))
    return None
