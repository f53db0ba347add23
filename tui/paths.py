"""Where files live: the archive, the personal state, the bundled seeds (XDG base directories)."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path, user_config_path, user_data_path, user_state_path

from loader.archive_file import unusable_name

NAME = "briefings-tui"
ARCHIVE_VARIABLE = "BRIEFINGS_ARCHIVE"


@dataclass(frozen=True, slots=True)
class Place:
    """A path and where it was said: `option`, `environment` or `default`."""

    path: Path
    said_by: str


def is_there(path: Path) -> bool:
    """Whether there is anything at `path`; not, where it cannot be looked at."""
    return os.path.exists(path)  # noqa: PTH110 - `Path.exists` raises where a name is too long


def archive_place(option: str | None) -> Place:
    """The archive named by `--archive`, by `BRIEFINGS_ARCHIVE`, or the user's own.

    Raises `ValueError` with a line for a person where no archive can have the name.
    """
    if option is not None:
        return Place(_named(option, "--archive"), "option")
    if named := os.environ.get(ARCHIVE_VARIABLE):
        return Place(_named(named, ARCHIVE_VARIABLE), "environment")
    return Place(user_data_path(NAME) / "briefings.db", "default")


def _named(name: str, by: str) -> Path:
    if why := unusable_name(name):
        raise ValueError(f"{by} {name!r}: {why}")
    return Path(os.path.expanduser(name))  # noqa: PTH111 - `Path.expanduser` raises for a user it does not know


def state_path() -> Path:
    """The file of personal state: read marks and places."""
    return user_state_path(NAME) / "state.db"


def log_path() -> Path:
    """The file of the log; older ones lie beside it."""
    return user_state_path(NAME) / "log.txt"


def config_path() -> Path:
    """The file of the user's configuration."""
    return user_config_path(NAME) / "config.toml"


def cache_path() -> Path:
    """The folder for what can be made again (jieba's dictionary)."""
    return user_cache_path(NAME)


def seeds_path() -> Path:
    """The folder of the five documents that come with the program."""
    from importlib.resources import files

    return Path(
        str(files("seeds").joinpath("README.md"))
    ).parent  # a folder of data, no package: ask for a file
