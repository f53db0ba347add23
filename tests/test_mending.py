"""`check --repair`: what can be made anew is, the rest is said; the damaged file is kept beside it."""

from __future__ import annotations

import shutil
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bench.damage import Reader
from loader.archive.writer import Writer
from loader.corrections import checked
from loader.load import correct, load
from loader.read import find
from tests.conftest import SEEDS
from tui.cli import run
from tui.exits import UNUSABLE
from tui.mending import mend
from tui.store.archive import open_archive

Harm = Callable[[Path], None]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with a correction and two prints of one briefing, whose sources are gone."""
    folder = tmp_path_factory.mktemp("whole")
    sources = folder / "sources"
    shutil.copytree(SEEDS, sources)
    text = (SEEDS / "yangzhou-7.txt").read_text("utf-8")
    (sources / "print.txt").write_text(text.replace("。", "！", 5), "utf-8")
    with Writer(folder / "a.db") as writer:
        outcomes = [one for batch in load(find([str(sources)]), writer) for one in batch]
        correct(str(outcomes[0].id), checked({"title": "改过的题目", "ordinal": "3"}), writer)
    shutil.rmtree(sources)
    return folder / "a.db"


@pytest.fixture
def hurt(whole: Path, tmp_path: Path) -> Path:
    path = tmp_path / "a.db"
    shutil.copy(whole, path)
    return path


def _said(archive: Path, ids: list[str]) -> dict[str, str]:
    reader = Reader(ids)
    said = reader.read(archive)
    assert reader.crashes == []
    return said


def _ids(archive: Path) -> list[str]:
    with closing(open_archive(archive)) as store:
        assert store.check().problems == ()
        return sorted(row.id for row in store.briefings())


def _sql(*statements: str) -> Harm:
    def harm(archive: Path) -> None:
        with closing(sqlite3.connect(archive)) as db, db:
            for sql in statements:
                db.execute(sql)

    return harm


def _page_of(name: str) -> Harm:
    """The first page of a table or index, gone."""

    def harm(archive: Path) -> None:
        with closing(sqlite3.connect(archive)) as db:
            (root,) = db.execute("select rootpage from sqlite_master where name = ?", (name,)).fetchone()
            (size,) = db.execute("pragma page_size").fetchone()
        data = bytearray(archive.read_bytes())
        data[(root - 1) * size : root * size] = bytes(size)
        archive.write_bytes(data)

    return harm


MENDED = {
    "rows": _sql(
        "update document set title = title || '?' where id = 2",
        "update document set slug = 'z' || substr(slug, 2) where id = 4",
        "delete from turn where document = 3",
        "update document set same_as = null",
        "delete from word",
    ),
    "the rows of documents": _page_of("document"),
    "an index": _page_of("idx_document_source_nth"),
}


@pytest.mark.parametrize("harm", MENDED.values(), ids=MENDED.keys())
def test_what_the_sources_tell_is_made_anew(
    whole: Path, hurt: Path, harm: Harm, capsys: pytest.CaptureFixture[str]
) -> None:
    harm(hurt)
    before = hurt.read_bytes()
    mend(hurt)
    ids = _ids(whole)
    assert _ids(hurt) == ids
    said = _said(hurt, ids)
    assert said == _said(whole, ids)
    aside = hurt.with_name("a.db.damaged-1")
    if aside.exists():
        assert aside.read_bytes() == before
        line = capsys.readouterr().err
        assert line.count("\n") == 1
        assert "0 lost;" in line
    assert {one.name for one in hurt.parent.iterdir()} <= {"a.db", "a.db.damaged-1"}


def test_what_is_lost_is_named_and_its_corrections_wait(
    whole: Path, hurt: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(sqlite3.connect(hurt)) as db, db:
        db.execute("update passage set text = text || '？' where id = (select max(id) from passage)")
        (lost,) = db.execute(
            "select s.path, slug from source s join document d on d.source = s.id"
            " order by date_key desc, d.id desc limit 1"
        ).fetchall()
    hurt.with_name("a.db.damaged-1").write_bytes(b"of another day")
    assert run(["check", "--repair", "--archive", str(hurt)]) == 0
    said = capsys.readouterr().err
    assert f"1 lost: {lost[0]};" in said
    assert f"{hurt}.damaged-2" in said
    assert sorted({*_ids(whole)} - {*_ids(hurt)}) == [lost[1]]
    assert hurt.with_name("a.db.damaged-1").read_bytes() == b"of another day"
    path = Path(lost[0])
    path.parent.mkdir(exist_ok=True)
    shutil.copy(SEEDS / path.name, path)
    with Writer(hurt) as writer:
        for _ in load(find([str(path)]), writer):
            pass
    assert _ids(hurt) == _ids(whole)


def test_through_a_link_what_it_leads_to_is_mended_and_the_link_stays(hurt: Path, tmp_path: Path) -> None:
    _page_of("document")(hurt)
    hurt.chmod(0o600)
    link = tmp_path / "elsewhere" / "link.db"
    link.parent.mkdir()
    link.symlink_to(hurt)
    mend(link)
    assert link.readlink() == hurt
    assert stat.S_IMODE(hurt.stat().st_mode) == 0o600
    assert _ids(link) == _ids(hurt) != []
    assert hurt.with_name("a.db.damaged-1").exists()
    assert list(link.parent.iterdir()) == [link]


def test_what_is_no_archive_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, content in (("a.db", b"no database, just words\n" * 100), ("b.db", b"")):
        (tmp_path / name).write_bytes(content)
    with closing(sqlite3.connect(tmp_path / "c.db")) as db:
        db.execute("create table t (x)")
    before = {one.name: one.read_bytes() for one in tmp_path.iterdir()}
    for name in ("a.db", "c.db"):
        assert run(["check", "--repair", "--archive", str(tmp_path / name)]) == UNUSABLE
        assert capsys.readouterr().err.count("\n") == 1
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == before
