"""The same random keys one by one and in packets cut anywhere: both screens must be the same, and both alive.

    python -m bench.keys [--sequences 5000] [--bytes 500] [--seed 1] [--jobs 4]

Two sessions that live long, each in a pseudo-terminal with a home and an archive of its own, get the same
random sequence of keys: one key by key, each obeyed before the next, the other in packets, often in one. Half
of the pairs are the browser, half the kiosk. Keys are those of all commands, arrows, Esc, text, pastes, and
what is done in dialogs; with `--bytes` also bytes of other encodings. Now and then both are left by `q`, and
begun anew. Left out are Ctrl-Z, and Esc right before `[` or `O`, which a terminal sends for other keys.
"""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import NamedTuple

from loader.archive.writer import Writer
from loader.load import load
from loader.read import find
from tests.terminal import Terminal
from tui.commands import COMMANDS

SEEDS = Path(__file__).parent.parent / "seeds"
LIVES = 40
"""Sequences after which both sessions are left, and begun anew in homes of their own."""
QUIET = 0.04
"""Seconds at rest behind a key."""
REST = 0.15
"""Seconds at rest behind a sequence."""
AGAIN = 1.5
"""Seconds at rest behind one whose screens differ, before they do."""
NAMED = {
    **{"up": b"\x1b[A", "down": b"\x1b[B", "right": b"\x1b[C", "left": b"\x1b[D"},
    **{"home": b"\x1b[H", "end": b"\x1b[F", "pageup": b"\x1b[5~", "pagedown": b"\x1b[6~"},
    **{"enter": b"\r", "escape": b"\x1b", "tab": b"\t", "shift+tab": b"\x1b[Z", "space": b" "},
    **{"delete": b"\x1b[3~", "backspace": b"\x7f", "alt+left": b"\x1b[1;3D", "alt+right": b"\x1b[1;3C"},
}
LEAVES = frozenset({"q", "ctrl+z"})
WORDS = (
    *("核酸", "孕产妇", "方舱", "潍坊", "就医", "hesuan", "a", "3", "12", " ", "　", "-", "place:潍坊"),
    "“就医 问题”",
)
MACROS = (
    *("/核酸|enter|n", "/孕产妇|down|enter|N", "/方舱|ctrl+u|就医", "/核|right|enter", "/核酸|W|escape"),
    *("/核酸|enter|F|down|enter|escape", "f|病|enter|n|escape", "B|记下|enter", "B|escape", "'|down|enter"),
    *("'|e|注|enter|escape", "E|ctrl+u|2022-03-25|enter", "E|tab|ctrl+u|escape", "e|escape", "e|enter"),
    *("E|tab|tab|tab|backspace|enter", "colon|帮助|enter|escape", "colon|down|enter", "colon|escape"),
    *("S|enter", "S|d|escape", "s|a", "s|f", "v|pagedown|escape", "?|pagedown|escape", "w|pagedown|escape"),
    *("L|escape", "r|n", "3|g", "g|g", "o|down|enter", "escape|escape|escape", "enter|]|y"),
)
"""What is done in dialogs; parts are keys by name, or text."""
FOREIGN = tuple(
    text.encode(charset)
    for text, charset in (("核酸检测", "gbk"), ("孕產婦", "big5"), ("é", "iso8859-1"), ("発表", "euc_jp"))
)


class Trial(NamedTuple):
    """What one worker is to try."""

    seed: int
    sequences: int
    kiosk: bool
    foreign: bool


def key(name: str) -> bytes:
    """What a terminal sends for a key, by Textual's name; what is none is text."""
    if name in NAMED:
        return NAMED[name]
    if name.startswith("ctrl+") and len(name) == 6:
        return bytes([ord(name[-1]) & 0x1F])
    if name.isascii() and "_" in name:
        return unicodedata.lookup(name.replace("_", " ").replace("than", "-than").replace(" -", "-")).encode()
    signs = {"slash": "/", "colon": ":", "apostrophe": "'"}
    return signs.get(name, name).encode()


COMMAND_KEYS = tuple(
    sorted({one for command in COMMANDS for one in command.keys if one not in LEAVES} | {"backspace"})
)


def sequence(dice: random.Random, foreign: bool) -> list[bytes]:
    """Keys, as bytes of each."""
    keys: list[bytes] = []
    for _ in range(dice.randint(1, 5)):
        kind = dice.random()
        if foreign and kind < 0.4:
            some = bytes(dice.randrange(128, 256) for _ in range(dice.randint(1, 4)))
            keys.append(dice.choice([*FOREIGN, some]))
        elif kind < 0.5:
            keys.append(key(dice.choice(COMMAND_KEYS)))
        elif kind < 0.7:
            keys += [character.encode() for character in dice.choice(WORDS)]
        elif kind < 0.75:
            keys.append(b"\x1b[200~" + dice.choice(WORDS).encode() + b"\x1b[201~")
        else:
            for part in dice.choice(MACROS).split("|"):
                keys += [part[:1].encode(), part[1:].encode()] if part[:1] == "/" else [key(part)]
    return [one for before, one in zip([b"", *keys], keys, strict=False) if not _ambiguous(before, one)]


def _ambiguous(before: bytes, one: bytes) -> bool:
    return before == b"\x1b" and one[:1] in b"[O"


def packets(dice: random.Random, data: bytes) -> list[bytes]:
    """The same bytes cut at random places, often nowhere."""
    cuts = sorted(dice.randrange(len(data) + 1) for _ in range(dice.choice([0, 0, 1, 2, 5])))
    return [data[start:stop] for start, stop in zip([0, *cuts], [*cuts, len(data)], strict=True)]


class Pair:
    """Two sessions that are to look the same."""

    def __init__(self, archive: Path, kiosk: bool) -> None:
        self._stack = ExitStack()
        folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory()))
        self.slow, self.fast = (
            self._begin(folder / name, archive, kiosk, delay)
            for name, delay in (("slow", "20"), ("fast", "300"))
        )
        for one in (self.slow, self.fast):
            one.wait_for("潍坊").settle(1.5)

    def _begin(self, home: Path, archive: Path, kiosk: bool, delay: str) -> Terminal:
        home.mkdir()
        own = Path(shutil.copy(archive, home / "a.db"))
        arguments = [*(["--kiosk"] if kiosk else []), "--archive", str(own)]
        terminal = Terminal(arguments, home, shell='cd; exec "$@"', ESCDELAY=delay, LANG="zh_CN.UTF-8")
        return self._stack.enter_context(terminal)

    def close(self) -> None:
        """End both."""
        self._stack.close()

    def play(self, keys: Sequence[bytes], pieces: Sequence[bytes]) -> float:
        """Type the same at both; returns the longest pause, in seconds, that was between two packets."""
        longest, before = 0.0, time.monotonic()
        with suppress(OSError):  # it has left
            for piece in pieces:
                self.fast.write(piece)
                longest, before = max(longest, time.monotonic() - before), time.monotonic()
        with suppress(OSError):
            for one in keys:
                self.slow.write(one)
                self.slow.settle(4 * QUIET if one == b"\x1b" else QUIET)
        for one in (self.slow, self.fast):
            one.settle(REST)
        if not self.same:
            for one in (self.slow, self.fast):
                one.settle(AGAIN)
        return longest

    @property
    def same(self) -> bool:
        """Whether both show the same, or both have left."""
        ended = [one.ended for one in (self.slow, self.fast)]
        if any(ended):
            return all(ended) and self.slow.exit_code == self.fast.exit_code
        slow = self.slow.text.replace("/slow/", "/fast/")  # where a file was written to
        return (slow, self.slow.caret) == (self.fast.text, self.fast.caret)


def tried(archive: Path, trial: Trial) -> Iterator[tuple[str, str]]:
    """What came of each sequence: `same`, `left`, `unsure` where the machine was too slow, or `different`."""
    pair: Pair | None = None
    for number in range(trial.sequences):
        dice = random.Random(f"{trial.seed} {number}")
        if pair is None:
            pair = Pair(archive, trial.kiosk)
        keys = sequence(dice, trial.foreign)
        leaves = number % LIVES == LIVES - 1
        if leaves:
            keys += [b"\x1b"] * 4 + [b"q"]
        pieces = packets(dice, b"".join(keys))
        pause = pair.play(keys, pieces)
        gone = pair.slow.ended or pair.fast.ended
        if pair.same:
            outcome = "left" if gone else "same"
        elif len(pieces) > 1 and pause > 0.05:
            outcome = "unsure"
        else:
            outcome = "different"
        said = ""
        if outcome == "different":
            said = f"{trial} {number}\n{keys}\n{pieces}\n{pair.slow.text}\n{'=' * 80}\n{pair.fast.text}"
        yield outcome, said
        if leaves or gone or outcome not in ("same", "left"):
            pair.close()
            pair = None
    if pair is not None:
        pair.close()


def _try(archive: Path, trial: Trial) -> Counter[str]:
    counted: Counter[str] = Counter()
    for outcome, said in tried(archive, trial):
        counted[outcome] += 1
        if said:
            print(said, flush=True)
    return counted


def make_archive(path: Path) -> Path:
    """An archive of the bundled documents."""
    with Writer(path) as writer:
        for _ in load(find([str(SEEDS)]), writer):
            pass
    return path


def main() -> None:
    """Try and count."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sequences", type=int, default=5_000)
    parser.add_argument("--bytes", type=int, default=500, help="sequences with bytes of other encodings")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=4)
    asked = parser.parse_args()
    trials = [
        Trial(asked.seed * 100_000 + at, min(2 * LIVES, number - at), bool(at // (2 * LIVES) % 2), foreign)
        for number, foreign in ((asked.sequences, False), (asked.bytes, True))
        for at in range(0, number, 2 * LIVES)
    ]
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as name, ProcessPoolExecutor(asked.jobs) as pool:
        archive = make_archive(Path(name) / "seeds.db")
        counted: Counter[str] = Counter()
        for one in pool.map(_try, [archive] * len(trials), trials):
            counted += one
            print(f"{time.monotonic() - begun:.0f} s: {dict(counted)}", flush=True)
    print(f"seed {asked.seed}, {asked.sequences:,} sequences, {asked.bytes:,} with bytes: {dict(counted)}")


if __name__ == "__main__":
    main()
