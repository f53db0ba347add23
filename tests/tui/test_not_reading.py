"""In a terminal that does not read the browser ends when told, keeps little, and shows all afterwards."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal import Terminal

PAGES = 60
"""Pages turned while nobody reads: many times what the kernel keeps for a terminal."""
ROOM = 20_000_000
"""Bytes of memory that may be kept meanwhile."""


@pytest.fixture
def terminal(seeds_archive: Path, tmp_path: Path) -> Iterator[Terminal]:
    with Terminal(["--archive", str(seeds_archive)], tmp_path, width=200, height=60) as one:
        one.wait_for("潍坊").send("down", "enter").wait_for("四月将尽").settle()
        yield one


def _unread(terminal: Terminal) -> None:
    """Have it write more than anybody reads."""
    for _ in range(PAGES):
        terminal.write(b"\x1b[6~t")
        terminal.idle()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it(terminal: Terminal, number: signal.Signals) -> None:
    _unread(terminal)
    os.kill(terminal.pid, number)
    assert terminal.wait_for_end(reading=False) == 128 + number


def test_idleness_ends_it(seeds_archive: Path, tmp_path: Path) -> None:
    arguments = ["--idle", "0.1", "--archive", str(seeds_archive)]
    with Terminal(arguments, tmp_path, width=200, height=60) as terminal:
        terminal.wait_for("潍坊").send("down", "enter").wait_for("四月将尽").settle()
        _unread(terminal)
        assert terminal.wait_for_end(reading=False) == 0


def test_little_is_kept_and_what_is_to_be_seen_is_shown_afterwards(terminal: Terminal) -> None:
    before, written = terminal.memory, terminal.written
    _unread(terminal)
    assert terminal.memory < before + ROOM
    terminal.write(b"?")
    terminal.settle().wait_for("重画")
    assert terminal.written - written < 2_000_000, "frames that nobody could see were not written"
    shown = terminal.text
    assert terminal.send("\x0c").settle().text == shown, "what a frame written anew shows"
    assert terminal.send("esc", "q").wait_for_end() == 0
    assert terminal.sane
