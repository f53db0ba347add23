"""A terminal that takes “ ” … — · for another width than was counted still shows every pane in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import get_character_cell_size
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from tui.painted import Painted
from tui.placing import Placed
from tui.typeset import _WIDEST, cells, cut, set_ambiguous, widest, wrap
from tui.widgets.paint import Run, strip

from .browsing import browsing

TEXTS = st.text("“”…—·就医abc 　", max_size=40)
CONSOLE = Console(force_terminal=True)


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    set_ambiguous(1)


class Toy:
    """A terminal that knows places, styles and text; ambiguous characters take `ambiguous` cells."""

    def __init__(self, width: int, height: int, ambiguous: int) -> None:
        self.rows = [["\0"] * width for _ in range(height)]
        self._ambiguous, self._width = ambiguous, width

    def write(self, data: str) -> None:
        x = y = 0
        for row, column, along, _, character in re.findall(
            r"\x1b\[(\d+)(?:;(\d+))?H|(\r|\x1b\[\d+G)|(\x1b\[[\d;]*m)|(.)", data
        ):
            if row:
                y, x = int(row) - 1, int(column or 1) - 1
            elif along:
                x = 0 if along == "\r" else int(along[2:-1]) - 1
            elif character:
                doubt = _WIDEST[character] > get_character_cell_size(character)
                size = self._ambiguous if doubt else get_character_cell_size(character)
                for cell in range(x, min(x + size, self._width)):
                    self.rows[y][cell] = character if cell == x else ""
                x = min(x + size, self._width - 1)  # no wrapping: Textual switches it off


@pytest.mark.parametrize("assumed", [1, 2])
@pytest.mark.parametrize("real", [1, 2])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_borders_stand_whatever_the_terminal_takes_for_a_quotation_mark(
    size: tuple[int, int], assumed: int, real: int
) -> None:
    async with browsing(size, ambiguous=assumed, keys=["down", "enter", "2", "g"]) as browser:
        update = browser.app.screen._compositor.render_update(full=True)
        assert isinstance(update, LayoutUpdate)
        toy = Toy(*size, real)
        toy.write(Placed([update], Painted(), size).render_segments(browser.app.console))
        list_pane = browser.screen.query_one("#left").region
        border = "╏" if assumed == 2 else "│"
        for y in range(list_pane.y, list_pane.bottom):
            assert toy.rows[y][list_pane.right - 1] == border
        assert not any("\0" in row for row in toy.rows), "a cell was left as it was"
        body = ["".join(row[list_pane.right :]) for row in toy.rows]
        assert any("“" in row for row in body)


@given(TEXTS, TEXTS, st.sampled_from([1, 2]), st.sampled_from([1, 2]))
def test_a_changed_pane_leaves_its_neighbour_alone_and_nothing_old_behind(
    title: str, name: str, assumed: int, real: int
) -> None:
    set_ambiguous(assumed)
    runs = [Run(1, cut(title, 20), "a"), Run(24, cut(name, 12), "b")]
    pane = strip(runs, 38, lambda name: Style(bold=name == "a"))
    assert pane.cell_length == 38
    toy = Toy(50, 1, real)
    toy.rows[0] = ["\0"] * 43 + ["│"] + ["|"] * 6
    update = ChopsUpdate([{5: pane, 43: None}], [(0, 5, 43)], [[43, 50]])
    toy.write(Placed([update], Painted(), (50, 1)).render_segments(CONSOLE))
    row = toy.rows[0]
    assert row[43:] == ["│"] + ["|"] * 6
    assert row[:5] == ["\0"] * 5
    assert "\0" not in row[5:43]
    second = cut(name, 12)
    if second.strip() and not second.startswith((" ", "　")):
        assert row[5 + 24] == second[0]


@given(
    st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=5),
    st.sampled_from([1, 2]),
    st.sampled_from([1, 2]),
)
def test_a_row_changed_again_and_again_looks_as_if_written_afresh(
    texts: list[tuple[str, str]], assumed: int, real: int
) -> None:
    set_ambiguous(assumed)
    shown, toy = Painted(), Toy(38, 1, real)
    for title, name in texts:
        runs = [Run(1, cut(title, 20), "a"), Run(24, cut(name, 12), "b")]
        pane = strip(runs, 38, lambda name: Style(bold=name == "a", bgcolor="blue"))
        update = LayoutUpdate([[pane]], Region(0, 0, 38, 1))
        toy.write(Placed([update], shown, (38, 1)).render_segments(CONSOLE))
        fresh = Toy(38, 1, real)
        fresh.write(Placed([update], Painted(), (38, 1)).render_segments(CONSOLE))
        assert toy.rows == fresh.rows
        assert Placed([update], shown, (38, 1)).render_segments(CONSOLE) == ""


@pytest.mark.parametrize("text", ["转诊、转运", "…转诊、转运", "a转诊、转运", "“a”转诊、转运"])
def test_a_change_that_ends_within_a_wide_character_writes_it_whole(text: str) -> None:
    row = Strip([Segment(text)])
    for last in range(1, row.cell_length):
        shown, toy = Painted(), Toy(40, 1, 1)
        first = LayoutUpdate([[row]], Region(0, 0, row.cell_length, 1))
        again = ChopsUpdate([{0: row}], [(0, 0, last)], [[row.cell_length]])
        toy.write(Placed([first], shown, (40, 1)).render_segments(CONSOLE))
        before = ["".join(line) for line in toy.rows]
        shown.forget()
        toy.write(Placed([again], shown, (40, 1)).render_segments(CONSOLE))
        assert ["".join(line) for line in toy.rows] == before


def test_updates_of_one_frame_are_written_once_and_the_last_is_seen() -> None:
    old, new = (Strip([Segment(text)]) for text in ("old title", "new title"))
    first = LayoutUpdate([[old], [Strip.blank(9)]], Region(0, 0, 9, 2))
    second = ChopsUpdate([{0: new}, {}], [(0, 0, 9)], [[9], []])
    third = ChopsUpdate([{0: new.crop(0, 3)}, {}], [(0, 0, 3)], [[3], []])
    sequence = Placed([first, second, third], Painted(), (9, 2)).render_segments(CONSOLE)
    assert sequence == "\x1b[1Hnew title\x1b[2H" + " " * 9


@given(TEXTS, st.integers(4, 60), st.integers(0, 3), st.sampled_from([1, 2]))
def test_no_line_is_wider_than_asked_and_spared_under_either_guess(
    text: str, width: int, spare: int, assumed: int
) -> None:
    set_ambiguous(assumed)
    lines = [text[a:b].rstrip(" \u3000") for a, b in wrap(text, width, 0, spare)]
    assert "".join(text[a:b] for a, b in wrap(text, width, 0, spare)) == text
    assert all(cells(line) <= width for line in lines)
    assert all(widest(line) <= width + spare for line in lines)


def test_there_is_no_third_width() -> None:
    with pytest.raises(ValueError, match="1 or 2"):
        set_ambiguous(3)


def test_a_row_of_certain_width_is_written_from_left_to_right() -> None:
    plain = strip([Run(0, "就医", "")], 10, lambda _: Style())
    update = LayoutUpdate([[plain, Strip.blank(3)]], Region(0, 0, 13, 1))
    assert Placed([update], Painted(), (13, 1)).render_segments(CONSOLE) == "\x1b[1H就医      \x1b[11G   "
