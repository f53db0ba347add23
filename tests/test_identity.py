"""An id belongs to what is said: files, parts and briefings are moved, edited and copied, and keep theirs."""

from __future__ import annotations

import json
import os
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from itertools import permutations
from pathlib import Path

import pytest

from loader.archive.rehearsal import Rehearsal
from loader.archive.writer import Writer
from loader.load import Outcome, correct, load
from loader.read import find
from loader.seal import seal
from tests.conftest import without_identity
from tests.read import files
from tui.cli import run
from tui.mending import mend
from tui.store.archive import open_archive

PLACES = ("青岛市", "潍坊市", "扬州市", "吉林市", "长春市", "苏州市", "大连市", "西安市")


def briefing(nth: int, place: str = "") -> str:
    """The text of a made-up briefing; those of different numbers have little in common."""
    place, month = place or PLACES[nth % len(PLACES)], nth % 12 + 1
    said = "".join(
        f"{place}{chr(0x4E00 + nth * 37 + at * 11)}街道安排了{nth * 13 + at}个采样点。" for at in range(6)
    )
    return (
        f"{place}召开第{nth + 1}场新闻发布会\n\n"
        f"2022年{month}月1日，{place}召开第{nth + 1}场新闻发布会。\n\n"
        f"主持人：大家好。\n\n张三：{said}\n"
    )


def loaded(archive: Path, *paths: Path | str) -> list[Outcome]:
    """Load into an archive, which is then found in order."""
    with Writer(archive) as writer:
        outcomes = [one for batch in load(find(map(str, paths)), writer) for one in batch]
    store = open_archive(archive)
    assert store.check().problems == ()
    store.close()
    return outcomes


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_members_of_one_name_do_not_replace_each_other(tmp_path: Path) -> None:
    names = ["b.txt", "b.txt", "b (2).txt"]
    members = [(name, briefing(nth).encode()) for nth, name in enumerate(names)]
    (tmp_path / "a.zip").write_bytes(files.zipped(*members))
    assert [one.status for one in loaded(tmp_path / "a.db", tmp_path / "a.zip")] == ["loaded"] * 3
    assert [one.status for one in loaded(tmp_path / "a.db", tmp_path / "a.zip")] == ["unchanged"] * 3
    assert len(open_archive(tmp_path / "a.db").briefings()) == 3


def test_files_whose_names_differ_in_what_looks_like_an_escape_are_two(tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    for nth, name in enumerate([b"\xff.txt", b"\\xff.txt", b"\\\\xff.txt"]):
        Path(os.fsdecode(bytes(folder) + b"/" + name)).write_text(briefing(nth), "utf-8")
    assert [one.status for one in loaded(tmp_path / "a.db", folder)] == ["loaded"] * 3
    assert [one.status for one in loaded(tmp_path / "a.db", folder)] == ["unchanged"] * 3


def test_what_a_file_of_an_odd_name_holds_stays_when_its_copy_is_edited(
    tmp_path: Path,
) -> None:
    archive, folder = tmp_path / "a.db", tmp_path / "texts"
    folder.mkdir()
    odd = Path(os.fsdecode(bytes(folder) + b"/\xff.txt"))
    write(folder / "\\xff.txt", 4)
    write(odd, 0)
    path = write(folder / "a.txt", 0)
    loaded(archive, folder)
    path.write_text(briefing(0).replace("大家好", "各位好"), "utf-8")
    loaded(archive, path)
    assert sorted("大家好" in text for text in ids_by_text(archive)) == [False, True, True]


def ids_by_text(archive: Path) -> dict[str, str]:
    """For each document its text: its id."""
    with closing(sqlite3.connect(archive)) as db:
        rows = db.execute(
            "select (select group_concat(text, char(10)) from (select text from passage"
            " where (id >> 21) & 0xfffff = d.id order by id desc)), slug from document d"
        ).fetchall()
    return dict(rows)


def id_of(archive: Path, nth: int) -> str | None:
    """The id of the document that says what `briefing(nth)` does, edited or not; `None` without one."""
    mark = f"安排了{nth * 13}个采样点"
    found = [slug for text, slug in ids_by_text(archive).items() if mark in text]
    assert len(found) < 2
    return found[0] if found else None


def write(path: Path, *numbers: int) -> Path:
    """A file of one briefing, or of several in one place, which the parser parts."""
    place = "青岛市" if len(numbers) > 1 else ""
    path.write_text("\n\n".join(briefing(nth, place) for nth in numbers), "utf-8")
    return path


def title_of(archive: Path, slug: str | None) -> str:
    with closing(open_archive(archive)) as store:
        return next(row.title for row in store.briefings() if row.id == slug)


EDITS: dict[str, Callable[[str], str]] = {
    "a word": lambda text: text.replace("大家好", "各位好"),
    "the day": lambda text: text.replace("1日", "2日"),
    "the number": lambda text: text.replace("第1场", "第21场"),
    "an answer more": lambda text: (
        text + "李四：另外补充一点，各采样点晚上八点以前都不关门，请大家错峰前往。\n"
    ),
    "the last sentences gone": lambda text: text[: len(text) * 2 // 3],
    "another script": lambda text: text.replace("发布会", "發佈會"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edited_file_keeps_its_id_and_corrections(tmp_path: Path, edit: str) -> None:
    archive, path = tmp_path / "a.db", write(tmp_path / "a.txt", 0)
    ((first,),) = [loaded(archive, path)]
    with Writer(archive) as writer:
        correct(str(first.id), {"title": "改过的题目"}, writer)
    path.write_text(EDITS[edit](briefing(0)), "utf-8")
    (second,) = loaded(archive, path)
    assert (second.status, second.id, second.title) == ("updated", first.id, "改过的题目")


def test_a_stub_that_grows_into_the_whole_text_keeps_its_id(tmp_path: Path) -> None:
    archive, path = tmp_path / "a.db", tmp_path / "a.txt"
    path.write_text(briefing(0).split("\n\n")[0] + "\n\n2022年1月1日，文字实录稍后发布。\n", "utf-8")
    (first,) = loaded(archive, path)
    write(path, 0)
    assert loaded(archive, path)[0].id == first.id


def test_a_file_overwritten_with_another_briefing_gets_another_id(tmp_path: Path) -> None:
    archive, path = tmp_path / "a.db", tmp_path / "latest.txt"
    seen: list[str | None] = []
    for nth in range(12):
        (outcome,) = loaded(archive, write(path, nth))
        assert outcome.id not in seen
        seen.append(outcome.id)
    assert loaded(archive, write(path, 3))[0].id == seen[3], "a text that comes back has its id again"
    assert len(ids_by_text(archive)) == 1


def test_the_next_briefing_of_a_series_is_not_an_edit_of_the_last(tmp_path: Path) -> None:
    """It has the same host, opening, formulas and answers to what is asked each week."""
    archive, path = tmp_path / "a.db", tmp_path / "latest.txt"
    formulas = "".join(
        f"第{nth}条提醒：请大家做好个人防护，不信谣不传谣，如有症状及时就诊。" for nth in range(4)
    )

    def week(nth: int) -> str:
        said = "".join(
            random.Random(nth).sample("采样检测隔离医院学校超市公交地铁出租核验流调转运消毒物资", 24)
        )
        return (
            f"青岛市召开第{nth}场新闻发布会\n\n2022年3月{nth}日，青岛市召开第{nth}场新闻发布会。\n\n"
            f"主持人：各位记者朋友，大家好，欢迎参加今天的新闻发布会。\n\n张三：{said}。{formulas}\n"
        )

    path.write_text(week(7), "utf-8")
    (first,) = loaded(archive, path)
    path.write_text(week(14), "utf-8")
    assert loaded(archive, path)[0].id != first.id


def test_briefings_put_in_front_or_in_another_order_move_no_id(tmp_path: Path) -> None:
    archive, path = tmp_path / "a.db", tmp_path / "many.txt"
    assert len(loaded(archive, write(path, 0, 1, 2))) == 3
    before = {nth: id_of(archive, nth) for nth in range(3)}
    with Writer(archive) as writer:
        correct(str(before[1]), {"title": "改过的题目"}, writer)
    for order in ([5, 0, 1, 2], [2, 1, 0, 5], [1, 6, 5, 0, 2]):
        assert len(loaded(archive, write(path, *order))) == len(order)
        assert {nth: id_of(archive, nth) for nth in range(3)} == before
        assert title_of(archive, before[1]) == "改过的题目"


def _records(path: Path, texts: list[str], own_ids: list[object] | None = None, codec: str = "utf-8") -> Path:
    records = [
        ({"key": "x"} if own_ids is None else {"id": own_ids[nth]}) | {"text": text}
        for nth, text in enumerate(texts)
    ]
    lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records)
    path.write_bytes(lines.encode(codec))
    return path


@pytest.mark.parametrize("own_ids", [None, ["a7", "b/7", "第七", "x" * 200], [1, 2, 3, 4]])
def test_a_record_in_front_of_others_moves_no_id(tmp_path: Path, own_ids: list[object] | None) -> None:
    archive, path = tmp_path / "a.db", tmp_path / "a.jsonl"
    numbered = own_ids is not None and own_ids[0] == 1  # such ids count the records, and go on doing so
    _records(path, [briefing(nth) for nth in (1, 2, 3)], own_ids and own_ids[1:])
    loaded(archive, path)
    before = {nth: id_of(archive, nth) for nth in (1, 2, 3)}
    with Writer(archive) as writer:
        correct(str(before[2]), {"title": "改过的题目"}, writer)
    edited = briefing(3).replace("大家好", "各位好")
    _records(path, [briefing(0), briefing(1), briefing(2), edited], own_ids)
    outcomes = loaded(archive, path)
    assert {nth: id_of(archive, nth) for nth in (1, 2, 3)} == before
    assert title_of(archive, before[2]) == "改过的题目"
    assert sorted(one.status for one in outcomes).count("loaded") == 1
    assert len(ids_by_text(archive)) == 4
    assert numbered or sorted(one.status for one in outcomes).count("unchanged") == 2
    _records(path, [edited, briefing(2)], own_ids and [own_ids[3], own_ids[2]])
    loaded(archive, path)
    assert {nth: id_of(archive, nth) for nth in (1, 2, 3)} == before, "what left its file stays"
    assert len(ids_by_text(archive)) == 4


@pytest.mark.parametrize("fields", [("place", "date", "ordinal"), ("date", "ordinal")])
def test_what_was_corrected_in_a_record_goes_to_no_other_briefing_under_its_own_id(
    tmp_path: Path, fields: tuple[str, ...]
) -> None:
    """Though all that would tell them apart was corrected, or all but the place, which they share."""
    archive, path = tmp_path / "a.db", tmp_path / "a.jsonl"
    loaded(archive, _records(path, [briefing(0)], ["r0"]))
    before = id_of(archive, 0)
    said = {"place": "寿光市", "date": "2022-02-27", "ordinal": "93"}
    with Writer(archive) as writer:
        correct(str(before), {field: said[field] for field in fields}, writer)
    loaded(archive, _records(path, [briefing(0).replace("大家好", "各位好")], ["r0"]))
    assert id_of(archive, 0) == before
    loaded(archive, _records(path, [briefing(5, PLACES[0])], ["r0"]))
    assert id_of(archive, 5) not in (None, before)
    with closing(open_archive(archive)) as store:
        assert [(row.place, row.ordinal) for row in store.briefings()] == [(PLACES[0], 6)]


def test_rows_that_are_counted_anew_keep_their_ids(tmp_path: Path) -> None:
    """Though each number now stands beside another text."""
    archive, path = tmp_path / "a.db", tmp_path / "a.jsonl"
    loaded(archive, _records(path, [briefing(nth) for nth in range(5)], [10, 11, 12, 13, 14]))
    before = {nth: id_of(archive, nth) for nth in range(5)}
    loaded(archive, _records(path, [briefing(nth) for nth in (1, 2, 3, 4)], [10, 11, 12, 13]))
    loaded(archive, _records(path, [briefing(nth) for nth in (7, 1, 2, 3, 4)], [10, 11, 12, 13, 14]))
    assert {nth: id_of(archive, nth) for nth in range(5)} == before


def test_members_and_attachments_may_be_renamed_swapped_and_edited(tmp_path: Path) -> None:
    archive, path = tmp_path / "a.db", tmp_path / "a.zip"

    def pack(**members: str) -> None:
        path.write_bytes(files.zipped(*((f"{name}.txt", text.encode()) for name, text in members.items())))
        loaded(archive, path)

    pack(a=briefing(0), b=briefing(1), c=briefing(2))
    before = {nth: id_of(archive, nth) for nth in range(3)}
    for members in (
        {"a": briefing(1), "b": briefing(0), "c": briefing(2)},
        {"c": briefing(0), "d": briefing(1), "e": briefing(2)},
        {"c": briefing(1), "f": briefing(0).replace("大家好", "各位好"), "e": briefing(2)},
        {"x": briefing(4), "a": briefing(2)},
    ):
        pack(**members)
        assert {nth: id_of(archive, nth) for nth in range(3)} == before


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_of_members_of_one_name_the_one_that_is_left_and_edited_keeps_its_id(tmp_path: Path) -> None:
    archive, path = tmp_path / "a.db", tmp_path / "a.zip"
    members = [briefing(nth).encode() for nth in range(2)]
    path.write_bytes(files.zipped(*(("b.txt", member) for member in members)))
    loaded(archive, path)
    before = [id_of(archive, nth) for nth in range(2)]
    path.write_bytes(files.zipped(("b.txt", briefing(0).replace("大家好", "各位好").encode())))
    loaded(archive, path)
    assert [id_of(archive, nth) for nth in range(2)] == before
    assert len(ids_by_text(archive)) == 2


@pytest.mark.parametrize("name", ["0325.txt", "zzz.txt"])
@pytest.mark.parametrize("loads", [1, 2, 3])
def test_a_renamed_file_keeps_its_text_and_id_when_another_takes_its_name(
    tmp_path: Path, name: str, loads: int
) -> None:
    archive, folder = tmp_path / "a.db", tmp_path / "texts"
    folder.mkdir()
    latest = write(folder / "latest.txt", 0)
    loaded(archive, folder)
    before = id_of(archive, 0)
    with Writer(archive) as writer:
        correct(str(before), {"title": "改过的题目", "date": ""}, writer)
    latest.rename(folder / name)
    write(latest, 1)
    for part in ([folder], [folder / name, latest], [latest, folder / name])[loads - 1]:
        loaded(archive, part)
    assert id_of(archive, 0) == before != id_of(archive, 1) is not None
    assert title_of(archive, before) == "改过的题目"
    assert len(ids_by_text(archive)) == 2


def test_files_may_be_rotated_and_swapped_in_any_order(tmp_path: Path) -> None:
    for at, order in enumerate(permutations(range(3))):
        archive, folder = tmp_path / f"{at}.db", tmp_path / str(at)
        folder.mkdir()
        paths = [write(folder / f"{nth}.txt", nth) for nth in range(3)]
        loaded(archive, *paths)
        before = [id_of(archive, nth) for nth in range(3)]
        for nth, path in enumerate(paths):
            write(path, (nth + 1) % 3)
        loaded(archive, *(paths[nth] for nth in order))
        assert [id_of(archive, nth) for nth in range(3)] == before
        write(paths[0], 2)
        write(paths[2], 1)
        loaded(archive, *(paths[nth] for nth in order))
        assert [id_of(archive, nth) for nth in (1, 2)] == before[1:]


def test_files_that_exchange_their_names_keep_their_ids_though_one_was_put_in_another_order(
    tmp_path: Path,
) -> None:
    archive, folder = tmp_path / "a.db", tmp_path / "texts"
    folder.mkdir()
    first, second = write(folder / "a.txt", 0, 1), write(folder / "b.txt", 2, 3)
    loaded(archive, folder)
    before = [id_of(archive, nth) for nth in range(4)]
    write(first, 3, 2)
    write(second, 0, 1)
    loaded(archive, folder)
    assert [id_of(archive, nth) for nth in range(4)] == before


def test_files_that_exchange_their_names_keep_their_ids_beside_a_copy_in_another_encoding(
    tmp_path: Path,
) -> None:
    archive, folder = tmp_path / "a.db", tmp_path / "texts"
    folder.mkdir()
    first, second = write(folder / "a.txt", 0), write(folder / "z.txt", 1)
    write(folder / "m.txt", 4)
    loaded(archive, folder)
    before = id_of(archive, 0)
    write(first, 1)
    write(second, 0)
    (folder / "m.txt").write_bytes(briefing(0).encode("gb18030"))
    outcomes = {one.path: one.id for one in loaded(archive, folder)}
    assert outcomes[str(second)] == before != outcomes[str(folder / "m.txt")]


def test_files_that_exchange_their_names_keep_their_ids_though_one_held_the_text_before(
    tmp_path: Path,
) -> None:
    archive, folder = tmp_path / "a.db", tmp_path / "texts"
    folder.mkdir()
    first, second = write(folder / "a.txt", 0), folder / "z.txt"
    second.write_bytes(briefing(0).encode("gb18030"))
    loaded(archive, folder)
    write(second, 1)
    loaded(archive, folder)
    before = [id_of(archive, nth) for nth in range(2)]
    write(folder / "m.txt", 1)
    write(second, 0)
    write(first, 1)
    loaded(archive, folder)
    assert [id_of(archive, nth) for nth in range(2)] == before


def test_a_file_that_was_edited_and_copied_over_a_copy_of_another_one_keeps_its_id(tmp_path: Path) -> None:
    archive, folder = tmp_path / "a.db", tmp_path / "texts"
    folder.mkdir()
    first, second = write(folder / "a.txt", 0), write(folder / "z.txt", 1)
    write(folder / "m.txt", 0)
    loaded(archive, folder)
    before = [id_of(archive, nth) for nth in range(2)]
    for path in (first, second):
        path.write_text(briefing(1).replace("大家好", "各位好"), "utf-8")
    loaded(archive, folder)
    assert [id_of(archive, nth) for nth in range(2)] == before


def test_a_copy_goes_on_with_the_id_when_the_first_one_changes_or_is_forgotten(tmp_path: Path) -> None:
    archive = tmp_path / "a.db"
    paths = [write(tmp_path / name, 0) for name in ("a.txt", "b.txt", "c.txt")]
    assert [one.status for one in loaded(archive, *paths)] == ["loaded", "duplicate", "duplicate"]
    size = archive.read_bytes()
    assert [one.status for one in loaded(archive, *paths)] == ["unchanged", "duplicate", "duplicate"]
    assert archive.read_bytes() == size
    before = id_of(archive, 0)
    with Writer(archive) as writer:
        correct(str(before), {"title": "改过的题目"}, writer)
    write(paths[0], 1)
    loaded(archive, paths[0])
    assert id_of(archive, 0) == before
    with Writer(archive) as writer:
        assert writer.forget(str(paths[1])) == ()
        assert writer.paths_of(str(before)) == [str(paths[2])]
    assert title_of(archive, before) == "改过的题目"
    with Writer(archive) as writer:
        assert writer.forget(str(paths[2])) == (before,)
        assert writer.corrections_of(str(before)) == {}
    assert id_of(archive, 0) is None


def test_a_correction_typed_for_a_copy_is_the_document_s(tmp_path: Path) -> None:
    archive = tmp_path / "a.db"
    loaded(archive, write(tmp_path / "a.txt", 0))
    with Writer(archive) as writer:
        ((outcome,),) = load(find([write(tmp_path / "b.txt", 0)]), writer, corrections={"ordinal": "37"})
    assert outcome.status == "updated"
    with closing(open_archive(archive)) as store:
        assert [row.ordinal for row in store.briefings()] == [37]


def test_an_id_that_was_left_is_given_to_no_other_until_it_is_forgotten(tmp_path: Path) -> None:
    archive, path = tmp_path / "a.db", write(tmp_path / "a.txt", 0)
    (first,) = loaded(archive, path)
    path.write_text(briefing(0)[:30] + "完全另外的一篇文字。" * 30 + briefing(9)[60:], "utf-8")
    with Writer(archive) as writer:
        writer.release(str(path))
    (other,) = loaded(archive, path)
    assert other.id != first.id
    with Writer(archive) as writer:
        writer.forget(str(path))
    assert loaded(archive, write(path, 0))[0].id == first.id


def test_a_dry_run_tells_the_ids_that_a_load_gives(tmp_path: Path) -> None:
    archive, path = tmp_path / "a.db", tmp_path / "a.jsonl"
    loaded(archive, _records(path, [briefing(nth) for nth in range(3)]))
    _records(path, [briefing(5), briefing(0), briefing(1).replace("大家好", "各位好")])
    with Rehearsal(archive) as rehearsal:
        tried = [one for batch in load(find([path]), rehearsal) for one in batch]
    assert {one.id for one in tried} == {one.id for one in loaded(archive, path)}


def test_an_archive_that_knew_records_by_their_places_keeps_all_of_them(tmp_path: Path) -> None:
    archive, path = tmp_path / "a.db", tmp_path / "a.jsonl"
    loaded(archive, _records(path, [briefing(nth) for nth in range(4)]))
    before = {nth: id_of(archive, nth) for nth in range(4)}
    with Writer(archive) as writer:
        correct(str(before[2]), {"title": "改过的题目"}, writer)
    with closing(sqlite3.connect(archive)) as db, db:
        for nth, slug in before.items():
            db.execute(
                "update source set path = ? where id = (select source from document where slug = ?)",
                (f"{path}#{nth + 1}", slug),
            )
        without_identity(db)
        lost = ("/gone.txt", 0, "place", "某地")
        db.execute("insert into correction values (?, ?, ?, ?, ?)", (*lost, seal(*lost)))
    _records(
        path, [briefing(7), briefing(0), briefing(1), briefing(2), briefing(3).replace("大家好", "各位好")]
    )
    statuses = sorted(one.status for one in loaded(archive, path))
    assert statuses == ["loaded", "unchanged", "unchanged", "unchanged", "updated"]
    assert {nth: id_of(archive, nth) for nth in range(4)} == before
    assert title_of(archive, before[2]) == "改过的题目"
    assert sorted(one.status for one in loaded(archive, path)) == ["unchanged"] * 5
    with Writer(archive) as writer:
        assert not any("#" in one for one in writer.sources(str(path)))
        assert writer.corrections_of("/gone.txt#0") == {"place": "某地"}


@pytest.mark.parametrize("names", [("a.txt", "z.txt"), ("z.txt", "a.txt")])
@pytest.mark.parametrize("other", [0, 1])
def test_of_two_files_of_one_text_that_both_change_the_edited_one_keeps_the_id(
    tmp_path: Path, names: tuple[str, str], other: int
) -> None:
    """Whichever is read first, and also where both are edited alike."""
    archive, folder = tmp_path / "a.db", tmp_path / "texts"
    folder.mkdir()
    first, second = (write(folder / name, 0) for name in names)
    loaded(archive, first, second)
    before = id_of(archive, 0)
    edited = briefing(0).replace("大家好", "各位好")
    first.write_text(edited, "utf-8")
    second.write_text(edited if other == 0 else briefing(other), "utf-8")
    loaded(archive, folder)
    assert id_of(archive, 0) == before
    assert len(ids_by_text(archive)) == 1 + other


def test_of_ids_of_one_text_those_come_back_that_were_left_with_the_others_of_their_file(
    tmp_path: Path,
) -> None:
    archive = tmp_path / "a.db"
    together = [briefing(0, "西安市"), briefing(1, "西安市"), briefing(2, "西安市")]
    texts = ["\n\n".join(together[:2]), "\n\n".join(together)]
    paths = [tmp_path / "first.txt", tmp_path / "second.txt"]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, "utf-8")
    ids = [[one.id for one in loaded(archive, path)] for path in paths]
    for nth, path in enumerate(paths):
        write(path, 5 + nth)
    loaded(archive, *paths)
    back = tmp_path / "back.txt"
    back.write_text(texts[1], "utf-8")
    assert [one.id for one in loaded(archive, back)] == ids[1]


@pytest.mark.parametrize("name", ["a.txt", "z.txt"])
def test_a_file_that_was_edited_and_then_copied_keeps_its_id(tmp_path: Path, name: str) -> None:
    """Whichever of both is called first in a list of files."""
    archive, folder = tmp_path / "a.db", tmp_path / "texts"
    folder.mkdir()
    path = write(folder / "m.txt", 0)
    loaded(archive, folder)
    before = id_of(archive, 0)
    with Writer(archive) as writer:
        correct(str(before), {"title": "改过的题目"}, writer)
    path.write_text(briefing(0).replace("大家好", "各位好"), "utf-8")
    (folder / name).write_bytes(path.read_bytes())
    with Rehearsal(archive) as rehearsal:
        told = [one.id for batch in load(find([str(folder)]), rehearsal) for one in batch]
    outcomes = loaded(archive, folder)
    assert [one.id for one in outcomes] == [before, before]
    assert told[0] == before
    assert len(ids_by_text(archive)) == 1
    assert (id_of(archive, 0), title_of(archive, before)) == (before, "改过的题目")
    assert {one.status for one in loaded(archive, folder)} == {"unchanged", "duplicate"}


@pytest.mark.parametrize("name", ["a.txt", "z.txt"])
def test_a_text_that_moves_into_another_file_keeps_its_id(tmp_path: Path, name: str) -> None:
    """Though more is in that file, and its old one has something else."""
    archive, folder = tmp_path / "a.db", tmp_path / "texts"
    folder.mkdir()
    path = folder / "m.txt"
    path.write_text(briefing(0, "西安市"), "utf-8")
    loaded(archive, folder)
    before = id_of(archive, 0)
    write(path, 4)
    both = f"{briefing(1, '西安市')}\n\n{briefing(0, '西安市')}"
    (folder / name).write_text(both, "utf-8")
    loaded(archive, folder)
    assert id_of(archive, 0) == before
    assert len(ids_by_text(archive)) == 3


@pytest.mark.parametrize("renamed", ["0.txt", "z.txt"])
def test_a_renamed_file_keeps_its_ids_whatever_else_says_the_same(tmp_path: Path, renamed: str) -> None:
    archive, folder = tmp_path / "a.db", tmp_path / "texts"
    folder.mkdir()
    texts = [briefing(nth, "西安市") for nth in range(2)]
    path = folder / "m.txt"
    path.write_text("\n\n".join(texts), "utf-8")
    before = [one.id for one in loaded(archive, folder)]
    path.rename(folder / renamed)
    write(path, 4)
    (folder / "b.txt").write_text("\n\n".join(texts[::-1]), "utf-8")
    outcomes = loaded(archive, folder)
    assert [one.id for one in outcomes if one.path.endswith(renamed)] == before


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_member_that_becomes_a_copy_of_another_one_is_known_as_such(tmp_path: Path) -> None:
    archive, path = tmp_path / "a.db", tmp_path / "a.zip"
    edited = briefing(0).replace("大家好", "各位好").encode()
    for members in (
        [("b.txt", briefing(0).encode())],
        [("b.txt", briefing(0).encode()), ("c.txt", edited)],
        [("b.txt", edited), ("c.txt", edited)],
    ):
        path.write_bytes(files.zipped(*members))
        outcomes = loaded(archive, path)
    assert sorted(one.status for one in outcomes) == ["duplicate", "unchanged"]
    assert len(ids_by_text(archive)) == 1


def test_two_prints_that_exchange_their_files_keep_their_ids(tmp_path: Path) -> None:
    archive = tmp_path / "a.db"
    texts = briefing(0), briefing(0).replace("大家好", "各位好")
    paths = [tmp_path / name for name in ("p.txt", "q.txt")]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, "utf-8")
        loaded(archive, path)
    before = ids_by_text(archive)
    for path, text in zip(paths, texts[::-1], strict=True):
        path.write_text(text, "utf-8")
    loaded(archive, *paths)
    assert ids_by_text(archive) == before


@pytest.mark.parametrize("name", ["a.jsonl", "z.jsonl"])
def test_records_that_were_edited_and_copied_keep_their_ids(tmp_path: Path, name: str) -> None:
    archive, folder = tmp_path / "a.db", tmp_path / "texts"
    folder.mkdir()
    _records(folder / "m.jsonl", [briefing(nth) for nth in range(3)])
    loaded(archive, folder)
    before = [id_of(archive, nth) for nth in range(3)]
    edited = [briefing(0), briefing(1).replace("大家好", "各位好"), briefing(2)]
    for path in (folder / "m.jsonl", folder / name):
        _records(path, edited)
    loaded(archive, folder)
    assert [id_of(archive, nth) for nth in range(3)] == before
    assert len(ids_by_text(archive)) == 3


@pytest.mark.parametrize("own_ids", [None, ["a7", "b8"]])
@pytest.mark.parametrize("all_of_them", [True, False])
def test_records_of_two_files_in_another_encoding_keep_their_ids(
    tmp_path: Path, own_ids: list[object] | None, all_of_them: bool
) -> None:
    archive, folder = tmp_path / "a.db", tmp_path / "texts"
    folder.mkdir()
    paths = [folder / "a.jsonl", folder / "b.jsonl"]
    for path in paths:
        _records(path, [briefing(0), briefing(1)], own_ids, "gb18030")
    loaded(archive, folder)
    before = [str(id_of(archive, nth)) for nth in range(2)]
    with Writer(archive) as writer:
        correct(before[0], {"title": "改过的题目"}, writer)
    for path in paths if all_of_them else paths[:1]:
        _records(path, [briefing(0), briefing(1)], own_ids)
    loaded(archive, folder)
    loaded(archive, folder)
    with closing(open_archive(archive)) as store:
        found = {one.id: one.title for one in store.briefings()}
    assert set(before) <= found.keys()
    assert found[before[0]] == "改过的题目"
    assert len(found) == (2 if all_of_them else 4)


@pytest.mark.parametrize("over", ["a.jsonl", "z.jsonl"])
def test_a_record_put_into_another_encoding_and_copied_over_another_file_keeps_its_id(
    tmp_path: Path, over: str
) -> None:
    """Whichever of both files is read first."""
    archive, folder = tmp_path / "a.db", tmp_path / "texts"
    folder.mkdir()
    path = _records(folder / "m.jsonl", [briefing(0)], ["r0"], "gb18030")
    _records(folder / over, [briefing(1)], ["r1"])
    loaded(archive, folder)
    before = id_of(archive, 0)
    with Writer(archive) as writer:
        correct(str(before), {"title": "改过的题目"}, writer)
    _records(path, [briefing(0)], ["r0"])
    (folder / over).write_bytes(path.read_bytes())
    loaded(archive, folder)
    assert (id_of(archive, 0), title_of(archive, before)) == (before, "改过的题目")
    assert len(ids_by_text(archive)) == 2  # the record that is no longer there is kept


@pytest.mark.parametrize(("name", "known"), [("0.jsonl", False), ("z.jsonl", False), ("z.jsonl", True)])
def test_the_text_of_a_renamed_container_keeps_its_id_beside_a_new_copy_in_another_encoding(
    tmp_path: Path, name: str, known: bool
) -> None:
    """The copy has it where it is read first: what is in a container at a new path nobody knows before."""
    archive, folder = tmp_path / "a.db", tmp_path / "texts"
    folder.mkdir()
    path = _records(folder / "m.jsonl", [briefing(0)])
    if known:
        _records(folder / name, [briefing(1)])
    loaded(archive, folder)
    before = id_of(archive, 0)
    with Writer(archive) as writer:
        correct(str(before), {"title": "改过的题目"}, writer)
    path.rename(folder / name)
    _records(path, [briefing(4)])
    copy = _records(folder / "b.jsonl", [briefing(0)], codec="gb18030")
    ids = {one.path.partition("#")[0]: one.id for one in loaded(archive, folder)}
    has_it, other = (copy, folder / name) if name == "z.jsonl" and not known else (folder / name, copy)
    assert ids[str(has_it)] == before
    assert title_of(archive, before) == "改过的题目"
    assert ids[str(other)] not in (None, before, ids[str(path)])


def test_of_like_containers_the_one_that_alone_held_its_parts_comes_first(
    tmp_path: Path,
) -> None:
    archive, folder = tmp_path / "a.db", tmp_path / "texts"
    folder.mkdir()
    copied = ("a.txt", briefing(0).encode())
    (folder / "1.zip").write_bytes(files.zipped(copied, ("c.txt", briefing(2).encode())))
    (tmp_path / "elsewhere.zip").write_bytes(files.zipped(copied))
    (folder / "2.zip").write_bytes(files.zipped(("a.txt", briefing(1).encode())))
    loaded(archive, folder, tmp_path / "elsewhere.zip")
    before = id_of(archive, 1)
    edited = files.zipped(("a.txt", briefing(1).replace("大家好", "各位好").encode()))
    for name in ("1.zip", "2.zip"):
        (folder / name).write_bytes(edited)
    loaded(archive, folder)
    assert before in ids_by_text(archive).values()


def test_what_one_of_two_copies_says_no_more_stays_with_the_other_that_still_does(tmp_path: Path) -> None:
    """Though a file between them by its name says it too, and did so before under another id."""
    archive, folder = tmp_path / "a.db", tmp_path / "texts"
    folder.mkdir()
    m, copy_of_m = write(folder / "m.txt", 0, 2), write(folder / "elsewhere.txt", 0, 2)
    a, z = write(folder / "a.txt", 1, 0), write(folder / "z.txt", 1, 0)
    ids = [one.id for one in loaded(archive, folder) if one.path == str(z)]
    with Writer(archive) as writer:
        correct(str(ids[1]), {"title": "改过的题目"}, writer)
    copy_of_m.unlink()
    write(a, 1, 3)
    write(m, 0, 4)
    write(z, 5, 0)
    after = [one.id for one in loaded(archive, folder) if one.path == str(z)]
    assert ids[1] in after
    assert title_of(archive, ids[1]) == "改过的题目"


def test_a_record_that_becomes_another_ones_copy_is_no_longer_what_it_was(tmp_path: Path) -> None:
    archive, path = tmp_path / "a.db", tmp_path / "a.jsonl"
    edited = briefing(0).replace("大家好", "各位好")
    _records(path, [briefing(0), briefing(1)])
    _records(tmp_path / "b.jsonl", [edited, briefing(2)])
    loaded(archive, tmp_path / "b.jsonl", path)
    before = ids_by_text(archive)
    for one in before.values():
        with Writer(archive) as writer:
            correct(one, {"title": "改过的题目"}, writer)
    _records(path, [edited, briefing(1)])
    loaded(archive, path)
    after = ids_by_text(archive)
    assert len(before) == 4
    assert len(after) == 3
    assert after.items() <= before.items()


def test_a_repaired_archive_knows_copies_and_former_ids(tmp_path: Path) -> None:
    archive = tmp_path / "a.db"
    folder = tmp_path / "texts"
    folder.mkdir()
    paths = [write(folder / f"{nth}.txt", nth % 2) for nth in range(4)]
    loaded(archive, folder)
    left = id_of(archive, 0)
    for path in (paths[0], paths[2]):
        loaded(archive, write(path, 5))
    assert id_of(archive, 0) is None
    with closing(sqlite3.connect(archive)) as db, db:
        db.execute("update document set title = title || '？'")
    mend(archive)
    with Writer(archive) as writer:
        assert writer.paths_of(str(id_of(archive, 1))) == [str(paths[1]), str(paths[3])]
    loaded(archive, write(tmp_path / "again.txt", 0))
    assert id_of(archive, 0) == left


def test_forgetting_by_id_takes_all_copies_and_by_any_name(tmp_path: Path) -> None:
    archive = tmp_path / "a.db"
    odd = Path(os.fsdecode(bytes(tmp_path) + b"/\xff.txt"))
    loaded(archive, write(tmp_path / "a.txt", 0), write(tmp_path / "b.txt", 0), write(odd, 1))
    for name in (str(id_of(archive, 0)), str(odd)):
        assert run(["forget", "--yes", name, "--archive", str(archive)]) == 0
    assert ids_by_text(archive) == {}
