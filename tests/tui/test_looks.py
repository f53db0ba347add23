"""How the screen looks: a few pictures, at the sizes people use. Redo them with `--snapshot-update`."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from tui.app import BriefingsApp
from tui.state import State
from tui.theme import DARK, LIGHT

from .browsing import Browser
from .fake_store import FakeStore

Compare = Callable[..., bool]
FRAMES = 6
"""Frames until what was laid out is painted: Textual does both by a timer, 60 times a second."""
LOOKS = {
    "list-80": ((80, 24), []),
    "reading-80": ((80, 24), ["down", "enter", "right_square_bracket"]),
    "questions-80": ((80, 24), ["down", "enter", "o"]),
    "reading-120": ((120, 40), ["down", "enter"]),
    "hits-80": ((80, 24), ["slash", *"核酸"]),
    "hits-120": ((120, 40), ["slash", *"孕产妇", "down"]),
    "match-120": ((120, 40), ["slash", *"孕产妇", "down", "enter"]),
    "narrow-58": ((58, 20), ["down", "enter", "pagedown"]),
    "help-80": ((80, 24), ["question_mark"]),
    "too-small": ((20, 6), []),
}


@pytest.mark.parametrize("name", LOOKS)
def test_looks(snap_compare: Compare, name: str) -> None:
    size, keys = LOOKS[name]
    assert compare(snap_compare, size, keys)


def test_looks_light(snap_compare: Compare) -> None:
    assert compare(snap_compare, (120, 40), ["down", "enter", "3", "g"], LIGHT.name)


def compare(snap_compare: Compare, size: tuple[int, int], keys: list[str], theme: str = DARK.name) -> bool:
    """Whether the screen after `keys` looks as it did."""
    store, state = FakeStore(), State(None)
    app = BriefingsApp(store, state)
    app.theme = theme

    async def play(pilot: Pilot[None]) -> None:
        browser = Browser(app, pilot, store, state)
        await browser.settle()
        await browser.press(*keys)
        await pilot.pause(FRAMES / 60)
        await browser.settle()

    return snap_compare(app, run_before=play, terminal_size=size)
