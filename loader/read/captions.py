"""Captions: WebVTT and SubRip, cues between times, as recordings are written down.

What comes in is a scrubbed text; what comes out is running text, a label before each change of voice where
the captions name them. Source: W3C, WebVTT: The Web Video Text Tracks Format.
"""

from __future__ import annotations

import html
import re

from loader.read.records import Unwrapped

_TIMING = re.compile(
    r"^[ \t]*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{3}[ \t]+-->[ \t]+(?:\d+:)?\d{1,2}:\d{2}[.,]\d{3}.*$", re.MULTILINE
)
_OPENS = re.compile(r"\s*(?:WEBVTT(?=\s)|\d+[ \t]*\n[ \t]*(?:\d+:)?\d{1,2}:\d{2}:\d{2},\d{3}[ \t]+-->)")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?[ \t]+([^<>]{1,80})>")
_TAG = re.compile(r"</?(?:[cibuv]|ruby|rt|lang)(?:[.\s][^<>]{0,80})?>|<\d[\d:.]{1,20}>")
_LABELLED = re.compile(r"[-–—]\s|[^，。？！：:,.?!\s]{1,16}[：:]|[\[【(（<]")
_ENDS = re.compile(r"[。？！?!…♪][”\"」』)）]*$|\.[\"')]*$")
_LONG = 100
"""Characters from which on a paragraph ends with its sentence."""


def unwrap(text: str) -> Unwrapped | None:
    """The words of captions, or None where a text is none."""
    if not _OPENS.match(text) or not _TIMING.search(text):
        return None
    head: list[str] = []
    notes: list[str] = []
    paragraphs: list[tuple[str, str]] = []
    for n, block in enumerate(re.split(r"\n[ \t]*\n", text.strip("\n"))):
        timing = _TIMING.search(block)
        if timing:
            _add(paragraphs, block[timing.end() :])
        elif n == 0:
            head = block.removeprefix("WEBVTT").strip().split("\n")
        elif not block.lstrip().startswith(("STYLE", "REGION")):
            notes.append(re.sub(r"^\s*NOTE\b", "", block).strip())
    body = "\n".join(f"{voice}：{said}" if voice else said for voice, said in paragraphs)
    fields = dict(line.split(":", 1) for line in head if ":" in line)
    return Unwrapped(
        "\n".join([*filter(None, notes), "", body]),
        "\n".join(filter(None, head)),
        {key.strip(): value.strip() for key, value in fields.items()},
    )


def _add(paragraphs: list[tuple[str, str]], cue: str) -> None:
    """Add the words of a cue to the last paragraph; where another speaks or one ended, to a new one."""
    parts = _VOICE.split(cue)
    for voice, words in zip(["", *parts[1::2]], parts[0::2], strict=True):
        for line in words.split("\n"):
            said = html.unescape(_TAG.sub("", line)).strip()
            if not said:
                continue
            last = paragraphs[-1] if paragraphs else None
            ended = last is None or (_ENDS.search(last[1]) and len(last[1]) >= _LONG) or last[1].endswith("♪")
            if last is None or last[0] != voice or ended or (not voice and _LABELLED.match(said)):
                paragraphs.append((voice, said))
            else:
                blank = " " if last[1][-1].isascii() and said[0].isascii() else ""
                paragraphs[-1] = (voice, f"{last[1]}{blank}{said}")
