"""Rows of cells in plain text are tables; labels and fields parted by tabs are none."""

from __future__ import annotations

import pytest

from tests.parse.text import exchanges, kinds, one

CASES = "区县\t首例报告日期\t病例\n东河区\t3月2日\t9\n西山县\t3月5日\t4"


def test_neighbouring_lines_with_the_same_number_of_cells_are_one_table() -> None:
    text = f"疫情防控工作汇报\n现在看数据。\n{CASES}\n汇报完毕。"
    assert [words for kind, words in kinds(text, one(text)) if kind == "table"] == [CASES]


def test_a_table_within_an_answer_leaves_it_one_answer() -> None:
    text = f"某市新闻发布会\n记者：各区多少？\n王明：见表。\n{CASES}\n就这些。"
    told = [kind for kind, _ in kinds(text, one(text))]
    assert told[-3:] == ["answer", "table", "answer"]
    assert exchanges(text, one(text)) == [(None, "各区多少？", ["王明", "王明"])]


@pytest.mark.parametrize(
    "text",
    [
        "某市新闻发布会\n时间\t2023年9月8日\n地点\t一号楼",
        "某市新闻发布会\n记者：\t水够吗？\n王明：\t够。",
        "某市工作汇报\n水源\t今年的雨多，水库都满了。\n价格\t成本没有变，价格也不变。",
        "某市工作汇报\n水源\t好\n别的话\n价格\t不变",
        "某市工作汇报\n水源\t好\n\n价格\t不变",
    ],
)
def test_what_only_holds_tabs_is_no_table(text: str) -> None:
    assert "table" not in {kind for kind, _ in kinds(text, one(text))}
