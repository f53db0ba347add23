"""In a real terminal, hostile documents and a hostile archive in every view: none of it is a control."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

from loader.archive.writer import Writer
from loader.load import load
from loader.read import find
from tests.hostile import HOSTILE, MARK, NAMES, PAYLOADS, documents, faults, poisoned
from tests.terminal import Terminal
from tui.store.archive import open_archive

ARGUMENT = HOSTILE.replace("\x00", "")
SHORT = ARGUMENT.replace(PAYLOADS[-1], "")
PASTED = f"\x1b[200~{SHORT} date:{SHORT}\x1b[201~"
READING = {"v": "Source of", "E": "Correct this", "e": "Export", "f": "0 hits"}
HITS = {"W": "Why “", "F": "Narrow “", "S": "Searches", "L": "alike by", "?": "prev voice", ":": "commands"}
"""Keys and what then stands on the screen."""
COMMANDS = """
import json, sys
from tui.cli import run
for stream in (sys.stdout, sys.stderr):
    stream.reconfigure(errors="backslashreplace")
for arguments in json.loads(open(sys.argv[1]).read()):
    code = run(arguments)
    assert code in (0, 1, 2, 3), (arguments[0][:9], code)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "texts"
    documents(path)
    return path


@pytest.fixture(scope="module")
def archive(folder: Path) -> Path:
    path = folder.parent / "loaded.db"
    with Writer(path) as writer:
        for _ in load(find([str(folder)]), writer, jobs=1):
            pass
    return path


@pytest.fixture(scope="module")
def stranger(archive: Path) -> Path:
    """An archive whose rows hold what the loader never writes."""
    path = archive.with_name("poisoned.db")
    shutil.copy(archive, path)
    poisoned(path)
    return path


def _view(one: Terminal, key: str, head: str) -> None:
    """Open a screen and leave it."""
    one.send(key).wait_for(head)
    one.send("esc").until(lambda: head not in one.text, f"the end of {head}")


def _clean(raw: bytes, width: int, height: int) -> None:
    assert faults(raw, width, height) == []
    for payload in PAYLOADS:
        if "\x1b" in payload:
            assert payload.encode() not in raw


def test_no_byte_of_it_is_obeyed_in_any_view(stranger: Path, tmp_path: Path) -> None:
    """Behind each text as the loader left it stands one that never went through it."""
    with Terminal(["--archive", str(stranger)], tmp_path, width=100, height=30, LANG="en_US.UTF-8") as one:
        one.wait_for(MARK).send("enter").wait_for("2022年3月25日", MARK)
        one.send("o").wait_for("1 questions").send("]", "z")
        for key, head in READING.items():
            _view(one, key, head)
        one.send("B").wait_for("Enter keep").send("x", "enter").until(
            lambda: "Enter keep" not in one.text, "a bookmark"
        )
        _view(one, "'", "Bookmarks")
        one.send("y").until(lambda: b"\x1b]52;" in one.raw, "the clipboard")
        one.send("esc", "/核酸").wait_for("newest first", MARK)
        one.send("enter").wait_for("hit 1/").send("esc").wait_for("Enter l open")
        for key, head in HITS.items():
            _view(one, key, head)
        one.send("/", PASTED).wait_for("31m").send("enter").settle()
        one.write(b"\x11")
        assert one.wait_for_end() == 0
        _clean(one.raw, 100, 30)


def test_no_byte_of_it_is_obeyed_by_a_command(
    folder: Path, archive: Path, stranger: Path, tmp_path: Path
) -> None:
    odd = [str(tmp_path / f"{name}.db") for name in NAMES]
    store = open_archive(archive)
    first = next(row.id for row in store.briefings() if row.questions)
    store.close()
    names = [str(one) for one in sorted(folder.iterdir())]
    commands: list[list[str]] = [
        ["load", *names, "--archive", odd[0], "--jobs", "1"],
        ["load", str(folder), "--archive", odd[1], "--dry-run", "--json", "--jobs", "1"],
        ["load", *names, "--archive", odd[0], "--text-field", ARGUMENT, "--jobs", "1"],
        ["load", ARGUMENT, "--archive", odd[1]],
        ["load", str(folder), "--archive", odd[0], "--date", ARGUMENT],
        *(["explain", name] for name in names[:2]),
        ["explain", names[0], "--json"],
        ["forget", ARGUMENT, *names[:2], first, "--archive", odd[0]],
        ["forget", ARGUMENT, names[4], "--json", "--archive", odd[0]],
        ["list", "--archive", odd[2]],
        ["list", "--archive", names[0]],
        ["backup", odd[1], "--archive", odd[0]],
        ["paths", "--archive", odd[0]],
        [ARGUMENT],
        ["list", ARGUMENT],
        ["--" + ARGUMENT],
    ]
    for one in map(str, (archive, stranger)):
        for json_too in ([], ["--json"]) if one == str(stranger) else ([],):
            commands += [
                ["list", *json_too, "--archive", one],
                ["show", first, *json_too, "--archive", one],
                ["show", ARGUMENT, *json_too, "--archive", one],
                ["show", f"{first}/{ARGUMENT}", *json_too, "--archive", one],
                ["search", "核酸", "--why", *json_too, "--archive", one],
                ["search", "核酸", "--sort", "relevance", *json_too, "--archive", one],
                ["search", ARGUMENT, f"date:{ARGUMENT}", f"in:{ARGUMENT}", *json_too, "--archive", one],
                ["check", *json_too, "--archive", one],
            ]
        commands += [["show", first, "--source", "--archive", one]]
        commands += [["export", first, "--format", form, "--archive", one] for form in ("md", "json", "csv")]
    script, told = tmp_path / "commands.py", tmp_path / "commands.json"
    script.write_text(COMMANDS, "utf-8")
    told.write_text(json.dumps(commands), "utf-8")
    shell = f"exec {sys.executable} {script} {told}"
    with Terminal([], tmp_path, width=100, height=30, shell=shell) as one:
        assert one.wait_for_end(limit=60) == 0, one.text
        assert MARK.encode() in one.raw
        _clean(one.raw, 100, 30)


def test_the_look_at_the_stream_finds_each_payload() -> None:
    assert faults("核酸 \x1b[1;38;5;12m检测\x1b[0m\r\n".encode()) == []
    for payload in PAYLOADS:
        harmless = payload.isprintable() or payload.startswith(("\ufffd", "记"))
        assert bool(faults(payload.encode())) != harmless, payload
