"""Shared fixtures: an archive of the bundled seeds, made once; small archives made on the spot."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants

from loader.archive.writer import Writer
from loader.load import load
from loader.read import find
from loader.seal import SOURCE, of_settings, seal
from tui import log
from tui.store.archive import ArchiveStore, open_archive

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"

for name, same in {"same": True, "nightly": False}.items():
    # the same examples each time and on every machine, however slow; `--hypothesis-profile=nightly` draws
    # new ones (`.ci/nightly`), as do `bench/fuzz.py` and `bench/damage.py`
    settings.register_profile(
        name,
        max_examples=40 if same else 200,
        derandomize=same,
        deadline=None,
        print_blob=not same,  # what it takes to draw the same example again
        suppress_health_check=[HealthCheck.too_slow],
    )
settings.load_profile("same")


def pytest_xdist_auto_num_workers() -> int:
    """For `-n auto` two processes more than there are processors: a test in a terminal mostly waits."""
    ours = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return ours + 2


@pytest.fixture(autouse=True)
def _same_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """A seed draws the same examples: else Hypothesis mixes in the numbers and strings of all modules loaded,
    so that what is drawn changes with every line of ours, and with the tests run before."""
    if settings().derandomize:
        providers.CONSTANTS_CACHE.cache.clear()
        monkeypatch.setattr(providers, "_get_local_constants", Constants)


def without_asides(db: sqlite3.Connection) -> None:
    """Make an archive of schema 8, which searches nothing but passages, out of one of this schema."""
    db.execute("drop table aside_grams")
    db.execute("drop table aside")
    db.execute("update setting set value = '4' where name = 'index_version'")
    settings = of_settings(db.execute)
    db.execute("update setting set value = ? where name = 'seal'", (settings,))
    db.execute("delete from _sqlite_migrations where name = 'm009_asides'")
    db.execute("pragma user_version = 8")


def without_how(db: sqlite3.Connection) -> None:
    """Make an archive of schema 7, which does not know how a source was read, out of one of this schema."""
    without_asides(db)
    db.execute("alter table source drop column how")
    columns = ", ".join(SOURCE[:-1])
    for number, *values in db.execute(f"select {columns} from source").fetchall():
        db.execute("update source set seal = ? where id = ?", (seal([number, *values]), number))
    db.execute("delete from _sqlite_migrations where name = 'm008_how'")
    db.execute("pragma user_version = 7")


def without_identity(db: sqlite3.Connection) -> None:
    """Make an archive of schema 6 out of one of this schema."""
    without_how(db)
    db.execute("drop index idx_document_same_as_ordinal")
    db.execute("drop index idx_document_same_as_date_key")
    db.execute("create index idx_document_same_as on document (same_as)")
    db.execute("alter table document drop column digest")
    rows = db.execute(
        "select s.path, d.nth, c.field, c.value from correction c"
        " join document d on d.slug = c.slug join source s on s.id = d.source"
    ).fetchall()
    for table in ("copy", "former", "correction"):
        db.execute(f"drop table {table}")
    db.execute(
        "create table correction (path text, nth integer, field text, value text not null, seal blob,"
        " primary key (path, nth, field)) strict"
    )
    sealed = [(*row, seal(*row)) for row in rows]
    db.executemany("insert into correction values (?, ?, ?, ?, ?)", sealed)
    settings = of_settings(db.execute)
    db.execute("update setting set value = ? where name = 'seal'", (settings,))
    db.execute("delete from _sqlite_migrations where name = 'm007_identity'")
    db.execute("pragma user_version = 6")


def unseal(db: sqlite3.Connection) -> None:
    """Make an archive of schema 5, which has no seals, out of one of this schema."""
    without_identity(db)
    for table in ("source", "document", "correction"):
        db.execute(f"alter table {table} drop column seal")
    db.execute("alter table document drop column same_seal")
    db.execute("delete from setting where name = 'seal'")
    db.execute("delete from _sqlite_migrations where name = 'm006_seals'")
    db.execute("pragma user_version = 5")


@pytest.fixture(autouse=True, scope="session")
def _no_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads or writes the files of whoever runs it."""
    home = tmp_path_factory.mktemp("home")
    names = (
        "HOME",
        "XDG_DATA_HOME",
        "XDG_STATE_HOME",
        "XDG_CACHE_HOME",
        "XDG_CONFIG_HOME",
        "BRIEFINGS_ARCHIVE",
    )
    before = {name: os.environ.get(name) for name in names}
    os.environ["HOME"] = str(home)
    for name in names[1:]:
        os.environ.pop(name, None)
    yield
    for name, value in before.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


@pytest.fixture(scope="session")
def seeds_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The path of an archive of the five bundled documents; never written by a test."""
    path = tmp_path_factory.mktemp("archive") / "seeds.db"
    with Writer(path) as writer:
        for _ in load(find([str(SEEDS)]), writer):
            pass
    return path


@pytest.fixture
def seeds(seeds_archive: Path) -> Iterator[ArchiveStore]:
    """An open store over the bundled documents."""
    store = open_archive(seeds_archive)
    yield store
    store.close()


@pytest.fixture
def archive_of(tmp_path: Path) -> Iterator[Callable[..., ArchiveStore]]:
    """Makes an archive of the texts given by file name, and opens it."""
    opened: list[ArchiveStore] = []

    def make(**texts: str) -> ArchiveStore:
        folder = tmp_path / f"texts{len(opened)}"
        folder.mkdir()
        for name, text in texts.items():
            (folder / f"{name}.txt").write_text(text, "utf-8")
        archive = tmp_path / f"made{len(opened)}.db"
        with Writer(archive) as writer:
            for _ in load(find([str(folder)]), writer):
                pass
        opened.append(open_archive(archive))
        return opened[-1]

    yield make
    for store in opened:
        store.close()


@contextmanager
def log_at(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Have the program's log written to a file of the test's own, and closed behind it."""
    monkeypatch.setattr(log, "log_path", lambda: path)
    log.reopen()
    yield path
    log.reopen()
