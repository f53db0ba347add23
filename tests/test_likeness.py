"""The same briefing from two outlets is found, kept twice, shown once; two of a series are not the same."""

from __future__ import annotations

import random
import sqlite3
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loader.archive import alike
from loader.archive.facts import Facts
from loader.archive.writer import Writer
from loader.likeness import ALIKE, LEAST, SIZE, resemblance, sketch
from loader.load import Outcome, correct, load
from loader.read import find
from tests.conftest import SEEDS, without_identity
from tui.store.archive import open_archive

CHARACTERS = "".join(chr(code) for code in range(0x4E00, 0x4E00 + 2000))


def _text(seed: int, length: int = 3000) -> str:
    return "".join(random.Random(seed).choices(CHARACTERS, k=length))


def test_decoration_and_retyping_leave_a_text_alike() -> None:
    text = _text(1)
    own = sketch(text)
    assert len(own) == SIZE
    assert resemblance(own, sketch("，".join(text[at : at + 7] for at in range(0, len(text), 7)))) == 1
    assert resemblance(own, sketch(_text(2, 300) + text)) >= ALIKE
    assert resemblance(own, sketch(text[:2200])) >= ALIKE


def test_texts_that_share_a_frame_are_not_alike() -> None:
    frame = _text(1, 400)
    assert resemblance(sketch(frame + _text(2)), sketch(frame + _text(3))) < ALIKE / 2


def test_what_is_too_short_to_tell_is_like_nothing() -> None:
    short = _text(1, LEAST)
    assert sketch(short) == frozenset()
    assert resemblance(sketch(short), sketch(short)) == 0


def _load(archive: Path, *paths: Path) -> list[Outcome]:
    with Writer(archive) as writer:
        return [one for batch in load(find(paths), writer) for one in batch]


def _shown_first(archive: Path) -> dict[str, str | None]:
    with Writer(archive) as writer:
        rows = writer.db.execute(
            "select one.slug, head.slug from document one left join document head on head.id = one.same_as"
        )
        return dict(rows.fetchall())


def _outlets(folder: Path) -> tuple[Path, Path]:
    """One briefing as two outlets print it: one cut at its end."""
    text = (SEEDS / "yangzhou-7.txt").read_text("utf-8")
    whole, part = folder / "whole.txt", folder / "part.txt"
    whole.write_text("扬帆网 首页 > 新闻 > 正文\n" + text, "utf-8")
    part.write_text(text[: len(text) * 3 // 4].replace("，", ","), "utf-8")
    return whole, part


def test_the_fuller_one_is_shown_first_whatever_the_order(tmp_path: Path) -> None:
    whole, part = _outlets(tmp_path)
    for nth, order in enumerate([(whole, part), (part, whole)]):
        archive = tmp_path / f"{nth}.db"
        first, second = _load(archive, *order)
        ids = {first.path: first.id, second.path: second.id}
        assert f"the same briefing as {first.id}" in second.warnings
        assert _shown_first(archive) == {ids[str(whole)]: None, ids[str(part)]: ids[str(whole)]}


def test_a_file_that_changes_into_another_briefing_leaves_the_group(tmp_path: Path) -> None:
    whole, part = _outlets(tmp_path)
    archive = tmp_path / "a.db"
    _load(archive, whole, part)
    whole.write_bytes((SEEDS / "weifang-12.txt").read_bytes())
    _load(archive, whole)
    assert set(_shown_first(archive).values()) == {None}


def test_the_bundled_documents_are_five_different_ones(seeds_archive: Path) -> None:
    assert list(_shown_first(seeds_archive).values()) == [None] * 5


def test_the_two_thousandth_print_joins_as_cheaply_as_the_twentieth(tmp_path: Path) -> None:
    """Counted in steps of SQLite's machine, not in time."""
    own = sketch(_text(1))
    with Writer(tmp_path / "a.db") as writer:
        early = _steps_to_join(writer, range(1, 21), own)
        _steps_to_join(writer, range(21, 2000), own)
        late = _steps_to_join(writer, range(2000, 2020), own)
        heads = writer.db.execute("select count(*) from document where same_as is null").fetchone()
    assert heads == (1,)
    assert late < early * 2


def _steps_to_join(writer: Writer, numbers: range, own: frozenset[int]) -> int:
    """Adds documents that are nearly alike, each a little fuller than the one before."""
    steps = 0

    def count() -> None:
        nonlocal steps
        steps += 1

    connection = writer.db.conn
    with connection:
        connection.execute(
            "insert or ignore into source (id, path, sha256, encoding, format, chars, parser, text)"
            " values (1, 'x', 'x', 'utf-8', 'text', 0, 1, x'')"
        )
        for number in numbers:
            connection.execute(
                "insert into document (id, slug, source, nth, kind, title, language, terms, warnings,"
                " date_key, questions, kept_chars)"
                " values (?, ?, 1, ?, 'briefing', '', 'zh', '', '', 0, 0, ?)",
                (number, str(number), number, 10_000 + number),
            )
            connection.set_progress_handler(count, 50)
            alike.join(writer.db, number, own)
            connection.set_progress_handler(None, 0)
    return steps


def test_a_group_whose_head_leaves_is_found_by_its_next_head(tmp_path: Path) -> None:
    whole, part = _outlets(tmp_path)
    archive = tmp_path / "a.db"
    _load(archive, whole, part)
    whole.write_bytes((SEEDS / "weifang-12.txt").read_bytes())
    _load(archive, whole)
    third = tmp_path / "third.txt"
    third.write_text(part.read_text("utf-8") + "\n转自扬帆网\n", "utf-8")
    (outcome,) = _load(archive, third)
    assert any(one.startswith("the same briefing as") for one in outcome.warnings)
    assert list(_shown_first(archive).values()).count(None) == 2


STATEMENT = "".join(f"第{nth}条措施由各区县落实，居民可以拨打热线{nth * 7919}查询。\n" for nth in range(60))


def _session(folder: Path, name: str, opening: str) -> Path:
    """A briefing that is nearly all one long statement, which others of its kind repeat."""
    path = folder / f"{name}.txt"
    path.write_text(f"青岛市新闻发布会\n\n{opening}\n\n主持人：大家好。\n\n张三：{STATEMENT}\n", "utf-8")
    return path


def _groups(archive: Path) -> set[frozenset[str]]:
    """The groups of more than one document, by the names of their files."""
    with sqlite3.connect(archive) as db:
        rows = db.execute(
            "select coalesce(d.same_as, d.id), s.path from document d join source s on s.id = d.source"
        ).fetchall()
    groups: dict[int, set[str]] = {}
    for head, path in rows:
        groups.setdefault(head, set()).add(Path(path).stem)
    return {frozenset(group) for group in groups.values() if len(group) > 1}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2022年3月25日，青岛市召开第12场发布会。", "2022年3月26日，青岛市召开第13场发布会。", False),
        ("2022年3月25日，青岛市召开第12场发布会。", "青岛市召开第13场发布会。", False),
        ("2022年3月25日，青岛市召开发布会。", "2022年3月26日，青岛市召开发布会。", False),
        ("2022年3月25日，青岛市召开第12场发布会。", "2022年3月25日，青岛市召开第12场新闻通报会。", True),
        ("2022年3月25日，青岛市召开第12场发布会。", "青岛市召开发布会。", True),
    ],
)
def test_briefings_of_another_number_or_day_are_never_one(
    tmp_path: Path, one: str, other: str, same: bool
) -> None:
    _load(tmp_path / "a.db", _session(tmp_path, "one", one), _session(tmp_path, "other", other))
    assert bool(_groups(tmp_path / "a.db")) is same
    assert open_archive(tmp_path / "a.db").check().problems == ()


def test_one_without_a_day_brings_no_two_days_together(tmp_path: Path) -> None:
    paths = [
        _session(tmp_path, "first", "2022年3月25日，青岛市召开第12场发布会。"),
        _session(tmp_path, "next", "2022年3月26日，青岛市召开第13场发布会。"),
        _session(tmp_path, "undated", "青岛市召开发布会。"),
        _session(tmp_path, "again", "2022年3月25日，青岛市召开第12场新闻通报会。"),
    ]
    for nth, order in enumerate(permutations(paths)):
        _load(tmp_path / f"{nth}.db", *order)
        groups = _groups(tmp_path / f"{nth}.db")
        assert any({"first", "again"} <= group for group in groups)
        assert not any({"first", "next"} <= group or {"again", "next"} <= group for group in groups)


def test_a_corrected_day_parts_a_group_and_joins_another(tmp_path: Path) -> None:
    archive = tmp_path / "a.db"
    outcomes = _load(
        archive,
        _session(tmp_path, "first", "2022年3月25日，青岛市召开发布会。"),
        _session(tmp_path, "wrong", "2022年3月25日，青岛市召开新闻通报会。"),
        _session(tmp_path, "next", "2022年3月26日，青岛市召开发布会。"),
    )
    assert _groups(archive) == {frozenset({"first", "wrong"})}
    with Writer(archive) as writer:
        correct(str(outcomes[1].id), {"date": "2022-03-26"}, writer)
    assert _groups(archive) == {frozenset({"next", "wrong"})}
    with Writer(archive) as writer:
        correct(str(outcomes[1].id), {"date": "2022-03-25", "ordinal": "4"}, writer)
        correct(str(outcomes[0].id), {"ordinal": "3"}, writer)
    assert _groups(archive) == set()
    assert open_archive(archive).check().problems == ()


def test_a_group_of_two_days_that_an_older_program_made_is_made_again(tmp_path: Path) -> None:
    archive = tmp_path / "a.db"
    openings = {
        "a": "2022年3月25日，青岛市召开",
        "b": "2022年3月26日，青岛市召开",
        "c": "2022年3月25日，青岛市再次召开",
    }
    _load(archive, *(_session(tmp_path, name, f"{text}发布会。") for name, text in openings.items()))
    with sqlite3.connect(archive) as db:
        without_identity(db)
        (head,) = db.execute("select id from document where same_as is null order by id limit 1").fetchone()
        db.execute("update document set same_as = iif(id = ?1, null, ?1)", (head,))
        db.execute("update document set same_seal = same_as * 1000003 + id")
        db.execute("update sketch set hash = -1 - hash where (hash < 0) = (document = ?)", (head,))
    assert _groups(archive) == {frozenset("abc")}
    with Writer(archive):
        pass
    assert _groups(archive) == {frozenset("ac")}
    assert open_archive(archive).check().problems == ()


FACTS = st.builds(
    Facts, st.integers(0, 3), st.sampled_from([0, 2022, 2023]), st.integers(0, 2), st.integers(0, 2)
)


@given(st.lists(FACTS, max_size=5))
def test_documents_that_agree_with_what_all_before_say_agree_with_each_of_them(drawn: list[Facts]) -> None:
    group: list[Facts] = []
    said = Facts()
    for one in drawn:
        assert said.agrees(one) == all(one.agrees(other) for other in group)
        if said.agrees(one):
            group.append(one)
            said = said.joined(one)
