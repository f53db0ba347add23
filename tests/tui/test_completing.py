"""The search box offers how a query may go on; nothing is put in that was not taken."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal import Terminal
from tui.screens.main import MainScreen

from .browsing import Browser, browsing
from .fake_store import FakeStore

OFFERED = {"核": ("酸", "核酸"), "核酸": ("检测", "核酸检测"), "hs": (" → 核酸", "核酸")}


@pytest.fixture
def store() -> FakeStore:
    store = FakeStore()
    store.completions = dict(OFFERED)
    return store


def _row(browser: Browser) -> str:
    """What stands in the box, what is offered included."""
    return browser.text()[0].removeprefix(" / ").split("    ")[0].rstrip()


async def test_what_is_offered_is_taken_with_right_and_only_then_is_in_the_query(store: FakeStore) -> None:
    async with browsing(store=store, keys=["slash"]) as browser:
        await browser.type("核")
        assert (_row(browser), browser.box.value, browser.screen.sought) == ("核酸", "核", "核")
        await browser.press("right")
        assert (browser.box.value, browser.screen.sought) == ("核酸", "核酸")
        assert browser.box.cursor_at_end
        assert _row(browser) == "核酸检测"
        await browser.press("enter")
        assert browser.screen.sought == "核酸"


async def test_letters_are_replaced_and_an_arrow_says_so(store: FakeStore) -> None:
    async with browsing(store=store, keys=["slash"]) as browser:
        await browser.type("hs")
        assert (_row(browser), browser.box.value) == ("hs → 核酸", "hs")
        await browser.press("right")
        assert browser.box.value == "核酸"
        assert browser.screen.page is not None
        assert browser.screen.page.query == "核酸"


async def test_what_was_offered_goes_when_something_else_is_typed(store: FakeStore) -> None:
    async with browsing(store=store, keys=["slash"]) as browser:
        await browser.type("核x")
        assert (_row(browser), browser.box.value) == ("核x", "核x")
        await browser.press("right")
        assert browser.box.value == "核x"
        await browser.press("backspace")
        assert _row(browser) == "核酸"
        await browser.press("left", "right")
        assert (browser.box.value, browser.box.cursor_position) == ("核", 1), "that was a step of the caret"


async def test_an_offer_that_comes_late_is_not_shown(store: FakeStore) -> None:
    from tui.screens import answers
    from tui.store.rows import Completion

    async with browsing(store=store, keys=["slash"]) as browser:
        await browser.type("疫")
        browser.screen.post_message(answers.Completed(Completion("核", "酸", "核酸")))
        await browser.settle()
        assert _row(browser) == "疫"
        await browser.press("right")
        assert browser.box.value == "疫"


async def test_nothing_is_offered_within_a_transcript_or_outside_of_the_box(store: FakeStore) -> None:
    async with browsing(store=store, keys=["enter", "f"]) as browser:
        await browser.type("核")
        assert _row(browser) == " f 核"
        await browser.press("right")
        assert browser.box.value == "核"
    async with browsing(store=store, keys=["slash"]) as browser:
        await browser.type("核")
        await browser.press("escape")
        assert _row(browser) == "核"


async def test_hostile_words_are_shown_as_text() -> None:
    store = FakeStore()
    store.completions = {"[": ("bold]x[/", "[bold]x[/")}
    async with browsing(store=store, keys=["slash"]) as browser:
        await browser.type("[")
        assert _row(browser) == "[bold]x[/"
        await browser.press("right")
        assert browser.box.value == "[bold]x[/"


async def test_a_store_that_cannot_complete_takes_no_hits_away(store: FakeStore) -> None:
    def broken(query: str) -> None:
        raise RuntimeError(f"no words for {query}")

    store.complete = broken  # type: ignore[method-assign,assignment]
    async with browsing(store=store, keys=["slash"]) as browser:
        await browser.type("核酸")
        assert browser.screen.page is not None
        assert browser.screen.page.hits
        assert "no words for" in browser.text()[-1]


async def test_what_is_to_be_said_of_the_archive_is_said_after_the_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(MainScreen, "VETTED", 0.01)
    store = FakeStore()
    store.note = "the words are old"
    async with browsing(store=store) as browser:
        for _ in range(200):
            if "the words are old" in browser.text()[-1]:
                break
            await browser.pilot.pause(0.01)
        assert "the words are old" in browser.text()[-1]
        await browser.type("/核酸")
        assert browser.screen.page is not None


@pytest.fixture
def terminal(seeds_archive: Path, tmp_path: Path) -> Iterator[Terminal]:
    with Terminal(["--archive", str(seeds_archive)], tmp_path) as one:
        yield one.wait_for("潍坊").send("/").settle()


def test_in_a_terminal_the_caret_stays_before_what_completes_the_word(terminal: Terminal) -> None:
    begun = len(terminal.frames)
    terminal.send("孕").wait_for(" / 孕产妇").settle()
    assert {frame.cursor for frame in terminal.frames[begun:]} <= {(3, 0), (5, 0)}
    terminal.send("\x1b[C").settle()
    assert terminal.caret == (3 + 6, 0)
    terminal.send(*"\x7f\x7f\x7f", *"hsjc").wait_for(" / hsjc → 核酸检测", "拼音").settle()
    assert terminal.caret == (3 + 4, 0)
    terminal.send("\x1b[C").wait_for(" / 核酸检测").settle()
    assert terminal.caret == (3 + 8, 0)
    assert "拼音" not in terminal.text
