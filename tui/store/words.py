"""The archive's words, looked up: those read in some way, and what a query may be going to say.

What may come in: a connection inside a snapshot. Every lookup is a range of a primary key; of what it finds
the words that stand in most documents come first.
"""

from __future__ import annotations

import re
import sqlite3

from loader.text import Fold
from tui.language import said

from .query import FIELDS, scrubbed
from .rows import Completion

MOST = 32
"""Words of one reading that are looked for."""
_LONGEST = 12
"""Characters at the end of a query that are looked at."""
_LETTERS = re.compile(r"[a-zü']+\Z")
_SEARCHED = 2, 3
"""Letters from which words of just that reading are offered, and those of readings that begin so."""
_LAST = "\U0010ffff"


class Readers:
    """Tells which words are read so, and of which readings there are too many."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self.notes: tuple[str, ...] = ()

    def __call__(self, letters: str) -> tuple[str, ...]:
        """The words whose pinyin or initials are `letters`, the most used of them."""
        words = read_as(self._db, letters)
        if len(words) > MOST:
            note = said(
                "of the words read {letters} only the {most} most used are looked for",
                letters=letters,
                most=MOST,
            )
            self.notes = tuple(dict.fromkeys((*self.notes, note)))
        return tuple(words[:MOST])


def read_as(db: sqlite3.Connection, letters: str) -> list[str]:
    """The words whose pinyin or initials are `letters` (folded), one more than `MOST` of them at most."""
    rows = db.execute(
        "select word from reading join word using (word) where key = ? order by documents desc, word limit ?",
        (spelt(letters), MOST + 1),
    )
    return [word for (word,) in rows]


def spelt(letters: str) -> str:
    """Pinyin as the archive has it: xi'an is xian, lü is lv."""
    return letters.replace("'", "").replace("ü", "v")


def complete(db: sqlite3.Connection, fold: Fold, text: str) -> Completion | None:
    """The word that `text`, a query, is most likely going to end in; None where there is nothing to offer."""
    folded = fold(scrubbed(text))
    term = folded.rsplit(" ", 1)[-1].lstrip('-"“')
    if not term or term.partition(":")[0] in FIELDS:
        return None
    found = _LETTERS.search(term)
    offered = _by_letters(db, text, found.group()) if found else _by_characters(db, text, term[-_LONGEST:])
    return offered if offered and offered.shown.isprintable() else None  # whoever made the archive


def _by_characters(db: sqlite3.Connection, text: str, term: str) -> Completion | None:
    """The word that begins with as much of the end of `term` as can be, unless that is a word itself."""
    for start in range(len(term)):
        head = term[start:]
        word = _longer(db, head) if head[0].isalpha() else None
        if word is not None:
            rest = word[0][len(head) :]
            return Completion(text, rest, text + rest)
        if db.execute("select 1 from word where word = ?", (head,)).fetchone():
            return None
    return None


def _by_letters(db: sqlite3.Connection, text: str, letters: str) -> Completion | None:
    """The word that is read so, else one whose reading begins so, or that begins with these letters."""
    same, begun = _SEARCHED
    key = spelt(letters)
    if len(key) < same:
        return None
    exact = read_as(db, letters)
    if exact:
        return _instead(text, letters, exact[0])
    if len(key) < begun:
        return None
    row = db.execute(
        "select word, documents from reading join word using (word) where key > ? and key < ?"
        " order by documents desc, word limit 1",
        (key, key + _LAST),
    ).fetchone()
    latin = _longer(db, letters)
    if latin and (not row or latin[1] >= row[1]):
        rest = latin[0][len(letters) :]
        return Completion(text, rest, text + rest)
    return _instead(text, letters, row[0]) if row else None


def _longer(db: sqlite3.Connection, head: str) -> tuple[str, int] | None:
    """The word that begins with `head` and goes on, and in how many documents it stands."""
    row = db.execute(
        "select word, documents from word where word > ? and word < ?"
        " order by documents desc, length(word), word limit 1",
        (head, head + _LAST),
    ).fetchone()
    return (row[0], row[1]) if row else None


def _instead(text: str, letters: str, word: str) -> Completion:
    """`word` in place of the letters at the end of `text`."""
    return Completion(text, f" → {word}", text[: len(text) - len(letters)] + word)


def vetted(db: sqlite3.Connection) -> str | None:
    """That the archive's words are not as this program would cut and read them, and what to do; else None."""
    from loader.lexicon import fingerprint

    own = db.execute("select value from setting where name = 'words'").fetchone()
    if own == (fingerprint(),):
        return None
    return said(
        "the archive's words were cut by another version: `briefings-tui check --repair` makes them anew"
    )
