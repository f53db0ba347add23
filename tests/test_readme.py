"""What the README promises is there: the keys of the one table, every command and option."""

from __future__ import annotations

import re

import click
import pytest

from tests.conftest import ROOT
from tests.update_readme import READMES
from tui.cli import cli
from tui.commands import COMMANDS, key_table
from tui.language import speak

README = (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("language", READMES)
def test_the_keys_are_those_of_the_table(language: str) -> None:
    text = READMES[language].read_text("utf-8")
    held = re.search(r"<!-- keys:[^>]*-->\n(.*?)<!-- /keys -->", text, re.DOTALL)
    assert held
    speak(language)
    try:
        assert held[1].strip() == key_table(), "run: python -m tests.update_readme"
    finally:
        speak("en")


def test_both_readmes_say_the_same() -> None:
    """As far as a test can tell: the same parts, commands, settings, pictures, and things in backticks."""
    english, chinese = (READMES[language].read_text("utf-8") for language in ("en", "zh"))
    for kind in (r"^(#+) ", r"<!-- (.*?) -->", r"!\[[^\]]*\]\((?:docs/)?(.*?)\)"):
        assert re.findall(kind, english, re.MULTILINE) == re.findall(kind, chinese, re.MULTILINE)
    assert _commands(english) == _commands(chinese)
    assert _quoted(english) - _quoted(chinese) == set()


def _commands(text: str) -> list[str]:
    """The lines of all fenced blocks, without their comments."""
    blocks = re.findall(r"^```\w+\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    return [line.partition("#")[0].strip() for block in blocks for line in block.splitlines()]


def _quoted(text: str) -> set[str]:
    """What stands in backticks, the key table left out."""
    return set(re.findall(r"`([^`\n]+)`", re.sub(r"<!-- keys.*<!-- /keys -->", "", text, flags=re.DOTALL)))


def test_every_command_is_in_the_changelog() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    for name, command in cli.commands.items():
        if not command.hidden:
            assert f"`{name}`" in changelog, name


def test_every_command_and_option_has_help() -> None:
    for command in cli.commands.values():
        assert command.help
        for parameter in command.params:
            if isinstance(parameter, click.Option) and parameter.name != "form":
                assert parameter.help, (command.name, parameter.name)


def test_no_key_means_two_things_in_one_place() -> None:
    """Keys of `app` are live in every pane, so no pane may use them for something else."""
    everywhere = {key: one.id for one in COMMANDS if one.context == "app" for key in one.keys}
    for context in ("list", "reader", "questions", "hits", "search"):
        keys = [key for one in COMMANDS if one.context == context for key in one.keys]
        assert len(keys) == len(set(keys)), context
        if context != "search":
            assert not set(keys) & set(everywhere), context
