"""What each action writes to a terminal: frames and bytes, in a real pseudo-terminal over the bundled seeds.

    python -m bench.bytes [--size 80x24] [--colors 256|true]

Frames are counted by the marks of synchronized output (DEC mode 2026), which the terminal here says it knows;
they cost 16 bytes each. An action ends when nothing came for 0.4 seconds.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from loader.archive.writer import Writer
from loader.load import load
from loader.read import find
from tests.terminal import Terminal

SEEDS = Path(__file__).parent.parent / "seeds"
QUIET = 0.4
"""Seconds without a byte after which an action is over."""
IDLE = 10.0
"""Seconds in which nobody does anything."""
ACTIONS = (
    ("briefing down", "down"),
    ("opening a transcript", "enter"),
    ("PgDn", "pgdn"),
    ("line down", "down"),
    ("next question", "]"),
    ("Esc to the list", "esc"),
    ("/", "/"),
    ("first key of a query", "孕"),
    ("second key", "产"),
    ("third key", "妇"),
    ("hit down", "down"),
    ("opening a hit", "enter"),
    ("n", "n"),
    ("o, the questions", "o"),
    ("o again", "o"),
    ("Tab", "tab"),
    ("opening another hit", "enter"),
    ("Esc to the hits", "esc"),
    ("Esc to the list", "esc"),
    ("?", "?"),
    ("Esc", "esc"),
)
"""What is done, one after the other, and by which key."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", default="80x24", help="width and height in cells")
    parser.add_argument("--colors", choices=("256", "true"), default="256")
    asked = parser.parse_args()
    width, height = (int(part) for part in asked.size.split("x"))
    variables = {"COLORTERM": "truecolor"} if asked.colors == "true" else {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Writer(folder / "seeds.db") as writer:
            for _ in load(find([str(SEEDS)]), writer):
                pass
        args = ["--archive", str(folder / "seeds.db")]
        with Terminal(args, folder, width=width, height=height, **variables) as terminal:
            measure(terminal.wait_for("潍坊"))


def measure(terminal: Terminal) -> None:
    """Do one after the other and print what each cost."""
    terminal.settle(QUIET)
    print("| action | frames | bytes |\n|---|---|---|")
    frames = written = 0

    def say(action: str) -> None:
        nonlocal frames, written
        print(f"| {action} | {len(terminal.frames) - frames} | {terminal.written - written:,} |")
        frames, written = len(terminal.frames), terminal.written

    say("start")
    for action, key in ACTIONS:
        terminal.send(key).settle(QUIET)
        say(action)
    end = time.monotonic() + IDLE
    while time.monotonic() < end:
        terminal.settle(QUIET, limit=QUIET)
    say(f"idle for {IDLE:.0f} s")


if __name__ == "__main__":
    main()
