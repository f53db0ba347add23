"""An archive that is damaged anywhere: `check` finds what changes what is said, and nothing crashes."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bench.damage import Tally, damages
from loader.archive.errors import ArchiveError
from loader.archive.writer import Writer
from loader.load import correct, load
from loader.read import find
from tests.conftest import SEEDS
from tui.store.archive import open_archive
from tui.store.protocol import EmptyArchiveError


def test_damage_at_any_place_is_found_and_crashes_nothing(seeds_archive: Path, tmp_path: Path) -> None:
    """Thirty places drawn by a seed; `bench/damage.py` does five hundred."""
    tally = Tally(seeds_archive, tmp_path)
    for damage in damages(seeds_archive, 30, random.Random(3)):
        tally.look(*damage)
    assert tally.crashes == []
    assert tally.missed == []
    assert tally.changed.total() > 5


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of two prints of one briefing, one of them with a correction, and of a page."""
    folder = tmp_path_factory.mktemp("corrected")
    sources = folder / "sources"
    sources.mkdir()
    text = (SEEDS / "yangzhou-7.txt").read_text("utf-8")
    (sources / "one.txt").write_text(text, "utf-8")
    (sources / "other.txt").write_text(text.replace("。", "！", 5), "utf-8")
    (sources / "page.html").write_text(f"<html><p>{text[:3000].replace(chr(10), '<p>')}</html>", "utf-8")
    with Writer(folder / "a.db") as writer:
        outcomes = [one for batch in load(find([str(sources)]), writer) for one in batch]
        correct(str(outcomes[0].id), {"title": "改过的题目", "date": "2022-05-01"}, writer)
    return folder / "a.db"


HARMS = (
    "update document set title = title || '?' where id = 2",
    "update document set same_as = null where same_as is not null",
    "update document set same_as = id, same_seal = null where same_as is not null",
    "update sketch set hash = hash + 1 where hash = (select max(hash) from sketch)",
    "update speaker set post = '别的' where nth = 1",
    "update question set outlet = '某报' where number = 1",
    "update turn set kind = 'speech' where kind = 'answer'",
    "update turn set label = null where label is not null",
    "update figure set value = '1' where rowid = (select max(rowid) from figure)",
    "delete from gap",
    "delete from figure where rowid = (select max(rowid) from figure)",
    "update source set path = path || 'x'",
    "update source set format = 'word'",
    "update source set parser = 99",
    "update correction set value = '2022-06-01' where field = 'date'",
    "insert into correction select 'nowhere', 'place', '', null",
    "insert into copy select '/nowhere', id, null from source limit 1",
    "insert into former select 'nowhere', '/nowhere', null, null",
    "update document set digest = null where id = 1",
    "update passage set text = replace(text, '疫', '役') where id = (select max(id) from passage)",
    "update passage set turn = turn + 1 where id = (select min(id) from passage)",
    "update variant set folded = '一' where rowid = 1",
    "delete from variant",
    "update block set size = size - 1",
    "update setting set value = replace(value, '國', '图') where name = 'traditional_pairs'",
    "update word set documents = documents + 1 where word = '疫情'",
    "delete from reading where key = 'yiqing'",
    "update passage_grams_idx set pgno = pgno + 2 where term = (select max(term) from passage_grams_idx)",
)


@pytest.fixture
def copy(corrected: Path, tmp_path: Path) -> Path:
    path = tmp_path / "copy.db"
    shutil.copy(corrected, path)
    return path


@pytest.mark.parametrize("harm", HARMS)
def test_what_is_changed_behind_its_back_is_found(copy: Path, harm: str) -> None:
    with closing(open_archive(copy)) as store:
        assert store.check().problems == ()
    with closing(sqlite3.connect(copy)) as db:
        db.executescript(harm)
        assert db.total_changes
        db.commit()
    with closing(open_archive(copy)) as store:
        assert store.check().problems


def test_a_file_in_which_nothing_is_yet_says_so(tmp_path: Path) -> None:
    """A load was killed before it had made the archive."""
    (tmp_path / "a.db").write_bytes(b"")
    with pytest.raises(EmptyArchiveError, match="briefings-tui load"):
        open_archive(tmp_path / "a.db")


@pytest.mark.parametrize(
    "harm",
    ["update setting set value = 'x' where name = 'day_bits'", "delete from setting where name = 'day_bits'"],
)
def test_settings_that_nobody_wrote_end_a_load_with_one_line(copy: Path, harm: str) -> None:
    with closing(sqlite3.connect(copy)) as db:
        db.execute(harm)
        db.commit()
        before = db.execute("select slug from document").fetchall()
    letter = copy.with_name("letter.txt")
    letter.write_text("关于做好防汛工作的公告\n各镇、街道：\n请大家注意安全，做好准备。\n" * 3, "utf-8")
    with pytest.raises(ArchiveError, match="is damaged"), Writer(copy) as writer:
        list(load(find([str(letter)]), writer))
    with closing(sqlite3.connect(copy)) as db:
        assert db.execute("select slug from document").fetchall() == before
