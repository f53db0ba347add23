"""Taking along and coming back: the clipboard, bookmarks, searches, the trail of jumps."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from textual.events import Paste
from textual.widgets import Input

from tui.clipboard import LIMIT, SCREEN, TooLongError, osc52
from tui.quote import exchange_quote, passage_quote
from tui.screens.form import LONGEST
from tui.screens.history import Place, Trail
from tui.screens.main import MainScreen
from tui.screens.note import NoteScreen
from tui.screens.shelf import ShelfScreen
from tui.state import Bookmark, Search, State

from .browsing import Browser, browsing
from .fake_store import FakeStore


def _bare(text: str) -> str:
    return f"\x1b]52;c;{base64.b64encode(text.encode()).decode()}\x07"


def test_a_bare_terminal_gets_osc_52() -> None:
    assert osc52("孕产妇", {}) == _bare("孕产妇")


def test_tmux_gets_it_bare_and_wrapped() -> None:
    bare = _bare("核酸")
    assert osc52("核酸", {"TMUX": "/tmp/t"}) == bare + "\x1bPtmux;\x1b" + bare + "\x1b\\"


def test_screen_gets_it_in_pieces_it_can_hold() -> None:
    sequence = osc52("核酸" * 500, {"STY": "1.x"})
    pieces = sequence.removeprefix("\x1bP").removesuffix("\x1b\\").split("\x1b\\\x1bP")
    assert "".join(pieces) == _bare("核酸" * 500)
    assert max(map(len, pieces)) == SCREEN


def test_what_no_terminal_takes_is_refused() -> None:
    osc52("x" * LIMIT, {})
    with pytest.raises(TooLongError):
        osc52("x" * (LIMIT + 1), {})


def test_a_quote_says_who_where_when_and_the_id() -> None:
    store = FakeStore()
    transcript = store.transcript(store.briefings()[0].id)
    answer = next(turn for turn in transcript.turns if turn.kind == "answer" and turn.speaker)
    quote = passage_quote(transcript, answer.passages[0].rowid)
    assert quote is not None
    assert answer.speaker is not None
    said, _, cited = quote.partition("\n——")
    assert said == answer.passages[0].text.strip()
    for part in (
        answer.speaker.name,
        transcript.briefing.title.strip("《》"),
        transcript.briefing.date or "",
    ):
        assert part in cited
    assert cited.endswith(f"{transcript.briefing.id}/q{answer.question}\n")
    assert passage_quote(transcript, -1) is None


def test_an_exchange_is_the_question_with_all_its_answers() -> None:
    store = FakeStore()
    transcript = store.transcript(store.briefings()[0].id)
    quote = exchange_quote(transcript, 1)
    assert quote is not None
    said = [turn for turn in transcript.turns if turn.kind in ("question", "answer")]
    assert {turn.question for turn in said} > {1}
    for turn in said:
        for passage in turn.passages:
            if not passage.gaps:
                assert (passage.text in quote) == (turn.question == 1)
    assert exchange_quote(transcript, 99) is None


def test_the_trail_goes_back_and_forward_again() -> None:
    trail = Trail()
    one, two, three = (Place("list", None, None, query) for query in "123")
    assert trail.back(one) is None
    trail.leave(one)
    trail.leave(two)
    assert trail.back(three) == two
    assert trail.back(two) == one
    assert trail.back(one) is None
    assert trail.forward(one) == two
    trail.leave(two)
    assert trail.forward(two) is None


def test_two_sessions_of_one_user_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    here, there = State(path), State(path)
    here.bookmark(Bookmark("a", 1, "甲", ""))
    there.bookmark(Bookmark("b", 2, "乙", "注"))
    there.searched("核酸")
    here.name_search("核酸", "检测")
    here.searched("隔离")
    assert {mark.briefing for mark in here.bookmarks()} == {"a", "b"}
    assert there.searches() == (Search("核酸", "检测"), Search("隔离", None))
    there.unmark("a", 1)
    here.forget_search("核酸")
    assert [mark.briefing for mark in here.bookmarks()] == ["b"]
    assert here.searches() == (Search("隔离", None),)


def test_only_so_many_searches_without_a_name_are_kept() -> None:
    state = State(None)
    state.name_search("第一", "留")
    for number in range(State.RECENT + 5):
        state.searched(str(number))
    kept = [one.query for one in state.searches()]
    assert kept[:2] == ["第一", str(State.RECENT + 4)]
    assert len(kept) == State.RECENT + 1


def _copied(browser: Browser) -> str:
    return browser.app._clipboard


async def test_y_copies_the_passage_being_read() -> None:
    async with browsing(keys=["enter", "right_square_bracket", "y"]) as browser:
        rowid = browser.reader.read_now
        transcript = browser.screen.transcript
        assert transcript is not None
        assert rowid is not None
        assert _copied(browser) == passage_quote(transcript, rowid)
        assert "已送终端剪贴板" in browser.screen.notice


async def test_capital_y_copies_the_exchange() -> None:
    async with browsing(keys=["enter", "2", "g", "Y"]) as browser:
        transcript = browser.screen.transcript
        assert transcript is not None
        assert _copied(browser) == exchange_quote(transcript, 2)


async def test_a_bookmark_is_made_with_a_note_found_and_forgotten() -> None:
    async with browsing(keys=["enter", "2", "g"]) as browser:
        rowid = browser.reader.read_now
        await browser.press("B")
        assert isinstance(browser.app.screen, NoteScreen)
        await browser.type("要紧")
        await browser.press("enter")
        (mark,) = browser.state.bookmarks()
        assert (mark.passage, mark.note) == (rowid, "要紧")
        await browser.press("home", "apostrophe")
        assert isinstance(browser.app.screen, ShelfScreen)
        assert any("要紧" in row for row in browser.text())
        await browser.press("enter")
        assert isinstance(browser.app.screen, MainScreen)
        assert browser.reader.read_now == rowid
        await browser.press("apostrophe", "d", "escape")
        assert browser.state.bookmarks() == ()


async def test_a_note_takes_what_is_pasted_as_far_as_there_is_room_and_says_so() -> None:
    async with browsing(keys=["enter", "B"]) as browser:
        box = browser.app.screen.query_one("#form")
        line = browser.app.screen.query_one(Input)
        line.post_message(Paste("第一行  要紧\r\n第二行"))
        await browser.settle()
        assert (line.value, box.border_subtitle) == ("第一行  要紧 第二行", None)
        line.post_message(Paste("长" * LONGEST))
        await browser.settle()
        assert len(line.value) == LONGEST
        assert box.border_subtitle == "最多 2,000 个字"
        assert any("最多 2,000 个字" in row for row in browser.text())
        await browser.press("backspace")
        assert box.border_subtitle is None
        await browser.type("完了")
        assert line.value.endswith("长完")
        assert box.border_subtitle == "最多 2,000 个字"


async def test_a_search_that_was_of_use_is_remembered_named_and_run_again() -> None:
    async with browsing(keys=["slash", *"孕产妇", "enter", "escape", "escape"]) as browser:
        assert browser.state.searches() == (Search("孕产妇", None),)
        await browser.press("S", "e")
        await browser.type("产科")
        await browser.press("enter")
        assert browser.state.searches() == (Search("孕产妇", "产科"),)
        await browser.press("enter")
        assert browser.box.value == browser.screen.sought == "孕产妇"
        assert browser.hits.marked is not None


async def test_ctrl_o_restores_place_query_and_pane_and_alt_right_goes_forward() -> None:
    async with browsing(keys=["enter", "3", "g"]) as browser:
        before, place = browser.screen.transcript, browser.reader.place
        await browser.press("slash", *"孕产妇", "down", "enter")
        found, there = browser.screen.transcript, browser.reader.read_now
        await browser.press("escape", "escape", "escape", "end", "enter")
        last = browser.screen.transcript
        assert last is not found
        await browser.press("ctrl+o", "ctrl+o")
        assert browser.screen.sought == browser.box.value == "孕产妇"
        assert (browser.screen.transcript, browser.reader.place) == (before, place)
        await browser.press("alt+right", "alt+right")
        assert browser.screen.transcript is last
        assert browser.screen.sought == ""
        assert there is not None


async def test_going_back_from_nowhere_says_so() -> None:
    async with browsing(keys=["ctrl+o"]) as browser:
        assert browser.screen.notice == "没有更早的位置"


async def test_the_mark_in_the_hits_follows_from_hit_to_hit() -> None:
    async with browsing(keys=["slash", *"孕产妇", "enter", "n"]) as browser:
        marked = browser.hits.marked
        assert marked is not None
        assert marked.rowid == browser.reader.read_now
        await browser.press("N")
        assert browser.hits.marked is not None
        assert browser.hits.marked.rowid == browser.reader.read_now != marked.rowid


@pytest.mark.parametrize("form", ["md", "json", "csv"])
async def test_e_writes_the_question_being_read(form: str, tmp_path: Path) -> None:
    path = tmp_path / f"out.{form}"
    async with browsing(keys=["enter", "2", "g", "e"]) as browser:
        await _name(browser, str(path))
        assert str(path) in browser.screen.notice
        transcript = browser.screen.transcript
    assert transcript is not None
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf") == (form == "csv")  # by which spreadsheets know UTF-8
    assert f"{transcript.briefing.id}/q2" in raw.decode()
    assert f"{transcript.briefing.id}/q1" not in raw.decode()


async def test_e_among_the_hits_writes_all_of_them(tmp_path: Path) -> None:
    path = tmp_path / "hits.json"
    async with browsing(keys=["slash", *"孕产妇", "escape", "e"]) as browser:
        await _name(browser, str(path))
        assert browser.screen.count is not None
        passages = browser.screen.count.passages
    rows = json.loads(path.read_text())
    assert len(rows) == passages
    assert all("孕产妇" in row["text"] and row["id"] in row["citation"] for row in rows)


async def test_e_overwrites_nothing_and_says_what_names_it_takes(tmp_path: Path) -> None:
    path = tmp_path / "there.md"
    path.write_text("mine")
    async with browsing(keys=["enter", "e"]) as browser:
        await _name(browser, str(path))
        assert "已存在" in browser.screen.notice
        await browser.press("e")
        await _name(browser, str(tmp_path / "there.docx"))
        assert ".md" in browser.screen.notice
        await browser.press("e")
        await _name(browser, str(tmp_path / "nowhere" / "x.md"))
        assert "写不了" in browser.screen.notice
    assert path.read_text() == "mine"


async def _name(browser: Browser, name: str) -> None:
    """Put a name into the line that asks for one, and leave it."""
    assert isinstance(browser.app.screen, NoteScreen)
    browser.app.screen.query_one(Input).value = name
    await browser.press("enter")
