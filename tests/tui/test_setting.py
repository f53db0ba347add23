"""A transcript in rows: labels, names, gaps, tables, headings, anchors."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from loader.model import Span
from tui.store.rows import PassageRow
from tui.typeset import GAP
from tui.widgets.emphasis import emphasised
from tui.widgets.setting import MEASURE, Piece, Setting, set_transcript
from tui.widgets.shown import Shown, fit
from tui.widgets.standing import Anchor

from .fake_store import FakeStore, long_transcript

STORE = FakeStore()
IDS = [row.id for row in STORE.briefings()]


def lay(briefing: str, width: int = 60) -> Setting:
    return set_transcript(STORE.transcript(briefing), width)


def written(setting: Setting) -> list[str]:
    """The rows as text."""
    out = []
    for row in setting.rows:
        line = ""
        text = setting.passages[row.passage].text
        parts = [(run.column, run.text) for run in row.runs]
        parts += [(piece.column, text[piece.start : piece.end].rstrip()) for piece in row.pieces]
        for column, part in sorted(parts):
            line += " " * (column - cell_len(line)) + part
        out.append(line)
    return out


@pytest.mark.parametrize("briefing", IDS)
@pytest.mark.parametrize("width", [16, 30, 44, 60, 90, 200])
def test_every_character_is_set_once_and_no_row_is_too_wide(briefing: str, width: int) -> None:
    setting = lay(briefing, width)
    for index, shown in enumerate(setting.passages):
        pieces = sorted(
            (piece.start, piece.end) for row in setting.rows if row.passage == index for piece in row.pieces
        )
        assert "".join(shown.text[a:b] for a, b in pieces).replace(" ", "") == shown.text.replace(" ", "")
    assert all(cell_len(line) <= width for line in written(setting))


def test_the_measure_is_forty_characters_with_margins_beside_it() -> None:
    rows = written(lay("linhai-2022-09-12-7", 200))
    assert max(cell_len(row.strip()) for row in rows) <= MEASURE + 8
    assert all(row.startswith(" " * 50) for row in rows if row)


def test_voices_are_told_apart_by_words() -> None:
    rows = written(lay("weishan-2022-03-25-12"))
    assert any(row.startswith(" 主持    刘洋  主持人、市政府新闻办公室主任") for row in rows)
    assert any(row.startswith(" 发布    陈湘  市疾病预防控制中心主任") for row in rows)
    assert any(row.startswith(" 问 3    湖畔网 马骏") for row in rows)
    assert any(row.startswith(" 答      寇建") for row in rows)


def test_a_question_nobody_is_named_for_keeps_its_label_beside_its_text() -> None:
    assert any(row.startswith(" 问 3        请问学校什么时候开学？") for row in written(lay(IDS[0])))


def test_paragraphs_hang_under_their_label() -> None:
    rows = written(lay("weishan-2022-03-25-12"))
    at = next(number for number, row in enumerate(rows) if row.startswith(" 答      寇建"))
    assert rows[at + 1].startswith(" " * 13 + "孕产妇、儿童")
    assert rows[at + 2].startswith(" " * 9)
    assert not rows[at + 2].startswith(" " * 10)


def test_the_title_has_a_rule_and_sections_begin_in_the_label_column() -> None:
    rows = written(lay("linhai-2022-09-12-7"))
    assert rows[0] == " 临淮市第七场疫情防控新闻发布会"
    assert set(rows[1].strip()) == {"─"}
    assert " 一、答记者问" in rows


def test_what_has_no_voices_has_no_label_column() -> None:
    assert any(row.startswith("     亲爱的市民朋友们：") for row in written(lay("jiangning-2022-01")))


def test_gaps_are_marked_where_the_source_lost_its_digits() -> None:
    text = "\n".join(written(lay("linhai-2022-09-12-7")))
    assert text.count(f"{GAP}例") == 2


@given(st.text("确诊例中，", min_size=1, max_size=20), st.data())
def test_spans_move_with_the_gap_marks(text: str, data: st.DataObject) -> None:
    gaps = tuple(sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=4))))
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    shown = Shown.of(PassageRow(1, text, gaps), "text")
    moved = shown.span(span)
    assert shown.text[moved.start : moved.end].replace(GAP, "") == text[span.start : span.end]
    assert not shown.text[moved.start : moved.end].startswith(GAP)
    assert [shown.text[mark] for mark in shown.marks()] == [GAP] * len(gaps)


def test_table_columns_stand_straight() -> None:
    setting = lay("weishan-2022-03-25-12", 90)
    rows = [row for row in setting.rows if len(row.pieces) == 4]
    assert len(rows) == 4
    assert len({tuple(piece.column for piece in row.pieces) for row in rows}) == 1


def test_wide_table_cells_wrap_within_their_column() -> None:
    rows = written(lay("weishan-2022-03-25-12", 50))
    at = next(number for number, row in enumerate(rows) if "经济技术开发区" in row)
    assert "1.2万" in rows[at]
    assert rows[at + 1].strip() == "（含保税港）"


def test_columns_that_cannot_fit_are_not_squeezed_to_nothing() -> None:
    assert fit([[20, 20, 20]], 20) == [5, 5, 6] or sum(fit([[20, 20, 20]], 20) or []) <= 16
    assert fit([[9] * 6], 20) is None


def test_an_anchor_means_the_same_words_at_another_width() -> None:
    wide, narrow = lay("weishan-2022-03-25-12", 90), lay("weishan-2022-03-25-12", 40)
    for row in range(len(wide.rows)):
        there = narrow.rows[narrow.row_at(wide.anchor(row))]
        assert there.passage == wide.rows[row].passage or wide.rows[row].offset < 0
    assert wide.row_at(wide.anchor(7)) == 7
    assert wide.row_at(Anchor(0, -9)) == 0


def test_the_question_of_a_row() -> None:
    setting = lay("weishan-2022-03-25-12")
    assert [number for _, number in setting.question_rows] == [1, 2, 3, 4]
    row = setting.question_rows[2][0]
    assert (setting.question_at(row - 1), setting.question_at(row)) == (2, 3)
    assert setting.question_at(0) is None


def test_two_hundred_thousand_characters_are_set_in_well_under_a_second() -> None:
    transcript = long_transcript(200_000)
    begin = time.perf_counter()
    setting = set_transcript(transcript, 80)
    assert time.perf_counter() - begin < 0.8
    assert sum(len(shown.text) for shown in setting.passages) > 180_000


def test_matches_and_gap_marks_are_styled_at_their_cells() -> None:
    shown = Shown.of(PassageRow(1, "新增确诊例，孕产妇abc就医", (4,)), "text")
    runs = list(emphasised(shown, Piece(9, 0, len(shown.text)), (Span(6, 9), Span(12, 14)), "match"))
    assert [(run.column, run.text, run.style) for run in runs] == [
        (9, "新增确诊", "text"),
        (17, GAP, "gap"),
        (18, "例，", "text"),
        (22, "孕产妇", "match"),
        (28, "abc", "text"),
        (31, "就医", "match"),
    ]
