"""Which files a walk finds, which it passes over and why, and what it says of those it cannot read."""

from __future__ import annotations

import io
import os
import sys
from collections import Counter
from pathlib import Path

import pytest

from loader.model import SourceError
from loader.read import SUFFIXES, find
from loader.read.find import plain_bytes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in "b.TXT a.md sub/c.html sub/d.png .git/e.txt .f.txt README.md sub/readme.txt".split():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name, encoding="utf-8")
    return tmp_path


def test_a_folder_is_walked_in_sorted_order(folder: Path) -> None:
    passed: Counter[str] = Counter()
    found = list(find([folder], passed))
    assert [Path(one.path).relative_to(folder).as_posix() for one in found] == ["a.md", "b.TXT", "sub/c.html"]
    assert found[0].read() == b"a.md"
    assert +passed == Counter({"hidden": 2, "README": 2, "other suffix": 1})


def test_a_file_that_is_named_is_taken_whatever_its_name(folder: Path) -> None:
    paths = [folder / "README.md", folder / "sub/d.png", folder / ".f.txt"]
    assert [one.read() for one in find(paths)] == [b"README.md", b"sub/d.png", b".f.txt"]


def test_a_path_that_is_not_there_does_not_stop_the_others(folder: Path) -> None:
    first, second = find([folder / "gone.txt", str(folder / "a.md")])
    assert second.read() == b"a.md"
    assert str(first.error).startswith(f"{folder / 'gone.txt'}: no such file")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read anything")
def test_a_file_that_may_not_be_read(folder: Path) -> None:
    (folder / "a.md").chmod(0)
    with pytest.raises(SourceError, match="permissions"):
        next(find([folder])).read()


def test_a_folder_without_transcripts_says_what_was_looked_for(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"x")
    (one,) = find([tmp_path])
    assert all(suffix in str(one.error) for suffix in SUFFIXES)


def test_links_in_a_circle_end(folder: Path) -> None:
    (folder / "sub" / "up").symlink_to(folder, target_is_directory=True)
    passed: Counter[str] = Counter()
    assert len(list(find([folder, folder], passed))) == 3
    assert passed["seen already"] == 2


def test_a_dangling_link_is_an_error_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone")
    (one,) = find([tmp_path])
    assert "no such file" in str(one.error)


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("第三次".encode())))
    (one,) = find(["-"])
    assert (one.path, one.read()) == ("-", "第三次".encode())


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="no devices here")
def test_a_device_is_no_file() -> None:
    (one,) = find(["/dev/null"])
    assert "device" in str(one.error)


def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.txt").write_bytes(b"x")
    passed: Counter[str] = Counter()
    assert [one.read() for one in find([tmp_path], passed)] == [b"x"]
    assert passed["no plain file"] == 1


def test_a_name_of_any_bytes_gives_one_line(tmp_path: Path) -> None:
    (one,) = find([tmp_path / "a\n\x1b.txt"])
    assert str(one.error).isprintable()


@pytest.fixture
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of which only the loader may read the file."""
    path = tmp_path_factory.mktemp("outside")
    (path / "secret.txt").write_bytes(b"secret")
    return path


def test_a_link_that_leads_out_of_the_folder_is_passed_over(folder: Path, outside: Path) -> None:
    (folder / "z.txt").symlink_to(outside / "secret.txt")
    (folder / "sub" / "y.txt").symlink_to(os.path.relpath(outside / "secret.txt", folder / "sub"))
    (folder / "more").symlink_to(outside)
    (folder / "gone.txt").symlink_to(outside / "gone.txt")
    (folder / "twice.txt").symlink_to(folder / "once.txt")
    (folder / "once.txt").symlink_to(outside / "secret.txt")
    passed: Counter[str] = Counter()
    assert [one.read() for one in find([folder], passed)] == [b"a.md", b"b.TXT", b"sub/c.html"]
    assert passed["link out of the folder"] == 6


def test_a_link_that_stays_in_the_folder_is_followed(folder: Path) -> None:
    (folder / "z.txt").symlink_to("sub/c.html")
    (folder / "sub" / "y.txt").symlink_to(folder / "a.md")
    assert [one.read() for one in find([folder])] == [
        b"a.md",
        b"b.TXT",
        b"sub/c.html",
        b"a.md",
        b"sub/c.html",
    ]
    alias = folder.with_name("alias")
    alias.symlink_to(folder)
    assert len(list(find([alias]))) == 5


def test_a_link_that_is_named_itself_is_followed(folder: Path, outside: Path) -> None:
    (folder / "z.txt").symlink_to(outside / "secret.txt")
    (folder / "more").symlink_to(outside)
    assert [one.read() for one in find([folder / "z.txt", folder / "more"])] == [b"secret", b"secret"]


def test_a_folder_of_links_that_lead_out_holds_nothing(tmp_path: Path, outside: Path) -> None:
    (tmp_path / "z.txt").symlink_to(outside / "secret.txt")
    passed: Counter[str] = Counter()
    (one,) = find([tmp_path], passed)
    assert "no transcript in this folder" in str(one.error)
    assert passed["link out of the folder"] == 1


@pytest.mark.parametrize("target", ["file", "folder", "pipe"])
def test_what_is_put_in_the_way_after_the_walk_is_not_read(folder: Path, outside: Path, target: str) -> None:
    *_, found = find([folder])
    assert found.read() == b"sub/c.html"
    if target == "folder":
        (folder / "sub").rename(folder / "old")
        (folder / "sub").symlink_to(outside)
        (outside / "c.html").write_bytes(b"secret")
    else:
        (folder / "sub" / "c.html").unlink()
        if target == "pipe":
            os.mkfifo(folder / "sub" / "c.html")
        else:
            (folder / "sub" / "c.html").symlink_to(outside / "secret.txt")
    with pytest.raises(SourceError, match="cannot be read"):
        found.read()


def test_no_link_is_followed_between_looking_and_opening(
    folder: Path, outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    *_, found = find([folder])
    (outside / "c.html").write_bytes(b"secret")
    realpath = os.path.realpath

    def exchanged(path: str) -> str:
        real = realpath(path)
        if not (folder / "sub").is_symlink():
            (folder / "sub").rename(folder / "old")
            (folder / "sub").symlink_to(outside)
        return real

    monkeypatch.setattr(os.path, "realpath", exchanged)
    with pytest.raises(SourceError, match="cannot be read"):
        found.read()


def test_a_file_is_read_through_links_but_not_waited_for(folder: Path, outside: Path) -> None:
    (folder / "z.txt").symlink_to(outside / "secret.txt")
    assert plain_bytes(str(folder / "z.txt")) == b"secret"
    os.mkfifo(folder / "pipe.txt")
    for name in ("pipe.txt", "gone.txt", "sub", "a\0b"):
        with pytest.raises(SourceError):
            plain_bytes(str(folder / name))
