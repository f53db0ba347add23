"""The writer: one transaction a source, ids that stay, nothing changed by loading again."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from pathlib import Path

import pytest
from sqlite_utils import Database

from loader.archive import alike
from loader.archive.errors import ArchiveError
from loader.archive.ids import free, stem
from loader.archive.index import rebuild
from loader.archive.rehearsal import Rehearsal
from loader.archive.schema import migrations
from loader.archive.writer import Writer
from loader.corrections import FIELDS, checked, merged, typed
from loader.load import Outcome, correct, inferred, load
from loader.model import MOST_PASSAGE, Briefing
from loader.read import find
from tests.conftest import unseal
from tui.store.archive import open_archive
from tui.store.protocol import StoreError

TEXT = """苏州市召开第3场新闻发布会

2022年4月1日，苏州市召开第3场新闻发布会。

主持人：大家好。

张三：核酸检测正常进行。
"""


def _load(archive: Path, *paths: Path, dry_run: bool = False) -> list[Outcome]:
    with Rehearsal(archive) if dry_run else Writer(archive) as writer:
        found = find([str(path) for path in paths])
        return [one for batch in load(found, writer) for one in batch]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "suzhou.txt"
    path.write_text(TEXT, "utf-8")
    return path


def test_loading_again_changes_no_byte(tmp_path: Path, source: Path) -> None:
    archive = tmp_path / "a.db"
    assert [one.status for one in _load(archive, source)] == ["loaded"]
    before = hashlib.sha256(archive.read_bytes()).hexdigest()
    (again,) = _load(archive, source)
    assert again.status == "unchanged"
    assert again.title
    assert hashlib.sha256(archive.read_bytes()).hexdigest() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.db", "suzhou.txt"]


def test_a_changed_file_updates_and_keeps_its_id(tmp_path: Path, source: Path) -> None:
    archive = tmp_path / "a.db"
    (first,) = _load(archive, source)
    source.write_text(TEXT.replace("第3场", "第4场").replace("核酸", "抗原"), "utf-8")
    (second,) = _load(archive, source)
    assert (second.status, second.id) == ("updated", first.id)
    store = open_archive(archive)
    assert store.briefings()[0].ordinal == 4
    assert store.search("抗原").hits
    assert not store.search("核酸").hits
    assert store.check().problems == ()


def test_the_same_bytes_elsewhere_are_a_duplicate(tmp_path: Path, source: Path) -> None:
    archive = tmp_path / "a.db"
    (first,) = _load(archive, source)
    copy = tmp_path / "copy.txt"
    copy.write_bytes(source.read_bytes())
    (second,) = _load(archive, copy)
    assert (second.status, second.id) == ("duplicate", first.id)
    assert str(source) in str(second.reason)
    assert len(open_archive(archive).briefings()) == 1


def test_a_clash_of_ids_gets_a_letter(tmp_path: Path, source: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(TEXT + "\n李四：补充一句。\n", "utf-8")
    first, second = _load(tmp_path / "a.db", other, source)
    assert second.id == f"{first.id}-b"


def test_a_refused_source_leaves_the_others_and_the_archive(tmp_path: Path, source: Path) -> None:
    archive = tmp_path / "a.db"
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    refused, loaded = _load(archive, empty, source)
    assert (refused.status, loaded.status) == ("refused", "loaded")
    assert "empty.txt" in str(refused.reason)
    assert open_archive(archive).check().documents == 1


def test_a_failed_write_leaves_the_archive_as_it_was(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = tmp_path / "a.db"
    _load(archive, source)
    before = archive.read_bytes()
    source.write_text(TEXT + "\n李四：又一句。\n", "utf-8")

    def broken(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(alike, "join", broken)
    with pytest.raises(ArchiveError, match="full"):
        _load(archive, source)
    assert archive.read_bytes() == before


def test_a_dry_run_stores_nothing(tmp_path: Path, source: Path) -> None:
    archive = tmp_path / "a.db"
    _load(archive, source)
    before = archive.read_bytes()
    other = tmp_path / "other.txt"
    other.write_text(TEXT + "\n李四：又一句。\n", "utf-8")
    (outcome,) = _load(archive, other, dry_run=True)
    assert outcome.status == "loaded"
    assert outcome.id
    assert archive.read_bytes() == before


def test_a_text_file_is_no_archive(tmp_path: Path) -> None:
    fake = tmp_path / "notes.txt"
    fake.write_text("no database at all, just words\n" * 50)
    with pytest.raises(ArchiveError, match="no archive of briefings"):
        Writer(fake)


def test_a_foreign_database_is_no_archive(tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.db"
    with sqlite3.connect(foreign) as db:
        db.execute("create table t (x)")
    before = foreign.read_bytes()
    with pytest.raises(ArchiveError, match="no archive of briefings"):
        Writer(foreign)
    assert foreign.read_bytes() == before


def test_a_newer_archive_is_not_touched(tmp_path: Path, source: Path) -> None:
    archive = tmp_path / "a.db"
    _load(archive, source)
    with sqlite3.connect(archive) as db:
        db.execute("pragma user_version = 99")
    before = archive.read_bytes()
    with pytest.raises(ArchiveError, match="newer"):
        Writer(archive)
    assert archive.read_bytes() == before


def test_an_older_archive_is_brought_up_to_date(tmp_path: Path, source: Path) -> None:
    archive = tmp_path / "a.db"
    old = Database(archive)
    migrations.apply(old, stop_before="m002_corrections")
    old.close()
    with pytest.raises(StoreError, match="older"):
        open_archive(archive)
    assert _load(archive, source)[0].status == "loaded"
    assert open_archive(archive).check().problems == ()


def _load_saying(archive: Path, path: Path, **said: str) -> Outcome:
    with Writer(archive) as writer:
        ((outcome,),) = load(find([path]), writer, corrections=checked(typed(said)))
    return outcome


def test_what_a_person_says_wins_and_outlives_reloading(tmp_path: Path, source: Path) -> None:
    archive = tmp_path / "a.db"
    first = _load_saying(archive, source, date="2022-05-01", place="昆山市", ordinal="9")
    assert first.id == "kunshan-2022-05-01-9"
    assert _load_saying(archive, source).status == "unchanged"
    source.write_text(TEXT + "\n李四：又一句。\n", "utf-8")
    assert _load_saying(archive, source).status == "updated"
    row = open_archive(archive).briefings()[0]
    assert (row.place, row.date, row.ordinal) == ("昆山市", "2022-05-01", 9)
    assert [hit.briefing.date for hit in open_archive(archive).search("核酸 date:2022-05").hits] == [
        "2022-05-01"
    ]


def test_a_correction_of_what_is_stored_keeps_the_id(tmp_path: Path, source: Path) -> None:
    archive = tmp_path / "a.db"
    (first,) = _load(archive, source)
    with Writer(archive) as writer:
        correct(str(first.id), {"title": "另一个题目", "date": ""}, writer)
    store = open_archive(archive)
    row = store.briefings()[0]
    assert (row.id, row.title, row.date) == (first.id, "另一个题目", None)
    assert store.check().problems == ()
    assert _load(archive, source)[0].status == "unchanged"


def test_what_was_corrected_can_be_taken_back_field_by_field(tmp_path: Path, source: Path) -> None:
    archive = tmp_path / "a.db"
    _load(archive, source)
    before = open_archive(archive).briefings()[0]
    said = {"title": "另一个题目", "place": "昆山市", "organ": "", "date": "2022-05-01", "ordinal": "9"}
    with Writer(archive) as writer:
        assert inferred(before.id, writer) == {}
        correct(before.id, said, writer)
        was = inferred(before.id, writer)
        assert set(was) == set(said) == set(FIELDS)
        assert (was["title"], was["date"], was["place"]) == (before.title, before.date or "", before.place)
        correct(before.id, {name: None for name in said if name != "title"}, writer)
        assert inferred(before.id, writer) == {"title": before.title}
        row = open_archive(archive).briefings()[0]
        assert row == before._replace(title="另一个题目")
        correct(before.id, {"title": None, "place": None}, writer)
        assert writer.corrections_of(before.id) == {}
    store = open_archive(archive)
    assert store.briefings()[0] == before
    assert store.check().problems == ()


def test_a_load_takes_back_what_a_load_said(tmp_path: Path, source: Path) -> None:
    archive = tmp_path / "a.db"
    _load(archive, source)
    before = open_archive(archive).briefings()[0]
    assert _load_saying(archive, source, date="2022-05-01", place="-").status == "updated"
    row = open_archive(archive).briefings()[0]
    assert (row.date, row.place) == ("2022-05-01", None)
    assert _load_saying(archive, source, date=" ", place="").status == "updated"
    assert open_archive(archive).briefings()[0] == before
    assert _load_saying(archive, source, date="", place="").status == "unchanged"


def test_what_is_typed_says_takes_back_or_leaves_unknown() -> None:
    said = typed({"date": "", "place": " - ", "organ": "甲-乙"})
    assert said == {"date": None, "place": "", "organ": "甲-乙"}
    assert merged({"date": "2022", "title": "题"}, said) == {"title": "题", "place": "", "organ": "甲-乙"}


def test_a_correction_reads_the_field_that_was_named(tmp_path: Path) -> None:
    archive = tmp_path / "a.db"
    record = {"content": "别的内容。" * 40, "words": TEXT}
    (tmp_path / "a.jsonl").write_text(json.dumps(record, ensure_ascii=False) + "\n", "utf-8")
    with Writer(archive) as writer:
        ((first,),) = load(find([tmp_path / "a.jsonl"]), writer, text_field="words")
        correct(str(first.id), {"title": "另一个题目"}, writer)
    store = open_archive(archive)
    assert store.briefings()[0].title == "另一个题目"
    assert store.search("核酸检测").hits
    assert {hit.lane for hit in store.search("别的内容").hits} == {"page"}
    assert store.check().problems == ()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("date", "yesterday"),
        ("date", "2022-13-01"),
        ("date", "2022-02-30"),
        ("date", "0000-00-00"),
        ("ordinal", "twelve"),
        ("ordinal", "0"),
        ("colour", "red"),
        ("title", "a\x1bb"),
    ],
)
def test_a_correction_that_makes_no_sense_is_refused(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=r"no date|no ordinal|cannot be"):
        checked({name: value})


def test_front_matter_is_no_passage(tmp_path: Path) -> None:
    source = tmp_path / "page.md"
    source.write_text(f"---\ntitle: 某市发布会\nheadimg: http://img.example.net/x\n---\n\n{TEXT}", "utf-8")
    archive = tmp_path / "a.db"
    _load(archive, source)
    store = open_archive(archive)
    assert [hit.lane for hit in store.search("headimg").hits] == ["page"]
    assert "headimg" in store.source(store.briefings()[0].id)


def test_a_page_that_lost_its_breaks_is_parted_after_sentences(tmp_path: Path) -> None:
    source = tmp_path / "line.txt"
    source.write_text("核酸检测照常进行。" * 9000, "utf-8")
    archive = tmp_path / "a.db"
    _load(archive, source)
    store = open_archive(archive)
    hits = store.search("核酸", limit=100).hits
    assert len(hits) == -(-9000 * 9 // (MOST_PASSAGE - MOST_PASSAGE % 9))
    assert all(hit.text.endswith("。") for hit in hits)
    assert store.check().problems == ()


def test_check_sees_what_is_missing(tmp_path: Path, source: Path) -> None:
    archive = tmp_path / "a.db"
    _load(archive, source)
    with sqlite3.connect(archive) as db:
        db.execute("delete from passage where id = (select max(id) from passage)")
        db.execute("delete from turn where nth = 0")
        db.execute("update source set sha256 = 'x'")
    problems = " ".join(open_archive(archive).check().problems)
    assert "the index is wrong about" in problems
    assert "no turn holds" in problems
    assert "not those that were loaded" in problems


@pytest.mark.parametrize(
    ("place", "date", "ordinal", "wanted"),
    [
        ("潍坊市", "2022-03-25", 12, "weifang-2022-03-25-12"),
        ("即墨区", "2022-09-12~", 7, "jimo-2022-09-12-7"),
        ("扬州市", "XXXX-08-05", 7, "yangzhou-08-05-7"),
        ("山东省 青岛市", None, None, "qingdao"),
        ("沙县", "2022-04", None, "shaxian-2022-04"),
        ("内蒙古自治区", "2022", 1, "neimenggu-2022-1"),
    ],
)
def test_ids_are_place_date_and_ordinal(
    place: str, date: str | None, ordinal: int | None, wanted: str
) -> None:
    assert stem(Briefing("briefing", None, (), place=place, date=date, ordinal=ordinal)) == wanted


def test_ids_without_a_place_take_organ_or_title() -> None:
    assert stem(Briefing("briefing", None, (), organ="外交部", date="2023-06-21")) == "waijiaobu-2023-06-21"
    assert stem(Briefing("document", "致市民的一封信 2022", ())) == "zhishimindeyifeng"
    assert stem(Briefing("document", "！？", ())) == "document"
    assert stem(Briefing("document", "../../etc/passwd\n", ())) == "etcpasswd"


def test_letters_go_on_after_z() -> None:
    taken = {"x", *(f"x-{letter}" for letter in "bcdefghijklmnopqrstuvwxyz")}
    assert free("x", taken.__contains__) == "x-aa"


@pytest.mark.parametrize(
    "harm",
    [
        "insert into passage_grams (rowid, grams) values (7, '核')",
        "insert into passage_grams (passage_grams, rowid, grams)"
        " select 'delete', base, substr(text, 1, 1) from block join passage on id = base + shift limit 1",
        "update block set shift = shift - 1",
        "delete from facet",
    ],
)
def test_an_index_that_is_wrong_is_seen_and_repaired(tmp_path: Path, source: Path, harm: str) -> None:
    archive = tmp_path / "a.db"
    _load(archive, source)
    with sqlite3.connect(archive) as db:
        db.execute(harm)
    report = open_archive(archive).check()
    assert report.problems
    assert all("index" in one for one in report.problems)
    assert report.derived
    with Writer(archive) as writer:
        writer.repair()
    store = open_archive(archive)
    assert store.check().problems == ()
    assert store.search("核酸").hits


def test_an_index_of_another_version_is_not_searched_but_made_anew(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = tmp_path / "a.db"
    _load(archive, source)
    with sqlite3.connect(archive) as db:
        db.execute("update setting set value = '1' where name = 'index_version'")
        db.execute("delete from facet")
    with pytest.raises(StoreError, match="check --repair"):
        open_archive(archive)
    with Writer(archive) as writer:
        monkeypatch.delattr("loader.archive.maintenance.rebuild")
        writer.repair()  # it is made anew already
    assert open_archive(archive).check().problems == ()


def test_days_that_have_no_room_left_are_made_wider(tmp_path: Path, source: Path) -> None:
    archive = tmp_path / "a.db"
    _load(archive, source)
    with Writer(archive) as writer, writer.db.atomic():
        rebuild(writer.db, writer.fold, day_bits=1)
    assert _day_bits(archive) == 5  # one is too few for the first alone
    for number in range(20):
        again = tmp_path / f"{number}.txt"
        again.write_text(TEXT.replace("正常进行", f"在{number}处正常进行"), "utf-8")
        _load(archive, again)
    assert _day_bits(archive) == 9
    store = open_archive(archive)
    assert store.check().problems == ()
    assert store.count("核酸检测").passages == 21
    paged: list[int] = []
    while len(paged) < 21:
        page = store.search("核酸检测 date:2022-04-01", limit=2, before=paged[-1] if paged else None)
        paged += [hit.rowid for hit in page.hits]
    assert len(set(paged)) == 21


def _day_bits(archive: Path) -> int:
    with sqlite3.connect(archive) as db:
        return int(db.execute("select value from setting where name = 'day_bits'").fetchone()[0])


def test_an_archive_of_the_schema_before_is_brought_up_to_date(tmp_path: Path, source: Path) -> None:
    archive = tmp_path / "a.db"
    source.write_bytes(TEXT.encode("gb18030"))
    _load(archive, source)
    store = open_archive(archive)
    (row,) = store.briefings()
    text, found = store.source(row.id), [hit.rowid for hit in store.search("核酸").hits]
    store.close()
    with sqlite3.connect(archive) as db:  # as schema 3 was
        raw = TEXT.encode("gb18030")
        db.execute("update source set text = ?, raw = ?", (zlib.compress(text.encode()), zlib.compress(raw)))
        for table in ("facet", "variant", "block", "passage_grams", "word", "reading"):
            db.execute(f"drop table {table}")
        db.execute("create virtual table passage_grams using fts5 (grams, content='')")
        db.execute("delete from setting where name = 'index_version'")
        db.execute("delete from _sqlite_migrations where name in ('m004_said_once', 'm005_words')")
        unseal(db)
        db.execute("pragma user_version = 3")
    with pytest.raises(StoreError, match="older schema"):
        open_archive(archive)
    with Writer(archive) as writer:
        stored = writer.stored(row.id)
        assert stored is not None
        assert stored.raw == raw
    store = open_archive(archive)
    assert store.check().problems == ()
    assert store.source(row.id) == text
    assert [hit.rowid for hit in store.search("核酸").hits] == found != []


def test_an_archive_is_made_whole_or_not_at_all(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Power fails while the tables are made: the next load begins anew."""

    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    archive = tmp_path / "a.db"
    with monkeypatch.context() as patched:
        patched.setattr("loader.archive.schema.rebuild", fail)
        with pytest.raises(KeyboardInterrupt):
            Writer(archive)
    with sqlite3.connect(archive) as db:
        assert db.execute("select count(*) from sqlite_master").fetchone() == (0,)
    assert [one.status for one in _load(archive, source)] == ["loaded"]
    assert open_archive(archive).check().problems == ()


def test_the_next_letter_costs_few_questions() -> None:
    taken: set[str] = set()
    asked = 0

    def is_taken(slug: str) -> bool:
        nonlocal asked
        asked += 1
        return slug in taken

    made = []
    for _ in range(1500):
        made.append(free("x", is_taken))
        taken.add(made[-1])
    assert len(taken) == 1500
    assert (made[:3], made[25:28], made[701:703]) == (
        ["x", "x-b", "x-c"],
        ["x-z", "x-aa", "x-ab"],
        ["x-zz", "x-aaa"],
    )
    asked = 0
    free("x", is_taken)
    assert asked < 30


def test_an_archive_without_a_number_left_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = tmp_path / "a.db"
    paths = [str(tmp_path / f"{nth}.txt") for nth in range(2)]
    for nth, path in enumerate(paths):
        Path(path).write_text(f"第{nth + 1}场新闻发布会\n主持人：大家好。\n", "utf-8")
    monkeypatch.setattr("loader.layout.MAX_BRIEFINGS", 1)
    with Writer(archive) as writer:
        told = list(load(find(paths[:1]), writer))
        with pytest.raises(ArchiveError, match=r"1\.txt: briefing 2.*beyond what an archive holds"):
            list(load(find(paths[1:]), writer))
    assert told
    assert open_archive(archive).check().problems == ()
