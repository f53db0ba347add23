"""Standard input, output and error as the caller left them: closed, full, or with nobody at the other end.

A message on standard error is a courtesy: that it cannot be written changes no exit code. What is written to
standard output is the result: that it cannot be written is an error (`tui/exits.py`).
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TextIO

LONGEST = 1_000
"""Characters of a message; a longer one quotes something very long, and ends with what to do."""
_CLOSED = {"stdin": os.O_WRONLY, "stdout": os.O_RDONLY, "stderr": os.O_WRONLY}
"""How /dev/null is opened in place of each closed stream, in the order of their numbers.

Reading or writing one that carries a command's data fails, messages go nowhere.
"""


def replace_closed() -> None:
    """Put a stream in place of each closed one, before another file, say the archive, gets its number."""
    for number, (name, flags) in enumerate(_CLOSED.items()):
        if getattr(sys, name) is not None:
            continue
        try:
            os.fstat(number)
        except OSError:
            pass
        else:
            number = -1  # something else was opened by that number meanwhile
        opened = os.open(os.devnull, flags)  # takes the lowest free number
        assert number in (-1, opened)
        mode = "r" if name == "stdin" else "w"
        setattr(sys, name, os.fdopen(opened, mode, encoding="utf-8", errors="backslashreplace"))


def shortened(line: str, most: int = LONGEST) -> str:
    """A line with its middle left out, and the number of characters in its place, where it is too long."""
    half = most // 2
    left_out = len(line) - 2 * half
    return line if left_out <= 0 else f"{line[:half]} … {left_out:,} characters … {line[-half:]}"


def write_message(line: str) -> None:
    """Write a line to standard error, or nowhere if that fails; of a very long one head and end."""
    try:
        print(shortened(line), file=sys.stderr, flush=True)
    except (OSError, ValueError):
        silence(sys.stderr)


def silence(stream: TextIO) -> None:
    """Send the rest of a stream that cannot be written nowhere: Python flushes it once more at its end."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
