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
        self._names: list[str] = []
        self._speakers: list[Speaker] = []
        self._printed: dict[str, str] = {}

    def index(self, voice: Voice, label: str) -> int | None:
        """The index of a voice's speaker, made if new; None where nothing names or labels it."""
        name = voice.name or (label if voice.part == "host" else voice.post)
        if not name:
            return None
        role = _ROLES.get(voice.part, "official")
        if name in self._names:
            at = self._names.index(name)
            old = self._speakers[at]
            post = old.post or (self.printed(voice.post) if voice.post and voice.name else None)
            if (post, role) != (old.post, old.role) and not (old.role == "host" and role == "official"):
                self._speakers[at] = Speaker(old.name, post, role)
            return at
        post = voice.post if voice.name else None
        self._names.append(name)
        self._speakers.append(Speaker(self.printed(name), self.printed(post) if post else None, role))
        return len(self._names) - 1

    def printed(self, folded: str) -> str:
        """A folded wording as the text prints it where it stands first, else as it is."""
        known = self._printed.get(folded)
        if known is None:
            at = self._folded.find(folded)
            printed = self._text[at : at + len(folded)] if at >= 0 else self._over_lines(folded)
            known = self._printed[folded] = printed
        return known

    def _over_lines(self, folded: str) -> str:
        """A folded wording that the text cuts at a line's end as it prints it, else as it is."""
        match = re.search(r"(?: *\n *)?".join(map(re.escape, folded)), self._folded)
        return re.sub(r"\s*\n\s*", "", self._text[match.start() : match.end()]) if match else folded

    @property
    def speakers(self) -> tuple[Speaker, ...]:
        return tuple(self._speakers)
