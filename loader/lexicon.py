"""The words that an archive keeps of a document: what its passages hold that somebody may look for.

What may come in: the words of its folded passages as `loader.words` cuts them, and the folded names of who
speaks in it, which no dictionary has. What is said as words one after the other, at least `SAID` times, is
kept too, as one word: 核酸检测 is none of jieba's. The same comes out of the stored passages: a document
that leaves an archive takes with it what it brought, and `check` compares.
"""

from __future__ import annotations

import importlib.metadata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from loader.layout import Execute, briefing_range
from loader.text import Fold

VERSION = 1
"""Raised whenever other words are kept of the same text, or `loader.pinyin` reads them otherwise."""
LONGEST = 24
"""Characters of a word: what is longer is no word but a web address or a figure."""
SAID = 3
"""Times that words stand together in a document before they are one."""


def kept(words: Sequence[str], folded: str, names: Iterable[str]) -> set[str]:
    """The words to keep of a document that reads `folded`, cut into `words`."""
    named = {name for name in names if name in folded}
    return {
        word
        for word in named.union(words, _phrases(words))
        if 1 < len(word) <= LONGEST and " " not in word and (word.isalpha() or any(map(str.isalpha, word)))
    }


def kept_of(execute: Execute, fold: Fold, document: int, key: int) -> set[str]:
    """The words to keep of a document that stands in the archive, by its number and date key."""
    from loader.words import cut

    rows = execute(
        "select text from passage where id between ? and ? order by id desc", briefing_range(key, document)
    )
    folded = fold("\n".join(text for (text,) in rows.fetchall()))
    names = execute("select name_key from speaker where document = ?", (document,)).fetchall()
    return kept(cut(folded), folded, [name for (name,) in names])


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """What the words of an archive and their readings come from, in one line."""
    from loader import words

    return f"{VERSION}: {words.fingerprint()}, pypinyin {importlib.metadata.version('pypinyin')}"


def _phrases(words: Sequence[str]) -> set[str]:
    """What is said often enough in two or three words one after the other, each of two letters or more."""
    often = {
        word
        for word, times in Counter(words).items()
        if times >= SAID and len(word) > 1 and word.isalpha() and not word.isascii()
    }
    found: list[str] = []
    before = pair = ""
    for word in words:
        if word in often:
            if before:
                found.append(before + word)
                if pair:
                    found.append(pair + word)
                pair = before + word
            before = word
        elif before:
            before = pair = ""
    return {phrase for phrase, times in Counter(found).items() if times >= SAID}
