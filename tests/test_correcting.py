"""Corrections and repairs read the bytes kept as they were read first, and undo nothing done meanwhile."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import loader.load
from loader.archive.errors import ArchiveError
from loader.archive.writer import Writer
from loader.corrections import checked
from loader.load import correct, load
from loader.prepare import prepare
from loader.read import find
from tests.conftest import without_how
from tui.mending import mend
from tui.store.archive import open_archive

SHORT = ["好的。", "是。", "可以", "1", "请讲：好。", "记者：问？", "散会。"]
TEXT = """2022年4月{day}日，苏州市召开第3场新闻发布会。

主持人：大家好。

张三：核酸检测正常进行，{said}。
"""


def _load(archive: Path, *paths: Path, **how: Any) -> list[str]:
    with Writer(archive) as writer:
        outcomes = [one for batch in load(find(map(str, paths)), writer, **how) for one in batch]
    assert {one.status for one in outcomes} <= {"loaded", "updated"}, outcomes
    return [str(one.id) for one in outcomes]


def _texts(archive: Path) -> dict[str, str]:
    with closing(open_archive(archive)) as store:
        assert store.check().problems == ()
        return {row.id: store.source(row.id) for row in store.briefings()}


def _records(folder: Path, codec: str) -> Path:
    path = folder / "all.jsonl"
    long = TEXT.format(day=1, said="尤瑪‧達陸" if codec == "big5hkscs" else "甲")
    lines = [
        json.dumps({"n": n, "text": one}, ensure_ascii=False) for n, one in enumerate([*SHORT, long * 3])
    ]
    path.write_bytes("\n".join(lines).encode(codec, "replace"))
    return path


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "big5hkscs"])
@pytest.mark.parametrize("older", [False, True], ids=["", "kept by schema 7"])
def test_a_record_is_corrected_and_repaired_as_it_was_read(tmp_path: Path, codec: str, older: bool) -> None:
    archive = tmp_path / "a.db"
    ids = _load(archive, _records(tmp_path, codec))
    before = _texts(archive)
    assert len(before) == len(SHORT) + 1
    if older:
        with closing(sqlite3.connect(archive)) as db, db:
            without_how(db)
    with Writer(archive) as writer:
        for one in ids:
            correct(one, checked({"organ": "新闻办"}), writer)
    assert _texts(archive) == before
    with closing(sqlite3.connect(archive)) as db, db:
        db.execute("update document set title = title || '?'")
    mend(archive)
    assert _texts(archive) == before


def test_the_field_that_was_named_outlives_a_correction(tmp_path: Path) -> None:
    archive, path = tmp_path / "a.db", tmp_path / "a.jsonl"
    path.write_text(json.dumps({"summary": "短的。", "text": TEXT.format(day=1, said="甲")}), "utf-8")
    (one,) = _load(archive, path, text_field="summary")
    before = _texts(archive)
    with Writer(archive) as writer:
        correct(one, checked({"title": "改过"}), writer)
    assert _texts(archive) == before


@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_a_field_that_is_named_later_has_known_records_read_again(tmp_path: Path, name: str) -> None:
    archive, path = tmp_path / "a.db", tmp_path / name
    record = json.dumps({"summary": "短的。", "text": TEXT.format(day=1, said="甲")})
    path.write_text(f"{record}\n", "utf-8")
    (tmp_path / "b.txt").write_text(TEXT.format(day=2, said="乙"), "utf-8")
    told = []
    for field in (None, "summary", "summary", "text", "text", None):
        with Writer(archive) as writer:
            batches = load(find([str(path), str(tmp_path / "b.txt")]), writer, text_field=field, jobs=1)
            outcomes = sorted((one for batch in batches for one in batch), key=lambda one: one.path)
            told.append([one.status for one in outcomes])
        assert ("summary: 短的。" in str(_texts(archive))) is (field != "summary")
    assert [one for one, _ in told] == ["loaded", "updated", "unchanged", "updated", "unchanged", "unchanged"]
    assert [other for _, other in told] == ["loaded", *["unchanged"] * 5]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(TEXT.format(day=1, said="第一稿"), "utf-8")
    _load(tmp_path / "a.db", path)
    return tmp_path / "a.db"


def _meanwhile(monkeypatch: pytest.MonkeyPatch, do: Callable[[], object], times: int = 1) -> None:
    """While a kept source is read again, others do something."""
    left = [times]

    def slowly(*arguments: Any) -> Any:
        made = prepare(*arguments)
        if left[0]:
            left[0] -= 1
            do()
        return made

    monkeypatch.setattr(loader.load, "prepare", slowly)


def _loaded_anew(archive: Path, said: str = "第二稿") -> None:
    path = archive.with_name("a.txt")
    path.write_text(TEXT.format(day=2, said=said), "utf-8")
    _load(archive, path)


def _corrected(archive: Path, one: str, **values: str) -> None:
    with Writer(archive) as writer:
        correct(one, checked(values), writer)


def test_a_correction_undoes_no_load(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (one,) = _texts(archive)
    _meanwhile(monkeypatch, lambda: _loaded_anew(archive))
    _corrected(archive, one, title="改过的题目")
    assert "第二稿" in _texts(archive)[one]
    with closing(open_archive(archive)) as store:
        (row,) = store.briefings()
    assert (row.title, row.date) == ("改过的题目", "2022-04-02")


def test_two_corrections_at_a_time_are_both_kept(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (one,) = _texts(archive)
    _meanwhile(monkeypatch, lambda: _corrected(archive, one, place="苏州市"))
    _corrected(archive, one, title="改过的题目")
    with closing(open_archive(archive)) as store:
        (row,) = store.briefings()
    assert (row.title, row.place) == ("改过的题目", "苏州市")


def test_what_was_forgotten_meanwhile_does_not_come_back(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forget() -> None:
        with Writer(archive) as writer:
            writer.forget(str(archive.with_name("a.txt")))

    (one,) = _texts(archive)
    _meanwhile(monkeypatch, forget)
    with pytest.raises(ValueError, match=one):
        _corrected(archive, one, title="改过的题目")
    assert _texts(archive) == {}


def test_a_briefing_that_is_loaded_again_and_again_is_said(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (one,) = _texts(archive)
    numbers = iter(range(100))

    def again() -> None:
        path = archive.with_name("a.txt")
        path.write_text(TEXT.format(day=2, said=f"第{next(numbers)}稿"), "utf-8")
        monkeypatch.undo()
        _load(archive, path)
        _meanwhile(monkeypatch, again)

    _meanwhile(monkeypatch, again)
    with pytest.raises(ArchiveError, match="again and again"):
        _corrected(archive, one, title="改过的题目")
    assert len(_texts(archive)) == 1


def test_a_correction_goes_into_the_file_that_lies_there(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy takes the archive's place while the source is read again."""
    copy = archive.with_name("copy.db")
    shutil.copy(archive, copy)
    (one,) = _texts(archive)
    _meanwhile(monkeypatch, lambda: copy.replace(archive))
    _corrected(archive, one, title="改过的题目")
    with closing(open_archive(archive)) as store:
        assert store.briefings()[0].title == "改过的题目"
