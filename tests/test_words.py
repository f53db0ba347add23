"""Words: rjieba cuts as jieba does, nothing is lost between them, and what they came from can be told."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loader import words
from loader.terms import key_terms
from loader.text import Fold, traditional_pairs
from tests.conftest import SEEDS
from tui.store.archive import ArchiveStore

FOLD = Fold(traditional_pairs())


@pytest.mark.parametrize("name", sorted(path.name for path in SEEDS.glob("*.txt")))
def test_rjieba_cuts_the_seeds_as_jieba_does(name: str) -> None:
    folded = FOLD((SEEDS / name).read_text("utf-8"))
    assert words.cut(folded) == words.cut_by_jieba()(folded)


@settings(max_examples=200)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=40))
def test_words_joined_are_the_text_again(text: str) -> None:
    assert "".join(words.cut(text)) == text


def test_without_rjieba_jieba_cuts(monkeypatch: pytest.MonkeyPatch) -> None:
    words.cutter.cache_clear()
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "rjieba", None)
        assert words.cutter() is words.cut_by_jieba()
    words.cutter.cache_clear()
    assert words.cutter() is not words.cut_by_jieba()


def test_the_fingerprint_names_program_algorithm_and_dictionary() -> None:
    for word in ("rjieba 0.", "without HMM", "dictionary of jieba 0.42.1"):
        assert word in words.fingerprint()


def test_neither_is_imported_before_the_first_word() -> None:
    script = (
        "import sys, loader.words, loader.terms; loader.words.fingerprint();"
        "print([name for name in ('jieba', 'rjieba') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_lone_surrogate_has_no_completion(seeds: ArchiveStore) -> None:
    assert [seeds.complete(query) for query in ("\ud800", "核\udfff", "\x00")] == [None, None, None]


def test_terms_stand_in_the_text_and_tell_something() -> None:
    text = "請問記者：孕产妇的核酸检测，孕產婦如何就医？BA.2 BA.2 BA.2 the the the COVID"
    assert key_terms(text, FOLD(text), 3)[0] == "孕产妇"
    said = key_terms(text, FOLD(text), 10)
    assert all(term in text for term in said)
    assert "COVID" in said
    assert not {"BA", "the", "請問", "記者"} & set(said)


def test_a_long_text_is_cut_in_pieces_into_the_same_words(monkeypatch: pytest.MonkeyPatch) -> None:
    text = Path(SEEDS / "yangzhou-7.txt").read_text("utf-8") + "\n \n\r\na b\n\n"
    monkeypatch.setattr(words, "_PIECE", 1_000_000)
    whole = words.cut(text)
    monkeypatch.setattr(words, "_PIECE", 7)
    pieces = words.cut(text)
    assert pieces == whole
    assert len({id(word) for word in pieces}) == len(set(pieces))
