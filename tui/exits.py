"""How the program ends: each way to fail has its exit code and its one line on standard error.

0 done; 1 done, but some documents refused, nothing found, a search stopped by its time limit, or output that
cannot be written; 2 wrong usage; 3 the archive cannot be used; 70 a fault of ours; 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import click

from loader.unseen import visible
from tui.config import ConfigError
from tui.store.protocol import NotFoundError, StoreError, TimeLimitError
from tui.streams import silence, write_message

DONE, NOTHING, USAGE, UNUSABLE, FAULT, STOPPED = 0, 1, 2, 3, 70, 130


class OutputError(Exception):
    """Standard output cannot be written while there is more to do: one line that says what was done."""


def ended(command: Callable[[], int | None]) -> int:
    """Run a command; the exit code."""
    code = _ended(command)
    try:
        sys.stderr.flush()
    except (OSError, ValueError):
        silence(sys.stderr)
    return code


def _ended(command: Callable[[], int | None]) -> int:
    try:
        code = command()
        sys.stdout.flush()
        return code or DONE
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.UsageError as error:
        return _fail(error.format_message(), USAGE)
    except ConfigError as error:
        for problem in error.problems:
            _fail(problem, USAGE)
        return USAGE
    except (NotFoundError, TimeLimitError) as error:
        return _fail(str(error), NOTHING)
    except StoreError as error:
        from tui.log import note_odd

        note_odd(error)
        return _fail(str(error), UNUSABLE)
    except (KeyboardInterrupt, click.Abort):
        return _fail("stopped; what was loaded before is kept", STOPPED)
    except OutputError as error:
        return _mute(_fail(str(error), NOTHING))
    except BrokenPipeError:
        return _mute(DONE)  # whoever read the output has seen enough
    except OSError as error:
        return _mute(_fail(f"output cannot be written: {error.strerror or error}", NOTHING))
    except Exception as error:
        from tui.log import report

        where = report(error, "a command")
        return _fail(
            f"a fault of the program ({type(error).__name__}); what is known of it lies in {where}", FAULT
        )


def _mute(code: int) -> int:
    """Keep Python from writing what is left to where it cannot be written."""
    silence(sys.stdout)
    return code


def _fail(message: str, code: int) -> int:
    write_message(f"briefings-tui: {visible(' '.join(message.split()))}")
    return code
