"""While somebody writes the archive, readers are served or wait: nothing says that it is damaged."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import loader.archive.opening
from loader.archive.writer import Writer
from loader.prepare import prepare
from loader.read import read_bytes
from tests.conftest import SEEDS
from tests.processes import ended, started
from tests.tui.browsing import browsing
from tests.tui.fake_store import FakeStore
from tui.browse import ArchiveCorrector
from tui.store.archive import open_archive
from tui.store.connect import Limits
from tui.store.protocol import BusyError
from tui.store.rows import Page
from tui.store.waiting import Patience

HURRIED = "import tui.store.waiting as w\nw.WAIT_SECONDS = w._UNNOTICED = w.TRY_SECONDS = 0.1"
NOTICED = "import tui.store.waiting as w\nw._UNNOTICED = w.TRY_SECONDS = 0.1"


@pytest.fixture
def archive(tmp_path: Path, seeds_archive: Path) -> Path:
    path = tmp_path / "a.db"
    shutil.copy(seeds_archive, path)
    return path


@pytest.fixture
def writing(archive: Path) -> Iterator[sqlite3.Connection]:
    """Somebody who is writing it, and keeps readers out."""
    with closing(sqlite3.connect(archive, isolation_level=None)) as db:
        db.execute("begin exclusive")
        yield db


COMMANDS = [
    ("list",),
    ("search", "核酸"),
    ("show", "yangzhou-08-05-7"),
    ("check",),
    ("export", "yangzhou-08-05-7"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=[one[0] for one in COMMANDS])
def test_a_command_waits_and_says_so(
    archive: Path, writing: sqlite3.Connection, command: tuple[str, ...]
) -> None:
    reading = started(*command, "--archive", archive, before=NOTICED)
    assert reading.stderr
    said = reading.stderr.readline()
    assert said == (
        f"briefings-tui: {archive} is being written by another briefings-tui: waiting for up to 60 s\n"
    )
    writing.execute("commit")
    code, out, _said = ended(reading)
    assert (code, bool(out)) == (0, True)


@pytest.mark.parametrize("command", COMMANDS, ids=[one[0] for one in COMMANDS])
@pytest.mark.usefixtures("writing")
def test_a_command_that_waited_in_vain_says_that_it_is_busy(archive: Path, command: tuple[str, ...]) -> None:
    code, out, said = ended(started(*command, "--archive", archive, before=HURRIED))
    *_, last = said.splitlines()
    assert (code, out) == (3, "")
    assert f"{archive} is busy, another briefings-tui is writing it: try again" in last


def test_an_open_store_says_busy_and_goes_on_afterwards(archive: Path) -> None:
    store = open_archive(archive, Limits(patience=Patience(0.0)))
    with closing(store), closing(sqlite3.connect(archive, isolation_level=None)) as db:
        hits = store.search("核酸").hits
        db.execute("begin exclusive")
        for ask in (
            store.briefings,
            store.changed,
            lambda: store.search("核酸"),
            lambda: store.open("jimo-7"),
        ):
            with pytest.raises(BusyError):
                ask()
        db.execute("commit")
        assert store.search("核酸").hits == hits


@pytest.mark.usefixtures("writing")
def test_a_correction_says_busy(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loader.archive.waiting.SILENT_SECONDS", 0.0)
    monkeypatch.setattr(loader.archive.opening, "BUSY_SECONDS", 0.0)
    with pytest.raises(BusyError, match="being written"):
        ArchiveCorrector(archive).correct("yangzhou-08-05-7", {"title": "改过"})


def test_readers_are_served_while_a_large_source_is_written(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What does not fit into the cache is not written before its commit, which would keep readers out."""
    monkeypatch.setattr(loader.archive.opening, "_CACHE_KIB", 64)
    text = (SEEDS / "yangzhou-7.txt").read_text("utf-8")
    large = "".join(text.replace("。", f"，第{number}份。") for number in range(40)).encode()
    before = archive.read_bytes()
    with Writer(archive) as writer, closing(open_archive(archive, Limits(patience=Patience(0.0)))) as store:
        hits = store.search("核酸").hits
        with writer.together():
            writer.write("large.txt", prepare(read_bytes(large, "large.txt"), writer.fold))
            assert archive.read_bytes() == before
            assert store.search("核酸").hits == hits
            assert len(store.briefings()) == 5
        assert len(store.briefings()) > 5


class _Busy(FakeStore):
    """A store that is busy so many times, from the third question on."""

    times = 0

    def search(self, query: str, **how: object) -> Page:
        if self.times:
            self.times -= 1
            raise BusyError("briefings.db is busy")
        return super().search(query, **how)  # type: ignore[arg-type]


async def test_the_browser_keeps_what_it_shows_and_asks_again() -> None:
    store = _Busy()
    async with browsing(store=store) as browser:
        store.times = 3
        before = browser.text()[1:-1]
        await browser.type("/核酸")
        assert store.times == 0
        assert browser.screen.page is not None
        assert browser.screen.page.hits
        assert "is busy" not in browser.text()[-1]
        assert browser.text()[1:-1] != before
