"""`forget` and other commands with names from a script's variable: nothing is deleted that was not meant."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from loader.archive.writer import Writer
from loader.layout import source_key
from loader.load import load
from loader.read import find
from tests.terminal import Terminal
from tui.cli import run
from tui.store.archive import open_archive

TEXT = "第{n}场新闻发布会\n2022年3月{n}日\n主持人：各位记者朋友，大家好。\n王五：全市接种有序推进。\n"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive of one file, one folder of two files, and one file of two records."""
    folder = tmp_path / "texts" / "inner"
    folder.mkdir(parents=True)
    for path in (folder / "11.txt", folder / "12.txt", tmp_path / "texts" / "13.txt"):
        path.write_text(TEXT.format(n=path.stem), "utf-8")
    records = [{"id": n, "text": TEXT.format(n=n)} for n in (14, 15)]
    (tmp_path / "texts" / "records.jsonl").write_text(
        "\n".join(json.dumps(one, ensure_ascii=False) for one in records), "utf-8"
    )
    archive = tmp_path / "a.db"
    with Writer(archive) as writer:
        for _ in load(find([str(tmp_path / "texts")]), writer, jobs=1):
            pass
    return archive


def held(archive: Path) -> list[str]:
    """The dates of the briefings in an archive."""
    store = open_archive(archive)
    try:
        return sorted(str(row.date)[-2:] for row in store.briefings())
    finally:
        store.close()


ALL = ["11", "12", "13", "14", "15"]


@pytest.mark.parametrize(
    "name", ["", " ", "\t", "\u3000", ".", "..", "./", "../..", "/", "//", "/.", "/tmp/.."]
)
@pytest.mark.parametrize("more", [(), ("--yes",)])
def test_a_name_of_nothing_or_of_everything_is_wrong_usage(
    archive: Path, name: str, more: tuple[str, ...], capfd: pytest.CaptureFixture[str]
) -> None:
    before = archive.read_bytes()
    named = str(archive.parent / "texts" / "13.txt")
    assert run(["forget", named, name, *more, "--archive", str(archive)]) == 2
    told = capfd.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    assert archive.read_bytes() == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["load", ""],
        ["load", "  "],
        ["load", "--watch", ""],
        ["load", "/"],
        ["load", "--text-field", "", "x.jsonl"],
        ["explain", ""],
        ["show", ""],
        ["show", " ", "--source"],
        ["export", ""],
        ["backup", ""],
        ["list", "--archive", ""],
        ["check", "--repair", "--archive", " "],
        ["forget", "x.txt", "--archive", ""],
        ["--archive", "", "list"],
        ["--archive", "", "--kiosk"],
        [""],
    ],
)
def test_an_unset_variable_is_wrong_usage_in_every_command(
    arguments: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(arguments) == 2
    told = capfd.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    assert any(words in told.err for words in ("empty", "whole file system", "needs a name"))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_several_sources_is_not_forgotten_without_agreement(
    archive: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    before = archive.read_bytes()
    inner, outer = archive.parent / "texts" / "inner", archive.parent / "texts"
    single = str(outer / "13.txt")
    assert run(["forget", single, str(inner), "--archive", str(archive)]) == 2
    told = capfd.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    assert f"2 sources in {inner}" in told.err
    assert "--yes" in told.err
    assert archive.read_bytes() == before
    assert run(["forget", str(outer), "--archive", str(archive)]) == 2
    assert "5 sources in" in capfd.readouterr().err
    assert run(["forget", str(inner), "--yes", "--json", "--archive", str(archive)]) == 0
    listed = json.loads(capfd.readouterr().out)["forgotten"]
    assert [Path(one["path"]).name for one in listed] == ["11.txt", "12.txt"]
    assert held(archive) == ["13", "14", "15"]


def test_one_file_is_one_thing_however_many_sources_it_holds(archive: Path) -> None:
    texts = archive.parent / "texts"
    (texts / "inner" / "12.txt").unlink()
    assert run(["forget", str(texts / "records.jsonl"), "--archive", str(archive)]) == 0
    assert run(["forget", str(texts / "inner" / "12.txt"), "--archive", str(archive)]) == 0
    assert run(["forget", str(texts / "inner"), "--archive", str(archive)]) == 0  # one source is left in it
    assert held(archive) == ["13"]


def test_a_name_given_twice_is_forgotten_once(archive: Path, capfd: pytest.CaptureFixture[str]) -> None:
    name = str(archive.parent / "texts" / "13.txt")
    assert run(["forget", name, name, "--archive", str(archive)]) == 0
    assert len(capfd.readouterr().out.splitlines()) == 1


@pytest.mark.parametrize(
    ("answer", "code", "left"), [("y", 0, ["13", "14", "15"]), ("n", 1, ALL), ("", 1, ALL)]
)
def test_at_a_terminal_it_asks(archive: Path, answer: str, code: int, left: list[str]) -> None:
    inner = archive.parent / "texts" / "inner"
    with Terminal(["forget", str(inner), "--archive", str(archive)], archive.parent, width=200) as terminal:
        terminal.wait_for("2 sources in", "Forget them?").send(answer, "enter")
        assert terminal.wait_for_end() == code
    assert held(archive) == left


def test_nobody_waits_for_the_answer_and_what_came_meanwhile_stays(archive: Path) -> None:
    texts = archive.parent / "texts"
    (texts / "inner" / "16.txt").write_text(TEXT.format(n=16), "utf-8")
    with Terminal(["forget", str(texts / "inner"), "--archive", str(archive)], archive.parent) as terminal:
        terminal.wait_for("Forget them?")
        assert run(["load", str(texts / "inner"), "--archive", str(archive)]) == 0
        terminal.send("y", "enter")
        assert terminal.wait_for_end() == 0
    assert held(archive) == ["13", "14", "15", "16"]


def test_what_somebody_else_has_forgotten_meanwhile_is_not_told_as_forgotten(
    archive: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    path = str(archive.parent / "texts" / "13.txt")

    def agreed(*_: object) -> bool:
        with Writer(archive) as other:
            assert other.forget(path)
        return True

    monkeypatch.setattr("tui.forgetting._agrees", agreed)
    assert run(["forget", path, "--archive", str(archive)]) == 1
    told = capfd.readouterr()
    assert "no source and no briefing" in told.err
    assert not told.out


def test_a_briefing_goes_with_the_copies_that_it_got_meanwhile(
    archive: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    copy = archive.parent / "texts" / "copy.txt"
    (id,) = {row.id for row in open_archive(archive).briefings() if str(row.date).endswith("13")}

    def agreed(*_: object) -> bool:
        copy.write_bytes((archive.parent / "texts" / "13.txt").read_bytes())
        assert run(["load", str(copy), "--archive", str(archive)]) == 0
        capfd.readouterr()
        return True

    monkeypatch.setattr("tui.forgetting._agrees", agreed)
    assert run(["forget", id, "--archive", str(archive)]) == 0
    assert capfd.readouterr().out.count("forgotten") == 2
    assert held(archive) == ["11", "12", "14", "15"]


def test_a_name_that_is_how_another_file_is_printed_is_asked_back(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    archive, texts = tmp_path / "a.db", tmp_path / "texts"
    texts.mkdir()
    names = (b"\xff.txt", b"\\xff.txt")  # one byte, and a backslash with three letters
    for nth, name in enumerate(names):
        (texts / os.fsdecode(name)).write_text(TEXT.format(n=11 + nth), "utf-8")
    assert run(["load", str(texts), "--archive", str(archive)]) == 0
    literal = str(texts / "\\xff.txt")
    assert run(["forget", literal, "--archive", str(archive)]) == 2
    assert "nothing was forgotten" in capfd.readouterr().err
    assert held(archive) == ["11", "12"]
    assert run(["forget", source_key(literal), "--archive", str(archive)]) == 0
    assert held(archive) == ["11"]
    assert run(["forget", literal, "--archive", str(archive)]) == 0, "now it is the other one's alone"
    assert held(archive) == []
