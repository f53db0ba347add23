"""`backup`: a whole copy, also while the archive is written; nothing is ever overwritten."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from loader.archive.making import create
from tests.conftest import SEEDS
from tui.backup import back_up
from tui.store.archive import open_archive
from tui.store.protocol import StoreError


def test_a_copy_holds_what_the_archive_holds(seeds_archive: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    assert back_up(seeds_archive, target) == target.stat().st_size > 0
    copy, archive = open_archive(target), open_archive(seeds_archive)
    assert copy.briefings() == archive.briefings()
    assert copy.search("核酸").hits == archive.search("核酸").hits
    assert copy.check().problems == ()
    assert [one.name for one in tmp_path.iterdir()] == ["copy.db"]


@pytest.mark.parametrize("links", [True, False])
def test_nothing_is_overwritten(
    seeds_archive: Path, tmp_path: Path, links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError("no hard links here")

    target = tmp_path / "copy.db"
    if not links:
        monkeypatch.setattr(os, "link", refused)
    back_up(seeds_archive, target)
    before = target.read_bytes()
    for taken in (target, seeds_archive, tmp_path):
        with pytest.raises(StoreError, match="is there already"):
            back_up(seeds_archive, taken)
    assert target.read_bytes() == before
    dangling = tmp_path / "dangling"
    dangling.symlink_to(tmp_path / "nowhere")
    with pytest.raises(StoreError, match="is there already"):
        back_up(seeds_archive, dangling)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["copy.db", "dangling"]


def test_a_copy_that_fails_leaves_nothing(seeds_archive: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no archive"):
        back_up(tmp_path / "none.db", tmp_path / "copy.db")
    with pytest.raises(StoreError, match="cannot be written"):
        back_up(seeds_archive, tmp_path / "nowhere" / "copy.db")
    hurt = tmp_path / "hurt.db"
    data = bytearray(seeds_archive.read_bytes())
    page = int.from_bytes(data[16:18])
    with sqlite3.connect(seeds_archive) as db:
        (root,) = db.execute("select rootpage from sqlite_master where name = 'turn'").fetchone()
    data[page * (root - 1)] = 0
    hurt.write_bytes(data)
    with pytest.raises(StoreError):
        back_up(hurt, tmp_path / "copy.db")
    assert [one.name for one in tmp_path.iterdir()] == ["hurt.db"]


def test_a_copy_is_read_by_no_more_than_the_archive(seeds_archive: Path, tmp_path: Path) -> None:
    archive = tmp_path / "private.db"
    shutil.copy(seeds_archive, archive)
    archive.chmod(0o600)
    back_up(archive, tmp_path / "copy.db")
    assert stat.S_IMODE((tmp_path / "copy.db").stat().st_mode) == 0o600


def test_copies_made_during_a_load_are_whole(tmp_path: Path) -> None:
    """A process loads a folder again and again, each time into new names; copies are taken meanwhile."""
    archive = tmp_path / "a.db"
    sources = tmp_path / "sources"
    text = next(iter(sorted(SEEDS.glob("*.txt")))).read_text("utf-8")
    sources.mkdir()
    for number in range(60):
        (sources / f"{number:02}.txt").write_text(text.replace("。", f"，第{number}份。"), "utf-8")
    create(archive)
    command = [sys.executable, "-c", "from tui.cli import main; main()", "load", "--jobs", "1", str(sources)]
    loading = subprocess.Popen([*command, "--archive", str(archive)], stdout=subprocess.DEVNULL)
    copies = 0
    while loading.poll() is None:
        back_up(archive, tmp_path / f"copy{copies}.db")
        copies += 1
    assert loading.returncode == 0
    for number in {0, copies // 2, copies - 1}:
        assert open_archive(tmp_path / f"copy{number}.db").check().problems == ()
    assert open_archive(archive).check().problems == ()
