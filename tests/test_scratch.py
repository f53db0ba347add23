"""Unfinished files: what a killed run left goes with the next run, what anybody else has there stays."""

from __future__ import annotations

import fcntl
import os
import random
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from loader.scratch import remove_abandoned, scratch
from tui.cli import run

_KILLED = """
import os, signal, sys
from tui.cli import run
left, begun = int(sys.argv[1]), False
WATCHED = "open sqlite3.connect os.link os.rename os.remove os.mkdir os.rmdir fcntl.flock os.chmod".split()
def count(event, arguments):
    global left, begun
    begun = begun or event == "os.mkdir" and ".briefings-" in str(arguments[0])
    if begun and event in WATCHED:
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(count)
sys.exit(run(sys.argv[2:]))
"""
"""Kills itself at the n-th thing that it does with files from its first unfinished one on."""


@pytest.fixture(autouse=True)
def _umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def _left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name.startswith(".briefings-"))


def _of_another_group(status: os.stat_result) -> os.stat_result:
    values = list(status)
    values[stat.ST_GID] += 1
    return os.stat_result(values)


def _abandoned(folder: Path) -> Path:
    """A folder as a killed run leaves it."""
    code = (
        "import os, signal, sys; from pathlib import Path; from loader.scratch import scratch\n"
        "with scratch(Path(sys.argv[1])) as file:\n"
        "    file.write_text('half'); os.kill(os.getpid(), signal.SIGKILL)"
    )
    before = _left(folder)
    subprocess.run([sys.executable, "-c", code, str(folder / "x.db")], check=False)
    (new,) = set(_left(folder)) - set(before)
    return folder / new


def test_a_file_is_empty_and_private_to_its_run_and_gone_at_the_end(tmp_path: Path) -> None:
    with scratch(tmp_path / "a.db") as file:
        assert file.read_bytes() == b""
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
        assert file.stat().st_dev == tmp_path.stat().st_dev
        file.with_name("new.db-journal").touch()
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(ZeroDivisionError), scratch(tmp_path / "a.db"):
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []
    with scratch(tmp_path / "a.db") as file:
        file.rename(tmp_path / "a.db")
    assert list(tmp_path.iterdir()) == [tmp_path / "a.db"]


@pytest.mark.parametrize(
    ("mode", "mask", "wanted"),
    [(0o600, 0o022, 0o600), (0o640, 0, 0o640), (0o664, 0o077, 0o600), (0o400, 0, 0o600), (0o6755, 0, 0o644)],
)
def test_a_file_is_read_by_no_more_than_the_one_it_is_made_of(
    mode: int, mask: int, wanted: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("it is created with its mode, not given it afterwards")

    model = tmp_path / "model"
    model.touch()
    model.chmod(mode)
    os.umask(mask)
    monkeypatch.setattr(os, "fchmod", refuse)
    with scratch(tmp_path / "a.db", model) as file:
        assert stat.S_IMODE(file.stat().st_mode) == wanted


def test_a_file_that_cannot_have_the_group_is_for_no_group(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError("not a member")

    model = tmp_path / "model"
    model.touch()
    model.chmod(0o664)
    status = os.fstat
    monkeypatch.setattr(os, "fchown", refuse)
    monkeypatch.setattr(os, "fstat", lambda number: _of_another_group(status(number)))
    with scratch(tmp_path / "a.db", model) as file:
        assert stat.S_IMODE(file.stat().st_mode) == 0o604


def test_what_a_killed_run_left_goes_with_the_next(tmp_path: Path) -> None:
    _abandoned(tmp_path)
    with scratch(tmp_path / "a.db") as file:
        assert _left(tmp_path) == [file.parent.name]
    assert _left(tmp_path) == []


def test_so_it_does_with_a_load_beside_it_but_not_with_a_dry_run(tmp_path: Path) -> None:
    left = _abandoned(tmp_path)
    (tmp_path / "a.txt").write_text("第1场新闻发布会\n主持人：各位记者朋友，大家好。\n", "utf-8")
    command = ["load", str(tmp_path / "a.txt"), "--archive", str(tmp_path / "a.db")]
    assert run([*command, "--dry-run"]) == 0
    assert left.exists()
    assert run(command) == 0
    assert not left.exists()


def test_what_a_living_run_has_stays(tmp_path: Path) -> None:
    with scratch(tmp_path / "a.db") as first, scratch(tmp_path / "b.db") as second:
        remove_abandoned(tmp_path)
        assert first.exists()
        assert second.exists()


def test_what_is_not_made_here_stays(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    for name in ("lock", "new.db"):
        (outside / name).touch()
    folder = tmp_path / "folder"
    folder.mkdir()
    more = _abandoned(folder)
    (more / "mine.txt").touch()
    other = _abandoned(folder)
    (other / "lock").write_text("locked since Tuesday\n")
    linked = _abandoned(folder)
    (linked / "lock").unlink()
    (linked / "lock").symlink_to(outside / "lock")
    pipe = _abandoned(folder)
    (pipe / "lock").unlink()
    os.mkfifo(pipe / "lock")
    (folder / f".briefings-{'0' * 16}").symlink_to(outside)
    (folder / f".briefings-{'1' * 16}").write_text("a file")
    (folder / ".briefings-notes").mkdir()
    before = sorted(str(path) for path in tmp_path.rglob("*"))
    remove_abandoned(folder)
    assert sorted(str(path) for path in tmp_path.rglob("*")) == before


def test_where_there_are_no_locks_nothing_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left = _abandoned(tmp_path)

    def refuse(*_: object) -> None:
        raise OSError("no locks")

    monkeypatch.setattr(fcntl, "flock", refuse)
    with scratch(tmp_path / "a.db") as file:
        assert file.exists()
        assert left.exists()
    assert _left(tmp_path) == [left.name]


def test_runs_that_clean_up_while_others_begin_do_not_harm_them(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from loader.scratch import scratch\n"
        "for _ in range(200):\n"
        "    with scratch(Path(sys.argv[1])) as file:\n"
        "        file.write_text('x'); assert file.read_text() == 'x'"
    )
    runs = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "a.db")], stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    for one in runs:
        assert (one.communicate()[1], one.returncode) == (b"", 0)
    assert list(tmp_path.iterdir()) == []


def _damaged(archive: Path) -> None:
    with closing(sqlite3.connect(archive)) as db, db:
        db.execute("update source set sha256 = 'x' where id = 1")


@pytest.mark.parametrize("command", ["backup", "repair", "build"])
def test_killed_at_any_moment_a_run_leaves_nothing_that_the_next_one_does_not_remove(
    command: str, seeds_archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive, copy = tmp_path / "a.db", tmp_path / "copy.db"
    monkeypatch.setenv("BRIEFINGS_ARCHIVE", str(archive))
    arguments = {"backup": ["backup", str(copy)], "repair": ["check", "--repair"], "build": ["list"]}[command]
    if command != "build":
        shutil.copy(seeds_archive, archive)
    if command == "repair":
        _damage(archive)
    draw = random.Random(25)
    killed = 0
    for moment in [*range(2, 7), *(draw.randrange(7, 15) for _ in range(2))]:
        done = subprocess.run([sys.executable, "-c", _KILLED, str(moment), *arguments], capture_output=True)
        if done.returncode != -signal.SIGKILL:
            break  # it has fewer moments
        killed += 1
        assert len(_left(tmp_path)) <= 1, moment
        if copy.exists() or (command == "build" and archive.exists()):
            break  # it was done but for the cleaning up
    assert killed > 4
    copy.unlink(missing_ok=True)
    if command == "build":
        archive.unlink(missing_ok=True)
    done = subprocess.run([sys.executable, "-c", _KILLED, "-1", *arguments], capture_output=True)
    assert done.returncode == 0
    assert _left(tmp_path) == []


def _damage(archive: Path) -> None:
    with closing(sqlite3.connect(archive)) as db, db:
        db.execute("update source set sha256 = 'x' where id = 1")
