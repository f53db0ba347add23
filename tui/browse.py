"""Opens the browser, building the archive from the bundled seeds where there is none yet."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tui.commands import OUTWARD, rebind, withhold
from tui.config import read_config
from tui.language import choose, speak
from tui.paths import config_path, seeds_path, state_path
from tui.state import State
from tui.store.archive import open_archive
from tui.store.connect import Limits, found_at
from tui.store.protocol import BusyError, NotFoundError, StoreError
from tui.store.waiting import WAIT_SECONDS, Patience

if TYPE_CHECKING:  # it takes the loader along
    from loader.archive.writer import Writer

ASK_SECONDS = 1.0
"""For which a question of the screen waits for one who writes."""


class Rules(NamedTuple):
    """What a session of the browser may do."""

    writes: bool = True
    """Whether files and the archive may be written, and the terminal left to a shell."""
    seconds: float | None = None
    """What a query may take."""
    idle: float | None = None
    """Seconds without a key until it ends."""


def browse(start: str | None, archive: Path, rules: Rules) -> int:
    """Open the browser over an archive, at briefing or question `start` if given."""
    config = read_config(config_path())
    if rules.writes and found_at(archive) is None:
        build_from_seeds(archive)
    # the screen asks again by itself
    store = open_archive(
        archive, Limits(rules.writes, rules.seconds, Patience(ASK_SECONDS)), Patience(WAIT_SECONDS, _remark)
    )
    if start is not None:
        try:
            store.locate(start)
        except NotFoundError:
            store.close()
            raise
    speak(choose(config.language, os.environ))
    listed = store.begin()  # meanwhile Textual is imported
    state = State(state_path())
    if state.note and not rules.writes:  # a home that cannot be written is how it should be there
        state.close()
        state = State(None)
    try:
        if not rules.writes:
            withhold(OUTWARD)
        rebind(config.keys)  # before the app is imported: widgets take their keys when they are
        gc.disable()  # imports make no garbage; the app switches it on again behind its first frame
        from tui.app import run

        corrector = ArchiveCorrector(archive) if rules.writes else None
        return run(store, state, start, corrector, config, listed, rules.idle)
    finally:
        gc.enable()
        state.close()
        store.close()


def _remark(line: str) -> None:
    from tui.telling import remark

    remark(line)


class ArchiveCorrector:
    """Corrects briefings of an archive; raises with one line for the user."""

    def __init__(self, archive: Path) -> None:
        self._archive = archive

    def correct(self, briefing_id: str, values: Mapping[str, str | None]) -> None:
        """Store what a reader said of a briefing; `None` takes a correction back."""
        from loader.load import correct

        with self._writer() as writer:
            correct(briefing_id, values, writer)

    def inferred(self, briefing_id: str) -> Mapping[str, str]:
        """What was inferred for each corrected field of a briefing."""
        from loader.load import inferred

        with self._writer() as writer:
            return inferred(briefing_id, writer)

    @contextmanager
    def _writer(self) -> Iterator[Writer]:
        from loader.archive.errors import BusyError as ArchiveBusyError
        from loader.archive.writer import Writer

        try:
            with Writer(self._archive) as writer:
                yield writer
        except ArchiveBusyError as error:
            raise BusyError(str(error)) from error


def build_from_seeds(archive: Path) -> None:
    """Make `archive` out of the five bundled documents, unless somebody else makes one meanwhile.

    It appears whole or not at all, and never takes the place of another. Raises `StoreError` where it cannot
    be written.
    """
    from loader.archive.making import NoLinksError, link
    from loader.read import find
    from loader.scratch import scratch
    from tui.loading import load_all
    from tui.telling import warn

    def load(into: Path) -> None:
        for _ in load_all(list(find([str(seeds_path())])), into):
            pass

    try:
        target = Path(os.path.realpath(archive))
        target.parent.mkdir(parents=True, exist_ok=True)
        with scratch(target) as half:
            warn(f"no archive yet: making {archive} from the bundled documents")
            load(half)
            try:
                link(half, target)
            except FileExistsError:  # somebody was faster
                return
            except NoLinksError:
                load(archive)
    except OSError as error:
        raise StoreError(f"{archive} cannot be made ({error}): choose another with --archive FILE") from error
