"""What a terminal sends, cut into text, control characters, control sequences and pastes. Pure; no Textual.

In comes decoded text in pieces, cut anywhere: the tokens do not depend on where. Only an Esc, or what begins
like a sequence and stops, is decided by time, by whoever feeds: `waits` says how long, `decide` ends it.

An Esc may be the key or begin a sequence (ECMA-48), and over a slow line a key and what was typed behind it
come in one packet. So it begins a sequence only where a terminal sends such a one; before anything else it is
the key, before a letter too: Alt with a character is Esc and the character, unless a command has that key.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Generator, Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Kind = Literal["text", "control", "sequence", "paste", "escape", "alt"]
ESC = "\x1b"
PASTE_BEGINS, PASTE_ENDS = "\x1b[200~", "\x1b[201~"
DELAY = 0.1
"""Seconds for which an Esc may be the beginning of a sequence, unless whoever feeds says otherwise."""
SLOW = 1.0
"""Seconds for which a sequence that has parameters already may go on: nobody types those behind Esc."""
LONGEST = 64
"""Characters of a sequence; so many without an end are noise."""
PASTED = 100_000
"""Characters of a paste that are kept; what is beyond is dropped."""
STALLED = 2.0
"""Seconds without a character behind which the end of a paste may have been lost."""
KEY = 16
"""Characters that a key sends at most: so few behind a stall are no paste that goes on."""

_FINALS = "ABCDEFGHIMOPQRSZabcdmntuy~^$@"
"""What ends a sequence with parameters that a terminal sends, as far as any is known to."""
_BARE = frozenset("ABCDEFGHIOPQRSZabcd~")
"""What ends one without."""
_SS3 = frozenset("ABCDEFHIMPQRSXabcdjklmnopqrstuvwxyz")
_CSI = re.compile(r"\x1b\[([0-?]*)([ -/]*)([@-~])")
_CSI_BEGUN = re.compile(r"\x1b(?:\[(?:[0-?]*[ -/]*|\[)|O)?\Z")
_PRINTED = re.compile(r"[^\x00-\x1f\x7f-\x9f]+")


class Token(NamedTuple):
    """A piece of input; of a sequence all of it, of `alt` the character alone."""

    kind: Kind
    text: str


@dataclass
class Paste:
    """What was pasted so far."""

    parts: list[str] = field(default_factory=list)
    room: int = PASTED
    """Characters that there is room for."""
    lost: int = 0
    """Characters there was no room for."""

    def take(self, text: str) -> None:
        """Keep it as far as there is room."""
        if text[: self.room]:
            self.parts.append(text[: self.room])
        self.lost += max(0, len(text) - self.room)
        self.room -= len(text[: self.room])


class Tokens:
    """Cuts; `alts` are characters that are keys together with Alt."""

    def __init__(self, alts: Collection[str] = (), delay: float = DELAY) -> None:
        self._alts, self._delay = frozenset(alts), delay
        self._held = ""
        """What cannot be decided yet: the beginning of a sequence, or of a paste's end."""
        self._paste: Paste | None = None
        self._stalled = False
        """Whether the end of the paste may have been lost."""
        self.mouse = False
        """Whether a mouse may be told of in the old way, `ESC [ M` and three characters (X10)."""
        self.lost = 0
        """Characters of pastes that were dropped so far."""

    @property
    def waits(self) -> float | None:
        """Seconds after which `decide` is to be called if nothing comes."""
        if self._paste is not None:
            return STALLED
        if not self._held:
            return None
        return self._delay if len(self._held) <= 2 else SLOW

    def feed(self, text: str) -> list[Token]:
        """The tokens that end in `text`."""
        stalled, self._stalled = self._stalled, False
        few = len(text) <= KEY
        text, self._held = self._held + text, ""
        if stalled and few and PASTE_ENDS not in text:
            self._paste = None  # a key, not more of what was pasted
        return list(self._cut(text))

    def decide(self) -> list[Token]:
        """Nothing came for as long as `waits` said."""
        if self._paste is not None:
            self._stalled = True
            pasted = self._pasted()
            self._paste = Paste()
            return pasted
        held, self._held = self._held, ""
        return [Token("escape", ESC), *_printed(held[1:])] if held else []

    def _cut(self, text: str) -> Iterator[Token]:
        while text:
            if self._paste is not None:
                text = yield from self._cut_paste(self._paste, text)
                continue
            plain, _, _ = text.partition(ESC)
            yield from _printed(plain)
            text = text[len(plain) :]
            if text:
                text = yield from self._cut_escape(text)

    def _cut_paste(self, paste: Paste, text: str) -> Generator[Token, None, str]:
        body, end, rest = text.partition(PASTE_ENDS)
        if end:
            paste.take(body)
            yield from self._pasted()
            return rest
        begun = next((n for n in range(len(PASTE_ENDS) - 1, 0, -1) if text.endswith(PASTE_ENDS[:n])), 0)
        paste.take(text[: len(text) - begun])
        self._held = text[len(text) - begun :]
        return ""

    def _pasted(self) -> list[Token]:
        """Hand on what was pasted."""
        paste, self._paste = self._paste, None
        if paste is None or not paste.parts:
            return []
        self.lost += paste.lost
        return [Token("paste", "".join(paste.parts).replace("\0", ""))]

    def _cut_escape(self, text: str) -> Generator[Token, None, str]:
        """The token at the Esc that `text` begins with; returns what is behind it."""
        if len(text) > LONGEST and _CSI_BEGUN.match(text[:LONGEST]):
            return text[LONGEST:]
        if _CSI_BEGUN.match(text) or (self.mouse and text.startswith("\x1b[M") and len(text) < 6):
            self._held = text
            return ""
        size = self._sequence(text)
        if size:
            sequence, text = text[:size], text[size:]
            if sequence == PASTE_BEGINS:
                self._paste = Paste()
            elif sequence != PASTE_ENDS:
                yield Token("sequence", sequence)
            return text
        if text[1] in self._alts:
            yield Token("alt", text[1])
            return text[2:]
        yield Token("escape", ESC)
        return text[1:]

    def _sequence(self, text: str) -> int:
        """The length of the sequence that `text` begins with; 0 where no terminal sends such a one."""
        if text.startswith("\x1bO"):
            return 3 if text[2] in _SS3 else 0
        if text.startswith("\x1b[["):  # function keys of Linux's console
            return 4 if text[3] in "ABCDE" else 0
        if self.mouse and text.startswith("\x1b[M"):
            return 6
        found = _CSI.match(text)
        if found is None:
            return 0
        parameters, between, final = found.groups()
        known = final in _FINALS if parameters or between else final in _BARE
        return found.end() if known else 0


def _printed(text: str) -> Iterator[Token]:
    """Text without Esc: runs that can be printed, and control characters one by one; C1 goes."""
    at = 0
    for run in _PRINTED.finditer(text):
        yield from _controls(text[at : run.start()])
        printable = "".join(filter(_is_text, run[0]))
        if printable:
            yield Token("text", printable)
        at = run.end()
    yield from _controls(text[at:])


def _controls(text: str) -> Iterator[Token]:
    for character in text:
        if not "\x80" <= character <= "\x9f":
            yield Token("control", character)


def _is_text(character: str) -> bool:
    """Whether it goes into a line of text; the blank of full width is one, though Python prints it not."""
    return character.isprintable() or unicodedata.category(character) == "Zs"
