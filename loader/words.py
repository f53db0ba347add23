"""Words of a text as jieba cuts it: by its dictionary alone, so the same text gives the same words.

What may come in: folded text of any length. rjieba, which is jieba in Rust, does the cutting: ten times
as fast. Where it cannot be imported jieba cuts itself, into the same words. What jieba would guess beyond
its dictionary (its HMM) is left out: the two guess differently. Nothing is imported before the first call.
"""

from __future__ import annotations

import atexit
import importlib.metadata
import importlib.util
import logging
import os
import shutil
import tempfile
import warnings
import zlib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

Cut = Callable[[str], list[str]]
_PIECE = 50_000
"""Characters that are cut at one go, and on to the end of the line: no word holds a line feed."""


def cut(folded: str) -> list[str]:
    """All words of `folded` in their order, blanks and marks among them: joined they are `folded` again.

    It is cut piece by piece, and equal words are one object, which saves most of the memory of a long text.
    """
    known: dict[str, str] = {}
    words: list[str] = []
    at = 0
    while at < len(folded):
        stop = folded.find("\n", at + _PIECE) + 1 or len(folded)
        words += [known.setdefault(word, word) for word in cutter()(folded[at:stop])]
        at = stop
    return words


@lru_cache(maxsize=1)
def cutter() -> Cut:
    """The function that cuts: rjieba's, or jieba's own where rjieba is not to be had."""
    try:
        import rjieba
    except ImportError:
        return cut_by_jieba()
    return lambda folded: rjieba.cut(folded, False)


@lru_cache(maxsize=1)
def cut_by_jieba() -> Cut:
    """jieba's own cutting, its dictionary cached in the user's own cache directory.

    jieba would else read a cache from the shared temporary directory, where anybody may leave one.
    """
    from platformdirs import user_cache_path

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(logging.WARNING)
    jieba.dt.tmp_dir = str(_private_cache(user_cache_path("briefings-tui")))
    return lambda folded: jieba.lcut(folded, HMM=False)


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """What the words come from, in one line: program and version, algorithm, dictionary.

    Two archives whose lines are equal hold words of the same cutting. Costs the reading of jieba's
    dictionary (5 MB), once.
    """
    by = next(name for name in ("rjieba", "jieba") if importlib.util.find_spec(name))
    own = importlib.metadata.version("jieba")
    table = zlib.crc32((jieba_folder() / "dict.txt").read_bytes())
    return f"{by} {importlib.metadata.version(by)}, without HMM, dictionary of jieba {own} ({table:08x})"


def jieba_folder() -> Path:
    """Where jieba's files are; jieba itself is not imported."""
    found = importlib.util.find_spec("jieba")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("jieba is not installed: install briefings-tui anew")
    return Path(found.origin).parent


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
