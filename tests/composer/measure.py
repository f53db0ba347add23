"""How much of composed pages is read right: `python -m tests.composer.measure [--pages 300] [--first 0]`.

Prints for natural and odd pages the share of exchanges whose question, asker and answerers are read as a
person would read them, and for negative pages how many of the traps are taken for labels. `--worst` lists
the patterns that fail most.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from loader.model import Briefing, Reading, SourceError
from loader.parse import parse
from loader.parse.folding import plain
from loader.read import Refused, read_sources

from . import Exchange, Page, compose

SORTS = ("natural", "odd", "negative")


class Told(NamedTuple):
    """An exchange as the parser read it, all folded."""

    question: str
    asker: str
    answerers: tuple[str, ...]
    answers: tuple[str, ...]


class Result(NamedTuple):
    """What became of one page."""

    wanted: int
    """Exchanges."""
    found: int
    """Exchanges whose question was found."""
    right: int
    """Exchanges whose question, asker and answerers are right."""
    traps: int
    taken: int
    """Traps that were taken for a label."""


def squeezed(text: str) -> str:
    """Folded, letters and digits alone."""
    return "".join(filter(str.isalnum, plain(text))).casefold()


Parser = Callable[[Reading], tuple[Briefing, ...]]


def read(page: Page, parser: Parser = parse) -> list[tuple[str, Briefing]]:
    """The briefings that are read out of a page, each with the text of its source."""
    found: list[tuple[str, Briefing]] = []
    for reading in read_sources(page.text.encode(), f"a{page.suffix}"):
        if not isinstance(reading, Refused):
            try:
                found += [(reading.text, one) for one in parser(reading)]
            except SourceError:
                continue
    return found


def told(text: str, briefing: Briefing) -> Iterator[Told]:
    """The exchanges of a briefing."""
    for question in briefing.questions:
        asked = " ".join(text[slice(*briefing.turns[at].body)] for at in question.turns)
        turns = [briefing.turns[at] for at in question.answers]
        names = [briefing.speakers[one.speaker].name for one in turns if one.speaker is not None]
        yield Told(
            squeezed(asked),
            squeezed(" ".join(filter(None, (question.asker.outlet, question.asker.name)))),
            tuple(dict.fromkeys(map(squeezed, names))),
            tuple(squeezed(text[slice(*one.body)]) for one in turns),
        )


def is_right(wanted: Exchange, read: Told) -> bool:
    """Whether asker and answerers are those of the truth: each named, and nobody else."""
    outlet, name = (squeezed(one or "") for one in (wanted.asker, wanted.asker_name))
    left = read.asker
    for part in (outlet, name):
        if part and part not in left:
            return False
        left = left.replace(part, "", 1)
    if left.replace("记者", ""):
        return False
    names = tuple(squeezed(one) for one in wanted.answerers)
    return len(names) == len(read.answerers) and all(
        one == other or (other and one.endswith(other))
        for one, other in zip(names, read.answerers, strict=True)
    )


def judged(page: Page, parser: Parser = parse) -> Result:
    """Compare what is read of a page with its truth."""
    briefings = read(page, parser)
    exchanges = [one for text, briefing in briefings for one in told(text, briefing)]
    found = right = 0
    for wanted in page.exchanges:
        same = [one for one in exchanges if squeezed(wanted.question) in one.question]
        found += bool(same)
        right += any(is_right(wanted, one) for one in same)
    labelled = [
        squeezed(turn.label + text[slice(*turn.body)][:200])
        for text, briefing in briefings
        for turn in briefing.turns
        if turn.label and turn.kind in ("question", "answer", "speech")
    ]
    traps = [squeezed(one) for one in page.not_labels]
    taken = sum(any(one.startswith(trap) for one in labelled) for trap in traps)
    return Result(len(page.exchanges), found, right, len(traps), taken)


def measure(sort: str, seeds: Sequence[int], parser: Parser = parse) -> tuple[list[int], Counter[str]]:
    """The sums of the results over the pages of a sort, and how many exchanges each pattern lost."""
    sums = [0] * len(Result._fields)
    lost: Counter[str] = Counter()
    for seed in seeds:
        page = compose(seed, sort)
        result = judged(page, parser)
        sums = [one + other for one, other in zip(sums, result, strict=True)]
        if result.right < result.wanted:
            lost[f"{page.pattern} (seed {seed})"] += result.wanted - result.right
    return sums, lost


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--worst", type=int, default=0, metavar="N")
    asked = parser.parse_args()
    for sort in SORTS:
        seeds = range(asked.first, asked.first + asked.pages)
        sums, lost = measure(sort, seeds)
        wanted, found, right, traps, taken = sums
        print(
            f"{sort}: {wanted} exchanges, questions found {found / wanted:.3f}, asker and answerers right"
            f" {right / wanted:.3f}; {traps} traps, taken for labels {taken / max(traps, 1):.3f}"
        )
        for pattern, number in lost.most_common(asked.worst):
            print(f"    {number}  {pattern}")


if __name__ == "__main__":
    main()
