"""What an archive's path may be: of anything else every command says so in a line, and does not open it."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from loader.archive_file import NotAFileError, file_at
from tests.conftest import SEEDS
from tests.terminal import Terminal
from tui.store.archive import open_archive
from tui.store.protocol import StoreError

COMMANDS = (
    ("load", str(SEEDS / "yangzhou-7.txt")),
    ("load", "--dry-run", str(SEEDS / "yangzhou-7.txt")),
    ("list",),
    ("show", "yangzhou-08-05-7"),
    ("search", "核酸"),
    ("check",),
    ("check", "--repair"),
    ("backup", "copy.db"),
    ("export", "yangzhou-08-05-7"),
    ("forget", "yangzhou-08-05-7"),
    ("--kiosk",),
)
_RUN = """
import contextlib, io, json, os, sys
from tui.cli import run
for command in json.loads(sys.argv[2]):
    before, said = sorted(os.listdir()), io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(io.StringIO()):
        code = run([*command, "--archive", sys.argv[1]])
    print(json.dumps([code, said.getvalue(), before == sorted(os.listdir())]))
"""
"""Runs commands one after the other: prints of each its code, what it said, and whether it made no file."""


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(path.name)  # the whole path may be too long


def _loop(path: Path) -> None:
    path.symlink_to(path)


KINDS: dict[str, tuple[Callable[[Path], object], str]] = {
    "a folder": (Path.mkdir, ""),
    "a pipe": (os.mkfifo, ""),
    "a socket": (_socket, ""),
    "a link that leads back to itself": (_loop, ""),
    "a path that leads through a file": (Path.touch, "/inner.db"),
    "a device": (lambda path: path.symlink_to("/dev/null"), ""),
    "a name too long for any file": (Path.exists, "x" * 300),
}


def _run(archive: str, commands: tuple[tuple[str, ...], ...], folder: Path) -> list[tuple[int, str, bool]]:
    """Of each command its exit code, what it said, and whether it made no file."""
    done = subprocess.run(
        [sys.executable, "-c", _RUN, archive, json.dumps(commands)],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.stderr == ""
    return [tuple(json.loads(line)) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_file_is_named_and_never_opened(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, rest = KINDS[kind]
    monkeypatch.chdir(tmp_path)
    make(tmp_path / "x.db")
    commands = tuple(one for one in COMMANDS if one != ("--kiosk",))  # which wants a terminal first
    found = _run(f"x.db{rest}", commands, tmp_path)
    assert len(found) == len(commands)
    for command, (code, said, clean) in zip(commands, found, strict=True):
        assert code == 3, command
        assert kind in said, command
        assert said.startswith("briefings-tui: x.db"), command
        assert said.count("\n") == 1, command
        assert clean, command


@pytest.mark.parametrize("name", ["", "  ", ":memory:", "file:x.db?mode=memory", "file:x.db"])
def test_a_name_that_is_no_file_s_is_wrong_usage(name: str, tmp_path: Path) -> None:
    found = _run(name, COMMANDS, tmp_path)
    assert len(found) == len(COMMANDS)
    for command, (code, said, clean) in zip(COMMANDS, found, strict=True):
        assert code == 2, command
        assert "--archive" in said, command
        assert said.count("\n") == 1, command
        assert clean, command


def test_so_is_one_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFINGS_ARCHIVE", ":memory:")
    done = subprocess.run(
        [sys.executable, "-c", "from tui.cli import main; main()", "list"], capture_output=True, text=True
    )
    assert done.returncode == 2
    assert done.stderr.startswith("briefings-tui: BRIEFINGS_ARCHIVE ':memory:': ")


def test_an_unknown_user_s_home_is_no_fault(tmp_path: Path) -> None:
    ((code, said, _),) = _run("~nobody-of-this-name/x.db", (("list",),), tmp_path)
    assert (code, said.count("\n")) == (3, 1)
    assert "there is no archive" in said


def test_only_a_regular_file_has_an_identity(tmp_path: Path) -> None:
    assert file_at(tmp_path / "none") is None
    for name in ("a\0b", "\udcff" * 2 + "\0"):
        with pytest.raises(NotAFileError, match="no name of a file"):
            file_at(tmp_path / name)
    (tmp_path / "a").touch()
    (tmp_path / "b").symlink_to("a")
    assert file_at(tmp_path / "a") == file_at(tmp_path / "b") is not None


@pytest.mark.parametrize(
    "kind",
    [kind for kind, (_, rest) in KINDS.items() if not rest and kind != "a link that leads back to itself"],
)
def test_an_open_store_keeps_what_it_has_when_something_else_takes_the_place(
    kind: str, seeds_archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    archive = tmp_path / "a.db"
    shutil.copy(seeds_archive, archive)
    store = open_archive(archive)
    before = store.briefings()
    KINDS[kind][0](tmp_path / "other")
    archive.unlink()
    (tmp_path / "other").rename(archive)
    for _ in range(2):  # at every look, and nothing hangs
        with pytest.raises(StoreError, match=kind):
            store.changed()
    assert store.briefings() == before
    assert store.search("核酸").hits
    if archive.is_dir():
        archive.rmdir()
    else:
        archive.unlink()
    shutil.copy(seeds_archive, archive)
    store.changed()
    assert store.briefings() == before
    store.close()


def test_the_browser_says_what_took_the_place_and_ends_on_q(seeds_archive: Path, tmp_path: Path) -> None:
    archive = tmp_path / "a.db"
    shutil.copy(seeds_archive, archive)
    with Terminal(["--archive", str(archive)], tmp_path, LANG="en_US.UTF-8", width=160) as terminal:
        terminal.wait_for("潍坊")
        archive.unlink()
        os.mkfifo(archive)
        terminal.wait_for("is a pipe")
        assert "潍坊" in terminal.text
        terminal.send("q")
        assert terminal.wait_for_end() == 0
