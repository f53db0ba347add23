"""Only what changed is written, and the terminal then shows the same as if all had been written."""

from __future__ import annotations

import pyte
from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.painted import Painted

WIDTH, HEIGHT = 24, 3
STYLES = [Style(), Style(bold=True), Style(color="red"), Style(bgcolor="blue", underline=True)]
PIECES = st.lists(
    st.tuples(st.text(st.sampled_from("ab 1核酸检测，　"), max_size=6), st.sampled_from(STYLES)), max_size=6
)


@st.composite
def stretches(draw: st.DrawFn) -> tuple[int, int, Strip]:
    """Column, row and a strip that ends within the row."""
    x, y = draw(st.integers(0, WIDTH - 2)), draw(st.integers(0, HEIGHT - 1))
    strip = Strip([Segment(text, style) for text, style in draw(PIECES) if text])
    width = draw(st.integers(1, WIDTH - x))
    return x, y, strip.adjust_cell_length(width)


def _cells(screen: pyte.Screen) -> list[list[tuple[object, ...]]]:
    return [
        [
            (cell.data, cell.fg, cell.bg, cell.bold, cell.underscore)
            for cell in (screen.buffer[y][x] for x in range(WIDTH))
        ]
        for y in range(HEIGHT)
    ]


@given(st.lists(st.lists(stretches(), max_size=5), max_size=8))
def test_the_terminal_shows_what_it_would_if_all_were_written(
    frames: list[list[tuple[int, int, Strip]]],
) -> None:
    thrifty, plain = pyte.Screen(WIDTH, HEIGHT), pyte.Screen(WIDTH, HEIGHT)
    spare, whole = pyte.Stream(thrifty), pyte.Stream(plain)
    shown = Painted()
    for frame in [[(0, y, Strip.blank(WIDTH)) for y in range(HEIGHT)], *frames]:
        shown.begin(WIDTH, HEIGHT)
        for x, y, strip in frame:
            spare.feed("".join(shown.write(x, y, strip, ColorSystem.EIGHT_BIT)))
            full = Painted()
            full.begin(WIDTH, HEIGHT)
            whole.feed("".join(full.write(x, y, strip, ColorSystem.EIGHT_BIT)) + full.end())
        spare.feed(shown.end())
        assert _cells(thrifty) == _cells(plain)


@given(stretches())
def test_what_stands_there_is_not_written_again_until_it_is_forgotten(
    stretch: tuple[int, int, Strip],
) -> None:
    shown = Painted()
    shown.begin(WIDTH, HEIGHT)
    first = list(shown.write(*stretch, ColorSystem.EIGHT_BIT))
    assert first
    shown.begin(WIDTH, HEIGHT)
    assert not list(shown.write(*stretch, ColorSystem.EIGHT_BIT))
    shown.forget()
    shown.begin(WIDTH, HEIGHT)
    assert list(shown.write(*stretch, ColorSystem.EIGHT_BIT)) == first


def test_a_stretch_written_as_a_whole_is_written_again_when_any_of_it_was_overwritten() -> None:
    shown = Painted()
    shown.begin(WIDTH, HEIGHT)
    assert shown.place(2, 0, 6, "x") == "x"
    assert shown.place(2, 0, 6, "x") == ""
    list(shown.write(4, 0, Strip.blank(1), None))
    assert shown.place(2, 0, 6, "x") == "x"


def test_without_colours_only_characters_are_written() -> None:
    shown = Painted()
    shown.begin(WIDTH, HEIGHT)
    strip = Strip([Segment("核酸", STYLES[1])])
    assert "".join(shown.write(0, 0, strip, None)) + shown.end() == "\x1b[1;1H核酸"
