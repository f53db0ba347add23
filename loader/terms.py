"""Key terms of a text by TF-IDF: what a briefing or a question is about, in a few words.

What may come in: any text. The words are those of `loader.words`, their weights jieba's (its table of
inverse document frequencies, read from its folder on the first call; jieba itself is not imported for it).
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from loader.words import cut, jieba_folder

_IDLE = frozenset(
    """
    请问 记者 媒体 谢谢 大家 问题 回答 提问 情况 工作 有关 相关 介绍 目前 以及 进行
    我们 你们 他们 这个 哪些 如何 怎样 怎么 什么 是否 可以 进一步 方面 做好 落实 加强
    开展 同时 对于 发布会 新闻发布会 新闻 朋友 各位 感谢 主持人 先生 女士 同志 一是
    二是 三是 四是 下一步 截至 其中 今天 昨天 能否 我市 我区 我省 全市 全区 全省 注意
    特别 比较 非常 已经 可能 需要 应该 具体 方法 措施 时候 现在 这些 一些 还有 就是
    """.split()
)
"""Words that tell nothing of what a briefing is about."""
_ENGLISH = frozenset("the and that for are with can from which you this then have all not one has".split())
"""Those of jieba's own stop words that have three letters or more."""


def key_terms(text: str, folded: str, count: int, words: list[str] | None = None) -> tuple[str, ...]:
    """At most `count` telling words of `text` (and its fold), as they stand in it, most telling first.

    `words` is what `cut` makes of `folded`, where it is at hand.
    """
    terms: list[str] = []
    for word in _by_weight(cut(folded) if words is None else words)[: count * 4]:
        if _tells(word) and not any(word in term for term in terms):
            at = folded.find(word)
            terms.append(text[at : at + len(word)])
            if len(terms) == count:
                break
    return tuple(terms)


def _by_weight(words: list[str]) -> list[str]:
    """The different words of two characters or more, by how often they are said and how rarely elsewhere."""
    table, usual = _rarity()
    weights = {
        word: count * table.get(word, usual) for word, count in Counter(words).items() if len(word) > 1
    }
    return sorted(weights, key=weights.__getitem__, reverse=True)


def _tells(word: str) -> bool:
    if any(char.isdigit() for char in word):
        return False
    if word.isascii():  # two Latin letters are mostly a piece of something: BA.2, v2
        return len(word.strip()) > 2 and word not in _ENGLISH
    return word not in _IDLE


@lru_cache(maxsize=1)
def _rarity() -> tuple[dict[str, float], float]:
    """jieba's inverse document frequencies, and the median: what a word counts that is not among them."""
    lines = (jieba_folder() / "analyse" / "idf.txt").read_text("utf-8").splitlines()
    table = {word: float(value) for word, _, value in (line.partition(" ") for line in lines)}
    return table, sorted(table.values())[len(table) // 2]
