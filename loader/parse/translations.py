"""Translations: a text in two languages that prints each turn twice, one after the other.

What comes in are segments with their voices. A turn under a label of the other script right after the like
turn is its translation where at least half of the turns in the first script are followed so; it then belongs
to the same voice (`汪文斌：…` and `Wang Wenbin: …` are one answer).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from loader.parse.segments import Segment
from loader.parse.voices import Voice


def join_translations(segments: Sequence[Segment]) -> None:
    """Give translated turns the voice of the turn they translate."""
    if not any(s.label is not None and s.label.words[:1].isascii() for s in segments):
        return
    for latin_first in (False, True):
        pairs = [i for i in range(1, len(segments)) if _translates(segments[i - 1], segments[i], latin_first)]
        first = sum(s.label is not None and _latin(s.label.words) == latin_first for s in segments)
        if len(pairs) * 2 >= max(first, 2):
            break
    else:
        return
    for i in pairs:
        told = segments[i - 1].voice
        segments[i].voice = replace(told, because="translates the turn before") if told else None
        segments[i].translates = True


def _translates(before: Segment, after: Segment, latin_first: bool) -> bool:
    if before.label is None or after.label is None or before.voice is None or after.voice is None:
        return False
    if _latin(before.label.words) != latin_first or _latin(after.label.words) == latin_first:
        return False
    return (
        _side(before.voice) == _side(after.voice)
        and _latin(before.text[:400]) == latin_first
        and _latin(after.text[:400]) != latin_first
    )


def _side(voice: Voice) -> bool:
    return voice.part == "asker"


def _latin(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return sum(c.isascii() for c in letters) * 2 > len(letters)
