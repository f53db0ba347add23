"""What stands in an index for a passage, or an aside; the writer puts it in, and `check` compares.

What may come in: a connection's `execute` and the fold. An entry is the passage's characters and bigrams
(`loader.text.grams`) and a stamp for all that filters ask: its kind, its speaker and post, who asked, where
it was held and who published it. The values are numbered in table `facet`, so that a filter by a part of a
name is a few tokens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from loader.layout import Execute, briefing_range
from loader.text import Fold, grams, stamp

FACETS = ("place", "outlet", "speaker", "post", "asker")
"""The fields whose values are numbered, in the order of the columns below."""
_TURNS = """
    select t.nth, t.kind, d.place_key, d.outlet, s.name_key, s.post_key, q.asker_key
    from turn t cross join document d on d.id = t.document
    left join speaker s on s.document = t.document and s.nth = t.speaker
    left join question q on q.document = t.document and q.number = t.question
    where t.document = ?
"""
Texts = Literal["passage", "aside"]
"""A table whose texts are searched: of what is read, or of what stands beside it. Its index is `…_grams`."""
TEXTS: tuple[Texts, ...] = ("passage", "aside")


Number = Callable[[str, str], int]
"""The number of a field's folded value."""


def entries(
    execute: Execute, fold: Fold, number: Number, document: int, key: int, table: Texts = "passage"
) -> Iterator[tuple[int, str, str]]:
    """Rowid, text and tokens of each passage of a document, by its number and date key, ascending."""
    stamped = stamps(execute, fold, number, document)
    rows = execute(
        f"select id, turn, text from {table} where id between ? and ? order by id",
        briefing_range(key, document),
    )
    for passage, turn, text in rows.fetchall():
        if turn in stamped:  # else the archive is damaged, and nobody finds it
            yield passage, text, f"{grams(fold(text))} {stamped[turn]}"


def stamps(execute: Execute, fold: Fold, number: Number, document: int) -> dict[int, str]:
    """For each turn of a document the stamps that its passages get, whatever their text is."""
    return {
        nth: " ".join((stamp("in", kind), *_marks(values, fold, number)))
        for nth, kind, *values in execute(_TURNS, (document,)).fetchall()
    }


def _marks(values: Iterable[str | None], fold: Fold, number: Number) -> Iterator[str]:
    for field, value in zip(FACETS, values, strict=True):
        if value:
            yield stamp(field, number(field, fold(value)))
