"""The words of an archive: those of its passages and no others, whatever comes and goes; their readings."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loader import lexicon
from loader.archive.errors import ArchiveError
from loader.archive.writer import Writer
from loader.load import load
from loader.pinyin import COMMON, MOST, readings
from loader.read import find
from loader.text import Fold
from loader.words import cut
from tests.conftest import SEEDS, unseal
from tui.language import speak, told
from tui.store.archive import ArchiveStore, open_archive

Words = dict[str, int]
TEXT = """苏州市召开第3场新闻发布会

2022年4月1日，苏州市召开第3场新闻发布会。

主持人：各位记者，大家好。下面请市卫健委主任寇建辉发布。

寇建辉：{said}。
"""


def _load(archive: Path, *paths: Path) -> None:
    with Writer(archive) as writer:
        for _ in load(find([str(path) for path in paths]), writer):
            pass


def _tables(archive: Path) -> tuple[Words, set[tuple[str, str]]]:
    with sqlite3.connect(archive) as db:
        return (
            dict(db.execute("select word, documents from word")),
            set(db.execute("select key, word from reading").fetchall()),
        )


def _wanted(archive: Path) -> tuple[Words, set[tuple[str, str]]]:
    """What the tables should hold, from the passages."""
    counts: Counter[str] = Counter()
    with Writer(archive) as writer:
        for number, key in writer.db.execute("select id, date_key from document").fetchall():
            counts.update(lexicon.kept_of(writer.db.execute, writer.fold, number, key))
    return dict(counts), {(key, word) for word in counts for key in readings(word)}


def _source(folder: Path, name: str, said: str) -> Path:
    path = folder / f"{name}.txt"
    path.write_text(TEXT.format(said=said), "utf-8")
    return path


@pytest.mark.parametrize(
    ("word", "keys"),
    [
        ("核酸检测", ("hesuanjiance", "hsjc")),
        ("重庆", ("chongqing", "cq")),
        ("严重", ("yanzhong", "yz")),
        ("银行", ("yinhang", "yh")),
        ("行政", ("xingzheng", "xz")),
        ("西安", ("xian", "xa")),
        ("女性", ("nvxing", "nx")),
        ("会计", ("kuaiji", "kj")),
        ("单雄", ("danxiong", "dx", "shanxiong", "sx")),
        ("t恤", ("txu", "tx")),
        ("covid", ()),
        ("5g", ()),
        ("𠮷野", ()),
    ],
)
def test_a_word_is_read_as_it_commonly_is(word: str, keys: tuple[str, ...]) -> None:
    assert readings(word) == keys


def test_ways_to_read_are_few_and_what_is_common_is_known_to_pypinyin() -> None:
    from pypinyin import Style, pinyin

    assert len(readings("长重行乐还调都")) <= 2 * MOST
    for char, ways in COMMON.items():
        (known,) = pinyin(char, style=Style.NORMAL, heteronym=True)
        assert len(ways.split()) > 1
        assert set(ways.split()) <= set(known), char


@settings(max_examples=200)
@given(st.text(max_size=12))
def test_readings_are_letters(word: str) -> None:
    assert all(key.isascii() and key.isalpha() and key == key.lower() for key in readings(Fold()(word)))


def test_what_stands_together_often_is_one_word_and_names_are_words() -> None:
    text = "核酸检测，核酸检测；核酸检测。请寇建辉说。1.86 https://a.example/index covid"
    held = lexicon.kept(cut(text), text, ["寇建辉", "张三"])
    assert {"核酸", "检测", "核酸检测", "寇建辉", "covid", "https"} <= held
    assert not {"张三", "1.86", "86", "，", "核"} & held
    twice = "核酸检测，核酸检测。"
    assert "核酸检测" not in lexicon.kept(cut(twice), twice, [])


def test_the_seeds_words_are_those_of_their_passages(seeds_archive: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy.write_bytes(seeds_archive.read_bytes())
    held, read = _tables(copy)
    assert (held, read) == _wanted(copy)
    assert held["核酸"] == 5
    assert ("hsjc", "核酸检测") in read
    assert len(held) > 1000


def test_words_come_and_go_with_their_documents(tmp_path: Path) -> None:
    archive = tmp_path / "a.db"
    one = _source(tmp_path, "one", "今天做了核酸")
    two = _source(tmp_path, "two", "核酸和疫苗都要做")
    _load(archive, one, two)
    held, _ = _tables(archive)
    assert (held["核酸"], held["疫苗"], held["寇建辉"]) == (2, 1, 2)
    _source(tmp_path, "two", "只做疫苗，疫苗，疫苗")
    _load(archive, two)
    held, _ = _tables(archive)
    assert (held["核酸"], held["疫苗"]) == (1, 1)
    with Writer(archive) as writer:
        writer.forget(str(two))
    held, read = _tables(archive)
    assert "疫苗" not in held
    assert "疫苗" not in {word for _, word in read}
    assert (held, read) == _wanted(archive)
    with Writer(archive) as writer:
        writer.forget(str(one))
    assert _tables(archive) == ({}, set())


def test_a_load_that_fails_leaves_the_words_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = tmp_path / "a.db"
    one = _source(tmp_path, "one", "今天做了核酸")
    _load(archive, one)
    before = _tables(archive)

    def broken(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    _source(tmp_path, "one", "今天做了疫苗")
    with monkeypatch.context() as patch:
        patch.setattr("loader.archive.words.readings", broken)
        with pytest.raises(ArchiveError, match="full"):
            _load(archive, one)
    assert _tables(archive) == before
    _load(archive, one)
    assert _tables(archive) == _wanted(archive) != before


def test_what_was_loaded_in_one_go_is_what_was_loaded_one_by_one(tmp_path: Path) -> None:
    paths = sorted(SEEDS.glob("*.txt"))
    _load(tmp_path / "once.db", *paths)
    for path in paths:
        _load(tmp_path / "each.db", path)
    assert _tables(tmp_path / "once.db") == _tables(tmp_path / "each.db")


def test_an_archive_without_words_gets_them_when_it_is_brought_up_to_date(tmp_path: Path) -> None:
    archive = tmp_path / "a.db"
    _load(archive, SEEDS)
    before = _tables(archive)
    with sqlite3.connect(archive) as db:  # as schema 4 was
        db.execute("drop table word")
        db.execute("drop table reading")
        db.execute("delete from setting where name = 'words'")
        db.execute("delete from _sqlite_migrations where name = 'm005_words'")
        unseal(db)
        db.execute("pragma user_version = 4")
    with Writer(archive):
        pass
    assert _tables(archive) == before
    store = open_archive(archive)
    assert store.check().problems == ()
    store.close()


@pytest.mark.parametrize(
    "damage",
    [
        "update word set documents = documents + 1 where word = '核酸'",
        "delete from word where word = '核酸'",
        "insert into word values ('不在', 1)",
        "delete from reading where key = 'hesuan'",
        "insert into reading values ('hesuan', '检测')",
    ],
)
def test_check_tells_wrong_words_and_repair_makes_them_anew(tmp_path: Path, damage: str) -> None:
    archive = tmp_path / "a.db"
    _load(archive, _source(tmp_path, "one", "今天做了核酸检测"))
    before = _tables(archive)
    with sqlite3.connect(archive) as db:
        db.execute(damage)
    store = open_archive(archive)
    (problem,) = store.check().problems
    store.close()
    assert problem.startswith("1 words of the archive are wrong")
    with Writer(archive) as writer:
        writer.repair()
    assert _tables(archive) == before


def test_words_of_another_version_are_told_and_search_goes_on(
    archive_of: Callable[..., ArchiveStore],
) -> None:
    store = archive_of(a=TEXT.format(said="今天做了核酸检测"))
    assert store.vetted() is None
    with sqlite3.connect(store.path) as db:
        assert db.execute("select value from setting where name = 'words'").fetchone() == (
            lexicon.fingerprint(),
        )
        db.execute("update setting set value = 'jieba 0.1' where name = 'words'")
    note = store.vetted()
    assert note is not None
    assert "check --repair" in note
    speak("zh")
    assert "重建" in told(note)
    speak("en")
    assert store.check().problems == (note,)
    assert store.search("核酸").hits
    assert store.search("hesuan").hits
    with sqlite3.connect(store.path) as db:
        db.execute("delete from setting where name = 'words'")
    assert store.vetted() == note
    with Writer(store.path) as writer:
        writer.repair()
    assert store.vetted() is None


def test_two_threads_may_read_their_first_words_at_once() -> None:
    """A load reads words in one thread while another names briefings; each imports pypinyin for itself."""
    code = """
import sys
from threading import Barrier, Thread
from types import SimpleNamespace
from loader import pinyin
from loader.archive import ids
sys.setswitchinterval(1e-6)
both, made = Barrier(2), []
def read(what):
    both.wait()
    made.append(what())
named = SimpleNamespace(place="潍坊市", date=None, ordinal=None)
ways = [lambda: pinyin.readings("核酸检测点"), lambda: ids.stem(named)]
threads = [Thread(target=read, args=(way,)) for way in ways]
[one.start() for one in threads]
[one.join() for one in threads]
assert len(made) == 2
"""
    for _ in range(5):
        subprocess.run([sys.executable, "-c", code], check=True)
