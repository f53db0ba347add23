"""Typesetting: nothing lost, nothing too wide, marks and words kept, spans carried to cells and back."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from loader.model import Span
from loader.unseen import visible
from tui.typeset import NO_END, NO_START, columns, cut, pad, to_cells, to_characters, window, wrap

LETTERS = "近期不少孕产妇反映产检预约困难，。、；：？！（）“”《》「」…—·0123.5%万例人 abcZ　"
CHINESE = st.text(LETTERS, max_size=120)
PIECES = (
    *LETTERS,
    *("e\u0301", "क्षि", "ที่", "각", "مرحبا", "שלום", "Ελλάς", "Привет", "𠮷", "が", "か\u3099", "ﾊﾟ", "㍿"),
    *(
        "👨‍👩‍👧",
        "👍🏽",
        "🇨🇳",
        "☺\ufe0f",
        "1\ufe0f\u20e3",
        "\u200b",
        "\u200d",
        "\u202e",
        "\ufeff",
        "\xad",
        "\ue000",
    ),
    *("\t", "\x00", "\x07", "\x1b", "\x9b", "\r", "\n", "\u2028", "GAP▢", "2022年3月25日", "10混1"),
)
MIXED = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
ANY = st.one_of(CHINESE, MIXED, st.text(max_size=120))
WIDTHS = st.integers(4, 200)
FLAG, FAMILY, ACCENT = "🇨🇳", "👨‍👩‍👧", "e\u0301"


def inside_grapheme(text: str, at: int) -> bool:
    """Whether no cut may fall there."""
    return all(at not in (one.start, one.end) for one in wrap(text, 1))


def lines(text: str, width: int, indent: int = 0) -> list[str]:
    return [text[start:end] for start, end in wrap(text, width, indent)]


@given(ANY, WIDTHS, st.integers(0, 6))
@example("", 4, 0)
@example("，。，。，。，。", 4, 0)
@example("a" * 50 + "，", 10, 4)
@example(FAMILY * 9, 5, 0)
def test_no_character_is_lost_or_added(text: str, width: int, indent: int) -> None:
    assert "".join(lines(text, width, indent)) == text


@given(ANY, WIDTHS)
@example(FLAG * 5, 4)
@example("\u200d中", 4)
def test_no_line_is_wider_than_asked_but_for_hanging_blanks(text: str, width: int) -> None:
    for line in lines(text, width):
        bare = line.rstrip(" \t\n\r\u3000")
        assert cell_len(bare) <= width or len(list(wrap(bare, 1))) == 1


@given(ANY, WIDTHS, st.integers(0, 6))
def test_the_first_line_leaves_room_for_its_indent(text: str, width: int, indent: int) -> None:
    first = lines(text, width, indent)[0].rstrip(" \t\n\r\u3000")
    assert cell_len(first) <= max(2, width - indent) or len(list(wrap(first, 1))) == 1


@given(ANY, WIDTHS)
@example("，" * 30 + "中", 4)
@example("中“「『《（", 6)
def test_no_closing_mark_begins_and_no_opening_mark_ends_a_line_where_that_can_be_helped(
    text: str, width: int
) -> None:
    set_lines = wrap(text, width)
    for line, following in pairwise(set_lines):
        if text[following.start] in NO_START or text[following.start - 1] in NO_END:
            inside = range(line.start + 1, line.end)
            helped = [at for at in inside if text[at] not in NO_START and text[at - 1] not in NO_END]
            helped = [at for at in helped if not inside_grapheme(text, at) and text[at] not in "\t\r\n"]
            assert not [at for at in helped if text[at] not in " 　"], "a better break was passed over"


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("累计采样一百，其中", 12, ["累计采样一", "百，其中"]),
        ("请看（附件）", 6, ["请看", "（附", "件）"]),
        ("他说“好的”", 5, ["他说", "“好", "的”"]),
        ("用时EpiTrace系统", 9, ["用时", "EpiTrace", "系统"]),
        ("共采样1.86万人", 10, ["共采样", "1.86万人"]),
        ("占比约为62.5%。", 12, ["占比约为", "62.5%。"]),
        ("今年是第12场了", 8, ["今年是", "第12场了"]),
        ("新增病例3例", 10, ["新增病例", "3例"]),
        ("一、二、三", 6, ["一、", "二、三"]),
        ("自2022年3月25日起", 14, ["自", "2022年3月25日", "起"]),
        ("急诊24小时开放", 8, ["急诊", "24小时开", "放"]),
        ("累计报告1.86万例", 14, ["累计报告", "1.86万例"]),
        ("实行“10混1”检测", 12, ["实行“10混1”", "检测"]),
        ("采取“5+1”模式的", 8, ["采取", "“5+1”模", "式的"]),
        ("一般6—8小时可查", 10, ["一般", "6—8小时可", "查"]),
        ("昨日0时至24时新增", 10, ["昨日0时至", "24时新增"]),
        ("落地后3天2检不变", 8, ["落地后", "3天2检不", "变"]),
    ],
)
def test_words_numbers_and_measures_stay_whole(text: str, width: int, expected: list[str]) -> None:
    assert lines(text, width) == expected


def test_a_word_longer_than_the_line_is_cut_rather_than_lost() -> None:
    assert lines("见https://example.org/a", 8) == ["见", "https://", "example.", "org/a"]


@pytest.mark.parametrize("grapheme", [FLAG, FAMILY, ACCENT, "👍🏽", "☺\ufe0f"])
def test_graphemes_are_never_cut(grapheme: str) -> None:
    for width in range(4, 12):
        assert all(line.replace(grapheme, "") == "" for line in lines(grapheme * 8, width))


def test_blanks_hang_at_the_end_and_never_begin_a_line() -> None:
    assert lines("新冠 病毒", 4) == ["新冠 ", "病毒"]


@given(ANY, st.data())
def test_spans_go_to_cells_and_back(text: str, data: st.DataObject) -> None:
    at = columns(text)
    starts = [index for index in range(len(text)) if at[index + 1] > at[index] or index == 0]
    bounds = [index for index in starts if index == 0 or at[index] < at[index + 1]]
    if not bounds:
        return
    start = data.draw(st.sampled_from(bounds))
    later = [index for index in bounds if index > start] + [len(text)]
    span = Span(start, data.draw(st.sampled_from(later)))
    cells = to_cells(text, span)
    back = to_characters(text, cells)
    assert to_cells(text, back) == cells
    assert cells.end - cells.start == at[span.end] - at[span.start]


def test_a_span_behind_wide_characters_begins_at_twice_its_offset() -> None:
    assert to_cells("孕产妇abc就医", Span(3, 7)) == Span(6, 11)
    assert to_characters("孕产妇abc就医", Span(6, 11)) == Span(3, 7)
    assert to_characters("孕产妇", Span(1, 3)) == Span(0, 2)


@given(ANY, st.integers(0, 60))
def test_cut_and_pad_keep_to_the_width(text: str, width: int) -> None:
    assert cell_len(cut(text, width)) <= width
    shown = cut(text, width)
    assert pad(text, width) == shown + " " * (width - cell_len(shown))
    assert cut(text, width) == text or width == 0 or cut(text, width).endswith("…")


@given(CHINESE.filter(bool), st.integers(12, 80), st.data())
def test_the_window_shows_the_span_and_leaves_room_for_ellipses(
    text: str, width: int, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, min(len(text), start + 4))
    first, last = window(text, span, width)
    ellipses = (first > 0) + (last < len(text))
    assert cell_len(text[first:last]) + ellipses <= width
    assert first <= span.start
    assert last >= span.end


def test_control_characters_become_blanks_one_for_one() -> None:
    assert visible("a\x1b]52;c\x07\x9bb\t中") == "a␛]52;c␇\ufffdb 中"
