"""Standard streams that are closed, full or read by nobody: one line or silence, the right exit code."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import SEEDS
from tests.terminal import ROOT
from tui.store.archive import open_archive

PROGRAM = f"{sys.executable} -c 'from tui.cli import main; main()'"
FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")


def shell(command: str, folder: Path) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of a command line in which `$B` is the program."""
    done = subprocess.run(
        ["bash", "-c", command.replace("$B", PROGRAM)],
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=120,
    )
    return done.returncode, done.stdout, done.stderr


COMMANDS = ["list", "list --json", "search 核酸", "search 核酸 --json", "paths", "keys", "check", "--help"]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("output", [">&-", pytest.param(">/dev/full", marks=FULL), ">&- <&-"])
def test_a_result_that_cannot_be_written_is_one_line(
    command: str, output: str, seeds_archive: Path, tmp_path: Path
) -> None:
    before = seeds_archive.read_bytes()
    code, out, err = shell(f"BRIEFINGS_ARCHIVE={seeds_archive} $B {command} {output}", tmp_path)
    assert (code, out, err.count("\n")) == (1, "", 1), err
    assert err.startswith("briefings-tui: output cannot be written: ")
    assert seeds_archive.read_bytes() == before


@pytest.mark.parametrize("closed", ["2>&-", pytest.param("2>/dev/full", marks=FULL), "2>&- <&-"])
def test_messages_that_cannot_be_written_change_no_exit_code(
    closed: str, seeds_archive: Path, tmp_path: Path
) -> None:
    for command, expected in (
        ("list", 0),
        ("search 孕产妇", 0),
        ("search 没有这样的话", 1),
        ("show nonsense", 1),
        ("--nonsense", 2),
        ("-v list", 0),
        ("list --archive none.db", 3),
    ):
        code, out, _ = shell(f"BRIEFINGS_ARCHIVE={seeds_archive} $B {command} {closed}", tmp_path)
        assert (code, "Traceback" in out) == (expected, False), command
    code, _, _ = shell(f"$B load {SEEDS} nowhere --archive a.db {closed}", tmp_path)
    assert code == 1
    code, out, _ = shell(f"$B check --archive a.db {closed} | grep -c whole", tmp_path)
    assert (code, out) == (0, "1\n")


def test_all_streams_closed(seeds_archive: Path, tmp_path: Path) -> None:
    assert shell(f"$B list --archive {seeds_archive} <&- >&- 2>&-", tmp_path) == (1, "", "")
    assert shell(f"$B load {SEEDS} --archive a.db <&- >&- 2>&-", tmp_path) == (1, "", "")
    store = open_archive(tmp_path / "a.db")
    assert len(store.briefings()) == 5
    assert store.check().problems == ()
    store.close()


def test_a_closed_standard_input_is_no_empty_one(tmp_path: Path) -> None:
    code, _, err = shell("$B load - --archive a.db <&-", tmp_path)
    assert (code, err.count("\n")) == (1, 1)
    assert "cannot be read" in err
    assert "Bad file descriptor" in err
    assert not (tmp_path / "a.db").exists()
    code, _, err = shell("$B explain - <&-", tmp_path)
    assert (code, err.count("\n"), "Traceback" in err) == (1, 1, False)


@pytest.mark.parametrize("reader", ["true", "head -c 1 >/dev/null"])
def test_a_load_that_cannot_tell_stops_and_says_what_it_kept(reader: str, tmp_path: Path) -> None:
    text = "第{n}场新闻发布会\n2022年3月{n}日\n王五：全市接种有序推进，第{n}天。\n"
    for n in range(11, 31):
        (tmp_path / f"{n}.txt").write_text(text.format(n=n) * 400, "utf-8")
    command = f"$B load . --json --jobs 1 --archive a.db | {reader}; exit ${{PIPESTATUS[0]}}"
    code, out, err = shell(command, tmp_path)
    if code == 0:  # the reader took all of it before it left
        assert reader != "true"
        return
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "output cannot be written" in err
    assert "sources loaded and kept" in err
    store = open_archive(tmp_path / "a.db")
    assert f"; {len(store.briefings())} sources" in err
    assert store.check().problems == ()
    store.close()


def test_endless_standard_input_is_read_as_far_as_a_file_may_go(tmp_path: Path) -> None:
    script = (
        f"{sys.executable} -c 'from loader.read import find;"
        ' import sys; sys.modules["loader.read.find"].MOST_BYTES = 1 << 20;'
        " from tui.cli import main; main()'"
    )
    for command in ("load - --archive a.db", "explain -"):
        code, _, err = shell(f"yes 核酸检测 | {script} {command}", tmp_path)
        assert (code, err.count("\n")) == (1, 1), err
        assert "-: longer than 1 MB; split it" in err
    assert not (tmp_path / "a.db").exists()
