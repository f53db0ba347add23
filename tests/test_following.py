"""An archive that is written while it is open: the store notices, and what was opened stays readable."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from loader.archive.writer import Writer
from loader.load import load
from loader.read import find
from tui.store.archive import ArchiveStore, open_archive
from tui.store.protocol import StoreError

TEXT = """第{n}场新闻发布会
2022年3月{n}日
主持人：各位记者朋友，大家好。
某报记者：请问疫苗接种进展如何？
王五：{said}，全市接种有序推进。
王五：各接种点延长服务时间。
"""


def put(archive: Path, folder: Path, **said: str) -> None:
    """Load briefings by their day: what is said in each."""
    folder.mkdir(exist_ok=True)
    for day, words in said.items():
        (folder / f"{day}.txt").write_text(TEXT.format(n=int(day[1:]), said=words), "utf-8")
    with Writer(archive) as writer:
        for _ in load(find([str(folder)]), writer):
            pass


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ArchiveStore]:
    put(tmp_path / "a.db", tmp_path / "texts", d11="老人优先", d12="学生优先")
    opened = open_archive(tmp_path / "a.db")
    yield opened
    opened.close()


def test_a_load_is_noticed_once_the_list_was_asked_for(store: ArchiveStore, tmp_path: Path) -> None:
    assert len(store.briefings()) == 2
    assert not store.changed()
    put(tmp_path / "a.db", tmp_path / "texts", d13="职工优先")
    assert store.changed()
    assert len(store.briefings()) == 3
    assert not store.changed()


def test_loading_what_is_there_already_is_no_change(store: ArchiveStore, tmp_path: Path) -> None:
    store.briefings()
    put(tmp_path / "a.db", tmp_path / "texts")
    assert not store.changed()


def test_searching_in_between_hides_no_change(store: ArchiveStore, tmp_path: Path) -> None:
    store.briefings()
    put(tmp_path / "a.db", tmp_path / "texts", d13="职工优先")
    assert store.search("职工优先").hits
    assert store.changed()


def test_an_archive_put_in_its_place_is_opened(store: ArchiveStore, tmp_path: Path) -> None:
    store.briefings()
    opened = store.open(store.briefings()[0].id)
    put(tmp_path / "b.db", tmp_path / "others", d21="军人优先")
    (tmp_path / "b.db").replace(tmp_path / "a.db")
    assert store.changed()
    assert [row.date for row in store.briefings()] == ["2022-03-21"]
    assert store.search("军人优先").hits
    assert not store.search("老人优先").hits
    assert opened.replaced
    assert not store.changed()


def test_what_is_no_archive_is_told_once_and_the_one_before_stays_open(
    store: ArchiveStore, tmp_path: Path
) -> None:
    store.briefings()
    (tmp_path / "b.db").write_text("not an archive at all " * 100)
    (tmp_path / "b.db").replace(tmp_path / "a.db")
    with pytest.raises(StoreError, match="not a SQLite file"):
        store.changed()
    assert not store.changed()
    assert len(store.briefings()) == 2


def test_a_text_knows_when_the_archive_holds_another(store: ArchiveStore, tmp_path: Path) -> None:
    kept, changed = (store.open(row.id) for row in store.briefings())
    for one in (kept, changed):
        for parts in (one.turns, one.questions):
            for _ in parts.complete():  # type: ignore[attr-defined]
                pass
    put(tmp_path / "a.db", tmp_path / "texts", d11="医生优先")
    assert (kept.replaced, changed.replaced) == (False, True)
    for turn_at, turn in enumerate(changed.turns):
        for at, passage in enumerate(turn.passages):
            assert changed.find(passage.rowid) == (turn_at, at), "what was read whole is found in it"


@pytest.mark.parametrize("what", ["changed", "gone"])
def test_older_hits_follow_a_hit_that_has_changed_its_briefing(
    store: ArchiveStore, tmp_path: Path, what: str
) -> None:
    first = store.search("优先", limit=1)
    assert first.more
    if what == "gone":
        with Writer(tmp_path / "a.db") as writer:
            writer.forget(str(tmp_path / "texts" / "d12.txt"))
    else:
        text = (tmp_path / "texts" / "d12.txt").read_text("utf-8").replace("3月12日", "5月12日")
        (tmp_path / "texts" / "d12.txt").write_text(text, "utf-8")
        put(tmp_path / "a.db", tmp_path / "texts")
    older = store.search("优先", before=first.hits[-1].rowid)
    assert "老人优先" in older.hits[-1].text
