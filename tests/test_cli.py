"""The command line: what it prints, and how it fails: one line, the right exit code, nothing lost."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import SEEDS

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs the command line in a process of its own, with a home of its own."""
    names = ("DATA", "STATE", "CACHE", "CONFIG")
    home = {f"XDG_{name}_HOME": str(tmp_path / "home" / name) for name in names}
    env = {**os.environ, "HOME": str(tmp_path / "home"), **home}

    def run(*args: str | Path, stdin: bytes | None = None, **more: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-c", "from tui.cli import main; main()", *map(str, args)],
            input=stdin,
            capture_output=True,
            env={**env, **more},
            cwd=tmp_path,
            timeout=120,
        )
        return subprocess.CompletedProcess(args, done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


def _fails(done: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    """An error is one line on standard error, nothing on standard output, no traceback."""
    assert done.returncode == code, done
    assert done.stderr.count("\n") == 1, done.stderr
    assert done.stderr.startswith("briefings-tui: ")
    for word in words:
        assert word in done.stderr


def test_with_no_archive_the_seeds_are_loaded(run: Run) -> None:
    rows = json.loads(run("list", "--json").stdout)
    assert len(rows) == 5
    assert {row["kind"] for row in rows} == {"briefing", "document"}
    assert set(rows[0]) >= {
        "id",
        "kind",
        "title",
        "place",
        "date",
        "ordinal",
        "outlet",
        "questions",
        "speakers",
    }


def test_an_archive_named_but_missing_is_an_error(run: Run, tmp_path: Path) -> None:
    _fails(run("--archive", "none.db", "list"), 3, "none.db", "load")
    assert not (tmp_path / "none.db").exists()


def test_archive_goes_before_or_after_the_command(run: Run, seeds_archive: Path) -> None:
    before = run("--archive", seeds_archive, "list", "--json")
    after = run("list", "--json", "--archive", seeds_archive)
    named = run("list", "--json", BRIEFINGS_ARCHIVE=str(seeds_archive))
    assert before.stdout == after.stdout == named.stdout != ""


def test_load_says_what_became_of_each(run: Run, tmp_path: Path) -> None:
    first = run("load", SEEDS, "--archive", "a.db", "--json")
    lines = [json.loads(line) for line in first.stdout.splitlines()]
    assert [line["status"] for line in lines[:-1]] == ["loaded"] * 5
    assert lines[-1]["summary"]["loaded"] == 5
    assert lines[-1]["summary"]["seconds"] > 0
    wanted = (
        "path status id kind title date questions speakers chars kept_chars noise_chars gaps warnings reason"
    )
    assert list(lines[0]) == wanted.split()
    bytes_before = (tmp_path / "a.db").read_bytes()
    second = run("load", SEEDS, "--archive", "a.db", "--json")
    again = [json.loads(line) for line in second.stdout.splitlines()]
    assert [line["status"] for line in again[:-1]] == ["unchanged"] * 5
    assert [line["id"] for line in again[:-1]] == [line["id"] for line in lines[:-1]]
    assert (tmp_path / "a.db").read_bytes() == bytes_before


def test_load_reads_standard_input(run: Run) -> None:
    done = run("load", "-", "--archive", "a.db", "--json", stdin=(SEEDS / "yangzhou-7.txt").read_bytes())
    line = json.loads(done.stdout.splitlines()[0])
    assert (line["path"], line["status"], line["questions"]) == ("-", "loaded", 3)


def test_load_for_people_ends_with_a_table(run: Run) -> None:
    done = run("load", SEEDS, "no-such-file", "--archive", "a.db")
    assert done.returncode == 1
    assert "5 loaded, 1 refused" in done.stdout
    assert done.stderr.startswith("refused")
    assert "no-such-file" in done.stderr


def _refused(run: Run, path: Path, *words: str) -> None:
    done = run("load", path, "--archive", "a.db", "--json")
    line = json.loads(done.stdout.splitlines()[0])
    assert (done.returncode, line["status"]) == (1, "refused"), done
    for word in words:
        assert word in line["reason"]
    assert not (path.parent / "a.db").exists(), "an archive of nothing was left behind"


def test_bad_sources_are_refused_with_a_reason(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "blank.txt").write_bytes(b" \n\n ")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 400)
    (tmp_path / "folder").mkdir()
    for name in ("empty.txt", "blank.txt", "binary.txt", "picture.txt", "folder", "not-there"):
        _refused(run, tmp_path / name, name)


def test_ten_megabytes_on_one_line_load_whole(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "line.txt"
    path.write_text("核酸检测，" * 700_000, "utf-8")
    done = run("load", path, "--archive", "a.db", "--json")
    line = json.loads(done.stdout.splitlines()[0])
    assert (line["status"], line["chars"]) == ("loaded", 3_500_000)
    assert run("check", "--archive", "a.db").returncode == 0


def test_an_archive_that_is_a_text_file(run: Run, tmp_path: Path) -> None:
    fake = tmp_path / "notes.txt"
    fake.write_text("just words\n" * 500)
    for args in (("list",), ("load", SEEDS), ("check",), ("search", "核酸")):
        _fails(run(*args, "--archive", fake), 3, "notes.txt", "no archive")
    assert fake.read_text() == "just words\n" * 500


def test_an_archive_where_nothing_can_be_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    _fails(run("load", SEEDS, "--archive", tmp_path / "file" / "a.db"), 3, "a.db")
    _fails(run("list", BRIEFINGS_ARCHIVE="/proc/nowhere/a.db"), 3, "a.db")


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_without_write_permission(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o500)
    _fails(run("load", SEEDS, "--archive", folder / "a.db"), 3, "cannot be")


def test_an_unknown_id(run: Run, seeds_archive: Path) -> None:
    for args in (("show", "nonsense"), ("show", "nonsense", "--json"), ("export", "nonsense")):
        _fails(run("--archive", seeds_archive, *args), 1, "nonsense", "list")


@pytest.mark.parametrize("args", [("--nonsense",), ("load",), ("show",), ("search", "x", "--limit", "none")])
def test_wrong_usage(run: Run, seeds_archive: Path, args: tuple[str, ...]) -> None:
    _fails(run("--archive", seeds_archive, *args), 2)


def test_the_browser_wants_a_terminal(run: Run, seeds_archive: Path) -> None:
    _fails(run("--archive", seeds_archive), 2, "terminal", "search")


def test_show_spans_point_into_the_source(run: Run, seeds_archive: Path) -> None:
    for row in json.loads(run("--archive", seeds_archive, "list", "--json").stdout):
        shown = json.loads(run("--archive", seeds_archive, "show", row["id"], "--json").stdout)
        source = run("--archive", seeds_archive, "show", row["id"], "--source").stdout
        covered = [False] * len(source)
        for turn in shown["turns"]:
            start, end = turn["span"]
            assert turn["text"] in source[start:end]
            covered[start:end] = [True] * (end - start)
        assert all(done or char.isspace() for done, char in zip(covered, source, strict=True))


def test_search_prints_hits_or_says_there_are_none(run: Run, seeds_archive: Path) -> None:
    found = json.loads(run("--archive", seeds_archive, "search", "孕产妇", "--json", "--limit", "2").stdout)
    assert found["query"] == "孕产妇"
    assert found["count"] > len(found["hits"]) == 2
    hit = found["hits"][0]
    assert [hit["text"][a:b] for a, b in hit["spans"]] == ["孕产妇"] * len(hit["spans"])
    none = run("--archive", seeds_archive, "search", "没有这样的话", "--json")
    assert (none.returncode, json.loads(none.stdout)["hits"]) == (1, [])
    assert run("--archive", seeds_archive, "search", "-24时").returncode == 0


def test_export_writes_what_was_named(run: Run, seeds_archive: Path) -> None:
    rows = json.loads(run("--archive", seeds_archive, "list", "--json").stdout)
    first = next(row["id"] for row in rows if row["questions"])
    text = run("--archive", seeds_archive, "export", f"{first}/q1").stdout
    assert f"{first}/q1" in text
    table = run("--archive", seeds_archive, "export", first, "--format", "csv").stdout
    assert {row["id"] for row in csv.DictReader(io.StringIO(table))} == {first}
    exported = json.loads(run("--archive", seeds_archive, "export", first, "--format", "json").stdout)
    assert all(first in row["citation"] for row in exported)


def test_paths_and_keys_and_version(run: Run) -> None:
    assert "archive" in run("paths").stdout
    assert "`/`" in run("keys").stdout
    assert run("--version").stdout.startswith("briefings-tui ")
    assert "search" in run("--help").stdout


def test_a_reader_that_leaves_early_is_no_error(seeds_archive: Path, tmp_path: Path) -> None:
    program = f"{sys.executable} -c 'from tui.cli import main; main()'"
    search = f"{program} search 的 --json --archive {seeds_archive}"
    command = f"{search} | head -c 10 >/dev/null; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=tmp_path)
    assert (done.stdout.splitlines()[-1], done.stderr) == ("0", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_one_line(seeds_archive: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [
                sys.executable,
                "-c",
                "from tui.cli import main; main()",
                "--archive",
                str(seeds_archive),
                "list",
            ],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert done.returncode == 1
    assert done.stderr == "briefings-tui: output cannot be written: No space left on device\n"


def test_a_long_paragraph_is_printed_around_its_match(run: Run, tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text(
        "苏州市新闻发布会\n\n张三：" + "核酸检测照常，" * 900 + "抗原。", "utf-8"
    )
    run("load", "long.txt", "--archive", "a.db")
    shown = run("search", "抗原", "--archive", "a.db").stdout
    assert "抗原" in shown
    assert len(shown) < 1000
