"""Archives of which one column holds what no writer wrote: is it said in one line, and is that all?

    python -m bench.odd [--only TABLE.COLUMN] [--kinds WORD] [--seed 1] [--share 1.0] [--screens]

In copies of an archive of the seeds each column of each table in turn is given values of other kinds and
sizes: nothing, numbers, bytes, texts that are huge, nested, or cannot be encoded. Of each copy every command
that reads is asked. Asked: exit code 0, 1 or 3, with 3 one line, no traceback, none above --seconds of the
processor. With `--screens` the browser opens its views instead, in this process and without a terminal: it
has to show them or say that the archive is damaged, and to live. `--share` takes some of the copies alone.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import io
import random
import resource
import shutil
import sqlite3
import tempfile
import time
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import cast

from loader.archive.writer import Writer
from loader.load import load
from loader.read import find
from tests.hostile import HOSTILE, forced
from tests.tui.browsing import browsing
from tests.tui.fake_store import FakeStore
from tui.cli import run
from tui.store.archive import open_archive
from tui.store.protocol import StoreError

SEEDS = Path(__file__).parent.parent / "seeds"
ID = "weifang-2022-03-25-12"
VALUES: dict[str, object] = {
    "nothing": None,
    "an empty text": "",
    "zero": 0,
    "a number": 7,
    "a negative number": -7,
    "the highest number": (1 << 63) - 1,
    "the lowest number": -(1 << 63),
    "a fraction": 1e308,
    "infinity": float("inf"),
    "bytes": b"\xff\x00" * 9,
    "text that is no UTF-8": b"\xed\xa0\x80\xff",
    "a text": "x",
    "controls": HOSTILE,
    "a long text": "文" * 3_000_000,
    "nested deep": "[" * 50_000 + "]" * 50_000,
    "nested a little": "[" * 900 + "]" * 900,
    "a list of anything": '[["x"], 1, null, {"a": "b"}]',
    "a long list": "[" + ",".join(['"x"'] * 300_000) + "]",
    "an escaped surrogate": '["\\ud800"]',
}
"""What a column is given."""
AS_TEXT = frozenset({"text that is no UTF-8"})
"""Those that are bytes here, and text to SQLite."""
COMMANDS = (
    ("list",),
    ("list", "--json"),
    ("show", ID),
    ("show", ID, "--json"),
    ("show", ID, "--source"),
    ("show", f"{ID}/q1"),
    ("search", "核酸"),
    ("search", "核酸检测 place:潍坊", "--json", "--why"),
    ("search", "hesuan", "--sort", "relevance"),
    ("search", f"like:{ID}/p9"),
    ("search", "二十六 in:answer speaker:王"),
    ("export", ID),
    ("export", ID, "--format", "csv"),
    ("check", "--json"),
)
VIEWS = (
    *("down", "enter", "pagedown", "]", "o", "down", "enter", "v", "pagedown", "escape", "w", "escape"),
    *("escape", "slash", "核", "酸", "down", "enter", "n", "W", "escape", "F", "escape", "r", "L", "escape"),
)
"""Keys by which the browser shows the list, transcripts, questions, the source, and hits."""


def made(archive: Path) -> None:
    """An archive of the seeds."""
    with Writer(archive) as writer:
        for _ in load(find([str(SEEDS)]), writer):
            pass


def columns(archive: Path) -> list[tuple[str, str]]:
    """Each column of each table that is none of SQLite's or of the index's own."""
    with closing(sqlite3.connect(archive)) as db:
        found: list[tuple[str, str]] = db.execute(
            "select m.name, c.name from sqlite_master m, pragma_table_xinfo(m.name) c where m.type = 'table'"
            " and m.sql not like 'create virtual%' and m.name not glob 'passage_grams_*'"
            " and m.name not glob '*sqlite*' order by 1, c.cid"
        ).fetchall()
    return found


def harmed(whole: Path, copy: Path, table: str, column: str, kind: str) -> bool:
    """Make a copy in which a column holds such a value; whether it can."""
    shutil.copy(whole, copy)
    try:
        forced(copy, table, column, VALUES[kind], as_text=kind in AS_TEXT)
    except sqlite3.Error:  # what the column's own index does not take
        return False
    return True


def commands(archive: Path, seconds: float) -> tuple[Counter[int], list[str]]:
    """The exit codes of all commands of one archive, and what went otherwise than asked."""
    codes, faults = Counter[int](), []
    for command in COMMANDS:
        said = io.StringIO()
        begun = time.process_time()
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(said):
            code = run([*command, "--archive", str(archive)])
        took = time.process_time() - begun
        codes[code] += 1
        lines = said.getvalue().splitlines()
        lined = code != 3 or (lines and lines[-1].startswith("briefings-tui: "))
        if code not in (0, 1, 3) or not lined or "Traceback" in said.getvalue():
            faults.append(f"{' '.join(command)}: exit code {code}: {' '.join(lines[-1:])[:300]}")
        if took > seconds:
            faults.append(f"{' '.join(command)}: {took:.1f} s")
    return codes, faults


async def views(archive: Path) -> list[str]:
    """What the browser dies of while it shows all that there is."""
    try:
        store = open_archive(archive)
    except StoreError:
        return []
    key = "start"
    try:
        async with browsing((120, 40), store=cast(FakeStore, store)) as browser:
            for key in VIEWS:
                await browser.press(key)
    except Exception as error:
        return [f"{key}: {type(error).__name__}: {str(error)[:200]}"]
    finally:
        store.close()
    return []


def main() -> None:
    """Harm, ask, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", default="")
    parser.add_argument("--kinds", default="")
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--share", type=float, default=1.0, help="of the copies, drawn by the seed")
    parser.add_argument("--screens", action="store_true", help="the browser's views, not the commands")
    asked = parser.parse_args()
    dice = random.Random(asked.seed)
    codes, copies, failed = Counter[int](), 0, 0
    with tempfile.TemporaryDirectory() as name:
        whole, copy = Path(name) / "whole.db", Path(name) / "a.db"
        made(whole)
        for table, column in columns(whole):
            for kind in VALUES:
                drawn = dice.random() < asked.share
                if asked.only not in f"{table}.{column}" or asked.kinds not in kind or not drawn:
                    continue
                if not harmed(whole, copy, table, column, kind):
                    continue
                copies += 1
                if asked.screens:
                    faults = asyncio.run(views(copy))
                else:
                    found, faults = commands(copy, asked.seconds)
                    codes += found
                failed += len(faults)
                for fault in faults:
                    print(f"{table}.{column}, {kind}: {fault}", flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{copies} copies, exit codes {dict(codes)}: {failed} faults (asked 0); {peak:.0f} MB at most")


if __name__ == "__main__":
    main()
