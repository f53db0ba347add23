"""From a key written to its hits painted, in a pseudo-terminal, beside a bare Textual app.

    python -m bench.typing ARCHIVE [--query 全员核酸检测] [--rounds 20] [--rate 8] [--size 80x24]

Types the query into the search box, `rate` keys a second, round after round in one session, and into the box
of an app that holds the same first 50 hits of every query in memory, two lines each, and fills Textual's
`OptionList` with them on each key (`bench/bare.py`). What the screen looks like with a query's hits is learnt
first, typing slowly. A key's time ends with the first frame that shows the hits of the query typed so far, or
of a longer one where the next key was faster. The first round of a session is printed by itself.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from statistics import median

from bench.search import p95
from bench.tape import BARE, BROWSER, Look, Tape
from tui.store.archive import open_archive
from tui.store.rows import Hit
from tui.widgets.hit_list import context

HITS = 50
SLOWLY = 2.0
"""Seconds between keys while learning."""
CLEAR = "\x15"
"""Ctrl-U empties either box."""


def entry(hit: Hit, width: int) -> tuple[str, str]:
    """The two lines of a hit in the bare app: where it stands, and the passage with the match in marks."""
    where = f"{hit.briefing.date} {hit.briefing.place} {hit.speaker or ''}"
    runs = context(hit, 0, width - 7)
    return where, "".join(f"<{run.text}>" if run.style == "match" else run.text for run in runs)


def hits_of(archive: Path, queries: Sequence[str], width: int) -> dict[str, list[tuple[str, str]]]:
    """The first page of each query as entries."""
    store = open_archive(archive)
    found = {one: [entry(hit, width) for hit in store.search(one, limit=HITS).hits] for one in queries}
    store.close()
    return found


class Session:
    """One program, typed at; `opens` are the keys that lead to its search box."""

    def __init__(self, tape: Tape, opens: str, query: str, rate: float) -> None:
        self._tape, self._query, self._rate = tape, query, rate
        tape.settle(2.0)
        if opens:
            tape.type([opens], 1.0)
        self._first = self.round()
        tape.type([CLEAR], 1.0)
        self._looks = self._learnt()
        tape.type([CLEAR], 1.0)
        self.rounds: list[tuple[list[float], float]] = []

    def round(self) -> tuple[list[float], float]:
        """Type the query; returns when each key was written, and when all had come to rest."""
        written = self._tape.type(self._query, 1 / self._rate)
        self._tape.settle(1.0)
        return written, time.monotonic()

    def repeat(self) -> None:
        """A round that counts."""
        self.rounds.append(self.round())
        self._tape.type([CLEAR], 0.5)

    def _learnt(self) -> list[Look]:
        """The rows of hits for each query typed so far; raises where two look alike or the box lost a key."""
        written = self._tape.type(self._query, SLOWLY)
        self._tape.settle(1.0)
        frames = list(self._tape.frames())
        looks = []
        for nth, at in enumerate(written):
            end = written[nth + 1] if nth + 1 < len(written) else float("inf")
            shown = [frame for frame in frames if at < frame.at < end]
            assert _box(shown[-1].lines[0]).startswith(self._query[: nth + 1]), "a key was lost"
            looks.append(_rows(shown[-1].look))
        assert len(set(looks)) == len(looks), "two queries look alike"
        return looks

    def times(self) -> tuple[list[float], list[float]]:
        """Milliseconds of each key of the first round, and of all others; raises where keys were lost."""
        frames = [(frame.at, _rows(frame.look), frame.lines[0]) for frame in self._tape.frames()]
        rank = {look: nth for nth, look in enumerate(self._looks)}
        taken: list[list[float]] = []
        for written, rest in (self._first, *self.rounds):
            shown = [one for one in frames if written[0] < one[0] < rest]
            assert _box(shown[-1][2]).startswith(self._query), f"keys were lost: {shown[-1][2]}"
            assert shown[-1][1] == self._looks[-1], "the hits shown are not the last query's"
            ranks = [(at, rank.get(look, -1)) for at, look, _ in shown]
            ends = [
                next(end for end, one in ranks if one >= nth and end > at) for nth, at in enumerate(written)
            ]
            taken.append([(end - at) * 1000 for at, end in zip(written, ends, strict=True)])
        return taken[0], [one for row in taken[1:] for one in row]


def _rows(look: Look) -> Look:
    """The rows of hits: all but the search box's and the footer's."""
    return look[1:-1]


def _box(line: str) -> str:
    """What stands in the search box; behind it may stand, dimmed, how the word goes on."""
    return "".join(line.removeprefix(" / ").split("  ")[0].split())


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("archive", type=Path)
    parser.add_argument("--query", default="全员核酸检测")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--rate", type=float, default=8.0, help="keys a second")
    parser.add_argument("--size", default="80x24", help="width and height in cells")
    asked = parser.parse_args()
    width, height = (int(part) for part in asked.size.split("x"))
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        hits = home / "hits.json"
        told = hits_of(asked.archive, list(accumulate(asked.query)), width)
        hits.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
        programs = {
            "ours": (BROWSER, ["--archive", str(asked.archive.absolute())], "/"),
            "bare": (BARE, ["typing", str(hits)], ""),
        }
        times: dict[str, list[float]] = {}
        for kind, (program, arguments, opens) in programs.items():
            with Tape(program, arguments, home, (width, height)) as tape:
                session = Session(tape, opens, asked.query, asked.rate)
                for _ in range(asked.rounds):
                    session.repeat()
                first, times[kind] = session.times()
            print(
                f"{kind}: {len(times[kind])} keys, median {median(times[kind]):.1f} ms,"
                f" p95 {p95(times[kind]):.1f} ms, worst {max(times[kind]):.1f} ms;"
                f" first round {', '.join(f'{one:.0f}' for one in first)} ms",
                flush=True,
            )
    print("no key was lost; the hits shown last were the last query's, every round")
    ratio = p95(times["ours"]) / p95(times["bare"])
    print(f"ours against the bare app, p95 (asked ≤ 1.5): {ratio:.2f}")


if __name__ == "__main__":
    main()
