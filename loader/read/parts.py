"""What the parts of a container are known by: a name that only one of them has, else what they hold.

Never their place: what is put in front of others moves none of them. Behind `//`, which is in no file's
name, stands what is not a name of the container's own:

    a.zip/b.txt                      a member with a name of its own
    a.zip/b.txt//71fe01a2-512        of several members of one name, one by its content
    a.zip/b.txt//71fe01a2-512.2      the second with that content
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

MARK = "//"
_DIGEST_BYTES = 8


def of_members(members: Iterable[tuple[str, str]]) -> list[str]:
    """The part that each member is, of pairs of its name and what stands for its content."""
    members = list(members)
    often = Counter(name for name, _ in members)
    named = (f"/{name}" if often[name] == 1 else f"/{name}{MARK}{content}" for name, content in members)
    return list(_counted(named))


def digest(content: bytes) -> str:
    """What stands for a part's content."""
    return hashlib.blake2b(content, digest_size=_DIGEST_BYTES).hexdigest()


def _counted(parts: Iterable[str]) -> Iterable[str]:
    """The same parts, the second of those that are equal with `.2` behind it, and so on."""
    seen = Counter[str]()
    for part in parts:
        seen[part] += 1
        yield part if seen[part] == 1 else f"{part}.{seen[part]}"
