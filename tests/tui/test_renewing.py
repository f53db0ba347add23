"""An archive loaded into while it is browsed: the list follows, and nothing that is read or sought moves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tui.screens.news import News, news
from tui.store.rows import Transcript
from tui.widgets.standing import Anchor

from .browsing import Browser, browsing
from .fake_store import FakeStore, build


def briefing(day: int, rank: int = 200) -> Transcript:
    """A briefing of October 2022, newer than all there are; with a low rank older."""
    return build(
        f"id=new-{day}-{rank}|place=新城|date=2022-10-{day:02}|ordinal={day}\nheading1||新城第{day}场\n"
        f"question|新城晚报|核酸检测如何安排？\nanswer|林有为/主任|第{day}天照常。",
        rank + day,
    )


async def look(browser: Browser) -> None:
    """As when the time has come to look at the archive."""
    browser.screen.look()
    await browser.settle()


async def test_nothing_is_written_while_nothing_changes() -> None:
    async with browsing(keys=["enter"]) as browser:
        await browser.pilot.pause(0.3)  # what was composed goes out
        written: list[object] = []
        browser.app._write = written.append  # type: ignore[assignment,method-assign]
        browser.app._frames._write = written.append  # type: ignore[assignment]
        for _ in range(3):
            await look(browser)
        assert not written
        assert not browser.screen.notice


async def test_it_looks_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    from tui.screens.renewing import Renewing

    monkeypatch.setattr(Renewing, "LOOK", 0.05)
    store = FakeStore()
    async with browsing(store=store) as browser:
        before = len(browser.screen.briefings or ())
        store.load(briefing(1))
        await browser.pilot.pause(0.3)
        await browser.settle()
        assert len(browser.screen.briefings or ()) == before + 1


@pytest.mark.parametrize("size", [(80, 24), (60, 10), (50, 20)])
async def test_the_mark_and_its_row_stay_when_briefings_come_before_it(size: tuple[int, int]) -> None:
    store = FakeStore()
    async with browsing(size, store=store, keys=["down", "down", "down"]) as browser:
        marked = (browser.screen.briefings or ())[browser.list.cursor]
        row = browser.list.line_of(browser.list.cursor) - browser.list.scroll_offset.y
        store.load(*(briefing(day, rank) for day in range(1, 20) for rank in (200, 0)))
        await look(browser)
        assert (browser.screen.briefings or ())[browser.list.cursor] == marked
        assert browser.list.cursor == 3 + 19
        assert browser.list.line_of(browser.list.cursor) - browser.list.scroll_offset.y == row
        assert "38 场新发布会" in browser.text()[-1]


async def test_a_marked_briefing_that_goes_leaves_the_mark_to_the_next() -> None:
    store = FakeStore()
    async with browsing(store=store, keys=["down"]) as browser:
        rows = browser.screen.briefings or ()
        store.load(gone=rows[1].id)
        await look(browser)
        assert (browser.screen.briefings or ())[browser.list.cursor] == rows[2]
        assert "1 场已删除" in browser.screen.notice


async def test_what_is_read_and_sought_stays() -> None:
    store = FakeStore()
    async with browsing((120, 20), store=store) as browser:
        await browser.type("/核酸")
        await browser.press("down", "down", "enter", "pagedown")
        before = (
            browser.screen.page,
            browser.screen.transcript,
            browser.reader.place,
            browser.hits.cursor,
            browser.screen.pane,
            browser.box.value,
            browser.screen.matches,
        )
        shown = browser.text()[1:-1]
        store.load(briefing(1), briefing(2))
        await look(browser)
        assert before == (
            browser.screen.page,
            browser.screen.transcript,
            browser.reader.place,
            browser.hits.cursor,
            browser.screen.pane,
            browser.box.value,
            browser.screen.matches,
        )
        assert browser.text()[1:-1] == shown
        assert "2 场新发布会" in browser.text()[-1]
        await browser.press("escape", "escape")
        assert "新城" in "".join(browser.text())


async def test_news_add_up_until_a_key_takes_them_away() -> None:
    store = FakeStore()
    async with browsing(store=store) as browser:
        store.load(briefing(1))
        await look(browser)
        store.load(briefing(2), briefing(3))
        await look(browser)
        assert "3 场新发布会" in browser.screen.notice
        await browser.press("down")
        assert not browser.screen.notice
        store.load(briefing(4))
        await look(browser)
        assert "1 场新发布会" in browser.screen.notice


async def test_another_notice_is_not_lost() -> None:
    store = FakeStore()
    async with browsing(store=store, keys=["n"]) as browser:
        notice = browser.screen.notice
        assert notice
        store.load(briefing(1))
        await look(browser)
        assert browser.screen.notice.startswith(notice)
        assert "1 场新发布会" in browser.screen.notice


async def test_the_briefing_being_read_stays_until_r_opens_the_new_text() -> None:
    store = FakeStore()
    async with browsing((80, 12), store=store, keys=["enter", "2", "g", "pagedown"]) as browser:
        old = browser.screen.transcript
        assert old is not None
        place = browser.reader.place
        assert place is not None
        passage = old.turns[place.turn].passages[place.passage]
        new = replace(old, turns=(replace(old.turns[0], label="新"), *old.turns), checker=None)
        store.load(new)
        await look(browser)
        assert browser.screen.transcript is old
        assert browser.reader.place == place
        assert "R" in browser.screen.notice
        await browser.press("R")
        read = browser.screen.transcript
        assert read is not None
        assert read is not old
        at = browser.reader.place
        assert at == Anchor(place.turn + 1, place.passage, place.offset)
        assert read.turns[at.turn].passages[at.passage] == passage
        await look(browser)
        assert "R" not in browser.screen.notice


async def test_a_briefing_that_is_gone_stays_on_the_screen() -> None:
    store = FakeStore()
    async with browsing(store=store, keys=["enter"]) as browser:
        old = browser.screen.transcript
        assert old is not None
        store.load(gone=old.briefing.id)
        await look(browser)
        assert browser.screen.transcript is old
        assert "仍可阅读" in browser.screen.notice


async def test_an_archive_that_fails_is_told_once() -> None:
    store = FakeStore()
    async with browsing(store=store) as browser:
        store.fail = "disk on fire"
        await look(browser)
        assert "disk on fire" in browser.screen.notice
        await browser.press("down")
        await look(browser)
        assert not browser.screen.notice


def test_news_are_counted_by_id() -> None:
    one, two, three = (briefing(day).briefing for day in (1, 2, 3))
    assert news((one, two), (one._replace(title="别的"), three)) == News(1, 1, 1)
    assert news((one,), (one,)) == News(0, 0, 0)
