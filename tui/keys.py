"""Keys one by one: the next is handed on when all that the one before set off has been handled.

In come keys and pastes as the terminal sends them, over a slow line several in one go. Textual 8.2.8 hands
each to what has the focus when it comes in: what is typed right behind `/` or `B` would go to the transcript,
as commands, because box and form are not there yet.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from textual.events import Event


class Keys:
    """Hands events on by `hand_on`; `unhandled` tells whether one has to wait for something under way.

    It is asked with the event that waits, if any. `is_text` tells whether an event is text for an input.
    """

    LONGEST = 0.25
    """Seconds that a key waits for the one before it, at most."""
    ROUNDS = 3
    """So many turns of the event loop without a message are rest, as in `Frames`."""
    STEP = 0.001
    """Seconds between two looks, after the first turns."""

    def __init__(
        self,
        hand_on: Callable[[Event], Awaitable[None]],
        unhandled: Callable[[Event | None], bool],
        is_text: Callable[[Event], bool],
    ) -> None:
        self._hand_on, self._unhandled, self._is_text = hand_on, unhandled, is_text
        self._waiting: deque[Event] = deque()
        self._task: asyncio.Task[None] | None = None

    @property
    def busy(self) -> bool:
        """Whether a key waits, or is being handled."""
        return self._task is not None

    def take(self, event: Event) -> None:
        """Hand it on when its turn comes."""
        self._waiting.append(event)
        if self._task is None:
            self._task = asyncio.create_task(self._run(), name="keys")

    async def _run(self) -> None:
        try:
            while self._waiting:
                event = self._waiting.popleft()
                text = self._is_text(event)
                await self._hand_on(event)
                if not (
                    text and self._waiting and self._is_text(self._waiting[0])
                ):  # text runs on into its input
                    await self._rest()
        finally:
            self._task = None

    async def _rest(self) -> None:
        loop = asyncio.get_running_loop()
        end = loop.time() + self.LONGEST
        calm = turns = 0
        while calm < self.ROUNDS and loop.time() < end:
            turns += 1
            await asyncio.sleep(0 if turns < 50 else self.STEP)
            calm = 0 if self._unhandled(self._waiting[0] if self._waiting else None) else calm + 1
