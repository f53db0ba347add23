"""Background queries for the archive as a whole: listed, looked at, corrected, exported.

What may come in: the store, and what writes a correction. What comes out are the messages of `answers`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from tui.language import _, told
from tui.store.protocol import BusyError, Store, StoreError
from tui.store.rows import Transcript

from . import answers
from .background import Answers


class Corrector(Protocol):
    """Corrects what was inferred of briefings; raises with a line for the user."""

    def correct(self, briefing_id: str, values: Mapping[str, str | None]) -> None:
        """Store the fields changed; `None` takes a correction back."""

    def inferred(self, briefing_id: str) -> Mapping[str, str]:
        """What was inferred for each field that is corrected."""


class Look:
    """Looks whether the archive was written; that it cannot be looked at is said once."""

    def __init__(self) -> None:
        self._blind = False
        """Whether the archive could not be looked at the last time."""

    def renewed(self, store: Store, transcript: Transcript | None) -> Answers:
        """List the archive again if it was written: `Renewed`."""
        message = None
        try:
            if store.changed():
                replaced = transcript.briefing.id if transcript is not None and transcript.replaced else None
                message = answers.Renewed(store.briefings(), replaced)
        except BusyError:
            raise
        except StoreError:
            told_already, self._blind = self._blind, True
            if not told_already:
                raise
        else:
            self._blind = False
        yield message


def listed(store: Store) -> Answers:
    """List all briefings: `Listed`."""
    yield answers.Listed(store.briefings())


def noted(store: Store) -> Answers:
    """Say what there is to say of the archive: `Noted`, if there is something."""
    note = store.vetted()
    if note is not None:
        yield answers.Noted(told(note))


def corrected(
    store: Store, corrector: Corrector, briefing_id: str, values: Mapping[str, str | None]
) -> Answers:
    """Correct a briefing: `Corrected`."""
    corrector.correct(briefing_id, values)
    yield answers.Corrected(briefing_id, store.briefings())  # listed before anybody else looks


def inferred(corrector: Corrector, briefing_id: str) -> Answers:
    """Say what was inferred where somebody corrected it: `Inferred`."""
    yield answers.Inferred(briefing_id, corrector.inferred(briefing_id))


def exported(store: Store, what: Transcript | str, question: int | None, path: Path) -> Answers:
    """Write a transcript, a question of it, or all hits of a query to a new file: `Exported` or `Failed`."""
    from tui.export import briefings_text, hits_text, write_new

    from .search_queries import ALL

    form = path.suffix.removeprefix(".")
    if isinstance(what, str):
        text = hits_text(what, store.search(what, limit=ALL).hits, form)
    else:
        text = briefings_text([(what, question)], form)
    try:
        write_new(path, text)
    except FileExistsError:
        yield answers.Failed(_("{path} is there already and was left alone: take another name", path=path))
    except OSError as error:
        yield answers.Failed(_("{path} cannot be written: {reason}", path=path, reason=error.strerror))
    else:
        yield answers.Exported(path)
