"""In a real terminal: what is typed, pasted and committed by an input method comes whole, caret and all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from wcwidth import wcswidth

from tests.terminal import Terminal

PROMPT = 3
"""Cells before the query."""
FEW = 4
"""Frames that one query may take: the text, its hits, their number, how the word goes on."""
COMMIT = "新型冠状病毒核酸检测"


@pytest.fixture
def terminal(seeds_archive: Path, tmp_path: Path) -> Iterator[Terminal]:
    with Terminal(["--archive", str(seeds_archive)], tmp_path) as one:
        yield one.wait_for("潍坊").send("/").settle()


def _box(terminal: Terminal) -> str:
    """What stands in the search box."""
    return terminal.lines[0].removeprefix(" / ").split("  ")[0].strip()


def _caret_behind(terminal: Terminal, text: str) -> bool:
    return terminal.caret == (PROMPT + wcswidth(text), 0)


def test_every_frame_ends_with_the_cursor_at_the_caret(terminal: Terminal) -> None:
    begun = len(terminal.frames)
    typed = ""
    for character in "孕产妇 a就医":
        typed += character
        terminal.send(character).wait_for(f" / {typed}".rstrip())
        assert _caret_behind(terminal, typed)
    assert len(terminal.frames) > begun
    ends = {frame.cursor for frame in terminal.frames[begun:]}
    assert ends <= {(PROMPT + wcswidth(typed[:size]), 0) for size in range(len(typed) + 1)}
    for key, behind in (
        ("\x1b[D", "孕产妇 a就"),
        ("\x1b[D", "孕产妇 a"),
        ("\x1b[C", "孕产妇 a就"),
        ("\x1b[H", ""),
        ("\x1b[F", "孕产妇 a就医"),
        ("down", "孕产妇 a就医"),
    ):
        terminal.send(key).settle()
        assert _caret_behind(terminal, behind), key


def test_the_caret_stays_when_hits_come_late_and_when_they_are_walked(terminal: Terminal) -> None:
    terminal.write("核酸".encode())
    terminal.wait_for("新→旧", "场")
    begun = len(terminal.frames)
    terminal.send("down", "down", "down").settle()
    assert len(terminal.frames) > begun
    assert {frame.cursor for frame in terminal.frames[begun:]} == {(PROMPT + 4, 0)}


def test_a_wide_paste_arrives_whole_and_is_one_query(terminal: Terminal) -> None:
    lines = [COMMIT[at % 10 :] + COMMIT[: at % 10] for at in range(50)]
    pasted = "\r\n".join(lines)
    assert sum(map(len, lines)) == 500
    begun = len(terminal.frames)
    terminal.write(b"\x1b[200~" + pasted.encode() + b"\x1b[201~")
    last = lines[-1]
    terminal.until(lambda: last in terminal.lines[0], "the end of what was pasted")
    assert len(terminal.frames) - begun <= FEW, "one query, not one a character"
    row = terminal.lines[0]
    assert _caret_behind(terminal, row[PROMPT : row.index(last) + len(last)])
    terminal.send("\x1b[H").until(lambda: _box(terminal).startswith(f"{lines[0]} {lines[1]}"), "its head")
    assert _caret_behind(terminal, "")
    terminal.write(b"\x1b[3~" * (500 + 49 - 4))
    # behind them may stand how the word goes on
    terminal.until(lambda: _box(terminal).startswith(last[-4:]), "the last four characters of 549")


@pytest.mark.parametrize("cut", [0, 1, 11])
def test_a_commit_of_several_characters_arrives_whole_wherever_the_line_cuts_it(
    terminal: Terminal, cut: int
) -> None:
    data = COMMIT.encode()
    terminal.write(data[:cut])
    terminal.settle(quiet=0.15)
    begun = len(terminal.frames)
    terminal.write(data[cut:])
    terminal.until(lambda: _box(terminal) == COMMIT, "the commit")
    assert _caret_behind(terminal, COMMIT)
    terminal.until(lambda: "没有找到" in terminal.text or "处" in terminal.lines[0], "an answer")
    if cut < 3:
        assert len(terminal.frames) - begun <= FEW, "one query, not one a character"


def test_what_is_typed_ahead_of_a_form_is_text_and_not_commands(terminal: Terminal) -> None:
    terminal.send("esc", "down", "enter").wait_for("四月将尽").settle()
    terminal.write("B questions, 会上要引\r'".encode())
    terminal.wait_for("▌ questions, 会上要引", "Esc 离开")


def test_keys_in_one_go_are_obeyed_in_their_order(terminal: Terminal) -> None:
    terminal.send("esc").settle()
    terminal.write("jj\r3gf病房\rB".encode())
    terminal.wait_for("书签：二是确保绿色通道畅通")
