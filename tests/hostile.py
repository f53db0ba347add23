"""Documents that try to drive a terminal, an archive whose rows do, and a strict look at what was written.

`documents` writes the set in every format, `poisoned` puts the same into the rows of an archive, past the
loader; `faults` takes a terminal's raw stream apart: only sequences that the program itself writes may stand
in it. Each payload says PWNED where a terminal that obeyed it would read a title, a colour or a string.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.read.files import word

MARK = "PWNED"
PAYLOADS = (
    f"\x1b]0;{MARK}\x07",  # a window's title
    f"\x1b]52;c;{MARK}\x1b\\",  # a clipboard
    f"\x1bP+q{MARK}\x1b\\",  # a device control string
    f"\x1b_{MARK}\x1b\\",  # an application's command
    "\x1b[58;5;201m\x1b[5;9;53m",  # marks that the program never sets
    "\x1b[2J\x1b[999;999H\x1b[6n\x1bc\x1b(0",  # erasing, going, asking, a reset, another character set
    f"\x9d0;{MARK}\x9c\x9b31m\x90{MARK}\x9c\x85",  # the same as C1
    "\x00\x01\x05\x07\x08\x0b\x0c\x0e\x0f\x1a\x7f",  # C0 and DEL
    "\u202egnp.exe\u202c\u2066左\u2069\u2067右\u2069\u200e\u200f\u061c",  # bidi
    "看\u200b不\u200c见\u200d\u2060\ufeff\u00ad\u034f的",  # no width
    "旗\U000e0062\U000e0065\U000e007f葛\U000e0100☎\ufe0f",  # tags, variation selectors
    "行\u2028段\u2029尾\r头",  # line ends
    "\ufffd替\ufffe\uffff",
    "[bold red]粗[/bold red][@click=app.quit()]点[/][link=file:///etc/passwd]链[/link] \\[",
    "记" + "\u0301\u0338\u0323" * 40 + "号",  # a flood of marks
)
HOSTILE = "".join(PAYLOADS)
LONE = "\ud800\udfff"
"""Lone surrogates: JSON can say them, UTF-8 cannot."""
ONE_LINE = HOSTILE.translate(dict.fromkeys(map(ord, "\n\r\x00\x0b\x0c\x85\u2028\u2029")))
"""The payloads without what ends a line in a source."""

_BODY = f"""潍坊市举行第12场疫情防控{ONE_LINE}新闻发布会

时间：2022年3月25日
来源：{ONE_LINE}日报

主持人：各位记者朋友，大家好。{HOSTILE}欢迎出席今天的发布会，请张三局长介绍核酸检测情况。

张三\u202e（市卫健委\x1b[31m{MARK}主任）：谢谢主持人。{HOSTILE}核酸检测已经完成一百二十万人次。

[bold]潍坊\x9b31m日报记者：请问{HOSTILE}核酸检测什么时候结束？

张三：谢谢你的提问。核酸检测{HOSTILE}本周结束，请放心。

主持人：今天的发布会到此结束。{HOSTILE}
"""
_HEAD = 16
"""Characters of a passage that stay, so that a test sees which one it is."""
NAMES = (
    f"题\x1b]0;{MARK}\x07\n\u202e行",
    "a\x9b31m[bold]b[@click=app.quit]",
    "-rf \r\u2028 $(reboot)",
)


def documents(folder: Path) -> None:
    """Write the set: the same briefing in each format, under names that are no better."""
    folder.mkdir()
    said = json.dumps({"title": HOSTILE + LONE, "place": ONE_LINE, "body": _BODY + LONE, ONE_LINE: ONE_LINE})
    page = _BODY.replace("\x00", "&#0;").replace("\n\n", "</p><p>")
    texts = {
        "txt": _BODY,
        "md": f'---\ntitle: "题\\e]0;{MARK}\\a\\u202e"\nplace: {ONE_LINE}\n---\n# {ONE_LINE}\n\n{_BODY}',
        "html": f"<title>{HOSTILE}&#27;]0;{MARK}&#7;&#x202e;</title><p>{page}</p>",
        "json": said,
        "jsonl": f"{said}\n{said.replace('12', '13')}\n{{broken {ONE_LINE}\n",
        "eml": f"From: a@b.example\nSubject: {ONE_LINE}\nMIME-Version: 1.0\n"
        f"Content-Type: text/plain; charset=utf-8\n\n{_BODY}",
    }
    for nth, (suffix, text) in enumerate(texts.items()):
        name = f"{nth}{NAMES[nth % len(NAMES)]}.{suffix}"
        (folder / name).write_bytes(text.encode("utf-8", "surrogatepass"))
    (folder / "w.docx").write_bytes(word(_written))
    Path(os.fsdecode(os.fsencode(folder) + b"/x\x9b31m\xff.txt")).write_text(_BODY, "utf-8")
    (folder / f"refused{NAMES[0]}.txt").write_bytes(b"\x1b[2J\x00\x01" * 300)
    (folder / f"refused{NAMES[1]}.json").write_text(f'{{"{ONE_LINE}": ', "utf-8")


def _written(document: object) -> None:
    kept = re.sub("[\x00-\x08\x0b-\x1f\ufffe\uffff]", "", _BODY)  # XML holds no more
    for line in kept.split("\n"):
        document.add_paragraph(line)  # type: ignore[attr-defined]


def poisoned(archive: Path) -> None:
    """Put the payloads into every text of an archive that is shown, as its loader never would."""
    columns = {
        "document": ("title", "place", "organ", "outlet", "terms", "warnings"),
        "speaker": ("name", "post"),
        "turn": ("label",),
        "question": ("outlet", "asker", "text", "terms"),
        "word": ("word",),
        "source": ("path",),
    }
    with sqlite3.connect(archive) as db:
        for table, names in columns.items():
            known = {name for _, name, *_ in db.execute(f"pragma table_info({table})")}
            for name in [one for one in names if one in known]:
                whole = f"[{json.dumps(HOSTILE)}]" if name in ("terms", "warnings") else HOSTILE
                new = "?" if name in ("terms", "warnings") else f"{name} || ?"
                db.execute(f"update or ignore {table} set {name} = {new} where {name} is not null", (whole,))
        for number, text in db.execute("select id, text from passage").fetchall():
            # as long as it was: a passage that reaches into the next one is damage, and said to be
            new = (text[:_HEAD] + HOSTILE + text[_HEAD + len(HOSTILE) :])[: len(text)]
            db.execute("update passage set text = ? where id = ?", (new, number))


def forced(archive: Path, table: str, column: str, value: object, *, as_text: bool = False) -> None:
    """Put a value of any type into all rows of a column, past what the table allows.

    `as_text`: bytes that are stored as text, whatever they are.
    """
    with closing(sqlite3.connect(archive, isolation_level=None)) as db:
        (sql,) = db.execute("select sql from sqlite_master where name = ?", (table,)).fetchone()
        loose = sql.replace(" STRICT", "").replace(" strict, without", " without").replace(" NOT NULL", "")
        loose = loose.replace("STRICT, without", "without").replace(" not null", "")
        _restate(db, table, loose)
    with closing(sqlite3.connect(archive, isolation_level=None)) as db:
        given = "cast(? as text)" if as_text else "?"
        db.execute(f"update or ignore {table} set {column} = {given}", (value,))
        _restate(db, table, sql)


def _restate(db: sqlite3.Connection, table: str, sql: str) -> None:
    (version,) = db.execute("pragma schema_version").fetchone()
    db.execute("pragma writable_schema = on")
    db.execute("update sqlite_master set sql = ? where type = 'table' and name = ?", (sql, table))
    db.execute(f"pragma schema_version = {version + 1}")
    db.execute("pragma writable_schema = off")


_OURS = re.compile(
    "\x1b\\[(?:"
    r"(?P<place>\d{0,3}(?:;\d{1,3})?)[HG]"
    r"|(?P<style>[\d;]*)m"
    r"|\?(?:7|25|1000|1003|1004|1006|1015|1016|1049|2004|2026)[hl]"
    r"|\?(?:2026|2048)\$p|[012]?K|1?A|<u|>\d*u"
    ")"
    "|\x1b]22;[a-z]*\x07|\x1b]52;c;(?P<copied>[A-Za-z0-9+/=]*)\x07"
)
_STRANGE = re.compile(
    "[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e0fff]"
)


def faults(raw: bytes, width: int = 200, height: int = 100) -> list[str]:
    """What in a raw stream is neither plain text nor a sequence of ours, each with what follows."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return [f"no UTF-8 at {error.start}: {raw[error.start - 20 : error.start + 20]!r}"]
    found: list[str] = []
    plain: list[str] = []
    at = 0
    for one in _OURS.finditer(text):
        plain.append(text[at : one.start()])
        at = one.end()
        if any(int(part or 1) > max(width, height) for part in (one["place"] or "").split(";")):
            found.append(f"a place that is not there: {one[0]!r}")
        if one["style"] is not None and not _style(one["style"]):
            found.append(f"a strange style: {one[0]!r}")
    plain.append(text[at:])
    for piece in plain:
        found += [f"{piece[one.start() :][:30]!r}" for one in _STRANGE.finditer(piece)]
    return found


def _style(codes: str) -> bool:
    """Whether they are styles that the program sets: neither blinking nor framed, no colour of a line."""
    numbers = iter(codes.split(";") if codes else ())
    for number in numbers:
        if number in ("38", "48"):
            count = 1 if next(numbers, "") == "5" else 3
            if len([next(numbers, None) for _ in range(count)]) != count:
                return False
        elif number in ("5", "6", "8", "53", "58") or not (number == "" or int(number) <= 107):
            return False
    return True
