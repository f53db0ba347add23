"""Browse the hand-written transcripts, to look at the screen: `python -m tests.tui.browse [ID|--long]`."""

from __future__ import annotations

import sys

from tui.app import run
from tui.state import State

from .fake_store import FakeStore, long_transcript

if __name__ == "__main__":
    arguments = sys.argv[1:]
    store = FakeStore((long_transcript(200_000),)) if arguments == ["--long"] else FakeStore()
    sys.exit(run(store, State(None), next((one for one in arguments if one != "--long"), None)))
