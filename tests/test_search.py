"""Search against a plain scan: no passage missed, none too many, every span exact."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loader.text import Fold, occurrences
from tui.language import told
from tui.store.archive import ArchiveStore, open_archive
from tui.store.protocol import InterruptedSearch

ALL = 1_000_000


def _passages(archive: Path) -> tuple[Fold, dict[int, str]]:
    with sqlite3.connect(archive) as db:
        pairs = db.execute("select value from setting where name = 'traditional_pairs'").fetchone()[0]
        return Fold(pairs), dict(db.execute("select id, text from passage order by id desc"))


def test_every_substring_of_the_seeds_is_found_where_a_scan_finds_it(
    seeds: ArchiveStore, seeds_archive: Path
) -> None:
    """All distinct substrings of 1 to 3 characters, and every third of 4 to 6, in phrase marks.

    They find the same passages, with the same spans.

    The scan inverts the passages once: substring to (passage, where it begins).
    """
    fold, passages = _passages(seeds_archive)
    scan: dict[str, dict[int, None]] = {}
    folded = {number: fold(text) for number, text in passages.items()}
    for number, text in folded.items():
        for length in range(1, 7):
            for start in range(len(text) - length + 1):
                scan.setdefault(text[start : start + length], {})[number] = None
    assert len(scan) > 50_000
    for nth, (term, numbers) in enumerate(scan.items()):
        if len(term) > 3 and nth % 3:  # all are found in the same way, by tokens and a pattern
            continue
        page = seeds.search('"' + term.replace('"', '""') + '"', limit=ALL)
        exact = [hit for hit in page.hits if hit.lane == "exact"]
        assert [hit.rowid for hit in exact] == list(numbers), term
        assert page.hits[: len(exact)] == tuple(exact)
        for hit in exact:
            assert list(hit.spans) == list(occurrences(term, folded[hit.rowid])), (term, hit.rowid)
            assert hit.text == passages[hit.rowid]


def test_bare_text_needs_no_marks(seeds: ArchiveStore) -> None:
    for term in ("孕产妇", "1.86万", "5+1", "“5+1”", "核", "，", "ICP"):
        bare, marked = seeds.search(term, limit=ALL), seeds.search(f'"{term}"', limit=ALL)
        assert bare.hits == marked.hits
        assert sum(hit.lane == "exact" for hit in bare.hits) == seeds.count(term).passages


def test_traditional_wide_and_upper_case_find_the_same(seeds: ArchiveStore) -> None:
    plain = [hit.rowid for hit in seeds.search("核酸检测", limit=ALL).hits]
    assert plain
    assert [hit.rowid for hit in seeds.search("核酸檢測", limit=ALL).hits] == plain
    wide = [hit.rowid for hit in seeds.search("１.８６万", limit=ALL).hits]
    assert wide == [hit.rowid for hit in seeds.search("1.86万", limit=ALL).hits] != []


def test_hits_come_newest_first_and_in_reading_order(seeds: ArchiveStore) -> None:
    hits = [hit for hit in seeds.search("检测", limit=ALL).hits if hit.lane == "exact"]
    order = [row.id for row in seeds.briefings()]
    places = [order.index(hit.briefing.id) for hit in hits]
    assert places == sorted(places)
    first = [hit for hit in hits if hit.briefing.id == hits[0].briefing.id]
    transcript = seeds.transcript(hits[0].briefing.id)
    reading = [passage.rowid for turn in transcript.turns for passage in turn.passages]
    assert [hit.rowid for hit in first] == [one for one in reading if one in {hit.rowid for hit in first}]


def test_pages_follow_each_other_without_gap_or_overlap(seeds: ArchiveStore) -> None:
    whole = [hit.rowid for hit in seeds.search("的", limit=ALL).hits if hit.lane == "exact"]
    paged: list[int] = []
    before = None
    while True:
        page = seeds.search("的", limit=7, before=before)
        paged += [hit.rowid for hit in page.hits if hit.lane == "exact"]
        before = paged[-1]
        if not page.more:
            break
    assert paged == whole


TRANSCRIPT = """{title}

{lead}

主持人：各位记者，大家好。下面请市卫健委主任张三发布。

张三：今天通报两件事。一是核酸检测，二是抗原自测。

新华社记者：抗原结果怎么上报？

张三：扫码上报，核酸不用。
"""


@pytest.fixture
def two(archive_of: Callable[..., ArchiveStore]) -> ArchiveStore:
    """Two briefings of one shape, held on different days in different towns."""
    return archive_of(
        a=TRANSCRIPT.format(
            title="苏州市疫情防控新闻发布会（第3场）", lead="2022年4月1日，苏州市召开第3场新闻发布会。"
        ),
        b=TRANSCRIPT.format(
            title="无锡市疫情防控新闻发布会（第5场）", lead="2022年5月9日，无锡市召开第5场新闻发布会。"
        ),
    )


def _found(store: ArchiveStore, query: str) -> set[tuple[str, str]]:
    return {(hit.briefing.place or "", hit.text) for hit in store.search(query, limit=ALL).hits}


def test_filters_narrow(two: ArchiveStore) -> None:
    everything = _found(two, "核酸")
    assert len(everything) == 4
    assert {place for place, _ in _found(two, "核酸 place:苏州")} == {"苏州市"}
    assert {place for place, _ in _found(two, "核酸 date:2022-05")} == {"无锡市"}
    assert {place for place, _ in _found(two, "核酸 -place:苏州")} == {"无锡市"}
    assert _found(two, "核酸 date:2021") == set()
    assert {text for _, text in _found(two, "抗原 in:question")} == {"抗原结果怎么上报？"}
    assert {text for _, text in _found(two, "asker:新华社 in:answer")} == {"扫码上报，核酸不用。"}
    assert len(_found(two, "核酸 speaker:张三")) == 4
    assert len(_found(two, "核酸 post:卫健委")) == 4
    assert _found(two, "核酸 speaker:李四") == set()


def test_numbers_written_otherwise_come_below_the_exact_hits(two: ArchiveStore) -> None:
    hits = two.search("第三场").hits
    assert hits
    assert {(hit.lane, hit.text[hit.spans[0].start : hit.spans[0].end]) for hit in hits} == {
        ("numeral", "第3场")
    }
    both = two.search("第3场 四月").hits
    assert {hit.lane for hit in both} == {"numeral"}
    assert two.count("第三场").passages == 0
    newest = two.briefings()[1].id
    assert {hit.lane for hit in two.search("第三场", within=newest).hits} == {"numeral"}
    assert {hit.lane for hit in two.search("第3场").hits} == {"exact"}


def test_what_finds_nothing_says_what_to_leave_out(two: ArchiveStore) -> None:
    page = two.search("核酸 place:北京")
    assert page.hits == ()
    assert [told(note) for note in page.notes] == ["there are hits without place:北京"]
    (note,) = two.search("核酸 火星").notes
    assert told(note) == "there are hits without 火星"
    assert two.search("火星").notes == ()
    assert two.search("火星 水星").notes == ()


def test_facets_count_what_hits_have_in_common_and_narrow_to_it(two: ArchiveStore) -> None:
    facets = two.facets("核酸")
    found = {(one.field, one.value): one.passages for one in facets.values}
    assert found["place", "苏州市"] == found["place", "无锡市"] == 2
    assert found["date", "2022"] == 4
    assert found["in", "speech"] == 2
    assert found["in", "answer"] == 2
    assert found["speaker", "张三"] == 4
    assert facets.newest is None
    for one in facets.values:
        assert two.count(f"核酸 {one.filter}").passages == one.passages, one
    assert two.facets("火星").values == ()
    assert two.facets("").values == ()


def test_of_too_many_hits_the_newest_are_counted_and_that_is_said(
    two: ArchiveStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.store.facets.MOST", 3)
    assert two.facets("核酸").newest == 3
    assert two.facets("扫码").newest is None


def test_operators_combine(two: ArchiveStore) -> None:
    assert {text for _, text in _found(two, "核酸 -抗原")} == {"扫码上报，核酸不用。"}
    assert len(_found(two, "扫码 | 自测")) == 4
    assert len(_found(two, "核酸 自测 place:苏州")) == 1


def test_an_id_narrows_to_a_briefing_or_a_question(two: ArchiveStore) -> None:
    newest = two.briefings()[0]
    assert {hit.briefing.id for hit in two.search(f"核酸 id:{newest.id}").hits} == {newest.id}
    exchange = two.search(f"id:{newest.id}/q1").hits
    assert [hit.kind for hit in exchange] == ["question", "answer"]
    assert two.search("核酸 id:nowhere").hits == ()


@settings(max_examples=100)
@given(st.text())
def test_no_query_raises(seeds_archive: Path, text: str) -> None:
    store = _shared(seeds_archive)
    store.search(text)
    store.count(text)


HOSTILE = (
    "\x00",
    "a\x00b",
    "\ud800",
    '"' * 999,
    "核 " * 5000,
    "-核 " * 3000,
    "a | " * 3000 + "b",
    "核" * 10_000,
    "id:x/q" + "9" * 30,
    "date:0000-00-00",
    "in:question " * 500,
    "(NEAR AND OR NOT) *",
    "grams:核",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_queries_are_queries(seeds: ArchiveStore, text: str) -> None:
    hits = seeds.search(text, limit=100_000).hits
    lanes = [hit.lane for hit in hits]
    count = seeds.count(text)
    assert (count.passages, count.beside) == (
        lanes.count("exact"),
        lanes.count("label") + lanes.count("page"),
    )
    assert all(0 <= span.start < span.end <= len(hit.text) for hit in hits for span in hit.spans)


_STORES: dict[Path, ArchiveStore] = {}


def _shared(path: Path) -> ArchiveStore:
    """One open store for the many examples of a property."""
    if path not in _STORES:
        _STORES[path] = open_archive(path)
    return _STORES[path]


def test_a_running_search_is_interrupted(seeds: ArchiveStore) -> None:
    """A query that would run for long stops within its thread; the store can be asked again."""
    raised: list[type[BaseException]] = []
    slow = (
        "with recursive n(i) as (select 1 union all select i + 1 from n where i < 1e9) select max(i) from n"
    )

    def run() -> None:
        try:
            with seeds._searching() as db:
                started.set()
                db.execute(slow).fetchone()
        except InterruptedSearch as error:
            raised.append(type(error))

    started = threading.Event()
    thread = threading.Thread(target=run)
    thread.start()
    started.wait(5)
    while thread.is_alive():
        seeds.interrupt()
        thread.join(0.01)
    assert raised == [InterruptedSearch]
    assert seeds.search("核酸").hits
