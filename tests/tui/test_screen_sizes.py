"""Sizes: which panes stand where, nothing crooked, nothing lost when the terminal shrinks and grows."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from tui.screens import answers
from tui.screens.arrange import Arrangement, Pane, arrange
from tui.widgets.question_list import QuestionList
from tui.widgets.standing import Goal
from tui.widgets.too_small import TooSmall

from .browsing import browsing

SIZES = [(160, 50), (120, 40), (80, 24), (60, 20), (58, 20), (30, 8)]


@pytest.mark.parametrize(
    ("width", "pane", "hunting", "questions", "panes"),
    [
        (120, "list", False, None, ("list", "reader", "questions")),
        (120, "reader", False, False, ("list", "reader")),
        (120, "search", True, None, ("list", "reader")),
        (120, "reader", True, None, ("list", "reader", "questions")),
        (80, "list", False, None, ("list", "reader")),
        (80, "questions", False, None, ("reader", "questions")),
        (80, "reader", False, True, ("reader", "questions")),
        (50, "list", False, None, ("list",)),
        (50, "search", True, None, ("list",)),
        (50, "reader", True, None, ("reader",)),
        (50, "questions", False, None, ("questions",)),
    ],
)
def test_which_panes_are_shown(
    width: int, pane: Pane, hunting: bool, questions: bool | None, panes: tuple[Pane, ...]
) -> None:
    assert arrange(width, 24, pane, hunting=hunting, opened=True, questions=questions).panes == panes


@pytest.mark.parametrize(("width", "height", "too_small"), [(30, 8, False), (29, 24, True), (80, 7, True)])
def test_below_the_smallest_size_nothing_is_arranged(width: int, height: int, too_small: bool) -> None:
    assert arrange(width, height, "list", hunting=False, opened=False, questions=None).too_small is too_small


def test_hits_get_half_while_one_looks_through_them() -> None:
    assert arrange(80, 24, "search", hunting=True, opened=True, questions=None) == Arrangement(40, True, 0)
    assert arrange(80, 24, "reader", hunting=True, opened=True, questions=None).left == 31


def test_hits_get_it_all_while_nothing_is_open() -> None:
    plan = arrange(80, 24, "search", hunting=True, opened=False, questions=None)
    assert plan == Arrangement(80, False, 0)


@pytest.mark.parametrize("keys", [[], ["down", "enter"], ["slash", *"核酸"], ["slash", *"核酸", "enter"]])
async def test_rows_are_as_wide_as_the_terminal_and_borders_straight_at_any_size(keys: list[str]) -> None:
    async with browsing(SIZES[0], keys=keys) as browser:
        for size in SIZES:
            await browser.pilot.resize_terminal(*size)
            await browser.settle()
            rows = browser.text()
            assert {cell_len(row) for row in rows} == {size[0]}
            borders = {
                tuple(cell_len(row[:at]) for at, mark in enumerate(row) if mark == "│") for row in rows[1:-1]
            }
            assert len(borders) == 1


async def test_one_pane_at_a_time_on_a_narrow_terminal() -> None:
    async with browsing((58, 20)) as browser:
        assert (browser.list.display, browser.reader.parent.display) == (True, False)  # type: ignore[union-attr]
        await browser.press("enter")
        assert browser.reader.has_focus
        assert browser.reader.size.width == 58
        await browser.press("escape")
        assert browser.list.has_focus
        await browser.press("enter", "o")
        assert browser.screen.query_one(QuestionList).has_focus
        await browser.press("enter")
        assert browser.reader.has_focus
        await browser.press("tab", "tab", "tab")
        assert browser.reader.has_focus


async def test_too_small_says_so_and_everything_is_back_when_it_grows() -> None:
    async with browsing((80, 24), keys=["down", "enter", "pagedown"]) as browser:
        await browser.type("/核酸")
        await browser.press("down")
        before = browser.text()
        await browser.pilot.resize_terminal(20, 6)
        await browser.settle()
        assert browser.screen.query_one(TooSmall).display
        assert browser.text()[0].strip() == "终端太小，请放大"
        assert not any(line.strip() for line in browser.text()[1:])
        await browser.pilot.resize_terminal(80, 24)
        await browser.settle()
        assert browser.text() == before
        assert browser.box.has_focus


async def test_it_can_start_too_small() -> None:
    async with browsing((20, 6)) as browser:
        await browser.press("enter", "j", "slash", "a")
        await browser.pilot.resize_terminal(120, 40)
        await browser.settle()
        assert any("临淮" in line for line in browser.text())


async def test_the_row_at_the_top_stays_when_the_width_changes() -> None:
    async with browsing((80, 24), keys=["down", "enter", "pagedown"]) as browser:
        place, before = browser.reader.place, browser.text()
        for size in ((60, 20), (160, 50), (40, 12), (80, 24)):
            await browser.pilot.resize_terminal(*size)
            await browser.settle()
        assert browser.reader.place == place
        assert browser.text() == before


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_a_transcript_is_set_whoever_asks_where_it_stands_before_it_is_laid_out(
    size: tuple[int, int],
) -> None:
    async with browsing(size, keys=["slash", *"孕产妇"]) as browser:
        hit = browser.hits.marked
        assert hit is not None
        browser.screen.take_transcript(
            answers.Opened(browser.store.open(hit.briefing.id), Goal(hit=hit.rowid))
        )
        browser.screen._compositor._full_map_invalidated = True  # as when what is not yet shown is painted
        asked = browser.reader.region
        await browser.settle()
        assert browser.reader.read_now == hit.rowid, asked
