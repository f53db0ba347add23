"""The index asked for the rare tokens first: what is asked, how it is known, and that it misses nothing."""

from __future__ import annotations

import random
import shutil
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loader.archive import common
from loader.archive.writer import Writer
from loader.load import load
from loader.read import find
from loader.text import Fold, grams, neighbours
from tests.conftest import SEEDS
from tui.store.archive import ArchiveStore, open_archive
from tui.store.plan import LOOK, SEEK, Commonness, commonness

NUMBERS = st.text("0189.,%:/-万 核", min_size=1, max_size=12)


@pytest.fixture
def known(seeds_archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The seeds, as if they were many: all their passages are the sample."""
    path = tmp_path / "known.db"
    shutil.copy(seeds_archive, path)
    monkeypatch.setattr(common, "LEAST", 1)
    monkeypatch.setattr(common, "SAMPLE", _count(path))
    with Writer(path) as writer, writer.db.atomic():
        common.estimate(writer.db, writer.fold)
    return path


def _count(path: Path) -> int:
    with sqlite3.connect(path) as db:
        return int(db.execute("select count(*) from passage").fetchone()[0])


@given(NUMBERS, st.integers(0, 11), st.integers(1, 12))
def test_what_holds_a_term_has_all_its_neighbours(text: str, start: int, size: int) -> None:
    term = text[start : start + size]
    assert not term or set(neighbours(term)) <= set(grams(text).split(" "))


@pytest.mark.parametrize(
    ("term", "tokens"),
    [
        ("核", ["核"]),
        ("核酸", ["核酸"]),
        ("核酸检", ["核酸", "酸检"]),
        ("12", ["12"]),
        ("1.86万", ["1.8", ".86", "6万"]),
        ("6月12日", ["6月", "月1", "12", "2日"]),
        ("核酸核酸", ["核酸", "酸核"]),
        ("10混1", ["10", "0混", "混1"]),
    ],
)
def test_numbers_are_asked_for_by_three_characters(term: str, tokens: list[str]) -> None:
    assert neighbours(term) == tokens


def test_the_sample_counts_as_a_scan_does(known: Path) -> None:
    with sqlite3.connect(known) as db:
        fold = Fold(*db.execute("select value from setting where name = 'traditional_pairs'").fetchone())
        texts = [set(grams(fold(text)).split(" ")) for (text,) in db.execute("select text from passage")]
        counted = dict(db.execute("select token, passages from common"))
    assert len(counted) > 100
    for token, number in counted.items():
        assert number == sum(token in one for one in texts) >= common.SEEN
    assert {token for one in texts for token in one if token not in counted}


def _known_of(counts: dict[str, int], passages: int) -> Commonness:
    db = sqlite3.connect(":memory:")
    db.execute("create table common (token text primary key, passages int)")
    db.executemany("insert into common values (?, ?)", counts.items())
    return Commonness(db, passages, 1000)


def test_the_rarest_is_asked_for_and_others_while_they_pay() -> None:
    tokens = ["甲乙", "丙丁", "戊己"]
    counts = {"甲乙": 500, "丙丁": 10, "戊己": 250}
    for char in "甲乙丙丁戊己":
        counts[char] = 600
    assert list(_known_of(counts, 0).rarest(tokens)) == tokens
    assert list(_known_of(counts, 1_000_000).rarest(tokens)) == ["丙丁", "戊己"]
    assert list(_known_of(counts | {"丙丁": 1}, 1_000_000).rarest(tokens)) == ["丙丁"]
    assert list(_known_of(counts, 1_000_000).rarest([*tokens, "庚辛"]))[:1] == ["庚辛"]
    assert SEEK > LOOK  # one passage is sooner looked at than sought among others
    assert list(_known_of(counts | {"甲乙": 900}, 1_000).rarest(["甲乙", "庚辛"])) == ["庚辛"]


def test_a_neighbour_that_goes_with_the_rarest_does_not_pay() -> None:
    """的篾 stands nearly always in 的篾匠: 篾匠 leaves nothing out, 疫苗 does."""
    counts = {"的篾": 10, "篾匠": 11, "篾": 11, "匠": 12, "的": 700, "疫苗": 150, "疫": 200, "苗": 160}
    assert list(_known_of(counts, 1_000_000).rarest(["疫苗", "的篾", "篾匠"])) == ["的篾", "疫苗"]


def test_with_estimates_nothing_is_missed(known: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Substrings drawn by a seed, on an archive that is taken for a huge one and for a small one."""
    with sqlite3.connect(known) as db:
        fold = Fold(*db.execute("select value from setting where name = 'traditional_pairs'").fetchone())
        texts = {number: fold(text) for number, text in db.execute("select id, text from passage")}
    dice = random.Random(5)
    terms = {_piece(dice, dice.choice(list(texts.values()))) for _ in range(600)}
    for few in (0, 1, 10_000_000):
        monkeypatch.setattr("tui.store.plan.LOOK", few)
        store = open_archive(known)
        for term in terms:
            found = {hit.rowid for hit in _exact(store, term)}
            assert found == {number for number, text in texts.items() if term in text}, (term, few)
        store.close()


def _piece(dice: random.Random, text: str) -> str:
    start = dice.randrange(len(text))
    return text[start : start + dice.randint(1, 8)]


def _exact(store: ArchiveStore, term: str) -> list:  # type: ignore[type-arg]
    page = store.search('"' + term.replace('"', '""') + '"', limit=100_000)
    return [hit for hit in page.hits if hit.lane == "exact"]


def test_fewer_tokens_are_asked_for_where_it_is_known_what_is_rare(known: Path) -> None:
    with sqlite3.connect(known) as db:
        tokens = neighbours("新冠病毒核酸检测")
        asked = commonness(db).rarest(tokens)
        assert 0 < len(asked) < len(tokens)


def _parts(archive: Path) -> int:
    """In how many parts FTS5 keeps the index."""
    with sqlite3.connect(archive) as db:
        return int(db.execute("select count(distinct segid) from passage_grams_idx").fetchone()[0])


def _load(archive: Path, *paths: Path) -> None:
    with Writer(archive) as writer:
        for _ in load(find([str(path) for path in paths]), writer):
            pass


def test_an_index_much_of_which_is_new_is_put_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = tmp_path / "a.db"
    files = sorted(one for one in SEEDS.iterdir() if one.is_file())
    monkeypatch.setattr("loader.archive.maintenance._MUCH", 0)
    for file in files:
        _load(archive, file)
    assert _parts(archive) > 1
    monkeypatch.undo()
    for file in files:
        (tmp_path / file.name).write_text(file.read_text("utf-8").replace("。", "！"), "utf-8")
    _load(archive, *(tmp_path / file.name for file in files))
    assert _parts(archive) == 1
    store = open_archive(archive)
    assert store.check().problems == ()
    store.close()


def test_estimates_follow_the_size_of_the_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = tmp_path / "a.db"
    files = sorted(one for one in SEEDS.iterdir() if one.is_file())
    _load(archive, files[0])
    assert _estimated(archive) == 0
    monkeypatch.setattr(common, "LEAST", 1)
    _load(archive, files[1])
    passages = _count(archive)
    assert _estimated(archive) == passages
    _load(archive, *files)
    assert passages * common.GROWN < _count(archive) == _estimated(archive)


def _estimated(archive: Path) -> int:
    """Of how many passages the estimates are."""
    with sqlite3.connect(archive) as db:
        return int(db.execute("select value from setting where name = 'common_of'").fetchone()[0])
