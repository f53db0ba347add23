"""Commands run as processes of their own, which wait for the test at a point that it names."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_PAUSED = """
import importlib, sys
module, name = {where!r}.rsplit(".", 1)
module = importlib.import_module(module)
work = getattr(module, name)

def paused(*arguments, **named):
    done = work(*arguments, **named)
    print("PAUSED", flush=True)
    sys.stdin.readline()
    return done

setattr(module, name, paused)
"""
_RUN = "from tui.cli import main\nmain()\n"


def started(*arguments: str | Path, paused_after: str = "", before: str = "") -> subprocess.Popen[str]:
    """A command that runs; it stops where a function, named by its module, has returned (see `go_on`).

    `before` is run before anything else.
    """
    paused = _PAUSED.format(where=paused_after) if paused_after else ""
    return subprocess.Popen(
        [sys.executable, "-c", f"{before}\n{paused}\n{_RUN}", *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_for_pause(process: subprocess.Popen[str]) -> None:
    """Return once it stops."""
    assert process.stdout
    said = process.stdout.readline()
    assert said == "PAUSED\n", (said, process.communicate())


def go_on(process: subprocess.Popen[str]) -> None:
    """Let it run on."""
    assert process.stdin
    process.stdin.write("\n")
    process.stdin.flush()


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Its exit code, and what it said on standard output and standard error."""
    out, said = process.communicate(timeout=120)
    return process.returncode, out, said
