"""Archives whose rows no writer wrote: a command says so in one line, and its memory stays bounded."""

from __future__ import annotations

import shutil
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bench.odd import VALUES, views
from loader import kept
from loader.kept import MOST_RAW, MOST_TEXT, pack_raw, rest, unpack_raw, unpacked, whole
from loader.kinds import TURN_KINDS
from loader.read import document
from loader.read.find import MOST_BYTES
from tests.hostile import forced
from tui.cli import run
from tui.store.archive import open_archive
from tui.store.protocol import DamagedError, StoreError
from tui.store.rows import PassageRow, Transcript
from tui.store.typed import checked
from tui.widgets.reader_look import ReaderLook

ODD: dict[str, object] = {
    "bytes": b"\xff\x00" * 9,
    "text": "x\ud7ff",
    "a large number": 1 << 62,
    "a negative number": -7,
    "a fraction": 1e308,
    "nothing": None,
    "nested": "[" * 50_000 + "]" * 50_000,
    "nested a little": "[" * 1_500 + "]" * 1_500,
    "a list in a list": '[["x"], 1]',
}
HARMS = (
    ("document", "terms", "nested"),
    ("document", "terms", "nested a little"),
    ("document", "terms", "a list in a list"),
    ("document", "title", "bytes"),
    ("document", "place", "a fraction"),
    ("document", "slug", "nothing"),
    ("document", "date_key", "a large number"),
    ("source", "chars", "a negative number"),
    ("source", "text", "text"),
    ("source", "format", "bytes"),
    ("speaker", "name", "bytes"),
    ("speaker", "name", "nothing"),
    ("turn", "kind", "bytes"),
    ("turn", "label", "bytes"),
    ("turn", "body_start", "text"),
    ("question", "terms", "nested"),
    ("passage", "text", "bytes"),
    ("setting", "value", "bytes"),
)
COMMANDS = (
    ("list",),
    ("list", "--json"),
    ("show", "ID"),
    ("show", "ID", "--json"),
    ("show", "ID", "--source"),
    ("show", "ID/q1"),
    ("search", "核酸"),
    ("search", "核酸检测", "--json", "--why"),
    ("search", "hesuan", "--sort", "relevance"),
    ("export", "ID", "--format", "csv"),
    ("check", "--json"),
)
ID = "weifang-2022-03-25-12"


def ended(archive: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[tuple[str, int, str]]:
    """Each command with its exit code and what it said, of one archive."""
    for command in COMMANDS:
        words = [one.replace("ID", ID) for one in command]
        code = run([*words, "--archive", str(archive)])
        yield " ".join(command), code, capsys.readouterr().err


@pytest.mark.parametrize("harm", HARMS, ids=" ".join)
def test_values_that_no_writer_wrote_end_in_one_line(
    harm: tuple[str, str, str], seeds_archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table, column, odd = harm
    archive = tmp_path / "a.db"
    shutil.copy(seeds_archive, archive)
    forced(archive, table, column, ODD[odd])
    codes = set()
    for command, code, said in ended(archive, capsys):
        codes.add(code)
        assert code in (0, 1, 3), (command, said)
        assert code != 3 or said.splitlines()[-1].startswith("briefings-tui: "), (command, said)
        assert "Traceback" not in said, command
    assert codes & {1, 3}  # somewhere it shows


def _peak(do: Callable[[], object]) -> int:
    """Bytes that Python holds at once while something is refused."""
    tracemalloc.start()
    try:
        with pytest.raises((StoreError, zlib.error, ValueError)):
            do()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_row_that_unpacks_to_more_than_its_text_is_refused_early(
    seeds_archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = tmp_path / "a.db"
    shutil.copy(seeds_archive, archive)
    forced(archive, "source", "text", zlib.compress(bytes(100_000_000)))
    with closing(open_archive(archive)) as store:
        assert _peak(lambda: store.source(ID)) < 5_000_000
    assert run(["show", ID, "--source", "--archive", str(archive)]) == 3
    assert capsys.readouterr().err.count("\n") == 1
    forced(
        archive, "source", "chars", 1 << 62
    )  # its length is a lie too: the longest that there may be holds
    monkeypatch.setattr(kept, "MOST_TEXT", 1_000_000)
    with closing(open_archive(archive)) as store:
        assert _peak(lambda: store.source(ID)) < 5_000_000


def test_what_is_packed_is_unpacked_up_to_its_length_and_no_further() -> None:
    packed = zlib.compress(b"x" * 1_000)
    assert unpacked(packed, 1_000) == b"x" * 1_000
    for most, data in ((999, packed), (1_000, packed[:-5])):
        with pytest.raises(zlib.error):
            unpacked(data, most)
    assert MOST_RAW >= MOST_BYTES
    text = "第一段。第二段。"
    assert whole(rest(text, [(0, 4)]), [(0, text[:4])], len(text)) == text
    with pytest.raises(ValueError, match="overlap"):
        whole(rest(text, []), [(4, "第二"), (4, "第二")], len(text))
    raw = "第一段".encode("gb18030") + b"\xff"
    assert unpack_raw(pack_raw(raw, "第一段\ufffd", "gb18030"), "第一段\ufffd", "gb18030") == raw


@pytest.mark.parametrize("value", ["[" * 50_000, "x", b"\xff"], ids=["nested", "no JSON", "bytes"])
def test_what_sqlite_says_of_values_that_no_writer_wrote_is_damage(
    value: object, seeds_archive: Path, tmp_path: Path
) -> None:
    archive = tmp_path / "a.db"
    shutil.copy(seeds_archive, archive)
    forced(archive, "document", "terms", value)
    with closing(open_archive(archive)) as store, pytest.raises(DamagedError):
        store.briefings()


SHOWN = (
    ("speaker", "post", "bytes"),
    ("turn", "kind", "a text"),
    ("turn", "label", "bytes"),
    ("question", "outlet", "bytes"),
    ("passage", "text", "bytes"),
)


@pytest.mark.parametrize("harm", SHOWN, ids=" ".join)
def test_rows_hold_what_they_are_declared_to_or_the_archive_is_damaged(
    harm: tuple[str, str, str], seeds_archive: Path, tmp_path: Path
) -> None:
    table, column, kind = harm
    archive = tmp_path / "a.db"
    shutil.copy(seeds_archive, archive)
    forced(archive, table, column, VALUES[kind])
    with closing(open_archive(archive)) as store, pytest.raises(DamagedError):
        _read(store.open(ID))


def _read(transcript: Transcript) -> object:
    """All of a transcript that is looked at by parts."""
    return [list(turn.passages) for turn in transcript.turns], list(transcript.questions)


async def test_the_browser_outlives_values_that_no_writer_wrote(seeds_archive: Path, tmp_path: Path) -> None:
    archive = tmp_path / "a.db"
    shutil.copy(seeds_archive, archive)
    forced(archive, "turn", "kind", VALUES["bytes"])
    assert await views(archive) == []


def test_every_kind_of_turn_has_a_look_whatever_stands_beside_it() -> None:
    assert set(TURN_KINDS) <= set(ReaderLook.LOOKS)


def test_a_paragraph_as_long_as_the_longest_source_is_no_damage() -> None:
    assert checked(PassageRow(1, "文" * document.MOST_CHARACTERS)).text
    with pytest.raises(ValueError, match="text"):
        checked(PassageRow(1, "x" * (MOST_TEXT + 1)))
