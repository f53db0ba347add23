"""Nothing of a source is hidden from a search: labels and page text are found too, below all else."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loader.archive.writer import Writer
from loader.layout import briefing_range
from loader.load import load
from loader.read import find
from tests.conftest import without_asides
from tests.parse.test_coverage import FRAGMENTS
from tests.tui.browsing import browsing
from tests.tui.fake_store import FakeStore
from tui.cli import run
from tui.language import told
from tui.mending import mend
from tui.screens.source import SourceScreen
from tui.store.archive import ArchiveStore, open_archive
from tui.widgets.reader import Reader

TEXT = """首页 > 新闻中心 > 正文
桐岭市召开第3场新闻发布会
2022年4月1日，桐岭市召开第3场新闻发布会。
主持人：各位记者朋友，大家好。下面请大家提问。
桐岭晚报记者：请问供水什么时候恢复？
陆明远：供水今晚恢复，各小区不再限水。
主持人：今天的发布会到此结束。
责任编辑：顾扬　桐ICP备12345678号
"""


@pytest.fixture
def store(archive_of: Callable[..., ArchiveStore]) -> ArchiveStore:
    """One briefing with page furniture around it."""
    return archive_of(a=TEXT)


def texts(archive: Path) -> dict[int, tuple[str, list[tuple[int, int, str]]]]:
    """For each source its text, and where its passages and asides stand in it."""
    found: dict[int, tuple[str, list[tuple[int, int, str]]]] = {}
    with closing(open_archive(archive)) as store, closing(sqlite3.connect(archive)) as db:
        for slug, source, key, number in db.execute("select slug, source, date_key, id from document"):
            _, stretches = found.setdefault(source, (store.source(slug), []))
            for table in ("passage", "aside"):
                stretches += db.execute(
                    f"select start, stop, text from {table} where id between ? and ?",
                    briefing_range(key, number),
                ).fetchall()
    return found


def assert_all_is_found(archive: Path, dice: random.Random) -> None:
    """Each character that is not blank stands in one text that is searched, and found by what it says."""
    with closing(open_archive(archive)) as store:
        for text, stretches in texts(archive).values():
            at = 0
            for start, stop, said in sorted(stretches):
                assert not text[at:start].strip()
                assert text[start:stop] == said
                at = stop
            assert not text[at:].strip()
            for _, _, said in dice.sample(stretches, min(len(stretches), 12)):
                length = dice.randrange(1, min(len(said), 24) + 1)
                first = dice.randrange(len(said) - length + 1)
                piece = " ".join(said[first : first + length].replace('"', " ").split())
                if piece.strip("“”") == piece != "":
                    hits = store.search(f'"{piece}"', limit=100_000).hits
                    assert any(hit.text == said for hit in hits), piece


def test_every_character_of_the_samples_is_found(seeds_archive: Path) -> None:
    assert_all_is_found(seeds_archive, random.Random(1))


@settings(max_examples=max(10, settings().max_examples // 5))  # each of them is an archive
@given(parts=st.lists(FRAGMENTS, min_size=1, max_size=30), seed=st.integers(0, 999))
def test_every_character_of_a_made_up_text_is_found(
    tmp_path_factory: pytest.TempPathFactory, parts: list[str], seed: int
) -> None:
    folder = tmp_path_factory.mktemp("texts")
    (folder / "a.txt").write_text("\n".join(parts), "utf-8")
    with Writer(folder / "a.db") as writer:
        for _ in load(find([str(folder / "a.txt")]), writer):
            pass
    if (folder / "a.db").exists():
        assert_all_is_found(folder / "a.db", random.Random(seed))


def test_labels_and_page_text_come_last_each_under_its_name(store: ArchiveStore) -> None:
    assert [(hit.lane, hit.text) for hit in store.search("桐岭").hits] == [
        ("exact", "桐岭市召开第3场新闻发布会"),
        ("exact", "2022年4月1日，桐岭市召开第3场新闻发布会。"),
        ("label", "桐岭晚报记者："),
    ]
    (label,) = store.search("晚报记者").hits
    assert (label.lane, label.question, label.kind) == ("label", 1, "question")
    (page,) = store.search("责任编辑").hits
    assert (page.lane, page.kind) == ("page", "noise")
    assert page.at == TEXT.index("责任编辑")
    assert [page.text[span.start : span.end] for span in page.spans] == ["责任编辑"]


def test_counts_tell_what_stands_beside_the_passages(store: ArchiveStore) -> None:
    count = store.count("桐岭")
    assert (count.passages, count.briefings, count.beside) == (2, 1, 1)
    assert store.count("place:桐岭 -供水").beside == 0, "no words are asked for"
    assert store.count("in:noise").beside == 2
    assert {hit.lane for hit in store.search("in:noise").hits} == {"page"}


def test_filters_and_exclusions_hold_for_page_text(store: ArchiveStore) -> None:
    assert store.search("责任编辑 place:桐岭").hits
    assert not store.search("责任编辑 place:青岛").hits
    assert not store.search("责任编辑 -顾扬").hits
    assert not store.search("责任编辑 -备123").hits
    assert not store.search("责任编辑 date:2021").hits
    assert store.search("责任编辑 | 首页").hits


def test_page_text_is_none_of_what_a_transcript_is_read_or_compared_by(store: ArchiveStore) -> None:
    (row,) = store.briefings()
    transcript = store.transcript(row.id)
    said = "".join(one.text for turn in transcript.turns for one in turn.passages)
    assert "责任编辑" not in said
    assert "首页" not in said
    assert not any("编辑" in term for term in row.terms)
    assert transcript.find(store.search("责任编辑").hits[0].rowid) is None
    within = store.search("责任编辑", within=row.id)
    assert within.hits == ()
    assert [told(note) for note in within.notes] == ["only in labels or page text: v shows the source"]


def test_the_command_line_tells_lane_and_count(
    store: ArchiveStore, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--archive", str(store.path), "search", "责任编辑"]) == 0
    shown = capsys.readouterr()
    assert "(page text)" in shown.out
    assert "no passage holds '责任编辑'; in labels and page text: 1" in shown.err
    assert run(["--archive", str(store.path), "search", "--json", "桐岭"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["count"], told["beside"], told["hits"][-1]["lane"]) == (2, 1, "label")
    assert run(["--archive", str(store.path), "search", "--json", "--why", "责任编辑"]) == 0
    (hit,) = json.loads(capsys.readouterr().out)["hits"]
    assert hit["why"]["terms"][0]["term"] == "责任编辑"


@pytest.mark.parametrize(
    "harm",
    [
        "delete from aside where id = (select min(id) from aside)",
        "update aside set text = '别的话' where id = (select max(id) from aside)",
        "insert into aside select id + 1, turn, start, stop, text from aside order by id desc limit 1",
        "insert into aside_grams (rowid, grams) values (7, '责 任')",
    ],
)
def test_what_is_wrong_beside_the_passages_is_found_and_mended(store: ArchiveStore, harm: str) -> None:
    with closing(sqlite3.connect(store.path)) as db:
        db.execute(harm)
        db.commit()
    with closing(open_archive(store.path)) as harmed:
        report = harmed.check()
        assert report.problems
        assert report.derived
    mend(store.path)
    with closing(open_archive(store.path)) as mended:
        assert mended.check().problems == ()
        assert mended.search("责任编辑").hits


def test_an_archive_that_searched_passages_alone_finds_page_text_after_the_next_load(
    store: ArchiveStore, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(store.path)) as db:
        without_asides(db)
        db.commit()
    (tmp_path / "b.txt").write_text(TEXT.replace("桐岭", "柳湾"), "utf-8")
    with Writer(store.path) as writer:
        assert [one.status for batch in load(find([str(tmp_path / "b.txt")]), writer) for one in batch] == [
            "loaded"
        ]
    with closing(open_archive(store.path)) as upgraded:
        assert upgraded.check().problems == ()
        assert len(upgraded.search("责任编辑").hits) == 2


async def test_enter_shows_page_text_in_its_source_and_a_label_at_its_question(store: ArchiveStore) -> None:
    async with browsing(store=cast(FakeStore, store)) as browser:
        await browser.press("/", *"责任编辑", "enter")
        assert isinstance(browser.app.screen, SourceScreen)
        reader = browser.app.screen.query_one(Reader)
        assert reader.transcript is not None
        assert reader.place is not None
        line = reader.transcript.turns[reader.place.turn].passages[reader.place.passage]
        assert "责任编辑" in line.text
        await browser.press("escape")
        assert "page text" in "\n".join(browser.text())
        await browser.press("escape", "escape", "/", *"晚报记者", "enter")
        assert browser.screen.transcript is not None
        assert browser.screen.standing is not None
        assert browser.screen.standing.question == 1


async def test_a_search_within_the_transcript_says_what_only_its_source_holds(store: ArchiveStore) -> None:
    async with browsing(store=cast(FakeStore, store)) as browser:
        await browser.press("enter", "f", *"责任编辑")
        assert "v shows the source" in browser.screen.notice
        await browser.press("escape", "f", *"供水")
        assert "v shows the source" not in browser.screen.notice


async def test_commands_on_page_text_copy_it_or_say_that_it_is_in_no_transcript(store: ArchiveStore) -> None:
    async with browsing(store=cast(FakeStore, store)) as browser:
        await browser.press("/", *"责任编辑", "escape", "B")
        assert "no transcript" in browser.screen.notice
        assert browser.state.bookmarks() == ()
        await browser.press("v")
        assert isinstance(browser.app.screen, SourceScreen)
        await browser.press("escape", "y")
        assert "责任编辑：顾扬" in browser.app.clipboard
