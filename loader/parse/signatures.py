"""Signatures: who said a paragraph, in brackets at its end, on pages that label what is said otherwise.

What comes in are segments in text order and the people announced (`答：…降了三成。（民三庭庭长 郑岚）`);
what comes out are segments each of which one person says. All texts are folded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from loader.parse.asking import greets
from loader.parse.mentions import mention_of
from loader.parse.registry import matches
from loader.parse.roster import People, Person
from loader.parse.segments import Chunk, Segment
from loader.parse.voices import Voice

_SIGNED = re.compile(r"\((?P<words>[^()]{2,30})\)\s*[。.]?$")


def with_signatures(segments: Sequence[Segment], people: People) -> list[Segment]:
    """Segments of officials and of nobody parted where an announced person signs what he said."""
    out: list[Segment] = []
    for segment in segments:
        part = segment.voice.part if segment.voice else "unknown"
        closed = segment.label is not None and segment.label.closing
        if part in ("asker", "host") or closed or (segment.voice is not None and segment.voice.name):
            out.append(segment)
        else:
            out += _parted(segment, people)
    return out


def _parted(segment: Segment, people: People) -> list[Segment]:
    """A segment parted behind each signature in it; the first part keeps its label."""
    signed = [(n, who) for n in range(len(segment.chunks)) if (who := _signer(segment.chunks, n, people))]
    if not signed:
        return [segment]
    out: list[Segment] = []
    at = 0
    if segment.voice is None:
        opens = (n for n in range(signed[0][0] + 1) if greets(segment.chunks[n].plain))
        at = next(opens, signed[0][0])
        out.append(replace(segment, chunks=segment.chunks[:at]))
    for n, who in signed:
        voice = Voice("host" if who.host else "official", who.name, who.post, because="signed in brackets")
        label = segment.label if segment.voice is not None and not at else None
        out.append(Segment(voice, label, segment.chunks[at : n + 1]))
        at = n + 1
    if at < len(segment.chunks):
        out.append(Segment(out[-1].voice, None, segment.chunks[at:]))
    return out


def _signer(chunks: Sequence[Chunk], n: int, people: People) -> Person | None:
    """The announced person who signs in brackets at the end of a chunk, or of it and the one before."""
    chunk = chunks[n]
    if chunk.kind is not None or not chunk.plain.rstrip(" 。.").endswith(")"):
        return None
    before = chunks[n - 1].plain if n and "(" not in chunk.plain[-32:] else ""
    match = _SIGNED.search(before[-32:] + chunk.plain[-40:])
    if not match:
        return None
    mention = mention_of(match["words"].strip(" -"), people.names)
    fitting = matches(mention, people) if not mention.unread and mention.part != "asker" else []
    return fitting[0].person if fitting and fitting[0].score >= 1.0 else None
