"""Speakers as the text prints them, however long the text is."""

from __future__ import annotations

from loader.parse.speakers import Cast


def test_a_name_is_printed_as_it_stands_last_before_what_is_said() -> None:
    text = "張三出席。张三：谢谢。張三：再见。"
    folded = text.replace("張", "张")
    assert Cast(text, folded).printed("张三", text.index("张三：") + 3) == "张三"
    assert Cast(text, folded).printed("张三", len(text)) == "張三"
    assert Cast(text, folded).printed("张三", 0) == "張三"


def test_a_wording_that_stands_nowhere_or_over_a_line_is_found_all_the_same() -> None:
    cast = Cast("市卫健\n委主任张三", "市卫健\n委主任张三")
    assert cast.printed("市卫健委主任", 12) == "市卫健委主任"
    assert cast.printed("李四", 12) == "李四"
