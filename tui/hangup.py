"""Notices that the line was dropped: nobody holds the other end of the terminal any more.

Most often the kernel says so by SIGHUP. Where it does not (the program is no child of the login shell, or a
wrapper keeps the signal from it) a terminal that is gone is always ready to be read and always empty, and
Textual 8.2.8 reads it for ever.
"""

from __future__ import annotations

import contextlib
import os
import select
import threading
import time
from collections.abc import Callable

GRACE = 5.0
"""Seconds in which a program that was told leaves by itself."""


def watch(fd: int, gone: Callable[[], object], code: int) -> None:
    """Have `gone` called in a thread of its own once the terminal at `fd` is gone; nothing is polled.

    What is then still running after `GRACE`, because it writes to where nobody reads, ends with `code`.
    """
    if not os.isatty(fd) or not hasattr(select, "poll"):
        return

    def wait() -> None:
        poll = select.poll()
        poll.register(fd, 0)  # no input: a hang-up is told even so
        for _, event in poll.poll():
            if event & select.POLLHUP:
                with contextlib.suppress(RuntimeError):  # it is leaving already
                    gone()
                time.sleep(GRACE)
                os._exit(code)

    threading.Thread(target=wait, name="hangup", daemon=True).start()
