"""What another program wrapped comes out readable, and nothing it said is lost."""

from __future__ import annotations

import json

import pytest

from loader.model import Reading
from loader.read import read_bytes

BODY = (
    '<p>记者：堤坝<b>何时</b>修好？"第三次"问了。</p>'
    + "<p>郑望川：月底以前修好，请大家放心，谢谢各位的关心。</p>"
)
LINES = '记者：堤坝何时修好？"第三次"问了。\n郑望川：月底以前修好，请大家放心，谢谢各位的关心。'


def _read(source: str) -> Reading:
    return read_bytes(source.encode(), "a.txt")


def _head(reading: Reading) -> str:
    return next(reading.text[mark.start : mark.end] for mark in reading.marks if mark.kind == "front_matter")


@pytest.mark.parametrize("around", ["%s", " /*%s*/\n", "callback(%s);", "var page = %s;"])
@pytest.mark.parametrize("ascii_only", [True, False])
def test_a_json_object_with_a_body(around: str, ascii_only: bool) -> None:
    related = [{"title": "别的新闻", "n": 3}]
    said = {"title": "通报会", "body": BODY, "ptime": "2023-05-04", "related": related}
    reading = _read(around % json.dumps({"id9": said}, ensure_ascii=ascii_only).replace("/", "\\/"))
    assert LINES in reading.text
    assert reading.fields == {"title": "通报会", "ptime": "2023-05-04"}
    assert _head(reading) == "title: 通报会\nptime: 2023-05-04"
    aside = [reading.text[mark.start : mark.end] for mark in reading.marks if mark.kind == "furniture"]
    assert aside == ["title: 别的新闻\nn: 3"]


def test_json_without_one_body_is_all_lines_in_order() -> None:
    parts = [{"part": n, "lines": f"第{n}段，堤坝何时修好？请介绍一下"} for n in range(4)]
    text = _read(json.dumps({"title": "通报会", "parts": parts})).text
    assert text.split("\n")[:3] == ["title: 通报会", "part: 0", "lines: 第0段，堤坝何时修好？请介绍一下"]
    assert text.count("lines: ") == 4


def test_json_lines() -> None:
    text = _read("".join(json.dumps({"n": n, "content": BODY}) + "\n" for n in range(2))).text
    assert text.count(LINES) == 2


@pytest.mark.parametrize(
    "source", ["[第三场]各位好\n[记者]甲？", "{甲}", '{"title": "没有写完', "[" * 100_000]
)
def test_what_is_no_json_stays(source: str) -> None:
    assert _read(source).text == source


def test_an_sql_row() -> None:
    escaped = BODY.replace('"', '\\"')
    reading = _read(
        f"INSERT INTO `news` (`id`, title, body) VALUES ('3', '通报会''问答''', '{escaped}\\r\\n', NULL);\n"
    )
    assert reading.text.strip().endswith(LINES)
    assert _head(reading) == "id: 3\ntitle: 通报会'问答'\nNULL"
    assert reading.fields["title"] == "通报会'问答'"


def test_sql_rows_follow_each_other() -> None:
    text = _read(
        f"INSERT INTO n VALUES (1, '{BODY}'), (2, '{BODY}');\nINSERT INTO n VALUES (3, '{BODY}');"
    ).text
    assert text.count(LINES) == 3


def test_a_bytes_repr_among_lines() -> None:
    reading = _read("<h1>Title</h1>\n" + repr(f"{BODY}\n<p>It's “over”</p>".encode()) + "\n")
    assert reading.text.strip() == f"Title\n{LINES}\nIt's “over”"


def test_a_bytes_repr_that_was_cut() -> None:
    assert "记者" in _read(repr("<p>记者：甲</p>".encode())[:-4]).text


def test_line_ends_that_were_written_out() -> None:
    assert (
        _read('记者：甲？\\r\\n答：\\"乙\\"。\\n\\n记者：丙？').text == '记者：甲？\n答："乙"。\n\n记者：丙？'
    )


def test_one_backslash_is_no_escape() -> None:
    source = "见 C:\\new\\table。\n答：a\\/b \\x41\n"
    assert _read(source).text == source


def test_tags_that_were_escaped_once_too_often() -> None:
    assert (
        _read("&lt;p&gt;记者：甲？&lt;/p&gt;&lt;p&gt;答：乙&amp;nbsp;丙&lt;/p&gt;").text
        == "记者：甲？\n答：乙 丙"
    )


def test_one_row_of_a_table_without_names_is_a_record() -> None:
    said = '问：什么时候施行？\n答：水务局来办，""一网通办""已经开通。\n' * 12
    reading = read_bytes(f'供水条例答记者问,2020-01-03,"{said}"\n'.encode(), "a.csv")
    assert dict(reading.fields) == {"title": "供水条例答记者问", "date": "2020-01-03"}
    assert '"一网通办"' in reading.text
    assert not read_bytes('他说,这件事,"办不成"\n'.encode(), "b.txt").fields
