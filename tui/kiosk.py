"""The kiosk (`--kiosk`): a session for strangers, who read one archive and can do nothing else on the host.

What may come in: the environment and the command that sshd hands on (ForceCommand), both written by somebody
who may not be trusted. Of the environment what names the terminal and the language stays; of the command an
id, or `search` and a query. The set-up of a host is in docs/ssh.md.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import MutableMapping
from pathlib import Path
from typing import NamedTuple

import click

KEPT = frozenset(
    {
        *("TERM", "COLORTERM", "COLORFGBG", "NO_COLOR", "LANG", "LANGUAGE", "TMUX", "STY"),
        *("HOME", "USER", "LOGNAME"),
    }
)
"""Variables that stay, besides LC_…: none of them names a file that is opened, a program or a driver."""
SECONDS = 5.0
"""Seconds that a query may take, at most."""
HITS = 50
"""Hits that `search` prints, at most."""
LONGEST = 1_000
"""Characters of a command that are looked at, at most; a longer one is ignored."""
_ORIGINAL = "SSH_ORIGINAL_COMMAND"
_TERMINAL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,63}")


class Wish(NamedTuple):
    """What somebody asked for besides the browser: an id or a query, or neither."""

    id: str | None = None
    query: str | None = None


def shut_in(environ: MutableMapping[str, str]) -> str:
    """Take out of an environment what is not needed to read; returns the command that sshd was given."""
    command = environ.get(_ORIGINAL, "")
    for name in list(environ):
        if name not in KEPT and not name.startswith("LC_"):
            del environ[name]
    if not _TERMINAL.fullmatch(environ.get("TERM", "")):  # terminfo looks for a file of that name
        environ["TERM"] = "dumb"
    environ["TEXTUAL_DISABLE_KITTY_KEY"] = "1"
    return command


def wish_of(command: str) -> Wish:
    """What a command asks for: `search …` as it stands, or one word that may be an id. No shell sees it."""
    words = " ".join(command.split())
    if len(command) > LONGEST or not words.isprintable():
        return Wish()
    head, _, rest = words.partition(" ")
    if head == "search":
        return Wish(query=rest) if rest else Wish()
    return Wish(id=head) if head and not rest else Wish()


def enter(archive: Path, idle: float | None) -> int:
    """Serve one session over `archive`; the exit code. `idle`: seconds without a key until it ends.

    Raises `StoreError` and `click.UsageError`, each with one line.
    """
    command = shut_in(os.environ)

    from tui.browse import Rules, browse
    from tui.confine import confine
    from tui.paths import state_path
    from tui.store.connect import address
    from tui.store.protocol import NotFoundError
    from tui.terminal.charset import charset_of

    wish = wish_of(os.fsencode(command).decode(charset_of(os.environ), "replace"))
    archive, state = archive.absolute(), state_path()
    own = state if state.is_absolute() else None
    confine(own and own.parent, {address(archive), str(own), ":memory:"})
    screen = all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))
    try:
        if wish.query is not None or (wish.id is not None and not screen):
            return _print(wish, archive)
        if screen and os.environ["TERM"] != "dumb":
            rules = Rules(writes=False, seconds=SECONDS, idle=idle)
            try:
                return browse(wish.id, archive, rules)
            except NotFoundError:  # what was asked for is no id, and so ignored
                return browse(None, archive, rules)
    except NotFoundError:
        pass
    raise click.UsageError(
        "transcripts are read here and nothing else: come with a terminal (ssh -t),"
        " or ask for an id or `search WORDS`"
    )


def _print(wish: Wish, archive: Path) -> int:
    from tui import printing
    from tui.store.archive import open_archive
    from tui.store.connect import Limits
    from tui.store.waiting import WAIT_SECONDS, Patience

    store = open_archive(archive, Limits(recovers=False, seconds=SECONDS, patience=Patience(WAIT_SECONDS)))
    try:
        if wish.query is not None:
            return printing.print_hits(store, wish.query, False, HITS)
        return printing.print_one(store, wish.id or "", False, False)
    finally:
        store.close()
