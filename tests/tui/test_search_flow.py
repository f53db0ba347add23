"""Searching: every keystroke a query, hits in the list's place, and the way back step by step."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from tui.screens import answers
from tui.store.rows import Count, Page
from tui.widgets.folds import NOTHING_FOLDED
from tui.widgets.reader import Reader
from tui.widgets.tally import Tally

from .browsing import browsing
from .fake_store import FakeStore


async def test_slash_and_what_is_typed_right_behind_it_reach_the_box() -> None:
    async with browsing() as browser:
        await browser.type("/核酸")
        assert browser.box.has_focus
        assert browser.screen.sought == "核酸"


async def test_hits_replace_the_list_as_one_types() -> None:
    async with browsing() as browser:
        await browser.type("/孕产妇")
        assert (browser.list.display, browser.hits.display) == (False, True)
        assert browser.screen.page is not None
        assert {hit.briefing.place for hit in browser.screen.page.hits} == {"临淮", "微山湖", "东港", "洋河"}
        assert browser.screen.count == Count("孕产妇", 9, 4)
        assert browser.screen.query_one(Tally).text() == "9 处 · 4 场 · 新→旧"


async def test_a_count_that_took_too_long_is_shown_as_a_lower_bound() -> None:
    async with browsing() as browser:
        await browser.type("/孕产妇")
        tally = browser.screen.query_one(Tally)
        browser.screen.post_message(answers.Counted(Count("孕产妇", 1234, 7, exact=False)))
        await browser.settle()
        assert tally.text() == "1234+ 处 · 新→旧"
        browser.screen.post_message(answers.Counted(Count("孕产妇", 2, 1, exact=False)))
        await browser.settle()
        assert tally.text() == "9+ 处 · 新→旧", "not below the hits that are shown"


async def test_every_keystroke_stops_the_query_before_it() -> None:
    async with browsing() as browser:
        await browser.press("slash", *"核酸")
        assert browser.store.interrupts >= 2


async def test_an_answer_to_an_older_query_is_dropped() -> None:
    store = FakeStore()
    async with browsing(store=store) as browser:
        await browser.type("/核酸")
        stale = Page("核", ())
        browser.screen.post_message(answers.Found(stale))
        browser.screen.post_message(answers.Counted(Count("核", 0, 0)))
        await browser.settle()
        assert browser.screen.page is not None
        assert browser.screen.page.query == "核酸"
        assert browser.screen.count is not None
        assert browser.screen.count.query == "核酸"


async def test_old_hits_stay_until_new_ones_come() -> None:
    store = FakeStore()
    async with browsing(store=store) as browser:
        await browser.type("/核")
        before = browser.screen.page
        store.gate = threading.Event()
        await browser.pilot.press("酸")
        await browser.pilot.pause()
        assert browser.screen.page is before
        store.gate.set()
        await browser.settle()
        assert browser.screen.page is not None
        assert browser.screen.page.query == "核酸"


async def test_the_list_stays_until_the_first_hits_come() -> None:
    store = FakeStore()
    async with browsing(store=store) as browser:
        store.gate = threading.Event()
        before = browser.text()[1:-1]
        await browser.pilot.press("slash", "核", "down")
        await browser.pilot.pause()
        assert (browser.list.display, browser.hits.display) == (True, False)
        assert browser.text()[2:-1] == before[1:], "the list as it was, but for the focus"
        store.gate.set()
        await browser.settle()
        assert (browser.list.display, browser.hits.display) == (False, True)
        assert browser.hits.cursor == 1, "a key waits for the hits of what was typed before it"


async def test_enter_before_the_hits_have_come_opens_the_first_of_them() -> None:
    store = FakeStore()
    async with browsing(store=store) as browser:
        store.gate = threading.Event()
        await browser.pilot.press("slash", *"孕产妇", "enter")
        assert browser.screen.transcript is None
        store.gate.set()
        await browser.settle()
        assert browser.screen.transcript is not None
        assert browser.screen.pane == "reader"


async def test_up_and_down_walk_the_hits_while_the_box_has_the_focus() -> None:
    async with browsing() as browser:
        await browser.type("/核酸")
        await browser.press("down", "down", "up")
        assert browser.box.has_focus
        assert browser.hits.cursor == 1


async def test_enter_stands_on_the_passage_a_third_down_with_its_match_current() -> None:
    async with browsing() as browser:
        await browser.type("/同一家超市")
        hit = browser.hits.marked
        assert hit is not None
        await browser.press("enter")
        assert browser.reader.has_focus
        drawn = [
            (row, segment.text)
            for row, strip in enumerate(browser.app.screen._compositor.render_strips())
            for segment in strip
            if segment.style and segment.style.reverse
        ]
        assert [text for _, text in drawn] == ["同一家超市"]
        assert 8 <= drawn[0][0] <= 12
        assert browser.screen.standing is not None
        assert (browser.screen.standing.match, browser.screen.standing.matches) == (1, 1)


async def test_a_query_typed_away_and_back_is_marked_in_the_open_transcript_again() -> None:
    async with browsing() as browser:
        await browser.type("/同一家超市")
        await browser.press("enter")
        matches = browser.screen.matches
        assert matches
        await browser.press("slash", "end", *"没有")
        assert not browser.screen.matches
        await browser.press("backspace", "backspace")
        assert browser.screen.matches == matches


async def test_a_query_typed_away_and_back_begins_at_its_first_hit() -> None:
    store = FakeStore()
    async with browsing(store=store) as browser:
        await browser.type("/核酸")
        await browser.press("down", "down")
        store.gate = threading.Event()
        await browser.pilot.press("backspace", "酸")
        store.gate.set()
        await browser.settle()
        assert browser.screen.page is not None
        assert browser.screen.page.query == "核酸"
        assert browser.hits.cursor == 0, "whether or not the hits of 核 came in between"


async def test_n_steps_through_all_matches_and_on_into_the_next_briefing() -> None:
    async with browsing() as browser:
        await browser.type("/核酸")
        await browser.press("enter")
        seen = []
        for _ in range(9):
            assert browser.screen.transcript is not None
            assert browser.screen.standing is not None
            seen.append((browser.screen.transcript.briefing.place, browser.screen.standing.match))
            await browser.press("n")
        assert seen[:5] == [("临淮", 1), ("临淮", 2), ("临淮", 3), ("微山湖", 1), ("微山湖", 2)]
        assert seen[-1] == ("洋河", 2)
        assert "最后一处" in browser.screen.notice
        await browser.press("N")
        assert browser.screen.standing is not None
        assert browser.screen.standing.match == 1


async def test_n_before_any_hit_was_opened_opens_the_one_marked() -> None:
    async with browsing(keys=["enter"]) as browser:
        await browser.type("/核酸")
        await browser.press("down", "escape", "n")
        assert browser.screen.standing is not None
        assert (browser.screen.standing.match, browser.screen.standing.matches) == (2, 3)


async def test_escape_leads_back_step_by_step() -> None:
    async with browsing((80, 20)) as browser:
        await browser.press("down", "down", "enter", "pagedown", "escape", "down")
        before = browser.screen.transcript, browser.reader.place, browser.list.cursor, browser.list.scroll_y
        await browser.type("/核酸")
        await browser.press("down", "down", "down", "down")
        marked, scroll = browser.hits.cursor, browser.hits.scroll_y
        await browser.press("enter")
        assert browser.reader.has_focus
        await browser.press("pagedown", "escape")
        assert browser.hits.has_focus
        assert (browser.hits.cursor, browser.hits.scroll_y) == (marked, scroll)
        await browser.press("escape")
        assert browser.list.has_focus
        assert browser.box.value == ""
        after = browser.screen.transcript, browser.reader.place, browser.list.cursor, browser.list.scroll_y
        assert after == before


async def test_a_search_from_the_transcript_ends_in_the_transcript() -> None:
    async with browsing() as browser:
        await browser.press("enter", "pagedown")
        place = browser.reader.place
        await browser.type("/疫苗")
        await browser.press("enter", "escape", "escape")
        assert browser.reader.has_focus
        assert browser.reader.place == place


@pytest.mark.parametrize("way_back", [("escape", "escape"), ("ctrl+o",)])
async def test_what_was_folded_is_folded_again_on_the_way_back(way_back: tuple[str, ...]) -> None:
    async with browsing() as browser:
        await browser.press("enter", "right_square_bracket", "z")
        before = browser.screen.transcript, browser.reader.place, browser.reader.folded
        assert browser.reader.folded != NOTHING_FOLDED
        await browser.type("/疫苗")
        await browser.press("enter")
        assert browser.screen.transcript is not before[0], "another briefing is open"
        await browser.press(*way_back)
        assert (browser.screen.transcript, browser.reader.place, browser.reader.folded) == before


async def test_escape_in_the_box_goes_to_the_hits_then_to_the_list() -> None:
    async with browsing() as browser:
        await browser.type("/核酸")
        await browser.press("escape")
        assert browser.hits.has_focus
        await browser.press("escape")
        assert browser.list.has_focus


async def test_slash_offers_the_last_query_selected_so_that_typing_replaces_it() -> None:
    async with browsing() as browser:
        await browser.type("/核酸")
        await browser.press("escape", "escape", "slash")
        assert browser.box.value == "核酸"
        assert browser.box.selected_text == "核酸"
        await browser.type("疫苗")
        assert browser.screen.sought == "疫苗"
        await browser.press("escape", "escape", "slash", "escape")
        assert browser.list.has_focus
        assert browser.screen.sought == ""


async def test_nothing_found_says_so_in_words() -> None:
    async with browsing() as browser:
        await browser.type("/zzz[b]")
        assert any("没有找到“zzz[b]”" in line for line in browser.text())


async def test_hits_show_the_match_however_far_into_the_passage_it_stands() -> None:
    async with browsing((60, 24)) as browser:
        await browser.type("/拒收")
        assert any("拒收" in line for line in browser.text()[1:])


async def test_paste_comes_whole() -> None:
    from textual.events import Paste

    async with browsing(keys=["slash"]) as browser:
        browser.box.post_message(Paste("孕产妇\n就医  问题\n"))
        await browser.settle()
        assert browser.box.value == "孕产妇 就医 问题"


async def test_the_terminals_cursor_stands_at_the_caret() -> None:
    async with browsing(keys=["slash"]) as browser:
        await browser.type("核酸a")
        assert browser.app.cursor_position == (3 + 5, 0)
        await browser.press("left", "left")
        assert browser.app.cursor_position == (3 + 2, 0)


async def test_the_list_fetches_older_hits_before_it_ends() -> None:
    store = FakeStore()
    original = store.search

    def few(query: str, *, limit: int = 50, before: int | None = None) -> Page:
        return original(query, limit=min(limit, 4), before=before)

    store.search = few  # type: ignore[method-assign]
    async with browsing(store=store) as browser:
        await browser.type("/核酸")
        first = browser.hits.marked
        await browser.press("down")
        assert browser.screen.page is not None
        assert len(browser.screen.page.hits) > 4
        await browser.press("up")
        assert browser.hits.marked == first


async def test_notes_on_a_query_reach_its_reader() -> None:
    store = FakeStore()
    original = store.search

    def noted(query: str, *, limit: int = 50, before: int | None = None) -> Page:
        return replace(original(query, limit=limit, before=before), notes=("2022-13: 不是日期",))

    store.search = noted  # type: ignore[method-assign]
    async with browsing(store=store) as browser:
        await browser.type("/核酸")
        assert "不是日期" in browser.text()[-1]


@pytest.mark.parametrize("reason", ["archive is gone", "[red]broken[/] [0"])
async def test_a_store_that_fails_becomes_one_line(reason: str) -> None:
    store = FakeStore()
    async with browsing(store=store) as browser:
        store.fail = reason
        await browser.type("/核酸")
        assert reason in browser.text()[-1]
        store.fail = None
        await browser.type("检")
        assert browser.screen.page is not None
        assert browser.screen.page.hits


async def test_a_transcript_that_cannot_be_read_becomes_one_line() -> None:
    store = FakeStore()
    async with browsing(store=store) as browser:
        store.fail = "disk on fire"
        await browser.press("enter")
        assert "disk on fire" in browser.text()[-1]
        assert browser.screen.query_one(Reader).transcript is None
