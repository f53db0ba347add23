"""Contrast (WCAG 2.2, 1.4.3) of all text that is painted, on the grounds it is painted on, theme by theme.

Nothing here comes from a list of colours: the pairs are collected from rendered screens. Rules and borders
say nothing that is not said otherwise, and may be fainter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

import pytest
from rich.color import Color as RichColor
from textual.color import Color
from textual.geometry import Region
from textual.theme import BUILTIN_THEMES

from tui.screens.correction import CorrectionScreen
from tui.theme import AA, DARK, LIGHT, contrast

from .browsing import Browser, browsing

DECORATION = frozenset("╌─│┊▌▎▁▔▏▕╭╮╰╯┌┐└┘━┃▊█ ")
SCREENS: dict[str, list[str]] = {
    "the list": ["down"],
    "hits": ["slash", *"核酸"],
    "a match and others": ["enter"],
    "questions": ["o"],
    "a notice": ["o", "equals_sign"],
    "a source": ["v"],
    "help": ["escape", "question_mark"],
    "a note": ["escape", "B"],
    "bookmarks": ["escape", "B", "enter", "apostrophe"],
    "searches": ["escape", "S"],
    "the palette": ["escape", "colon"],
    "an export": ["escape", "e"],
}
"""Screens, each from where the one before was left."""


def rgb(color: RichColor) -> Color:
    return Color.from_rich_color(color)


def low(browser: Browser, least: float) -> Iterator[tuple[str, float, str]]:
    """What is painted with too little contrast."""
    screen = browser.app.screen
    box = Region.from_union([one.region for one in screen.children])
    # what stands behind a question is dimmed and out of use, and the contrast asked for is not of it
    strips = [
        strip.crop(box.x, box.right) for strip in screen._compositor.render_strips()[box.y : box.bottom]
    ]
    for segment in chain.from_iterable(strips):
        style, text = segment.style, segment.text
        if style is None or set(text) <= DECORATION:
            continue
        assert not style.dim, text  # how dim, every terminal decides for itself
        assert style.color is not None, text
        assert style.bgcolor is not None, text
        ratio = contrast(rgb(style.color), rgb(style.bgcolor))
        if ratio < least - 0.05:  # colours are rounded to whole numbers
            yield text.strip(), round(ratio, 2), f"{style.color.name} on {style.bgcolor.name}"


@pytest.mark.parametrize("theme", [DARK.name, LIGHT.name])
async def test_what_is_painted_in_our_themes_meets_aa(theme: str) -> None:
    faults = {}
    async with browsing((120, 30)) as browser:
        browser.app.theme = theme
        await browser.settle()
        for name, keys in SCREENS.items():
            await browser.press(*keys)
            faults |= {(name, *one): theme for one in low(browser, AA)}
        await browser.press("escape")
        assert browser.screen.transcript is not None
        browser.app.push_screen(CorrectionScreen(replace(browser.screen.transcript, organ=None)))
        await browser.settle()
        faults |= {("a correction", *one): theme for one in low(browser, AA)}
    assert not faults


async def test_textuals_themes_are_as_legible_with_us_as_their_own_text() -> None:
    faults = set()
    async with browsing((120, 30), keys=["slash", *"核酸", "enter", "o"]) as browser:
        for name, theme in BUILTIN_THEMES.items():
            if theme.ansi:
                continue
            browser.app.theme = name
            await browser.settle()
            made = theme.to_color_system().generate()
            own = contrast(Color.parse(made["foreground"]), Color.parse(made["background"]))
            faults |= {(name, *one) for one in low(browser, min(AA, own))}
    assert not faults
