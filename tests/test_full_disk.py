"""No room, or no leave to write: one line, exit 3, a whole archive; `bench/fulldisk.py` fills a real disk."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import SEEDS
from tui.store.archive import open_archive
from tui.store.protocol import EmptyArchiveError

resource = pytest.importorskip("resource", reason="no limits of processes here")
LIMITED = """
import resource, signal, sys
from pathlib import Path
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # then a write beyond the limit fails, as one on a full disk
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2)
from tui.cli import main
import loader.load
loader.load.COMMIT_SECONDS = 0
main()
"""


def _load(sources: Path, archive: Path, most: int) -> subprocess.CompletedProcess[str]:
    """A load that commits after each source, in a process whose files take so many bytes at most."""
    command = [sys.executable, "-c", LIMITED, str(most), "load", "--json", "--jobs", "1", str(sources)]
    return subprocess.run([*command, "--archive", str(archive)], capture_output=True, text=True)


def _held(archive: Path) -> set[str]:
    """The ids of what an archive holds, which is whole."""
    try:
        store = open_archive(archive)
    except EmptyArchiveError:
        return set()
    with closing(store):
        assert store.check().problems == ()
        return {row.id for row in store.briefings()}


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sources")
    text = (SEEDS / "yangzhou-7.txt").read_text("utf-8")
    for number in range(6):
        own = text.replace("。", f"，第{number}份，见{chr(0x4E00 + 700 * number)}。")
        (folder / f"{number}.txt").write_text(own, "utf-8")
    return folder


def test_no_room_is_said_and_what_was_committed_is_kept(sources: Path, tmp_path: Path) -> None:
    archive = tmp_path / "a.db"
    kept: set[str] = set()
    for most in (30_000, 450_000, 600_000):
        done = _load(sources, archive, most)
        told = {one["id"] for one in map(json.loads, done.stdout.splitlines())}
        assert (done.returncode, done.stderr.count("\n")) == (3, 1), done.stderr
        assert f"{archive} cannot be written" in done.stderr
        assert "load again" in done.stderr
        held = _held(archive) if archive.exists() else set()
        assert kept | told <= held
        kept = held
    assert 0 < len(kept) < 6
    done = _load(sources, archive, 1 << 30)
    assert done.returncode == 0
    assert len(_held(archive)) == 6
