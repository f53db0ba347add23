"""In a real terminal: whatever bytes come, in whatever packets, the browser obeys them in their order."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal import Terminal
from tui.widgets.search_box import SearchBox

KIOSK = ("--kiosk",)


@pytest.fixture(params=[(), KIOSK], ids=["browser", "kiosk"])
def terminal(request: pytest.FixtureRequest, seeds_archive: Path, tmp_path: Path) -> Iterator[Terminal]:
    arguments = [*request.param, "--archive", str(seeds_archive)]
    with Terminal(arguments, tmp_path, LANG="zh_CN.UTF-8") as one:
        yield one.wait_for("潍坊", "打开").settle()


def _box(terminal: Terminal) -> str:
    """What stands in the search box."""
    return terminal.lines[0].removeprefix(" / ").split("  ")[0].strip()


NOISE = bytes(byte for byte in range(128, 256)) + b"\xed\xa0\x80\xf8\x88\x80\x80\x80\xc0\xaf\xff\xfe"


@pytest.mark.parametrize(
    "noise",
    ["核酸".encode("gbk"), b"\xe1", NOISE, bytes(reversed(NOISE)), b"\x9bA\x9d0;x\x9c\x90+x\x9c"],
    ids=["gbk", "alt-a as 8-bit", "all", "all backwards", "c1"],
)
def test_bytes_that_are_no_utf_8_end_nothing(terminal: Terminal, noise: bytes) -> None:
    terminal.write(noise)
    terminal.settle().write(b"/" + noise + "核酸".encode())
    terminal.until(lambda: "核酸" in _box(terminal), "what is typed behind them")
    assert terminal.send("esc", "esc", "q").wait_for_end() == 0
    assert "Traceback" not in terminal.raw.decode()


@pytest.mark.parametrize(
    ("keys", "box"),
    [
        ("/核酸\x7f\x7f方舱", "方舱"),
        ("/核酸\x15方舱", "方舱"),
        ("/方舱\x1b[D\x1b[D检测\x1b[C医院", "检测方医院舱"),
        ("/方舱\x1b[H核酸\x1b[F。", "核酸方舱。"),
        ("/核酸\x17\x1b[3~方\x7f\x7f\x7f舱", "舱"),
    ],
)
def test_what_is_typed_and_taken_back_in_one_go_is_what_was_meant(
    terminal: Terminal, keys: str, box: str
) -> None:
    terminal.write(keys.encode())
    whole = {box, f"{box}内"}  # what is offered behind it is no part of it
    terminal.until(lambda: _box(terminal) in whole, f"{box} in the box")


def test_a_hit_is_opened_of_the_query_typed_before_and_the_next_one_gone_to(terminal: Terminal) -> None:
    terminal.write("/孕产妇\rn".encode())
    terminal.wait_for("处 2/6")


def test_leaving_behind_other_keys_leaves(terminal: Terminal) -> None:
    terminal.write(b"\x1b[B\rq")
    assert terminal.wait_for_end() == 0


def test_keys_behind_an_esc_in_one_packet_are_keys(terminal: Terminal) -> None:
    terminal.write("/核酸\x1bj\r".encode())
    terminal.wait_for("酸", "返回")
    terminal.write(b"\x1b\x1b?")
    terminal.wait_for("到处可用")


def test_a_sheet_is_scrolled_by_every_key_of_a_packet(terminal: Terminal) -> None:
    terminal.write(b"?")
    terminal.wait_for("到处可用").settle().write(b"\x1b[B ")
    together = terminal.settle().text
    for key in (b"\x1b[F", b"\x1b[H", b"\x1b[B", b" "):
        terminal.write(key)
        terminal.settle()
    assert terminal.text == together


def test_twenty_thousand_letters_are_one_change_and_what_comes_behind_is_heard(terminal: Terminal) -> None:
    terminal.pour(b"/" + b"a" * 20_000 + b"\x1b\x1b?")
    terminal.wait_for("到处可用")
    assert len(terminal.frames) < 20


def test_a_paste_without_an_end_keeps_no_more_than_it_may_and_then_keys_are_heard(terminal: Terminal) -> None:
    terminal.send("/")
    before = terminal.memory
    terminal.pour(b"\x1b[200~" + b"x" * 20_000_000)
    terminal.until(lambda: "xxxx" in terminal.lines[0], "what was kept of it")
    assert terminal.memory < before + 30_000_000
    terminal.send("esc", "esc").settle().send("?").wait_for("到处可用")


def test_a_paste_into_a_full_box_says_how_much_a_query_takes(terminal: Terminal) -> None:
    limit = f"{SearchBox.LONGEST:,}"
    terminal.write(b"/" + b"x" * SearchBox.LONGEST)
    terminal.wait_for(limit).pour(b"\x1b[200~" + b"y" * 200_000 + b"\x1b[201~")
    assert limit in terminal.settle().text


@pytest.mark.parametrize(
    ("locale", "charset", "word", "lacking"),
    [("zh_CN.GBK", "gbk", "孕产妇", "✓"), ("zh_TW.Big5", "cp950", "孕產婦", "孕产妇")],
)
def test_a_terminal_of_another_character_set_works_in_and_out(
    seeds_archive: Path, tmp_path: Path, locale: str, charset: str, word: str, lacking: str
) -> None:
    with pytest.raises(UnicodeEncodeError):
        lacking.encode(charset)
    arguments = ["--archive", str(seeds_archive)]
    with Terminal(arguments, tmp_path, charset=charset, LANG=locale) as terminal:
        terminal.until(lambda: "Enter l" in terminal.text, "the list").settle()
        data = f"/{word}".encode(charset)
        for at in range(len(data)):
            terminal.write(data[at : at + 1])
        terminal.until(lambda: _box(terminal) == word, "the query")
        terminal.send("enter").settle().send("y").settle()
        copied = re.findall(r"\x1b\]52;c;([^\x07]*)\x07", terminal.raw.decode())
        assert copied, terminal.text
        base64.b64decode(copied[-1]).decode(charset)
        assert terminal.send("q").wait_for_end() == 0


def test_a_kiosk_is_asked_in_the_character_set_of_whoever_asks(seeds_archive: Path, tmp_path: Path) -> None:
    arguments = ["--kiosk", "--archive", str(seeds_archive)]
    asked = "search 孕产妇".encode("gbk").decode("utf-8", "surrogateescape")
    with Terminal(
        arguments, tmp_path, charset="gbk", LANG="zh_CN.GBK", SSH_ORIGINAL_COMMAND=asked
    ) as terminal:
        assert terminal.wait_for_end() == 0
        assert "孕产妇" in terminal.text
