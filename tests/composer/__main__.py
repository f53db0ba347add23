"""Shows composed pages and checks many of them."""

import argparse
from collections import Counter
from dataclasses import astuple

from .model import Page
from .page import SORTS, compose, faults


def show(page: Page) -> None:
    """Print a page and what is true of it."""
    print(page.text)
    print(f"--- {page.sort} {page.suffix}  {page.pattern}")
    print("speakers:", " ".join(page.speakers))
    for exchange in page.exchanges:
        print(f"{exchange.asker} / {exchange.asker_name}: {exchange.question}")
        for person, words in zip(exchange.answerers, exchange.answers, strict=True):
            print(f"    {person}: {words}")
    for line in page.not_labels:
        print("not a label:", line)


def check(count: int) -> int:
    """Compose pages of each sort, print what is wrong with them and return how many are wrong."""
    wrong = 0
    for sort in SORTS:
        pages = [compose(seed, sort) for seed in range(count)]
        for seed, page in enumerate(pages):
            found = faults(page)
            if astuple(compose(seed, sort)) != astuple(page):
                found.append("another page at the second time")
            wrong += bool(found)
            for fault in found:
                print(f"{sort} {seed}: {fault}")
        texts = len({page.text for page in pages})
        counts = Counter(page.suffix for page in pages)
        suffixes = " ".join(f"{name} {number}" for name, number in sorted(counts.items()))
        patterns = len({page.pattern for page in pages})
        print(f"{sort}: {count} pages, {texts} different, {patterns} templates; {suffixes}")
    return wrong


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="composer", description=__doc__)
    parser.add_argument("--show", nargs=2, metavar=("SORT", "SEED"))
    parser.add_argument("--check", type=int, metavar="N")
    options = parser.parse_args()
    if options.show:
        show(compose(int(options.show[1]), options.show[0]))
    return 1 if options.check and check(options.check) else 0


if __name__ == "__main__":
    raise SystemExit(main())
