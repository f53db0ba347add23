"""The kiosk: what it takes from sshd, what it may do on the host, and what its browser leaves out."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.terminal import ROOT, Terminal
from tui import commands
from tui.kiosk import LONGEST, Wish, shut_in, wish_of
from tui.store.archive import ArchiveStore
from tui.store.connect import Limits
from tui.store.protocol import StoreError


def test_of_the_environment_terminal_and_language_stay() -> None:
    kept = {
        "TERM": "xterm-256color",
        "LANG": "zh_CN.UTF-8",
        "LC_ALL": "C.UTF-8",
        "HOME": "/home/a",
        "TMUX": "1",
    }
    environ = kept | {
        "SSH_ORIGINAL_COMMAND": "search 核酸",
        "BRIEFINGS_ARCHIVE": "/etc/passwd",
        "TEXTUAL_DRIVER": "evil:Driver",
        "TEXTUAL_LOG": "/tmp/log",
        "TEXTUAL_DISABLE_KITTY_KEY": "0",
        "XDG_STATE_HOME": "/tmp",
        "TERMINFO": "/tmp",
        "COLUMNS": "1000000",
        "PYTHONPATH": "/tmp",
        "LD_PRELOAD": "evil.so",
        "PATH": "/tmp",
    }
    assert shut_in(environ) == "search 核酸"
    assert environ == kept | {"TEXTUAL_DISABLE_KITTY_KEY": "1"}


@pytest.mark.parametrize("name", ["../../tmp/x", "/tmp/x", ".", "", "x" * 65, "xterm\n"])
def test_a_terminal_is_no_path(name: str) -> None:
    environ = {"TERM": name}
    shut_in(environ)
    assert environ["TERM"] == "dumb"


@pytest.mark.parametrize(
    ("command", "wish"),
    [
        ("", Wish()),
        ("search 孕产妇", Wish(query="孕产妇")),
        ("  search   核酸  place:潍坊 ", Wish(query="核酸 place:潍坊")),
        ("search --limit 9 --json x", Wish(query="--limit 9 --json x")),
        ("search $(id); `id` | sh", Wish(query="$(id); `id` | sh")),
        ("search", Wish()),
        ("weifang-2022-03-25-12", Wish(id="weifang-2022-03-25-12")),
        ("weifang-2022-03-25-12/q3", Wish(id="weifang-2022-03-25-12/q3")),
        ("--archive /etc/passwd list", Wish()),
        ("sh -c id", Wish()),
        ("list --json", Wish()),
        ("load /etc", Wish()),
        ("x\x1b]0;y\x07", Wish()),
        ("search \x1b[2J", Wish()),
        ("x" * (LONGEST + 1), Wish()),
    ],
)
def test_a_command_is_an_id_or_a_search_or_ignored(command: str, wish: Wish) -> None:
    assert wish_of(command) == wish


ALLOWED = [
    "open('/etc/hostname').read()",
    "(own / 'new').mkdir()",
    "(own / 'new' / 'file').write_text('x')",
    "(own / 'new' / 'file').unlink()",
    "sqlite3.connect(str(own / 'state.db')).execute('create table a (b)')",
    "sqlite3.connect(':memory:')",
    "open('/dev/null', 'w')",
]
REFUSED = [
    "os.system('true')",
    "subprocess.run(['true'])",
    "os.execv('/bin/true', ['true'])",
    "os.fork()",
    "os.posix_spawn('/bin/true', ['true'], {})",
    "pty.fork()",
    "open(outside / 'new', 'w')",
    "open(outside / 'there', 'a')",
    "open(outside / 'there', 'r+')",
    "os.open(outside / 'there', os.O_RDWR)",
    "(own / 'link').open('w')",
    "(outside / 'dir').mkdir()",
    "os.remove(outside / 'there')",
    "os.rename(outside / 'there', own / 'there')",
    "os.rename(own / 'state.db', outside / 'state.db')",
    "os.chmod(outside / 'there', 0o777)",
    "os.link(own / 'state.db', outside / 'new')",
    "os.truncate(outside / 'there', 0)",
    "sqlite3.connect(outside / 'new.db')",
    "sqlite3.connect(str(own / 'other.db'))",
    "socket.create_connection(('127.0.0.1', 9))",
    "socket.socket().bind(('127.0.0.1', 0))",
    "os.kill(os.getppid(), 0)",
]
CONFINED = """
import os, pty, socket, sqlite3, subprocess, sys
from pathlib import Path
own, outside = Path(sys.argv[1]), Path(sys.argv[2])
from tui.confine import confine
confine(own, {str(own / 'state.db'), ':memory:'})
for one in sys.stdin.read().splitlines():
    try:
        exec(one)
    except PermissionError as error:
        print('refused' if 'not allowed in a kiosk' in str(error) else f'{one}: {error!r}')
    except BaseException as error:
        print(f'{one}: {error!r}')
    else:
        print('done')
"""


def test_confined_it_reads_and_writes_its_own_folder_and_nothing_else(tmp_path: Path) -> None:
    own, outside = tmp_path / "own", tmp_path / "outside"
    own.mkdir()
    outside.mkdir()
    (outside / "there").write_text("kept")
    (own / "link").symlink_to(outside / "there")
    done = subprocess.run(
        [sys.executable, "-c", CONFINED, str(own), str(outside)],
        input="\n".join(ALLOWED + REFUSED),
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
    )
    answers = dict(zip(ALLOWED + REFUSED, done.stdout.splitlines(), strict=True))
    assert answers == dict.fromkeys(ALLOWED, "done") | dict.fromkeys(REFUSED, "refused")
    assert [(one.name, one.read_text()) for one in outside.iterdir()] == [("there", "kept")]


@pytest.fixture
def archive(seeds_archive: Path, tmp_path: Path) -> Path:
    path = tmp_path / "a.db"
    shutil.copy(seeds_archive, path)
    return path


def _kiosk(
    archive: Path, home: Path, command: str | None = None, *more: str, **variables: str
) -> subprocess.CompletedProcess[str]:
    env = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)}
    if command is not None:
        env["SSH_ORIGINAL_COMMAND"] = command
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "from tui.cli import main; main()",
            "--kiosk",
            "--archive",
            str(archive),
            *more,
        ],
        env=env | variables,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )


def test_without_a_terminal_it_prints_hits_or_a_question_or_says_what_may_be_asked(
    archive: Path, tmp_path: Path
) -> None:
    found = _kiosk(archive, tmp_path, "search 孕产妇")
    assert (found.returncode, found.stderr) == (0, "8 passages\n")
    assert "weifang-2022-03-25-12/q3" in found.stdout
    one = _kiosk(archive, tmp_path, "weifang-2022-03-25-12/q3")
    assert (one.returncode, one.stderr) == (0, "")
    assert "孕产妇" in one.stdout
    for ignored in ("sh", "list --json", "/usr/lib/openssh/sftp-server", "scp -f /etc/passwd", ""):
        told = _kiosk(archive, tmp_path, ignored)
        assert (told.returncode == 0, told.stdout, told.stderr.count("\n")) == (False, "", 1), ignored
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.db"]


def test_options_in_a_search_are_words(archive: Path, tmp_path: Path) -> None:
    told = _kiosk(archive, tmp_path, "search --json --archive /etc/passwd 孕产妇")
    assert (told.returncode, told.stdout) == (1, "")


@pytest.mark.parametrize("more", [["list"], ["load", "/etc"], ["weifang-2022-03-25-12"], ["export", "x"]])
def test_it_takes_no_command(archive: Path, tmp_path: Path, more: list[str]) -> None:
    told = _kiosk(archive, tmp_path, None, *more)
    assert (told.returncode, told.stdout) == (2, "")
    assert "--kiosk wants --archive FILE and no command" in told.stderr


def test_an_archive_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    told = _kiosk(tmp_path / "none.db", tmp_path, "search 核酸")
    assert (told.returncode, told.stdout) == (3, "")
    assert "there is no archive at" in told.stderr
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_load_left_is_told_and_not_touched(archive: Path, tmp_path: Path) -> None:
    db = sqlite3.connect(archive, isolation_level=None)
    db.execute("pragma cache_size = 1")
    db.execute("begin immediate")
    db.execute("update passage set text = text || 'x'")
    copy = tmp_path / "cut.db"
    for end in ("", "-journal"):
        shutil.copy(f"{archive}{end}", f"{copy}{end}")
    db.execute("rollback")
    db.close()
    before = {path: path.read_bytes() for path in tmp_path.glob("cut.db*")}
    told = _kiosk(copy, tmp_path, "search 核酸")
    assert (told.returncode, told.stdout) == (3, "")
    assert "was left in the middle of a load" in told.stderr
    assert {path: path.read_bytes() for path in tmp_path.glob("cut.db*")} == before


def test_its_browser_has_no_export_no_correcting_and_no_shell(archive: Path, tmp_path: Path) -> None:
    before = archive.read_bytes()
    home = tmp_path / "home"
    home.mkdir()
    with Terminal(["--kiosk", "--archive", str(archive)], home) as kiosk:
        kiosk.wait_for("潍坊").send("down", "down", "enter").wait_for("潍坊市 › 2022-03-25")
        page = kiosk.text
        for key in ("e", "E", "\x1a"):
            kiosk.send(key)
            assert kiosk.text == page
        assert kiosk.state in "SR"
        for words in ("导出", "挂起", "screenshot"):
            kiosk.send(":").wait_for("命令").send(words).wait_for("没有这个命令").send("esc").until(
                lambda: kiosk.text == page, "the page"
            )
        kiosk.send("?").wait_for("到处可用")
        assert not any(f" {key} " in kiosk.text for key in ("Ctrl-Z", "E"))
        kiosk.send("esc").until(lambda: kiosk.text == page, "the page")
        kiosk.send("B").wait_for("书签：").send("enter").wait_for("已加书签").send("q")
        assert kiosk.wait_for_end() == 0
        assert kiosk.sane
    assert archive.read_bytes() == before
    files = [path.relative_to(home) for path in home.rglob("*") if path.is_file()]
    assert files == [Path(".local/state/briefings-tui/state.db")]


@pytest.mark.parametrize("command", ["weifang-2022-03-25-12/q3", "nothing-of-the-kind", "rm -rf /"])
def test_at_a_terminal_an_id_opens_the_browser_there_and_all_else_is_ignored(
    archive: Path, tmp_path: Path, command: str
) -> None:
    with Terminal(["--kiosk", "--archive", str(archive)], tmp_path, SSH_ORIGINAL_COMMAND=command) as kiosk:
        kiosk.wait_for("潍坊市 › 2022-03-25" if command.startswith("weifang") else "Enter l")
        kiosk.send("q")
        assert kiosk.wait_for_end() == 0


def test_where_no_home_can_be_written_marks_live_in_memory(archive: Path, tmp_path: Path) -> None:
    with Terminal(["--kiosk", "--archive", str(archive)], Path("/proc/none")) as kiosk:
        kiosk.wait_for("潍坊", "Enter l").send("down", "down", "enter").wait_for("潍坊市 › 2022-03-25")
        kiosk.send("B").wait_for("书签").send("enter").send("'").wait_for("d 删去")
        kiosk.send("esc").wait_for("PgDn Space").send("q")
        assert kiosk.wait_for_end() == 0
    assert [path.name for path in tmp_path.iterdir()] == ["a.db"]


def test_it_leaves_when_no_key_comes_and_stays_while_keys_come(archive: Path, tmp_path: Path) -> None:
    with Terminal(["--kiosk", "--idle", "0.03", "--archive", str(archive)], tmp_path) as kiosk:
        kiosk.wait_for("潍坊")
        end = time.monotonic() + 2.5
        while time.monotonic() < end:
            kiosk.write(b"j")
            kiosk.settle(quiet=0.1, limit=0.1)
        assert kiosk.exit_code is None
        kiosk.wait_for("很久没有按键")
        assert kiosk.wait_for_end() == 0
        assert "没有按键，已退出" in kiosk.settle().raw.decode()
        assert kiosk.sane


def test_it_dies_of_no_key_that_stops_or_kills(archive: Path, tmp_path: Path) -> None:
    with Terminal(["--kiosk", "--archive", str(archive)], tmp_path) as kiosk:
        kiosk.wait_for("潍坊").send("\x1a", "\x03")
        for number in (signal.SIGQUIT, signal.SIGTSTP, signal.SIGTTIN):
            os.kill(kiosk.pid, number)
        kiosk.send("down", "enter").wait_for("四月将尽")
        kiosk.send("q")
        assert kiosk.wait_for_end() == 0


def test_withheld_actions_are_not_done_whoever_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    from tui.app import BriefingsApp
    from tui.screens.main import MainScreen

    monkeypatch.setattr(commands, "WITHHELD", frozenset(commands.OUTWARD))
    for owner in (BriefingsApp, MainScreen):
        asked = {
            name: owner.check_action(owner.__new__(owner), name, ()) for name in (*commands.OUTWARD, "help")
        }
        assert asked == dict.fromkeys(commands.OUTWARD, False) | {"help": True}


def test_a_query_may_take_so_long_and_no_longer(seeds_archive: Path) -> None:
    store = ArchiveStore(seeds_archive, Limits(seconds=0.0))
    slow = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n"
    with pytest.raises(StoreError, match="stopped after 0 s"), store._searching() as db:
        db.execute(slow).fetchone()
    patient = ArchiveStore(seeds_archive, Limits(seconds=60.0))
    assert patient.search("核酸").hits
    store.close()
    patient.close()
