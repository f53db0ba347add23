"""One archive, the folders it is loaded from, and the states it may be in by what was done to it."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bench.model import bookmarks
from bench.model.archive import State
from bench.model.checks import (
    Look,
    agreed,
    check_coverage,
    check_groups,
    check_search,
    check_words,
    told_apart,
)
from bench.model.disk import Disk
from bench.model.operations import Operation, results_in
from bench.model.program import Fault, Program
from bench.model.texts import Author
from tui import log

_MOST_STATES = 64
"""States that are kept where what was seen leaves several possible."""


class World:
    """An archive in a folder of its own."""

    def __init__(self, folder: Path, program: type[Program] = Program, without: Sequence[str] = ()) -> None:
        folder.mkdir()
        (folder / "scratch").mkdir()
        self.folder = folder
        self.without = without
        """Kinds of steps that are left out."""
        self.author = Author()
        self.disk = Disk(folder / "texts", self.author, without)
        self.program = program(folder / "archive.db", folder / "scratch")
        self.states = [State()]
        """What the archive may hold: one state as a rule."""
        self.bookmarks: list[bookmarks.Bookmark] = []
        self.backup: tuple[Path, list[State]] | None = None
        """A copy of the archive, and what it may hold."""
        self.told = ""
        """The commands run last, and how they ended."""
        os.environ["XDG_STATE_HOME"] = str(folder / "state")
        log.reopen()

    @property
    def stands(self) -> bool:
        """Whether there is an archive."""
        return self.program.archive.exists()

    def do(
        self,
        *operations: Operation,
        kills: Mapping[int, int] | None = None,
        then: Callable[[], None] = lambda: None,
    ) -> str:
        """Do operations, all at once, and find the state that they led to; how they ended. Raises `Fault`.

        `kills` says before which call some of them are killed; `then` is done before anybody looks.
        """
        kills = kills or {}
        running = [
            self.program.start(one.job, stdin=one.stdin, kill_at=kills.get(number))
            for number, one in enumerate(operations)
        ]
        results = [one.wait() for one in running]
        ended = list(zip(operations, results, strict=True))
        self.told = "; ".join(
            f"{one.told} → {'killed' if result.code is None else result.code}" for one, result in ended
        )
        after: dict[State, None] = {}
        for state in self.states:
            after.update(dict.fromkeys(results_in(state, ended)))
        then()
        before = self.states[0]
        look = Look(self.program)
        self.states = told_apart(agreed(after, look)[:_MOST_STATES], before, look)
        check_groups(look)
        return self.told

    def check(self, dice: random.Random) -> str:
        """Check all texts, bookmarks, the index, and what `check` says; what was seen. Raises `Fault`."""
        if not self.stands:
            return "no archive"
        look = Look(self.program)
        self.states = agreed(self.states, look)
        state = self.states[0]
        check_groups(look)
        check_words(state.documents, look)
        check_coverage(state, look)
        bookmarks.check(self.program, state, self.bookmarks)
        passages = check_search(state, look, self.program, dice)
        report = json.loads(self.program.run("check", "--json", codes=(0, 1)).out)
        if not report["ok"] or report["passages"] != passages:
            raise Fault(f"check: {report}, expected {passages} passages")
        return f"{len(look.rows)} documents, {passages} passages"

    def start_over(self) -> None:
        """Go on without an archive."""
        for path in self.folder.glob("archive.db*"):
            path.unlink()
        self.states = [State()]

    def ids(self) -> list[str]:
        """The ids of documents that are there, and as they are, in every state that is possible."""
        return [
            id
            for id, found in sorted(self.states[0].by_id.items())
            if all(state.by_id.get(id) == found for state in self.states)
        ]

    def held(self) -> list[str]:
        """The paths that hold something in every state that is possible."""
        paths = ({holder.path for holder in state.holds} for state in self.states)
        return sorted(path for path in set.intersection(*paths) if not path.startswith("-"))
