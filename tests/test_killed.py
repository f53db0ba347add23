"""A load that is killed: the archive is whole, readers that are there and readers that come go on."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import SEEDS
from tui.store import connect
from tui.store.archive import open_archive
from tui.store.protocol import EmptyArchiveError, StoreError

CUT_OFF = """
import os, signal, sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("pragma cache_size = 5")
db.execute("begin")
db.execute("update passage set text = text || '!'")
os.kill(os.getpid(), signal.SIGKILL)
"""
"""Writes more than it can keep in memory, so that the file is half done when it dies."""


@pytest.fixture
def archive(seeds_archive: Path, tmp_path: Path) -> Path:
    path = tmp_path / "a.db"
    shutil.copy(seeds_archive, path)
    return path


def _cut_off(archive: Path) -> None:
    before = archive.read_bytes()
    subprocess.run([sys.executable, "-c", CUT_OFF, str(archive)], check=False)
    assert archive.read_bytes() != before
    assert archive.with_name("a.db-journal").stat().st_size > 0


def test_who_opens_it_afterwards_finds_it_as_it_was(archive: Path, seeds_archive: Path) -> None:
    _cut_off(archive)
    store = open_archive(archive)
    assert store.check().problems == ()
    assert not archive.with_name("a.db-journal").exists()
    whole = open_archive(seeds_archive)
    assert store.search("核酸") == whole.search("核酸")
    store.close()
    whole.close()


def test_who_has_it_open_reads_on(archive: Path) -> None:
    store = open_archive(archive)
    hits = store.search("核酸").hits
    _cut_off(archive)
    assert store.search("核酸").hits == hits
    _cut_off(archive)
    assert store.briefings()
    _cut_off(archive)
    assert store.transcript(hits[0].briefing.id).turns
    store.close()


def test_who_may_not_write_is_told_who_has_to(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: Path) -> None:
        raise sqlite3.OperationalError("unable to open database file")

    _cut_off(archive)
    monkeypatch.setattr(connect, "_play_back", refused)
    with pytest.raises(StoreError, match="briefings-tui check"):
        open_archive(archive)


def _load(sources: Path, archive: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", "from tui.cli import main; main()", "load", str(sources)]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(
        [*command, "--archive", str(archive)], stdout=quiet, stderr=quiet, start_new_session=True
    )


def test_kills_at_any_moment_lose_nothing(tmp_path: Path) -> None:
    """A load killed again and again, each time begun anew: whole after each, all there in the end.

    Moments are drawn by a seed; the first is while the file is made. `bench/kills.py` does it 300 times.
    """
    sources, archive = tmp_path / "sources", tmp_path / "a.db"
    sources.mkdir()
    text = next(iter(sorted(SEEDS.glob("*.txt")))).read_text("utf-8")
    for number in range(24):
        (sources / f"{number:02}.txt").write_text(text.replace("。", f"，第{number}份。"), "utf-8")
    dice = random.Random(11)
    seen = 0
    for attempt in range(6):
        loading = _load(sources, archive)
        time.sleep(dice.uniform(0.3, 2.5) * (attempt > 0) + 0.4)
        os.killpg(loading.pid, signal.SIGKILL)
        loading.wait()
        if archive.exists():
            seen = _whole(archive, seen)
    assert _load(sources, archive).wait() == 0
    assert _whole(archive, seen) == 24


def _whole(archive: Path, at_least: int) -> int:
    """How many sources an archive holds, each of them whole; never fewer than before."""
    try:
        store = open_archive(archive)
    except EmptyArchiveError:  # it was killed before there was anything
        assert at_least == 0
        return 0
    report = store.check()
    store.close()
    assert report.problems == ()
    assert report.documents == report.sources >= at_least
    return report.sources
