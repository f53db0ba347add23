"""What the browser's tests share: an app over the fake store, settled before anything is asserted."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from textual.pilot import Pilot

from tui.app import BriefingsApp
from tui.screens.main import MainScreen
from tui.state import State
from tui.widgets.briefing_list import BriefingList
from tui.widgets.hit_list import HitList
from tui.widgets.key_footer import KeyFooter
from tui.widgets.reader import Reader
from tui.widgets.search_box import SearchBox

from .fake_store import FakeStore


@dataclass
class Browser:
    """A running app and short ways to its parts."""

    app: BriefingsApp
    pilot: Pilot[None]
    store: FakeStore
    state: State

    @property
    def screen(self) -> MainScreen:
        return self.app.main

    @property
    def box(self) -> SearchBox:
        return self.screen.query_one(SearchBox)

    @property
    def list(self) -> BriefingList:
        return self.screen.query_one(BriefingList)

    @property
    def hits(self) -> HitList:
        return self.screen.query_one(HitList)

    @property
    def reader(self) -> Reader:
        return self.screen.query_one(Reader)

    @property
    def footer(self) -> KeyFooter:
        return self.screen.query_one(KeyFooter)

    async def press(self, *keys: str) -> None:
        """Press keys, and wait until nothing is under way."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def type(self, text: str) -> None:
        """Type text, key after key without a pause."""
        await self.pilot.press(*(name_of(character) for character in text))
        await self.settle()

    async def settle(self) -> None:
        """Workers done, their messages handled."""
        for _ in range(2):
            await self.pilot.pause()
            await self.app.workers.wait_for_complete(
                worker for worker in self.app.workers if not worker.is_cancelled
            )
        await self.pilot.pause()

    def text(self) -> list[str]:
        """The screen's rows as plain text."""
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip) for strip in strips]


def name_of(character: str) -> str:
    """The key a character is typed with."""
    return {" ": "space", "/": "slash", "[": "left_square_bracket"}.get(character, character)


@asynccontextmanager
async def browsing(
    size: tuple[int, int] = (80, 24),
    *,
    store: FakeStore | None = None,
    state: State | None = None,
    start: str | None = None,
    keys: Iterable[str] = (),
) -> AsyncIterator[Browser]:
    """The browser at a size, the list loaded, `keys` pressed."""
    store = store or FakeStore()
    state = state or State(None)
    app = BriefingsApp(store, state, start)
    async with app.run_test(size=size) as pilot:
        browser = Browser(app, pilot, store, state)
        await browser.settle()
        await browser.press(*keys)
        yield browser
