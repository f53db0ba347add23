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
from tui.pen import change, codes_of
from tui.placing import _row

WIDTH, HEIGHT = 24, 3
COLORS = ColorSystem.EIGHT_BIT
STYLES = [
    Style(),
    Style(bold=True),
    Style(color="red"),
    Style(bgcolor="blue", underline=True),
    Style(color="#123456", bgcolor="blue", italic=True),
    Style(color="bright_green", bgcolor="#abcdef", bold=True, reverse=True),
]
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
    """What is to be seen: of a blank its ground, unless something is drawn on it."""
    return [
        [
            (cell.data, cell.bg)
            if cell.data == " " and not (cell.underscore or cell.reverse)
            else (cell.data, cell.fg, cell.bg, cell.bold, cell.italics, cell.underscore, cell.reverse)
            for cell in (screen.buffer[y][x] for x in range(WIDTH))
        ]
        for y in range(HEIGHT)
    ]


def _in_full(x: int, y: int, strip: Strip) -> str:
    """A stretch as Rich writes it."""
    styled = "".join((style or Style()).render(text, color_system=COLORS) for text, style, _ in strip)
    return f"\x1b[{y + 1};{x + 1}H{styled}"


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
            spare.feed(shown.write(x, y, _row(strip, COLORS)))
            whole.feed(_in_full(x, y, strip))
        spare.feed(shown.end())
        assert _cells(thrifty) == _cells(plain)


@given(stretches())
def test_what_stands_there_is_not_written_again_until_it_is_forgotten(
    stretch: tuple[int, int, Strip],
) -> None:
    x, y, strip = stretch
    cells = _row(strip, COLORS)
    shown = Painted()
    shown.begin(WIDTH, HEIGHT)
    first = shown.write(x, y, cells)
    assert first
    shown.begin(WIDTH, HEIGHT)
    assert not shown.write(x, y, cells)
    shown.forget()
    shown.begin(WIDTH, HEIGHT)
    assert shown.write(x, y, cells) == first


def test_a_stretch_written_as_a_whole_is_written_again_when_any_of_it_was_overwritten() -> None:
    shown = Painted()
    shown.begin(WIDTH, HEIGHT)
    cells = _row(Strip([Segment("“a b”")]), COLORS)
    assert shown.place(2, 0, cells, narrow=False) == "\x1b[1;3H“a b”"
    assert shown.place(2, 0, cells, narrow=False) == ""
    shown.write(4, 0, _row(Strip.blank(1), COLORS))
    assert shown.place(2, 0, cells, narrow=False) == "\x1b[3G“a b”"


def test_without_colours_only_characters_are_written() -> None:
    shown = Painted()
    shown.begin(WIDTH, HEIGHT)
    strip = Strip([Segment("核酸", STYLES[1])])
    assert shown.write(0, 0, _row(strip, None)) + shown.end() == "\x1b[1H核酸"


def test_a_few_cells_between_two_changes_are_written_along_and_many_are_moved_over() -> None:
    shown = Painted()
    shown.begin(WIDTH, HEIGHT)
    shown.write(0, 0, _row(Strip([Segment("a----b--------c")]), COLORS))
    shown.begin(WIDTH, HEIGHT)
    changed = shown.write(0, 0, _row(Strip([Segment("A----B--------C")]), COLORS))
    assert changed == "\x1b[1HA----B\x1b[15GC"


@given(st.sampled_from(STYLES), st.sampled_from(STYLES))
def test_one_style_after_another_is_as_if_set_afresh(before: Style, after: Style) -> None:
    old, new = codes_of(before, COLORS), codes_of(after, COLORS)
    screens = []
    for sequence in (f"\x1b[0;{old}m" + change(old, new), f"\x1b[0;{new}m"):
        screen = pyte.Screen(1, 1)
        pyte.Stream(screen).feed(sequence + "x")
        screens.append(screen.buffer[0][0])
        assert len(change(old, new)) <= len(f"\x1b[0;{new}m")
    assert screens[0] == screens[1]
