"""What an archive kept of a source is read again as it was read the first time: nothing is guessed twice."""

from __future__ import annotations

import json
from dataclasses import replace
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loader.model import Reading
from loader.read import read_again, read_sources

TEXT = "记者：最近孕产妇的就医问题怎么解决？\n\n答：开通绿色通道。"
TRADITIONAL = "記者：尤瑪‧達陸的問題，請問醫院何時開放？\n\n答：下週開放。"
SHORT = "好的。"


def _records(*texts: str) -> str:
    return "".join(
        json.dumps({"id": n, "text": one}, ensure_ascii=False) + "\n" for n, one in enumerate(texts)
    )


def _mail() -> bytes:
    letter = EmailMessage()
    letter["Subject"] = "通报会"
    letter.set_content(TEXT, charset="gb18030")
    letter.add_attachment(_records(SHORT, TEXT).encode("gb18030"), "text", "plain", filename="a.jsonl")
    return letter.as_bytes()


FILES = {
    "text.txt": TEXT.encode(),
    "mark.txt": b"\xef\xbb\xbf" + TEXT.encode(),
    "wide.txt": TEXT.encode("utf-16"),
    "gb.md": TEXT.encode("gb18030"),
    "page.html": f"<meta charset=gbk><p>{TEXT}</p>".encode("gbk"),
    "one.json": json.dumps({"title": "通报会", "text": TEXT}).encode(),
    "short.jsonl": _records(SHORT, "是。", "1", TEXT).encode(),
    "gb.jsonl": _records(SHORT, "是。", "可以", TEXT).encode("gb18030"),
    "big5.jsonl": _records(SHORT, TRADITIONAL).encode("big5hkscs", "replace"),
    "array.json": json.dumps([{"text": SHORT}, {"text": TEXT}], ensure_ascii=False).encode("gb18030"),
    "mail.eml": _mail(),
}


def _readings(raw: bytes, path: str, text_field: str | None = None) -> list[Reading]:
    found = list(read_sources(raw, path, text_field=text_field))
    readings = [one for one in found if isinstance(one, Reading)]
    assert readings == found
    return readings


def _plain(reading: Reading) -> Reading:
    """Without what is not read."""
    return replace(reading, part="", how={})


@pytest.mark.parametrize("name", FILES)
def test_each_part_of_a_file_is_read_again_alike(name: str) -> None:
    for one in _readings(FILES[name], name):
        assert _plain(read_again(one.raw, one.path, one.how)) == _plain(one)


@pytest.mark.parametrize("name", ["latest", "latest.html", "latest.json#2"])
def test_another_name_changes_nothing(name: str) -> None:
    """A source may go on under the name of its copy."""
    for file, raw in FILES.items():
        for one in _readings(raw, file):
            assert _plain(read_again(one.raw, name, one.how)) == replace(_plain(one), path=name)


@pytest.mark.parametrize("name", FILES)
def test_what_an_older_program_kept_is_read_as_far_as_it_is_known(name: str) -> None:
    """It kept the encoding alone, and records were numbered."""
    for one in _readings(FILES[name], name):
        again = read_again(one.raw, one.path, {"encoding": one.encoding})
        assert _plain(again) == _plain(one)


def test_the_field_that_was_named_is_read_again() -> None:
    raw = _records(TEXT).replace('"id": 0', f'"summary": "{TEXT[:8]}"').encode()
    (one,) = _readings(raw, "a.jsonl", "summary")
    assert one.text.endswith(TEXT[:8])
    assert read_again(one.raw, one.path, one.how).text == one.text


@given(
    st.lists(st.text("是的好不三一可以。，a1\u2027\u20ac", min_size=1, max_size=4), min_size=1, max_size=3)
)
def test_a_record_is_never_guessed(texts: list[str]) -> None:
    """However short it is, it is in the encoding of its file."""
    for codec in ("utf-8", "gb18030"):
        raw = _records(*(f"甲{one}" for one in texts), TEXT * 3).encode(codec)
        for one in _readings(raw, "a.jsonl"):
            assert _plain(read_again(one.raw, one.path, one.how)) == _plain(one)
