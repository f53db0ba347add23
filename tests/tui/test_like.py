"""`L`: passages like the hit marked or the one being read, and back to exactly where one was."""

from __future__ import annotations

from tui.store.rows import reference
from tui.widgets.tally import Tally

from .browsing import Browser, browsing
from .fake_store import FakeStore


def state(browser: Browser) -> list[object]:
    """All that a user sees of where he is."""
    screen = browser.screen
    return [
        screen.sought,
        browser.box.value,
        screen.page,
        screen.count,
        screen.by_relevance,
        browser.hits.cursor,
        browser.hits.scroll_y,
        browser.list.cursor,
        browser.list.scroll_y,
        screen.transcript,
        browser.reader.place,
        screen.matches,
        screen.pane,
    ]


async def test_passages_like_a_hit_and_back_to_the_hits_as_they_were() -> None:
    store = FakeStore()
    async with browsing(
        (80, 12), store=store, keys=["slash", *"核酸", "escape", "down", "down", "down"]
    ) as browser:
        before, shown = state(browser), browser.text()
        marked = browser.hits.marked
        assert marked is not None
        await browser.press("L")
        page = browser.screen.page
        assert page is not None
        assert page.like
        assert browser.box.value == f"like:{reference(marked.briefing.id, marked.rowid)}"
        assert marked.rowid not in {hit.rowid for hit in page.hits}
        assert browser.screen.query_one(Tally).text().startswith(f"相近：{' '.join(page.like)}")
        assert page.like[0] in browser.text()[0]
        asked = len(store.asked)
        await browser.press("down", "escape")
        assert state(browser) == before
        assert browser.text() == shown
        assert len(store.asked) == asked, "nothing was asked anew"


async def test_a_hit_among_the_likes_is_opened_and_escape_leads_back_all_the_way() -> None:
    async with browsing((100, 16), keys=["slash", *"孕产妇", "enter", "n", "pagedown", "escape"]) as browser:
        before = state(browser)
        await browser.press("L", "down", "enter")
        assert browser.reader.has_focus
        assert browser.screen.transcript is not before[9] or browser.reader.place != before[10]
        await browser.press("escape", "escape")
        assert state(browser) == before
        await browser.press("escape")
        assert not browser.screen.hunting


async def test_passages_like_the_one_being_read_and_back_to_the_row() -> None:
    async with browsing((80, 14), keys=["down", "enter", "1", "g"]) as browser:
        before, shown = state(browser), browser.text()
        rowid = browser.reader.read_now
        assert rowid is not None
        assert browser.screen.transcript is not None
        name = reference(browser.screen.transcript.briefing.id, rowid)
        await browser.press("L")
        assert browser.screen.sought == f"like:{name}"
        assert browser.hits.has_focus
        await browser.press("escape")
        assert state(browser) == before
        assert browser.text() == shown


async def test_likes_of_likes_are_left_one_by_one() -> None:
    async with browsing(keys=["slash", *"核酸", "escape", "r", "down"]) as browser:
        first = state(browser)
        await browser.press("L", "down")
        second = state(browser)
        await browser.press("L")
        assert browser.screen.sought != second[0]
        await browser.press("escape")
        assert state(browser) == second
        await browser.press("escape")
        assert state(browser) == first
        assert browser.screen.by_relevance


async def test_narrowed_or_typed_on_escape_still_leads_back() -> None:
    async with browsing(keys=["slash", *"核酸", "escape"]) as browser:
        before = state(browser)
        await browser.press("L", "F", "enter")
        assert "place:" in browser.screen.sought
        await browser.press("escape")
        assert state(browser) == before


async def test_another_query_ends_it_and_escape_leads_to_where_the_first_began() -> None:
    async with browsing(keys=["down", "slash", *"核酸", "escape", "L", "slash"]) as browser:
        await browser.type("疫苗")
        await browser.press("escape", "escape")
        assert not browser.screen.hunting
        assert browser.list.cursor == 1
        assert not browser.screen._left


async def test_where_there_is_no_passage_it_says_so() -> None:
    async with browsing(keys=["L"]) as browser:
        assert "这里没有可用的段落" in browser.screen.notice
        assert not browser.screen.hunting


async def test_the_order_of_likes_cannot_be_turned() -> None:
    async with browsing(keys=["slash", *"核酸", "escape", "L", "r"]) as browser:
        assert browser.screen.notice
        assert browser.screen.page is not None
        assert browser.screen.page.like
        assert not browser.screen.by_relevance
