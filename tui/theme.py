"""Colours: one dark and one light theme, and the plain one for NO_COLOR. No text, no data comes in.

Every foreground meets WCAG AA (4.5 : 1) on its background; tests/tui/test_theme.py measures it. Colour
never speaks alone: labels, bold, underline and reverse say the same, so NO_COLOR loses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

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
    },
)

PLAIN = "ansi-dark"
"""Textual's theme of the terminal's own colours: the only kind under which NO_COLOR is honoured."""
PLAIN_VARIABLES = dict.fromkeys(DARK.variables, "ansi_default")
"""What the widgets' colour names mean under `PLAIN`."""


def choose(environ: Mapping[str, str]) -> str:
    """The theme's name for an environment: NO_COLOR, then the background that COLORFGBG tells."""
    if "NO_COLOR" in environ:
        return PLAIN
    background = environ.get("COLORFGBG", "").rpartition(";")[2]
    return LIGHT.name if background in ("7", "15") else DARK.name
