"""What may not be imported on the way to the first paint, or to the first hit, is not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

LATE = {"jieba", "pypinyin", "opencc", "sqlite_utils", "chardet", "yaml", "selectolax", "markdown_it"}

BROWSER = """
import asyncio, sys
from pathlib import Path
from tui import cli, browse
from tui.app import BriefingsApp
from tui.state import State
from tui.store.archive import open_archive
store = open_archive(Path(sys.argv[1]))
app = BriefingsApp(store, State(None), None)
async def paint():
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
asyncio.run(paint())
print(*sorted(name for name in sys.modules if '.' not in name))
"""
SEARCH = """
import sys
from tui.cli import _run
_run(['--archive', sys.argv[1], 'search', '孕产妇', '--json'])
print()
print(*sorted(name for name in sys.modules if '.' not in name))
"""
LIST = SEARCH.replace("'search', '孕产妇', '--json'", "'list', '--json'")


@pytest.mark.parametrize(
    ("script", "late"),
    [(BROWSER, LATE), (SEARCH, LATE | {"textual"}), (LIST, LATE | {"textual"})],
    ids=["first paint", "first hit", "list"],
)
def test_heavy_modules_stay_out(script: str, late: set[str], seeds_archive: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", script, str(seeds_archive)], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.splitlines()[-1].split())
    assert "sqlite3" in loaded
    assert loaded & late == set()
