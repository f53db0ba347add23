"""One table of commands: bindings, footer, help and palette agree with it."""

from __future__ import annotations

from typing import get_args

import pytest
from rich.cells import cell_len
from textual.widgets import Input

from tui.app import BriefingsApp
from tui.commands import COMMANDS, Command, Context, by_context
from tui.language import _, speak
from tui.screens.facets import FacetScreen
from tui.screens.help import HelpScreen, table
from tui.screens.main import MainScreen
from tui.screens.palette import CommandProvider, Palette
from tui.screens.shelf import ShelfScreen
from tui.theme import DARK, LIGHT
from tui.widgets.bindings import THE_APP_S, bindings
from tui.widgets.briefing_list import BriefingList
from tui.widgets.hit_list import HitList
from tui.widgets.question_list import QuestionList
from tui.widgets.reader import Reader
from tui.widgets.search_box import SearchBox

from .browsing import browsing

OWNERS = {
    "app": (MainScreen, ""),
    "list": (BriefingList, "list_"),
    "reader": (Reader, ""),
    "questions": (QuestionList, "question_"),
    "hits": (HitList, "hit_"),
    "search": (SearchBox, "search_"),
    "shelf": (ShelfScreen, "shelf_"),
    "facets": (FacetScreen, "facet_"),
}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_every_command_is_bound_and_does_something(command: Command) -> None:
    owner, prefix = OWNERS[command.context]
    if command.id in THE_APP_S:
        assert hasattr(BriefingsApp, f"action_{command.id}")
    else:
        assert hasattr(owner, f"action_{command.id.removeprefix(prefix)}")
    assert set(command.keys) <= {
        key
        for one in bindings(command.context, prefix=prefix)
        for key in one.key.split(",")  # type: ignore[union-attr]
    }


@pytest.mark.parametrize("context", get_args(Context))
def test_no_key_means_two_things_in_one_context(context: Context) -> None:
    keys = [key for command in by_context(context) for key in command.keys]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("keys", "context"),
    [
        ([], "list"),
        (["enter"], "reader"),
        (["enter", "tab"], "questions"),
        (["slash"], "search"),
        (["slash", "核", "escape"], "hits"),
    ],
)
async def test_the_footer_shows_the_keys_of_the_focused_pane(keys: list[str], context: Context) -> None:
    async with browsing((120, 24), keys=keys) as browser:
        assert browser.footer.context == context
        labels = [_(command.label) for command in by_context(context) if command.footer]
        assert labels
        assert all(label in browser.text()[-1] for label in labels)


async def test_the_footer_drops_commands_whole_and_those_to_be_guessed_first() -> None:
    async with browsing((80, 20), keys=["enter"]) as browser:
        wanted = [(command.show, _(command.label)) for command in browser.footer.shown()]
        for width in range(10, 120):
            texts = [run.text for run in browser.footer.runs(width)]
            shown = list(zip(texts[::2], texts[1::2], strict=True))
            assert shown == [one for one in wanted if one in shown]
            assert width < 40 or {"/", "Esc", "?"} <= {key for key, _label in shown}
            last = browser.footer.runs(width)[-1:]
            assert not last or last[0].column + cell_len(last[0].text) < width
        assert len(shown) == len(wanted)


async def test_commands_that_would_do_nothing_are_not_offered() -> None:
    async with browsing((120, 24)) as browser:
        assert "下一处" not in browser.text()[-1]
        await browser.press("slash", "核", "enter")
        assert "下一处" in browser.text()[-1]


def test_help_lists_every_command() -> None:
    text = table(200).plain
    for command in COMMANDS:
        assert _(command.label) in text
        assert _(command.help) in text


async def test_help_opens_and_closes_over_what_was_there() -> None:
    async with browsing(keys=["enter"]) as browser:
        before = browser.text()
        for key in ("escape", "q", "question_mark"):
            await browser.press("question_mark")
            assert isinstance(browser.app.screen, HelpScreen)
            await browser.press("pagedown", "j", "k", "b", key)
            assert browser.text() == before


async def test_the_palette_runs_commands_of_the_table() -> None:
    async with browsing(keys=["colon"]) as browser:
        palette = browser.app.screen
        assert isinstance(palette, Palette)
        assert palette.query_one(Input).cursor_blink is False
        provider = CommandProvider(browser.screen)
        hits = [hit async for hit in provider.search("明暗")]
        assert [hit.text for hit in hits] == ["明暗"]
        await browser.press("escape")
        before = browser.app.theme
        await hits[0].command()  # type: ignore[misc]
        assert {before, browser.app.theme} == {DARK.name, LIGHT.name}


async def test_keys_of_the_browser_are_text_while_the_box_has_the_focus() -> None:
    async with browsing(keys=["slash"]) as browser:
        await browser.type("q?/[n]3g")
        assert browser.box.value == "q?/[n]3g"


async def test_the_terminal_modes_that_hurt_over_ssh_are_off() -> None:
    async with browsing(keys=["slash"]) as browser:
        assert browser.app.animation_level == "none"
        assert browser.box.cursor_blink is False


async def test_in_english_nothing_but_the_documents_is_chinese() -> None:
    speak("en")
    async with browsing((120, 40), keys=["enter"]) as browser:
        rows = browser.text()
        assert "search" in rows[-1]
        assert "type to search" in rows[0]
        assert any("Q 1" in row for row in rows)
        assert "发布" not in "".join(row[:34] for row in rows[1:-1] if "Speech" in row)
        await browser.press("question_mark")
        shown = table(76).plain.split("how to write a query")[0]
        assert not any("\u4e00" <= char <= "\u9fff" for char in shown)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [26, 40, 56, 76, 116])
def test_the_help_fits_any_width(language: str, width: int) -> None:
    speak(language)
    assert max(cell_len(line) for line in table(width).plain.split("\n")) <= max(width, 32)
