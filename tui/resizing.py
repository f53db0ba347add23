"""Has the size of the terminal asked for in the loop, one change after the other.

Textual 8.2.8 asks in the handler of SIGWINCH. A second signal that comes between the question and the post is
handled within the first, which then posts the older size last; the screen keeps it until the next change.
What may come in: the running loop, behind Textual's start or return. Where Textual listens to no such signal
(no terminal, Windows, a size told in band) nothing is done.
"""

from __future__ import annotations

import asyncio
import shutil
import signal

from tui.terminal.window import drawn

TEXTUALS = "LinuxDriver"
"""Where the handler is defined that Textual sets."""


def one_by_one(loop: asyncio.AbstractEventLoop, size: tuple[int, int]) -> None:
    """Have Textual's own handler called by `loop`; at once, if by now not `size` cells are to be drawn."""
    number = getattr(signal, "SIGWINCH", None)
    told = signal.getsignal(number) if number is not None else None
    if number is None or not callable(told) or not getattr(told, "__qualname__", "").startswith(TEXTUALS):
        return
    loop.add_signal_handler(number, told, number, None)
    if drawn(*shutil.get_terminal_size()) != size:
        loop.call_soon(told, number, None)
