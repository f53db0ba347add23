"""What pyproject.toml asks for: tools exactly, dependencies as ranges whose lowest versions can be tried."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from types import ModuleType

import pytest

from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


@pytest.fixture(scope="module")
def bounds() -> ModuleType:
    """`.ci/lowest.py`, which lies in no package."""
    spec = importlib.util.spec_from_file_location("lowest", ROOT / ".ci" / "lowest.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_tool_of_the_tests_is_pinned() -> None:
    tools = [one for one in PROJECT["optional-dependencies"]["test"] if one != "briefings-tui[office]"]
    assert tools
    assert [tool for tool in tools if not re.fullmatch(r"[\w.-]+==[\d.]+", tool)] == []


def test_the_lowest_version_of_each_dependency_is_known(bounds: ModuleType) -> None:
    needed = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["office"]]
    names = {re.split(r"[<>=]", one)[0] for one in needed}
    lowest = dict(one.split("==") for one in bounds.lowest(PROJECT))
    assert lowest.keys() == names
    assert lowest["textual"] == "8.2.8"


@pytest.mark.parametrize("requirement", ["click", "click<9", "click>8", "click~=8.1"])
def test_a_dependency_without_a_lower_bound_is_refused(bounds: ModuleType, requirement: str) -> None:
    project = {"dependencies": [requirement], "optional-dependencies": {"office": []}}
    with pytest.raises(ValueError, match=f"'{requirement}' has no lower bound"):
        list(bounds.lowest(project))
