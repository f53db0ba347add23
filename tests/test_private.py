"""State, log and settings: the user's own files, closed to others; what is written is reached by no link."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import log_at
from tests.terminal import Terminal
from tui import log
from tui.config import ConfigError, read_config
from tui.private import NotOwnError, open_own, own_file, own_folder
from tui.state import State


@pytest.fixture(autouse=True)
def _umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "briefings-tui"


@pytest.fixture
def kept_log(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with log_at(folder / "log.txt", monkeypatch) as path:
        yield path


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _works_in_memory(state: State, words: str) -> None:
    assert words in state.news()
    state.searched("核酸")
    assert [one.query for one in state.searches()] == ["核酸"]
    state.close()


def test_what_is_new_is_the_user_s_alone(folder: Path, kept_log: Path) -> None:
    state = State(folder / "state.db")
    state.searched("核酸")
    log.note("a line")
    assert state.news() == ""
    assert _mode(folder) == 0o700
    assert _mode(folder / "state.db") == _mode(kept_log) == 0o600
    state.close()


def test_what_was_open_to_others_is_closed(folder: Path, kept_log: Path) -> None:
    State(folder / "state.db").close()
    kept_log.touch()
    for path, mode in ((folder, 0o755), (folder / "state.db", 0o644), (kept_log, 0o664)):
        path.chmod(mode)
    State(folder / "state.db").close()
    log.note("a line")
    assert _mode(folder) == 0o700
    assert _mode(folder / "state.db") == _mode(kept_log) == 0o600


@pytest.mark.parametrize("link", [Path.symlink_to, Path.hardlink_to], ids=["symbolic", "hard"])
def test_a_state_that_is_linked_to_an_archive_writes_nothing_there(
    link: Callable[[Path, Path], None], seeds_archive: Path, tmp_path: Path, folder: Path
) -> None:
    archive = tmp_path / "a.db"
    shutil.copy(seeds_archive, archive)
    folder.mkdir()
    link(folder / "state.db", archive)
    before = archive.read_bytes()
    _works_in_memory(State(folder / "state.db"), "not kept")
    assert archive.read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.db", "briefings-tui"]


def test_a_state_or_a_log_that_is_a_link_makes_no_file_elsewhere(
    tmp_path: Path, folder: Path, kept_log: Path
) -> None:
    folder.mkdir()
    for name in ("state.db", "log.txt"):
        (folder / name).symlink_to(tmp_path / f"elsewhere-{name}")
    _works_in_memory(State(folder / "state.db"), "a link")
    log.note("a line")
    assert list(tmp_path.iterdir()) == [folder]
    victim = tmp_path / "elsewhere-log.txt"
    victim.write_text("mine\n")
    log._log.cache_clear()
    log.note("a line")
    assert victim.read_text() == "mine\n"
    assert kept_log.is_symlink()


def test_nor_does_a_folder_that_is_a_link(tmp_path: Path, folder: Path, kept_log: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(0o755)
    folder.symlink_to(elsewhere)
    _works_in_memory(State(folder / "state.db"), "a link")
    log.note("a line")
    assert list(elsewhere.iterdir()) == []
    assert _mode(elsewhere) == 0o755
    assert not kept_log.exists()


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir], ids=["pipe", "folder"])
def test_what_is_no_file_is_not_opened(make: Callable[[Path], None], folder: Path, kept_log: Path) -> None:
    folder.mkdir()
    make(folder / "state.db")
    make(kept_log)
    _works_in_memory(State(folder / "state.db"), "not kept")
    log.note("a line")


def test_what_belongs_to_somebody_else_is_not_used(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    State(folder / "state.db").close()
    (folder / "state.db").chmod(0o666)
    own = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: own + 1)
    with pytest.raises(NotOwnError, match="somebody else"):
        own_folder(folder)
    with pytest.raises(NotOwnError, match="somebody else"), own_file(folder / "state.db"):
        raise AssertionError("not opened")
    _works_in_memory(State(folder / "state.db"), "somebody else")
    assert _mode(folder / "state.db") == 0o666


def test_a_file_that_is_exchanged_while_it_is_opened_is_not_used(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    victim = tmp_path / "victim.db"
    victim.touch()
    connect = State._connect

    def exchange(target: str) -> object:
        if target != ":memory:":
            Path(target).unlink()
            Path(target).symlink_to(victim)
        return connect(target)

    monkeypatch.setattr(State, "_connect", staticmethod(exchange))
    _works_in_memory(State(folder / "state.db"), "another file")
    assert victim.read_bytes() == b""


def test_a_state_that_may_only_be_read_is_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    state = State(folder / "state.db")
    state.searched("核酸")
    state.close()
    opened = os.open

    def read_only(path: str | Path, flags: int, *more: int) -> int:
        if Path(path).name == "state.db" and flags & os.O_RDWR:
            raise PermissionError(errno.EACCES, "not to be written")
        return opened(path, flags, *more)

    monkeypatch.setattr(os, "open", read_only)
    state = State(folder / "state.db")
    assert [one.query for one in state.searches()] == ["核酸"]
    state.close()


def test_settings_may_be_a_link_but_nothing_that_never_ends(tmp_path: Path) -> None:
    real, path = tmp_path / "real.toml", tmp_path / "config.toml"
    real.write_text('theme = "light"\n')
    path.symlink_to(real)
    assert read_config(path).theme == "briefings-light"
    for target in ("/dev/zero", "pipe", "folder", "large"):
        path.unlink()
        path.symlink_to(target)
        if target == "pipe":
            os.mkfifo(tmp_path / target)
        elif target == "folder":
            (tmp_path / target).mkdir()
        elif target == "large":
            (tmp_path / target).write_bytes(b"#" * 2_000_000)
        with pytest.raises(ConfigError, match=r"config\.toml: cannot be read \((no regular|longer)") as why:
            read_config(path)
        assert "\n" not in str(why.value)


def test_flags_are_kept(folder: Path) -> None:
    own_folder(folder)
    for text in (b"a", b"b"):
        number = open_own(folder / "x", os.O_APPEND | os.O_WRONLY)
        os.write(number, text)
        os.close(number)
    assert (folder / "x").read_bytes() == b"ab"


def test_the_browser_says_so_and_goes_on(seeds_archive: Path, tmp_path: Path) -> None:
    archive = tmp_path / "a.db"
    shutil.copy(seeds_archive, archive)
    state = tmp_path / ".local" / "state" / "briefings-tui" / "state.db"
    state.parent.mkdir(parents=True)
    state.symlink_to(archive)
    before = archive.read_bytes()
    with Terminal(["--archive", str(archive)], tmp_path, LANG="en_US.UTF-8", width=160) as terminal:
        terminal.wait_for("潍坊", "a link")
        terminal.send("enter").settle()
        terminal.send("q")
        assert terminal.wait_for_end() == 0
    assert archive.read_bytes() == before
