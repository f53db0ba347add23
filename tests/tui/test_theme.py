"""Colours: contrast by WCAG 2.2, and the choice of a theme."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.theme import Theme

from tui.theme import DARK, LIGHT, PLAIN, choose

GROUNDS = ("background", "panel", "cursor-row", "match-ground")


def luminance(color: Color) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part / 255) for part in color.rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted(luminance(Color.parse(color)) for color in (one, other))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_every_text_colour_meets_aa_on_every_ground_it_stands_on(theme: Theme) -> None:
    colors = {"foreground": theme.foreground, "primary": theme.primary, "error": theme.error}
    colors |= {name: theme.variables[name] for name in theme.variables if name.startswith(("voice", "lost"))}
    colors |= {name: theme.variables[name] for name in ("quiet", "match")}
    grounds = {"background": theme.background, "panel": theme.panel} | {
        name: theme.variables[name] for name in GROUNDS[2:3]
    }
    low = {
        (name, ground): round(contrast(str(color), str(on)), 2)
        for name, color in colors.items()
        for ground, on in grounds.items()
        if contrast(str(color), str(on)) < 4.5
    }
    assert not low
    assert contrast(theme.variables["match"], theme.variables["match-ground"]) >= 4.5


@pytest.mark.parametrize(
    ("environ", "name"),
    [
        ({}, DARK.name),
        ({"COLORFGBG": "15;0"}, DARK.name),
        ({"COLORFGBG": "0;default;15"}, LIGHT.name),
        ({"NO_COLOR": "", "COLORFGBG": "0;15"}, PLAIN),
    ],
)
def test_the_theme_suits_the_terminal(environ: dict[str, str], name: str) -> None:
    assert choose(environ) == name
