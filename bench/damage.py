"""Archives that are damaged: is each damage found that changes what is said, and does nothing crash?

    python -m bench.damage [--places 500] [--documents 16] [--seed 1] [--repair]

Of an archive of made-up documents, in every format and with corrections, copies are hurt at one place each:
a bit is flipped on a page of each kind in turn (header, each table and index, free pages, pointer maps), at
the page's head, its cells or its last bytes, or the file is cut off. Of each copy all is read that a reader
can read: the list, each transcript, record and source with its bytes, and searches; and it is checked. Asked
is that what says something else than the untouched one, or refuses, is a problem for `check`, and that no
call fails otherwise than with its one line, loading into it and correcting included. With `--repair` each is
mended as well (`check --repair`): it has to be whole then, and what was lost is counted.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sqlite3
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import closing, redirect_stderr
from functools import partial
from io import StringIO
from pathlib import Path

from bench.corpus import document
from loader.archive.errors import WRONG_VALUES, ArchiveError, failing
from loader.archive.writer import Writer
from loader.corrections import checked
from loader.load import correct, load
from loader.read import find
from tui.mending import mend
from tui.store.archive import ArchiveStore, open_archive
from tui.store.protocol import StoreError

QUERIES = (
    *(
        "核酸",
        "新闻发布会",
        "的",
        "第3场",
        "2022",
        "hesuan",
        "疫情防控",
        "in:answer 工作",
        "place:州",
        "speaker:王",
    ),
    *("date:2021 情况", "没有这样的话", "-24时", "漢", "outlet:日报"),
)
Said = dict[str, str]
"""For each thing asked a digest of the answer, or `refused`."""
Damage = tuple[str, str, Callable[[bytearray], None]]
"""The kind of page, what was done to it in words, and what does it."""


def made(archive: Path, documents: int, seed: int) -> None:
    """An archive of so many made-up documents, with corrections and free pages."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number in range(documents):
            _script, file, content = document(number, seed)
            (folder / file).write_bytes(content)
            if number % 20 == 3:  # the same, printed by somebody else
                (folder / f"again-{Path(file).stem}{Path(file).suffix}").write_bytes(
                    content.replace("。".encode(), "！".encode(), 3)
                )
        with Writer(archive) as writer:
            outcomes = [one for batch in load(find([str(folder)]), writer) for one in batch]
            for one in outcomes[:: max(1, len(outcomes) // 5)]:
                correct(str(one.id), checked({"title": "改过的题目", "ordinal": "7"}), writer)
            writer.forget(outcomes[-1].path)  # leaves free pages


def kinds_of_pages(archive: Path) -> dict[str, list[int]]:
    """The pages of each table and index, by what SQLite says of them, from 1; free ones are of no table."""
    with closing(sqlite3.connect(archive)) as db:
        (pages,) = db.execute("pragma page_count").fetchone()
        found: dict[str, list[int]] = defaultdict(list)
        try:
            for name, page in db.execute("select name, pageno from dbstat"):
                found[name].append(page)
        except sqlite3.OperationalError:  # SQLite was built without it: pages of all kinds alike
            pass
    used = {page for some in found.values() for page in some}
    found["no table"] = [page for page in range(1, pages + 1) if page not in used]
    return {kind: some for kind, some in found.items() if some}


def damages(archive: Path, places: int, dice: random.Random) -> list[Damage]:
    """So many, a seventh of them cuts, the others flips spread over all kinds of pages."""
    data = archive.read_bytes()
    page_size = int.from_bytes(data[16:18], "big")
    pages = kinds_of_pages(archive)
    kinds = ["header", *sorted(pages)]
    out: list[Damage] = []
    for nth in range(places):
        if nth % 7 == 6:
            left = dice.choice(
                (dice.randrange(len(data)), page_size * dice.randrange(len(data) // page_size))
            )
            out.append(("cut off", f"{left} bytes left", partial(_cut, left)))
            continue
        kind = kinds[nth % len(kinds)]
        page = 1 if kind == "header" else dice.choice(pages[kind])
        reach = 100 if kind == "header" else dice.choice((12, page_size, page_size))
        tries = [page_size * (page - 1) + dice.randrange(reach) for _ in range(8)]
        at = next((one for one in tries if data[one]), tries[0])  # where there is something, mostly
        bit = dice.randrange(8)
        words = f"bit {bit} of byte {at % page_size} of page {page}"
        out.append((kind, words, partial(_flip, at, bit)))
    return out


def _cut(left: int, data: bytearray) -> None:
    del data[left:]


def _flip(at: int, bit: int, data: bytearray) -> None:
    data[at] ^= 1 << bit


class Reader:
    """Asks a store for all it holds."""

    def __init__(self, ids: list[str]) -> None:
        self.ids = ids
        self.crashes: list[str] = []

    def read(self, archive: Path) -> Said:
        """What each thing says."""
        said: Said = {}
        store = self._ask(said, "open", lambda: open_archive(archive))
        if not isinstance(store, ArchiveStore):
            return said
        with closing(store):
            self._ask(said, "list", store.briefings)
            self._ask(said, "changed", store.changed)
            for query in QUERIES:
                self._ask(said, f"search {query}", partial(self._hits, store, query))
            self._ask(said, "ranked", lambda: store.ranked("核酸检测", limit=20))
            for id_ in self.ids:
                self._ask(said, f"opened {id_}", partial(self._all, store, id_))
                for what in ("transcript", "record", "source", "as_read"):
                    self._ask(said, f"{what} {id_}", partial(getattr(store, what), id_))
        return said

    @staticmethod
    def _hits(store: ArchiveStore, query: str) -> object:
        return store.search(query, limit=30), store.count(query)

    @staticmethod
    def _all(store: ArchiveStore, id_: str) -> object:
        opened = store.open(id_)
        return list(opened.turns), [list(turn.passages) for turn in opened.turns], list(opened.questions)

    def _ask(self, said: Said, what: str, ask: Callable[[], object]) -> object:
        try:
            answer = ask()
        except StoreError:
            said[what] = "refused"
            return None
        except Exception as error:
            said[what] = "crashed"
            self.crashes.append(f"{what}: {type(error).__name__}: {error}")
            return None
        plain = "opened" if isinstance(answer, ArchiveStore) else repr(answer)
        said[what] = hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()
        return answer


def written(archive: Path, ids: list[str], more: Path, crashes: list[str]) -> Said:
    """The sources' bytes, as a correction would read them again; then something more is loaded."""
    said: Said = {}
    try:
        with Writer(archive) as writer:
            for id_ in ids:
                with failing(archive, *WRONG_VALUES):
                    said[id_] = hashlib.sha256(repr(writer.stored(id_)).encode()).hexdigest()
            for _ in load(find([str(more)]), writer):
                pass
    except ArchiveError:
        said["open"] = "refused"
    except Exception as error:
        said["open"] = "crashed"
        crashes.append(f"load: {type(error).__name__}: {error}")
    return said


def problems(archive: Path, crashes: list[str]) -> tuple[str, ...]:
    """What `check` finds, in its words."""
    try:
        with closing(open_archive(archive)) as store:
            return store.check().problems
    except StoreError as error:
        return (str(error),)
    except Exception as error:
        crashes.append(f"check: {type(error).__name__}: {error}")
        return ()


class Tally:
    """What was seen of damaged copies of an archive."""

    def __init__(self, whole: Path, folder: Path, *, mends: bool = False) -> None:
        self._data, self._hurt, self._kept = whole.read_bytes(), folder / "hurt.db", folder / "kept.db"
        self._mends, self._more = mends, folder / "more.txt"
        self._more.write_text("某市新闻发布会\n\n主持人：大家好。\n\n张三：又一句。\n", "utf-8")
        with closing(open_archive(whole)) as store:
            self.ids = [row.id for row in store.briefings()]
        self.reader = Reader(self.ids)
        self.content = self.reader.read(whole)
        self._kept.write_bytes(self._data)
        self.sources = written(self._kept, self.ids, self._more, self.reader.crashes)
        self.changed, self.found = Counter[str](), Counter[str]()
        self.missed: list[str] = []
        self.crashes: list[str] = list(self.reader.crashes)
        self.slowest = 0.0
        self.mended = self.unmended = self.lost = 0

    def look(self, kind: str, words: str, harm: Callable[[bytearray], None]) -> None:
        """Hurt a copy, read it, check it."""
        copy = bytearray(self._data)
        harm(copy)
        self._hurt.write_bytes(copy)
        self._kept.write_bytes(copy)
        self.reader.crashes.clear()
        begun = time.monotonic()
        said = self.reader.read(self._hurt)
        kept = written(self._kept, self.ids, self._more, self.reader.crashes)
        wrong = problems(self._hurt, self.reader.crashes)
        self.slowest = max(self.slowest, time.monotonic() - begun)
        same = said == self.content and kept == self.sources
        self.crashes += [f"{kind}, {words}: {one}" for one in self.reader.crashes]
        self.changed[kind] += not same
        self.found[kind] += bool(wrong)
        if not same and not wrong:
            other = [what for what, answer in self.content.items() if said.get(what) != answer]
            self.missed.append(f"{kind}, {words}: {', '.join(other[:3]) or 'bytes of a source'}")
        if self._mends and wrong:
            self._mend(f"{kind}, {words}")
        for file in (self._hurt, self._kept):
            file.with_name(f"{file.name}-journal").unlink(missing_ok=True)

    def _mend(self, what: str) -> None:
        """`check --repair`: whole then, or said that it cannot be; documents that are gone are counted."""
        try:
            with redirect_stderr(StringIO()):
                mend(self._hurt)
            with closing(open_archive(self._hurt)) as store:
                left = {row.id for row in store.briefings()}
                if store.check().problems:
                    self.crashes.append(f"{what}: not whole after it was mended")
            self.mended += 1
            self.lost += len(set(self.ids) - left)
        except StoreError:
            self.unmended += 1
        except Exception as error:
            self.crashes.append(f"{what}: mend: {type(error).__name__}: {error}")
        for file in self._hurt.parent.glob("hurt.db.damaged-*"):
            file.unlink()


def main() -> None:
    """Hurt, read, check, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--places", type=int, default=500)
    parser.add_argument("--documents", type=int, default=16)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--repair", action="store_true", help="mend each, too")
    asked = parser.parse_args()
    dice = random.Random(asked.seed)
    with tempfile.TemporaryDirectory() as name:
        whole = Path(name) / "whole.db"
        made(whole, asked.documents, asked.seed)
        tally = Tally(whole, Path(name), mends=asked.repair)
        if tally.crashes or problems(whole, tally.crashes):
            sys.exit("the untouched archive is not whole")
        print(f"{whole.stat().st_size:,} bytes, {len(tally.ids)} documents, {len(tally.content)} questions")
        for kind, words, harm in damages(whole, asked.places, dice):
            tally.look(kind, words, harm)
    print("kind of page: of so many copies what is said changed, in so many `check` found something")
    for kind in sorted(tally.found):
        print(f"  {kind}: {tally.changed[kind]}, {tally.found[kind]}")
    print(
        f"{asked.places} places: {tally.changed.total()} change what is said,"
        f" {tally.found.total()} are found;"
        f" changes not found: {len(tally.missed)} (asked 0); crashes: {len(tally.crashes)} (asked 0);"
        f" slowest copy {tally.slowest:.1f} s"
    )
    if asked.repair:
        print(
            f"mended: {tally.mended}, in all {tally.lost} documents lost of {tally.mended * len(tally.ids)};"
            f" beyond mending: {tally.unmended}"
        )
    for line in (*tally.missed[:20], *tally.crashes[:20]):
        print(f"  {line}")


if __name__ == "__main__":
    main()
