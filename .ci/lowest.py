"""Prints pip constraints: each run-time dependency in the lowest version that pyproject.toml allows."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

PYPROJECT = Path(__file__).parent.parent / "pyproject.toml"


def lowest(project: dict[str, object]) -> Iterator[str]:
    """`name==version` for the dependencies of a project table and its extra `office`.

    Raises `ValueError` for one without a lower bound, since nobody can try that.
    """
    extras = project["optional-dependencies"]
    assert isinstance(extras, dict)
    needed = project["dependencies"]
    assert isinstance(needed, list)
    for requirement in [*needed, *extras["office"]]:
        bound = re.fullmatch(r"([\w.-]+)\s*(?:>=|==)\s*([\d.]+)(?:,.*)?", requirement)
        if bound is None:
            raise ValueError(f"pyproject.toml: {requirement!r} has no lower bound: write name>=version")
        yield f"{bound[1]}=={bound[2]}"


if __name__ == "__main__":
    print("\n".join(lowest(tomllib.loads(PYPROJECT.read_text("utf-8"))["project"])))
