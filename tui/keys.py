"""Keys one by one: the next is handed on when all that the one before set off is done.

In come keys, pastes and runs of text as the terminal sends them, over a slow line many in one packet. Textual
8.2.8 hands each to what has the focus when it comes in, and carries out the ones that are no text later than
it takes the text behind them. Here nothing is handed on before every message is handled, every screen there
and every answer of the store's come that the screen depends on; text for an input does not wait for the hits
of what was typed before it. It is one change of the input, however many letters.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from typing import NamedTuple

from textual.events import Event, Key, MouseMove
from textual.keys import KEY_NAME_REPLACEMENTS, _character_to_key

Input = Event | str
"""An event, or a run of text as it was typed."""


class App(NamedTuple):
    """What is asked of the app, and told it."""

    hand_on: Callable[[Event], Awaitable[None]]
    """An event's turn has come."""
    type_in: Callable[[str], None]
    """Text is for the input that has the focus."""
    typing: Callable[[], bool]
    """Whether an input has the focus."""
    edits: Callable[[Event], bool]
    """Whether an event edits what stands in an input, and nothing of the store's can matter to it."""
    moving: Callable[[], bool]
    """Whether something is under way that any event has to wait for."""
    asked: Callable[[bool], bool]
    """Whether an answer is on its way that has to be waited for, by text for an input (true) or a command."""
    waits: Callable[[bool], None]
    """Whether keys wait for something that takes long."""
    late: Callable[[int], None]
    """So many keys were dropped since what they wait for does not come."""
    lost: Callable[[int], None]
    """So many keys were dropped since there were too many."""
    failed: Callable[[Exception], None]
    """What was set off by a key failed."""


class Keys:
    """Hands on to an app what it takes."""

    LONGEST = 15.0
    """Seconds that a key waits; then it is dropped, and that is said, for it may not mean what is shown.

    To correct a long briefing takes some seconds, on a busy host more.
    """
    SAID = 1.0
    """Seconds from which on it is said that keys wait."""
    IMPATIENT = 0.25
    """Seconds that one waits behind such a drop: who types now has seen that nothing came."""
    ROUNDS = 3
    """So many turns of the event loop without anything under way are rest: one may hold a callback."""
    STEP = 0.001
    """Seconds between two looks, after the first turns."""
    MOST = 1_000
    """Commands that wait at most: nobody types more ahead; it is a paste of which nobody told."""
    TEXT = 100_000
    """Characters that wait at most."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._waiting: deque[Input] = deque()
        self._size = 0
        """Characters and events that wait."""
        self._row = 0
        """Letters handed on as commands since nothing waited."""
        self._lost = 0
        self._tired = False
        """Whether keys were dropped, and nothing has come to rest since."""
        self._task: asyncio.Task[None] | None = None

    @property
    def busy(self) -> bool:
        """Whether a key waits, or is being handled."""
        return self._task is not None

    @property
    def waiting(self) -> bool:
        """Whether one waits."""
        return bool(self._waiting)

    def take(self, inputs: Iterable[Input]) -> None:
        """Hand them on when their turn comes."""
        for one in inputs:
            size = len(one) if isinstance(one, str) else 1
            if isinstance(one, MouseMove) and self._waiting and isinstance(self._waiting[-1], MouseMove):
                self._waiting[-1] = one
            elif self._size + size > self.TEXT or (size == 1 and len(self._waiting) >= self.MOST):
                self._lost += size
            else:
                self._waiting.append(one)
                self._size += size
        if self._task is None:
            self._task = asyncio.create_task(self._run(), name="keys")

    async def _run(self) -> None:
        try:
            while await self._rest():
                await self._next()
            self._row = 0
        except Exception as error:  # the task's edge: nobody waits for it
            self._app.failed(error)
        finally:
            self._task = None

    async def _next(self) -> None:
        """Hand on what comes next: text for an input as far as it goes, else one event."""
        first = self._pop()
        text = _text(first)
        if text is not None and self._app.typing():
            parts = [text]
            while self._waiting and (more := _text(self._waiting[0])) is not None:
                self._pop()
                parts.append(more)
            self._row = 0
            self._app.type_in("".join(parts))
        elif isinstance(first, str):
            self._row += 1
            if self._row > self.MOST:
                self._lost += len(first)
                return
            if first[1:]:
                self._waiting.appendleft(first[1:])
                self._size += len(first) - 1
            await self._app.hand_on(key_of(first[0]))
        else:
            await self._app.hand_on(first)

    async def _rest(self) -> bool:
        """Wait until the next may be handed on; whether there is one."""
        loop = asyncio.get_running_loop()
        begun: float | None = None
        calm = turns = 0
        said = late = False
        since = loop.time()
        while calm < self.ROUNDS:
            if begun is None and self._waiting:
                begun = loop.time()
            if begun is not None and not said and loop.time() > begun + self.SAID:
                said = True
                self._app.waits(True)
            longest = self.IMPATIENT if self._tired else self.LONGEST
            late = begun is not None and loop.time() > begun + longest
            if late:
                break
            if begun is None and loop.time() > since + self.IMPATIENT:
                break  # nobody types: whoever does later waits by himself
            turns += 1
            await asyncio.sleep(0 if turns < 50 else self.STEP)
            calm = 0 if self._unhandled() else calm + 1
        else:
            self._tired = False
        if said:
            self._app.waits(False)
        if late and not self._tired:
            self._give_up()
        if self._lost:
            lost, self._lost = self._lost, 0
            self._app.lost(lost)
        return bool(self._waiting)

    def _unhandled(self) -> bool:
        """Whether what comes next has to wait."""
        if self._app.moving():
            return True
        first = self._waiting[0] if self._waiting else None
        typed = _text(first) is not None or (isinstance(first, Event) and self._app.edits(first))
        return self._app.asked(typed and self._app.typing())

    def _give_up(self) -> None:
        dropped, self._size = self._size, 0
        self._waiting.clear()
        self._tired = True
        self._app.late(dropped)

    def _pop(self) -> Input:
        first = self._waiting.popleft()
        self._size -= len(first) if isinstance(first, str) else 1
        return first


def _text(one: Input | None) -> str | None:
    """What it writes into an input; `None` for what is no text."""
    if isinstance(one, Key):
        return one.character if one.is_printable else None
    return one if isinstance(one, str) else None


def key_of(character: str) -> Key:
    """The key that types a character, by Textual's name."""
    name = character if character.isalnum() else _character_to_key(character)
    return Key(KEY_NAME_REPLACEMENTS.get(name, name), character)
