"""How many colours the terminal has: by its environment first, then by terminfo. Nothing is written to it."""

from __future__ import annotations

from collections.abc import Mapping

MANY = 256
"""From so many on our own themes look as they were made."""
FEW = 8
"""What a terminal is taken for that nobody describes."""


def colors_of(environ: Mapping[str, str]) -> int:
    """256 or more, 8 or 16, or 0 for a monochrome terminal, whatever is said by TERM and COLORTERM.

    Rich takes all but `…-256color` for 16 colours, vt100 too, and guesses the nearest for each of ours.
    """
    if environ.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return 1 << 24
    term = environ.get("TERM", "").strip().lower()
    if term.endswith(("-256color", "-kitty")):
        return MANY
    try:
        import curses

        curses.setupterm(term, 1)
        said = curses.tigetnum("colors")
    except Exception:  # no curses here, or no such terminal: curses.error cannot be named without it
        return 0 if term.startswith("vt") else FEW
    return max(0, said) if said < MANY else FEW  # 16 is what Rich writes to it, whatever it could show
