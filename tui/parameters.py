"""Types of the command line's options and arguments, for what click's own types let pass.

Values often come from a script's variable that may be unset: an empty name is wrong usage, it never stands
for the working directory or for everything. Every refusal is one line that says what to write instead.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    _Type = click.ParamType[str]
else:  # click 8.1 has no type parameter here
    _Type = click.ParamType

EMPTY = "it is empty; is a variable of the script not set?"


class Name(_Type):
    """A path, an id or another name; refuses an empty or blank one."""

    name = "text"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name as it was typed."""
        if not value.strip():
            self.fail(EMPTY, param, ctx)
        return value


class LoadPath(Name):
    """A name that may be a folder; refuses the root of the file system, which `"$UNSET/"` is."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name as it was typed."""
        name = super().convert(value, param, ctx)
        if _is_root(name):
            self.fail(f"{name!r} is the whole file system; name a folder in it", param, ctx)
        return name


class ForgetName(LoadPath):
    """A name of what is to be deleted; refuses `.`, `..` and the like too: a folder is named in full."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name as it was typed."""
        name = super().convert(value, param, ctx)
        if not name.strip("./"):
            self.fail(f"{name!r} could be any folder; write its name out", param, ctx)
        return name


def _is_root(name: str) -> bool:
    try:
        return os.path.realpath(name) == os.path.realpath(os.sep)
    except (OSError, ValueError):  # no name of a file
        return False
