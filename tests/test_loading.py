"""Loading with other processes: the same result, clean ends, and what `forget` takes away again."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from loader import line, workers
from loader.archive.writer import Writer
from loader.load import Done, Outcome, load
from loader.read import find
from tests.conftest import SEEDS
from tui.store.archive import open_archive

COMMAND = [sys.executable, "-c", "from tui.cli import main; main()"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Thirty briefings of their own, a refused file, a copy, and a file of records among them."""
    folder = tmp_path / "texts"
    folder.mkdir()
    for nth in range(30):
        (folder / f"b{nth:02}.txt").write_text(_briefing(nth), "utf-8")
    (folder / "b05-copy.txt").write_text(_briefing(5), "utf-8")
    (folder / "b07-empty.txt").write_bytes(b"")
    records = [json.dumps({"title": f"第{nth}条", "text": _briefing(100 + nth)}) for nth in range(4)]
    (folder / "b09.jsonl").write_text("\n".join(records), "utf-8")
    return folder


def _briefing(nth: int) -> str:
    chance = random.Random(nth)
    words = "".join(chr(chance.randrange(0x4E00, 0x5E00)) for _ in range(600))
    said = "。".join(words[at : at + 20] for at in range(0, 600, 20))
    head = f"苏州市召开第{nth}场新闻发布会\n\n2022年4月1日，苏州市召开发布会。"
    return f"{head}\n\n主持人：大家好。\n\n张三：{said}。\n"


def _load(archive: Path, folder: Path, **options: int) -> tuple[list[Outcome], Done]:
    done = Done()
    with Writer(archive) as writer:
        batches = load(find([folder]), writer, done=done, **options)
        return [one for batch in batches for one in batch], done


def _rows(archive: Path) -> dict[str, list[tuple[object, ...]]]:
    with sqlite3.connect(archive) as db:
        names = [
            name
            for (name,) in db.execute("select name from sqlite_master where type = 'table'").fetchall()
            if not name.startswith(("passage_grams", "aside_grams", "sqlite_", "_"))
        ]
        return {name: sorted(db.execute(f'select * from "{name}"').fetchall(), key=repr) for name in names}


def test_other_processes_make_the_same_archive(folder: Path, tmp_path: Path) -> None:
    alone, _ = _load(tmp_path / "alone.db", folder, jobs=1)
    shared, done = _load(tmp_path / "shared.db", folder, jobs=3)
    assert shared == alone
    assert [one.path for one in alone] == sorted(one.path for one in alone)
    assert {one.status for one in alone} == {"loaded", "duplicate", "refused"}
    assert (done.files, done.kept) == (33, 34)
    assert done.size == sum(path.stat().st_size for path in folder.iterdir())
    one, other = _rows(tmp_path / "alone.db"), _rows(tmp_path / "shared.db")
    assert one.keys() == other.keys()
    for table in one.keys() - {"facet"}:  # numbered as they come, batch by batch
        assert one[table] == other[table], table
    assert open_archive(tmp_path / "shared.db").check().problems == ()


def test_what_is_known_starts_no_process(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _load(tmp_path / "a.db", folder, jobs=1)
    (folder / "b09.jsonl").unlink()

    def refuse(*_: object) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr(line, "Workers", refuse)
    again, _ = _load(tmp_path / "a.db", folder, jobs=3)
    assert {one.status for one in again} == {"unchanged", "duplicate", "refused"}
    few, _ = _load(tmp_path / "b.db", SEEDS)
    assert [one.status for one in few] == ["loaded"] * 5


def test_members_that_are_known_are_not_parsed_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = folder / "b09.jsonl"
    _load(tmp_path / "a.db", records)
    parsed: list[str] = []
    monkeypatch.setattr("loader.prepare.prepare", lambda reading, _: parsed.append(reading.path))
    again, _ = _load(tmp_path / "a.db", records)
    assert ([one.status for one in again], parsed) == (["unchanged"] * 4, [])


def test_a_process_that_is_killed_costs_one_source(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One of them is killed before it can begin: what it was to read first is refused, the rest loads."""
    started = workers._Process.__init__
    killed: list[int] = []

    def start(self: workers._Process, *arguments: str) -> None:
        started(self, *arguments)
        if not killed:
            killed.append(self._popen.pid)
            os.kill(self._popen.pid, signal.SIGKILL)
            self._popen.wait()

    monkeypatch.setattr(workers._Process, "__init__", start)
    outcomes, _ = _load(tmp_path / "a.db", folder, jobs=2)
    lost = [one for one in outcomes if one.status == "refused" and "empty" not in one.path]
    assert len(lost) == 1
    assert "killed (signal 9)" in str(lost[0].reason)
    assert sum(one.status == "loaded" for one in outcomes) == 33
    again, _ = _load(tmp_path / "a.db", folder, jobs=1)
    assert [one.path for one in again if one.status == "loaded"] == [lost[0].path]


def test_few_items_wait_and_processes_end_with_the_load(folder: Path, tmp_path: Path) -> None:
    with Writer(tmp_path / "a.db") as writer:
        batches = load(find([folder]), writer, jobs=2)
        next(batches)
        assert _children() != []
        batches.close()
    assert _children() == []
    assert open_archive(tmp_path / "a.db").check().problems == ()


def _children() -> list[int]:
    """The processes that this one started and that still run."""
    tasks = Path("/proc/self/task")
    if not tasks.exists():
        pytest.skip("no /proc here")
    children: list[int] = []
    for task in tasks.iterdir():
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # a thread that ended meanwhile
            children += map(int, (task / "children").read_text().split())
    return children


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    home = {name: str(tmp_path / "home") for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")}
    return {**os.environ, **home}


@pytest.fixture
def many(tmp_path: Path) -> Path:
    folder = tmp_path / "many"
    folder.mkdir()
    for nth in range(1500):
        (folder / f"{nth:04}.txt").write_text(_briefing(nth), "utf-8")
    return folder


def test_ctrl_c_keeps_what_was_committed_and_says_so(
    many: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    archive = tmp_path / "a.db"
    command = [*COMMAND, "load", str(many), "--archive", str(archive), "--json", "--jobs", "2"]
    running = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, process_group=0
    )
    assert running.stdout
    assert running.stderr
    first = running.stdout.readline()
    os.killpg(running.pid, signal.SIGINT)  # as a terminal sends it: to all of them
    rest, said = running.stdout.read(), running.stderr.read()
    running.wait(timeout=60)
    *told, last = [json.loads(row) for row in (first + rest).splitlines()]
    assert running.returncode == 130
    assert said == f"briefings-tui: stopped: {len(told):,} sources loaded and kept; load again to go on\n"
    assert 0 < len(told) < 1500
    assert last["summary"]["stopped"] is True
    store = open_archive(archive)
    assert {row.id for row in store.briefings()} == {row["id"] for row in told}
    assert store.check().problems == ()
    with pytest.raises(ProcessLookupError):
        os.killpg(running.pid, 0)  # nobody of the group is left
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=True, timeout=120)
    summary = json.loads(done.stdout.splitlines()[-1])["summary"]
    assert (summary["loaded"], summary["unchanged"]) == (1500 - len(told), len(told))


class Watch:
    """A running `load --watch`, its lines read as they come."""

    def __init__(self, folder: Path, archive: Path, environment: dict[str, str]) -> None:
        command = [*COMMAND, "load", "--watch", str(folder), "--archive", str(archive), "--json"]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
        )

    def line(self) -> dict[str, object]:
        assert self.process.stdout
        return dict(json.loads(self.process.stdout.readline()))

    def ready(self) -> None:
        assert self.process.stderr
        assert self.process.stderr.readline().startswith("watching ")

    def end(self) -> tuple[dict[str, object], str]:
        self.process.send_signal(signal.SIGINT)
        assert self.process.stdout
        assert self.process.stderr
        out, said = self.process.stdout.read(), self.process.stderr.read()
        self.process.wait(timeout=30)
        return dict(json.loads(out)["summary"]), said


@pytest.fixture
def watch(tmp_path: Path, environment: dict[str, str]) -> Iterator[Watch]:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "first.txt").write_text(_briefing(1), "utf-8")
    watch = Watch(tmp_path / "texts", tmp_path / "a.db", environment)
    yield watch
    watch.process.kill()
    watch.process.communicate()


def test_a_watched_folder_is_followed(watch: Watch, tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    first = watch.line()
    assert (first["status"], first["id"]) == ("loaded", "suzhou-2022-04-01-1")
    watch.ready()
    half = _briefing(2)
    with (folder / "second.txt").open("w", encoding="utf-8") as file:
        for part in (half[:100], half[100:300], half[300:]):
            file.write(part)
            file.flush()
    assert (watch.line()["status"]) == "loaded"
    (folder / "bad.txt").write_bytes(b"")
    assert watch.line()["status"] == "refused"
    (folder / "second.txt").unlink()
    (folder / "notes.log").write_text("nothing for us")
    (folder / "first.txt").write_text(_briefing(1) + "\n李四：补充一句。\n", "utf-8")
    changed = watch.line()
    assert (changed["status"], changed["id"]) == ("updated", first["id"])
    (folder / "sub").mkdir()
    (folder / "sub" / "third.txt").write_text(_briefing(3), "utf-8")
    assert str(watch.line()["path"]).endswith("sub/third.txt")
    summary, said = watch.end()
    assert (summary["loaded"], summary["updated"], summary["refused"]) == (3, 1, 1)
    assert said == "briefings-tui: stopped: 4 sources loaded and kept\n"
    assert watch.process.returncode == 1
    assert len(open_archive(tmp_path / "a.db").briefings()) == 3


def _run(environment: dict[str, str], *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60)


def test_only_folders_are_watched(tmp_path: Path, environment: dict[str, str]) -> None:
    for arguments in (("nowhere",), ("-",), (tmp_path, "--dry-run")):
        done = _run(environment, "load", "--watch", *arguments, "--archive", tmp_path / "a.db")
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)


def test_forget_takes_a_source_away(folder: Path, tmp_path: Path, environment: dict[str, str]) -> None:
    archive = tmp_path / "a.db"
    outcomes, _ = _load(archive, folder)
    by_id = next(one for one in outcomes if one.path.endswith("b03.txt"))
    named = ("forget", folder / "b00.txt", by_id.id, folder / "b09.jsonl", "--archive", archive)
    done = _run(environment, *named, "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, told["unknown"], len(told["forgotten"])) == (0, [], 6)
    assert told["forgotten"][1] == {"path": str(folder / "b03.txt"), "ids": [by_id.id]}
    store = open_archive(archive)
    assert len(store.briefings()) == 28
    assert store.check().problems == ()
    again = _run(environment, *named)
    assert (again.returncode, again.stdout, again.stderr.count("\n")) == (1, "", 3)
    assert "b00.txt: no source" in again.stderr
    assert _load(archive, folder / "b00.txt")[0][0].status == "loaded"


def test_forget_empties_a_folder_and_wants_an_archive(
    folder: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    missing = _run(environment, "forget", folder, "--archive", tmp_path / "none.db")
    assert (missing.returncode, (tmp_path / "none.db").exists()) == (3, False)
    archive = tmp_path / "a.db"
    _load(archive, folder)
    size = archive.stat().st_size
    done = _run(environment, "forget", folder, "--yes", "--archive", archive)
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 35)  # one of them a copy
    assert archive.stat().st_size < size
    with sqlite3.connect(archive) as db:
        assert db.execute("pragma freelist_count").fetchone() == (0,)
        for table in ("source", "document", "passage", "turn", "sketch"):
            assert db.execute(f"select count(*) from {table}").fetchone() == (0,), table


def test_the_group_of_a_forgotten_head_chooses_another(tmp_path: Path) -> None:
    text = (SEEDS / "yangzhou-7.txt").read_text("utf-8")
    for name, length in (("whole", len(text)), ("most", len(text) * 9 // 10), ("part", len(text) * 3 // 4)):
        (tmp_path / f"{name}.txt").write_text(text[:length], "utf-8")
    archive = tmp_path / "a.db"
    outcomes, _ = _load(archive, tmp_path)
    ids = {Path(one.path).stem: one.id for one in outcomes}
    with Writer(archive) as writer:
        assert writer.same_as(str(ids["part"]))[0] == ids["whole"]
        assert writer.forget(str(tmp_path / "whole.txt")) == (ids["whole"],)
        assert writer.forget(str(tmp_path / "whole.txt")) is None
        assert writer.same_as(str(ids["part"])) == (ids["most"],)
