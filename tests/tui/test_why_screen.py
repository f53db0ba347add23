"""`W` on a hit: how it matched, and back."""

from __future__ import annotations

from tui.screens.why import WhyScreen

from .browsing import browsing
from .fake_store import FakeStore


async def test_w_on_a_hit_says_how_it_matched_and_escape_leads_back() -> None:
    async with browsing(keys=["slash", *"核酸", "escape", "down", "W"]) as browser:
        assert isinstance(browser.app.screen, WhyScreen)
        hit = browser.hits.marked
        assert hit is not None
        shown = "\n".join(browser.text())
        first = hit.spans[0]
        assert f"核酸  如所输入：在第 {first.start + 1}–{first.end}" in shown
        assert hit.text[:10] in shown
        await browser.press("escape")
        assert browser.app.screen is browser.screen
        assert browser.hits.has_focus
        assert browser.hits.marked == hit


async def test_what_stands_in_texts_is_no_markup_and_every_line_fits() -> None:
    for size in ((60, 20), (30, 8)):
        async with browsing(size, keys=["slash", *"核酸", "escape", "W"]) as browser:
            screen = browser.app.screen
            assert isinstance(screen, WhyScreen)
            width = screen.query_one("#sheet").content_size.width
            assert all(line.cell_len <= width for line in screen.text(width).split("\n"))
            await browser.press("pagedown", "down", "up", "W")
            assert browser.app.screen is browser.screen


async def test_a_hit_that_is_gone_is_told() -> None:
    store = FakeStore()
    async with browsing(store=store, keys=["slash", *"核酸", "escape"]) as browser:
        hit = browser.hits.marked
        assert hit is not None
        store.load(gone=hit.briefing.id)
        await browser.press("W")
        assert browser.app.screen is browser.screen
        assert browser.screen.notice


async def test_without_a_hit_nothing_happens() -> None:
    async with browsing(keys=["slash", *"火星", "escape", "W"]) as browser:
        assert browser.app.screen is browser.screen
