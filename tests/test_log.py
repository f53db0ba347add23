"""The log, and how a fault ends: one line, a report without a word of any document, a sane terminal."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import log_at
from tests.terminal import Terminal
from tui import exits, log
from tui.store.protocol import DamagedError, StoreError

SECRET = "某人的病历号是一八六四"


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A log of its own, and the file it is in."""
    with log_at(tmp_path / "state" / "log.txt", monkeypatch) as path:
        yield path


def _fault() -> None:
    document = {"text": SECRET}
    try:
        raise sqlite3.OperationalError("disk I/O error")
    except sqlite3.Error as error:
        raise KeyError(document["text"]) from error


def test_a_fault_is_one_line_and_a_report_without_text(
    kept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exits.ended(_fault) == exits.FAULT
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "KeyError" in said.err
    assert str(kept) in said.err
    report = kept.read_text("utf-8")
    assert SECRET not in report + said.err
    assert "OperationalError: disk I/O error" in report
    assert "tests/test_log.py:" in report
    assert "_fault" in report
    assert kept.stat().st_mode & 0o077 == 0


def _odd() -> None:
    try:
        _fault()
    except KeyError as error:
        raise DamagedError("a.db holds what no archive holds (KeyError)") from error


def test_of_odd_values_in_an_archive_it_is_kept_where_they_were_met(
    kept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exits.ended(_odd) == exits.UNUSABLE
    assert capsys.readouterr().err.count("\n") == 1
    report = kept.read_text("utf-8")
    assert "tests/test_log.py:" in report
    assert "KeyError" in report
    assert SECRET not in report


def test_of_an_archive_that_is_not_there_nothing_is_kept(kept: Path) -> None:
    def missing() -> None:
        try:
            raise sqlite3.OperationalError("unable to open database file")
        except sqlite3.Error as error:
            raise StoreError("there is no archive") from error

    assert exits.ended(missing) == exits.UNUSABLE
    assert not kept.exists()


def test_files_are_set_aside_and_dropped(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "BYTES", 2_000)
    for number in range(400):
        log.note(f"line {number}\nof two")
    files = sorted(one.name for one in kept.parent.iterdir())
    assert files == ["log.txt", *(f"log.txt.{nth}" for nth in range(1, log.KEPT + 1))]
    assert all(one.stat().st_size <= 2_000 for one in kept.parent.iterdir())
    assert "line 399 of two\n" in kept.read_text("utf-8")


def test_where_no_log_can_be_written_nothing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(log, "log_path", lambda: tmp_path / "file" / "log.txt")
    log.reopen()
    log.note("nowhere")
    assert exits.ended(_fault) == exits.FAULT
    assert capsys.readouterr().err.count("\n") == 1
    log.reopen()


def test_a_load_is_logged_and_said_with_verbose(tmp_path: Path) -> None:
    source = tmp_path / "one.txt"
    source.write_text(f"苏州市召开新闻发布会\n\n主持人：{SECRET}。\n", "utf-8")
    command = [sys.executable, "-c", "from tui.cli import main; main()", "--verbose", "load", str(source)]
    done = subprocess.run(
        [*command, "--archive", str(tmp_path / "a.db")],
        capture_output=True,
        text=True,
        timeout=60,
        env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
    )
    assert done.returncode == 0, done.stderr
    (line,) = [one for one in done.stderr.splitlines() if "load into" in one]
    assert "1 loaded" in line
    written = (tmp_path / ".local/state/briefings-tui/log.txt").read_text("utf-8")
    assert line in written
    assert SECRET not in written


BROKEN = """
import sys
from tui.screens.main import MainScreen
def fail(self):
    secret = "{secret}"
    raise ValueError(secret)
MainScreen.action_next_pane = fail
from tui.cli import main
main(sys.argv[1:])
"""


def test_a_fault_in_the_browser_leaves_the_terminal_sane(seeds_archive: Path, tmp_path: Path) -> None:
    script = tmp_path / "broken.py"
    script.write_text(BROKEN.format(secret=SECRET), "utf-8")
    shell = f'shift 3; exec "{sys.executable}" "{script}" "$@"'
    with Terminal(["--archive", str(seeds_archive)], tmp_path, shell=shell) as terminal:
        terminal.wait_for("潍坊").settle()
        begun = len(terminal.raw)
        terminal.write(b"\t")
        assert terminal.wait_for_end() == exits.FAULT
        terminal.settle()
        said = terminal.raw[begun:].decode("utf-8", "replace")
        assert SECRET not in said
        assert said.count("briefings-tui: ") == 1
        assert "ValueError" in said
        assert not terminal.modes[1049]
        assert "Traceback" not in said
    written = (tmp_path / ".local/state/briefings-tui/log.txt").read_text("utf-8")
    assert SECRET not in written
    assert "ValueError" in written
    assert "broken.py" in written
