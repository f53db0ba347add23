"""`load --watch` where folders go and come, what is no file lies in them, and others hold the archive."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import watchfiles

from tests.terminal import ROOT
from tui import following
from tui.following import Following
from tui.store.archive import open_archive

TEXT = "第{n}场新闻发布会\n2022年3月{n}日\n王五：全市接种有序推进，第{n}天。\n"


def put(folder: Path, *numbers: int) -> None:
    folder.mkdir(exist_ok=True, parents=True)
    for n in numbers:
        (folder / f"{n}.txt").write_text(TEXT.format(n=n), "utf-8")


class Watch:
    """A running `load --watch --json`; a context manager."""

    def __init__(self, folder: Path, archive: Path, prologue: str = "") -> None:
        script = f"{prologue}\nfrom tui.cli import main; main()"
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                script,
                "load",
                "--watch",
                str(folder),
                "--archive",
                str(archive),
                "--json",
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )

    def __enter__(self) -> Watch:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.communicate()

    def line(self) -> dict[str, Any]:
        """The next outcome."""
        assert self.process.stdout
        return dict(json.loads(self.process.stdout.readline()))

    def message(self, words: str) -> str:
        """The next message that has some words in it."""
        assert self.process.stderr
        for line in self.process.stderr:
            if words in line:
                return line
        raise AssertionError(f"never came: {words}")

    def end(self) -> dict[str, Any]:
        self.process.send_signal(signal.SIGINT)
        out, _ = self.process.communicate(timeout=60)
        return dict(json.loads(out.splitlines()[-1])["summary"])


def test_a_folder_that_is_removed_and_made_again_is_followed_again(tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    put(folder, 11)
    with Watch(folder, tmp_path / "a.db") as watch:
        watch.message("watching ")
        assert watch.line()["status"] == "loaded"
        for n in (12, 14):
            shutil.rmtree(folder)
            put(folder, n)
            assert watch.line()["path"].endswith(f"{n}.txt")
            put(folder, n + 1)
            assert watch.line()["path"].endswith(f"{n + 1}.txt")
        aside = tmp_path / "aside"
        put(aside, 16)
        folder.rename(tmp_path / "old")
        aside.rename(folder)
        assert watch.line()["path"].endswith("16.txt")
        assert watch.end()["loaded"] == 6


def test_an_empty_folder_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    with Watch(tmp_path / "texts", tmp_path / "a.db") as watch:
        assert "no transcript in" in watch.message("yet")
        watch.message("watching ")
        put(tmp_path / "texts", 11)
        assert watch.line()["status"] == "loaded"
        summary = watch.end()
    assert (summary["loaded"], summary["refused"]) == (1, 0)
    assert watch.process.returncode == 0


def test_what_is_no_file_is_passed_over_and_said(tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    put(folder, 11)
    os.mkfifo(folder / "before.txt")
    with Watch(folder, tmp_path / "a.db") as watch:
        watch.message("watching ")
        assert watch.line()["status"] == "loaded"
        os.mkfifo(folder / "pipe.txt")
        assert "pipe.txt: no plain file" in watch.message("passed over")
        put(folder, 12)
        assert watch.line()["path"].endswith("12.txt")
        summary = watch.end()
    assert summary["passed_over"]["no plain file"] == 2
    assert (summary["loaded"], summary["refused"], watch.process.returncode) == (2, 0, 0)


def test_files_replaced_by_a_rename_and_folders_moved_in_are_loaded(tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    put(folder, 11)
    with Watch(folder, tmp_path / "a.db") as watch:
        watch.message("watching ")
        first = watch.line()
        (tmp_path / "swap").write_text(TEXT.format(n=11) + "李四：补充一句，请大家放心。\n", "utf-8")
        (tmp_path / "swap").replace(folder / "11.txt")
        changed = watch.line()
        assert (changed["status"], changed["id"]) == ("updated", first["id"])
        put(tmp_path / "more" / "deep", 12, 13)
        (tmp_path / "more").rename(folder / "more")
        assert sorted(Path(watch.line()["path"]).name for _ in "ab") == ["12.txt", "13.txt"]


IMPATIENT = "from loader.archive import waiting; waiting.WAIT_SECONDS = waiting.BUSY_SECONDS = 0.05"


def test_it_outlives_others_who_hold_the_archive(tmp_path: Path) -> None:
    folder, archive = tmp_path / "texts", tmp_path / "a.db"
    put(folder, 11)
    with Watch(folder, archive, IMPATIENT) as watch:
        watch.message("watching ")
        assert watch.line()["status"] == "loaded"
        with closing(sqlite3.connect(archive, isolation_level=None)) as other:
            other.execute("begin immediate")
            put(folder, 12, 13)
            watch.message("tried again")
            watch.message("tried again")
            other.execute("rollback")
        assert sorted(Path(watch.line()["path"]).name for _ in "ab") == ["12.txt", "13.txt"]
        assert watch.end()["loaded"] == 3
    store = open_archive(archive)
    assert len(store.briefings()) == 3
    store.close()


def test_where_the_system_tells_no_more_nothing_is_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "texts", 11)
    real = watchfiles.watch

    def limited(*paths: str, force_polling: bool | None, **more: Any) -> Iterator[Any]:
        if not force_polling:
            yield set()
            put(tmp_path / "texts", 12)
            raise RuntimeError("OS file watch limit reached")
        yield from real(*paths, force_polling=True, **more | {"poll_delay_ms": 50})

    monkeypatch.setattr(following.watchfiles, "watch", limited)
    said: list[str] = []
    batches = iter(Following([str(tmp_path / "texts")], Counter(), said.append))
    assert next(batches) == []
    files = next(batch for batch in batches if batch)
    assert "12.txt" in [Path(file).name for file in files]
    assert "limit reached" in said[0]


def test_where_the_system_tells_nothing_the_folders_are_looked_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "texts", 11)
    real, asked = watchfiles.watch, list[bool]()

    def limited(*paths: str, force_polling: bool | None, **more: Any) -> Iterator[Any]:
        asked.append(bool(force_polling))
        if not force_polling:
            raise OSError("OS file watch limit reached")
        return real(*paths, force_polling=True, **more | {"poll_delay_ms": 50})

    monkeypatch.setattr(following.watchfiles, "watch", limited)
    said: list[str] = []
    batches = iter(Following([str(tmp_path / "texts")], Counter(), said.append))
    assert next(batches) == []
    put(tmp_path / "texts", 12)
    files = next(batch for batch in batches if batch)
    assert "12.txt" in [Path(file).name for file in files]  # and perhaps what was there, told late
    assert asked == [False, True]
    assert "limit reached" in said[0]
