"""Loads on a disk that gets full: what is said, what is kept, and does the load go on once there is room?

    python -m bench.fulldisk [--documents 300] [--points 10] [--seed 1] [--folder FOLDER]

A load of made-up documents is let run on a small file system, once undisturbed to see how much it needs at
most, then with ever more room, from next to nothing to next to all of it. Each time it has to end with exit
code 3 and one line that says that the disk is full and what to do; the archive, if one is there by then, has
to be whole, with every document of which the load said so; and once there is room, loading again has to
finish. Mounting a file system of memory wants root; without, name a FOLDER on an empty small file system that
somebody made (`mount -t tmpfs -o size=64m tmpfs FOLDER`). Room is taken away by a file beside the archive.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event, Thread

from bench.kills import write
from tui.store.archive import open_archive
from tui.store.protocol import StoreError

LARGE = 512 * 1024 * 1024
BLOCK = 4096


def mount(folder: Path, room: int, *more: str) -> None:
    """Mount a file system of memory of so many bytes."""
    options = ",".join((f"size={max(room // 1024, 4)}k", *more))
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    subprocess.run(command, check=True, capture_output=True)


@contextmanager
def small(folder: Path | None) -> Iterator[Path]:
    """A folder on a file system of its own."""
    if folder is not None:
        yield folder
        return
    with tempfile.TemporaryDirectory() as name:
        try:
            mount(Path(name), LARGE)
        except (OSError, subprocess.CalledProcessError) as error:
            sys.exit(
                f"no file system can be mounted here ({error}): run it as root, or name a --folder on an"
                " empty small one: mount -t tmpfs -o size=64m tmpfs FOLDER"
            )
        try:
            yield Path(name)
        finally:
            subprocess.run(["umount", name], check=False)


def leave(folder: Path, room: int) -> None:
    """Fill the file system until so many bytes are left."""
    status = os.statvfs(folder)
    filled = status.f_bavail * status.f_frsize - room
    with (folder / "ballast").open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(filled, 1))


def used(folder: Path) -> int:
    """Bytes of the file system that are in use."""
    status = os.statvfs(folder)
    return (status.f_blocks - status.f_bfree) * status.f_frsize


def loaded(sources: Path, archive: Path) -> tuple[int, list[str], int]:
    """A load: its exit code, its lines on standard error, and how many documents it said are in."""
    command = [sys.executable, "-c", "from tui.cli import main; main()", "load", "--json", str(sources)]
    done = subprocess.run([*command, "--archive", str(archive)], capture_output=True, text=True)
    told = [json.loads(line) for line in done.stdout.splitlines()]
    kept = sum(one.get("status") in ("loaded", "unchanged") for one in told)
    return done.returncode, done.stderr.splitlines(), kept


def documents(archive: Path) -> int:
    """How many the archive holds, -1 if it is damaged; none where there is none."""
    if not archive.exists():
        return 0
    try:
        with closing(open_archive(archive)) as store:
            report = store.check()
    except StoreError as error:
        print(f"  {error}")
        return -1
    for line in report.problems[:3]:
        print(f"  {line}")
    return -1 if report.problems else report.documents


def peak(folder: Path, sources: Path, archive: Path) -> int:
    """Bytes that an undisturbed load has in use at most."""
    most, done = 0, Event()
    before = used(folder)

    def watch() -> None:
        nonlocal most
        while not done.wait(0.005):
            most = max(most, used(folder) - before)

    watching = Thread(target=watch)
    watching.start()
    code, said, _kept = loaded(sources, archive)
    done.set()
    watching.join()
    if code:
        sys.exit(f"an undisturbed load fails: {said}")
    return max(most, used(folder) - before)


def main() -> None:
    """Load with little room, look, make room, load again, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--points", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    wrong = 0
    with small(asked.folder) as folder, tempfile.TemporaryDirectory() as name:
        sources, archive = Path(name) / "texts", folder / "a.db"
        write(sources, asked.documents, asked.seed)
        most = peak(folder, sources, archive)
        size = archive.stat().st_size
        archive.unlink()
        print(f"{asked.documents} documents: an archive of {size:,} bytes, {most:,} in use at most")
        for point in range(asked.points):
            room = most * (2 * point + 1) // (2 * asked.points) // BLOCK * BLOCK
            leave(folder, room)
            code, said, told = loaded(sources, archive)
            kept = documents(archive)
            (folder / "ballast").unlink()
            again, _said, _told = loaded(sources, archive)
            whole = documents(archive)
            line = said[-1] if said else ""
            right = code == 3 and len(said) == 1 and "full" in line and "load again" in line and kept >= told
            right = right and kept >= 0 and again == 0 and whole == asked.documents
            wrong += not right
            print(
                f"room {room:>12,}: exit {code}, {told} told, {kept} kept,"
                f" then exit {again}, {whole} documents{'' if right else '  NOT AS ASKED'}"
            )
            for one in said if not right else ():
                print(f"  it said: {one}")
            for file in folder.glob("a.db*"):
                file.unlink()
    print(f"the last one said: {' / '.join(said)}")
    print(f"{asked.points} points: {wrong} not as asked (asked 0)")


if __name__ == "__main__":
    main()
