"""An archive that is damaged while it is read: what to do stands over everything once; reading goes on."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.terminal import Terminal
from tui.store.archive import open_archive
from tui.store.protocol import DamagedError, StoreError

PAGE = 4096


@pytest.fixture
def archive(seeds_archive: Path, tmp_path: Path) -> Path:
    path = tmp_path / "a.db"
    shutil.copy(seeds_archive, path)
    return path


def _damage(archive: Path, begin: int = 4) -> None:
    """Overwrite all pages but the first."""
    with archive.open("r+b") as file:
        file.seek(begin * PAGE)
        file.write(b"\xa5" * (archive.stat().st_size - begin * PAGE))


def test_of_damage_the_screen_says_what_to_do_and_reading_goes_on(archive: Path, tmp_path: Path) -> None:
    with Terminal(["--archive", str(archive)], tmp_path) as browser:
        browser.wait_for("潍坊").send("down", "enter").wait_for("四月将尽").settle()
        _damage(archive)
        browser.send("/所有").wait_for("档案有损坏")
        told = "".join(browser.text.split())  # the path is long, and lines end where they must
        assert all(words in told for words in ("a.dbcheck", "check--repair", "mv-Tcopy.db", "Esc继续读"))
        assert all("\x1b" not in line for line in browser.lines)
        browser.send("esc").wait_for("! a.db")
        browser.send("esc", "esc").wait_for("四月将尽", "PgDn")
        browser.send("pgdn").until(lambda: "四月将尽" not in browser.text, "the next page")
        assert "档案有损坏" not in browser.text
        browser.send("q")
        assert browser.wait_for_end() == 0
        assert browser.sane


def test_q_on_it_leaves(archive: Path, tmp_path: Path) -> None:
    with Terminal(["--archive", str(archive)], tmp_path, LANG="en_GB.UTF-8") as browser:
        browser.wait_for("潍坊")
        _damage(archive)
        browser.send("/所有").wait_for("The archive is damaged").send("q")
        assert browser.wait_for_end() == 0


def test_damage_is_told_from_other_failures(archive: Path, tmp_path: Path) -> None:
    store = open_archive(archive)
    _damage(archive)
    with pytest.raises(DamagedError):
        store.briefings()
    with pytest.raises(StoreError) as no_archive:
        open_archive(tmp_path / "none.db")
    assert not isinstance(no_archive.value, DamagedError)
    store.close()
