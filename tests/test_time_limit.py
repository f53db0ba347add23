"""A search or a count that takes too long: what was found is shown, and nobody calls the archive damaged.

The clock is a counter: each look at it is one second later, and it is looked at every few steps of SQLite's
machine. So the same number of steps is done on every machine.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest

from tests.terminal import ROOT
from tui.cli import run
from tui.store import deadline
from tui.store.archive import ArchiveStore, open_archive
from tui.store.connect import Limits
from tui.store.protocol import TimeLimitError
from tui.store.rows import Count, Hit, Page
from tui.store.searching import Searching

QUERY = "在 -抗原检测 -孕产妇 -隔离酒店"
"""One that SQLite has to look at passage after passage for."""


@pytest.fixture
def ticking(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that goes on by one second at every look."""
    ticks = count()
    monkeypatch.setattr(deadline, "monotonic", lambda: next(ticks))
    monkeypatch.setattr(deadline, "STEPS", 50)


def _rowids(hits: tuple[Hit, ...]) -> list[int]:
    return [hit.rowid for hit in hits]


@pytest.mark.usefixtures("ticking")
def test_a_search_that_is_stopped_shows_the_newest_hits_and_says_so(seeds_archive: Path) -> None:
    with_time = open_archive(seeds_archive)
    every = _rowids(with_time.search(QUERY, limit=1000).hits)
    with_time.close()
    found: dict[int, Page | None] = {}
    for seconds in range(1, 400, 3):
        store = ArchiveStore(seeds_archive, Limits(seconds=seconds))
        try:
            found[seconds] = store.search(QUERY, limit=1000)
        except TimeLimitError:
            found[seconds] = None
        store.close()
        if (page := found[seconds]) and not page.more:
            break
    pages = [page for page in found.values() if page]
    assert None in found.values(), "no limit was so short that nothing was found"
    assert len(pages) > 1, "no limit was so short that a part was found"
    *parts, whole = pages
    assert _rowids(whole.hits) == every
    for part in parts:
        assert 0 < len(part.hits) < len(every)
        assert _rowids(part.hits) == every[: len(part.hits)]
        assert any("there may be older hits" in note for note in part.notes)
        assert [hit.spans for hit in part.hits] == [hit.spans for hit in whole.hits[: len(part.hits)]]


@pytest.mark.usefixtures("ticking")
def test_a_count_that_is_stopped_is_a_lower_bound(
    seeds_archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_archive(seeds_archive)
    whole = sum(hit.lane == "exact" for hit in store.search(QUERY, limit=1000).hits)
    counts = []
    for seconds in range(1, 400, 3):
        monkeypatch.setattr(Searching, "COUNT_SECONDS", seconds)
        counts.append(store.count(QUERY))
        if counts[-1].exact:
            break
    store.close()
    *parts, last = counts
    assert (last.passages, last.exact) == (whole, True)
    assert parts
    assert all(0 <= part.passages <= whole and not part.exact for part in parts)
    assert any(0 < part.passages < whole for part in parts)


def test_a_count_is_never_below_what_is_shown() -> None:
    page = Page("在", (), more=True)
    assert Count("在", 0, 0, exact=False).at_least(page).passages == 1
    assert Count("在", 7, 2, exact=False).at_least(page).passages == 7
    assert Count("在", 0, 0).at_least(page) == Count("在", 0, 0)


@pytest.mark.usefixtures("ticking")
def test_search_prints_hits_and_says_more_than(
    seeds_archive: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Searching, "COUNT_SECONDS", 0)
    where = ["--archive", str(seeds_archive)]
    assert run([*where, "search", "在", "--limit", "3"]) == 0
    told = capfd.readouterr()
    assert told.out.count("在") >= 3
    assert told.err == "more than 3 passages (3 shown, --limit shows more)\n"
    assert run([*where, "search", "在", "--limit", "3", "--json"]) == 0
    value = json.loads(capfd.readouterr().out)
    assert (value["count"], value["count_is"], len(value["hits"])) == (4, "at least", 3)
    monkeypatch.setattr(Searching, "COUNT_SECONDS", 1_000_000)
    assert run([*where, "search", "孕产妇", "--json"]) == 0
    value = json.loads(capfd.readouterr().out)
    assert (value["count"], value["count_is"]) == (8, "exact")


KIOSK = """
from itertools import count
from tui import kiosk
from tui.store import deadline
ticks = count()
deadline.monotonic = lambda: next(ticks)
deadline.STEPS = 50
kiosk.SECONDS = float('{seconds}')
from tui.cli import main
main()
"""


def _kiosk(archive: Path, home: Path, seconds: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", KIOSK.format(seconds=seconds), "--kiosk", "--archive", str(archive)],
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(ROOT),
            "SSH_ORIGINAL_COMMAND": f"search {QUERY}",
        },
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )


def test_over_ssh_hits_come_with_exit_code_0_however_long_the_count(
    seeds_archive: Path, tmp_path: Path
) -> None:
    codes = {}
    for seconds in range(1, 400, 12):
        done = _kiosk(seeds_archive, tmp_path, seconds)
        codes[seconds] = done.returncode
        if done.returncode == 0 and "there may be older hits" in done.stderr:
            assert "more than" in done.stderr
            assert "在" in done.stdout
            break
        assert done.returncode == 1, "nothing came in time, which is no damage"
        assert done.stderr == f"briefings-tui: stopped after {seconds} s: ask for rarer words, or fewer\n"
    assert set(codes.values()) == {0, 1}
