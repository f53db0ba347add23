"""Hits by relevance: BM25 over the words and characters of a query, among the newest hits within a budget.

What may come in: a connection inside a snapshot, a parsed query, what `select` made of it, a function that
cuts words. The index keeps neither positions nor lengths, so FTS5's own bm25 cannot serve: hits come newest
first as in any search, and each is weighed by its text (Robertson and Zaragoza, "The Probabilistic Relevance
Framework: BM25 and Beyond", 2009; K1 and B are theirs).
"""

from __future__ import annotations

import math
import re
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from loader.text import MOST, expression, having, neighbours

from .plan import Commonness
from .query import Query
from .select import Archive, Selection

K1, B = 1.2, 0.75
"""How soon saying a thing again counts no more; how much the length of a passage counts."""
FIRST = {"question": 0, "answer": 1}
"""Kinds of turns that come first, where all else is equal."""
_STEP = 64
"""Hits between two looks at the clock."""


class Budget(NamedTuple):
    """How much may be spent: seconds, or a number of hits; what comes first ends it."""

    seconds: float | None = 0.3
    hits: int | None = None


class Size(NamedTuple):
    """How large the archive is."""

    passages: int
    characters: float
    """Of a passage, on average."""


class Feature(NamedTuple):
    """What is counted in a passage: a term of the query, a word of it, or a character."""

    text: str
    passages: int
    """That hold it, in the whole archive: about."""
    weight: float
    """Inverse document frequency; of characters, which together count as one word, its share."""


class Part(NamedTuple):
    """What a feature adds to a passage's score."""

    feature: Feature
    times: int
    """So often it stands there."""
    score: float


class Score(NamedTuple):
    """What a passage's place comes from."""

    adjacent: bool | None
    """Whether the terms stand one behind the other as typed: such passages come first. None of one term."""
    parts: tuple[Part, ...]
    of: int
    """Passages in the archive."""

    @property
    def total(self) -> float:
        """All parts together."""
        return math.fsum(part.score for part in self.parts)


@dataclass(frozen=True, slots=True)
class Ranking:
    """The hits of a query, best first."""

    order: tuple[int, ...]
    """Rowids of passages."""
    newest: int | None
    """So many hits, the newest, were weighed; `None` for all."""


@dataclass(frozen=True)
class Scale:
    """What passages are weighed by."""

    features: tuple[Feature, ...]
    variants: Mapping[str, str]
    """For a folded character the others that stand for it."""
    phrase: re.Pattern[str] | None
    """The terms one behind the other, as they were typed."""
    size: Size

    def score(self, text: str) -> float:
        """The score of a text: many are weighed, so no more is made than a number."""
        length = self._length(text)
        return math.fsum(
            feature.weight * times * (K1 + 1) / (times + length)
            for feature, times in zip(self.features, self._times(text), strict=True)
            if times
        )

    def parts(self, text: str) -> Iterator[Part]:
        """What each feature that stands in a text adds to its score."""
        length = self._length(text)
        for feature, times in zip(self.features, self._times(text), strict=True):
            if times:
                yield Part(feature, times, feature.weight * times * (K1 + 1) / (times + length))

    def _times(self, text: str) -> list[int]:
        """How often each feature stands in a text; most texts are as they would be folded."""
        if self._others is None or not self._others.search(text):
            return [text.count(feature.text) for feature in self.features]
        return [len(pattern.findall(text)) for pattern in self._patterns]

    @cached_property
    def _others(self) -> re.Pattern[str] | None:
        """The characters that a feature's may be taken for."""
        chars = {char for one in self.features for char in one.text}
        others = "".join(sorted(self.variants.get(char, "") for char in chars))
        return re.compile(f"[{re.escape(others)}]") if others else None

    @cached_property
    def _patterns(self) -> list[re.Pattern[str]]:
        return [expression(one.text, self.variants) for one in self.features]

    def _length(self, text: str) -> float:
        """How much a text's length holds its score down."""
        return K1 * (1 - B + B * len(text) / self.size.characters)

    def adjacent(self, text: str) -> bool:
        """Whether the terms stand one behind the other; one term alone does."""
        return self.phrase is None or self.phrase.search(text) is not None


def size_of(db: sqlite3.Connection) -> Size:
    """How large the archive is; reads a number a document."""
    (passages,) = db.execute("select coalesce(sum(size), 0) from block").fetchone()
    (characters,) = db.execute("select coalesce(sum(kept_chars), 0) from document").fetchone()
    return Size(passages, max(1.0, characters / max(1, passages)))


def scale_of(
    db: sqlite3.Connection,
    query: Query,
    archive: Archive,
    size: Size,
    cut: Callable[[str], list[str]],
) -> Scale:
    """What the hits of a query are weighed by; `cut` gives the words of a text."""
    variants = archive.variants
    features = tuple(
        Feature(text, passages, share * _rarity(passages, size.passages))
        for text, share in _shares(query, cut).items()
        if (passages := passages_with(db, text, archive.commonness, size))
    )
    return Scale(features, variants, _phrase(query, variants), size)


def rank(db: sqlite3.Connection, selection: Selection, scale: Scale, budget: Budget) -> Ranking:
    """The hits within the budget, best first: phrases, then by score; where that is equal questions, answers,
    the rest; then the newest.

    Raises `sqlite3.OperationalError` when interrupted.
    """
    weighed: list[tuple[bool, float, int, int, int]] = []
    most = budget.hits
    end = None if budget.seconds is None else time.monotonic() + budget.seconds
    rows = _hits(db, selection)
    over = False
    for nth, (rowid, place, text, kind) in enumerate(rows):
        if nth == most or (end is not None and nth % _STEP == _STEP - 1 and time.monotonic() > end):
            over = True
            break
        weighed.append(
            (not scale.adjacent(text), -scale.score(text), FIRST.get(kind, len(FIRST)), -place, rowid)
        )
    rows.close()
    weighed.sort()
    return Ranking(tuple(rowid for *_, rowid in weighed), len(weighed) if over else None)


def passages_with(db: sqlite3.Connection, text: str, commonness: Commonness, size: Size) -> int:
    """About how many passages hold a folded text: as many as the rarest of its tokens, by the table of common
    ones; what is not in there is rare, or the archive small, and is counted."""
    tokens = neighbours(text)[:MOST]
    marks = ", ".join("?" * len(tokens))
    sql = f"select count(*), min(passages) from common where token in ({marks})"
    known, fewest = db.execute(sql, tokens).fetchone()
    if known == len(tokens) and commonness.sample:
        return max(1, round(int(fewest) * size.passages / commonness.sample))
    sql = "select count(*) from passage_grams where passage_grams match ?"
    (count,) = db.execute(sql, (having(tokens),)).fetchone()
    return int(count)


def _hits(db: sqlite3.Connection, selection: Selection) -> sqlite3.Cursor:
    """Rowid, place in the order of hits, text and kind of each hit, newest first, as they are found."""
    sql = (
        f"select hit.id, hit.place, p.text, t.kind from (select {selection.id} as id,"
        f" {selection.order} as place {selection.sql} order by {selection.order} desc limit -1) hit"
        " cross join passage p on p.id = hit.id"
        " cross join turn t on t.document = ((hit.id >> 21) & 0xfffff) and t.nth = p.turn"
    )
    return db.execute(sql, selection.parameters)


def _shares(query: Query, cut: Callable[[str], list[str]]) -> dict[str, float]:
    """The features of a query and what each counts: terms and their words whole, their characters a part."""
    terms = dict.fromkeys(query.terms)
    words = dict.fromkeys(word.strip() for term in terms for word in cut(term))
    shares = dict.fromkeys([*terms, *(word for word in words if len(word) > 1)], 1.0)
    if not query.like:
        letters = {char for char in "".join(terms) if char.isalnum()} - shares.keys()
        shares |= {char: 1 / len(letters) for char in sorted(letters)}
    return shares


def _rarity(passages: int, of: int) -> float:
    return math.log(1 + (of - passages + 0.5) / (passages + 0.5))


def _phrase(query: Query, variants: Mapping[str, str]) -> re.Pattern[str] | None:
    """The terms one behind the other, blanks or not between them; none where there is but one."""
    if len(query.groups) < 2:
        return None

    def either(group: Iterable[str]) -> str:
        return "|".join(expression(term, variants).pattern for term in group)

    return re.compile(r"\s*".join(f"(?:{either(group)})" for group in query.groups))
