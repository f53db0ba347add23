"""What may not be imported on the way to the first paint, or to the first hit, is not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

LATER = {
    f"tui.{name}"
    for name in (
        *("export", "quote", "selector", "targets", "printing", "loading", "explain", "log", "backup"),
        *(
            f"screens.{name}"
            for name in (
                "help",
                "palette",
                "note",
                "shelf",
                "source",
                "correction",
                "facets",
                "news",
                "why",
                "sheet",
                "hurt",
            )
        ),
        *(
            f"store.{name}"
            for name in (
                "check",
                "facets",
                "lanes",
                "numerals",
                "opened",
                "query",
                "ranked",
                "record",
                "relevance",
                "search",
                "source",
                "transcript",
                "words",
                "why",
            )
        ),
        *(f"widgets.{name}" for name in ("blocks", "emphasis", "setting", "tables", "view")),
    )
}
"""Modules of ours that the first screen does without."""
OURS = 90  # the desk is five modules more since each has one duty; what they import was there before
"""More modules of ours than this are not imported for the first screen."""
LATE = {
    "jieba",
    "rjieba",
    "watchfiles",
    "pypinyin",
    "opencc",
    "sqlite_utils",
    "chardet",
    "yaml",
    "selectolax",
    "markdown_it",
    "tomllib",
    "csv",
}

BROWSER = """
import asyncio, sys
from pathlib import Path
from tui import cli, browse
from tui.app import BriefingsApp
from tui.state import State
from tui.store.archive import open_archive
store = open_archive(Path(sys.argv[1]))
app = BriefingsApp(store, State(None), None)
app.main.VETTED = 3600  # what is looked at a moment later is of no first screen
async def paint():
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
asyncio.run(paint())
print(*sorted(name for name in sys.modules if '.' not in name))
"""
SEARCH = """
import sys
from tui.cli import run
run(['--archive', sys.argv[1], 'search', '孕产妇', '--json'])
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


def test_the_first_screen_is_all_that_is_imported_for_it(seeds_archive: Path) -> None:
    script = BROWSER.replace("if '.' not in name", "if name.partition('.')[0] in ('tui', 'loader')")
    done = subprocess.run(
        [sys.executable, "-c", script, str(seeds_archive)], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.splitlines()[-1].split())
    assert loaded & LATER == set()
    assert {name for name in loaded if name.startswith("loader")} == {
        *(
            "loader",
            "loader.archive_file",
            "loader.guard",
            "loader.kinds",
            "loader.layout",
            "loader.text",
            "loader.unseen",
        )
    }
    assert len(loaded) <= OURS
