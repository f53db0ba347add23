"""Somebody else forgets a briefing while a load asks for it: between any two statements of the load."""

from __future__ import annotations

import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest

from loader.archive.rehearsal import Rehearsal
from loader.archive.writer import Writer
from loader.load import Outcome, load
from loader.read import find

TEXT = "第{n}场新闻发布会\n2022年3月{n}日\n主持人：各位记者朋友，大家好。\n王五：{said}\n"
SAID = "全市接种有序推进，各区的接种点每天开放到晚上八点，请大家就近预约。"


Opened = type[Writer] | type[Rehearsal]


def packed(path: Path, members: dict[str, str]) -> None:
    """A container with texts."""
    with ZipFile(path, "w") as file:
        for name, text in members.items():
            file.writestr(name, text)


class Loading:
    """A load that stops before its n-th statement, until another writer has forgotten all of it."""

    def __init__(self, archive: Path, at: int = 0, opened: Opened = Writer) -> None:
        self.archive, self.at, self.opened = archive, at, opened
        self.statements = 0
        self.open: list[int] = []
        """Before which statements the load held no lock, so that others could write."""

    def run(self, folder: Path) -> list[Outcome]:
        """Load a folder; returns the outcomes."""
        with self.opened(self.archive) as writer:
            conn = writer.db.conn
            conn.set_trace_callback(lambda _: self._asked(conn.in_transaction))
            return [outcome for batch in load(find([str(folder)]), writer, jobs=1) for outcome in batch]

    def _asked(self, locked: bool) -> None:
        self.statements += 1
        if not locked:
            self.open.append(self.statements)
        if self.statements == self.at:
            with Writer(self.archive) as other, other.together():
                for path in other.sources(str(self.archive.parent / "texts")):
                    other.forget(path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a file and a container, as they are after a load: a member was renamed and edited."""
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "11.txt").write_text(TEXT.format(n=11, said=SAID), "utf-8")
    first = TEXT.format(n=12, said=SAID)
    packed(folder / "some.zip", {"a.txt": first, "b.txt": TEXT.format(n=13, said=SAID)})
    Loading(tmp_path / "before.db").run(folder)
    packed(folder / "some.zip", {"c.txt": first + "以上。\n", "b.txt": TEXT.format(n=13, said=SAID)})
    return folder


@pytest.mark.parametrize("opened", [Writer, Rehearsal])
def test_a_load_ends_well_whatever_is_forgotten_meanwhile(
    opened: Opened, folder: Path, tmp_path: Path
) -> None:
    archive = tmp_path / "a.db"
    shutil.copy(tmp_path / "before.db", archive)
    undisturbed = Loading(archive, opened=opened)
    undisturbed.run(folder)
    assert undisturbed.open
    for at in undisturbed.open:
        shutil.copy(tmp_path / "before.db", archive)
        outcomes = Loading(archive, at, opened).run(folder)
        assert {outcome.status for outcome in outcomes} <= {"loaded", "updated", "unchanged"}, at
        again = Loading(archive).run(folder)
        assert {Path(outcome.path).name for outcome in again} == {"11.txt", "b.txt", "c.txt"}, at
