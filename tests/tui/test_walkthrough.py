"""The walk of docs/walkthrough.md, taken in a pseudo-terminal: the page is the test."""

from __future__ import annotations

import base64
import re
from pathlib import Path

from tests.conftest import ROOT
from tests.terminal import Terminal
from tui.state import State

STEP = re.compile(r"^\| (\d+) \|(.*?)\|(.*)\|(.*?)\|$", re.MULTILINE)
TOKEN = re.compile("`([^`]+)`")
KEYS = {"ctrl-o": "\x0f", "clear": "\x15"}
OSC_52 = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]+)")


def steps() -> list[tuple[int, list[str], list[str]]]:
    """Number, keys and what the screen must hold, of each step."""
    page = (ROOT / "docs" / "walkthrough.md").read_text("utf-8")
    return [
        (int(number), TOKEN.findall(keys), TOKEN.findall(held))
        for number, keys, held, _what in STEP.findall(page)
    ]


def test_the_walk_can_be_taken_as_it_is_written_down(tmp_path: Path) -> None:
    walk = steps()
    assert [number for number, *_ in walk] == list(range(1, len(walk) + 1))
    assert len(walk) >= 20
    assert all(held for _, _, held in walk[:-1])
    with Terminal([], tmp_path, LANG="zh_CN.UTF-8") as terminal:
        for number, keys, held in walk:
            for key in keys:
                terminal.send(KEYS.get(key, key)).settle(quiet=0.15)
            if number < len(walk):
                terminal.until(
                    lambda held=held: all(one in terminal.text for one in held),  # type: ignore[misc]
                    f"step {number}: {held}",
                )
        assert terminal.wait_for_end() == 0
    copied = [base64.b64decode(part).decode() for part in OSC_52.findall(terminal.raw)]
    assert len(copied) == 2
    assert "——潍坊市卫健委党组成员、副主任 寇建辉，《" in copied[0]
    assert copied[0].rstrip().endswith("weifang-2022-03-25-12/q3")
    assert copied[1].startswith("问 3")
    exported = (tmp_path / "q3.md").read_text("utf-8")
    assert "寇建辉" in exported
    for restored in (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?2004l"):
        assert restored in terminal.raw[-80:]
    state = State(tmp_path / ".local" / "state" / "briefings-tui" / "state.db")
    assert [mark.note for mark in state.bookmarks()] == ["会上要引"]
    assert [search.query for search in state.searches()] == ["孕产妇"]
    state.close()
