"""In terminals of many colours, few and none: what is written, and that no meaning is in colour alone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.terminal import Terminal

FEW = re.compile(r"^(?:3[0-7]|4[0-7]|9[0-7]|10[0-7]|39|49)$")
"""A parameter that sets one of 16 colours, or the terminal's own anew."""
TERMINALS: dict[str, tuple[dict[str, str], str]] = {
    "true colour": ({"TERM": "xterm", "COLORTERM": "truecolor"}, "2"),
    "256": ({"TERM": "xterm-256color"}, "5"),
    "tmux": ({"TERM": "tmux-256color"}, "5"),
    "screen": ({"TERM": "screen"}, ""),
    "xterm": ({"TERM": "xterm"}, ""),
    "console": ({"TERM": "linux"}, ""),
    "monochrome": ({"TERM": "vt100"}, ""),
    "NO_COLOR": ({"TERM": "xterm-256color", "NO_COLOR": "1"}, ""),
}
"""What the environment says, and how colours are then said: 38;2;…, 38;5;…, or not at all."""


def kinds(raw: bytes) -> set[str]:
    """How colours are said: `2` and `5` for 38;2;… and 38;5;…, `few` for one of 16."""
    said: set[str] = set()
    many = re.compile(r"[34]8;(?:(2);\d+;\d+;\d+|(5);\d+)")
    for sequence in re.findall(r"\x1b\[([0-9;]*)m", raw.decode("utf-8", "replace")):
        said |= {one[1] or one[2] for one in many.finditer(sequence)}
        said |= {"few" for part in many.sub("", sequence).split(";") if FEW.match(part)}
    return said


@pytest.mark.parametrize("name", TERMINALS)
def test_a_terminal_is_written_the_colours_it_has(name: str, seeds_archive: Path, tmp_path: Path) -> None:
    variables, said = TERMINALS[name]
    with Terminal(["--archive", str(seeds_archive)], tmp_path, **variables) as terminal:
        terminal.wait_for("潍坊").send("/孕产妇").wait_for("处 · 2 场").send("enter").wait_for("处 1/")
        marks = [re.compile(rf"\x1b\[(?:\d+;)*{mark}(?:;\d+)*m".encode()) for mark in (1, 4, 7)]
        terminal.until(lambda: all(mark.search(terminal.raw) for mark in marks), "bold, underlined, reverse")
        assert kinds(terminal.raw) == ({said} if said else set())


def test_few_colours_are_the_terminals_own_and_t_says_so(seeds_archive: Path, tmp_path: Path) -> None:
    with Terminal(["--archive", str(seeds_archive)], tmp_path, TERM="linux") as terminal:
        terminal.wait_for("潍坊").send("t").wait_for("终端颜色太少")
        assert kinds(terminal.raw) == set()


class Mark(NamedTuple):
    """A cell without its colours."""

    text: str
    bold: bool
    italic: bool
    underline: bool
    reverse: bool


def marks(terminal: Terminal) -> list[list[Mark]]:
    """The screen without colours."""
    screen = terminal.screen
    return [
        [
            Mark(cell.data, cell.bold, cell.italics, cell.underscore, cell.reverse)
            for cell in (screen.buffer[y][x] for x in range(screen.columns))
        ]
        for y in range(screen.lines)
    ]


def text_of(terminal: Terminal, **attributes: bool) -> str:
    """All characters that have those attributes."""
    wanted = attributes.items()
    return "".join(
        cell.text for row in marks(terminal) for cell in row if all(getattr(cell, k) == v for k, v in wanted)
    )


@pytest.mark.parametrize("term", ["xterm-256color", "xterm", "vt100"])
def test_nothing_is_said_by_colour_alone(term: str, seeds_archive: Path, tmp_path: Path) -> None:
    archive = ["--archive", str(seeds_archive)]
    with Terminal(archive, tmp_path, width=120, height=30, TERM=term) as terminal:
        terminal.wait_for("潍坊")
        heads = [row[0].text for row in marks(terminal)[1:7]]
        assert heads == ["▌", "▌", "▌", " ", " ", " "], "the entry under the cursor"
        focused = marks(terminal)[1][:28]
        terminal.send("enter").wait_for("即墨区 ›", "主持")
        assert marks(terminal)[1][:28] != focused, "the list with the focus and without"
        assert "│▌即墨区 ›" in terminal.lines[1], "the transcript with the focus"
        labels = {"主持", "发布", "问 1", "答"}
        seen: set[str] = set()
        bold: set[str] = set()
        for _ in range(9):
            seen |= {label for label in labels if f" {label}" in terminal.text}
            bold |= {label for label in labels if label.split()[0] in text_of(terminal, bold=True)}
            terminal.send("pgdn")
        assert seen == bold == labels, "the voices"

        terminal.send("/居民").wait_for("新→旧").send("enter").wait_for("处 1/")
        terminal.send("n").wait_for("处 2/")
        column = range(32, 88)
        reader = [row[column.start : column.stop] for row in marks(terminal)]
        current = {cell[1:] for row in reader for cell in row if cell.text in ("居", "民") and cell.reverse}
        others = {cell[1:] for row in reader for cell in row if cell.text in ("居", "民") and cell.underline}
        assert current, "the match stood on"
        assert others, "the other matches"
        assert not current & others

        terminal.send("v").wait_for("原文")
        terminal.send("\x1b[F").wait_for("┊")
        terminal.send("q").wait_for("处 2/").send("B").wait_for("附注").send("好", "enter")
        terminal.send("'").wait_for("删去")
        assert "居民" not in terminal.text, "what stands behind the bookmarks"
        assert any(line.strip().startswith("▌") and "好" in line for line in terminal.lines), "a bookmark"

    with Terminal([*archive, "yangzhou-08-05-7"], tmp_path, width=120, height=30, TERM=term) as terminal:
        terminal.wait_for("扬州市")
        for _ in range(6):
            if "▢" in text_of(terminal, bold=True):
                break
            terminal.send("pgdn")
        assert "▢" in text_of(terminal, bold=True), "where characters were lost"
