"""The same briefing from two outlets is found, kept twice, shown once; two of a series are not the same."""

from __future__ import annotations

import random
from pathlib import Path

from loader.archive import alike
from loader.archive.writer import Writer
from loader.likeness import ALIKE, LEAST, SIZE, resemblance, sketch
from loader.load import Outcome, load
from loader.read import find
from tests.conftest import SEEDS

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
