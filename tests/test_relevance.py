"""Hits by relevance: the same passages as any search finds, in the order that a plain reckoning gives."""

from __future__ import annotations

import json
import math
import threading
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from loader.words import cut
from tui.cli import run as run_command
from tui.store.archive import ArchiveStore
from tui.store.protocol import InterruptedSearch
from tui.store.relevance import K1, B, Budget

ALL = 1_000_000
FREE = Budget(None, None)
HEAD = "第一场新闻发布会\n2022年3月25日\n主持人：各位记者朋友，大家好。\n"


def ids(store: ArchiveStore, query: str, budget: Budget = FREE, limit: int = ALL) -> list[int]:
    """Rowids of ranked hits that were found as typed."""
    hits = store.ranked(query, limit=limit, budget=budget).hits
    return [hit.rowid for hit in hits if hit.lane == "exact"]


@pytest.mark.parametrize("query", ["核酸", "的", "核酸检测 市民", "疫苗 | 口罩", "in:question 请问", "，"])
def test_it_finds_what_the_newest_first_find(seeds: ArchiveStore, query: str) -> None:
    newest = [hit for hit in seeds.search(query, limit=ALL).hits if hit.lane == "exact"]
    ranked = seeds.ranked(query, limit=ALL, budget=FREE)
    assert ranked.ranked
    assert ranked.newest is None
    assert sorted(ids(seeds, query), reverse=True) == sorted((hit.rowid for hit in newest), reverse=True)
    by_rowid = {hit.rowid: hit for hit in newest}
    assert all(hit == by_rowid[hit.rowid] for hit in ranked.hits if hit.lane == "exact")


def test_the_order_is_that_of_a_plain_reckoning(seeds: ArchiveStore) -> None:
    """One word of two characters: BM25 of the word, and of each character at half its weight."""
    passages = [
        passage.text
        for row in seeds.briefings()
        for turn in seeds.transcript(row.id).turns
        for passage in turn.passages
    ]
    features = {"核酸": 1.0, "核": 0.5, "酸": 0.5}
    held = {text: sum(text in passage for passage in passages) for text in features}
    mean = seeds._ranked(seeds._search_db).scale(seeds._search_db, _parsed(seeds, "核酸")).size.characters

    def score(passage: str) -> float:
        total = 0.0
        for text, share in features.items():
            rare = math.log(1 + (len(passages) - held[text] + 0.5) / (held[text] + 0.5))
            times = passage.count(text)
            total += share * rare * times * (K1 + 1) / (times + K1 * (1 - B + B * len(passage) / mean))
        return total

    hits = [hit for hit in seeds.ranked("核酸", limit=ALL, budget=FREE).hits if hit.lane == "exact"]
    scores = [score(hit.text) for hit in hits]
    assert len(scores) == 20
    assert all(one >= other - 1e-9 for one, other in pairwise(scores))


def _parsed(store: ArchiveStore, text: str):  # type: ignore[no-untyped-def]
    from tui.store.query import parse_query

    return parse_query(text, store._fold)


def test_terms_that_stand_together_as_typed_come_first(archive_of: Callable[..., ArchiveStore]) -> None:
    long = "各位市民请留意通知。" * 9
    store = archive_of(a=f"{HEAD}李四：检测，核酸，检测，核酸。\n张三：明天核酸 检测照常，{long}\n")
    apart, together = "检测，核酸，检测", "明天核酸 检测"
    for query, first in (("核酸 检测", together), ("检测 核酸", apart), ("核酸 | 检测", apart)):
        assert first in store.ranked(query, budget=FREE).hits[0].text, query


def test_equal_passages_come_questions_first_then_answers_then_the_newest(
    archive_of: Callable[..., ArchiveStore],
) -> None:
    text = "请问疫苗接种点延时吗？"
    head = "第{n}场新闻发布会\n2022年3月{n}日\n出席的有市卫健委主任王五。\n主持人：各位记者朋友，大家好。\n"
    one = head + f"{text}\n某报记者：{text}\n王五：{text}\n"
    store = archive_of(a=one.format(n=1), b=one.format(n=2))
    hits = store.ranked("疫苗接种", budget=FREE).hits
    found = [(hit.kind, hit.briefing.date) for hit in hits]
    assert found[:4] == [
        ("question", "2022-03-02"),
        ("question", "2022-03-01"),
        ("answer", "2022-03-02"),
        ("answer", "2022-03-01"),
    ]
    assert {kind for kind, _ in found[4:]} == {"speech"}


def test_a_budget_in_hits_weighs_the_newest_and_says_so(seeds: ArchiveStore) -> None:
    newest = {hit.rowid for hit in seeds.search("的", limit=40).hits}
    page = seeds.ranked("的", limit=ALL, budget=Budget(None, 40))
    assert {hit.rowid for hit in page.hits} == newest
    assert page.newest == 40
    assert any("40" in str(note.values) for note in page.notes)  # type: ignore[attr-defined]
    few = seeds.search("孕产妇", limit=ALL).hits
    whole = seeds.ranked("孕产妇", limit=ALL, budget=Budget(None, len(few)))
    assert whole.newest is None


def test_a_budget_of_no_time_still_weighs_some(seeds: ArchiveStore) -> None:
    page = seeds.ranked("的", budget=Budget(0.0, None))
    assert page.newest is not None
    assert 0 < page.newest < 100
    assert page.hits


def test_pages_follow_each_other(seeds: ArchiveStore) -> None:
    whole = ids(seeds, "核酸")
    pages: list[int] = []
    before = None
    while True:
        page = seeds.ranked("核酸", limit=7, before=before, budget=FREE)
        pages += [hit.rowid for hit in page.hits if hit.lane == "exact"]
        if not page.more:
            break
        before = pages[-1]
        seeds.ranked("孕产妇", budget=FREE)  # another query in between
    assert pages == whole


def test_numbers_written_otherwise_stand_below(archive_of: Callable[..., ArchiveStore]) -> None:
    store = archive_of(a=HEAD + "李四：第12场之后。\n张三：第十二场之前。\n")
    hits = store.ranked("第十二场", budget=FREE).hits
    assert [hit.lane for hit in hits] == ["exact", "numeral"]


def test_nothing_asked_or_found_is_nothing(seeds: ArchiveStore) -> None:
    assert seeds.ranked("").hits == ()
    assert seeds.ranked("火星来客").hits == ()
    assert seeds.ranked("in:question", limit=3, budget=FREE).hits, "filters alone: all scores are equal"


def test_words_within_a_term_count_too(archive_of: Callable[..., ArchiveStore]) -> None:
    assert cut("核酸检测") == ["核酸", "检测"]
    store = archive_of(
        a=HEAD + "李四：核酸检测照常，请留意通知公告。\n张三：核酸检测照常，核酸点位照旧开放。\n"
    )
    assert store.ranked("核酸检测", budget=FREE).hits[0].text.endswith("照旧开放。")


def test_the_command_line_sorts_by_relevance(
    seeds_archive: Path, seeds: ArchiveStore, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments, ranked in (([], False), (["--sort", "relevance"], True), (["--sort", "newest"], False)):
        assert run_command(["--archive", str(seeds_archive), "search", "核酸", "--json", *arguments]) == 0
        printed = json.loads(capsys.readouterr().out)
        page = seeds.ranked("核酸") if ranked else seeds.search("核酸")
        assert [hit["text"] for hit in printed["hits"]] == [hit.text for hit in page.hits]
        assert printed.get("sort") == ("relevance" if ranked else None)


def test_an_interrupted_ranking_says_so(seeds: ArchiveStore) -> None:
    raised: list[type[BaseException]] = []
    started = threading.Event()

    def run() -> None:
        while not raised:
            started.set()
            try:
                seeds.ranked("的 | 一 | 是 | 我 | 在", budget=FREE)
            except InterruptedSearch as error:
                raised.append(type(error))

    thread = threading.Thread(target=run)
    thread.start()
    started.wait(5)
    while thread.is_alive():
        seeds.interrupt()
        thread.join(0.01)
    assert raised == [InterruptedSearch]
    assert seeds.ranked("核酸").hits


def test_a_text_in_other_characters_weighs_as_much(archive_of: Callable[..., ArchiveStore]) -> None:
    said = f"{HEAD}李四：核酸检测照常，检测点不变。\n王五：此后照常。\n"
    traditional = said.replace("检测", "檢測").replace("第一场", "第二场")
    store = archive_of(a=said, b=traditional)
    hits = store.ranked("检测", budget=FREE).hits
    scores = [store.why("检测", hit.rowid, scored=True) for hit in hits]
    assert len(hits) == 2
    assert len({one.score for one in scores if one is not None}) == 1
