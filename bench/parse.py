"""How fast reading and parsing are, beside jieba cutting the same text, and how both grow.

    python -m bench.parse [--megabytes 1 5 20]

Prints MB/s (of UTF-8) for one file of each size and for many files of the seeds' size, and the ratio to
jieba's cutting (HMM off) of the same text in the same run. The texts are the bundled documents with their
digits drawn anew, so that nothing but the numbers repeats.
"""

from __future__ import annotations

import argparse
import random
import re
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

from loader.parse import parse
from loader.read import read_bytes

SEEDS = Path(__file__).parent.parent / "seeds"
TRANSCRIPTS = ("changchun-17.txt", "jimo-7.txt", "yangzhou-7.txt")


def variants(seed: int) -> Iterator[str]:
    """Endless transcripts like the seeds, their digits drawn anew."""
    draw = random.Random(seed)
    texts = [(SEEDS / name).read_text("utf-8") for name in TRANSCRIPTS]
    while True:
        yield re.sub(r"\d", lambda _: str(draw.randrange(10)), draw.choice(texts))


def text_of(megabytes: float, seed: int = 1) -> str:
    """One text of at least that many MB of UTF-8."""
    parts: list[str] = []
    size = 0
    for text in variants(seed):
        parts.append(text)
        size += len(text.encode())
        if size >= megabytes * 1e6:
            return "\n\n".join(parts)
    raise AssertionError("variants never end")


def speed(work: Callable[[], object], size: int, runs: int = 3) -> float:
    """MB/s of the median of `runs` runs."""
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return size / 1e6 / sorted(times)[runs // 2]


def main() -> None:
    """Measure and print one line a size."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--megabytes", type=float, nargs="*", default=[1, 5, 20])
    sizes = parser.parse_args().megabytes
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(30)
    jieba.initialize()
    print(f"{'text':>24} {'read+parse':>12} {'jieba cut':>12} {'ratio':>7}")
    for megabytes in sizes:
        text = text_of(megabytes)
        raw = text.encode()
        runs = 3 if megabytes <= 5 else 1
        ours = speed(lambda: parse(read_bytes(raw, "one.txt")), len(raw), runs)  # noqa: B023
        theirs = speed(lambda: list(jieba.cut(text, HMM=False)), len(raw), runs)  # noqa: B023
        print(
            f"{f'one file, {megabytes:g} MB':>24} {ours:>7.2f} MB/s {theirs:>7.2f} MB/s {ours / theirs:>7.2f}"
        )
    several = [text.encode() for text, _ in zip(variants(2), range(200), strict=False)]
    size = sum(map(len, several))
    ours = speed(lambda: [parse(read_bytes(raw, "many.txt")) for raw in several], size)
    theirs = speed(lambda: [list(jieba.cut(raw.decode(), HMM=False)) for raw in several], size)
    print(f"{'200 files':>24} {ours:>7.2f} MB/s {theirs:>7.2f} MB/s {ours / theirs:>7.2f}")


if __name__ == "__main__":
    main()
