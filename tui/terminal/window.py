"""How much of a window is drawn on: no real one is larger, but whoever is at the other end may say anything.

What may come in: a size in cells as the kernel, or the environment (COLUMNS, LINES), tells it.
"""

from __future__ import annotations

WIDEST, TALLEST = 640, 200
"""Columns and rows that are drawn at most: a wall of 4K at 6 by 10 pixels a cell. Each cell is remembered."""


def drawn(columns: int, rows: int) -> tuple[int, int]:
    """The columns and rows, from the top left, of a window of that size that are drawn on."""
    return min(columns, WIDEST), min(rows, TALLEST)
