"""A briefing opened for reading, by parts, against the same read whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from loader.archive.writer import Writer
from loader.load import load
from loader.read import find
from tui.store.archive import ArchiveStore, open_archive
from tui.store.parts import Parts
from tui.store.protocol import NotFoundError, StoreError
from tui.store.rows import Place, QuestionRow, Transcript, TurnRow

LETTER = "\n".join(
    ["致全市市民的一封信", *(f"第{n}件事，请大家戴口罩，昨日新增本土确诊病例例。" for n in range(2000))]
)
"""One turn of many passages, with a gap in each."""


def _archive(path: Path, text: str) -> Path:
    (path / "letter.txt").write_text(text, "utf-8")
    with Writer(path / "a.db") as writer:
        for _ in load(find([str(path / "letter.txt")]), writer):
            pass
    return path / "a.db"


def turns(transcript: Transcript) -> list[TurnRow]:
    """What is read of its turns; one opened also gives those that are no transcript, without passages."""
    plain = (replace(turn, passages=tuple(turn.passages)) for turn in transcript.turns)
    return [turn for turn in plain if turn.passages or turn.label]


def questions(transcript: Transcript) -> list[tuple[QuestionRow, TurnRow]]:
    """Its questions, each with its first turn in the index's place."""
    return [(one._replace(turn=0), turns_of(transcript, one.turn)) for one in transcript.questions]


def turns_of(transcript: Transcript, index: int) -> TurnRow:
    turn = transcript.turns[index]
    return replace(turn, passages=tuple(turn.passages))


def test_what_is_read_by_parts_is_what_is_read_whole(seeds: ArchiveStore) -> None:
    for row in seeds.briefings():
        opened, whole = seeds.open(row.id), seeds.transcript(row.id)
        assert turns(opened) == turns(whole)
        assert questions(opened) == questions(whole)
        assert (opened.briefing, opened.speakers) == (whole.briefing, whole.speakers)


def test_every_passage_is_found_where_it_stands(seeds: ArchiveStore) -> None:
    first, second = (seeds.open(row.id) for row in seeds.briefings()[:2])
    for index, turn in enumerate(first.turns):
        for number, passage in enumerate(turn.passages):
            assert first.find(passage.rowid) == Place(index, number)
            assert second.find(passage.rowid) is None
    assert first.find(0) is None


def test_opening_reads_only_what_is_looked_at(seeds: ArchiveStore) -> None:
    opened = max((seeds.open(row.id) for row in seeds.briefings()), key=lambda one: len(one.turns))
    assert isinstance(opened.turns, Parts)
    assert len(opened.turns) > 2 * Parts.STEP
    assert opened.turns[0]
    assert list(opened.turns._held) == [0]


def test_a_turn_of_many_passages_comes_by_parts(tmp_path: Path) -> None:
    store = open_archive(_archive(tmp_path, LETTER))
    (row,) = store.briefings()
    opened, whole = store.open(row.id), store.transcript(row.id)
    assert turns(opened) == turns(whole)
    assert sum(len(one.gaps) for turn in whole.turns for one in turn.passages) >= 1000
    again = store.open(row.id)
    assert isinstance(again.turns, Parts)
    for _ in again.turns.complete():
        pass
    store.close()
    assert turns(again) == turns(whole), "what was read to the end asks the archive no more"


def test_a_briefing_loaded_anew_meanwhile_is_not_mixed_with_the_old(tmp_path: Path) -> None:
    store = open_archive(_archive(tmp_path, LETTER))
    (row,) = store.briefings()
    opened = store.open(row.id)
    assert opened.turns[0]
    _archive(tmp_path, LETTER.replace("口罩", "手套"))
    with pytest.raises(StoreError):
        [one.text for turn in opened.turns for one in turn.passages]
    with pytest.raises(NotFoundError):
        store.open("nowhere")
    store.close()


def test_parts_are_a_sequence() -> None:
    asked: list[tuple[int, int]] = []

    def read(start: int, stop: int) -> list[int]:
        asked.append((start, stop))
        return list(range(start, stop))

    parts = Parts(70, read)
    assert (parts[0], parts[-1], parts[30:34], len(parts), list(parts)) == (
        0,
        69,
        (30, 31, 32, 33),
        70,
        list(range(70)),
    )
    assert asked == [(0, 32), (64, 70), (32, 64)]
    for index in (70, -71):
        with pytest.raises(IndexError):
            parts[index]
