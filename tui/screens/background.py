"""Runs background queries: each in a thread, and what it answers is posted to the screen as messages.

What may come in: generators that ask the store and yield messages, or `None` where they may be stopped. The
newest of a group takes the place of those before it. A worker never touches a widget.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from textual.message import Message
from textual.screen import Screen
from textual.worker import get_current_worker

from tui.language import _, told
from tui.store.protocol import BusyError, DamagedError, InterruptedSearch

from . import answers

Answers = Iterator[Message | None]
"""What a query answers; `None` where it may be stopped."""


class Background:
    """Runs the queries of one screen."""

    UNNOTICED = frozenset({"keep", "older", "vet", "look", "count", "inferred"})
    """Groups of work whose answers no frame waits for."""
    ASIDE = UNNOTICED - {"older", "inferred"}
    """Groups of work on whose answers no key depends."""
    SEEKING = UNNOTICED | {"search", "match"}
    """And those on which nothing depends that is typed into a box: they leave the focus where it is."""
    RETRY = 0.3
    """Seconds after which a busy archive is asked again."""

    def __init__(self, screen: Screen[None], archive: Path) -> None:
        self._screen = screen
        self._archive = archive

    def run(self, group: str, lock: threading.Lock, ask: Callable[[], Answers]) -> None:
        """Run `ask` in a thread, in place of what its group was asked before."""

        def work() -> None:
            waited = False
            while not self._answered(lock, ask):
                if group == "look":  # it looks again anyway
                    return
                if not waited and group not in self.UNNOTICED:
                    waited = True
                    self._post(answers.Waiting(self._busy()))
                time.sleep(self.RETRY)
            if waited:
                self._post(answers.Answered())

        self._screen.run_worker(work, group=group, thread=True, exclusive=True, exit_on_error=False)

    def _answered(self, lock: threading.Lock, ask: Callable[[], Answers]) -> bool:
        """Ask, and post the answers; false where the archive is busy."""
        with lock:
            if get_current_worker().is_cancelled:
                return True
            try:
                for message in ask():
                    if message is not None:
                        self._post(message)
                    if get_current_worker().is_cancelled:
                        break
            except InterruptedSearch:
                pass
            except BusyError:
                return False
            except Exception as error:  # the worker's edge: whatever fails becomes a line
                self._post(self.failure(error))
        return True

    def _post(self, message: Message) -> None:
        if not get_current_worker().is_cancelled:
            self._screen.post_message(message)

    def _busy(self) -> str:
        return _("{path} is busy, it is being written: trying again", path=self._archive.name)

    def failure(self, error: Exception) -> answers.Failed:
        """What is to be said of an error; a line has room for the archive's name, not for its path."""
        from tui.log import note_odd

        note_odd(error)
        reason = told(error).replace(str(self._archive), self._archive.name)
        return answers.Failed(reason, self._archive if isinstance(error, DamagedError) else None)

    def cancel(self, group: str) -> None:
        """Have the answers of a group come to nothing."""
        self._screen.workers.cancel_group(self._screen, group)

    def is_idle(self, group: str) -> bool:
        """Whether nothing of a group runs."""
        return all(work.is_finished for work in self._screen.workers if work.group == group)

    @property
    def asked(self) -> bool:
        """Whether an answer is on its way that a frame waits for."""
        return self._runs(self.UNNOTICED)

    def depends(self, typed: bool) -> bool:
        """Whether an answer is on its way on which it depends what the next key does, or goes into."""
        return self._runs(self.SEEKING if typed else self.ASIDE)

    def _runs(self, but: frozenset[str]) -> bool:
        return any(
            not (work.is_finished or work.is_cancelled or work.group in but) for work in self._screen.workers
        )
