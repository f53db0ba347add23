"""Several at one archive: a second load waits and says so or leaves; what others did is not mistaken."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from loader.archive.writer import Writer
from loader.load import load
from loader.prepare import prepare
from loader.read import find, read_bytes
from tests.conftest import SEEDS
from tui.store.archive import open_archive

SECOND = """
import loader.archive.waiting as waiting
waiting.BUSY_SECONDS, waiting.WAIT_SECONDS = 0.1, {wait}
import loader.archive.opening
loader.archive.opening.BUSY_SECONDS = 0.1
from tui.cli import main
main()
"""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "a.db"
    with Writer(path) as writer:
        for _ in load(find([str(SEEDS / "yangzhou-7.txt")]), writer):
            pass
    return path


@pytest.fixture
def first(archive: Path) -> Iterator[sqlite3.Connection]:
    """Somebody who is writing it."""
    with closing(sqlite3.connect(archive, isolation_level=None)) as db:
        db.execute("begin immediate")
        yield db


def _second(archive: Path, wait: float) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", SECOND.format(wait=wait), "load", str(SEEDS), "--archive", str(archive)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_second_load_waits_and_says_so(archive: Path, first: sqlite3.Connection) -> None:
    second = _second(archive, 60)
    assert second.stderr
    line = second.stderr.readline()
    assert line == f"briefings-tui: {archive} is in use by another briefings-tui: waiting for up to 60 s\n"
    first.execute("commit")
    _out, rest = second.communicate()
    assert (second.returncode, rest) == (0, "")
    with closing(open_archive(archive)) as store:
        assert store.check().problems == ()
        assert len(store.briefings()) == 5


def test_a_second_load_leaves_when_it_takes_too_long(archive: Path, first: sqlite3.Connection) -> None:
    second = _second(archive, 0.3)
    out, said = second.communicate()
    assert said.count("\n") == 2, (second.returncode, out, said)
    waiting, left = said.splitlines()
    assert (second.returncode, "waiting" in waiting) == (3, True)
    assert "is being written by another briefings-tui: try again" in left
    first.execute("commit")
    with closing(open_archive(archive)) as store:
        assert len(store.briefings()) == 1


def test_what_another_made_anew_is_not_mistaken(archive: Path) -> None:
    """Between two sources of a load somebody has the index made anew, and facets get other numbers."""
    one, other = (SEEDS / name for name in ("weifang-12.txt", "jimo-7.txt"))
    with Writer(archive) as writer:
        writer.write("one", prepare(read_bytes(one.read_bytes(), "one"), writer.fold))
        with Writer(archive) as another:
            another.forget(str(SEEDS / "yangzhou-7.txt"))
            another.repair()
        writer.write("two", prepare(read_bytes(other.read_bytes(), "two"), writer.fold))
        writer.write("one", prepare(read_bytes(one.read_bytes() + b"\n", "one"), writer.fold))
    with closing(open_archive(archive)) as store:
        assert store.check().problems == ()


def test_the_archive_itself_is_no_source(archive: Path) -> None:
    """Reading and closing it would end SQLite's locks of this process."""
    with Writer(archive) as writer:
        ((refused,),) = load(find([str(archive)]), writer)
    assert refused.status == "refused"
    assert "it is the archive" in str(refused.reason)
