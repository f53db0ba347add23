"""A file that somebody else made: nothing in it runs, and what is wrong with it is said."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database

from loader.archive.errors import ArchiveError
from loader.archive.schema import migrations
from loader.archive.writer import Writer
from loader.guard import TABLES, missing, stranger
from loader.layout import SCHEMA_VERSION
from tui.store.archive import open_archive
from tui.store.protocol import StoreError

_FORGED = (
    "create table more (a); pragma writable_schema = on;"
    " update sqlite_master set sql = '{}' where name = 'more'; pragma writable_schema = off"
)
"""A table in name that is something else."""
HARMS = {
    "create trigger t after insert on source begin delete from correction; end": "trigger 't'",
    "create trigger t after update of value on setting begin select 1; end": "trigger 't'",
    "create view v as select 1": "view 'v'",
    "create temp view v as select 1; create view document_ as select * from document": "view 'document_'",
    "alter table turn rename to turns; create view turn as select * from turns": "view 'turn'",
    "create virtual table extra using fts5 (x)": "virtual table 'extra'",
    "drop table passage_grams; create table passage_grams (grams text)": "in place of an index",
    "drop table passage_grams; create virtual table passage_grams using fts4 (grams)": "'passage_grams'",
    "drop table passage_grams; create virtual table passage_grams using fts5 (grams, content='source')": (
        "'passage_grams'"
    ),
    "drop table gap; create table gap (document int, at int, reason text as (at || 'x'))": (
        "computed column in 'gap'"
    ),
    "drop table gap; create table gap (document int, at int, reason text as/**/(at||at) stored)": (
        "computed column in 'gap'"
    ),
    "drop table gap; create table gap (document int, at int, reason text generated always as (at))": (
        "computed column in 'gap'"
    ),
    "drop table gap; create table gap (document int, at int, reason text as/*(*/(hex(zeroblob(9))))": (
        "a call of hex() in the table 'gap'"
    ),
    "create table more (a, b as (a || a))": "computed column in 'more'",
    "create table more (a check (a > randomblob(9)))": "a call of randomblob() in the table 'more'",
    "create table more (a default (hex(zeroblob(9))))": "computed default in 'more'",
    "create index more on gap (printf('%9d', at))": "a call of printf() in the index 'more'",
    "create index more on gap (at) where replace(at, 1, 2) > 1": "a call of replace() in the index 'more'",
    "create index more on gap (at) where at like '%%%%%%%%x'": "a call of like() in the index 'more'",
    _FORGED.format("create view more as select 1"): "the view 'more'",
    _FORGED.format("create trigger more after insert on gap begin select 1; end"): "the trigger 'more'",
    _FORGED.format("create virtual table more using fts5 (x)"): "the virtual table 'more'",
    _FORGED.format("create table other (a)"): "the table 'more'",
    ";".join(f"create table more{n} (a)" for n in range(1_001)): "more than 1,000 tables",
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
    shadows = {name for name in names if name.startswith(("passage_grams_", "aside_grams_"))}
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
        assert HARMS[harm] in error or (
            harm.startswith(_FORGED[:40]) and "malformed database schema" in error
        )
        assert str(copy) in error
        assert "\n" not in error
    assert copy.read_bytes() == before


def test_every_older_schema_of_ours_is_let_be(tmp_path: Path) -> None:
    for steps in range(1, SCHEMA_VERSION + 1):
        db = Database(tmp_path / f"{steps}.db")
        names = [one.name for one in migrations.pending(db)]
        migrations.apply(db, stop_before=names[steps] if steps < len(names) else None)
        assert stranger(db.execute) is None, steps
        db.close()


def test_statistics_of_sqlite_are_let_be(copy: Path) -> None:
    with sqlite3.connect(copy) as db:
        db.execute("analyze")
        assert stranger(db.execute) is None


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
