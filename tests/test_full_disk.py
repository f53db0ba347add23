"""No room, or no leave to write: one line, exit 3, a whole archive; `bench/fulldisk.py` fills a real disk."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from loader.archive.errors import ArchiveError
from loader.archive.making import create
from loader.archive.writer import Writer
from loader.prepare import prepare
from loader.read import read_bytes
from tests.conftest import SEEDS
from tests.tui.browsing import browsing
from tui.state import Bookmark, Search, Selector, State
from tui.store.archive import open_archive
from tui.store.protocol import EmptyArchiveError

resource = pytest.importorskip("resource", reason="no limits of processes here")
LIMITED = """
import resource, signal, sys
from pathlib import Path
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # then a write beyond the limit fails, as one on a full disk
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2)
from tui.cli import main
import loader.load
loader.load.COMMIT_SECONDS = 0
main()
"""


def _load(sources: Path, archive: Path, most: int) -> subprocess.CompletedProcess[str]:
    """A load that commits after each source, in a process whose files take so many bytes at most."""
    command = [sys.executable, "-c", LIMITED, str(most), "load", "--json", "--jobs", "1", str(sources)]
    return subprocess.run([*command, "--archive", str(archive)], capture_output=True, text=True)


def _held(archive: Path) -> set[str]:
    """The ids of what an archive holds, which is whole."""
    try:
        store = open_archive(archive)
    except EmptyArchiveError:
        return set()
    with closing(store):
        assert store.check().problems == ()
        return {row.id for row in store.briefings()}


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sources")
    text = (SEEDS / "yangzhou-7.txt").read_text("utf-8")
    for number in range(4):
        own = text.replace("。", f"，第{number}份，见{chr(0x4E00 + 700 * number)}。")
        (folder / f"{number}.txt").write_text(own, "utf-8")
    return folder


def test_no_room_is_said_and_what_was_committed_is_kept(sources: Path, tmp_path: Path) -> None:
    archive = tmp_path / "a.db"
    done = _load(sources, archive, 600_000)
    told = {one["id"] for one in map(json.loads, done.stdout.splitlines())}
    assert (done.returncode, done.stderr.count("\n")) == (3, 1), done.stderr
    assert f"{archive} cannot be written" in done.stderr
    assert "load again" in done.stderr
    held = _held(archive)
    assert told <= held
    assert 0 < len(held) < 4
    assert f"{len(held)} sources loaded before are kept" in done.stderr
    assert _load(sources, archive, 1 << 30).returncode == 0
    assert len(_held(archive)) == 4


@pytest.mark.parametrize("room", [0, 3], ids=["in the next source", "in the index"])
def test_what_sqlite_undoes_where_it_finds_no_room_waits_for_no_commit(
    sources: Path, tmp_path: Path, room: int
) -> None:
    archive = tmp_path / "a.db"
    create(archive)
    one, two = (path.read_bytes() for path in sorted(sources.iterdir())[:2])

    def both(writer: Writer) -> None:
        with writer.together():
            writer.write("1.txt", prepare(read_bytes(one, "1.txt"), writer.fold))
            (pages,) = writer.db.execute("pragma page_count").fetchone()
            # SQLite then fails as on a full disk
            writer.db.execute(f"pragma max_page_count = {pages + room}")
            writer.write("2.txt", prepare(read_bytes(two, "2.txt"), writer.fold))

    with Writer(archive) as writer:
        with pytest.raises(ArchiveError, match="the disk is full"):
            both(writer)
        writer.db.execute("pragma max_page_count = 100000")
        writer.write("2.txt", prepare(read_bytes(two, "2.txt"), writer.fold))
    assert len(_held(archive)) == 1


def test_a_state_that_finds_no_room_goes_on_in_memory(tmp_path: Path) -> None:
    state = State(tmp_path / "state.db")
    state.bookmark(Bookmark("a", 1, "甲", "注"))
    state.searched("核酸")
    state._db.execute("pragma max_page_count = 1")  # SQLite then fails as on a full disk
    assert state.news() == ""
    state.bookmark(Bookmark("b", 2, "乙", "很长的注。" * 5000))
    assert "full" in state.news()
    assert state.news() == ""
    state.leave("c", Selector(3))
    assert [one.briefing for one in state.bookmarks()] == ["b", "a"]
    assert (state.read(), state.searches()) == ({"c"}, (Search("核酸", None),))
    again = State(tmp_path / "state.db")
    assert [one.briefing for one in again.bookmarks()] == ["a"]


def test_a_state_that_is_damaged_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    state = State(path)
    for number in range(300):
        state.leave(f"briefing-{number}", Selector(number))
    state.close()
    data = bytearray(path.read_bytes())
    data[8192:] = bytes(len(data) - 8192)
    path.write_bytes(data)
    state = State(path)
    state.read()
    state.leave("a", Selector(1))
    assert state.place("a") == Selector(1)
    assert state.news()
    assert path.read_bytes() == data


async def test_the_browser_says_once_that_nothing_is_kept(tmp_path: Path) -> None:
    state = State(tmp_path / "state.db")
    state._db.execute("pragma query_only = on")
    async with browsing(state=state, keys=["enter"]) as browser:
        assert "readonly" in browser.screen.notice
        await browser.press("escape", "down", "enter")
        assert browser.screen.notice == ""
        assert len(state.read()) == 2


def test_a_clock_that_is_set_back_puts_nothing_out_of_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = State(tmp_path / "state.db")
    for hour, name in enumerate("甲乙丙"):
        monkeypatch.setattr("time.time", lambda hour=hour: 1_700_000_000 - 3600 * hour)
        state.searched(name)
        state.bookmark(Bookmark(name, 1, name, ""))
    assert [one.query for one in state.searches()] == ["丙", "乙", "甲"]
    assert [one.briefing for one in state.bookmarks()] == ["丙", "乙", "甲"]
    state.searched("甲")
    assert state.searches()[0].query == "甲"
