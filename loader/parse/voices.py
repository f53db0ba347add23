"""Voices: who is speaking, as far as a label and what stands around it say."""

from __future__ import annotations

from dataclasses import dataclass, field

from loader.parse.mentions import Mention, Part
from loader.parse.registry import Match


@dataclass(frozen=True, slots=True)
class Voice:
    """Who is speaking; all words folded, the name as announced where it was announced."""

    part: Part
    name: str | None = None
    post: str | None = None
    outlet: str | None = None
    because: str = field(default="", compare=False)
    """What says so, in a few English words (`announced as 局长`)."""

    @property
    def key(self) -> tuple[str, str | None, str | None]:
        """What makes two labels one voice."""
        return (self.part, self.name or self.post, self.outlet)


NOBODY = Voice("unknown")


def voice_of(
    mention: Mention, part: str, match: Match | None, because: str, *, known_host: bool = False
) -> Voice:
    """The voice of a mention that was decided to be of a part (`host`, `asker`, `official`)."""
    if part == "asker":
        outlet = mention.outlet or (mention.post if mention.organ else None)
        outlet = outlet or (mention.stage if mention.stage in _PUBLIC else None)
        outlet = _without_verbs(outlet)
        return Voice("asker", mention.name, outlet=None if outlet in _NOBODYS else outlet, because=because)
    if match is not None:
        person = match.person
        host = part == "host" or (person.host and known_host)
        return Voice(
            "host" if host else "official", person.name, person.post or mention.post, because=match.why
        )
    called = f"{mention.surname}{mention.post}" if mention.surname else mention.post
    if part == "host":
        return Voice("host", mention.name, called, because=because)
    name = mention.outlet if mention.odd else mention.name
    if name or called:
        return Voice("official", name, called, because=because)
    stage = mention.stage if mention.part == "official" and not mention.verb else None
    return Voice("answer", post=stage, because=because)


_NOBODYS = frozenset("网上 线上 网络 现场 场外 后台 平台 互联网 直播间 聊天室 电话 书面".split())
"""Where a question came in, which says for whom nobody asks."""
_PUBLIC = frozenset("网友 网民 市民 群众 听众 观众 读者 村民 居民 家长 投资者 股东".split())


def _without_verbs(outlet: str | None) -> str | None:
    return outlet.strip(" ,-<>\"'") or None if outlet else None
