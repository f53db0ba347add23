"""What the browser's tests share: an app over the fake store, settled before anything is asserted."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import ClassVar

from textual.events import Key
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from tui.app import BriefingsApp
from tui.config import Config
from tui.screens.archive_queries import Corrector
from tui.screens.main import MainScreen
from tui.state import State
from tui.widgets.briefing_list import BriefingList
from tui.widgets.hit_list import HitList
from tui.widgets.key_footer import KeyFooter
from tui.widgets.reader import Reader
from tui.widgets.search_box import SearchBox

from .fake_store import FakeStore


class NoCorrector:
    """Notes what it is given, and has inferred `was`."""

    def __init__(self, **was: str) -> None:
        self.was = was
        self.given: list[tuple[str, dict[str, str | None]]] = []

    def correct(self, briefing_id: str, values: Mapping[str, str | None]) -> None:
        self.given.append((briefing_id, dict(values)))

    def inferred(self, briefing_id: str) -> Mapping[str, str]:  # noqa: ARG002
        return self.was


@dataclass
class Browser:
    """A running app and short ways to its parts."""

    app: BriefingsApp
    pilot: Pilot[None]
    store: FakeStore
    state: State

    ROUNDS: ClassVar = 5
    """More than the hops of any message: a key to its widget, up to the app, to the screen, down again."""

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
    def row(self) -> int:
        """How many rows of the transcript are above the view."""
        view = self.reader._view
        assert view is not None
        assert view.setting.first is not None
        return view.setting.view(view.setting.first, 1_000_000).index(view.top)

    @property
    def footer(self) -> KeyFooter:
        return self.screen.query_one(KeyFooter)

    async def press(self, *keys: str) -> None:
        """Press keys by name or as the character they type, each settled."""
        for key in keys:
            self.send(key)
            await self.settle()

    async def type(self, text: str) -> None:
        """Type text, key after key without a pause."""
        for character in text:
            self.send(character)
        await self.settle()

    def send(self, key: str) -> None:
        """A key, as the terminal's driver sends it. `Pilot.press` waits 80 ms after each."""
        character = key if len(key) == 1 else None
        self.app.post_message(Key(_character_to_key(key) if character else key, character))

    async def settle(self) -> None:
        """All messages handled, workers done, and the messages they sent, until nothing is under way."""
        while True:
            while self.app._keys.busy:
                await asyncio.sleep(0)
            for _ in range(self.ROUNDS):
                await self.pilot.pause(0)
            running = [one for one in self.app.workers if not (one.is_finished or one.is_cancelled)]
            if running:
                with suppress(WorkerCancelled):  # a later one took its place
                    await self.app.workers.wait_for_complete(running)
            elif self.app.screen.is_mounted and not self.app._keys.busy:
                return

    def text(self) -> list[str]:
        """The screen's rows as plain text."""
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip) for strip in strips]


@asynccontextmanager
async def browsing(
    size: tuple[int, int] = (80, 24),
    *,
    store: FakeStore | None = None,
    state: State | None = None,
    start: str | None = None,
    keys: Iterable[str] = (),
    ambiguous: int = 1,
    corrector: Corrector | None = None,
) -> AsyncIterator[Browser]:
    """The browser at a size, the list loaded, `keys` pressed."""
    store = store or FakeStore()
    state = state or State(None)
    app = BriefingsApp(store, state, start, corrector, config=Config(ambiguous=ambiguous))
    async with app.run_test(size=size) as pilot:
        browser = Browser(app, pilot, store, state)
        await browser.settle()
        await browser.press(*keys)
        yield browser
