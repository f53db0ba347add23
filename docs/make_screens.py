"""Makes the pictures of the README from the bundled documents: `python -m docs.make_screens`.

Runs the browser in a pseudo-terminal with a home of its own, types, and draws what the terminal holds as
SVG: every character in its own cell, so that columns stand straight in any font.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path

from pyte.screens import Char, Screen
from wcwidth import wcwidth

from tests.terminal import Terminal

CELL, LINE, PAD = 9, 20, 12
"""Pixels: a cell's width, a row's height, the margin."""
FOREGROUND, BACKGROUND = "e4e4e4", "15181d"
FONTS = "'Noto Sans Mono CJK SC', 'Sarasa Mono SC', 'DejaVu Sans Mono', monospace"
SCREENS = {
    "screen": (["down", "down", "enter", "3g"], "问 3/3", 120, 34),
    "search": (["/", "孕产妇"], "8 处 · 2 场", 80, 24),
}
"""Name of the picture: keys typed, what the screen must hold then, width and height in cells."""


def main() -> None:
    """Write one SVG a screen beside this file."""
    folder = Path(__file__).parent
    with tempfile.TemporaryDirectory() as home:
        for name, (keys, held, width, height) in SCREENS.items():
            variables = {"COLORTERM": "truecolor"}
            with Terminal([], Path(home), width=width, height=height, **variables) as terminal:
                terminal.wait_for("潍坊", limit=60).send(*keys).wait_for(held).settle()
                (folder / f"{name}.svg").write_text(svg(terminal.screen), "utf-8")


def svg(screen: Screen) -> str:
    """What `screen` holds, as a picture."""
    width, height = screen.columns * CELL + 2 * PAD, screen.lines * LINE + 2 * PAD
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}"'
        f' height="{height}" font-family="{escape(FONTS)}" font-size="16">',
        f'<rect width="{width}" height="{height}" rx="8" fill="#{BACKGROUND}"/>',
    ]
    for y in range(screen.lines):
        parts += _row(screen.buffer[y], y, screen.columns)
    return "\n".join([*parts, "</svg>", ""])


def _row(row: Mapping[int, Char], y: int, columns: int) -> Iterator[str]:
    for x in range(columns):
        cell = row[x]
        if not cell.data:
            continue
        cells = max(1, wcwidth(cell.data[0]))
        ink, ground = _colour(cell.fg, FOREGROUND), _colour(cell.bg, BACKGROUND)
        if cell.reverse:
            ink, ground = ground, ink
        left, top = PAD + x * CELL, PAD + y * LINE
        if ground != BACKGROUND:
            yield f'<rect x="{left}" y="{top}" width="{cells * CELL}" height="{LINE}" fill="#{ground}"/>'
        if cell.data.strip():
            look = ' font-weight="bold"' if cell.bold else ""
            look += ' font-style="italic"' if cell.italics else ""
            look += ' text-decoration="underline"' if cell.underscore else ""
            place = f'x="{left + cells * CELL / 2:g}" y="{top + 15}" text-anchor="middle"'
            yield f'<text {place} fill="#{ink}"{look}>{escape(cell.data)}</text>'


def _colour(name: str, default: str) -> str:
    """A colour as pyte gives it: six hex digits, or a name for the terminal's own."""
    return name if len(name) == 6 and all(char in "0123456789abcdef" for char in name) else default


if __name__ == "__main__":
    main()
