"""How fast reading and parsing are, beside jieba cutting the same text, and how both grow.

    python -m bench.parse [--megabytes 1 10 50]

Prints, for one file of each size and for many files of the seeds' size, MB/s (of UTF-8) of reading and
parsing, of jieba's cutting (HMM off) of the same text, their ratio and the peak memory of parsing; then how
much longer the largest takes than the smallest beside how much larger it is; then the shapes of `shapes`.
Times are of the processor; each figure is taken in a process of its own.
"""

from __future__ import annotations

import argparse
import multiprocessing
import platform
import resource
import time
import warnings
from collections.abc import Callable, Sequence
from typing import NamedTuple

from bench.shapes import SHAPES, files_of, text_of
from loader.parse import parse
from loader.read import read_bytes


class Taken(NamedTuple):
    """What a run took: seconds of the processor (the median of the runs), and MB of memory at the most."""

    megabytes: float
    seconds: float
    peak: float

    @property
    def speed(self) -> float:
        return self.megabytes / self.seconds


def _taken(work: Callable[[str], object], texts: Sequence[str]) -> Taken:
    size = sum(len(text.encode()) for text in texts) / 1e6
    times = []
    for _ in range(3 if size <= 2 else 1):
        begun = time.process_time()
        for text in texts:
            work(text)
        times.append(time.process_time() - begun)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Taken(size, sorted(times)[len(times) // 2], peak)


def _texts(megabytes: float, many: bool) -> list[str]:
    return files_of(megabytes) if many else [text_of(megabytes)]


def _parsed(text: str) -> object:
    return parse(read_bytes(text.encode(), "bench.txt"))


def ours(megabytes: float, many: bool) -> Taken:
    """Reading and parsing of that many MB."""
    _parsed("主持人：各位好。")
    return _taken(_parsed, _texts(megabytes, many))


def jiebas(megabytes: float, many: bool) -> Taken:
    """jieba's cutting of the same."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(30)
    jieba.initialize()
    return _taken(lambda text: list(jieba.cut(text, HMM=False)), _texts(megabytes, many))


def shaped(name: str) -> Taken:
    """Reading and parsing of one of `SHAPES`."""
    _parsed("主持人：各位好。")
    return _taken(_parsed, [SHAPES[name]()])


def main() -> None:
    """Measure and print one line a size and one a shape."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--megabytes", type=float, nargs="*", default=[1, 10, 50])
    sizes = sorted(parser.parse_args().megabytes)
    alone = multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1)
    print(f"Python {platform.python_version()}, {multiprocessing.cpu_count()} cores\n")
    print(f"{'text':>36} {'read+parse':>12} {'jieba cut':>12} {'ratio':>6} {'peak':>8}")
    for many in (False, True):
        kind = "many files" if many else "one file"
        all_taken: list[Taken] = []
        for size in sizes:
            taken = alone.apply(ours, (size, many))
            cut = alone.apply(jiebas, (size, many))
            all_taken.append(taken)
            print(
                f"{f'{kind}, {size:g} MB':>36} {taken.speed:>7.2f} MB/s {cut.speed:>7.2f} MB/s "
                f"{taken.speed / cut.speed:>6.2f} {taken.peak:>5.0f} MB",
                flush=True,
            )
        if len(all_taken) > 1:
            longer = all_taken[-1].seconds / all_taken[0].seconds
            larger = all_taken[-1].megabytes / all_taken[0].megabytes
            print(f"{kind:>36} {longer:.1f} times the time for {larger:.1f} times the text: ", end="")
            print(f"{longer / larger:.2f} times linear")
    for name in SHAPES:
        taken = alone.apply(shaped, (name,))
        print(
            f"{name:>36} {taken.seconds:>10.1f} s {taken.megabytes:>10.1f} MB {taken.peak:>15.0f} MB",
            flush=True,
        )


if __name__ == "__main__":
    main()
