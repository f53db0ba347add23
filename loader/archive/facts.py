"""The number and the day of a briefing: where two differ in one that both know, they are two briefings.

A date may be known in part: `XXXX-03-25` has no year, `2022-03` no day. Parts that both have must be equal.
A date that was inferred or is marked as uncertain (`2022-09-12~`) says nothing here. All queries cost the
same however large a group is: of documents that agree with each other, one that says most is enough.
"""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

_YEAR, _MONTH = 13 * 32, 32
"""How many date keys a year and a month have (see `loader.layout.date_key`)."""
CERTAIN = "substr({0}date, -1) not in ('~', '?', '%')"
"""SQL for whether a document has a date, and one that is certain."""
_KEY = f"case when {CERTAIN} then {{0}}date_key else 0 end".replace("{0}", "d.")
AGREES = f"""
    (d.ordinal is null or ?1 = 0 or d.ordinal = ?1)
    and (?2 = 0 or ({_KEY}) / {_YEAR} in (0, ?2))
    and (?3 = 0 or ({_KEY}) / {_MONTH} % 13 in (0, ?3))
    and (?4 = 0 or ({_KEY}) % {_MONTH} in (0, ?4))
"""
"""SQL for whether the document `d` agrees with the `Facts` that are ?1 to ?4."""


class Facts(NamedTuple):
    """What is known of a briefing's number and day; 0 is unknown."""

    ordinal: int = 0
    year: int = 0
    month: int = 0
    day: int = 0

    def agrees(self, other: Facts) -> bool:
        """Whether both may be of one briefing."""
        return all(one == another for one, another in zip(self, other, strict=True) if one and another)

    def joined(self, other: Facts) -> Facts:
        """What is known of a briefing that both are of."""
        return Facts(*(one or another for one, another in zip(self, other, strict=True)))


def of_document(conn: sqlite3.Connection, number: int) -> Facts:
    """The facts of the document of that number."""
    row = conn.execute(f"select d.ordinal, {_KEY} from document d where d.id = ?", (number,)).fetchone()
    return _facts(*row) if row else Facts()


def of_row(ordinal: int | None, date: str | None, date_key: int) -> Facts:
    """The facts of a document that is not stored yet."""
    return _facts(ordinal, date_key if date and date[-1] not in "~?%" else 0)


def of_group(conn: sqlite3.Connection, head: int) -> Facts:
    """What the documents of the group of `head` say together."""
    facts = of_document(conn, head)
    (ordinal,) = conn.execute("select max(ordinal) from document where same_as = ?", (head,)).fetchone()
    facts = facts.joined(_facts(ordinal, 0))
    for most in (_YEAR, 1 << 22):  # dates without a year are the lowest keys
        sql = (
            f"select max(date_key) from document where same_as = ? and date_key < ? and {CERTAIN.format('')}"
        )
        (key,) = conn.execute(sql, (head, most)).fetchone()
        facts = facts.joined(_facts(None, key))
    return facts


def _facts(ordinal: int | None, key: int | None) -> Facts:
    key = key or 0
    return Facts(ordinal or 0, key // _YEAR, key // _MONTH % 13, key % _MONTH)
