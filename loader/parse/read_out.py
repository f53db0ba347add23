"""Read out: questions of people who are not in the room, which the host reads to whoever answers.

What comes in are segments in text order; what comes out has each question as a segment of its own
(`网友“海风”留言说：“…通不通车？”请班局长回答。`). All texts are folded. A question that is told within
an answer stays there: one that is read out is answered next, by another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from loader.parse.asking import calls
from loader.parse.segments import Chunk, Segment, cut
from loader.parse.voices import Voice

_FROM = (
    r"(?:网友|网民|观众|听众|市民|读者|球迷|家长|居民|村民|粉丝|用户|投资者|股民|群众"
    r"|热线|留言|来信|信箱|后台|直播间|弹幕)"
)
_READ = re.compile(
    rf"{_FROM}[^?!]{{0,60}}?(?:问道?|提问|留言说?|来信说?|写道?|说|的问题是?|署名[^:?!]{{0,20}})[,:]\s*(?=\S{{6}})"
    rf"|来自{_FROM}[^?!:。]{{0,24}}:\s*(?=\S{{6}})"
    r"|(?:书面|会前|网上|线上|平台|微信)[^?!。:]{0,40}(?:问题|提问)[^?!。:]{0,40}?(?:提|发来|问|递上来|传来)的?[:,]\s*(?=\S{6})"
)
_READ_ENGLISH = re.compile(
    r"\b(?:chat|message|question|e-?mail|WhatsApp|online|viewer|listener|out)\b[^?!]{0,80}?: ?"
    r"(?=\"[^\"]{12,}\?)"
    r"|\b(?:chat|message|e-?mail|online|writing)\b[^?!]{0,120}?\b(?:ask|asks|asked|reads|question is): ?"
    r"(?=[A-Z][^?]{12,}\?)",
    re.I,
)
_NAMED = re.compile(
    r"[\"<](?P<name>[^\"<>]{1,16})[\">]|\bfrom (?:the )?(?P<house>[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,3})"
    r"|\b(?P<latin>(?:Mr|Mrs|Ms|Dr)\.? [A-Z][a-z]+)"
)
_MORE = 80
"""Characters behind the question in which the word is handed on; more may stand there, the host's own answer,
where what is read out stands at a paragraph's beginning."""


class _Read(NamedTuple):
    """Where a question that is read out begins and ends in a chunk, and whose it is."""

    start: int
    end: int
    outlet: str | None


def lift_read_out(segments: Sequence[Segment]) -> list[Segment]:
    """Segments with each question read out parted from the words around it."""
    out: list[Segment] = []
    for n, segment in enumerate(segments):
        out.append(segment)
        following = segments[n + 1].voice if n + 1 < len(segments) else None
        voice = segment.voice
        if voice is None or following is None or voice.part not in ("host", "official"):
            continue
        if following.part not in ("official", "answer", "host") or following.key == voice.key:
            continue
        last = segment.spoken[-1] if segment.spoken else None
        read = _read_in(last.plain, strict=voice.part != "host") if last else None
        if last is not None and read is not None:
            out[-1:] = _parted(segment, last, read)
    return out


def _read_in(text: str, *, strict: bool) -> _Read | None:
    """The last question that a paragraph reads out; where it is `strict`, the word has to be handed on."""
    found = [*_READ.finditer(text), *_READ_ENGLISH.finditer(text)]
    if not found:
        return None
    match = found[-1]
    quoted = text[match.end() : match.end() + 1] == '"'
    end = text.find('"', match.end() + 1) + 1 if quoted else text.rfind("?", match.end()) + 1
    rest = text[end:].strip()
    if (
        end <= match.end()
        or "?" not in text[match.end() : end]
        or (len(rest) > _MORE and match.start() > _MORE)
    ):
        return None
    if strict and rest and not calls(rest):
        return None
    who = list(_NAMED.finditer(text, max(0, match.start() - 8), match.end()))
    people = [one["name"] or one["latin"] for one in who if one["name"] or one["latin"]]
    houses = [one["house"] for one in who if one["house"]]
    return _Read(match.end(), end, (people or houses or [None])[-1])


def _parted(segment: Segment, chunk: Chunk, read: _Read) -> list[Segment]:
    """A segment in three: up to the question, the question, and what hands the word on."""
    at = segment.chunks.index(chunk)
    before = Segment(segment.voice, segment.label, segment.chunks[:at])
    cut(before, chunk, 0, read.start)
    asked = Segment(Voice("asker", outlet=read.outlet, because="read out for somebody who is not there"))
    cut(asked, chunk, read.start, read.end)
    behind = Segment(segment.voice)
    cut(behind, chunk, read.end, len(chunk.plain))
    behind.chunks += segment.chunks[at + 1 :]
    return [before, asked, *([behind] if behind.chunks else [])]
