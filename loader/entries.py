"""What stands in the index for a passage; the writer puts it in, and `check` compares.

What may come in: a connection's `execute` and the fold. An entry is the passage's characters and bigrams
(`loader.text.grams`) and a stamp for all that filters ask: its kind, its speaker and post, who asked, where
it was held and who published it. The values are numbered in table `facet`, so that a filter by a part of a
name is a few tokens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from loader.kept import Execute
from loader.text import Fold, grams, stamp

FACETS = ("place", "outlet", "speaker", "post", "asker")
"""The fields whose values are numbered, in the order of the columns below."""
_ROWS = """
    select p.id, p.text, t.kind, d.place_key, d.outlet, s.name_key, s.post_key, q.asker_key
    from passage p cross join document d on d.id = ?
    cross join turn t on t.document = d.id and t.nth = p.turn
    left join speaker s on s.document = d.id and s.nth = t.speaker
    left join question q on q.document = d.id and q.number = t.question
    where p.id between ? and ? order by p.id
"""


Number = Callable[[str, str], int]
"""The number of a field's folded value."""


def entries(
    execute: Execute, fold: Fold, number: Number, document: int, low: int, high: int
) -> Iterator[tuple[int, str, str]]:
    """Rowid, text and tokens of each passage of a document between two rowids, ascending."""
    for passage, text, kind, *values in execute(_ROWS, (document, low, high)).fetchall():
        yield passage, text, " ".join((grams(fold(text)), stamp("in", kind), *_marks(values, fold, number)))


def _marks(values: Iterable[str | None], fold: Fold, number: Number) -> Iterator[str]:
    for field, value in zip(FACETS, values, strict=True):
        if value:
            yield stamp(field, number(field, fold(value)))
