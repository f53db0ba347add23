"""Files that are made to take all time or memory: small ones of `bench/bombs.py`, read or refused at once."""

from __future__ import annotations

import time

import pytest

from bench.bombs import BOMBS
from loader.read import Refused, document, read_sources

QUICK = {
    "HTML nested 100,000 deep": "文",
    "JSON nested 100,000 deep": "nested too deep",
    "a number of 1,000,000 digits": "too long",
    "YAML aliases, 9 to the 9th": "正文",
    "10,000 parts within one another": "too many parts",
    "190 parts within one another, 20 MB": "too many parts",
    "a header of 10 MB": "endless header",
    "100 MB of zeros in a ZIP": "longer than 64 MB",
    "ZIPs 50 deep": "too deep within others",
    "5,000 entries of the same data": "entries overlap",
    "bzip2 in a ZIP": "packed by method",
    "gzip": "compressed with gzip",
    "a billion laughs in a .docx": "cannot be opened",
    "one long entity, 30,000 times": "cannot be opened",
    "a .docx nested 100,000 deep": "cannot be opened",
}
"""What stands in the text, or in the reason why there is none."""
SECONDS = 10
"""Of the processor, each; the most it takes is one."""


@pytest.mark.parametrize("name", QUICK)
def test_a_bomb_is_read_or_refused_at_once(name: str) -> None:
    path, make = BOMBS[name]
    raw = make()
    begun = time.process_time()
    said = ""
    for one in read_sources(raw, path):
        said += str(one.error) if isinstance(one, Refused) else one.text
    assert time.process_time() - begun < SECONDS
    assert QUICK[name] in said


def test_no_file_is_drawn_in_by_an_entity() -> None:
    path, make = BOMBS["an entity that is a file"]
    for one in read_sources(make(), path):
        assert "root:" not in (str(one.error) if isinstance(one, Refused) else one.text)


@pytest.mark.parametrize(
    ("path", "raw"),
    [
        ("a.txt", "记者：请问？".encode() * 300),
        ("a.json", b'{"body": "' + "请问".encode() * 600 + b'"}'),
        ("a.jsonl", b'{"body": "' + "请问".encode() * 600 + b'"}\n'),
        ("a.eml", b"From: a@b.example\nMIME-Version: 1.0\n\n" + "请问？".encode() * 600),
    ],
)
def test_a_text_beyond_all_transcripts_is_refused(
    path: str, raw: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not [one for one in read_sources(raw, path) if isinstance(one, Refused)]
    monkeypatch.setattr(document, "MOST_CHARACTERS", 1000)
    (one,) = read_sources(raw, path)
    assert isinstance(one, Refused)
    assert "split it" in str(one.error)


@pytest.mark.parametrize("path", ["a.txt", "a.md", "a.html"])
def test_so_is_one_of_too_many_lines(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = "<p>记者：</p>\n\n".encode() * 300
    assert not [one for one in read_sources(raw, path) if isinstance(one, Refused)]
    monkeypatch.setattr(document, "MOST_LINES", 100)
    (one,) = read_sources(raw, path)
    assert isinstance(one, Refused)
    assert "more than 100 lines" in str(one.error)
