"""In a real terminal: one frame an action, what it costs, and nothing written while nothing happens."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.terminal import Terminal
from tui.frames import Update

from .browsing import Browser, browsing
from .fake_store import FakeStore

FRAME = 4500
"""Bytes that a frame at 80 by 24 may cost, its marks included."""
KEY = 5000
"""What a key of a query may cost, all hits repainted."""
START = 25_000
"""Bytes until the list stands."""
IDLE = 10.0
"""Seconds in which nothing may be written."""
FEW = 4
"""Frames of one action where nothing waits for anything else, as while there is no room for the program."""
TRIES = 3
"""An action may be seen in two frames now and then, but not each time."""
BUSY = 0.01
"""Seconds without a processor behind which what an action sets off may come in more than one frame."""

Starter = Callable[[], Terminal]
"""Starts the browser in a terminal."""


@pytest.fixture
def start(seeds_archive: Path, tmp_path: Path) -> Iterator[Starter]:
    with ExitStack() as stack:
        yield lambda: stack.enter_context(Terminal(["--archive", str(seeds_archive)], tmp_path))


def ready(terminal: Terminal) -> Terminal:
    """The list is painted."""
    return terminal.wait_for("潍坊").settle()


class Cost(NamedTuple):
    """What a key costs."""

    sizes: tuple[int, ...]
    """Bytes of each frame."""
    written: int
    """Bytes in all."""
    waited: float
    """Seconds for which there was no room for the program on the machine."""

    def within(self, limit: int) -> bool:
        """Whether it is one frame of at most so many bytes; a few of them where the machine was busy."""
        if self.waited > BUSY:
            return len(self.sizes) <= FEW and max(self.sizes) <= limit
        return len(self.sizes) == 1 and self.written <= limit


def cost(terminal: Terminal, key: str) -> Cost:
    """What a key costs, at least one frame."""
    frames, written, waited = len(terminal.frames), terminal.written, terminal.waited
    terminal.send(key).until(lambda: len(terminal.frames) > frames, f"a frame after {key!r}")
    terminal.settle(quiet=0.25)
    sizes = tuple(frame.size for frame in terminal.frames[frames:])
    return Cost(sizes, terminal.written - written, terminal.waited - waited)


def check(start: Starter, before: Sequence[str], keys: Sequence[str], limit: int = FRAME) -> None:
    """Behind `before` each of `keys` is one frame of at most so many bytes."""
    failed: dict[tuple[int, str], Cost | None] = dict.fromkeys(enumerate(keys))
    for _ in range(TRIES):
        terminal = ready(start()).send(*before).settle()
        for number, key in enumerate(keys):
            one = cost(terminal, key)
            if one.within(limit):
                failed.pop((number, key), None)
            elif (number, key) in failed:
                failed[number, key] = one
        if not failed:
            break
    assert not failed


def test_the_start_is_cheap_and_its_frames_are_marked(start: Starter) -> None:
    unmarked = []
    for _ in range(TRIES):
        terminal = ready(start())
        assert 1 <= len(terminal.frames) <= FEW
        assert terminal.written <= START
        unmarked.append(terminal.written - sum(frame.size for frame in terminal.frames))
        if unmarked[-1] < 200:
            return
    # a terminal that is slow to say that it knows the marks gets the first frame without them
    raise AssertionError(f"written outside of frames, in bytes: {unmarked}")


def test_opening_and_reading(start: Starter) -> None:
    check(start, ["down"], ["down", "enter", "pgdn", "pgdn", "down", "]", "[", "esc"])


def test_the_keys_of_a_query(start: Starter) -> None:
    check(start, [], ["/", "孕", "产", "妇", "\x7f", "down"], KEY)


def test_the_first_keys_of_a_query_beside_an_open_transcript(start: Starter) -> None:
    check(start, ["down", "down", "enter"], ["/", "核", "酸"], KEY)


def test_a_hit_with_its_matches_and_where_one_stands(start: Starter) -> None:
    check(start, ["/", "核酸"], ["enter", "n", "n", "tab", "tab", "o", "o", "esc", "esc"])


def test_help_and_back(start: Starter) -> None:
    check(start, [], ["?", "esc"])


def test_nothing_is_written_while_nothing_happens(start: Starter) -> None:
    all_three = [start(), start(), start()]
    for one, keys in zip(all_three, ((), ("/", "孕产妇"), ("enter", "pgdn")), strict=True):
        ready(one).send(*keys).settle(quiet=1.0)
    before, end = [one.written for one in all_three], time.monotonic() + IDLE
    while time.monotonic() < end:
        for one in all_three:
            one.settle(quiet=0.2, limit=0.2)
    assert [one.written for one in all_three] == before


def test_a_key_that_does_nothing_writes_nothing(start: Starter) -> None:
    terminal = ready(start())
    before = terminal.written
    assert terminal.send("up", "W").settle().written == before


def recorded(browser: Browser) -> list[int]:
    """Grows by each frame of `browser`, by the number of its updates."""
    frames: list[int] = []
    write = browser.app._frames._write

    def note(updates: Sequence[Update]) -> None:
        frames.append(len(updates))
        write(updates)

    browser.app._frames._write = note  # type: ignore[method-assign]
    return frames


async def test_what_is_typed_is_shown_before_a_slow_store_answers_and_the_answer_in_one_frame() -> None:
    store = FakeStore()
    async with browsing(store=store, keys=["slash"]) as browser:
        store.gate = threading.Event()
        frames = recorded(browser)
        browser.send("核")
        while not frames:
            await browser.pilot.pause(0.01)
        assert browser.screen.page is None, "the frame did not wait for the store"
        assert browser.app._frames._asked()
        store.gate.set()
        await browser.settle()
        while browser.app._frames._held:
            await browser.pilot.pause(0.01)
        assert browser.screen.page is not None
        assert 2 <= len(frames) <= 3, "the query, its hits, their number"


async def test_frames_go_out_while_messages_never_rest() -> None:
    async with browsing(keys=["enter"]) as browser:
        frames = recorded(browser)
        deadline = time.monotonic() + 20

        async def again() -> None:
            if len(frames) < 2 and time.monotonic() < deadline:
                browser.app.call_later(again)  # before this one is done: the queue is never empty
            browser.reader.refresh()
            await asyncio.sleep(0.001)

        await again()
        while len(frames) < 2 and time.monotonic() < deadline:
            await browser.pilot.pause(0.01)
        assert len(frames) >= 2
