"""Folding keeps lengths; grams find exactly the substrings there are."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loader.text import (
    EXACT,
    TOKENIZER,
    Fold,
    grams,
    match_expression,
    occurrences,
    patterns,
    traditional_pairs,
)

FOLD = Fold(traditional_pairs())
TEXT = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cc", "Cs"]), st.sampled_from("核酸检测，。“”「」 19.%aB\"'*()-:^")
    )
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("記者會後", "记者会后"),
        ("ＡＢＣ１２３：？", "abc123:?"),
        ("Omicron BA.2", "omicron ba.2"),
        ("全角\u3000空格\u00a0和\t制表", "全角 空格 和 制表"),
        ("①②", "12"),
        ("ﬁ㈠½", "ﬁ㈠½"),  # what would grow stays
        ("“引号”「引號」", "“引号”「引号」"),
        ("ſtraße", "straße"),
    ],
)
def test_folding_narrows_lowers_and_simplifies(text: str, folded: str) -> None:
    assert FOLD(text) == folded


@given(TEXT)
def test_folding_keeps_lengths_and_is_done_in_one_go(text: str) -> None:
    assert len(FOLD(text)) == len(text)
    assert FOLD(FOLD(text)) == FOLD(text)


def test_grams_are_characters_and_neighbours_once() -> None:
    assert grams("核酸核酸") == "核 酸 核酸 酸核"
    assert grams("测") == "测"
    assert grams("a b") == "a ␣ b a␣ ␣b"
    assert grams("") == ""


def _index(texts: list[str]) -> sqlite3.Connection:
    db = sqlite3.connect(":memory:")
    quoted = TOKENIZER.replace("'", "''")
    db.execute(f"create virtual table t using fts5 (grams, content='', detail=none, tokenize='{quoted}')")
    db.execute("create table passage (id integer primary key, text text)")
    db.executemany("insert into t (rowid, grams) values (?, ?)", enumerate(grams(FOLD(one)) for one in texts))
    db.executemany("insert into passage values (?, ?)", enumerate(texts))
    return db


def _variants(texts: list[str]) -> dict[str, str]:
    """For each folded character the others in `texts` that stand for it."""
    variants: dict[str, str] = {}
    for char in sorted({char for text in texts for char in text}):
        if FOLD(char) != char:
            variants[FOLD(char)] = variants.get(FOLD(char), "") + char
    return variants


def _held(db: sqlite3.Connection, term: str, texts: list[str]) -> set[int]:
    """The passages that the patterns for a term find."""
    held = "select id from passage where text glob ?"
    globs = patterns(term, _variants(texts))
    return {row[0] for one in globs for row in db.execute(held, (one,))}


@given(st.lists(TEXT.filter(bool), min_size=1, max_size=8), st.data())
def test_every_substring_is_found_and_nothing_else(texts: list[str], data: st.DataObject) -> None:
    text = FOLD(data.draw(st.sampled_from(texts)))
    start = data.draw(st.integers(0, len(text) - 1))
    term = text[start : start + data.draw(st.integers(1, 6))]
    with _index(texts) as db:
        indexed = "select rowid from t where t match ?"
        candidates = {row[0] for row in db.execute(indexed, (match_expression(term),))}
        found = _held(db, term, texts)
    wanted = {nth for nth, one in enumerate(texts) if term in FOLD(one)}
    assert found == wanted
    assert wanted <= candidates
    if len(term) < EXACT:
        # a literal ␣ is indexed as a blank is: the one confusion there can be
        blank = term.replace("␣", " ")
        assert candidates == {nth for nth, one in enumerate(texts) if blank in FOLD(one).replace("␣", " ")}


@given(
    st.lists(st.text("]^-[*?!a核測测", min_size=1), min_size=1, max_size=5),
    st.text("]^-[*?!a核测", min_size=1),
)
def test_patterns_take_no_mark_for_more_than_itself(texts: list[str], term: str) -> None:
    with _index(texts) as db:
        assert _held(db, term, texts) == {nth for nth, one in enumerate(texts) if term in FOLD(one)}


def test_occurrences_go_left_to_right_without_overlap() -> None:
    assert list(occurrences("一一", "一一一一一")) == [(0, 2), (2, 4)]
