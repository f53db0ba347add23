"""What the program depends on: named with licence and reason, and without known vulnerabilities."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest

from tests.conftest import ROOT

SECONDS = 60
"""After which the service that knows of vulnerabilities is taken for out of reach."""


def _named(requirement: str) -> str:
    found = re.match(r"[\w.-]+", requirement)
    assert found
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def _wanted(name: str, extras: frozenset[str]) -> Iterator[str]:
    """What a distribution requires at run time, with the extras asked for."""
    for requirement in metadata.requires(name) or ():
        extra = re.search(r"extra\s*==\s*['\"]([\w-]+)['\"]", requirement)
        if extra is None or extra[1] in extras:
            yield requirement


def _installed() -> dict[str, str]:
    """All that is installed of what the program draws in, with its version."""
    found: dict[str, str] = {}
    names = [_named(one) for one in _wanted("briefings-tui", frozenset({"office"}))]
    while names:
        name = names.pop()
        try:
            version = metadata.version(name)
        except metadata.PackageNotFoundError:  # for another system
            continue
        if name not in found:
            found[name] = version
            names += [_named(one) for one in _wanted(name, frozenset())]
    return found


def test_each_dependency_is_named_with_licence_and_reason() -> None:
    told = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    rows = re.findall(r"^\| `([\w.-]+)` \| ([^|]+) \| ([^|]+) \|$", told, re.MULTILINE)
    asked = {_named(one) for one in _wanted("briefings-tui", frozenset({"office"}))}
    assert {_named(name) for name, _, _ in rows} == asked
    assert all(licence.strip() and reason.strip() for _, licence, reason in rows)


def test_no_vulnerability_is_known(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    installed = _installed()
    assert {"textual", "click", "lxml"} <= installed.keys()
    wanted = tmp_path / "wanted.txt"
    wanted.write_text("".join(f"{name}=={version}\n" for name, version in sorted(installed.items())), "utf-8")
    command = [sys.executable, "-m", "pip_audit", "--format", "json", "--progress-spinner", "off"]
    command += ["--disable-pip", "--no-deps", "--timeout", "5", "--requirement", str(wanted)]
    why = f"it took more than {SECONDS} s"
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
        why = (done.stderr.strip().splitlines() or [""])[-1][:100]
        told = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        with capsys.disabled():
            print(f"\nnot audited, no word from those who know of vulnerabilities: {why}")
        pytest.skip("not audited")
    known = {one["name"]: [each["id"] for each in one.get("vulns", ())] for one in told["dependencies"]}
    assert {name: ids for name, ids in known.items() if ids} == {}
