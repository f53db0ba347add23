"""Front matter stays to be seen, is marked, and says what it says in fields."""

from __future__ import annotations

import pytest

from loader.read import read_bytes


def test_the_block_stays_and_is_marked() -> None:
    block = "---\ntitle: '通报会'\ntags:\n  - 防汛\n  - 供电\n---"
    reading = read_bytes(f"\n\n{block}\n\n<div>\n<p>甲</p>\n</div>\n".encode(), "a.txt")
    (mark,) = reading.marks
    assert mark.kind == "front_matter"
    assert reading.text[mark.start : mark.end] == block
    assert reading.text[mark.end :].strip() == "甲"
    assert reading.fields == {"title": "通报会", "tags": "防汛, 供电"}


@pytest.mark.parametrize(
    ("line", "value"),
    [("time: 12:30", "12:30"), ("date: 2022-03-25", "2022-03-25"), ("draft: no", "no"), ("n: 010", "010")],
)
def test_values_are_taken_as_written(line: str, value: str) -> None:
    fields = read_bytes(f"---\n{line}\n---\n甲".encode(), "a.md").fields
    assert list(fields.values()) == [value]


@pytest.mark.parametrize("broken", ["title: '通报会\nauthor: 甲: 乙: [丙", "title: 通报会\n\tauthor: @甲\n"])
def test_broken_yaml_is_read_line_by_line(broken: str) -> None:
    reading = read_bytes(f"---\n{broken}\n---\n正文".encode(), "a.md")
    assert reading.fields["title"] == "通报会"
    assert reading.text.endswith("\n正文")


def test_nested_yaml_is_no_trap() -> None:
    pairs = zip("abcdefghij", "bcdefghijk", strict=True)
    bomb = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}, *{a}]\n" for a, b in pairs)
    reading = read_bytes(f"---\n{bomb}deep: {'[' * 5000}\n---\n正文".encode(), "a.md")
    assert reading.text.endswith("正文")


@pytest.mark.parametrize(
    "text", ["---\n\n甲\n\n---\n乙", "---\n今天：甲乙丙丁\n没有结束", "甲\n---\ntitle: 乙\n---\n"]
)
def test_rules_are_no_front_matter(text: str) -> None:
    assert not any(mark.kind == "front_matter" for mark in read_bytes(text.encode(), "a.md").marks)


def test_offsets_of_marks_count_the_block() -> None:
    reading = read_bytes("---\ntitle: 甲\n---\n# 乙\n".encode(), "a.md")
    assert [reading.text[mark.start : mark.end] for mark in reading.marks] == ["---\ntitle: 甲\n---", "乙"]
