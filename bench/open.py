"""What a long transcript costs beside a short one: its first screen, a page turn, its memory.

    python -m bench.open [--characters 1000000] [--against 5000] [--pairs 15] [--size 120x40]

Makes an archive of two made-up briefings, the sizes given, and reads both in the browser without a terminal
(headless): from asking for a transcript to the frame that shows it, and from PgDn to the next frame. Runs
come in pairs, one of each, in turns of order; printed are the medians and the median of the pairs' ratios.
Memory is what tracemalloc sees of a transcript opened and read to its end, text included, by character.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
import tracemalloc
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from statistics import median

from textual.events import Key

from loader.archive.writer import Writer
from loader.load import load
from loader.read import find
from tui.app import BriefingsApp
from tui.state import State
from tui.store.archive import ArchiveStore, open_archive
from tui.store.parts import Parts
from tui.widgets.reader import Reader
from tui.widgets.standing import Goal

SAID = "今天上午我们在城东的三个社区设立了1.86万平方米的临时采样点，市民凭“健康码”即可就近登记，"
PAGES = 20
"""Page turns of a run, there and back; the median counts."""


def paragraphs(title: str) -> Iterator[str]:
    """An endless briefing, paragraph by paragraph."""
    yield title
    yield "主持人：各位记者朋友，大家下午好。"
    for number in count(1):
        yield f"青岛日报记者：请问第{number}个街道的药品供应如何安排？"
        yield f"王军：感谢您的提问。第{number}个街道{SAID * 2}谢谢。"
        yield f"第{number * 7}，{SAID * 3}谢谢。"
        yield f"第{number * 9}，{SAID}完毕。"


def briefing(characters: int, ordinal: int) -> str:
    """A briefing of that many characters or a few more."""
    out: list[str] = []
    size = 0
    for paragraph in paragraphs(f"青岛市第{ordinal}场疫情防控新闻发布会"):
        out.append(paragraph)
        size += len(paragraph)
        if size >= characters:
            break
    return "\n".join(out)


def archive(folder: Path, sizes: list[int]) -> ArchiveStore:
    """An archive of a briefing of each size."""
    texts = folder / "texts"
    texts.mkdir()
    for number, size in enumerate(sizes, 1):
        (texts / f"{number}.txt").write_text(briefing(size, number), "utf-8")
    with Writer(folder / "open.db") as writer:
        for _ in load(find([str(texts)]), writer):
            pass
    return open_archive(folder / "open.db")


async def run(store: ArchiveStore, briefing_id: str, size: tuple[int, int]) -> tuple[float, float]:
    """Seconds to the first screen of a briefing, and of a page turn in it."""
    app = BriefingsApp(store, State(None))
    async with app.run_test(size=size) as pilot:
        for _ in range(20):
            await pilot.pause(0.01)
        reader = app.main.query_one(Reader)
        painted = asyncio.Event()
        paint = reader.render_lines

        def painting(*args: object) -> object:
            lines = paint(*args)  # type: ignore[arg-type]
            if reader.transcript is not None and reader.transcript.briefing.id == briefing_id:
                painted.set()
            return lines

        reader.render_lines = painting  # type: ignore[method-assign, assignment]
        begun = time.perf_counter()
        app.main._desk.open(briefing_id, Goal())
        await asyncio.wait_for(painted.wait(), 60)
        opened = time.perf_counter() - begun
        await app.workers.wait_for_complete()
        turns = []
        for page in range(PAGES):
            await pilot.pause(0)
            painted.clear()
            begun = time.perf_counter()
            app.post_message(Key("pageup" if page % 2 else "pagedown", None))
            await asyncio.wait_for(painted.wait(), 60)
            turns.append(time.perf_counter() - begun)
    return opened, median(turns)


def memory(store: ArchiveStore, briefing_id: str) -> tuple[int, int]:
    """Bytes that a transcript holds when all of it was read, and its characters."""
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    transcript = store.open(briefing_id)
    for parts in (transcript.turns, transcript.questions):
        assert isinstance(parts, Parts)
        for _ in parts.complete():
            pass
    held = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    return held, sum(len(one.text) for turn in transcript.turns for one in turn.passages)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--characters", type=int, default=1_000_000)
    parser.add_argument("--against", type=int, default=5_000)
    parser.add_argument("--pairs", type=int, default=15)
    parser.add_argument("--size", default="120x40", help="width and height in cells")
    asked = parser.parse_args()
    width, height = (int(part) for part in asked.size.split("x"))
    with tempfile.TemporaryDirectory() as folder:
        store = archive(Path(folder), [asked.against, asked.characters])
        ids = [row.id for row in sorted(store.briefings(), key=lambda row: row.ordinal or 0)]
        for one in ids:  # neither pays for the first run of anything
            asyncio.run(run(store, one, (width, height)))
        runs: dict[str, list[tuple[float, float]]] = {one: [] for one in ids}
        for pair in range(asked.pairs):
            for one in ids if pair % 2 else reversed(ids):
                runs[one].append(asyncio.run(run(store, one, (width, height))))
        short, long = (runs[one] for one in ids)
        for name, index in (("first screen", 0), ("page turn", 1)):
            ratio = median(b[index] / a[index] for a, b in zip(short, long, strict=True))
            first, second = (median(one[index] for one in of) * 1000 for of in (short, long))
            print(f"{name:>14}: {first:6.1f} ms, {second:6.1f} ms, ratio {ratio:.2f}")
        (little, few), (much, many) = (memory(store, one) for one in ids)
        grown = (much - little) / (many - few)
        print(f"{'memory':>14}: {little:,} bytes, {much:,} bytes, {grown:.1f} bytes a character")
        store.close()


if __name__ == "__main__":
    main()
