"""Files of records: each is a reading of its own, and a bad one harms no other."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from loader.model import Reading
from loader.read import Refused, read_again, read_sources
from tests.read.text import SIMPLIFIED

RECORD = {"title": "通报会", "date": "2023-05-04", "n": 3, "text": "<p>记者：<b>甲</b>？</p><p>答：乙。</p>"}
LINES = "记者：甲？\n答：乙。"


def _read(text: str, path: str, **options: Any) -> dict[str, Reading | str]:
    return {
        one.path: str(one.error) if isinstance(one, Refused) else one
        for one in read_sources(text.encode(), path, **options)
    }


def _lines(*records: object) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


@pytest.mark.parametrize("path", ["a.jsonl", "a.ndjson", "a.txt"])
def test_a_record_a_line(path: str) -> None:
    items = _read(_lines(RECORD, RECORD), path)
    assert list(items) == [f"{path}#1", f"{path}#2"]
    for one in items.values():
        assert isinstance(one, Reading)
        assert one.text.endswith(LINES)
        assert one.fields == {"title": "通报会", "date": "2023-05-04", "n": "3"}
        assert json.loads(one.raw) == RECORD


@pytest.mark.parametrize("path", ["a.json", "a.txt"])
def test_an_array_of_records(path: str) -> None:
    items = _read(json.dumps([RECORD, {**RECORD, "title": "第二次"}]), path)
    assert list(items) == [f"{path}#1", f"{path}#2"]
    assert [one.fields["title"] for one in items.values() if isinstance(one, Reading)] == ["通报会", "第二次"]


def test_one_object_is_one_reading() -> None:
    (one,) = _read(json.dumps(RECORD), "a.json").values()
    assert isinstance(one, Reading)
    assert one.path == "a.json"
    assert one.text.endswith(LINES)


def test_a_wrongly_named_array_or_object_is_read() -> None:
    assert list(_read(json.dumps([RECORD, RECORD]), "a.jsonl")) == ["a.jsonl#1", "a.jsonl#2"]
    (one,) = _read(json.dumps(RECORD, indent=2), "a.jsonl").values()
    assert isinstance(one, Reading)
    assert one.text.endswith(LINES)


def test_a_record_is_read_again_from_its_own_bytes() -> None:
    for one in read_sources(_lines(RECORD, RECORD).encode(), "a.jsonl"):
        assert isinstance(one, Reading)
        assert read_again(one.raw, one.path, one.how) == replace(one, part="")


def test_the_encoding_is_that_of_the_file() -> None:
    raw = _lines({**RECORD, "text": SIMPLIFIED}, {"text": "短"}).encode("gb18030")
    first, second = read_sources(raw, "a.jsonl")
    assert isinstance(first, Reading)
    assert isinstance(second, Reading)
    assert (second.text, second.encoding, second.raw.decode("gb18030")) == ("短", "gb18030", '{"text": "短"}')


@pytest.mark.parametrize(
    ("record", "text"),
    [
        ({"标题": "长长长长长长长长", "正文": "短"}, "短"),
        ({"summary": "摘要摘要", "Content": "全文全文全文"}, "全文全文全文"),
        ({"url": "x", "said": "最长的一段"}, "最长的一段"),
        ({"n": 123456789, "said": "短"}, "短"),
        ({"text": ["甲", "乙"]}, "甲\n乙"),
    ],
)
def test_the_text_is_found(record: dict[str, object], text: str) -> None:
    ((_, one),) = _read(_lines(record), "a.jsonl").items()
    assert isinstance(one, Reading)
    assert one.text.endswith(text)
    assert text not in one.fields.values()


def test_the_text_can_be_named() -> None:
    record = {"text": "长长长长长长", "short": "短"}
    for path, source in (("a.jsonl", _lines(record, record)), ("a.json", json.dumps(record))):
        one = next(iter(_read(source, path, text_field="short").values()))
        assert isinstance(one, Reading)
        assert one.text.endswith("\n短")
        assert one.fields == {"text": "长长长长长长"}


def test_a_name_that_no_field_has_says_which_there_are() -> None:
    (why,) = _read(_lines({"text": "甲", "title": "乙"}), "a.jsonl", text_field="words").values()
    assert isinstance(why, str)
    assert "text, title" in why


@pytest.mark.parametrize("bad", ['{"text": "甲"', '{"title": "t", "text": " "}', '{"n": 3}', "[]", "3", '"'])
def test_a_bad_line_is_refused_by_its_number(bad: str) -> None:
    good = _lines(RECORD)
    items = _read(good + "\n" + bad + "\n" + good, "a.jsonl")
    assert list(items) == ["a.jsonl#1", "a.jsonl#3", "a.jsonl#4"]
    why = items["a.jsonl#3"]
    assert isinstance(why, str)
    assert why.startswith("a.jsonl#3: ")
    assert isinstance(items["a.jsonl#4"], Reading)


def test_an_array_that_breaks_off_gives_what_came_before() -> None:
    items = _read(json.dumps([RECORD, RECORD])[:-20], "a.json")
    assert isinstance(items["a.json#1"], Reading)
    assert "broken JSON" in str(items["a.json#2"])


def test_an_object_that_is_broken_is_refused_by_its_name_only() -> None:
    (why,) = _read('{"text": "甲', "a.json").values()
    assert "broken JSON" in str(why)
    (one,) = _read('{"text": "甲', "a.txt").values()
    assert isinstance(one, Reading)


def test_a_line_separator_within_a_string_ends_no_record() -> None:
    (one,) = _read('{"text": "甲\u2028乙"}\n', "a.jsonl").values()
    assert isinstance(one, Reading)
    assert one.text == "甲\n乙"


def test_text_in_brackets_is_text() -> None:
    source = "[第三场]各位好\n[记者]甲？\n"
    assert [one.text for one in _read(source, "a.txt").values() if isinstance(one, Reading)] == [source]


@pytest.mark.parametrize("path", ["a.jsonl", "a.json", "a.txt"])
def test_both_values_of_a_key_that_is_given_twice_are_kept(path: str) -> None:
    twice = (
        '{"title": "甲", "title": "乙", "text": "先说的一段话。", "text": "后说的一段话。", "n": 1, "n": "x"}'
    )
    items = _read(f"[{twice}, {twice}]" if path == "a.json" else f"{twice}\n{twice}\n", path)
    for one in items.values():
        assert isinstance(one, Reading)
        assert all(said in one.text for said in ("甲", "乙", "先说的一段话。", "后说的一段话。", "1", "x"))
