"""The program in a real pseudo-terminal: what a person sees, key by key, and how it leaves."""

from __future__ import annotations

import os
import re
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from loader.archive.writer import Writer
from loader.load import load
from loader.read import find
from tests.conftest import SEEDS
from tests.terminal import Terminal
from tui.store.archive import open_archive


@pytest.fixture
def archive(seeds_archive: Path, tmp_path: Path) -> Path:
    """A copy of the seeds' archive, so that its bytes can be compared afterwards."""
    return Path(shutil.copy(seeds_archive, tmp_path / "a.db"))


@pytest.fixture
def wide(archive: Path, tmp_path: Path) -> Iterator[Terminal]:
    """The browser at 120×40, list painted."""
    with Terminal(["--archive", str(archive)], tmp_path, width=120, height=40) as terminal:
        yield terminal.wait_for("潍坊")


def _list_pane(terminal: Terminal) -> list[str]:
    """What stands left of the first border, counters and read marks aside."""
    return [line.split("│")[0].replace("✓", " ").rstrip() for line in terminal.lines[1:-1]]


def test_find_read_step_and_go_back(wide: Terminal, archive: Path) -> None:
    before, bytes_before = _list_pane(wide), archive.read_bytes()
    assert any("孕产妇 隔离" in line for line in before), "key terms in the list"

    wide.send("/", "孕产妇").wait_for("8 处 · 2 场")
    assert wide.text.index("潍坊市") < wide.text.index("扬州市"), "newest first"

    wide.send("enter").wait_for("问 3/3", "处 1/6")
    assert re.search(r"问 3\s+不少市民来电询问，疫情期间孕产妇", wide.text)
    outline = "\n".join(line.rpartition("│")[2] for line in wide.lines)
    assert re.search(r"寇建辉\n.+\n[▌ ]+\S* ?孕产妇", outline), "key terms in the outline"

    wide.send("n").wait_for("处 2/6")
    assert re.search(r"答\s+寇建辉\s+潍坊市卫健委党组成员、副主任", wide.text)

    wide.send("]").wait_for("已是最后一问")
    wide.send("[", "[").wait_for("问 2/3")  # first to the head of the question one is in
    wide.send("]").wait_for("问 3/3")

    wide.send("esc").until(lambda: wide.lines[-1].startswith(" Enter l 打开"), "the hits' own keys")
    assert "8 处 · 2 场" in wide.lines[0], "back at the hits"
    wide.send("esc").until(lambda: "孕产妇" not in wide.lines[0], "an empty search box")
    assert _list_pane(wide) == before
    assert archive.read_bytes() == bytes_before
    assert wide.send("q").wait_for_end() == 0


def test_a_new_user_gets_the_seeds(tmp_path: Path) -> None:
    with Terminal([], tmp_path) as terminal:
        terminal.wait_for("输入即搜", limit=60)
        for place in ("潍坊", "即墨", "扬州", "长春", "文件"):
            assert place in terminal.text
        assert terminal.send("q").wait_for_end() == 0


def test_a_terminal_too_small_says_so_and_recovers(archive: Path, tmp_path: Path) -> None:
    with Terminal(["--archive", str(archive)], tmp_path, width=20, height=6) as terminal:
        terminal.wait_for("终端太小")
        terminal.resize(80, 24)
        terminal.wait_for("潍坊")
        assert terminal.send("q").wait_for_end() == 0


def test_a_dumb_terminal_gets_one_line(archive: Path, tmp_path: Path) -> None:
    with Terminal(["--archive", str(archive)], tmp_path, TERM="dumb") as terminal:
        assert terminal.wait_for_end() == 2
        assert terminal.raw.decode().count("\n") == 1
        assert "briefings-tui list" in terminal.raw.decode()


def test_an_id_opens_there(archive: Path, tmp_path: Path) -> None:
    with Terminal(["weifang-2022-03-25-12/q2", "--archive", str(archive)], tmp_path) as terminal:
        terminal.wait_for("问 2/3")
        assert "陈军" in terminal.text
        assert terminal.send("q").wait_for_end() == 0


def test_the_terminal_is_sane_after_sigterm(wide: Terminal) -> None:
    os.kill(wide.pid, signal.SIGTERM)
    wide.wait_for_end()
    assert b"\x1b[?1049l" in wide.raw, "the alternate screen was left"
    assert b"\x1b[?25h" in wide.raw.split(b"\x1b[?1049h")[-1], "the cursor is shown again"


def test_idle_writes_nothing(wide: Terminal) -> None:
    wide.settle(1.0)
    before = wide.written
    wide.settle(3.0, limit=3.0)
    assert wide.written == before


def test_a_reader_puts_a_place_right(wide: Terminal, archive: Path) -> None:
    wide.send("j", "j", "enter").wait_for("潍坊市 › 2022-03-25")
    wide.send("E").wait_for("更正这份记录")
    wide.send("\t", "\x15", "昆山市", "enter").wait_for("昆山市 › 2022-03-25", "已更正")
    assert any("昆山市 12场" in line for line in _list_pane(wide))
    assert open_archive(archive).check().problems == ()


def test_a_correction_that_makes_no_sense_is_said(wide: Terminal, archive: Path) -> None:
    before = archive.read_bytes()
    wide.send("j", "j", "enter").wait_for("潍坊市 › 2022-03-25")
    wide.send("E").wait_for("更正这份记录")
    wide.send("\t", "\t", "\t", "x", "enter").wait_for("日期不对", "2022-03-25x")
    wide.send("esc").until(lambda: "更正这份" not in wide.text, "the form gone")
    assert archive.read_bytes() == before


def test_another_print_is_one_key_away(tmp_path: Path) -> None:
    text = (SEEDS / "yangzhou-7.txt").read_text("utf-8")
    (tmp_path / "whole.txt").write_text(text, "utf-8")
    (tmp_path / "part.txt").write_text(text[: len(text) * 3 // 4], "utf-8")
    with Writer(tmp_path / "a.db") as writer:
        for _ in load(find([tmp_path]), writer):
            pass
    with Terminal(["--archive", str(tmp_path / "a.db")], tmp_path, width=120, height=40) as terminal:
        terminal.wait_for("2版", "1 场")
        terminal.send("enter").wait_for("扬州市 › XXXX-08-05")
        terminal.send("=").wait_for("第 2/2 版")
        terminal.send("=").wait_for("第 1/2 版")


def test_a_check_says_on_a_terminal_what_it_looks_at(archive: Path, tmp_path: Path) -> None:
    with Terminal(["--archive", str(archive), "check"], tmp_path) as terminal:
        assert terminal.wait_for_end() == 0
        assert all(step in terminal.raw.decode() for step in ("checking the file", "checking words"))
        assert "checking" not in terminal.settle().text
        assert "whole:" in "".join(terminal.lines)  # the path is long, and the line may end anywhere
