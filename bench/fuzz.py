"""Random queries against the store and mutated documents through the loader: nothing may fail.

    python -m bench.fuzz queries ARCHIVE.db [--number 1000000] [--processes 2] [--seed 1] [--limit 2]
    python -m bench.fuzz documents [--number 20000] [--processes 2] [--seed 1]

A query is made of any Unicode, words of the archive, operators, quotes, brackets, filters with odd
values; one in a thousand has 10,000 characters. It is searched and counted, sometimes completed, ranked,
narrowed and explained. Asked: no exception, none longer than --limit seconds; the slowest are printed. A
document is part of a seed in a format of the loader's, with bytes changed, cut out, repeated or put in;
one in twenty goes into an archive, too. Asked: read or refused in one line, every character that is no
blank in one turn.
"""

from __future__ import annotations

import argparse
import heapq
import io
import json
import multiprocessing
import os
import random
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from loader.archive.writer import Writer
from loader.load import load
from loader.model import Reading
from loader.parse import parse
from loader.read import Refused, find, read_sources
from tui.store.archive import ArchiveStore, open_archive
from tui.store.protocol import NotFoundError

SEEDS = Path(__file__).parent.parent / "seeds"
FIELDS = "place date speaker post asker outlet in id like PLACE nofield".split()
PIECES = (
    *'" “ ” "" | || - -- : :: ( ) [ ] * ^ + ~ ,'.split(" "),
    *"AND OR NOT NEAR( {} \\ \\\" % _ ? ' ; -- /* .. 。 ， ＂ ｜ －".split(" "),
    *"第十二场 第12场 二〇二二 2022 100000000 一千万 十 〇 hesuan".split(" "),
    *"he suan hsjc xi'an lü nü a z zhuang".split(" "),
    *"核酸 疫情 的 是 検査 檢測 ａｂｃ ﬁ ſ İ".split(" "),
    *"ß 👩‍👩‍👧 e\u0301 \u0301 \u202e \u200b \ufeff \x00 \x1b \ud800 \ufffe".split(" "),
    *"2022-03 2022-3-5..2022-04 ..2022 2022.. xxxx-08 9999 0000-00-00".split(" "),
    *"2022-13-45 q1 /q1 /p3 question answer 问".split(" "),
    *(" ", "  ", "\t", "\n", "　", "\xa0", "\u2028"),
)


class Queries:
    """Queries of one seed; `words` are strings that the archive holds."""

    def __init__(self, seed: str, words: list[str], ids: list[str]) -> None:
        self.dice, self.words, self.ids = random.Random(seed), words, ids

    def any(self) -> str:
        """One query."""
        dice = self.dice
        if dice.random() < 0.001:
            return self.long()
        return "".join(self.piece() for _ in range(min(40, 1 + int(dice.expovariate(0.4)))))

    def long(self) -> str:
        """A line of 10,000 characters: one thing over and over, or anything."""
        same = self.piece() + self.piece() if self.dice.random() < 0.5 else ""
        text = ""
        while len(text) < 10_000:
            text += same or self.piece() or " "
        return text[:10_000]

    def piece(self) -> str:
        """A word, an operator, a filter, a character."""
        dice = self.dice
        kind = dice.random()
        if kind < 0.3:
            return dice.choice(self.words)[: dice.randrange(1, 12)] + dice.choice(("", " ", " ", '"'))
        if kind < 0.5:
            return dice.choice(PIECES)
        if kind < 0.65:
            return dice.choice(("", " ", "-")) + dice.choice(FIELDS) + ":" + self.value()
        if kind < 0.9:
            low, high = dice.choice(((0x20, 0x7F), (0x4E00, 0xA000), (0, 0x3000), (0x3000, 0x110000)))
            return chr(dice.randrange(low, high))
        return " "

    def value(self) -> str:
        """What may stand behind a filter's colon."""
        dice = self.dice
        if dice.random() < 0.2:
            return dice.choice(self.ids) + dice.choice(
                ("", "/q1", "/q999999999999999999999", "/p2", "/p0", "/")
            )
        one = dice.choice(
            (dice.choice(self.words)[:4], dice.choice(PIECES), '"' + dice.choice(PIECES) + ' x"', "*")
        )
        return one


def _queries(archive: str, number: int, seed: int, limit: float, told: Any) -> None:
    store = open_archive(Path(archive))
    rows = store._db.execute("select text from passage order by id % 9973 limit 3000").fetchall()
    words = [text[at : at + 12] for (text,) in rows for at in (0, len(text) // 2) if text[at : at + 12]]
    made = Queries(f"queries {seed}", words, [row.id for row in store.briefings()[:500]])
    slowest: list[tuple[float, str, str]] = []
    failed: list[str] = []
    over = longest = asked = 0
    begun = time.monotonic()
    for nth in range(number):
        query = made.any()
        longest = max(longest, len(query))
        for name, ask in _asked(store, query, made.dice):
            before = time.perf_counter()
            try:
                ask()
            except Exception:
                failed.append(f"{name} {query[:200]!r}\n{traceback.format_exc(limit=-3)}")
            took = time.perf_counter() - before
            asked += 1
            over += took > limit
            heapq.heappush(slowest, (took, name, query))
            if len(slowest) > 12:
                heapq.heappop(slowest)
        if seed % 1000 == 0 and nth and nth % 10_000 == 0:
            rate = nth / (time.monotonic() - begun)
            print(f"  {nth:,} of {number:,}, {rate:.0f}/s, slowest {max(slowest)[0]:.2f} s", flush=True)
    told.put((number, asked, over, longest, failed, slowest))


def _asked(
    store: ArchiveStore, query: str, dice: random.Random
) -> Iterator[tuple[str, Callable[[], object]]]:
    yield "search", lambda: store.search(query)
    yield "count", lambda: store.count(query)
    chance = dice.random()
    if chance < 0.2:
        yield "complete", lambda: store.complete(query)
    if chance < 0.01:
        yield "ranked", lambda: store.ranked(query)
        yield "facets", lambda: store.facets(query)
        yield (
            "why",
            lambda: [store.why(query, hit.rowid, scored=True) for hit in store.search(query).hits[:2]],
        )
    if 0.2 < chance < 0.21:
        yield "within", lambda: store.search(query, within="weifang-2022-03-25-12")
        yield "locate", lambda: _located(store, query)


def _located(store: ArchiveStore, query: str) -> None:
    try:
        store.locate(query)
    except NotFoundError as error:
        if "\n" in str(error):
            raise


HOSTILE = (
    "\x00 \x1b[2J \x9b \x7f \u202e \u2066 \u200b \ufeff \u2028 \x85 \U000e0041 \ufffd \u0301 \ufe0f".split(
        " "
    )
)
MARKUP = (
    *"< > </ <p> <div <!-- --> & &#27; &#xd800; [ ]( ** __ ``` #".split(),
    *'| --- { } [ ] " \\ \\n \\u202e , : ： 记者： 主持人： 问： 答：'.split(),
    *"（ ） 《 》 “ ” 第 场 2022年 --x".split(),
    *"Content-Type: =? ?= %PDF- PK <![CDATA[ <title> </title> <table> <td> <pre>".split(),
)


def _formats(text: str, dice: random.Random) -> tuple[str, bytes]:
    """A document in a format, and a name for it."""
    form = dice.choice("txt txt md html json jsonl eml zip utf-16 gb18030".split())
    if form == "md":
        return "a.md", f"---\ntitle: 题\nplace: 潍坊\n---\n# {text.replace(chr(10), chr(10) * 2)}".encode()
    if form == "html":
        lines = "".join(f"<p>{line}</p>\n" for line in text.split("\n"))
        return "a.html", f"<!doctype html><title>题</title><body>{lines}</body>".encode()
    if form in ("json", "jsonl"):
        value = json.dumps(
            {"title": "题", "date": "2022-03-25", "body": text}, ensure_ascii=dice.random() < 0.5
        )
        return f"a.{form}", (
            f"[{value},{value}]" if form == "json" and dice.random() < 0.5 else value
        ).encode()
    if form == "eml":
        head = (
            "From: a@b.example\nSubject: 题\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n"
        )
        parts = f"--x\nContent-Type: text/plain; charset=utf-8\n\n{text}\n--x\nContent-Type: text/html\n\n"
        parts += f"<p>{text}\n--x--"
        return "a.eml", (head + parts).encode()
    if form == "zip":
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", dice.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as file:
            file.writestr("a.txt", text)
            file.writestr("b/c.html", f"<p>{text}")
        return "a.zip", out.getvalue()
    if form in ("utf-16", "gb18030"):
        return "a.txt", text.encode(form, "replace")
    return "a.txt", text.encode()


def mutated(dice: random.Random, texts: list[str]) -> tuple[str, bytes]:
    """A document, and what an enemy or an accident made of it."""
    text = dice.choice(texts)
    start = dice.randrange(max(1, len(text) - 3000))
    text = text[start : start + dice.randrange(100, 6000)]
    name, content = _formats(text, dice)
    raw = bytearray(content)
    for _ in range(dice.randrange(1, 12)):
        at, to = sorted((dice.randrange(len(raw) + 1), dice.randrange(len(raw) + 1)))
        kind = dice.randrange(8)
        if kind == 0 and raw:
            raw[dice.randrange(len(raw))] ^= 1 << dice.randrange(8)
        elif kind == 1:
            del raw[at : min(to, at + dice.randrange(1, 400))]
        elif kind == 2:
            raw[at:at] = raw[at : min(to, at + 60)] * dice.choice((2, 10, 100))
        elif kind == 3:
            raw[at:at] = dice.choice(HOSTILE).encode("utf-8", "surrogatepass") * dice.choice((1, 1, 30))
        elif kind == 4:
            raw[at:at] = dice.choice(MARKUP).encode() * dice.choice((1, 1, 3, 300))
        elif kind == 5:
            raw[at:at] = bytes(dice.randrange(256) for _ in range(dice.randrange(1, 9)))
        elif kind == 6 and dice.random() < 0.3:
            del raw[at:]
        else:
            other = dice.choice(texts).encode()
            cut = dice.randrange(len(other))
            raw[at:at] = other[cut : cut + dice.randrange(300)]
    return dice.choice((name, name, name, "a.txt", "a.html", "a.json", "a.md")), bytes(raw)


def whole(reading: Reading) -> bool:
    """Whether every character of a text that is no blank stands in one turn of what is made of it."""
    at = 0
    for turn in (turn for one in parse(reading) for turn in one.turns):
        if turn.span.start < at or reading.text[at : turn.span.start].strip():
            return False
        at = turn.span.end
    return not reading.text[at:].strip()


def _documents(number: int, seed: int, told: Any) -> None:
    texts = [path.read_text("utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    counts: Counter[str] = Counter()
    failed: list[str] = []
    slowest: list[tuple[float, str]] = []
    with tempfile.TemporaryDirectory() as name, Writer(Path(name) / "a.db") as writer:
        for nth in range(number):
            path, raw = mutated(random.Random(f"documents {seed} {nth}"), texts)
            before = time.perf_counter()
            try:
                _through(path, raw, counts)
                if nth % 20 == 0:
                    file = Path(name) / f"{nth}{Path(path).suffix}"
                    file.write_bytes(raw)
                    for batch in load(find([file]), writer, jobs=1):
                        counts["stored"] += sum(one.status == "loaded" for one in batch)
            except Exception:
                failed.append(f"seed {seed}, number {nth}, {path}\n{traceback.format_exc(limit=-3)}")
            heapq.heappush(
                slowest,
                (time.perf_counter() - before, f"seed {seed}, number {nth}, {path}, {len(raw)} bytes"),
            )
            if len(slowest) > 5:
                heapq.heappop(slowest)
        store = open_archive(Path(name) / "a.db")
        failed += [f"check: {one}" for one in store.check().problems]
        store.close()
    told.put((number, counts, failed, slowest))


def _through(path: str, raw: bytes, counts: Counter[str]) -> None:
    for one in read_sources(raw, path):
        if isinstance(one, Refused):
            counts["refused"] += 1
            assert "\n" not in str(one.error)
        else:
            counts["read"] += 1
            sound = whole(one)
            counts["whole"] += sound
            if not sound:
                raise AssertionError("a character stands in no turn")


def _spread(work: Callable[..., None], number: int, processes: int, *arguments: Any) -> list[Any]:
    spawning = multiprocessing.get_context("spawn")
    told = spawning.Queue()
    shares = [number // processes + (nth < number % processes) for nth in range(processes)]
    running = [
        spawning.Process(target=work, args=(*arguments, share, nth, told)) for nth, share in enumerate(shares)
    ]
    for one in running:
        one.start()
    found = [told.get() for _ in running]
    for one in running:
        one.join()
    return found


def _share_of_queries(archive: str, seed: int, limit: float, number: int, nth: int, told: Any) -> None:
    _queries(archive, number, seed * 1000 + nth, limit, told)


def _share_of_documents(seed: int, number: int, nth: int, told: Any) -> None:
    _documents(number, seed * 1000 + nth, told)


def main() -> None:
    """Try, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=["queries", "documents"])
    parser.add_argument("archive", nargs="?", default=os.environ.get("BRIEFINGS_ARCHIVE"))
    parser.add_argument("--number", type=int)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=float, default=2.0)
    asked = parser.parse_args()
    begun = time.monotonic()
    if asked.what == "queries":
        number = asked.number or 1_000_000
        found = _spread(_share_of_queries, number, asked.processes, asked.archive, asked.seed, asked.limit)
        failed = [line for one in found for line in one[4]]
        print(
            f"{sum(one[0] for one in found):,} queries, asked {sum(one[1] for one in found):,} times,"
            f" the longest of {max(one[3] for one in found):,} characters, in {time.monotonic() - begun:.0f}"
            f" s: {len(failed)} exceptions (asked 0),"
            f" {sum(one[2] for one in found)} above {asked.limit} s (asked 0)"
        )
        for took, name, query in sorted((one for share in found for one in share[5]), reverse=True)[:12]:
            print(f"  {took:6.3f} s  {name}: {len(query)} characters, {query[:100]!r}")
    else:
        number = asked.number or 20_000
        found = _spread(_share_of_documents, number, asked.processes, asked.seed)
        counts = sum((one[1] for one in found), Counter())
        failed = [line for one in found for line in one[2]]
        print(
            f"{sum(one[0] for one in found):,} documents in {time.monotonic() - begun:.0f} s:"
            f" {counts['read']:,} sources read, {counts['refused']:,} refused,"
            f" {counts['stored']:,} stored;"
            f" coverage {counts['whole'] / counts['read']:.4f} (asked 1.00),"
            f" {len(failed)} exceptions (asked 0)"
        )
        for took, which in sorted((one for share in found for one in share[3]), reverse=True)[:5]:
            print(f"  {took:6.3f} s  {which}")
    for line in failed[:10]:
        print(line)


if __name__ == "__main__":
    main()
