"""What the README promises is there: the keys of the one table, every command and option."""

from __future__ import annotations

import re

import click

from tests.conftest import ROOT
from tui.cli import cli
from tui.commands import COMMANDS, key_table

README = (ROOT / "README.md").read_text("utf-8")


def test_the_keys_are_those_of_the_table() -> None:
    held = re.search(r"<!-- keys:[^>]*-->\n(.*?)<!-- /keys -->", README, re.DOTALL)
    assert held
    assert held[1].strip() == key_table(), "run: python -m tests.update_readme"


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
