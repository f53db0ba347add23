"""Corpora of any size: made-up briefings as documents in the formats the loader knows.

    python -m bench.corpus FOLDER --passages 1000000 [--seed 1]
    python -m bench.corpus --statistics [--passages 100000]

Document number i depends on the seed and on i alone, so a larger corpus begins with the smaller. A briefing
has about 100 passages, a passage about 120 characters; dates are of ten years, most of them of the three of
the epidemic. FOLDER gets subfolders of 1,000 files. `--statistics` prints how frequent characters are and how
long passages, beside those of the bundled seeds.
"""

from __future__ import annotations

import argparse
import random
import time
from bisect import bisect
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate, count
from pathlib import Path

from bench.pages import Person, Script, Turn, printed
from bench.wording import Deck, Words, divisions, topics, words
from loader.parse.divisions import without_suffix

SEEDS = Path(__file__).parent.parent / "seeds"
_YEARS = dict(zip(range(2016, 2026), (4, 5, 6, 8, 18, 18, 22, 9, 6, 4), strict=True))
"""How many of 100 briefings were held in each year."""
_REACH = list(accumulate(_YEARS.values()))
_NUMERALS = "〇一二三四五六七八九"


def documents(passages: int, seed: int = 1) -> Iterator[tuple[str, bytes]]:
    """Name and content of file after file until they hold that many passages."""
    for number in count():
        if passages <= 0:
            return
        script, name, content = document(number, seed)
        yield name, content
        passages -= script.passages


def document(number: int, seed: int = 1) -> tuple[Script, str, bytes]:
    """One briefing: what is true of it, the name of its file and its content."""
    dice = random.Random(f"{seed}:{number}")
    script, deck = _script(dice)
    suffix, content = printed(script, dice, deck.name())
    return script, f"{number:06}{suffix}", content


def _script(dice: random.Random) -> tuple[Script, Deck]:
    year = list(_YEARS)[bisect(_REACH, dice.random() * _REACH[-1])]
    day = date(year, 1, 1) + timedelta(days=dice.randrange(365))
    epidemic = 2020 <= year <= 2022 and dice.random() < 0.85
    topic = dice.choice(topics()[:2] if epidemic else topics()[2:])
    places = divisions()
    at = int(30 * ((len(places) + 30) / 30) ** dice.random() - 30)  # few places hold many briefings
    place, below = places[at]
    deck = Deck(dice, topic, place, below)
    host, *panel = _people(deck, dice.randrange(3, 8))
    outlet = _outlet(deck)
    wanted = min(max(int(dice.lognormvariate(4.45, 0.45)), 25), 400)
    turns, questions = _turns(deck, host, panel, wanted)
    name = dice.choice(topic.names)
    title = _title(dice, place, name, day)
    when = f"{day.year}年{day.month}月{day.day}日"
    told = "、".join(one.post + one.name for one in panel)
    lead = [
        f"{when}，{place}举行新闻发布会，通报{name}有关情况。以下为文字实录。",
        f"{told}出席发布会并回答记者提问。发布会由{host.post}{host.name}主持。",
    ]
    return Script(title, day, place, outlet, lead, host, panel, turns, questions), deck


def _title(dice: random.Random, place: str, name: str, day: date) -> str:
    number = dice.randrange(1, 140)
    return dice.choice(
        (
            f"{place}举行第{_numeral(number)}场{name}新闻发布会",
            f"{place}{name}新闻发布会（第{number}场）",
            f"{place}召开{name}新闻发布会",
            f"{place}“{name}”系列新闻发布会（{day.year}年第{number}场）实录",
            f"{place}人民政府新闻办公室举行第{number}场{name}新闻发布会",
        )
    )


def _numeral(number: int) -> str:
    """A number up to 139 in Chinese."""
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    told = "一百" if hundreds else ""
    if tens:
        told += ("" if tens == 1 and not hundreds else _NUMERALS[tens]) + "十"
    elif hundreds and ones:
        told += "零"
    return told + (_NUMERALS[ones] if ones else "")


def _people(deck: Deck, number: int) -> list[Person]:
    """The host, then the panel; no two with one surname."""
    level = deck.place[-1] if deck.place[-1] in "市县区州盟旗" else "市"
    others = Words.of(words()["别的单位"].words, 40.0)
    people: dict[str, Person] = {}
    while len(people) < number:
        name = deck.name()
        if not people:
            post = f"{level}委宣传部{deck.dice.choice(('副部长', '新闻发布处处长', '部务会议成员'))}"
        elif len(people) < 3 and deck.dice.random() < 0.6:
            post = f"{level}{deck.topic.bureau}{deck.say('职务')}"
        elif deck.dice.random() < 0.2:
            post = (
                f"{deck.say('区')}{deck.dice.choice(('副区长', '人民政府副区长', '区委常委', '卫健局局长'))}"
            )
        else:
            unit, rank = others.drawn(deck.dice.random()).split("|")
            post = f"{level}{unit}{rank}"
        people.setdefault(name[0], Person(name, post))
    return list(people.values())


def _outlet(deck: Deck) -> str:
    if deck.dice.random() < 0.3:
        return deck.say("媒体")
    near = deck.place if deck.dice.random() < 0.7 else deck.say("邻")
    return without_suffix(near) + deck.say("媒体尾")


def _turns(deck: Deck, host: Person, panel: list[Person], wanted: int) -> tuple[list[Turn], int]:
    """Speeches for a third of the paragraphs wanted, then questions and answers; how many were asked."""
    dice = deck.dice
    label = dice.choice(("主持人", f"主持人 {host.name}", host.name))
    opening = [deck.say("迎") + deck.say("会"), f"先请{panel[0].post}{panel[0].name}介绍有关情况。"]
    turns = [Turn(label, opening)]
    said = len(opening) + 5
    for one in panel[: dice.randrange(1, 4)]:
        if len(turns) > 1:
            turns.append(Turn(label, [f"谢谢。下面请{one.post}{one.name}介绍。"]))
        turns.append(Turn(one.name, _speech(deck, max(4, int(wanted * dice.uniform(0.08, 0.2))))))
        said += len(turns[-1].paragraphs) + 1
    turns.append(Turn(label, [deck.say("请问")]))
    asked: set[str] = set()
    while said < wanted or not asked:
        outlet = _outlet(deck)
        if outlet in asked:
            continue
        asked.add(outlet)
        reporter = f" {deck.name()}" if dice.random() < 0.2 else ""
        new = [Turn(f"{outlet}记者{reporter}", _question(deck))]
        for nth, one in enumerate(dice.sample(panel, min(len(panel), 1 + (dice.random() < 0.2)))):
            new.append(Turn(one.name, _answer(deck, nth)))
        if dice.random() < 0.4:
            new.append(Turn(label, [deck.say("下个")]))
        turns += new
        said += sum(len(turn.paragraphs) for turn in new)
    if turns[-1].label == label:
        turns.pop()
    turns.append(Turn(label, [deck.say("终")]))
    return turns, len(asked)


def _speech(deck: Deck, wanted: int) -> list[str]:
    told = [deck.say("迎")]
    section = 0
    while len(told) < wanted - 1:
        if deck.dice.random() < 0.18 and section < 9:
            section += 1
            told.append(f"{_NUMERALS[section]}、{deck.say('节')}")
        told.append(_paragraph(deck))
    return [*told, deck.say("谢")]


def _paragraph(deck: Deck) -> str:
    """Two to sixteen sentences, sometimes a point of a list."""
    dice = deck.dice
    number = min(16, 2 + int(dice.expovariate(0.22)))
    if dice.random() < 0.12:
        return f"{_NUMERALS[dice.randrange(1, 6)]}是{deck.say('点')}。{deck.some('句', number - 1)}"
    return deck.some("句", number)


def _question(deck: Deck) -> list[str]:
    dice = deck.dice
    told = [(deck.say("起") if dice.random() < 0.7 else "") + deck.some("问", 1 + (dice.random() < 0.4))]
    return [*told, deck.say("问")] if dice.random() < 0.15 else told


def _answer(deck: Deck, nth: int) -> list[str]:
    dice = deck.dice
    told = [deck.say("补" if nth else "答起") + deck.some("句", dice.randrange(1, 6))]
    told += [_paragraph(deck) for _ in range(min(9, int(dice.expovariate(0.32))))]
    return [*told, deck.say("谢")] if dice.random() < 0.25 else told


def write(folder: Path, passages: int, seed: int = 1) -> tuple[int, int]:
    """Write a corpus, 1,000 files to a subfolder; returns how many files and bytes."""
    files = size = 0
    for files, (name, content) in enumerate(documents(passages, seed), start=1):
        home = folder / f"{int(name[:6]) // 1000:03}"
        if files % 1000 == 1:
            home.mkdir(parents=True, exist_ok=True)
        (home / name).write_bytes(content)
        size += len(content)
    return files, size


def statistics(texts: list[str]) -> str:
    """How frequent the Chinese characters of passages are, and how long passages."""
    lengths = sorted(map(len, texts))
    han = Counter(char for text in texts for char in text if "一" <= char <= "鿿")
    total, ranked = sum(han.values()), [n for _, n in han.most_common()]
    shares = "  ".join(f"{top}: {sum(ranked[:top]) / total:.1%}" for top in (1, 10, 100, 500, 1000, 2000))
    spread = "  ".join(
        f"{part:.0%}: {lengths[int(len(lengths) * part)]}" for part in (0.05, 0.25, 0.5, 0.75, 0.95)
    )
    return (
        f"{len(texts):,} passages of {sum(lengths) / len(texts):.0f} characters"
        f" ({spread}, longest {lengths[-1]})\n"
        f"{len(han):,} different Chinese characters; share of the most frequent {shares}\n"
        f"{''.join(char for char, _ in han.most_common(60))}"
    )


def main() -> None:
    """Write a corpus, or say what one is like."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--statistics", action="store_true")
    asked = parser.parse_args()
    begun = time.perf_counter()
    if asked.folder:
        files, size = write(asked.folder, asked.passages, asked.seed)
        print(f"{files:,} files, {size / 1e6:.1f} MB, {time.perf_counter() - begun:.1f} s")
    if asked.statistics:
        texts: list[str] = []
        for number in count():
            if len(texts) >= asked.passages:
                break
            script, _, _ = document(number, asked.seed)
            texts += [script.title, *script.lead, *(one for turn in script.turns for one in turn.paragraphs)]
        lines = [line for path in SEEDS.glob("*.txt") for line in path.read_text("utf-8").splitlines()]
        print(f"made up: {statistics(texts)}")
        print(f"the seeds: {statistics([line.strip() for line in lines if line.strip()])}")


if __name__ == "__main__":
    main()
