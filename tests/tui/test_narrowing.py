"""Narrowing: what the hits are made of, and the query with one of its values."""

from __future__ import annotations

from typing import get_args

from loader.kinds import ASIDE_KINDS, TurnKind
from tui.screens.facets import KINDS, FacetRows, FacetScreen

from .browsing import browsing


async def test_f_shows_what_the_hits_are_made_of_and_enter_narrows() -> None:
    async with browsing(keys=["slash", *"核酸", "escape", "F"]) as browser:
        assert isinstance(browser.app.screen, FacetScreen)
        values = browser.app.screen.query_one(FacetRows)
        shown = "\n".join(browser.text())
        assert "核酸" in shown
        assert "地点" in shown
        first = values._facets[0]
        assert f"{first.passages} " in shown
        await browser.press("enter")
        assert browser.box.value == f"核酸 {first.filter}"
        assert browser.screen.sought == browser.box.value
        assert browser.screen.pane == "list"


async def test_brackets_go_from_field_to_field() -> None:
    async with browsing(keys=["slash", *"核酸", "escape", "F"]) as browser:
        values = browser.app.screen.query_one(FacetRows)
        fields = [one.field for one in values._facets]
        firsts = sorted({fields.index(field) for field in fields})
        assert len(firsts) > 1
        walked = [values.cursor]
        for _ in firsts:
            await browser.press("]")
            walked.append(values.cursor)
        assert walked == [*firsts, firsts[-1]]
        await browser.press("[")
        assert values.cursor == firsts[-2]
        await browser.press("down", "[")
        assert values.cursor == firsts[-2]


def test_every_kind_that_is_searched_has_a_name() -> None:
    assert set(get_args(TurnKind)) - ASIDE_KINDS <= set(KINDS)


async def test_escape_leaves_the_query_as_it_was() -> None:
    async with browsing(keys=["slash", *"核酸", "escape", "F", "escape"]) as browser:
        assert browser.app.screen is browser.screen
        assert browser.screen.sought == "核酸"
        assert browser.hits.has_focus


async def test_without_a_query_there_is_nothing_to_narrow() -> None:
    async with browsing(keys=["F"]) as browser:
        assert browser.app.screen is browser.screen
        assert browser.screen.notice


async def test_facets_without_hits_say_so() -> None:
    async with browsing(keys=["slash", *"火星", "escape", "F"]) as browser:
        assert isinstance(browser.app.screen, FacetScreen)
        assert "没有可以缩小的" in "\n".join(browser.text())
