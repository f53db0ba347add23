"""An archive is made by its first source, whole, and nobody removes or replaces one that others made."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest

import tui.loading
from loader.archive.making import create
from loader.archive.writer import Writer
from loader.load import load
from loader.read import find
from tests.conftest import SEEDS, unseal
from tests.processes import ended, go_on, started, wait_for_pause
from tui.browse import build_from_seeds
from tui.loading import load_paths
from tui.store.archive import open_archive

TEXT = """# 苏州市第{number}场新闻发布会

时间：2022年4月{number}日

主持人：大家好。

张三：第{number}场说的是核酸检测。
"""
NO_LINKS = """
import errno, os

def refuse(*_):
    raise OSError(errno.EPERM, "no links here")

os.link = refuse
"""


def _sources(archive: Path) -> set[str]:
    """The names of the sources of an archive, which is whole; none where there is no archive."""
    if not archive.exists():
        return set()
    with closing(open_archive(archive)) as store:
        assert store.check().problems == ()
    with closing(sqlite3.connect(archive)) as db:
        return {Path(path).name for (path,) in db.execute("select path from source")}


def _made_by_another(archive: Path) -> None:
    with Writer(archive) as writer:
        for _ in load(find([str(SEEDS / "yangzhou-7.txt")]), writer):
            pass


@pytest.mark.parametrize("more", [[], ["--dry-run"]], ids=["load", "dry run"])
def test_a_load_that_stores_nothing_removes_no_archive_of_others(tmp_path: Path, more: list[str]) -> None:
    archive, pipe = tmp_path / "a.db", tmp_path / "pipe"
    os.mkfifo(pipe)
    loading = started("load", pipe, "--archive", archive, *more)
    with pipe.open("w"):  # open once the load reads it
        _made_by_another(archive)
    code, _out, said = ended(loading)
    assert (code, "empty" in said) == (1, True)
    assert _sources(archive) == {"yangzhou-7.txt"}


@pytest.mark.parametrize("more", [[], ["--dry-run"]], ids=["load", "dry run"])
def test_a_load_that_is_stopped_removes_no_archive_of_others(tmp_path: Path, more: list[str]) -> None:
    archive = tmp_path / "a.db"
    loading = started("load", "-", "--archive", archive, *more)
    assert loading.stdin
    loading.stdin.write("核酸" * 100_000)  # more than a pipe holds: it is being read
    loading.stdin.flush()
    _made_by_another(archive)
    loading.send_signal(signal.SIGINT)
    assert ended(loading)[0] == 130
    assert _sources(archive) == {"yangzhou-7.txt"}


def test_a_load_that_stores_nothing_makes_nothing(tmp_path: Path) -> None:
    archive = tmp_path / "folder" / "a.db"
    (tmp_path / "empty.txt").touch()
    assert ended(started("load", tmp_path / "empty.txt", "--archive", archive))[0] == 1
    assert not archive.exists()
    (tmp_path / "full.txt").write_text(TEXT.format(number=3), "utf-8")
    assert ended(started("load", tmp_path / "full.txt", "--archive", archive))[0] == 0
    assert [one.name for one in archive.parent.iterdir()] == ["a.db"]


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
def test_loads_that_begin_one_archive_together_lose_nothing(tmp_path: Path, links: bool) -> None:
    archive = tmp_path / "a.db"
    pipes = [tmp_path / f"{number}.txt" for number in (1, 2, 3)]
    for pipe in pipes:
        os.mkfifo(pipe)
    loads = [
        started("load", pipe, "--archive", archive, "--json", before="" if links else NO_LINKS)
        for pipe in pipes
    ]
    open_ones = [pipe.open("w") for pipe in pipes]  # all of them have found no archive
    for number, one in enumerate(open_ones, 1):
        one.write(TEXT.format(number=number))
    for one in open_ones:
        one.close()
    for process in loads:
        code, out, _said = ended(process)
        assert (code, out.count('"status": "loaded"')) == (0, 1)
    assert _sources(archive) == {pipe.name for pipe in pipes}


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
def test_the_first_start_replaces_no_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    """While the bundled documents are read somebody makes an archive."""
    archive = tmp_path / "a.db"
    read = tui.loading.load_all

    def slowly(found: object, into: Path, **how: object) -> Iterable[object]:
        yield from read(found, into, **how)  # type: ignore[arg-type]
        if into != archive:
            (tmp_path / "own.txt").write_text(TEXT.format(number=3), "utf-8")
            with Writer(archive) as writer:
                for _ in load(find([str(tmp_path / "own.txt")]), writer):
                    pass

    monkeypatch.setattr(tui.loading, "load_all", slowly)
    if not links:
        monkeypatch.setattr(os, "link", _refuse)
    build_from_seeds(archive)
    held = _sources(archive)
    assert "own.txt" in held
    assert links == (len(held) == 1)  # without links the documents can only be added


def _refuse(*_: object) -> None:
    raise PermissionError("no links here")


def _older(archive: Path) -> None:
    with closing(sqlite3.connect(archive)) as db, db:
        unseal(db)


def _with_free_pages(archive: Path) -> None:
    with closing(sqlite3.connect(archive)) as db, db:
        db.execute("create table t as select zeroblob(1000000) from source")
        db.execute("drop table t")


STATES = {"as it should be": lambda _: None, "older": _older, "with free pages": _with_free_pages}


@pytest.mark.parametrize("state", STATES)
def test_a_dry_run_touches_nothing(
    tmp_path: Path, seeds_archive: Path, capsys: pytest.CaptureFixture[str], state: str
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    archive = folder / "a.db"
    shutil.copy(seeds_archive, archive)
    STATES[state](archive)
    (tmp_path / "new.txt").write_text(TEXT.format(number=3), "utf-8")
    before = archive.read_bytes(), archive.stat().st_mtime_ns, folder.stat().st_mtime_ns
    with closing(sqlite3.connect(archive, isolation_level=None)) as other:
        other.execute("begin immediate")  # nor does it wait for one who writes
        code = load_paths(
            [str(SEEDS), str(tmp_path / "new.txt")], archive, as_json=True, dry_run=True, corrections={}
        )
    out = capsys.readouterr().out
    assert (code, out.count('"status": "unchanged"'), out.count('"status": "loaded"')) == (0, 5, 1)
    assert (archive.read_bytes(), archive.stat().st_mtime_ns, folder.stat().st_mtime_ns) == before


def test_a_dry_run_makes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive = tmp_path / "folder" / "a.db"
    assert load_paths([str(SEEDS)], archive, as_json=True, dry_run=True, corrections={}) == 0
    assert capsys.readouterr().out.count('"status": "loaded"') == 5
    assert not archive.parent.exists()


def _swap(archive: Path, other: Path) -> None:
    create(other)
    other.replace(archive)


SWAPS = {"another in its place": _swap, "it is gone": lambda archive, _: archive.unlink()}


@pytest.mark.parametrize("swap", SWAPS)
def test_what_was_not_committed_is_written_into_the_file_that_lies_there(tmp_path: Path, swap: str) -> None:
    archive = tmp_path / "a.db"
    _made_by_another(archive)
    for number in (1, 2, 3):
        (tmp_path / f"{number}.txt").write_text(TEXT.format(number=number), "utf-8")

    def found() -> Iterable[object]:
        first, two, three = (str(tmp_path / f"{number}.txt") for number in (1, 2, 3))
        for nth, one in enumerate(find([first, str(SEEDS / "yangzhou-7.txt"), two, three])):
            if nth == 3:  # two are written and not yet committed, one is known
                SWAPS[swap](archive, tmp_path / "other.db")
            yield one

    with Writer(archive) as writer:
        outcomes = [one for batch in load(found(), writer, jobs=1) for one in batch]  # type: ignore[arg-type]
    assert [one.status for one in outcomes] == ["loaded"] * 4
    assert _sources(archive) == {"yangzhou-7.txt", "1.txt", "2.txt", "3.txt"}


def test_a_load_that_waits_notices_another_archive(tmp_path: Path) -> None:
    archive, pipe = tmp_path / "a.db", tmp_path / "pipe"
    _made_by_another(archive)
    os.mkfifo(pipe)
    loading = started("load", pipe, "--archive", archive)
    with pipe.open("w") as text:
        _swap(archive, tmp_path / "other.db")
        text.write(TEXT.format(number=3))
    assert ended(loading)[::2] == (0, "")
    assert _sources(archive) == {"pipe"}


def _hurt(archive: Path) -> None:
    with closing(sqlite3.connect(archive)) as db, db:
        db.execute("update document set title = title || '?' where id = 1")


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
def test_what_comes_while_an_archive_is_repaired_is_kept(tmp_path: Path, links: bool) -> None:
    archive, new = tmp_path / "a.db", tmp_path / "new.txt"
    _made_by_another(archive)
    _hurt(archive)
    new.write_text(TEXT.format(number=3), "utf-8")
    repairing = started(
        "check",
        "--repair",
        "--archive",
        archive,
        paused_after="loader.salvage.salvage",
        before="" if links else NO_LINKS,
    )
    wait_for_pause(repairing)
    loading = started("load", new, "--archive", archive)
    assert loading.stderr
    said = loading.stderr.readline()
    assert "is in use by another briefings-tui: waiting" in said
    go_on(repairing)
    code, _out, said = ended(repairing)
    assert (code, "0 lost" in said) == (0, True)
    assert ended(loading)[0] == 0
    assert _sources(archive) == {"yangzhou-7.txt", "new.txt"}
    assert (tmp_path / "a.db.damaged-1").exists()
