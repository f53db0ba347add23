"""How the program ends: each way to fail has its exit code and its one line on standard error.

What may come in: a command to be run. 0 done; 1 done, but some documents refused, nothing found,
or a search stopped by its time limit; 2 wrong
usage; 3 the archive cannot be used; 70 a fault of ours; 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

import click

from loader.unseen import visible
from tui.config import ConfigError
from tui.store.protocol import NotFoundError, StoreError, TimeLimitError

DONE, NOTHING, USAGE, UNUSABLE, FAULT, STOPPED = 0, 1, 2, 3, 70, 130


def ended(command: Callable[[], int | None]) -> int:
    """Run a command; the exit code."""
    try:
        code = command()
        sys.stdout.flush()
        return code or DONE
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.UsageError as error:
        return _fail(error.format_message(), USAGE)
    except ConfigError as error:
        return _fail(str(error), USAGE)
    except (NotFoundError, TimeLimitError) as error:
        return _fail(str(error), NOTHING)
    except StoreError as error:
        from tui.log import note_odd

        note_odd(error)
        return _fail(str(error), UNUSABLE)
    except (KeyboardInterrupt, click.Abort):
        return _fail("stopped; what was loaded before is kept", STOPPED)
    except BrokenPipeError:
        return _mute(DONE)  # the reader left; there is nobody to tell
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
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code


def _fail(message: str, code: int) -> int:
    line = visible(" ".join(message.split()))
    print(f"briefings-tui: {line}", file=sys.stderr)
    return code
