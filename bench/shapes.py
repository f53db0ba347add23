"""Texts to measure reading and parsing on: transcripts like the seeds, and shapes that would show a square.

Nothing comes in but sizes; the same sizes give the same texts.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

SEEDS = Path(__file__).parent.parent / "seeds"
TRANSCRIPTS = ("changchun-17.txt", "jimo-7.txt", "yangzhou-7.txt")
_EXCHANGE = (
    "主持人：各位记者朋友大家好，今天我们请来了市卫健委的负责人介绍情况。 "
    "记者：请问目前全市的床位够用吗？什么时候可以恢复正常？ "
    "王局长：谢谢你的提问，全市现有床位2000张，可以满足需要，请大家放心。 "
)
_SAID = "同一行字说了很多遍，今天是好天气。\n"
_SAID_TOO = "另外一行字也是说了很多遍的，明天下雨。\n"
_GIVEN = "安柏川丹恩方耕海宁江凯岚明楠鹏秋如山涛文霄远哲舟"
_MATTERS = ("水务", "教育", "交通运输", "民政", "商务", "统计", "体育", "文物")
_LETTERS = "的一是了我你他问答例天地人好大小多少上下"


def variants(seed: int) -> Iterator[str]:
    """Endless transcripts like the seeds, their digits drawn anew, so that only words repeat."""
    draw = random.Random(seed)
    texts = [(SEEDS / name).read_text("utf-8") for name in TRANSCRIPTS]
    while True:
        yield re.sub(r"\d", lambda _: str(draw.randrange(10)), draw.choice(texts))


def files_of(megabytes: float, seed: int = 1) -> list[str]:
    """Transcripts of at least that many MB of UTF-8 together."""
    parts: list[str] = []
    size = 0
    for text in variants(seed):
        parts.append(text)
        size += len(text.encode())
        if size >= megabytes * 1e6:
            break
    return parts


def text_of(megabytes: float, seed: int = 1) -> str:
    """The same as one text."""
    return "\n\n".join(files_of(megabytes, seed))


def one_line() -> str:
    """10 MB on one line, without labels."""
    return text_of(10).replace("\n", "").replace("：", "，")


def labelled_line() -> str:
    """10 MB on one line, with labels all along it."""
    return _EXCHANGE * (10_000_000 // len(_EXCHANGE.encode()))


def two_characters() -> str:
    """300,000 lines of two characters."""
    draw = random.Random(1)
    return "\n".join(draw.choice(_LETTERS) + draw.choice(_LETTERS) for _ in range(300_000))


def interleaved() -> str:
    """50,000 lines, then each again with a line between that stands nowhere else."""
    draw = random.Random(1)
    lines = ["".join(draw.choices(_LETTERS, k=14)) for _ in range(100_000)]
    again = [line for pair in zip(lines[:50_000], lines[50_000:], strict=True) for line in pair]
    return "\n".join(lines[:50_000] + again)


def many_people() -> str:
    """6,000 people of as many organs, each announced, asked and answering once."""
    draw = random.Random(1)
    parts = []
    for number in range(6_000):
        name = draw.choice("赵钱孙李周吴郑王冯陈") + "".join(draw.sample(_GIVEN, 2))
        organ = f"{''.join(draw.sample(_GIVEN, 2))}市{draw.choice(_MATTERS)}局"
        parts.append(
            f"{organ}局长{name}介绍情况。\n记者：请问第{number}项工作什么时候完成？\n{name}：年底前完成。\n"
            f"主持人：请{name[0]}局长补充。\n{organ}局长{name}：没有补充。\n"
        )
    return "".join(parts)


SHAPES: Mapping[str, Callable[[], str]] = {
    "10 MB on one line": one_line,
    "10 MB on one line, labels along it": labelled_line,
    "300,000 lines of two characters": two_characters,
    "one line 300,000 times": lambda: _SAID * 300_000,
    "two lines 150,000 times": lambda: (_SAID + _SAID_TOO) * 150_000,
    "200 KB printed 50 times": lambda: "\n".join([text_of(0.2)] * 50),
    "100,000 lines, half of them twins": interleaved,
    "6,000 people of 6,000 organs": many_people,
}
"""What a careless rule would take a square of time for."""
