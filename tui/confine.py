"""What a confined process may still do: read, and write one folder of its own. For good, and for all threads.

Python tells hooks what it is about to do (PEP 578): starting programs, reaching the network, opening,
changing or removing files, opening databases. What is not allowed raises `PermissionError` there, whatever
code asked for it. It does not hold back machine code; the host's own permissions do (docs/ssh.md).
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from collections.abc import Collection
from pathlib import Path
from typing import Any

_NEVER = frozenset(
    {
        *("os.system", "os.exec", "os.fork", "os.forkpty", "os.spawn", "os.posix_spawn", "os.startfile"),
        *("subprocess.Popen", "pty.spawn", "webbrowser.open", "os.kill", "os.killpg"),
        *("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"),
        *("socket.sendmsg", "urllib.Request", "ftplib.connect", "smtplib.connect", "syslog.openlog"),
    }
)
_CHANGES = frozenset(
    {
        *("os.mkdir", "os.rmdir", "os.remove", "os.rename", "os.link", "os.symlink", "os.truncate"),
        *("os.chmod", "os.chown", "os.utime", "os.setxattr", "os.removexattr", "os.chflags", "shutil.move"),
        *("shutil.copyfile", "shutil.copytree", "shutil.rmtree", "shutil.chown", "shutil.make_archive"),
    }
)
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_DEVICES = frozenset({os.devnull, "/dev/tty"})
LARGEST = 64 * 1024 * 1024
"""Bytes of a file that may be written, at most: personal state is far smaller."""


def confine(folder: Path | None, databases: Collection[str]) -> None:
    """From here on nothing is written outside `folder`, and no other databases are opened.

    No program is started, no network reached, no core is dumped, and the keys that stop or kill a program
    from the terminal do nothing. There is no way back.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST, LARGEST))
    for number in (signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU, signal.SIGQUIT):
        signal.signal(number, signal.SIG_IGN)
    sys.dont_write_bytecode = True
    own = None if folder is None else folder.resolve()

    def writable(path: object, parents: bool = False) -> bool:
        if isinstance(path, int):  # open already
            return True
        where = Path(os.fsdecode(path)).resolve()  # type: ignore[arg-type]
        if str(where) in _DEVICES:
            return True
        return own is not None and (where.is_relative_to(own) or (parents and own.is_relative_to(where)))

    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, _mode, flags = arguments
            allowed = not (flags or 0) & _WRITES or path is None or writable(path)
        elif event == "sqlite3.connect":
            allowed = os.fsdecode(arguments[0]) in databases
        elif event in _CHANGES:
            paths = [one for one in arguments if isinstance(one, str | bytes | os.PathLike)]
            allowed = all(writable(one, parents=event == "os.mkdir") for one in paths)
        else:
            allowed = event not in _NEVER
        if not allowed:
            raise PermissionError(f"{event} is not allowed in a kiosk")

    sys.addaudithook(refuse)
