"""How the screen looks: a few pictures, at the sizes people use. Redo them with `--snapshot-update`."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from tui.app import BriefingsApp
from tui.language import speak
from tui.resting import messages, unpainted, unplaced
from tui.state import State
from tui.theme import DARK, LIGHT

from .browsing import Browser, NoCorrector
from .fake_store import FakeStore

Compare = Callable[..., bool]
FRAMES = 15
"""Frames until what was laid out is painted: Textual does both by a timer, 60 times a second."""
LOOKS: dict[str, tuple[tuple[int, int], str, list[str]]] = {
    "list-80": ((80, 24), "zh", []),
    "reading-80": ((80, 24), "zh", ["down", "enter", "right_square_bracket"]),
    "folded-80": ((80, 24), "zh", ["down", "enter", "Z", "3", "g"]),
    "questions-80": ((80, 24), "zh", ["down", "enter", "o"]),
    "hits-80": ((80, 24), "zh", ["slash", *"核酸"]),
    "labels-80": ((80, 24), "zh", ["down", "enter", "2", "g", "s"]),
    "help-80": ((80, 24), "zh", ["question_mark"]),
    "note-80": ((80, 24), "zh", ["down", "enter", "3", "g", "B", *"会上要引"]),
    "plain-80": ((80, 24), "zh", ["down", "enter", "3", "g", "w"]),
    "reading-120": ((120, 40), "zh", ["down", "enter"]),
    "hits-120": ((120, 40), "zh", ["slash", *"孕产妇", "down"]),
    "match-120": ((120, 40), "zh", ["slash", *"孕产妇", "down", "enter"]),
    "found-120": ((120, 40), "zh", ["down", "enter", "f", *"孕产妇", "enter", "n"]),
    "reading-60": ((60, 20), "zh", ["down", "enter", "pagedown"]),
    "hits-60": ((60, 20), "zh", ["slash", *"孕产妇"]),
    "english-list-80": ((80, 24), "en", []),
    "english-reading-80": ((80, 24), "en", ["down", "enter", "3", "g"]),
    "english-hits-120": ((120, 40), "en", ["slash", *"孕产妇", "enter"]),
    "english-help-80": ((80, 24), "en", ["question_mark"]),
    "english-correction-60": ((60, 20), "en", ["down", "enter", "E"]),
    "narrow-58": ((58, 20), "zh", ["down", "enter", "pagedown"]),
    "too-small": ((20, 6), "zh", []),
}
"""Size, language, keys."""


@pytest.mark.parametrize("name", LOOKS)
def test_looks(snap_compare: Compare, name: str) -> None:
    size, language, keys = LOOKS[name]
    speak(language)
    assert compare(snap_compare, size, keys)


@pytest.mark.parametrize("name", ["list-80", "hits-120", "match-120", "reading-60", "english-reading-80"])
def test_looks_without_colours(snap_compare: Compare, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    size, language, keys = LOOKS[name]
    speak(language)
    assert compare(snap_compare, size, keys, None)


def test_looks_light(snap_compare: Compare) -> None:
    assert compare(snap_compare, (120, 40), ["down", "enter", "3", "g"], LIGHT.name)


def compare(
    snap_compare: Compare, size: tuple[int, int], keys: list[str], theme: str | None = DARK.name
) -> bool:
    """Whether the screen after `keys` looks as it did; `None` leaves the theme to the environment."""
    store, state = FakeStore(), State(None)
    app = BriefingsApp(store, state, corrector=NoCorrector())
    if theme is not None:
        app.theme = theme

    async def play(pilot: Pilot[None]) -> None:
        browser = Browser(app, pilot, store, state)
        await browser.settle()
        await browser.press(*keys)
        calm = 0
        while calm < FRAMES:
            await pilot.pause(1 / 60)
            await browser.settle()
            calm = 0 if unplaced(app.screen) or unpainted(app.screen) or messages(app) else calm + 1

    return snap_compare(app, run_before=play, terminal_size=size)
