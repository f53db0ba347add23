"""Markdown loses its marks and keeps its lines; text that is no Markdown keeps all."""

from __future__ import annotations

import pytest

from loader.read import read_bytes


def _text(source: str, path: str = "a.md") -> str:
    return read_bytes(source.encode(), path).text


def _marked(source: str, kind: str) -> list[tuple[str, str]]:
    reading = read_bytes(source.encode(), "a.md")
    return [(reading.text[mark.start : mark.end], mark.value) for mark in reading.marks if mark.kind == kind]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("# 通报会 #\n\n## 一、灾情\n文", "通报会\n\n一、灾情\n文"),
        ("通报会\n===\n\n问答\n---\n文", "通报会\n\n问答\n文"),
        ("**记者：**请问", "记者：请问"),
        ("__记者：__ 请问 a__b__c", "记者： 请问 a__b__c"),
        ("**生命\n至上**\n好", "生命\n至上\n好"),
        ("*整理／志愿队*\n**到会**", "整理／志愿队\n到会"),
        ("- 甲\n* 乙\n+ 丙\n• 丁\n1. 戊", "甲\n乙\n丙\n• 丁\n1. 戊"),
        ("> **答**\n>\n> 甲", "答\n\n甲"),
        ('[公告](https://a.example/x_(1) "题")开始', "公告开始"),
        ("**[安峰岭]**(笑)：[王望川](点头)", "[安峰岭](笑)：[王望川](点头)"),
        ("![现场](a.png)**甲**", "现场甲"),
        ("<https://a.example> **甲**", "https://a.example 甲"),
        ("\\*不是\\* **是**", "*不是* 是"),
        ("**甲**  \n乙\\\n丙", "甲\n乙\n丙"),
        ("**甲**\n\n---\n\n* * *\n\n乙", "甲\n\n\n\n\n\n乙"),
        ("|姓名|职务|\n|---|:-:|\n|**郑**|a \\| b|\n文", "姓名\t职务\n郑\ta | b\n文"),
        ("**甲**\n```\n**乙** <p> &lt;\n\n# 丙\n```", "甲\n```\n**乙** <p> &lt;\n\n# 丙\n```"),
        ("**甲**\n　　乙  5*3*2 = 30", "甲\n　　乙  5*3*2 = 30"),
        ("**甲**：<br>乙 &amp; &nbsp;丙 <主持人>", "甲：\n乙 &  丙 <主持人>"),
        ("**甲**\n\n<div>\n<p>乙\n丙</p>\n</div>\n\n丁", "甲\n\n乙丙\n\n丁"),
        ("**甲\n\n乙", "**甲\n\n乙"),
    ],
)
def test_lines_of_markdown(source: str, text: str) -> None:
    assert _text(source).strip("\n") == text


def test_marks() -> None:
    source = "# 题\n\n### 节\n\n- **甲**：乙\n- 丙\n\n|丁|戊|\n|-|-|\n|己|庚|\n"
    assert _marked(source, "heading") == [("题", "1"), ("节", "3")]
    assert _marked(source, "bold") == [("甲", "")]
    assert _marked(source, "item") == [("甲：乙", ""), ("丙", "")]
    assert _marked(source, "row") == [("丁\t戊", ""), ("己\t庚", "")]


@pytest.mark.parametrize(
    "text",
    [
        "会见传媒\n*****************\n  发言人：早晨。\n",
        "#1 井和 #2 井都已封堵。\n# 3 井\n",
        "排量 5*3 吨，**注：见附表\n",
        "* Start: Quay, 7:30\n* One loop\n",
        "--- Slide 2 of 9 ---\n甲\n",
        "甲\n---\n乙\n",
        "[卫健委副主任 曾望川]各位好\n[记者](笑)问\n",
        "　　缩进 a_b_c \\n 原样\n        八个空格\n",
        "> 引一句\n姓名|职务\n",
    ],
)
def test_plain_text_is_left_alone(text: str) -> None:
    reading = read_bytes(text.encode(), "a.txt")
    assert (reading.text, reading.format, reading.marks) == (text, "text", ())


@pytest.mark.parametrize(
    "text",
    [
        "# 通报会\n\n文\n",
        "甲\n## 乙\n丙\n## 丁\n",
        "**问**：甲\n\n**答**：乙\n",
        "见[公告](https://a.example/1)。\n",
    ],
)
def test_markdown_is_told_without_its_suffix(text: str) -> None:
    assert read_bytes(text.encode(), "a.txt").format == "markdown"
