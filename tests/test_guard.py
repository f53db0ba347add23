"""A file that somebody else made: nothing in it runs, and what is wrong with it is said."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from loader.archive.errors import ArchiveError
from loader.archive.writer import Writer
from loader.guard import TABLES, missing, stranger
from tui.store.archive import open_archive
from tui.store.protocol import StoreError

HARMS = {
    "create trigger t after insert on source begin delete from correction; end": "trigger 't'",
    "create trigger t after update of value on setting begin select 1; end": "trigger 't'",
    "create view v as select 1": "view 'v'",
    "create temp view v as select 1; create view document_ as select * from document": "view 'document_'",
    "alter table turn rename to turns; create view turn as select * from turns": "view 'turn'",
    "create virtual table extra using fts5 (x)": "virtual table 'extra'",
    "drop table passage_grams; create table passage_grams (grams text)": "in place of an index",
    "drop table passage_grams; create virtual table passage_grams using fts4 (grams)": "'passage_grams'",
    "drop table gap; create table gap (document int, at int, reason text as (hex(zeroblob(9))) stored)": (
        "computed column in 'gap'"
    ),
}


@pytest.fixture
def copy(seeds_archive: Path, tmp_path: Path) -> Path:
    path = tmp_path / "copy.db"
    shutil.copy(seeds_archive, path)
    return path


def test_an_archive_has_these_tables_and_no_others(seeds_archive: Path) -> None:
    with sqlite3.connect(seeds_archive) as db:
        names = {name for (name,) in db.execute("select name from sqlite_master where type = 'table'")}
        assert stranger(db.execute) is None
        assert missing(db.execute) == []
    shadows = {name for name in names if name.startswith("passage_grams_")}
    assert names - shadows - {"_sqlite_migrations"} == TABLES


@pytest.mark.parametrize("harm", HARMS, ids=list(HARMS.values()))
def test_what_could_run_is_refused_before_it_does(copy: Path, harm: str) -> None:
    with sqlite3.connect(copy) as db:
        db.executescript(harm)
    before = copy.read_bytes()
    with pytest.raises(StoreError) as read:
        open_archive(copy)
    with pytest.raises(ArchiveError) as written:
        Writer(copy)
    for error in (str(read.value), str(written.value)):
        assert HARMS[harm] in error
        assert str(copy) in error
        assert "\n" not in error
    assert copy.read_bytes() == before


@pytest.mark.parametrize("table", sorted(TABLES - {"setting"}))
def test_a_missing_table_is_named(copy: Path, table: str) -> None:
    with sqlite3.connect(copy) as db:
        db.execute(f"drop table {table}")
    with pytest.raises(StoreError, match=table):
        open_archive(copy)


def test_another_table_of_ones_own_is_let_be(copy: Path) -> None:
    with sqlite3.connect(copy) as db:
        db.execute("create table notes (text)")
    store = open_archive(copy)
    assert store.search("核酸").hits
    store.close()


def test_a_reader_cannot_write(copy: Path) -> None:
    store = open_archive(copy)
    for db in (store._db, store._search_db):
        for sql in ("delete from turn", "create table x (y)", "pragma user_version = 9"):
            with pytest.raises(sqlite3.OperationalError):
                db.execute(sql)
    store.close()
