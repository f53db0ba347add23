"""The kiosk behind a real sshd, set up as docs/ssh.md tells: reading works, all attempts there fail."""

from __future__ import annotations

import os
import random
import re
import shutil
import sqlite3
import subprocess
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.hostile import forced
from tests.ssh_host import PAGE, Host, HostMissing, command_of
from tests.terminal import LIMIT, Terminal, memory_of
from tui.widgets.search_box import SearchBox

TOLD = "transcripts are read here and nothing else"
STATE = Path(".local/state/briefings-tui/state.db")
ROOM = 400_000_000
"""Bytes of memory that a session may have had at once, whatever was tried."""


@pytest.fixture(scope="module")
def archive(seeds_archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("archive") / "a.db"
    shutil.copy(seeds_archive, path)
    return path


@pytest.fixture(scope="module")
def host(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    try:
        with Host(archive, tmp_path_factory.mktemp("host")) as one:
            yield one
    except HostMissing as missing:
        pytest.skip(str(missing))


@pytest.fixture
def unchanged(host: Host, archive: Path) -> Iterator[None]:
    """Archive and home are afterwards what they were, and what an attempt would have made is not there."""
    before = archive.read_bytes()
    beside = set(archive.parent.iterdir())
    yield
    assert archive.read_bytes() == before
    assert set(archive.parent.iterdir()) == beside
    assert {path.relative_to(host.home) for path in host.home.rglob("*") if path.is_file()} <= {STATE}
    assert not list(host.folder.glob("canary*"))
    assert not Path("/tmp/evil").exists()


def reading(host: Host, *more: str, command: str | None = None) -> Terminal:
    """A session in the browser; to be used as a context manager."""
    return host.terminal(*more, command=command).wait_for("潍坊", "Enter l")


def reads_on(kiosk: Terminal) -> None:
    """It still reads and leaves as it should."""
    kiosk.send("\x15").send("esc").settle(quiet=0.4).send("esc").settle(quiet=0.4).wait_for("Enter l")
    kiosk.send("G").send("enter").wait_for("PgDn Space").send("q")
    assert kiosk.wait_for_end() == 0


@pytest.mark.usefixtures("unchanged")
def test_reading_and_searching_work(host: Host) -> None:
    with reading(host) as kiosk:
        kiosk.send("down", "down", "enter").wait_for("潍坊市 › 2022-03-25").send("pgdn")
        kiosk.send("/孕产妇").wait_for("处 · 2 场").send("enter").wait_for("处 1/").send("q")
        assert kiosk.wait_for_end() == 0
        assert kiosk.sane
    found = host.ssh(command="search 孕产妇")
    assert (found.returncode, found.stderr) == (0, "8 passages\n")
    assert "weifang-2022-03-25-12/q3" in found.stdout
    with host.terminal(command="weifang-2022-03-25-12/q3") as kiosk:
        kiosk.wait_for("潍坊市 › 2022-03-25", "孕产妇和新").send("q")
        assert kiosk.wait_for_end() == 0


def is_told(done: subprocess.CompletedProcess[str]) -> None:
    """Nothing but the one line, and code 2."""
    assert (done.returncode, done.stdout) == (2, "")
    assert TOLD in done.stderr
    assert done.stderr.count("\n") == 1


def a_command(host: Host) -> None:
    is_told(host.ssh(command="sh -c id"))


def a_command_behind_a_search(host: Host) -> None:
    done = host.ssh(command=f"search 核酸; touch {host.folder}/canary")
    assert (done.returncode, done.stdout) == (1, "")


def a_substitution(host: Host) -> None:
    path = host.folder / "canary"
    done = host.ssh(command=f"search $(touch {path}) `touch {path}`")
    assert (done.returncode, done.stdout) == (1, "")


def options_of_the_program(host: Host) -> None:
    is_told(host.ssh(command="--archive /etc/passwd list"))


def options_of_a_search(host: Host) -> None:
    done = host.ssh(command="search --limit 100000 --json 核酸")
    assert (done.returncode, done.stdout) == (1, "")


def a_path_as_an_id(host: Host) -> None:
    is_told(host.ssh(command="../../etc/passwd"))


def sftp(host: Host) -> None:
    done = host.run(["sftp", *host.options, "-P", str(host.port), "-b", "-", host.address], b"ls /\n")
    assert done.returncode != 0
    assert "etc" not in done.stdout


def scp_from(host: Host) -> None:
    for protocol in ("-O", "-s"):
        there = f"{host.address}:/etc/passwd"
        done = host.run(["scp", protocol, *host.options, "-P", str(host.port), there, "canary"])
        assert done.returncode != 0


def scp_to(host: Host) -> None:
    for protocol in ("-O", "-s"):
        there = f"{host.address}:{host.folder}/canary"
        done = host.run(["scp", protocol, *host.options, "-P", str(host.port), "key.pub", there])
        assert done.returncode != 0


def rsync(host: Host) -> None:
    is_told(host.ssh(command="rsync --server --sender -logDtpre.iLsfxCIvu . /etc/"))


def a_local_port(host: Host) -> None:
    """The port is the reader's; what comes through it is not opened on the host."""
    done = host.ssh("-o", "ExitOnForwardFailure=yes", "-L", "0:127.0.0.1:22", command="nothing")
    assert done.returncode != 0  # a port of one's own choice is asked for below, through -W
    with reading(host, "-L", f"127.0.0.1:{host.port + 1}:127.0.0.1:{host.port}") as kiosk:
        asked = f"exec 3<>/dev/tcp/127.0.0.1/{host.port + 1} && head -c 3 <&3"
        answer = subprocess.run(["bash", "-c", asked], capture_output=True, timeout=20)
        assert b"SSH" not in answer.stdout
        reads_on(kiosk)


def a_remote_port(host: Host) -> None:
    done = host.ssh(
        "-o", "ExitOnForwardFailure=yes", "-R", f"127.0.0.1:{host.port + 2}:127.0.0.1:22", command="x"
    )
    assert done.returncode == 255
    assert "forwarding failed" in done.stderr


def a_stream(host: Host) -> None:
    done = host.ssh("-W", f"127.0.0.1:{host.port}")
    assert done.returncode == 255
    assert "SSH-2.0" not in done.stdout


EVIL = {
    "TEXTUAL_DRIVER": "evil:Driver",
    "TEXTUAL_LOG": "{folder}/canary-log",
    "TEXTUAL_SCREENSHOT": "0",
    "TEXTUAL_SCREENSHOT_LOCATION": "{folder}",
    "TEXTUAL_DEBUG": "1",
    "TEXTUAL_PRESS": "q",
    "BRIEFINGS_ARCHIVE": "/etc/passwd",
    "XDG_STATE_HOME": "{folder}/canary-state",
    "XDG_CONFIG_HOME": "{folder}/canary-config",
    "XDG_DATA_HOME": "{folder}/canary-data",
    "TERMINFO": "{folder}",
    "COLUMNS": "100000",
    "LINES": "100000",
    "SQLITE_TMPDIR": "{folder}/canary-tmp",
}


def variables(host: Host) -> None:
    said = [f"{name}={value.format(folder=host.folder)}" for name, value in EVIL.items()]
    with reading(host, "-o", "SetEnv=" + " ".join(said)) as kiosk:
        reads_on(kiosk)


def a_terminal_that_is_a_path(host: Host) -> None:
    with host.terminal(TERM="../../tmp/evil") as kiosk:
        assert kiosk.wait_for_end() == 2
        assert TOLD.encode() in kiosk.raw


def keys_that_stop(host: Host) -> None:
    with reading(host) as kiosk:
        kiosk.send("\x1a", "\x03", "\x1a", "\x03")
        reads_on(kiosk)


def the_palette(host: Host) -> None:
    with reading(host) as kiosk:
        for words in ("导出", "更正", "挂起", "screenshot"):
            kiosk.send(":").wait_for("命令").send(words).wait_for("没有这个命令").send("esc").wait_for(
                "Enter l"
            )
        reads_on(kiosk)


def keys_that_write(host: Host) -> None:
    with reading(host) as kiosk:
        kiosk.send("G", "enter").wait_for("PgDn Space")
        for key in ("e", "E"):
            kiosk.send(key).settle()
            assert "PgDn Space" in kiosk.text
        kiosk.send("B").wait_for("书签").send(f"$(touch {host.folder}/canary)").send("enter")
        kiosk.send("'").wait_for("$(touch", "d 删去").send("d").wait_for("还没有书签").send("esc")
        reads_on(kiosk.wait_for("PgDn Space"))


def a_huge_paste(host: Host) -> None:
    with reading(host) as kiosk:
        kiosk.send("/")
        for _ in range(2):
            kiosk.pour(b"\x1b[200~" + "全员核酸".encode() * 87_000 + b"\x1b[201~")
        kiosk.until(lambda: f"{SearchBox.LONGEST:,}" in kiosk.text, "the limit said", limit=60)
        reads_on(kiosk)


def a_storm_of_sizes(host: Host) -> None:
    with reading(host) as kiosk:
        sizes = random.Random(1)
        for _ in range(500):
            kiosk.resize(sizes.randint(1, 300), sizes.randint(1, 100))
        kiosk.resize(80, 24)
        kiosk.send("\x0c")  # ssh itself may keep the last change back until something is typed
        kiosk.until(lambda: "Enter l" in kiosk.text, "the list", limit=60)
        reads_on(kiosk)


def bytes_without_a_terminal(host: Host) -> None:
    is_told(host.ssh("-T", data=random.Random(1).randbytes(1_000_000)))


def a_second_session(host: Host) -> None:
    shared = ("-o", f"ControlPath={host.folder}/c")
    with reading(host, "-o", "ControlMaster=yes", *shared) as kiosk:
        is_told(host.ssh(*shared, command="sh"))
        assert host.ssh(*shared, "-s", command="sftp").returncode == 2
        reads_on(kiosk)


def bytes_of_other_encodings(host: Host) -> None:
    with reading(host) as kiosk:
        for noise in ("/核酸".encode("gbk"), b"\xe1", bytes(range(128, 256))):
            kiosk.write(noise)
            kiosk.settle()
        reads_on(kiosk.send("esc"))


def a_giant_window(host: Host) -> None:
    with reading(host) as kiosk:
        (process,) = host.kiosks()
        for size in ((65_535, 65_535), (10_000, 1_000)):
            kiosk.claim(*size)
            kiosk.send("\x0c").settle()
        assert memory_of(process) < ROOM
        kiosk.resize(80, 24)
        reads_on(kiosk.send("\x0c").wait_for("Enter l"))


def a_terminal_that_does_not_read(host: Host) -> None:
    with reading(host) as kiosk:
        (process,) = host.kiosks()
        kiosk.send("G", "enter").wait_for("PgDn Space").claim(640, 200)
        for _ in range(40):  # 40 KB each: the line and its ends take one megabyte
            kiosk.write(b"\x0c")
            kiosk.idle()
        assert memory_of(process) < ROOM
        kiosk.hang_up()
        end = time.monotonic() + LIMIT
        while command_of(process) and time.monotonic() < end:
            time.sleep(0.05)
        assert not command_of(process)


def a_paste_without_an_end(host: Host) -> None:
    with reading(host) as kiosk:
        (process,) = host.kiosks()
        before = memory_of(process)
        kiosk.send("/").pour(b"\x1b[200~" + b"x" * 3_000_000)
        kiosk.until(lambda: "xxxx" in kiosk.lines[0], "what was kept of it")
        assert memory_of(process) < before + 30_000_000
        reads_on(kiosk)


def many_exclusions(host: Host) -> None:
    words = " ".join(f"-{one}{two}" for one in "甲乙丙丁戊己庚" for two in "子丑寅卯辰巳午未申")
    done = host.ssh(command=f"search 在 {words}")
    assert done.returncode == 0
    assert "weifang-2022-03-25-12" in done.stdout
    assert " passages (50 shown, --limit shows more)" in done.stderr


@contextmanager
def instead(host: Host) -> Iterator[Path]:
    """The archive's path while something else may be put there; a copy of it lies there before."""
    aside = host.folder / "aside.db"
    host.archive.rename(aside)
    try:
        yield host.archive
    finally:
        aside.replace(host.archive)


def a_pipe_in_the_place_of_the_archive(host: Host) -> None:
    with reading(host) as kiosk, instead(host) as path:
        os.mkfifo(path)
        kiosk.wait_for("不是普通文件")
        assert host.ssh(command="search 核酸").returncode == 3
        kiosk.send("q")
        assert kiosk.wait_for_end() == 0


def a_state_that_is_a_link_to_the_archive(host: Host) -> None:
    state = host.home / STATE
    state.parent.mkdir(parents=True, exist_ok=True)
    state.unlink(missing_ok=True)
    state.symlink_to(host.archive)
    with reading(host) as kiosk:
        kiosk.send("G", "enter").wait_for("PgDn Space").send("B").wait_for("书签").send("enter")
        kiosk.send("'").wait_for("d 删去").send("esc")
        reads_on(kiosk.wait_for("PgDn Space"))
    assert state.is_symlink()
    state.unlink()


def an_archive_that_lies(host: Host) -> None:
    """Deep nesting, a computed column, a row that unpacks to 300 MB: refused, or read without it."""
    with instead(host) as path:
        aside = host.folder / "aside.db"
        shutil.copy(aside, path)
        _compute(path)
        _is_refused(host)
        with host.terminal() as kiosk:
            assert kiosk.wait_for_end() == 3
        shutil.copy(aside, path)
        forced(path, "document", "terms", "[" * 50_000 + "]" * 50_000)
        _is_refused(host)
        with host.terminal() as kiosk:
            assert kiosk.wait_for("档案有损坏").send("q").wait_for_end() == 0
        shutil.copy(aside, path)
        forced(path, "source", "text", zlib.compress(bytes(300_000_000)))
        with reading(host) as kiosk:
            (process,) = host.kiosks()
            kiosk.send("G", "enter").wait_for("PgDn Space").send("v").wait_for("档案有损坏").send("esc")
            assert memory_of(process) < ROOM
            reads_on(kiosk)
        path.unlink()


def _is_refused(host: Host) -> None:
    done = host.ssh(command="search 核酸")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (3, "", 1)


def _compute(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.executescript("drop table gap; create table gap (document int, at int, reason as/**/(at||at))")


ATTEMPTS: dict[str, Callable[[Host], None]] = {
    "ssh host sh -c id": a_command,
    "search 核酸; touch FILE": a_command_behind_a_search,
    "$(touch FILE)": a_substitution,
    "--archive /etc/passwd list": options_of_the_program,
    "--limit 100000 --json": options_of_a_search,
    "../../etc/passwd": a_path_as_an_id,
    "sftp host": sftp,
    "scp host:": scp_from,
    "scp FILE host:": scp_to,
    "rsync --server": rsync,
    "ssh -L": a_local_port,
    "ssh -R": a_remote_port,
    "ssh -W": a_stream,
    "SetEnv=": variables,
    "TERM=../../tmp/evil": a_terminal_that_is_a_path,
    "Ctrl-Z, Ctrl-C": keys_that_stop,
    "the palette": the_palette,
    "and a bookmark": keys_that_write,
    "pasted into the search box": a_huge_paste,
    "changes of the window": a_storm_of_sizes,
    "random bytes": bytes_without_a_terminal,
    "a second session": a_second_session,
    "of other encodings": bytes_of_other_encodings,
    "65535": a_giant_window,
    "does not read": a_terminal_that_does_not_read,
    "a paste that never ends": a_paste_without_an_end,
    "-甲 -乙": many_exclusions,
    "a pipe in the archive's place": a_pipe_in_the_place_of_the_archive,
    "a link to the archive": a_state_that_is_a_link_to_the_archive,
    "made to harm": an_archive_that_lies,
}


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_nobody_gets_out(host: Host, attempt: str) -> None:
    ATTEMPTS[attempt](host)


@pytest.mark.usefixtures("host")
def test_the_page_lists_what_is_tried() -> None:
    table = PAGE.read_text("utf-8").rpartition("| attempt |")[2]
    rows = re.findall(r"^\| (?!what becomes|---)(.*?) \| ", table, re.MULTILINE)
    assert len(rows) == len(ATTEMPTS)
    for row, attempt in zip(rows, ATTEMPTS, strict=True):
        assert attempt in row


def test_where_sshd_lets_all_variables_through_the_kiosk_drops_them(archive: Path, tmp_path: Path) -> None:
    try:
        with Host(archive, tmp_path, lenient=True) as lenient:
            variables(lenient)
            assert not list(tmp_path.glob("canary*"))
    except HostMissing as missing:
        pytest.skip(str(missing))


def test_where_there_is_no_sshd_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.ssh_host.SSHD", None)
    with pytest.raises(HostMissing, match="install openssh-server"):
        Host(tmp_path / "a.db", tmp_path)
    assert not list(tmp_path.iterdir())
