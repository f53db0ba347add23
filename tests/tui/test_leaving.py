"""In a real terminal: stops, signals, dropped lines and storms of resizes leave it, and the reader, sane."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal import LIMIT, ROOT, Terminal


@pytest.fixture
def args(seeds_archive: Path) -> list[str]:
    return ["--archive", str(seeds_archive)]


@pytest.fixture
def terminal(args: list[str], tmp_path: Path) -> Iterator[Terminal]:
    with Terminal(args, tmp_path) as one:
        yield one.wait_for("潍坊").settle()


def _read_on(terminal: Terminal) -> str:
    """Open a transcript and read on; what stands at the top of it then."""
    terminal.send("down", "enter").wait_for("四月将尽").send("pgdn", "down").settle()
    return _top(terminal)


def _top(terminal: Terminal) -> str:
    return next(text for line in terminal.lines[2:] if (text := line.partition("│")[2].strip()))


def _stopped(terminal: Terminal) -> bool:
    return terminal.state == "T"


def test_a_stop_leaves_the_terminal_sane_and_it_comes_back_as_it_was(terminal: Terminal) -> None:
    _read_on(terminal)
    terminal.send("m", "/", "核酸").wait_for(" / 核酸").settle(quiet=1.0)
    assert terminal.modes[1003]
    before, caret = terminal.text, terminal.caret
    for _ in range(2):
        os.kill(terminal.pid, signal.SIGTSTP)
        terminal.until(lambda: _stopped(terminal), "the stop")
        assert terminal.sane, terminal.modes
        terminal.scribble("rubbish of the shell")
        assert terminal.text != before
        os.kill(terminal.pid, signal.SIGCONT)
        terminal.until(lambda: terminal.text == before, "the screen as it was").settle()
        assert terminal.caret == caret
        assert terminal.modes[1049]
        assert not terminal.modes[25]


SHELL = 'set -m; "$@"; echo IN THE SHELL; read -r _; fg >/dev/null'


@pytest.mark.parametrize("keys", [("/", "核酸"), ("?",)], ids=["box", "help"])
def test_ctrl_z_goes_to_the_shell_and_fg_comes_back(
    args: list[str], tmp_path: Path, keys: tuple[str, ...]
) -> None:
    with Terminal(args, tmp_path, shell=SHELL) as terminal:
        terminal.wait_for("潍坊")
        _read_on(terminal)
        reading = terminal.text
        terminal.send(*keys).until(lambda: terminal.text != reading, "what was called for").settle(quiet=1.0)
        before, caret = terminal.text, terminal.caret
        terminal.send("\x1a").wait_for("IN THE SHELL")
        assert terminal.sane, terminal.modes
        terminal.send("\n").until(lambda: terminal.text == before, "the screen as it was").settle()
        assert terminal.caret == caret
        terminal.send("esc", "esc", "q")
        terminal.wait_for_end()
        assert terminal.sane, terminal.modes


def test_ctrl_z_does_nothing_where_no_shell_could_bring_it_back(terminal: Terminal) -> None:
    before = terminal.written
    terminal.send("\x1a").settle(quiet=0.5)
    assert terminal.written == before
    assert not _stopped(terminal)


def test_a_terminal_is_not_sane_while_the_program_has_it(terminal: Terminal) -> None:
    assert not terminal.sane


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_ends_it_in_order_and_the_place_is_kept(
    args: list[str], tmp_path: Path, number: signal.Signals
) -> None:
    with Terminal(args, tmp_path) as terminal:
        terminal.wait_for("潍坊").send("m")
        top = _read_on(terminal)
        os.kill(terminal.pid, number)
        assert terminal.wait_for_end() == 128 + number
        assert terminal.sane, terminal.modes
        assert "Traceback" not in terminal.raw.decode()
    _comes_back(args, tmp_path, top)


def test_a_dropped_line_ends_it_and_the_place_is_kept(args: list[str], tmp_path: Path) -> None:
    with Terminal(args, tmp_path) as terminal:
        terminal.wait_for("潍坊")
        top = _read_on(terminal)
        terminal.hang_up()
        terminal.wait_for_end()
    assert not list(tmp_path.rglob("log.txt")), "nothing failed here"
    _comes_back(args, tmp_path, top)


def _comes_back(args: list[str], home: Path, top: str) -> None:
    """Started again, the transcript opens at the passage where it was left."""
    with Terminal(args, home) as terminal:
        terminal.wait_for("潍坊").send("down", "enter").wait_for("2022-04-25").settle()
        assert top in terminal.text
        assert "四月将尽" not in terminal.text


def test_a_dropped_line_of_which_no_signal_tells_ends_it_too(args: list[str], tmp_path: Path) -> None:
    ours, theirs = os.openpty()
    env = {**os.environ, "HOME": str(tmp_path), "TERM": "xterm-256color", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", "from tui.cli import main; main()", *args]
    # a child in this session: the terminal is not the one that would have it signalled
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=env) as program:
        try:
            os.close(theirs)
            shown = b""
            while "潍坊".encode() not in shown:
                shown += os.read(ours, 65536)
            os.close(ours)
            assert program.wait(LIMIT) != 0
        finally:
            program.kill()


def test_a_storm_of_resizes_ends_in_a_right_screen(args: list[str], tmp_path: Path) -> None:
    dice = random.Random(1)
    with Terminal(args, tmp_path) as terminal:
        terminal.wait_for("潍坊")
        _read_on(terminal)
        for _ in range(200):
            terminal.resize(dice.randint(20, 200), dice.randint(6, 60))
            if dice.random() < 0.2:
                terminal.settle(quiet=0.01, limit=0.01)
        terminal.resize(80, 24)
        terminal.until(lambda: "2022-04-25" in terminal.lines[1], "the transcript's title")
        terminal.settle(quiet=1.0)
        after = terminal.text
        terminal.send("\x0c").settle(quiet=0.5)
        assert terminal.text == after, "what a frame written anew shows"
        terminal.send("pgdn").until(lambda: terminal.text != after, "another page")
        assert terminal.send("q").wait_for_end() == 0
        assert terminal.sane


STRUCK = """
import fcntl, struct, sys, termios
from textual.drivers.linux_driver import LinuxDriver
asked = LinuxDriver._get_terminal_size
def size_as_it_changes(driver):
    size = asked(driver)
    if size == (30, 4):
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    return size
LinuxDriver._get_terminal_size = size_as_it_changes
from tui.cli import main
main()
"""
"""A browser whose window changes once more between the question of its size and what becomes of it."""


@pytest.mark.parametrize("stopped", [False, True], ids=["from the start", "after a stop"])
def test_of_two_changes_of_the_window_the_later_one_stays(
    args: list[str], tmp_path: Path, stopped: bool
) -> None:
    (tmp_path / "struck.py").write_text(STRUCK)
    with Terminal(args, tmp_path, shell=f'shift 3; exec {sys.executable} {tmp_path}/struck.py "$@"') as one:
        one.wait_for("潍坊", "Enter l").settle()
        if stopped:
            os.kill(one.pid, signal.SIGTSTP)
            one.until(lambda: _stopped(one), "the stop")
            os.kill(one.pid, signal.SIGCONT)
            one.wait_for("潍坊", "Enter l").settle()
        one.resize(30, 4)
        one.screen.resize(24, 80)
        one.wait_for("潍坊", "Enter l")
        assert one.send("q").wait_for_end() == 0


def test_the_program_does_not_run_while_nobody_types(terminal: Terminal) -> None:
    terminal.settle(quiet=1.0)
    before = _ticks(terminal.pid)
    time.sleep(2.0)
    assert _ticks(terminal.pid) - before < 0.5 * os.sysconf("SC_CLK_TCK")


def _ticks(pid: int) -> int:
    """Time of the processor that a process has had, in ticks."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])
