"""Types of the command line's options and arguments, for what click's own types let pass.

Values often come from a script's variable that may be unset: an empty name is wrong usage, it never stands
for the working directory or for everything. Every refusal is one line that says what to write instead.
"""

from __future__ import annotations

import os

import click

MOST_HITS = 1 << 41
"""More passages than an archive can hold (`loader.layout`): a higher limit is no other limit."""
MOST_MINUTES = 366 * 24 * 60
"""A year without a key is no session."""
MOST_JOBS = 64
"""Each is a process of some 100 MB, and one writer keeps up with six."""
EMPTY = "it is empty; is a variable of the script not set?"


class Name(click.ParamType[str]):
    """A path, an id or another name; refuses an empty or blank one."""

    name = "text"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name as it was typed."""
        if not value.strip():
            self.fail(EMPTY, param, ctx)
        if "\0" in value:
            self.fail("there is a zero byte in it, which no name has", param, ctx)
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


class Limit(click.ParamType[int]):
    """A number of hits, at least 1; a limit beyond what an archive can hold is as good as none."""

    name = "number"

    def convert(self, value: str | int, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number, at most `MOST_HITS`."""
        digits = str(value).strip()
        if digits.isdecimal() and len(digits.lstrip("0")) > len(str(MOST_HITS)):
            return MOST_HITS  # Python refuses to read some thousands of digits
        number = click.IntRange(1)(value, param, ctx)
        assert number is not None  # nothing comes out only where nothing goes in
        return min(number, MOST_HITS)


class Minutes(click.ParamType[float]):
    """A time in minutes, above 0 and at most a year."""

    name = "minutes"

    def convert(self, value: str | float, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The minutes."""
        try:
            minutes = float(value)
        except ValueError:
            minutes = 0.0
        if not 0 < minutes <= MOST_MINUTES:  # not a number is neither
            self.fail(f"{value!r} is not a number of minutes above 0, at most {MOST_MINUTES:,}", param, ctx)
        return minutes


def _is_root(name: str) -> bool:
    try:
        return os.path.realpath(name) == os.path.realpath(os.sep)
    except (OSError, ValueError):  # no name of a file
        return False
