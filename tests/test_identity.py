"""An id belongs to what is said: files, parts and briefings are moved, edited and copied, and keep theirs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from loader.archive.writer import Writer
from loader.load import Outcome, load
from loader.read import find
from tests.read import files
from tui.store.archive import open_archive

PLACES = ("青岛市", "潍坊市", "扬州市", "吉林市", "长春市", "苏州市", "大连市", "西安市")


def briefing(nth: int, day: int = 1, answer: str = "") -> str:
    """The text of a made-up briefing; those of different numbers have little in common."""
    place, month = PLACES[nth % len(PLACES)], nth % 12 + 1
    said = "".join(
        f"{place}{chr(0x4E00 + nth * 37 + at * 11)}街道安排了{nth * 13 + at}个采样点。" for at in range(6)
    )
    return (
        f"{place}召开第{nth + 1}场新闻发布会\n\n"
        f"2022年{month}月{day}日，{place}召开第{nth + 1}场新闻发布会。\n\n"
        f"主持人：大家好。\n\n张三：{said}{answer}\n"
    )


def loaded(archive: Path, *paths: Path | str) -> list[Outcome]:
    """Load into an archive, which is then found in order."""
    with Writer(archive) as writer:
        outcomes = [one for batch in load(find(map(str, paths)), writer) for one in batch]
    store = open_archive(archive)
    assert store.check().problems == ()
    store.close()
    return outcomes


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_members_of_one_name_do_not_replace_each_other(tmp_path: Path) -> None:
    names = ["b.txt", "b.txt", "b (2).txt"]
    members = [(name, briefing(nth).encode()) for nth, name in enumerate(names)]
    (tmp_path / "a.zip").write_bytes(files.zipped(*members))
    assert [one.status for one in loaded(tmp_path / "a.db", tmp_path / "a.zip")] == ["loaded"] * 3
    assert [one.status for one in loaded(tmp_path / "a.db", tmp_path / "a.zip")] == ["unchanged"] * 3
    assert len(open_archive(tmp_path / "a.db").briefings()) == 3


def test_files_whose_names_differ_in_what_looks_like_an_escape_are_two(tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    for nth, name in enumerate([b"\xff.txt", b"\\xff.txt", b"\\\\xff.txt"]):
        Path(os.fsdecode(bytes(folder) + b"/" + name)).write_text(briefing(nth), "utf-8")
    assert [one.status for one in loaded(tmp_path / "a.db", folder)] == ["loaded"] * 3
    assert [one.status for one in loaded(tmp_path / "a.db", folder)] == ["unchanged"] * 3
