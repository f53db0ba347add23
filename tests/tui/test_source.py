"""The source as it was read: whole, what is no transcript in its place, opened where one reads."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from loader.model import ASIDE_KINDS
from tui.screens.main import MainScreen
from tui.screens.source import SourceScreen
from tui.store.archive import open_archive
from tui.widgets.blocks import ASIDE
from tui.widgets.reader import Reader

from .browsing import browsing
from .fake_store import FakeStore


def _bare(text: str) -> str:
    return "".join(text.split())


def test_a_source_is_shown_whole_and_in_order(seeds_archive: Path) -> None:
    store = open_archive(seeds_archive)
    kinds = set()
    for briefing in store.briefings():
        read = store.as_read(briefing.id)
        lines = [passage for turn in read.turns for passage in turn.passages]
        assert _bare("".join(line.text for line in lines)) == _bare(store.source(briefing.id))
        assert all(store.source(briefing.id).startswith(line.text, line.at) for line in lines)
        kinds |= {turn.kind for turn in read.turns}
    assert kinds >= {*ASIDE_KINDS, "narrative"}
    store.close()


async def test_v_shows_the_source_at_the_same_place_and_comes_back(seeds_archive: Path) -> None:
    store = open_archive(seeds_archive)
    async with browsing(store=cast(FakeStore, store), start="changchun-03-28-17/q1") as browser:
        transcript, place = browser.screen.transcript, browser.reader.place
        assert transcript is not None
        assert place is not None
        await browser.press("v")
        assert isinstance(browser.app.screen, SourceScreen)
        reader = browser.app.screen.query_one(Reader)
        assert reader.transcript is not None
        assert reader.place is not None
        line = reader.transcript.turns[reader.place.turn].passages[reader.place.passage]
        passage = transcript.turns[place.turn].passages[place.passage]
        assert line.at <= passage.at < line.at + len(line.text)
        await browser.press("end")
        assert any(row.strip().startswith(ASIDE.strip()) for row in browser.text())
        await browser.press("escape")
        assert isinstance(browser.app.screen, MainScreen)
        assert (browser.screen.transcript, browser.reader.place) == (transcript, place)
    store.close()
