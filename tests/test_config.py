"""The configuration: what it may say, and how what it may not is told, with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.terminal import Terminal
from tui.cli import run
from tui.commands import COMMANDS, clash
from tui.config import Config, ConfigError, key_name, read_config


def _read(tmp_path: Path, text: str) -> Config:
    path = tmp_path / "config.toml"
    path.write_text(text, "utf-8")
    return read_config(path)


def test_without_a_file_everything_is_as_it_comes(tmp_path: Path) -> None:
    assert read_config(tmp_path / "none.toml") == Config()


def test_all_that_can_be_said(tmp_path: Path) -> None:
    said = _read(
        tmp_path,
        'theme = "light"\nmeasure = 30\nambiguous = 2\nlayout = "two"\nlanguage = "en"\n'
        '[keys]\ncopy = "c"\nnext_question = ["]", "Ctrl+N"]\n',
    )
    assert (said.theme, said.measure, said.ambiguous) == ("briefings-light", 30, 2)
    assert (said.layout, said.language) == ("two", "en")
    assert said.keys == {"copy": ("c",), "next_question": ("right_square_bracket", "ctrl+n")}


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("measure = 30\ncolour = 1\n", 2, "colour"),
        ("measure = 300\n", 1, "10 to 100"),
        ('layout = "four"\n', 1, "three, two, one"),
        ('language = "fr"\n', 1, "en, zh"),
        ("\n\nambiguous = 3\n", 3, "1 or 2"),
        ("measure = true\n", 1, "number"),
        ("theme = 3\n", 1, "theme"),
        ("keys = 3\n", 1, "table"),
        ('[keys]\ncopy = "c"\nfly = "x"\n', 3, "fly"),
        ("[keys]\ncopy = 3\n", 2, "quotes"),
        ('[keys]\ncopy = "n"\n', 2, "next_hit"),
        ('[keys]\ncopy = "j"\n', 2, "list_down"),
        ('[keys]\n\ncopy = "x"\nexport = ["X", "x"]\n', 3, "export"),
    ],
)
def test_what_cannot_be_is_said_with_file_and_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    with pytest.raises(ConfigError) as told:
        _read(tmp_path, text)
    assert str(told.value).startswith(f"{tmp_path / 'config.toml'}:{line}: ")
    assert words in str(told.value)
    assert all("\n" not in line for line in told.value.problems)


def test_no_toml_is_said_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="line 2"):
        _read(tmp_path, "measure = 30\n= =\n")


def test_all_that_is_wrong_is_said_at_once_in_the_order_of_its_lines(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as told:
        _read(
            tmp_path,
            'measure = 300\nlayout = []\ncolour = 1\nlanguage = {}\n[keys]\nfly = "x"\n'
            'copy = "n"\nexport = "esc"\nsearch = 3\nhelp = "?"\n',
        )
    file = str(tmp_path / "config.toml")
    lines = [line.removeprefix(f"{file}:").partition(":")[0] for line in told.value.problems]
    assert lines == ["1", "2", "3", "4", "6", "7", "8", "9"]
    assert all(line.startswith(file) and "\n" not in line for line in told.value.problems)


def test_each_of_several_errors_is_a_line_on_standard_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "briefings-tui").mkdir()
    (tmp_path / "briefings-tui" / "config.toml").write_text("measure = 300\nambiguous = 3\n")
    assert run(["keys"]) == 2
    told = capfd.readouterr()
    assert told.out == ""
    first, second = told.err.splitlines()
    assert first.startswith("briefings-tui: ")
    assert "config.toml:1: measure" in first
    assert "config.toml:2: ambiguous" in second


def test_a_byte_order_mark_is_no_part_of_the_file(tmp_path: Path) -> None:
    assert _read(tmp_path, "\ufeffmeasure = 30\n").measure == 30
    with pytest.raises(ConfigError, match=r"config.toml:1: 'colour'"):
        _read(tmp_path, "\ufeffcolour = 30\n")


ODD = {
    "brackets": "measure = " + "[" * 100_000,
    "pairs of brackets": "measure = " + "[" * 100_000 + "]" * 100_000,
    "brackets on lines": "measure = " + "[\n" * 40_000,
    "tables": "measure = " + "{a=" * 100_000,
    "dots": "a." * 100_000 + "b = 1",
    "fewer dots": "a." * 900 + "b = 1",
    "long": "measure = 30\n" * 100_000,
    "number": "measure = " + "9" * 1_900,
    "no day": "theme = 2022-02-30",
    "no hour": "layout = 2022-02-30T25:00:00",
    "zero": 'theme = "\\x00"',
    "lists": "[keys]\ncopy = [[[]]]",
    "list of keys": "keys = [[1]]",
    "list of tables": "[[keys]]\ncopy = 1",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_no_file_is_too_odd_for_one_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError) as told:
        _read(tmp_path, text)
    assert str(told.value).startswith(str(tmp_path / "config.toml"))


def test_keys_may_change_places(tmp_path: Path) -> None:
    assert _read(tmp_path, '[keys]\nnext_hit = "N"\nprevious_hit = "n"\n').keys["next_hit"] == ("N",)


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("y", "y"),
        ("]", "right_square_bracket"),
        ("/", "slash"),
        ("Ctrl+Y", "ctrl+y"),
        ("ctrl-y", "ctrl+y"),
        ("F2", "f2"),
        ("-", "minus"),
        ("Alt-Right", "alt+right"),
    ],
)
def test_keys_as_people_write_them(key: str, name: str) -> None:
    assert key_name(key) == name


def test_the_keys_that_come_do_not_clash() -> None:
    keys = {command.id: command.keys for command in COMMANDS}
    assert [clash(keys, command.id) for command in COMMANDS] == [None] * len(COMMANDS)


def test_the_browser_obeys_it(tmp_path: Path) -> None:
    config = tmp_path / ".config" / "briefings-tui" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('measure = 12\n[keys]\nsearch = "x"\nsearches = "f2"\nnext_question = "X"\n')
    with Terminal([], tmp_path, width=120, height=40) as terminal:
        terminal.wait_for("潍坊").send("enter").wait_for("X 下一问").settle()
        rows = [row for row in terminal.screen.display if "各位记者" in row]
        assert rows
        terminal.send("x", "孕产妇").wait_for("8 处 · 2 场")


def test_a_theme_that_is_none_is_said(tmp_path: Path) -> None:
    config = tmp_path / ".config" / "briefings-tui" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('measure = 12\ntheme = "pink"\n')
    with Terminal([], tmp_path) as terminal:
        assert terminal.wait_for_end() == 2
        assert "config.toml:2: there is no theme 'pink'" in terminal.text.replace("\n", "")
