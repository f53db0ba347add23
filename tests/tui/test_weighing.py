"""`r` orders hits by relevance and back; what is ranked pages, steps and says how many were weighed."""

from __future__ import annotations

from tui.screens import answers
from tui.widgets.tally import Tally

from .browsing import Browser, browsing
from .fake_store import FakeStore


def lengths(browser: Browser) -> list[int]:
    """Characters of each hit: the fake store has the shortest for the best."""
    assert browser.screen.page is not None
    return [len(hit.text) for hit in browser.screen.page.hits]


async def test_r_turns_to_the_best_hits_and_back_to_the_newest() -> None:
    async with browsing(keys=["slash", *"核酸", "escape", "down"]) as browser:
        newest = browser.screen.page
        assert newest is not None
        await browser.press("r")
        page = browser.screen.page
        assert page is not None
        assert page.ranked
        assert lengths(browser) == sorted(lengths(browser))
        assert {hit.rowid for hit in page.hits} == {hit.rowid for hit in newest.hits}
        assert "按相关度" in browser.screen.query_one(Tally).text()
        assert browser.screen.count is not None
        assert browser.hits.cursor == 0
        await browser.press("r")
        assert browser.screen.page == newest
        assert "新→旧" in browser.screen.query_one(Tally).text()


async def test_of_how_many_it_is_the_best_is_told() -> None:
    store = FakeStore()
    store.weighed = 12_400
    async with browsing((100, 24), store=store, keys=["slash", *"核酸", "escape", "r"]) as browser:
        assert "最新 12,400 处中最相关" in browser.text()[0]


async def test_the_order_stays_while_the_query_is_typed_on_and_ends_with_it() -> None:
    async with browsing(keys=["slash", *"核", "escape", "r", "slash", "end", *"酸"]) as browser:
        assert browser.screen.sought == "核酸"
        assert lengths(browser) == sorted(lengths(browser))
        await browser.press("escape", "escape")
        assert not browser.screen.hunting
        assert not browser.screen.by_relevance
        await browser.type("/核酸")
        assert browser.screen.page is not None
        assert not browser.screen.page.ranked


async def test_escape_leads_to_where_the_search_began() -> None:
    async with browsing(keys=["down", "enter", "pagedown"]) as browser:
        before = browser.screen.transcript, browser.reader.place
        await browser.press("slash", *"核酸", "escape", "r", "down", "enter", "escape", "escape")
        assert (browser.screen.transcript, browser.reader.place) == before
        assert browser.reader.has_focus


async def test_n_steps_from_hit_to_hit_in_the_order_shown() -> None:
    async with browsing(keys=["slash", *"核酸", "escape", "r", "enter"]) as browser:
        assert browser.screen.page is not None
        hits = browser.screen.page.hits
        for at in range(1, len(hits)):
            await browser.press("n")
            assert browser.hits.cursor == at
            assert browser.screen.transcript is not None
            assert browser.screen.transcript.briefing.id == hits[at].briefing.id
            assert browser.reader.read_now == hits[at].rowid
        await browser.press("n")
        assert "最后一处" in browser.screen.notice
        await browser.press("N")
        assert browser.reader.read_now == hits[-2].rowid


async def test_ranked_hits_come_page_by_page_in_their_order() -> None:
    store = FakeStore()
    async with browsing(store=store) as browser:
        browser.screen._desk.PAGE = 4  # type: ignore[misc]
        await browser.press("slash", *"核酸", "escape", "r", "down")
        assert len(lengths(browser)) == 8
        await browser.press("end", "pagedown", "pagedown", "pagedown", "pagedown")
        assert lengths(browser) == sorted(lengths(browser))


async def test_an_answer_in_the_other_order_is_dropped() -> None:
    async with browsing(keys=["slash", *"核酸", "escape"]) as browser:
        newest = browser.screen.page
        assert newest is not None
        await browser.press("r")
        ranked = browser.screen.page
        browser.screen.post_message(answers.Found(newest))
        await browser.settle()
        assert browser.screen.page is ranked


async def test_without_a_query_there_is_nothing_to_order() -> None:
    async with browsing(keys=["r"]) as browser:
        assert browser.screen.notice
        assert not browser.screen.by_relevance
