"""Colours: one dark and one light theme, the plain one, and what Textual's own themes lack.

In comes a theme, out go colours by the names that widgets use. Every text meets WCAG AA (4.5 : 1) on its
ground; tests/tui/test_colours.py measures what is painted. Colour never speaks alone: labels, bold,
underline and reverse say the same, so NO_COLOR loses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.color import Color
from textual.theme import Theme

DARK = Theme(
    name="briefings-dark",
    primary="#8ab8ff",
    secondary="#9aa5b1",
    accent="#ffd166",
    warning="#ffb86b",
    error="#ff8f80",
    success="#86d7a5",
    foreground="#e3e6ea",
    background="#15181d",
    surface="#15181d",
    panel="#1d2128",
    dark=True,
    variables={
        "quiet": "#9aa5b1",
        "rule": "#3a424d",
        "cursor-row": "#26303d",
        "voice-host": "#9aa5b1",
        "voice-speech": "#8ab8ff",
        "voice-question": "#ffd166",
        "voice-answer": "#86d7a5",
        "match": "#ffd166",
        "match-ground": "#3d3413",
        "lost": "#ff8f80",
        "lead": "#8ab8ff",
        "alarm": "#ff8f80",
        "bar-ground": "#1d2128",
    },
)

LIGHT = Theme(
    name="briefings-light",
    primary="#0b4f9e",
    secondary="#56606b",
    accent="#8a4b00",
    warning="#8a4b00",
    error="#b3261e",
    success="#17633a",
    foreground="#1d2126",
    background="#fbfaf6",
    surface="#fbfaf6",
    panel="#f0eee7",
    dark=False,
    variables={
        "quiet": "#56606b",
        "rule": "#c9c6bb",
        "cursor-row": "#e3ebf5",
        "voice-host": "#56606b",
        "voice-speech": "#0b4f9e",
        "voice-question": "#8a4b00",
        "voice-answer": "#17633a",
        "match": "#7a3e00",
        "match-ground": "#ffefb8",
        "lost": "#b3261e",
        "lead": "#0b4f9e",
        "alarm": "#b3261e",
        "bar-ground": "#f0eee7",
    },
)

PLAIN = "ansi-dark"
"""Textual's theme of the terminal's own colours: the only kind under which NO_COLOR is honoured."""
PLAIN_VARIABLES = dict.fromkeys(DARK.variables, "ansi_default")
"""What the widgets' colour names mean under `PLAIN`."""


AA = 4.5
"""The contrast that WCAG 2.2 (1.4.3) asks of text."""
STEPS = 10
"""Between a theme's own colour and one that can be read."""


def choose(environ: Mapping[str, str], colors: int = 256) -> str:
    """The theme's name for an environment and a number of colours: NO_COLOR, then what COLORFGBG tells.

    With few colours the nearest ones could be any two, and unreadable on each other: so the terminal's own.
    """
    if "NO_COLOR" in environ or colors < 256:
        return PLAIN
    background = environ.get("COLORFGBG", "").rpartition(";")[2]
    return LIGHT.name if background in ("7", "15") else DARK.name


def contrast(one: Color, other: Color) -> float:
    """The contrast of two colours, from 1 to 21 (WCAG 2.2)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def derived(theme: Theme) -> dict[str, str]:
    """The colours by our names for a theme that does not say them, of its own and such that they can be read.

    No text has less contrast than AA asks, or than the theme gives its own text.
    """
    if theme.ansi:
        return dict(PLAIN_VARIABLES)
    if theme.variables.keys() >= DARK.variables.keys():
        return dict(theme.variables)
    made = theme.to_color_system().generate()
    colors = {name: Color.parse(made[name]) for name in _USED}
    ground, text = colors["background"], colors["foreground"]
    grounds = {
        "bar-ground": _ground(ground, colors["panel"], text),
        "cursor-row": _ground(ground, ground.blend(colors["primary"], 0.25), text),
        "match-ground": _ground(ground, ground.blend(colors["accent"], 0.25), text),
    }
    under = (ground, *grounds.values())
    quiet = _legible(text.blend(ground, 0.4), text, under)
    texts = {
        "quiet": quiet,
        "voice-host": quiet,
        "voice-speech": _legible(colors["primary"], text, under),
        "voice-question": _legible(colors["accent"], text, under),
        "voice-answer": _legible(colors["success"], text, under),
        "match": _legible(colors["accent"], text, under),
        "lost": _legible(colors["error"], text, under),
        "lead": _legible(colors["primary"], text, under),
        "alarm": _legible(colors["error"], text, under),
    }
    rule = {"rule": ground.blend(text, 0.25)}
    return {name: color.hex for name, color in {**grounds, **texts, **rule}.items()}


_USED = ("background", "foreground", "panel", "primary", "accent", "success", "error")


def _ground(background: Color, wanted: Color, text: Color) -> Color:
    """The ground wanted, nearer to the background as far as the text cannot be read on it."""
    for step in range(STEPS):
        ground = wanted.blend(background, step / STEPS)
        if contrast(text, ground) >= min(AA, contrast(text, background)):
            return ground
    return background


def _legible(wanted: Color, text: Color, grounds: Sequence[Color]) -> Color:
    """The colour wanted, nearer to that of the text as far as it cannot be read on one of the grounds."""
    for step in range(STEPS):
        color = wanted.blend(text, step / STEPS)
        if all(contrast(color, ground) >= min(AA, contrast(text, ground)) for ground in grounds):
            return color
    return text


def _luminance(color: Color) -> float:
    """How light a colour is, from 0 to 1 (WCAG 2.2)."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = map(linear, color.normalized)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
