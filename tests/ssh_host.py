"""A host of our own for tests: a real sshd on a loopback port, set up as docs/ssh.md tells, and its clients.

What may come in: the archive to serve and a folder to work in. The block of the page is taken as it stands
there; account, program and paths are put in. Raises `HostMissing` with the reason where none can be tried.
"""

from __future__ import annotations

import contextlib
import getpass
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.terminal import ROOT, Terminal

SSHD = shutil.which("sshd", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
PAGE = ROOT / "docs" / "ssh.md"


class HostMissing(Exception):
    """There is no sshd here that can be tried."""


class Host:
    """Serves `archive`; a context manager. `lenient`: sshd hands on whatever variables the client sets."""

    def __init__(self, archive: Path, folder: Path, lenient: bool = False) -> None:
        if SSHD is None or not all(map(shutil.which, ("ssh", "sftp", "scp", "ssh-keygen"))):
            raise HostMissing(
                "no OpenSSH server and clients here: install openssh-server to try the kiosk for real"
            )
        self.archive, self.folder = archive, folder
        self.home = folder / "home"
        self.home.mkdir()
        for name in ("host_key", "key"):
            subprocess.run(
                ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)], check=True
            )
        program = folder / "briefings-tui"
        start = "from tui.cli import main; main()"
        program.write_text(f"#!/bin/sh\nPYTHONPATH='{ROOT}' exec '{sys.executable}' -c '{start}' \"$@\"\n")
        program.chmod(0o755)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        block = re.search(r"```sshd_config\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
        assert block is not None
        text = block[1].replace("Match User briefings", f"Match User {getpass.getuser()}")
        text = text.replace("/opt/briefings/bin/briefings-tui", str(program))
        text = text.replace("/srv/briefings/archive/briefings.db", str(archive))
        text += f"    SetEnv HOME={self.home}\n" + "    AcceptEnv *\n" * lenient
        self._config = folder / "sshd_config"
        self._config.write_text(
            f"Port {self.port}\nListenAddress 127.0.0.1\nHostKey {folder}/host_key\nPidFile none\n"
            f"AuthorizedKeysFile {folder}/key.pub\nStrictModes no\nPasswordAuthentication no\n"
            "KbdInteractiveAuthentication no\nPermitRootLogin yes\nSubsystem sftp internal-sftp\n" + text
        )
        self.log = folder / "sshd.log"

    def __enter__(self) -> Host:
        assert SSHD is not None
        with self.log.open("w") as log:
            command = [SSHD, "-D", "-e", "-f", str(self._config)]
            self._sshd = subprocess.Popen(
                command, stderr=log, stdin=subprocess.DEVNULL, preexec_fn=_heed_hangups
            )
        end = time.monotonic() + 15
        while "Server listening" not in self.log.read_text():
            if self._sshd.poll() is not None or time.monotonic() > end:
                self._sshd.kill()
                raise HostMissing(f"sshd does not start here: {self.log.read_text().strip()}")
            time.sleep(0.05)
        return self

    def __exit__(self, *_: object) -> None:
        self._sshd.terminate()
        self._sshd.wait()

    @property
    def options(self) -> list[str]:
        """Options of all clients: this host's key and no file of whoever runs the test."""
        said = (
            *("StrictHostKeyChecking=no", f"UserKnownHostsFile={self.folder}/known", "IdentitiesOnly=yes"),
            *(f"IdentityFile={self.folder}/key", "LogLevel=ERROR", "BatchMode=yes", "ConnectTimeout=20"),
        )
        return ["-F", "/dev/null", *(part for one in said for part in ("-o", one))]

    @property
    def address(self) -> str:
        """Whom to log in as, and where."""
        return f"{getpass.getuser()}@127.0.0.1"

    def ssh(
        self, *more: str, command: str | None = None, data: bytes = b""
    ) -> subprocess.CompletedProcess[str]:
        """A session without a terminal; `more` options of ssh."""
        return self.run(
            ["ssh", *self.options, "-p", str(self.port), *more, self.address, *_one(command)], data
        )

    def run(self, command: Sequence[str], data: bytes = b"") -> subprocess.CompletedProcess[str]:
        """Any client."""
        done = subprocess.run(command, input=data, capture_output=True, timeout=60, cwd=self.folder)
        return subprocess.CompletedProcess(
            command,
            done.returncode,
            done.stdout.decode("utf-8", "replace"),
            done.stderr.decode("utf-8", "replace"),
        )

    def kiosks(self) -> list[int]:
        """The processes of all sessions that there are now."""
        return [pid for pid in _below(self._sshd.pid) if b"\0--kiosk\0" in command_of(pid)]

    def terminal(self, *more: str, command: str | None = None, **variables: str) -> Terminal:
        """A session with a terminal, 80 by 24."""
        client = ["ssh", *self.options, "-p", str(self.port), "-tt", *more, self.address, *_one(command)]
        quoted = " ".join("'" + part.replace("'", "'\\''") + "'" for part in client)
        return Terminal([], self.folder, shell=f"exec {quoted}", host=self._sshd.pid, **variables)


def _heed_hangups() -> None:
    """Undo that whoever began the tests ignores SIGHUP (nohup): its children would as well."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


def _one(command: str | None) -> list[str]:
    return [] if command is None else ["--", command]


def _below(pid: int) -> Iterator[int]:
    """All processes that one started, and those which these started."""
    for thread in Path(f"/proc/{pid}/task").glob("*"):
        with contextlib.suppress(OSError):  # it may end while it is looked at
            for child in map(int, (thread / "children").read_text().split()):
                yield child
                yield from _below(child)


def command_of(pid: int) -> bytes:
    """A process's command line; nothing of one that has ended."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""
