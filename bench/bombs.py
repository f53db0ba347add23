"""Documents and archives that are made to take all time or memory: read or refused, and what it took.

    python -m bench.bombs [--megabytes 1] [--only WORD] [--seconds 120] [--gigabytes 2]

Each goes through all that loading does but the database (`loader.prepare.items`), in a process of its own
whose address space ends at --gigabytes. Those that are one thing over and over are tried at half the size and
at the whole: what is linear takes about twice as long. Asked: no process dies, none takes longer than
--seconds of the processor.
--made, --repeated or --archives: made by hand alone, one thing over and over alone, or archives alone.
Of archives each command that reads is asked, all in one process: what it took, and the exit codes.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import math
import resource
import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from bench import odd
from bench.corpus import document
from loader.prepare import Made, Not, items
from loader.text import Fold
from tests.hostile import forced
from tui.cli import run

_MANY = 100_000
REPEATED = (
    *"< <a <a= <!-- <![CDATA[ </ & &# &lt; [ ]( ![ [](/ ** * __ _ `".split(),
    *"``` > # | |- -- \\ \\n \\x41 b' ' \" ( ) { [{ } :".split(),
    *"INSERT INSERT( VALUES( 记者： 记者 主持人： 主持人 ： （ ） （）".split(),
    *"《 》 “ ” ‘ 【 】 ▢ 问 答 问： 答：".split(),
    *"1 1. 1、 12， 1,0 1.0 % 第 第一 一 一、 十 百".split(),
    *"年 月 日 时 2022年 3月 2022年3月25日 第12场 场 12:30 A: Q: Q1".split(),
    *"http:// a@b / = ~ … —— · 、 ， 。 ？ ！".split(),
    *"市 省 区 潍坊 潍坊市 局长 张三 张三： 张三（ 王 来源： 时间： 责任编辑：".split(),
    *(
        "\n",
        "\n\n",
        " \n",
        " ",
        "　",
        "\t",
        "\r\n",
        "\u2028",
        "a\n",
        "问\n",
        "记者：\n",
        "- \n",
        "> \n",
        "| \n",
        "# \n",
    ),
    *(
        "<p>",
        "<b>",
        "<td>",
        "<li>",
        "<br>",
        "</p>",
        "<b></i>",
        "<title>",
        "<script>",
        "<pre>",
        "<a href='",
        "&nbsp;",
    ),
    *(
        "\x00",
        "\x1b[",
        "\u200b",
        "\u202e",
        "\u0301",
        "\U000e0041",
        "\ufffd",
        "é",
        "Привет ",
        "ａ",
        "𠀀",
        "👍",
    ),
    *(
        "谢谢。",
        "你好，",
        "记者：请问？\n答：谢谢。\n",
        "甲：\n乙：\n",
        "（记者）\n",
        "1.\n",
        "一、\n",
        "第一\n",
        "2022年\n",
    ),
)
"""What patterns look for: one of them over and over, without anything else."""


def _zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        for name, raw in members:
            file.writestr(name, raw)
    return out.getvalue()


def _overlapping() -> bytes:
    """Entries of which each says that its data are the same one megabyte."""
    raw = bytearray(_zipped(("a.txt", b"\xe4\xb8\x80" * 300_000)))
    start = raw.index(b"PK\x01\x02")
    end = raw.index(b"PK\x05\x06")
    entry = bytes(raw[start:end])
    many = 5_000
    raw[start:end] = entry * many
    tail = raw.index(b"PK\x05\x06", start + len(entry) * many)
    raw[tail + 8 : tail + 16] = struct.pack("<HHI", many, many, len(entry) * many)
    return bytes(raw)


def _nested(levels: int) -> bytes:
    raw = _zipped(("a.txt", "一".encode() * 1000))
    for level in range(levels):
        raw = _zipped((f"{level}.zip", raw))
    return raw


def _mail(parts: int, *, within: bool = False) -> bytes:
    head = 'From: a@b.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="{0}"\n\n'
    if within:
        return "".join(head.format(f"b{n}") + f"--b{n}\n" for n in range(parts)).encode()
    part = "--x\nContent-Type: text/plain; charset=utf-8\n\n记者：请问？\n"
    return (head.format("x") + part * parts + "--x--\n").encode()


def _docx(document: str, *more: tuple[str, bytes]) -> bytes:
    kinds = (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    links = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        'officeDocument" Target="word/document.xml"/></Relationships>'
    )
    return _zipped(
        ("[Content_Types].xml", kinds.encode()),
        ("_rels/.rels", links.encode()),
        ("word/document.xml", document.encode()),
        *more,
    )


def _laughs(entities: str) -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return _docx(
        f'<?xml version="1.0"?><!DOCTYPE d [{entities}]><w:document xmlns:w="{space}"><w:body>'
        "<w:p><w:r><w:t>&z;</w:t></w:r></w:p></w:body></w:document>"
    )


def _aliases(width: int) -> bytes:
    lines = ["a: &a [x,x,x,x,x,x,x,x,x]"]
    for last, name in zip("abcdefgh", "bcdefghi", strict=True):
        lines.append(f"{name}: &{name} [{','.join([f'*{last}'] * width)}]")
    return ("---\n" + "\n".join(lines) + "\n---\n正文。\n").encode()


def _briefings(characters: int) -> bytes:
    """As many made-up briefings in one text as fit."""
    parts: list[str] = []
    left = characters
    for number in count():
        _, name, content = document(number, 7)
        if name.endswith((".txt", ".md")):
            text = content.decode("utf-8", "replace") + "\n\n"
            left -= len(text)
            if left < 0:
                return "".join(parts).encode()
            parts.append(text)
    raise AssertionError("there is no end of briefings")


BOMBS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "100 MB on one line": ("a.txt", lambda: ("记者：请问什么时候结束？" * 2_800_000).encode()[:100_000_000]),
    "100 MB on one line, no label": ("a.txt", lambda: ("今天天气很好，" * 4_800_000).encode()),
    "8 million characters of briefings": ("a.txt", lambda: _briefings(8_000_000)),
    "52 MB of briefings": ("a.txt", lambda: _briefings(17_000_000)),
    "HTML nested 100,000 deep": (
        "a.html",
        lambda: b"<html>" + b"<div>" * _MANY + "文".encode() + b"</div>" * _MANY,
    ),
    "lists nested 100,000 deep": ("a.html", lambda: b"<html>" + b"<ul><li>" * _MANY + "文".encode()),
    "tables nested 100,000 deep": ("a.html", lambda: b"<html>" + b"<table><tr><td>" * _MANY + "文".encode()),
    "100,000 attributes": (
        "a.html",
        lambda: b"<html><p " + b" ".join(b"a%d=1" % n for n in range(_MANY)) + b">x",
    ),
    "JSON nested 100,000 deep": ("a.json", lambda: b"[" * _MANY + b"]" * _MANY),
    "JSON objects nested 100,000 deep": ("a.json", lambda: b'{"a":' * _MANY + b"1" + b"}" * _MANY),
    "JSON nested 900 deep": ("a.json", lambda: b'{"a":' * 900 + '"文"'.encode() + b"}" * 900),
    "a number of 1,000,000 digits": ("a.json", lambda: b'{"body": ' + b"9" * 1_000_000 + b"}"),
    "a million records": ("a.jsonl", lambda: b'{"a":1}\n' * 1_000_000),
    "100,000 keys": ("a.json", lambda: json.dumps({f"k{n}": "文" * 5 for n in range(_MANY)}).encode()),
    "YAML aliases, 9 to the 9th": ("a.md", lambda: _aliases(9)),
    "YAML nested 30,000 deep": ("a.md", lambda: b"---\na: " + b"[" * 30_000 + b"\n---\n\xe6\x96\x87\n"),
    "10,000 parts of a mail": ("a.eml", lambda: _mail(10_000)),
    "10,000 parts within one another": ("a.eml", lambda: _mail(10_000, within=True)),
    "190 parts within one another, 20 MB": ("a.eml", lambda: _mail(190, within=True) + b"x\n" * 10_000_000),
    "a header of 10 MB": (
        "a.eml",
        lambda: b"From: a@b.example\nSubject: " + b"=?utf-8?q?=41?= " * 600_000 + b"\n\nx",
    ),
    "100 MB of zeros in a ZIP": ("a.zip", lambda: _zipped(("a.txt", bytes(100_000_000)))),
    "60 MB of zeros, 20 times": (
        "a.zip",
        lambda: _zipped(*((f"{n}.txt", bytes(60_000_000)) for n in range(20))),
    ),
    "1,000 texts that shrink 190 times": (
        "a.zip",
        lambda: _zipped(*((f"{n}.txt", "记者：请问？谢谢。".encode() * 40_000) for n in range(1_000))),
    ),
    "ZIPs 50 deep": ("a.zip", lambda: _nested(50)),
    "5,000 entries of the same data": ("a.zip", _overlapping),
    "100,000 entries": ("a.zip", lambda: _zipped(*((f"{n}.txt", b"") for n in range(_MANY)))),
    "60,000 small members": (
        "a.zip",
        lambda: _zipped(*((f"{n}.txt", "文。".encode()) for n in range(60_000))),
    ),
    "names that lead out": (
        "a.zip",
        lambda: _zipped(
            *(
                (name, "文。".encode())
                for name in ("../../a.txt", "/etc/b.txt", "c:\\d.txt", "a/" * 30_000 + "x.txt")
            )
        ),
    ),
    "bzip2 in a ZIP": ("a.zip", lambda: _zipped(("a.txt", bytes(300_000_000)), method=zipfile.ZIP_BZIP2)),
    "gzip": ("a.txt", lambda: zlib.compress(bytes(10_000_000), wbits=31)),
    "a billion laughs in a .docx": (
        "a.docx",
        lambda: _laughs(
            "<!ENTITY a 'lol'>"
            + "".join(
                f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefghi", "bcdefghiz", strict=True)
            )
        ),
    ),
    "one long entity, 30,000 times": (
        "a.docx",
        lambda: _laughs(f"<!ENTITY a '{'x' * 60_000}'><!ENTITY z '{'&a;' * 30_000}'>"),
    ),
    "an entity that is a file": ("a.docx", lambda: _laughs("<!ENTITY z SYSTEM 'file:///etc/passwd'>")),
    "60 MB of paragraphs in a .docx": (
        "a.docx",
        lambda: _docx(
            '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
            + "".join(f"<w:p><w:r><w:t>段{n}</w:t></w:r></w:p>" for n in range(300_000))
            + "</w:body></w:document>"
        ),
    ),
    "a .docx nested 100,000 deep": ("a.docx", lambda: _docx("<w>" * _MANY)),
    "a million marks on one character": (
        "a.txt",
        lambda: ("记" + "\u0301" * 1_000_000 + "者：请问").encode(),
    ),
}


def _lying(archive: Path) -> None:
    """A source that unpacks to 3 GB, and says that it is as long."""
    packer = zlib.compressobj()
    packed = b"".join(packer.compress(bytes(10_000_000)) for _ in range(300)) + packer.flush()
    forced(archive, "source", "text", packed)
    forced(archive, "source", "chars", 3_000_000_000)


def _said(sql: str, archive: Path) -> None:
    with contextlib.closing(sqlite3.connect(archive)) as db:
        db.executescript(sql)


def _nested_terms(levels: int, archive: Path) -> None:
    forced(archive, "document", "terms", "[" * levels + "]" * levels)


ARCHIVES: dict[str, Callable[[Path], None]] = {
    "untouched": Path.exists,
    "terms nested 50,000 deep": partial(_nested_terms, 50_000),
    "terms nested 900 deep": partial(_nested_terms, 900),
    "a row that unpacks to 3 GB": _lying,
    "titles of 10 MB": lambda archive: forced(archive, "document", "title", "文" * 3_300_000),
    "settings of 10 MB": lambda archive: forced(archive, "setting", "value", "文" * 3_300_000),
    "paragraphs of 120 KB": lambda archive: forced(archive, "passage", "text", "核酸" * 20_000),
    "30,000 terms": lambda archive: forced(archive, "question", "terms", json.dumps(["核酸"] * 30_000)),
    "a computed column": partial(_said, "drop table gap; create table gap (a, b as/**/(a||a))"),
    "a trigger": partial(_said, "create trigger t after update on setting begin delete from source; end"),
    "3,000 tables": partial(_said, ";".join(f"create table more{n} (a)" for n in range(3_000))),
}
"""What is done to an archive of the seeds."""


def _limited(gigabytes: float, seconds: float) -> None:
    """From here on this process gets so much memory and so much of a processor, and then it ends."""
    limit = int(gigabytes * 2**30)
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(time.process_time() + seconds),) * 2)


def _asked(archive: str, gigabytes: float, seconds: float) -> None:
    """In a process of its own: ask an archive all that can be read, and print what came of it."""
    _limited(gigabytes, seconds)
    codes, longest, last = Counter[int](), 0.0, ""
    for command in odd.COMMANDS:
        begun, said = time.process_time(), io.StringIO()
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(said):
            code = run([*command, "--archive", archive])
        codes[code] += 1
        longest = max(longest, time.process_time() - begun)
        last = said.getvalue().rpartition("briefings-tui: ")[2].strip() if code not in (0, 1) else last
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([longest, peak, Path(archive).stat().st_size, sorted(codes.items()), last]))


def asked_all(only: str, gigabytes: float, seconds: float) -> list[str]:
    """Ask each archive in `ARCHIVES`, print; those that failed."""
    failed: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        whole, copy = Path(folder) / "whole.db", Path(folder) / "a.db"
        odd.made(whole)
        for name in (one for one in ARCHIVES if only in one):
            shutil.copy(whole, copy)
            ARCHIVES[name](copy)
            found = _answer("_asked", str(copy), gigabytes, seconds)
            if isinstance(found, str):
                failed.append(f"{name}: {found}")
                print(f"{name:36} FAILED {found}", flush=True)
                continue
            took, peak, size, codes, last = found
            came = ", ".join(f"{number} times exit code {code}" for code, number in codes)
            if {code for code, _ in codes} - {0, 1, 3}:
                failed.append(f"{name}: {came}")
            said = last.replace(str(copy), copy.name)[:90]
            print(f"{name:36} {size / 1e6:7.1f} MB {took:7.2f} s {peak:6.0f} MB  {came}  {said}", flush=True)
    return failed


def _answer(function: str, *arguments: object) -> Any:
    """What a function of this module prints in a process of its own, or how that ended, in words."""
    told = json.dumps(arguments)
    command = [
        sys.executable,
        "-c",
        f"import json; from bench.bombs import {function}; {function}(*json.loads({told!r}))",
    ]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        return f"more than {arguments[-1]:.0f} s, or the system ended it"
    if done.returncode:
        return (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
    return json.loads(done.stdout)


def repeated(what: str, suffix: str, megabytes: float) -> tuple[str, bytes]:
    """A file of one thing over and over, behind a line of text."""
    size = int(megabytes * 1e6)
    return f"a.{suffix}", ("新闻发布会\n" + what * (size // len(what.encode()) + 1)).encode()[:size]


def _one(name: str, suffix: str, megabytes: float, gigabytes: float, seconds: float) -> None:
    """In a process of its own: read one and print what came of it."""
    path, raw = repeated(name, suffix, megabytes) if suffix else (BOMBS[name][0], BOMBS[name][1]())
    _limited(gigabytes, seconds)
    made = refused = characters = 0
    why = ""
    begun = time.process_time()
    for item in items(raw, path, path, {}, None, Fold()):
        if isinstance(item, Made):
            made += 1
            characters += item.source.row["chars"]
        elif isinstance(item, Not):
            refused += 1
            why = why or item.reason
    took = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([took, peak, len(raw), made, characters, refused, why]))


def tried(name: str, suffix: str, megabytes: float, gigabytes: float, seconds: float) -> list[object] | str:
    """What came of one, or how its process ended."""
    found: list[object] | str = _answer("_one", name, suffix, megabytes, gigabytes, seconds)
    return found


def main() -> None:
    """Try, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--megabytes", type=float, default=1.0)
    parser.add_argument("--only", default="")
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--gigabytes", type=float, default=2.0)
    parser.add_argument(
        "--repeated", action="store_true", help="those that are one thing over and over alone"
    )
    parser.add_argument("--made", action="store_true", help="the others alone")
    parser.add_argument("--archives", action="store_true", help="archives alone")
    asked = parser.parse_args()
    failed: list[str] = []
    print(f"limits: {asked.seconds:.0f} s of the processor, {asked.gigabytes:g} GB of addresses each")
    if not (asked.made or asked.repeated):
        failed += asked_all(asked.only, asked.gigabytes, asked.seconds)
    for name in () if asked.archives or asked.repeated else BOMBS:
        if asked.only in name:
            found = tried(name, "", 0, asked.gigabytes, asked.seconds)
            if isinstance(found, str):
                failed.append(f"{name}: {found}")
                print(f"{name:36} FAILED {found}", flush=True)
            else:
                took, peak, size, made, characters, refused, why = found
                came = f"{made} read ({characters:,} characters), {refused} refused {str(why)[:90]}"
                print(f"{name:36} {size / 1e6:7.1f} MB {took:7.2f} s {peak:6.0f} MB  {came}", flush=True)
    slowest: list[tuple[float, float, str]] = []
    for what in () if asked.made or asked.archives else REPEATED:
        for suffix in ("txt", "md", "html"):
            name = f"{what!r} in .{suffix}"
            if asked.only not in name:
                continue
            half = tried(what, suffix, asked.megabytes / 2, asked.gigabytes, asked.seconds)
            whole = tried(what, suffix, asked.megabytes, asked.gigabytes, asked.seconds)
            if isinstance(half, str) or isinstance(whole, str):
                failed.append(f"{name}: {whole if isinstance(whole, str) else half}")
                print(f"FAILED {failed[-1]}", flush=True)
                continue
            slowest.append(
                (float(str(whole[0])), float(str(whole[0])) / max(0.01, float(str(half[0]))), name)
            )
    slowest.sort(reverse=True)
    print(f"{len(slowest)} of one thing over and over, {asked.megabytes} MB each; the slowest, against half:")
    for took, ratio, name in slowest[:20]:
        print(f"  {took:6.2f} s  {ratio:4.1f}  {name}")
    squares = [one for one in slowest if one[1] > 2.8 and one[0] > 1]
    print(f"more than 2.8 times as long as half: {len(squares)}")
    for took, ratio, name in squares:
        print(f"  {took:6.2f} s  {ratio:4.1f}  {name}")
    print(f"asked: 0 failed; found: {len(failed)}", *failed, sep="\n")


if __name__ == "__main__":
    main()
