"""One file gives all it holds: a plain one its reading, a container one item a member, and never an error."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from loader.model import Reading, SourceError
from loader.read import SUFFIXES, Refused, read_bytes, read_sources
from tests.read import files
from tests.read.text import SIMPLIFIED


def _texts(raw: bytes, path: str) -> dict[str, str]:
    """What each item says: its text, or why it was refused."""
    return {
        one.path: str(one.error) if isinstance(one, Refused) else one.text for one in read_sources(raw, path)
    }


WORD = files.word(lambda document: document.add_paragraph(SIMPLIFIED))
PDF = files.printed(files.PARAGRAPHS)
ZIP = files.zipped(("a.txt", SIMPLIFIED.encode()), ("b.docx", WORD))
MAIL = b"From: a@b.example\nMIME-Version: 1.0\nSubject: x\n\n" + SIMPLIFIED.encode()
JSON = b'[{"title": "x", "text": "%s"}, {"title": 3}]' % SIMPLIFIED.replace("\n", " ").encode()


@pytest.mark.parametrize("path", ["a.txt", "a.md", "a.html", "-"])
@pytest.mark.parametrize("text", [SIMPLIFIED, "# 题\n\n- **记者**：甲", "<p>记者：<b>甲</b></p>"])
def test_a_plain_file_is_what_read_bytes_gives(path: str, text: str) -> None:
    assert list(read_sources(text.encode(), path)) == [read_bytes(text.encode(), path)]


@pytest.mark.parametrize(
    ("raw", "path"),
    [(WORD, "a.docx"), (PDF, "a.pdf"), (b'{"text": "one"}', "a.json")],
    ids=["Word", "PDF", "JSON"],
)
def test_so_is_a_document_of_another_format(raw: bytes, path: str) -> None:
    assert list(read_sources(raw, path)) == [read_bytes(raw, path)]


def test_what_cannot_be_read_is_refused_with_the_same_words() -> None:
    (one,) = read_sources(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a.txt")
    with pytest.raises(SourceError) as refusal:
        read_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a.txt")
    assert isinstance(one, Refused)
    assert (one.path, str(one.error)) == ("a.txt", str(refusal.value))


@pytest.mark.parametrize(
    ("raw", "word"),
    [(WORD, "第三次"), (PDF, "石桥日报"), (ZIP, "第三次"), (JSON, "第三次")],
    ids=["Word", "PDF", "ZIP", "JSON"],
)
def test_content_counts_before_the_suffix(raw: bytes, word: str) -> None:
    for path in ("a.txt", "a.html", "a.pdf", "a.zip"):
        assert word in next(iter(_texts(raw, path).values()))


def test_text_that_is_called_otherwise_is_read_as_text() -> None:
    for suffix in (".docx", ".pdf", ".zip", ".eml", ".mht", ".json", ".jsonl"):
        if suffix != ".jsonl":
            assert _texts(SIMPLIFIED.encode(), f"a{suffix}") == {f"a{suffix}": SIMPLIFIED}


@pytest.mark.parametrize(("raw", "module"), [(WORD, "docx"), (PDF, "pypdfium2")], ids=["docx", "pypdfium2"])
def test_a_library_that_is_missing_is_named_with_the_file(
    raw: bytes, module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    (one,) = read_sources(raw, "夏汛/a.bin")
    assert isinstance(one, Refused)
    assert str(one.error).startswith("夏汛/a.bin: ")
    assert "pip install 'briefings-tui[office]'" in str(one.error)


def test_the_libraries_are_not_imported_before_they_are_needed() -> None:
    late = {"docx", "lxml", "pypdfium2", "chardet"}
    code = f"import sys, loader.read; print(sorted({late} & sys.modules.keys()))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


_MAGIC = st.sampled_from(
    [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"PK\x05\x06", b"[{", b'{"a":', b"From: x\n\n", MAIL[:60]]
)


@given(_MAGIC, st.binary(max_size=300), st.sampled_from(SUFFIXES))
@settings(max_examples=100)
@example(b"", b"PK\x05\x06" + bytes(18), ".zip")
@example(b"", b"[" * 50_000, ".json")
@example(b"", b'{"a":' * 50_000, ".jsonl")
@example(b"", b'[{"a": ' + b"9" * 5000 + b"}]", ".json")
@example(b"", b"Content-Type: multipart/mixed; boundary=a\n\n" * 5000, ".eml")
def test_any_bytes_are_read_or_refused(magic: bytes, rest: bytes, suffix: str) -> None:
    raw = magic + rest
    for one in read_sources(raw, f"a{suffix}"):
        assert one.path.startswith(f"a{suffix}")
        if isinstance(one, Reading):
            assert one.text.strip()
        else:
            assert str(one.error).isprintable()
            assert str(one.error).startswith(one.path)


@given(st.sampled_from([WORD, PDF, ZIP, MAIL, JSON]), st.data())
@settings(max_examples=150)
def test_changed_bytes_are_read_or_refused(raw: bytes, data: st.DataObject) -> None:
    changed = bytearray(raw)
    for _ in range(data.draw(st.integers(1, 6))):
        changed[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(raw)))
    for source in (bytes(changed), raw[:cut]):
        for one in read_sources(source, "a.bin"):
            assert isinstance(one, Reading | Refused)


HOSTILE: dict[str, Callable[[int], bytes]] = {
    "folded header": lambda n: b"Subject: x\nMIME-Version: 1.0\nFrom: y\n" + b" folded\n" * n,
    "encoded words": lambda n: b"MIME-Version: 1.0\nFrom: y\nSubject: " + b"=?gb2312?B?" * n + b"\n\nx",
    "boundaries": lambda n: (
        b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=a\n\n" + b"--a\n" * n
    ),
    "records": lambda n: b"[" + b'{"text": "x"},' * n + b"]",
    "lines": lambda n: b'{"text": "x"}\n' * n,
    "brackets": lambda n: b"[{" * n,
    "entries": lambda n: b"PK\x03\x04" + b"PK\x01\x02" * n,
    "objects": lambda n: b"%PDF-1.7\n" + b"1 0 obj <<" * n,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_containers_end_soon(name: str) -> None:
    before = time.process_time()
    for path in ("a.eml", "a.json"):
        for _ in read_sources(HOSTILE[name](5_000), path):
            pass
    assert time.process_time() - before < 10
