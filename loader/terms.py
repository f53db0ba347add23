"""Key terms of a text by jieba's TF-IDF: what a briefing or a question is about, in a few words.

What may come in: any text. jieba is imported on the first call (0.8 s), never on the way to a screen.
"""

from __future__ import annotations

import atexit
import logging
import os
import shutil
import tempfile
import warnings
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from loader.text import Fold

Tags = Callable[..., list[str]]

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


def key_terms(text: str, fold: Fold, count: int) -> tuple[str, ...]:
    """At most `count` telling words of `text`, as they stand in it, most telling first."""
    folded = fold(text)
    terms: list[str] = []
    for word in _tags()(folded, topK=count * 4):
        at = folded.find(word)
        if at >= 0 and _tells(word) and not any(word in term for term in terms):
            terms.append(text[at : at + len(word)])
            if len(terms) == count:
                break
    return tuple(terms)


def _tells(word: str) -> bool:
    return len(word) > 1 and word not in _IDLE and not any(char.isdigit() for char in word)


@lru_cache(maxsize=1)
def _tags() -> Tags:
    """jieba's keyword function, its dictionary cached in the user's own cache directory.

    jieba would else read a cache from the shared temporary directory, where anybody may leave one.
    """
    from platformdirs import user_cache_path

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
        import jieba.analyse
    jieba.setLogLevel(logging.WARNING)
    jieba.dt.tmp_dir = str(_private_cache(user_cache_path("briefings-tui")))
    tags: Tags = jieba.analyse.extract_tags
    return tags


def _private_cache(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        return _throw_away()
    return folder if os.access(folder, os.W_OK) else _throw_away()


def _throw_away() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="briefings-tui-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
