"""Which part of a container a part was before: a record or a member that moved or was edited keeps its ids.

Takes the items of one file as they come, gives them on with the key that each had before. Compared are parts
whose key the archive does not know with those that it knows and the container has no longer: by the very same
bytes or text at once, by likeness behind the last item. What waits for that is bounded (`_MOST_WAITING`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from loader.archive import holding, identities, matching
from loader.archive.held import Held
from loader.prepare import Item, Listed, Made, Not, Same
from loader.read.parts import containers_of

_MOST_WAITING = 500
"""Parts that wait to be compared; they are compared with each other before they are more."""
_MOST_CHARACTERS = 8_000_000
"""Characters of their texts."""
_FEW_GONE = 500
"""Parts no longer in a container with which each is compared; of more, those that share something."""


class Gone(NamedTuple):
    """A file that is a container now holds no longer what it was before."""

    key: str


class Placed(NamedTuple):
    """An item, and the key under which the archive knows it, if that is another one."""

    item: Item | Gone
    before: str | None = None


def placed(items: Iterable[Item], held: Held) -> Iterator[Placed]:
    """The items of one file; those that wait for a comparison come last."""
    file = _File(held)
    waiting: list[Made] = []
    for item in items:
        if isinstance(item, Listed):
            file.add(item)
        elif isinstance(item, Not) or not file.gone or holding.at(held.db.conn, item.key):
            yield Placed(item)
        elif (before := file.same(item)) or isinstance(item, Same):
            yield Placed(item, before)
        else:
            waiting.append(item)
            if len(waiting) >= _MOST_WAITING or sum(map(_size, waiting)) > _MOST_CHARACTERS:
                yield from file.likely(waiting)
                waiting = []
    yield from file.likely(waiting)
    yield from (Placed(Gone(key)) for key in file.containers if key in file.gone)


def _size(item: Made) -> int:
    return int(item.source.row["chars"])


class _File:
    """What the archive knows of a file's parts that is no longer in it."""

    def __init__(self, held: Held) -> None:
        self.held = held
        self.gone: dict[str, holding.Holder] = {}
        """By key."""
        self.containers: list[str] = []
        self._texts: dict[tuple[bytes | None, ...], list[str]] = {}
        """Keys by the digests of all documents that they hold."""

    def add(self, container: Listed) -> None:
        """A container, of whose parts none came yet."""
        conn = self.held.db.conn
        self.containers.append(container.key)
        there = set(container.keys)
        for key in self.held.sources(container.key):
            if key in there or containers_of(key) & there:
                continue
            found = holding.at(conn, key)
            if found and key not in self.gone:
                self.gone[key] = found
                digests = tuple(identities.same_text(conn, found.source))
                self._texts.setdefault(digests, []).append(key)

    def same(self, item: Made | Same) -> str | None:
        """The key of a part that says the very same."""
        sha256 = item.source.row["sha256"] if isinstance(item, Made) else item.sha256
        digests = tuple(one.row["digest"] for one in item.source.documents) if isinstance(item, Made) else ()
        same = holding.of_bytes(self.held.db.conn, sha256)
        keys = holding.paths_of(self.held.db.conn, same.source) if same else []
        if digests and None not in digests:
            keys += self._texts.get(digests, [])
        return self._taken(next((key for key in keys if key in self.gone), None))

    def likely(self, items: list[Made]) -> Iterator[Placed]:
        """Those that say nearly the same, the best first."""
        fold = self.held.fold
        with self.held.at_one_time():  # others may forget what is gone
            keys = self._candidates(items)
            old = [identities.said_by(self.held.db.conn, fold, self.gone[key].source) for key in keys]
        new = [identities.to_be_said_by(fold, one.source) for one in items] if old else []
        found = matching.pairs(old, new)
        for nth, item in enumerate(items):
            yield Placed(item, self._taken(keys[found[nth]]) if nth in found else None)

    def _candidates(self, items: list[Made]) -> list[str]:
        if len(self.gone) <= _FEW_GONE:
            return list(self.gone)
        by_source = {one.source: key for key, one in self.gone.items()}
        shared = (
            identities.resembling(self.held.db.conn, document.sketch)
            for item in items
            for document in item.source.documents
        )
        return list(dict.fromkeys(by_source[one] for ones in shared for one in ones if one in by_source))

    def _taken(self, key: str | None) -> str | None:
        if key is not None:
            del self.gone[key]
        return key
