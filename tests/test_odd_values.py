"""Every option and argument of every command with odd values: a known exit code and short lines."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from tui.cli import cli, run
from tui.streams import shortened

VALUES = {
    "empty": "",
    "blank": " \t",
    "negative": "-1",
    "zero": "0",
    "fraction": "1.5",
    "largest": "9223372036854775807",
    "beyond": "9223372036854775808",
    "huge": "9" * 5_000,
    "not a number": "nan",
    "infinite": "inf",
    "exponent": "1e300",
    "tiny": "1e-320",
    "full-width": "３",
    "other digits": "٣",
    "surrogate": "\udcff\udce9",
    "escape": "\x1b]0;x\x07",
    "zero byte": "a\0b",
    "line end": "a\nb",
    "dashes": "--",
    "long": "x" * 300_000,
    "long Chinese": "核" * 100_000,
    "deep": "/".join("a" * 500),
    "slashes": "/" * 9_000,
}
ARCHIVE = ["--archive", "{archive}"]
PLACES: dict[str, list[str]] = {
    "archive": ["list", "--archive", "{}"],
    "archive of load": ["load", "{file}", "--dry-run", "--archive", "{}"],
    "archive of forget": ["forget", "x.txt", "--archive", "{}"],
    "idle": ["--idle", "{}", *ARCHIVE],
    "id": ["{}", *ARCHIVE],
    "load": ["load", "--dry-run", *ARCHIVE, "--", "{}"],
    "watch": ["load", "--watch", *ARCHIVE, "--", "{}"],
    "text field": ["load", "{file}", "--dry-run", "--text-field", "{}", *ARCHIVE],
    "title": ["load", "{file}", "--dry-run", "--title", "{}", *ARCHIVE],
    "date": ["load", "{file}", "--dry-run", "--date", "{}", *ARCHIVE],
    "place": ["load", "{file}", "--dry-run", "--place", "{}", *ARCHIVE],
    "organ": ["load", "{file}", "--dry-run", "--organ", "{}", *ARCHIVE],
    "ordinal": ["load", "{file}", "--dry-run", "--ordinal", "{}", *ARCHIVE],
    "jobs": ["load", "{none}", "--dry-run", "--jobs", "{}", *ARCHIVE],
    "forget": ["forget", *ARCHIVE, "--", "{}"],
    "explain": ["explain", "--", "{}"],
    "show": ["show", *ARCHIVE, "--", "{}"],
    "show a question": ["show", *ARCHIVE, "--", "{id}/q{}"],
    "search": ["search", *ARCHIVE, "--", "{}"],
    "limit": ["search", "核酸", "--limit", "{}", *ARCHIVE],
    "limit by relevance": ["search", "核酸", "--sort", "relevance", "--json", "--limit", "{}", *ARCHIVE],
    "sort": ["search", "核酸", "--sort", "{}", *ARCHIVE],
    "export": ["export", *ARCHIVE, "--", "{}"],
    "format": ["export", "{id}", "--format", "{}", *ARCHIVE],
    "backup": ["backup", *ARCHIVE, "--", "{}"],
}


def test_every_option_with_a_value_and_every_argument_is_tried() -> None:
    tried = {word for words in PLACES.values() for word in words if word.startswith("--")}
    commands = {**cli.commands, "": cli}
    for name, command in commands.items():
        for one in command.params:
            if isinstance(one, click.Argument):
                assert name == "open" or any(words[0] == name for words in PLACES.values()), name
            elif not one.is_flag:  # type: ignore[attr-defined]
                assert one.opts[0] in tried, (name, one.opts)


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_an_odd_value_is_obeyed_or_refused_in_a_line(
    place: list[str],
    value: str,
    seeds_archive: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file.txt").write_text("第3场新闻发布会\n2022年3月3日\n王五：全市接种有序推进。\n", "utf-8")
    words = {"{archive}": str(seeds_archive), "{file}": "file.txt", "{none}": "none.txt", "{}": value}
    arguments = [words.get(word, word).replace("{id}", "weifang-2022-03-25-12") for word in place]
    arguments = [word.replace("/q{}", f"/q{value}") for word in arguments]
    before = seeds_archive.read_bytes()
    code = run(arguments)
    told = capfd.readouterr()
    assert code in (0, 1, 2, 3), told.err[:2_000]
    assert "Traceback" not in told.err
    lines = told.err.splitlines()
    assert all(len(line) < 3_000 for line in lines), [line[:200] for line in lines]
    if code in (2, 3):
        assert (len(lines), told.out) == (1, "")
        assert lines[0].startswith("briefings-tui: ")
    assert code == 0 or lines
    assert seeds_archive.read_bytes() == before


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("1", 0),
        ("9223372036854775807", 0),
        ("9" * 5_000, 0),
        ("３", 0),
        ("0", 2),
        ("-1", 2),
        ("1.5", 2),
        ("", 2),
    ],
)
def test_a_limit_that_is_a_number_works_however_large(
    value: str, code: int, seeds_archive: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for sort in ("newest", "relevance"):
        asked = [
            "search",
            "孕产妇",
            "--json",
            "--sort",
            sort,
            "--limit",
            value,
            "--archive",
            str(seeds_archive),
        ]
        assert run(asked) == code
    capfd.readouterr()


@pytest.mark.parametrize(
    "minutes", ["nan", "inf", "-inf", "1e300", "0", "-1", "1e-400", "", "soon", "9" * 5_000]
)
def test_idle_is_a_time_that_can_pass(minutes: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["--idle", minutes]) == 2
    told = capfd.readouterr().err
    assert "a number of minutes above 0, at most 527,040" in told
    assert told.count("\n") == 1


def test_a_long_line_keeps_head_and_end() -> None:
    assert shortened("x" * 1_000) == "x" * 1_000
    assert shortened("a" + "x" * 2_000 + "b").startswith("ax")
    assert shortened("a" + "x" * 2_000 + "b").endswith("xb")
    assert "1,002 characters" in shortened("a" + "x" * 2_000 + "b")
