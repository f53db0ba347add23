"""The indexes that were considered: what stands in each for a passage, and how a term is asked of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from loader.layout import BRIEFING_BITS, PLACE_BITS
from loader.text import EXACT, grams, match_expression
from loader.words import cut

Passage = tuple[int, str, str]
Numbered = Iterable[tuple[int, tuple[str, str]]]
CONTENTLESS = "content='', columnsize=0"


@dataclass(frozen=True, slots=True)
class Design:
    """One index; `query` gives the expression for a term (None where it cannot be asked), and whether the
    passage's text has to be asked too."""

    name: str
    options: str
    tokens: Callable[[str], str]
    query: Callable[[str], tuple[str | None, bool]]
    numbered: Callable[[Sequence[Passage]], Numbered]
    tokenizer: str = ""


def by_rowid(passages: Sequence[Passage]) -> Numbered:
    """As the passages are numbered themselves: date, briefing and place in 63 bits."""
    return [(rowid, (text, folded)) for rowid, text, folded in passages]


def by_day(bits: int, passages: Sequence[Passage]) -> Numbered:
    """One after the other within a day of so many bits."""
    given: Counter[int] = Counter()
    out = []
    for rowid, text, folded in passages:
        day = rowid >> (BRIEFING_BITS + PLACE_BITS)
        out.append(((day << bits) + given[day] + 1, (text, folded)))
        given[day] += 1
    return out


def one_by_one(passages: Sequence[Passage]) -> Numbered:
    """1, 2, 3 …: as small as it gets, but an older briefing has no place between."""
    return [(number, (text, folded)) for number, (_, text, folded) in enumerate(passages, 1)]


def bigrams(folded: str) -> str:
    """Each two neighbours, and the last character."""
    text = folded.replace(" ", "␣")
    return " ".join([*map(str.__add__, text, text[1:]), text[-1:]])


def phrase(term: str) -> tuple[str, bool]:
    """A phrase of bigrams; one character is the head of some."""
    text = term.replace('"', '""')
    if len(term) == 1:
        return f'"{text}" *', False
    return '"' + " ".join(map(str.__add__, term, term[1:])).replace('"', '""') + '"', False


def both(folded: str) -> str:
    """Bigrams in a row, then each character once."""
    text = folded.replace(" ", "␣")
    return " ".join([*map(str.__add__, text, text[1:]), *dict.fromkeys(text)])


def phrase_or_character(term: str) -> tuple[str, bool]:
    """As `phrase`, but a character is a token."""
    return phrase(term) if len(term) > 1 else ('"' + term.replace('"', '""') + '"', False)


def with_words(folded: str) -> str:
    """As `both`, and jieba's words of three characters and more."""
    return " ".join([both(folded), *dict.fromkeys(word for word in cut(folded) if len(word) > 2)])


def sure(term: str) -> tuple[str, bool]:
    """Characters and bigrams; a longer term is made sure of by the text."""
    return match_expression(term), len(term) >= EXACT


def trigrams(term: str) -> tuple[str | None, bool]:
    """SQLite's own: nothing under three characters."""
    return ('"' + term.replace('"', '""') + '"' if len(term) > 2 else None), False


DESIGNS = (
    Design("bigrams, positions, rowids", "content=''", bigrams, phrase, by_rowid),
    Design("the same without columnsize", CONTENTLESS, bigrams, phrase, by_rowid),
    Design("bigrams and characters, positions", CONTENTLESS, both, phrase_or_character, by_rowid),
    Design("these and words", CONTENTLESS, with_words, phrase_or_character, by_rowid),
    Design("bigrams, positions, days of 16 bits", CONTENTLESS, bigrams, phrase, partial(by_day, 16)),
    Design("characters and bigrams once, rowids", CONTENTLESS + ", detail=none", grams, sure, by_rowid),
    Design("these, days of 20 bits", CONTENTLESS + ", detail=none", grams, sure, partial(by_day, 20)),
    Design("these, days of 16 bits (ours)", CONTENTLESS + ", detail=none", grams, sure, partial(by_day, 16)),
    Design("these, one by one", CONTENTLESS + ", detail=none", grams, sure, one_by_one),
    Design("SQLite's trigrams", "content='', columnsize=0", str, trigrams, by_rowid, "trigram"),
)
