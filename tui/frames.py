"""One frame an action: what is to be written waits until all that the action set off has come to rest.

In come the updates that Textual composed; they go out together. A key moves more than one pane: the reader
tells where it stands once it has been laid out, and the title follows; hits come from a thread. Textual 8.2.8
would write each as it comes. Nothing waits for long: not for the store where it is slow, nor for messages
that never end while keys pour in. Only a terminal that does not read is waited for: what it would be shown is
forgotten, and when it has caught up it gets what is to be seen by then.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App

from tui.resting import lay_out, messages, unpainted, unplaced

Update = LayoutUpdate | ChopsUpdate


class Frames:
    """Holds updates of `app`, then has them written by `write`.

    `asked` tells whether the store was asked, `more` whether keys wait whose frame it might be as well,
    `behind` whether the terminal has yet to take what was written.
    """

    PATIENCE = 0.04
    """Seconds that a frame waits for the store's answer."""
    LONGEST = 0.15
    """Seconds that it waits in all."""
    STEP = 0.002
    """Seconds between two looks."""
    ROUNDS = 3
    """So many turns of the event loop without a message are rest: one may hold a message not yet sent."""

    def __init__(
        self,
        app: App[Any],
        *,
        asked: Callable[[], bool],
        more: Callable[[], bool],
        behind: Callable[[], bool],
        write: Callable[[Sequence[Update]], None],
    ) -> None:
        self._app, self._asked, self._more, self._behind, self._write = app, asked, more, behind, write
        self._held: list[Update] = []
        self._since = 0.0
        self._calm = 0
        """Turns of the event loop for which there was rest."""
        self._begun = False
        """Whether a frame was written: before it there is nothing on the screen that could flicker."""
        self._tired = False
        """Whether a frame has waited for the answers under way and gone without them."""
        self._missed = False
        """Whether a frame was forgotten since the terminal was behind."""

    def hold(self, update: Update) -> None:
        """Take an update for the frame under way, or begin one; the very first of all goes out at once."""
        self._held.append(update)
        if not self._begun and not self._asked():
            self._send()
            return
        self._calm = 0
        if len(self._held) == 1:
            self._since = asyncio.get_running_loop().time()
            asyncio.get_running_loop().call_soon(self._look)

    def _look(self) -> None:
        """Let the frame go if it is time, else look again; when the app has ended there is no more to see."""
        loop = asyncio.get_running_loop()
        if not self._app.is_running:
            self._held.clear()
            return
        if self._app._batch_count or not self._app.screen_stack:  # Textual would drop it now
            loop.call_later(self.STEP, self._look)
            return
        try:
            delay = self._step(loop.time() - self._since)
        except Exception as error:  # the event loop's edge: as Textual ends where a frame cannot be drawn
            self._app._handle_exception(error)
            return
        if self._held:
            loop.call_later(delay, self._look)

    def _step(self, waited: float) -> float:
        """Bring the frame on after so many seconds of waiting; the seconds until the next look, if any."""
        asked = self._asked()
        self._tired = self._tired and asked
        top = self._app.screen_stack[-1]
        resting = not messages(self._app)
        if resting and (unplaced(top) or unpainted(top)):
            lay_out(top)
            resting = False
        resting = resting and not self._more()
        self._calm = self._calm + 1 if resting else 0
        if waited < self.LONGEST:
            if not resting or (asked and not self._tired and waited < self.PATIENCE):
                return self.STEP if self._calm else 0
            if self._calm < self.ROUNDS:
                return 0
        self._tired = asked
        self._send()
        return 0

    def caught_up(self) -> None:
        """The terminal has taken all that was written: show it what it missed."""
        if self._missed and self._app.screen_stack:
            self._missed = False
            self._app.refresh()

    def _send(self) -> None:
        self._begun = True
        held, self._held = self._held, []
        if self._behind():
            self._missed = True
        else:
            self._write(held)
