"""A ZIP archive is a folder: its transcripts are read within limits, and nothing is written to a disk."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from loader.model import Reading
from loader.read import Refused, read_sources, zipped
from tests.read import files
from tests.read.text import SIMPLIFIED

TEXT = SIMPLIFIED.encode()


def _read(raw: bytes, path: str = "a.zip") -> dict[str, str]:
    return {
        one.path: f"! {one.error}" if isinstance(one, Refused) else one.text
        for one in read_sources(raw, path)
    }


def test_members_are_those_a_walk_would_find() -> None:
    raw = files.zipped(
        *(
            (name, TEXT)
            for name in ("b.TXT", "sub/c.md", ".d.txt", "__MACOSX/e.txt", "README.md", "f.png", ".g/h.txt")
        )
    )
    assert list(_read(raw)) == ["a.zip/b.TXT", "a.zip/sub/c.md"]


def test_members_of_every_format() -> None:
    raw = files.zipped(
        ("1.docx", files.word(lambda d: d.add_paragraph("甲"))),
        ("2.pdf", files.printed(files.PARAGRAPHS)),
        ("3.jsonl", '{"text": "乙"}\n{"text": "丙"}\n'.encode()),
        ("4.zip", files.zipped(("d/丁.txt", "丁".encode()))),
    )
    items = _read(raw)
    assert list(items) == [
        "a.zip/1.docx",
        "a.zip/2.pdf",
        "a.zip/3.jsonl#1",
        "a.zip/3.jsonl#2",
        "a.zip/4.zip/d/丁.txt",
    ]
    assert list(items.values())[-1] == "丁"


def test_a_bad_member_does_not_stop_the_others() -> None:
    items = _read(files.zipped(("1.txt", b""), ("2.pdf", b"%PDF-1.7 x"), ("3.txt", TEXT)))
    assert items["a.zip/1.txt"].startswith("! a.zip/1.txt: empty")
    assert items["a.zip/2.pdf"].startswith("! ")
    assert items["a.zip/3.txt"] == SIMPLIFIED


@pytest.mark.parametrize("codec", ["utf-8", "gbk", "gb18030"])
@pytest.mark.parametrize("name", ["夏汛/第三次通报会.txt", "防汛情况/新闻发布会实录.txt"])
def test_names_in_any_encoding(codec: str, name: str) -> None:
    assert list(_read(files.zipped_as(codec, name, TEXT))) == [f"a.zip/{name}"]


def test_a_western_name_of_an_old_program() -> None:
    (path,) = _read(files.zipped_as("cp437", "a.txt", TEXT))
    assert path == "a.zip/a.txt"


@pytest.mark.parametrize("name", ["../../x.txt", "/x.txt", "..\\x.txt", "./x.txt", "a/../../x.txt"])
def test_a_name_that_leads_out_is_only_a_name(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (path,) = _read(files.zipped((zipfile.ZipInfo(name), TEXT)))
    assert path in ("a.zip/x.txt", "a.zip/a/x.txt")
    assert not list(tmp_path.iterdir())
    assert not (tmp_path.parent / "x.txt").exists()


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_members_of_one_name_keep_apart() -> None:
    assert list(_read(files.zipped(("x.txt", TEXT), ("x.txt", TEXT)))) == ["a.zip/x.txt", "a.zip/x (2).txt"]


def test_an_encrypted_member_says_so() -> None:
    (why,) = _read(files.locked(files.zipped(("x.txt", TEXT)))).values()
    assert "encrypted" in why


def test_a_member_that_is_a_link_is_not_read_as_a_text() -> None:
    link = zipfile.ZipInfo("b.txt")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("a.txt", TEXT)
        file.writestr(link, "/etc/passwd")
    read = _read(out.getvalue())
    assert read["a.zip/a.txt"] == SIMPLIFIED
    assert read["a.zip/b.txt"].startswith("! a.zip/b.txt: a link")


@pytest.mark.parametrize(
    ("size", "words"),
    [(2 * zipped._SMALL, f"a {zipped.MOST_RATIO}th"), (zipped.MOST_BYTES + 1, "longer than 64 MB")],
)
def test_a_bomb_is_not_unpacked(size: int, words: str) -> None:
    items = _read(files.zipped(("bomb.txt", bytes(size)), ("x.txt", TEXT)))
    assert words in items["a.zip/bomb.txt"]
    assert items["a.zip/x.txt"] == SIMPLIFIED


def test_many_small_members_are_a_bomb_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipped, "Budget", lambda: _budget(2 * len(TEXT)))
    inner = files.zipped(("2.txt", TEXT), ("3.txt", TEXT), ("4.txt", TEXT))
    items = _read(files.zipped(("1.txt", TEXT), ("9.zip", inner)))
    assert "unpacks to more than" in list(items.values())[-1]


_budget = zipped.Budget


def test_a_member_that_understates_its_size_gives_no_more() -> None:
    raw = files.zipped(("x.txt", TEXT * 50))
    size = (len(TEXT) * 50).to_bytes(4, "little")
    (one,) = _read(raw.replace(size, (10).to_bytes(4, "little"))).values()
    assert one.startswith("! ")


def test_archives_nest_once() -> None:
    deep = files.zipped(("c.zip", files.zipped(("d.zip", files.zipped(("x.txt", TEXT))))))
    ((path, why),) = _read(files.zipped(("b.zip", deep))).items()
    assert path.startswith("a.zip/b.zip/c.zip")
    assert "too deep" in why


@pytest.mark.parametrize("raw", [files.zipped(), files.zipped(("x.png", b"x"))], ids=["empty", "pictures"])
def test_an_archive_without_transcripts_says_what_was_looked_for(raw: bytes) -> None:
    (why,) = _read(raw).values()
    assert ".docx" in why


def test_a_broken_archive() -> None:
    (why,) = _read(files.zipped(("x.txt", TEXT))[:60]).values()
    assert "cannot be opened" in why


def test_each_member_has_a_path_and_a_part_of_its_own_whatever_the_names() -> None:
    names = ["b.txt", "b.txt", "b (2).txt", "../b.txt", "c/b.txt", "b.txt"]
    bodies = [TEXT + b"\n%d" % nth for nth in range(len(names) - 1)] + [TEXT + b"\n0"]
    raw = files.zipped(*((zipfile.ZipInfo(name), body) for name, body in zip(names, bodies, strict=True)))
    items = [one for one in read_sources(raw, "a.zip") if isinstance(one, Reading)]
    assert len(items) == len({one.path for one in items}) == len({one.part for one in items}) == len(names)
    assert {one.part for one in items} >= {"/b (2).txt", "/c/b.txt"}


def test_a_member_keeps_its_part_when_others_of_its_name_come() -> None:
    first, second = (files.zipped(*members) for members in _growing())
    parts = {one.text: one.part for one in read_sources(first, "a.zip") if isinstance(one, Reading)}
    more = {one.text: one.part for one in read_sources(second, "a.zip") if isinstance(one, Reading)}
    assert parts.items() <= more.items()


def _growing() -> Iterator[list[tuple[zipfile.ZipInfo, bytes]]]:
    members = [(zipfile.ZipInfo("b.txt"), TEXT + b"\n%d" % nth) for nth in range(3)]
    yield members[1:]
    yield members
