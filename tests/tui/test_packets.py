"""In real terminals: random keys in packets cut anywhere, and the same keys one by one, show the same.

`python -m bench.keys` tries thousands. Here are a few, and what it found.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from bench.keys import Pair, Trial, sequence, tried


@pytest.mark.parametrize(("kiosk", "foreign"), [(False, False), (True, False), (True, True)])
def test_a_few_random_sequences(seeds_archive: Path, kiosk: bool, foreign: bool) -> None:
    trial = Trial(seed=11, sequences=5, kiosk=kiosk, foreign=foreign)
    outcomes = list(tried(seeds_archive, trial))
    assert not any(said for _, said in outcomes), "\n".join(said for _, said in outcomes)


@pytest.mark.parametrize(
    "keys",
    [
        [b"/", b"\x1b[200~3\x1b[201~", b"a"],
        [b"\x1b[B", b"\r", b"e", b"w", b"\x1b[200~3\x1b[201~", b"a"],
    ],
)
def test_a_paste_keeps_its_place_among_keys(seeds_archive: Path, keys: list[bytes]) -> None:
    pair = Pair(seeds_archive, kiosk=False)
    try:
        pair.play(keys, [b"".join(keys)])
        assert pair.same, f"{pair.slow.text}\n{pair.fast.text}"
    finally:
        pair.close()


def test_sequences_have_keys_of_all_kinds() -> None:
    keys = {one for seed in range(500) for one in sequence(random.Random(seed), foreign=False)}
    assert {b"\x1b", b"\r", b"E", b":", b"'", b"[", b"]", b"\x0f", b"\x1b[6~", "核酸".encode()} <= keys
    assert b"q" not in keys, "what leaves has a share of its own"
