"""In a real terminal: what is written, and when nothing is."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal import Terminal

MOUSE_ON, MOUSE_OFF = b"\x1b[?1003h", b"\x1b[?1003l"
PAGE = 4500
"""Bytes that a page at 80 by 24 may cost."""
START = 25_000
"""Bytes until the list stands."""


@pytest.fixture
def terminal(seeds_archive: Path, tmp_path: Path) -> Iterator[Terminal]:
    with Terminal(["--archive", str(seeds_archive)], tmp_path) as one:
        one.wait_for("潍坊")
        yield one


def test_slash_and_query_in_one_go_reach_the_box_and_then_nothing_is_written(terminal: Terminal) -> None:
    terminal.send("/孕产妇").wait_for("处 · 2 场")
    terminal.settle(quiet=0.4)
    assert (terminal.screen.cursor.x, terminal.screen.cursor.y) == (3 + 6, 0)
    before = terminal.written
    terminal.settle(quiet=1.5)
    assert terminal.written == before
    terminal.send("enter").wait_for("处 1/")


def test_a_page_costs_about_four_kilobytes(terminal: Terminal) -> None:
    terminal.send("down", "down", "enter").wait_for("潍坊市 › 2022-03-25")
    costs = []
    for _ in range(3):
        before = terminal.written
        terminal.send("pgdn")
        costs.append(terminal.written - before)
    assert 500 < max(costs) < PAGE


def test_the_mouse_stays_with_the_terminal_until_asked_for_and_kitty_keys_off(terminal: Terminal) -> None:
    assert MOUSE_ON not in terminal.raw
    terminal.send("m").until(lambda: MOUSE_ON in terminal.raw, "the mouse")
    terminal.send("m").settle(quiet=0.8)
    assert terminal.raw.rfind(MOUSE_OFF) > terminal.raw.rfind(MOUSE_ON)
    terminal.send("m", "q")
    assert terminal.wait_for_end() == 0
    assert terminal.raw.rfind(MOUSE_OFF) > terminal.raw.rfind(MOUSE_ON)
    assert b"\x1b[>" not in terminal.raw


def test_no_color_leaves_shapes_and_takes_colours(seeds_archive: Path, tmp_path: Path) -> None:
    with Terminal(["--archive", str(seeds_archive)], tmp_path, NO_COLOR="1") as plain:
        plain.wait_for("潍坊").send("/孕产妇").wait_for("处 · 2 场").send("enter").wait_for("处 1/")
        plain.settle(quiet=0.8)
        cells = [plain.screen.buffer[y][x] for y in range(24) for x in range(80)]
        assert {(cell.fg, cell.bg) for cell in cells} == {("default", "default")}
        assert "".join(cell.data for cell in cells if cell.reverse) == "孕产妇"
        assert any(cell.underscore for cell in cells)
        assert any(cell.bold for cell in cells)
        assert "▌" in plain.text


def test_what_something_else_wrote_is_gone_after_ctrl_l_and_after_a_stop(terminal: Terminal) -> None:
    terminal.send("down", "enter").wait_for("四月将尽").settle()
    before = terminal.text
    for again in ("\x0c", None):
        terminal.scribble("rubbish")
        assert "rubbish" in terminal.text
        if again:
            terminal.send(again)
        else:
            os.kill(terminal.pid, signal.SIGTSTP)
            terminal.settle()
            os.kill(terminal.pid, signal.SIGCONT)
        terminal.until(lambda: "rubbish" not in terminal.text, "the screen as it was").settle()
        assert terminal.text == before


def test_frames_cost_what_they_change(terminal: Terminal) -> None:
    assert terminal.written < START
    costs = {}
    terminal.send("down", "down").settle()
    for name, key in {"open": "enter", "page": "pgdn", "question": "]", "line": "down"}.items():
        before = terminal.written
        terminal.send(key).settle()
        costs[name] = terminal.written - before
    assert max(costs.values()) < PAGE, costs


def test_a_terminal_that_shrinks_and_grows_back_at_once_shows_everything_again(terminal: Terminal) -> None:
    terminal.send("down", "enter").wait_for("四月将尽").settle()
    before = terminal.text
    for _ in range(3):
        terminal.resize(60, 20)
        terminal.resize(80, 24)
        terminal.until(lambda: terminal.text == before, "the screen as it was").settle()
    assert terminal.text == before
