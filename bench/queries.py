"""Queries to measure searching with, drawn by a seed from the text of an archive itself.

What comes in are archives; out come queries of twelve kinds: terms of one to eight characters from the most
frequent to what is nowhere, digits and marks, Latin, two words, filters, dates. A query remembers what it is
made of, so that a scan or a statement of one's own can ask the same.
"""

from __future__ import annotations

import random
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from loader.text import Fold
from tui.store.query import parse_query

KINDS = {
    "one character": 45,
    "two characters": 40,
    "three or four": 40,
    "five to eight": 40,
    "digits and marks": 30,
    "Latin": 20,
    "absent": 20,
    "two words": 40,
    "character and word": 30,
    "place, speaker, kind": 40,
    "dates": 30,
}
"""How many queries of each kind."""
ONE_TERM = tuple(KINDS)[:7]
_NUMBERS = re.compile(r"[0-9“”][0-9.,%:+“”]{0,5}[万亿年月日时%”混元]?")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9.]{1,5}")
_PASSAGE = """
    select p.text, d.place_key, s.name_key, t.kind from passage p
    join document d on d.id = (p.id >> 21) & 0xfffff join turn t on t.document = d.id and t.nth = p.turn
    left join speaker s on s.document = d.id and s.nth = t.speaker where p.id >= ? order by p.id limit 1
"""


@dataclass(frozen=True)
class Asked:
    """A query: as it is typed, and what it is made of."""

    kind: str
    text: str
    terms: tuple[str, ...]
    """As the text has them; none for a filter alone."""
    place: str = ""
    speaker: str = ""
    turn: str = ""
    """What kind of turn."""
    dates: str = ""

    @property
    def named(self) -> list[tuple[str, str]]:
        """Fields, and the name that each must hold."""
        return [(field, name) for field, name in (("place", self.place), ("speaker", self.speaker)) if name]


def fold_of(archive: Path) -> Fold:
    """The fold that an archive was made with."""
    with closing(sqlite3.connect(archive)) as db:
        (pairs,) = db.execute("select value from setting where name = 'traditional_pairs'").fetchone()
    return Fold(pairs)


def terms_of(archive: Path, lengths: Sequence[int], count: int, seed: int) -> list[str]:
    """That many different terms out of an archive's passages, each one term of the query language."""
    draw = _Draw(archive, seed)
    found: dict[str, None] = {}
    while len(found) < count:
        found.setdefault(draw.term(*lengths))
    return list(found)


def queries_of(archives: Sequence[Path], seed: int = 1) -> list[Asked]:
    """All kinds, half of each drawn from the first archive and half from the last."""
    draws = [_Draw(archive, seed + n) for n, archive in enumerate((archives[0], archives[-1]))]
    found: list[Asked] = []
    for kind, number in KINDS.items():
        makers = [draw.queries(kind) for draw in draws]
        texts: dict[str, Asked] = {}
        while len(texts) < number:
            one = next(makers[len(texts) % 2])
            texts.setdefault(one.text, one)
        found += texts.values()
    return found


class _Draw:
    def __init__(self, archive: Path, seed: int) -> None:
        self.fold = fold_of(archive)
        self.db = sqlite3.connect(archive)
        self.dice = random.Random(seed)
        self._documents = self.db.execute("select id, date_key from document").fetchall()
        sample = Counter("".join(self.passage()[0] for _ in range(1000)))
        self._common = [char for char, _ in sample.most_common() if not char.isspace()]

    def passage(self) -> tuple[str, str, str | None, str]:
        """Text, place, speaker and kind of turn of a passage."""
        number, key = self.dice.choice(self._documents)
        low = (key << 20 | number) << 21
        found: tuple[str, str, str | None, str] | None
        found = self.db.execute(_PASSAGE, (low + (1 << 21) - 1 - self.dice.randrange(100),)).fetchone()
        return found or self.passage()

    def term(self, *lengths: int, text: str = "") -> str:
        """A piece of a passage, or of this text, that the query language takes for one term."""
        while True:
            whole = text or self.passage()[0]
            size = min(self.dice.choice(lengths), len(whole))
            at = self.dice.randrange(len(whole) - size + 1)
            piece = whole[at : at + size]
            if self.is_term(piece):
                return piece
            text = text if self.dice.random() < 0.9 else ""

    def is_term(self, piece: str) -> bool:
        """Whether it is one term, the same when it is typed."""
        query = parse_query(piece, self.fold)
        return query.groups == ((self.fold(piece),),) and not (query.filters or query.dates or query.without)

    def queries(self, kind: str) -> Iterator[Asked]:
        """Queries of a kind without end."""
        while True:
            yield self._query(kind)

    def _query(self, kind: str) -> Asked:
        text, place, speaker, turn = self.passage()
        dice = self.dice
        if kind == "one character":
            return self._simple(kind, dice.choice((self._common[:15], self._common, list(text)[:200])))
        if kind in ("two characters", "three or four", "five to eight"):
            sizes = {"two": (2,), "three": (3, 4), "five": (5, 6, 7, 8)}[kind.split()[0]]
            term = self.term(*sizes)
            return Asked(kind, term, (term,))
        if kind in ("digits and marks", "Latin"):
            return self._simple(kind, (_LATIN if kind == "Latin" else _NUMBERS).findall(text))
        if kind == "absent":
            term = self.term(2, 3, 4, 5, 6)[::-1]
            if self.is_term(term) and self._nowhere(term):
                return Asked(kind, term, (term,))
            return self._query(kind)
        if kind == "two words":
            terms = (self.term(2, 3, 4, text=text), self.term(2, 3, text=text))
            return Asked(kind, " ".join(terms), terms)
        if kind == "character and word":
            terms = (self.term(1, text="".join(self._common[:60])), self.term(2, 3, 4))
            return Asked(kind, " ".join(terms), terms)
        term = self.term(1, 2, 2, 3, 4, text=text)
        if kind == "dates":
            year, month = dice.randrange(2016, 2026), dice.randrange(1, 13)
            dates = dice.choice((f"{year}", f"{year}-{month:02}", f"{year}-{month:02}..{year + 1}-06"))
            return Asked(kind, f"{term} date:{dates}", (term,), dates=dates)
        field = dice.choice(("place", "speaker", "in"))
        if field == "place" and place and " " not in place:
            return Asked(kind, f"{term} place:{place}", (term,), place=place)
        if field == "speaker" and speaker and " " not in speaker:
            return Asked(kind, f"{term} speaker:{speaker}", (term,), speaker=speaker)
        if field == "in" and turn in ("question", "answer", "speech"):
            return Asked(kind, f"{term} in:{turn}", (term,), turn=turn)
        return self._query(kind)

    def _simple(self, kind: str, pieces: Sequence[str]) -> Asked:
        for _ in range(20 if pieces else 0):
            piece = self.dice.choice(pieces)
            if self.is_term(piece):
                return Asked(kind, piece, (piece,))
        return self._query(kind)

    def _nowhere(self, term: str) -> bool:
        """Whether some neighbours in it stand in none of the sample; few of these are anywhere."""
        return all(term not in self.passage()[0] for _ in range(50))
