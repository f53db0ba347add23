"""Speakers: the list of voices a briefing ends up with, one entry a person, as the text prints them.

What comes in are folded voices; what comes out are `Speaker`s and the index of each. A bare `赵爽：` and
`南关区人民政府副区长赵爽：` are one person; a host nobody names keeps his label for a name.
"""

from __future__ import annotations

import re

from loader.model import Role, Speaker
from loader.parse.voices import Voice

_ROLES: dict[str, Role] = {"host": "host", "asker": "reporter"}


class Cast:
    """Collects voices; `printed` gives back what the folded text was printed as."""

    def __init__(self, text: str, folded: str) -> None:
        self._text, self._folded = text, folded
        self._names: dict[str, int] = {}
        self._speakers: list[Speaker] = []
        self._printed: dict[str, str] = {}

    def index(self, voice: Voice, label: str, before: int) -> int | None:
        """The index of a voice's speaker, made if new; None where nothing names or labels it.

        `before` is where what it says begins (see `printed`).
        """
        name = voice.name or (label if voice.part == "host" else voice.post)
        if not name:
            return None
        role = _ROLES.get(voice.part, "official")
        at = self._names.get(name)
        if at is not None:
            old = self._speakers[at]
            post = old.post or (self.printed(voice.post, before) if voice.post and voice.name else None)
            if (post, role) != (old.post, old.role) and not (old.role == "host" and role == "official"):
                self._speakers[at] = Speaker(old.name, post, role)
            return at
        post = voice.post if voice.name else None
        self._names[name] = len(self._speakers)
        self._speakers.append(
            Speaker(self.printed(name, before), self.printed(post, before) if post else None, role)
        )
        return len(self._speakers) - 1

    def printed(self, folded: str, before: int) -> str:
        """A folded wording as the text prints it last before that character, else where it first does.

        It stands a little before as a rule, so a text of any length is not looked through for every name.
        """
        known = self._printed.get(folded)
        if known is None:
            at = self._folded.rfind(folded, 0, before)
            at = self._folded.find(folded) if at < 0 else at
            printed = self._text[at : at + len(folded)] if at >= 0 else self._in_parts(folded)
            known = self._printed[folded] = printed
        return known

    def _in_parts(self, folded: str) -> str:
        """A folded wording that the text cuts (at a line's end, or by a title) as it prints its parts."""
        match = re.search(r"(?: *\n *)?".join(map(re.escape, folded)), self._folded)
        if match:
            return re.sub(r"\s*\n\s*", "", self._text[match.start() : match.end()])
        parts: list[str] = []
        at = 0
        while at < len(folded):
            size = next((n for n in range(len(folded) - at, 0, -1) if folded[at : at + n] in self._folded), 1)
            start = self._folded.find(folded[at : at + size])
            parts.append(self._text[start : start + size] if start >= 0 else folded[at])
            at += size
        return "".join(parts)

    @property
    def speakers(self) -> tuple[Speaker, ...]:
        return tuple(self._speakers)
