"""The personal state: an older program's file is read and may be written by it meanwhile; nothing is lost."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tui.state import VERSION, Bookmark, Selector, State

OLD = """
create table place (
    briefing text primary key, passage integer not null, seen real not null
) strict;
create table bookmark (
    briefing text not null, passage integer not null, words text not null, note text not null,
    made real not null, primary key (briefing, passage)
) strict;
create table search (
    query text primary key, name text, used real not null
) strict;
insert into place values ('a', 11, 1.0);
insert into bookmark values ('a', 12, '2022-03-25 潍坊 第12场  ＡＢ 型血浆已经备足…', '血', 2.0);
insert into search values ('核酸', null, 3.0);
"""
"""As 0.1.0 made it."""
HERE = Selector(21, 300, "孕产妇就医", "大家好。", "请走绿色通道")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A state file of 0.1.0."""
    with sqlite3.connect(tmp_path / "state.db") as db:
        db.executescript(OLD)
    return tmp_path / "state.db"


def old_program(path: Path, *steps: str) -> None:
    """What a session of 0.1.0 does to the file: it names no columns."""
    with sqlite3.connect(path, isolation_level=None) as db:
        for step in steps:
            db.execute(step)


def test_an_older_file_is_brought_up_to_date_and_nothing_of_it_is_lost(path: Path) -> None:
    state = State(path)
    assert state.place("a") == Selector(11)
    (mark,) = state.bookmarks()
    assert mark[:4] == ("a", 12, "2022-03-25 潍坊 第12场  ＡＢ 型血浆已经备足…", "血")
    assert mark.selector == Selector(12, None, "ab型血浆已经备足")
    assert [one.query for one in state.searches()] == ["核酸"]
    with sqlite3.connect(path) as db:
        assert db.execute("pragma user_version").fetchone() == (VERSION,)


def test_what_selects_a_passage_is_kept(path: Path) -> None:
    state = State(path)
    state.leave("b", HERE)
    state.bookmark(Bookmark("b", 21, "词", "", HERE))
    state.close()
    again = State(path)
    assert again.place("b") == HERE
    assert again.bookmarks()[0] == Bookmark("b", 21, "词", "", HERE)


def test_an_older_program_may_write_the_file_meanwhile(path: Path) -> None:
    state = State(path)
    state.leave("b", HERE)
    state.bookmark(Bookmark("b", 21, "词", "", HERE))
    old_program(
        path,
        "insert into place values ('b', 99, 1.0)"
        " on conflict (briefing) do update set passage = excluded.passage",
        "insert into bookmark values ('b', 5, '无日期  别的话', '', 1.0)",
        "insert into bookmark values ('b', 21, '无日期  又一段', '旧', 1.0) on conflict (briefing, passage)"
        " do update set note = excluded.note, words = excluded.words",
        "delete from bookmark where briefing = 'a'",
    )
    assert state.place("b") == Selector(99)  # what it says of its place holds, not the words of another
    marks = {mark.passage: mark for mark in state.bookmarks()}
    assert marks.keys() == {5, 21}
    assert marks[5].selector == Selector(5, None, "别的话")
    assert (marks[21].note, marks[21].selector) == ("旧", Selector(21, None, "又一段"))


def test_a_number_that_is_another_passage_s_by_now_takes_no_bookmark_from_it(path: Path) -> None:
    state = State(path)
    other = HERE._replace(exact="社区上门服务")
    state.bookmark(Bookmark("b", 21, "词", "一", HERE))
    state.bookmark(Bookmark("b", 21, "另一段", "二", other))
    state.bookmark(Bookmark("b", 21, "再一段", "三", other))
    marks = {mark.words: mark for mark in state.bookmarks()}
    assert {words: mark.note for words, mark in marks.items() if mark.briefing == "b"} == {
        "词": "一",
        "另一段": "二",
        "再一段": "三",
    }
    assert (marks["词"].selector, marks["另一段"].selector) == (HERE, other)
    state.bookmark(marks["另一段"]._replace(note="改"))
    state.unmark("b", marks["再一段"].passage)
    assert {mark.note for mark in state.bookmarks()} == {"血", "一", "改"}


def test_a_bookmark_found_elsewhere_stays_one_and_keeps_its_note(path: Path) -> None:
    state = State(path)
    state.bookmark(Bookmark("b", 21, "词", "一", HERE))
    state.bookmark(Bookmark("b", 40, "占", "二", HERE._replace(rowid=40)))
    mark = next(mark for mark in state.bookmarks() if mark.note == "一")
    state.moved(mark, HERE._replace(rowid=31))
    state.moved(next(mark for mark in state.bookmarks() if mark.note == "一"), HERE._replace(rowid=40))
    found = {mark.note: mark for mark in state.bookmarks()}
    assert found.keys() == {"血", "一", "二"}
    assert found["一"].passage == 31
    assert found["一"].selector == HERE._replace(rowid=40)
    old_program(path, "delete from bookmark")
    state.moved(mark, HERE)
    assert state.bookmarks() == ()


def test_an_older_file_that_cannot_be_written_is_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.connect

    def read_only(target: str, **options: object) -> sqlite3.Connection:
        db = connect(target, **options)  # type: ignore[call-overload]
        db.execute("pragma query_only = on") if target != ":memory:" else None
        return db  # type: ignore[no-any-return]

    monkeypatch.setattr(sqlite3, "connect", read_only)
    state = State(path)
    assert state.note
    assert [mark.note for mark in state.bookmarks()] == ["血"]
    state.bookmark(Bookmark("b", 21, "词", "一", HERE))
    assert {mark.note for mark in state.bookmarks()} == {"血", "一"}


def test_a_newer_file_is_used_and_its_version_stays(path: Path) -> None:
    State(path).close()
    with sqlite3.connect(path) as db:
        db.execute(f"pragma user_version = {VERSION + 1}")
    State(path).bookmark(Bookmark("b", 21, "词", "一", HERE))
    with sqlite3.connect(path) as db:
        assert db.execute("pragma user_version").fetchone() == (VERSION + 1,)
        assert db.execute("select count(*) from bookmark").fetchone() == (2,)
