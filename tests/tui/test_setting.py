"""A transcript in rows: labels, names, gaps, tables, headings, anchors."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from loader.model import Span
from tui.store.rows import PassageRow
from tui.typeset import GAP
from tui.widgets.emphasis import emphasised
from tui.widgets.setting import MEASURE, Position, Setting
from tui.widgets.shown import Piece, Row, Shown
from tui.widgets.standing import Anchor
from tui.widgets.tables import fit

from .fake_store import FakeStore, build, long_transcript

STORE = FakeStore()
IDS = [row.id for row in STORE.briefings()]


def lay(briefing: str, width: int = 60) -> Setting:
    return Setting(STORE.transcript(briefing), width)


def everything(setting: Setting) -> list[tuple[Position, Row]]:
    """All rows, set passage after passage without a step."""
    return [
        (Position(number, passage, at), row)
        for number, turn in enumerate(setting.turns)
        for passage in range(len(turn.passages))
        for at, row in enumerate(setting.block(number, passage).rows)
    ]


def all_rows(setting: Setting) -> list[Row]:
    return [row for _, row in everything(setting)]


def line(row: Row) -> str:
    """A row as text."""
    parts = [(run.column, run.text) for run in row.runs]
    parts += [(piece.column, row.shown.text[piece.start : piece.end].rstrip()) for piece in row.pieces]
    out = ""
    for column, part in sorted(parts):
        out += " " * (column - cell_len(out)) + part
    return out


def written(setting: Setting) -> list[str]:
    """The rows as text."""
    return [line(row) for row in all_rows(setting)]


@pytest.mark.parametrize("briefing", IDS)
@pytest.mark.parametrize("width", [16, 30, 44, 60, 90, 200])
def test_every_character_is_set_once_and_no_row_is_too_wide(briefing: str, width: int) -> None:
    setting = lay(briefing, width)
    pieces: dict[int, list[tuple[int, int]]] = {}
    shown = {row.shown.rowid: row.shown for row in all_rows(setting)}
    for row in all_rows(setting):
        pieces.setdefault(row.shown.rowid, []).extend((piece.start, piece.end) for piece in row.pieces)
    for rowid, own in pieces.items():
        text = shown[rowid].text
        assert "".join(text[a:b] for a, b in sorted(own)).replace(" ", "") == text.replace(" ", "")
    assert all(cell_len(one) <= width for one in written(setting))


def test_the_measure_is_forty_characters_with_margins_beside_it() -> None:
    rows = written(lay("linhai-2022-09-12-7", 200))
    assert max(cell_len(row.strip()) for row in rows) <= MEASURE + 8
    assert all(row.startswith(" " * 50) for row in rows if row)


def test_voices_are_told_apart_by_words() -> None:
    rows = written(lay("weishan-2022-03-25-12"))
    assert any(row.startswith(" 主持   刘洋  主持人、市政府新闻办公室主任") for row in rows)
    assert any(row.startswith(" 发布   陈湘  市疾病预防控制中心主任") for row in rows)
    assert any(row.startswith(" 问 3   湖畔网 马骏") for row in rows)
    assert any(row.startswith(" 答     寇建") for row in rows)


def test_a_question_nobody_is_named_for_keeps_its_label_beside_its_text() -> None:
    assert any(row.startswith(" 问 3       请问学校什么时候开学？") for row in written(lay(IDS[0])))


def test_paragraphs_hang_under_their_label() -> None:
    rows = written(lay("weishan-2022-03-25-12"))
    at = next(number for number, row in enumerate(rows) if row.startswith(" 答     寇建"))
    assert rows[at + 1].startswith(" " * 12 + "孕产妇、儿童")
    assert rows[at + 2].startswith(" " * 8)
    assert not rows[at + 2].startswith(" " * 9)


def test_the_title_has_a_rule_and_sections_begin_in_the_label_column() -> None:
    rows = written(lay("linhai-2022-09-12-7"))
    assert rows[0] == " 临淮市第七场疫情防控新闻发布会"
    assert set(rows[1].strip()) == {"╌"}
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


def test_table_columns_stand_straight_under_a_ruled_header() -> None:
    rows = all_rows(lay("weishan-2022-03-25-12", 90))
    at = next(number for number, row in enumerate(rows) if "新增确诊" in line(row) and len(row.pieces) == 4)
    table = [rows[at], *rows[at + 2 : at + 5]]
    assert len({tuple(piece.column for piece in row.pieces) for row in table}) == 1
    assert [run.column for run in rows[at + 1].runs] == [piece.column for piece in rows[at].pieces]
    assert set(line(rows[at + 1])) == {" ", "╌"}


def test_a_table_too_wide_for_the_view_says_each_cell_under_its_header() -> None:
    rows = [row.strip() for row in written(lay("weishan-2022-03-25-12", 16))]
    at = rows.index("县区：城关区")
    assert rows[at : at + 4] == ["县区：城关区", "新增确诊：2", "无症状：11", "累计：45"]
    assert rows[at - 1] == ""


def test_rows_of_cells_within_a_speech_are_set_as_a_table() -> None:
    source = "id=a|place=甲|date=2022-01-01\nspeech|乙/丙|下列地点：\n||地点\t时间\n||老街菜场\t8时\n||以上。"
    rows = written(Setting(build(source, 1), 60))
    assert [row.split() for row in rows[3:6]] == [["╌╌╌╌╌╌╌╌", "╌╌╌╌"], ["老街菜场", "8时"], ["以上。"]]


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
    for position, row in everything(wide):
        there = narrow.position(wide.anchor(position))
        assert there is not None
        assert narrow.row(there).shown.rowid == row.shown.rowid
        back = wide.position(wide.anchor(position))
        assert back is not None
        assert wide.row(back).offset == row.offset
    assert wide.position(Anchor(0, 0, -9)) == Position(0, 0, 0)
    assert wide.position(Anchor(99, 0, 0)) is None


def test_the_question_of_a_row() -> None:
    setting = lay("weishan-2022-03-25-12")
    starts = [setting.question_row(number) for number in (1, 2, 3, 4)]
    assert setting.question_row(5) is None
    assert None not in starts
    assert starts == sorted(starts)
    third = starts[2]
    assert third is not None
    before = setting.up(third, 1)
    assert (setting.question_at(before), setting.question_at(third)) == (2, 3)
    assert setting.question_at(Position(0, 0, 0)) is None
    assert [setting.step_question(third, by) for by in (-1, 1)] == [2, 4]
    assert setting.step_question(setting.down(third, 1), -1) == 3
    assert setting.step_question(Position(0, 0, 0), 1) == 1
    assert setting.step_question(Position(0, 0, 0), -1) is None


@pytest.mark.parametrize("briefing", IDS)
@given(width=st.integers(12, 120), by=st.integers(1, 30))
def test_steps_skip_no_row_and_show_none_twice(briefing: str, width: int, by: int) -> None:
    eager = [position for position, _ in everything(lay(briefing, width))]
    setting = lay(briefing, width)
    assert setting.first == eager[0]
    assert setting.last == eager[-1]
    assert setting.view(eager[0], len(eager) + 9) == eager
    down = [eager[0]]
    while (following := setting.down(down[-1], by)) != down[-1]:
        down.append(following)
    assert down == [*eager[::by], *([eager[-1]] if (len(eager) - 1) % by else [])]
    up = [eager[-1]]
    while (before := setting.up(up[-1], by)) != up[-1]:
        up.append(before)
    assert up == [*eager[::-1][::by], *([eager[0]] if (len(eager) - 1) % by else [])]


def test_a_step_sets_no_more_than_it_passes() -> None:
    setting = Setting(long_transcript(1_000_000), 80)
    row = setting.question_row(20)
    assert row is not None
    setting.view(setting.up(row, 30), 60)
    assert len(setting._blocks) < 30
    assert sum(len(block.rows) for block in setting._blocks.values()) < 300


def test_blocks_unused_for_long_are_given_up() -> None:
    setting = Setting(long_transcript(400_000), 40)
    assert setting.first is not None
    setting.down(setting.first, 20_000)
    assert len(setting._blocks) == Setting.KEPT


def test_percent_counts_characters_and_never_falls_on_the_way_down() -> None:
    setting = lay("weishan-2022-03-25-12", 40)
    rows = [position for position, _ in everything(setting)]
    percents = [setting.percent(rows[top], rows[top + 9]) for top in range(len(rows) - 9)]
    assert percents[0] == 0
    assert percents[-1] == 100
    assert max(percents[:-1]) < 100


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
