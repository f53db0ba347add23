"""No network, no pickles of strangers, no shell: what the program is made of and what it does at run time."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT, SEEDS
from tests.terminal import Terminal

FORBIDDEN = {"pickle", "cPickle", "marshal", "shelve", "dill", "code", "ctypes", "socket", "urllib", "http"}
"""Modules that make code out of data, or reach the network."""
HARMLESS = {"urllib.parse"}
"""Modules of forbidden packages that only take names apart."""
MAKING = {"eval", "exec", "compile", "__import__"}
OF_OS = {"system", "popen", "fork", "forkpty"}
STARTS = {"loader/workers.py"}
"""Where processes are started: the workers."""
SAYS = {"tui/telling.py", "tui/streams.py", "tui/exits.py", "tui/log.py", "tui/progress.py"}
"""Where anything is written to standard output or error."""
HOOK = """
import os, sys
def deny(event, arguments):
    if event.startswith("socket.") and not (event == "socket.__new__" and "asyncio" in sys.modules):
        open(os.environ["TOLD"], "a").write(event + "\\n")
        raise RuntimeError(event)
sys.addaudithook(deny)
"""
"""asyncio wakes itself through a pair of sockets that it makes without connecting them to anything."""
COMMANDS = """
import json, sys
from tui.cli import run
for arguments in json.loads(sys.argv[1]):
    assert run([*arguments, "--archive", sys.argv[2]]) == 0, arguments
"""


def _trees() -> Iterator[tuple[str, ast.Module]]:
    for room in ("tui", "loader"):
        for path in sorted((ROOT / room).rglob("*.py")):
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text("utf-8"))


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [one.name.partition(".")[0] for one in node.names]
    if isinstance(node, ast.ImportFrom):
        return [] if node.module in HARMLESS else [(node.module or "").partition(".")[0]]
    return []


def _strange(path: str, node: ast.AST) -> bool:
    names = set(_imported(node))
    if names & FORBIDDEN or (path not in STARTS and names & {"subprocess", "multiprocessing"}):
        return True
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Name) and node.func.id in MAKING:
        return True
    if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
        name, what = node.func.value.id, node.func.attr
        if name == "os" and (what in OF_OS or what.startswith(("exec", "spawn", "posix_spawn"))):
            return True
        if name == "yaml" and what in ("load", "load_all"):
            return [getattr(one, "attr", "") for one in node.args[1:]] != ["BaseLoader"]
    return any(one.arg == "shell" for one in node.keywords)


def test_nothing_makes_code_of_data_or_starts_what_is_not_ours() -> None:
    found = [
        f"{path}:{getattr(node, 'lineno', 0)}"
        for path, tree in _trees()
        for node in ast.walk(tree)
        if _strange(path, node)
    ]
    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        "import pickle",
        "from marshal import loads",
        "eval(x)",
        "os.system(x)",
        "os.execvp(a, b)",
        "yaml.load(x, yaml.Loader)",
        "run(x, shell=True)",
        "import subprocess",
    ],
)
def test_the_look_at_the_code_finds_it(text: str) -> None:
    assert any(_strange("tui/any.py", node) for node in ast.walk(ast.parse(text)))


def _said(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    called = ast.unparse(node.func)
    return called in ("print", "Console", "sys.stdout.write", "sys.stderr.write", "click.secho")


def test_all_that_commands_print_goes_one_way() -> None:
    found = [
        f"{path}:{node.lineno}"
        for path, tree in _trees()
        for node in ast.walk(tree)
        if path not in SAYS and isinstance(node, ast.Call) and _said(node)
    ]
    assert found == []


def test_no_network_is_used(tmp_path: Path) -> None:
    """Commands, workers and a session in the browser, in processes whose sockets fail and tell of it."""
    told, archive, texts = tmp_path / "told", tmp_path / "a.db", tmp_path / "texts"
    (tmp_path / "sitecustomize.py").write_text(HOOK, "utf-8")
    paths = {"PYTHONPATH": f"{tmp_path}:{ROOT}", "TOLD": str(told), "HOME": str(tmp_path)}
    asked = [sys.executable, "-c", "import socket; socket.create_connection(('127.0.0.1', 9))"]
    assert b"RuntimeError" in subprocess.run(asked, env=paths, capture_output=True).stderr
    assert "socket." in told.read_text()
    told.unlink()
    texts.mkdir()
    for one in SEEDS.glob("*.txt"):
        shutil.copy(one, texts)
    commands = [
        ["load", str(texts), "--jobs", "2"],
        ["list"],
        ["search", "hesuan", "--sort", "relevance", "--why"],
        ["show", "weifang-2022-03-25-12"],
        ["export", "weifang-2022-03-25-12", "--format", "json"],
        ["check"],
        ["backup", str(tmp_path / "copy.db")],
    ]
    asked = [sys.executable, "-c", COMMANDS, json.dumps(commands), str(archive)]
    done = subprocess.run(asked, capture_output=True, text=True, env=paths)
    assert done.returncode == 0, done.stderr
    with Terminal(["--archive", str(archive)], tmp_path, **paths) as one:
        one.wait_for("潍坊").send("/核酸").wait_for("新→旧").send("enter").wait_for("处 1/").write(b"\x11")
        assert one.wait_for_end() == 0
    assert not told.exists(), told.read_text()
