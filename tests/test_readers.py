"""Readers while somebody loads: `bench/readers.py` on a small scale, and that it would notice."""

from __future__ import annotations

from collections.abc import Callable

from bench.readers import edition, half, tried
from tui.store.archive import ArchiveStore


def test_readers_see_no_half_briefing_while_all_are_replaced() -> None:
    seen, _idle, _busy, loads = tried(readers=2, seconds=1.5, documents=6)
    assert loads >= 1
    assert seen["searches"] > 0
    assert seen["opened"] > 0
    assert [what for what in seen if what.startswith(("error", "half"))] == []


def test_a_half_briefing_would_be_seen(archive_of: Callable[..., ArchiveStore]) -> None:
    lines = edition(3, 1, 1).splitlines(keepends=True)
    later = edition(3, 2, 1).splitlines(keepends=True)
    store = archive_of(whole="".join(lines), cut="".join(lines[:-3]), mixed="".join([*lines[:-1], later[-1]]))
    found = [half(store.transcript(row.id)) for row in store.briefings()]
    assert sorted(map(bool, found)) == [False, True, True]
