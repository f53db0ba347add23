"""Nothing is waited for inside a transaction: while a load waits for a file or a process, others write."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

import loader.workers
from loader.archive.writer import Writer
from loader.awaited import Awaited
from loader.load import Outcome, load
from loader.read import find
from tests.conftest import SEEDS
from tests.processes import ended, started
from tui.store.archive import open_archive

SECONDS = 30.0
"""For which a writer waits here: longer than any commit takes, and never so long where it is right."""


def _writes(archive: Path) -> None:
    """Raises where somebody holds a transaction."""
    with closing(sqlite3.connect(archive, timeout=SECONDS, isolation_level=None)) as db:
        db.execute("begin immediate")


def _sources(archive: Path) -> int:
    with closing(open_archive(archive)) as store:
        report = store.check()
    assert report.problems == ()
    return report.sources


def _archive(tmp_path: Path) -> Path:
    with Writer(tmp_path / "a.db") as writer:
        for _ in load(find([str(SEEDS / "yangzhou-7.txt")]), writer):
            pass
    return tmp_path / "a.db"


def test_a_load_that_waits_for_a_file_holds_no_transaction(tmp_path: Path) -> None:
    archive, pipe = _archive(tmp_path), tmp_path / "pipe"
    os.mkfifo(pipe)
    loading = started("load", SEEDS / "weifang-12.txt", pipe, "--jobs", "1", "--archive", archive)
    with pipe.open("w") as text:  # open once the first file was stored and the second one is read
        _writes(archive)
        text.write((SEEDS / "jimo-7.txt").read_text("utf-8"))
    assert ended(loading)[::2] == (0, "")
    assert _sources(archive) == 3


def test_a_load_that_waits_for_standard_input_holds_no_transaction(tmp_path: Path) -> None:
    archive = _archive(tmp_path)
    loading = started("load", SEEDS / "weifang-12.txt", "-", "--archive", archive)
    assert loading.stdin
    loading.stdin.write("核酸检测。\n" * 50_000)  # more than a pipe holds: it is being read
    loading.stdin.flush()
    _writes(archive)
    assert ended(loading)[::2] == (0, "")
    assert _sources(archive) == 3


def test_a_load_that_waits_for_another_process_holds_no_transaction(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process is stopped while it reads the second file."""
    archive, reached, go = _archive(tmp_path), Event(), Event()
    taken = loader.workers.Workers.items
    numbers: list[int] = []

    def items(workers: Any, task: Any) -> Iterator[Any]:
        numbers.append(task.number)
        if len(numbers) == 2:
            reached.set()
            go.wait()
        yield from taken(workers, task)

    monkeypatch.setattr(loader.workers.Workers, "items", items)
    outcomes: list[Outcome] = []

    def work() -> None:
        names = [str(SEEDS / name) for name in ("weifang-12.txt", "jimo-7.txt")]
        with Writer(archive) as writer:
            outcomes.extend(one for batch in load(find(names), writer, jobs=2) for one in batch)

    loading = Thread(target=work)
    loading.start()
    reached.wait()
    _writes(archive)
    go.set()
    loading.join()
    assert [one.status for one in outcomes] == ["loaded", "loaded"]
    assert _sources(archive) == 3


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_load_undoes_nothing_that_another_loaded_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    """While it parses a file, the file changes, and another load is faster."""
    archive, path, other = _archive(tmp_path), tmp_path / "latest.txt", tmp_path / "other.txt"
    path.write_text((SEEDS / "weifang-12.txt").read_text("utf-8"), "utf-8")
    other.write_text((SEEDS / "changchun-17.txt").read_text("utf-8"), "utf-8")
    new = (SEEDS / "jimo-7.txt").read_text("utf-8")
    each, changed = Awaited.each, []

    def slowly(awaited: Awaited, items: Iterator[Any]) -> Iterator[Any]:
        for item in each(awaited, items):
            if not changed and getattr(item, "path", "") == str(path):
                changed.append(True)
                path.write_text(new, "utf-8")
                with Writer(archive) as second:
                    for _ in load(find([str(path)]), second, jobs=1):
                        pass
            yield item

    monkeypatch.setattr(Awaited, "each", slowly)
    with Writer(archive) as writer:
        outcomes = [one for batch in load(find([str(path), str(other)]), writer, jobs=jobs) for one in batch]
    assert [one.status for one in outcomes] == ["unchanged", "loaded"]
    with closing(open_archive(archive)) as store:
        held = {store.source(row.id).strip() for row in store.briefings()}
    assert any(new.splitlines()[0] in text for text in held)
    assert _sources(archive) == 3


def test_a_file_that_never_rests_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive, path = _archive(tmp_path), tmp_path / "latest.txt"
    text = (SEEDS / "weifang-12.txt").read_text("utf-8")
    path.write_text(text, "utf-8")
    each = Awaited.each

    def restless(awaited: Awaited, items: Iterator[Any]) -> Iterator[Any]:
        for item in each(awaited, items):
            path.write_text(path.read_text("utf-8") + "又一句。", "utf-8")
            yield item

    monkeypatch.setattr(Awaited, "each", restless)
    with Writer(archive) as writer:
        ((refused,),) = load(find([str(path)]), writer, jobs=1)
    assert refused.status == "refused"
    assert "it changes while it is read" in str(refused.reason)


@pytest.fixture
def awaited() -> Iterator[Callable[[], tuple[Awaited, list[str]]]]:
    made: list[Awaited] = []

    def make() -> tuple[Awaited, list[str]]:
        said: list[str] = []
        made.append(Awaited(lambda: said.append("waits")))
        return made[-1], said

    yield make
    for one in made:
        one.close()


def test_what_comes_at_once_is_not_waited_for(awaited: Callable[[], tuple[Awaited, list[str]]]) -> None:
    one, said = awaited()
    assert list(one.each(iter(range(5)))) == [0, 1, 2, 3, 4]
    assert (one.of(lambda: "a"), said) == ("a", [])


def test_what_does_not_come_is_announced_once(awaited: Callable[[], tuple[Awaited, list[str]]]) -> None:
    go = Event()
    one, said = awaited()
    one._before_waiting = lambda: (said.append("waits"), go.set())[0]
    assert one.of(lambda: go.wait() and "a") == "a"
    assert said == ["waits"]


def test_what_fails_fails_where_it_is_asked_for(awaited: Callable[[], tuple[Awaited, list[str]]]) -> None:
    one, _said = awaited()
    with pytest.raises(KeyError):
        one.of(lambda: {}["a"])
    with pytest.raises(ZeroDivisionError):
        list(one.each(1 // number for number in (1, 0)))
    assert one.of(lambda: 1) == 1
