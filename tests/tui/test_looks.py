"""How the screen looks: a few pictures, at the sizes people use. Redo them with `--snapshot-update`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from textual.pilot import Pilot

from tui.app import BriefingsApp
from tui.state import State
from tui.theme import LIGHT

from .fake_store import FakeStore

Compare = Callable[..., bool]
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


def play(keys: Sequence[str]) -> Callable[[Pilot[None]], object]:
    """Press keys, each settled."""

    async def run(pilot: Pilot[None]) -> None:
        await pilot.app.workers.wait_for_complete()
        for key in keys:
            await pilot.press(key)
            await pilot.app.workers.wait_for_complete(
                worker for worker in pilot.app.workers if not worker.is_cancelled
            )
            await pilot.pause()

    return run


@pytest.mark.parametrize("name", LOOKS)
def test_looks(snap_compare: Compare, name: str) -> None:
    size, keys = LOOKS[name]
    app = BriefingsApp(FakeStore(), State(None))
    assert snap_compare(app, run_before=play(keys), terminal_size=size)


def test_looks_light(snap_compare: Compare) -> None:
    app = BriefingsApp(FakeStore(), State(None))
    app.theme = LIGHT.name
    assert snap_compare(app, run_before=play(["down", "enter", "3", "g"]), terminal_size=(120, 40))
