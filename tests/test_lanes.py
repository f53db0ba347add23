"""Pinyin and initials find what they spell: below the exact hits, under their name, no passage twice."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loader.text import Fold
from tui.language import speak, told
from tui.store import lanes
from tui.store.archive import ArchiveStore, open_archive
from tui.store.query import parse_query
from tui.store.rows import Completion, Hit
from tui.widgets import words as widget_words

HEAD = "{town}市召开第3场新闻发布会\n\n{date}，{town}市召开第3场新闻发布会。\n\n"


@pytest.fixture
def two(archive_of: Callable[..., ArchiveStore]) -> ArchiveStore:
    """Two briefings; in the newer one somebody spells out what is tested."""
    return archive_of(
        a=HEAD.format(town="苏州", date="2022年4月1日")
        + "核酸检测，核酸检测，核酸检测。\n\n疫苗充足，能量满满。\n\n重点做核酸。",
        b=HEAD.format(town="无锡", date="2022年5月9日")
        + "标签上写着hesuan四月。\n\n核酸照常做。\n\nhesuan就是核酸。",
    )


def _texts(hits: tuple[Hit, ...], lane: str) -> list[str]:
    return [hit.text for hit in hits if hit.lane == lane]


def _marked(hit: Hit) -> list[str]:
    return [hit.text[start:end] for start, end in hit.spans]


@pytest.mark.parametrize("query", ["hesuan", "HeSuan", "ｈｅｓｕａｎ", "he'suan"])
def test_pinyin_finds_words_newest_first_below_the_exact_hits(two: ArchiveStore, query: str) -> None:
    hits = two.search(query).hits
    exact = [] if "'" in query else ["标签上写着hesuan四月。", "hesuan就是核酸。"]
    assert _texts(hits, "exact") == exact
    assert [hit.lane for hit in hits] == sorted(hit.lane for hit in hits)
    found = ["核酸照常做。", "核酸检测，核酸检测，核酸检测。", "重点做核酸。"]
    assert _texts(hits, "pinyin") == (found if exact else [*found[:1], "hesuan就是核酸。", *found[1:]])
    assert len({hit.rowid for hit in hits}) == len(hits)
    assert all("核酸" in _marked(hit) for hit in hits if hit.lane == "pinyin")


def test_initials_and_words_that_stand_together(two: ArchiveStore) -> None:
    (hit,) = two.search("hsjc").hits
    assert (hit.lane, set(_marked(hit))) == ("pinyin", {"核酸检测"})
    assert _texts(two.search("nengliang").hits, "pinyin") == ["疫苗充足，能量满满。"]
    assert two.search("zhongdian").hits
    assert not two.search("chongdian").hits, "重点 is never read so"
    assert not two.search("z").hits, "one letter is no pinyin"


def test_syllables_apart_are_a_word_too(two: ArchiveStore) -> None:
    apart, joined = two.search("he suan").hits, two.search("hesuan").hits
    assert [hit.rowid for hit in apart] == [hit.rowid for hit in joined]
    assert [hit.lane for hit in apart] == [hit.lane for hit in joined]
    assert _texts(two.search("重点 he suan").hits, "pinyin") == ["重点做核酸。"]
    assert len({hit.rowid for hit in apart}) == len(apart)


def test_pinyin_goes_with_all_else_that_a_query_says(two: ArchiveStore) -> None:
    assert _texts(two.search("hesuan place:苏州").hits, "pinyin") == [
        "核酸检测，核酸检测，核酸检测。",
        "重点做核酸。",
    ]
    assert _texts(two.search("hesuan 重点").hits, "pinyin") == ["重点做核酸。"]
    assert _texts(two.search("hesuan zhongdian").hits, "pinyin") == ["重点做核酸。"]
    assert _texts(two.search("nengliang | zhongdian").hits, "pinyin") == [
        "疫苗充足，能量满满。",
        "重点做核酸。",
    ]
    assert "重点做核酸。" not in _texts(two.search("hesuan -重点").hits, "pinyin")
    newest = two.briefings()[0].id
    assert _texts(two.search("hsjc", within=newest).hits, "pinyin") == []
    assert _texts(two.search("hsjc", within=two.briefings()[1].id).hits, "pinyin")


def test_the_lane_counts_as_the_other_does_and_opens_only_where_the_page_is_not_full(
    two: ArchiveStore,
) -> None:
    assert two.count("hesuan").passages == 2
    assert two.count("hsjc").passages == 0
    page = two.search("hesuan", limit=1)
    assert ([hit.lane for hit in page.hits], page.more) == (["exact"], True)
    page = two.search("hesuan", limit=2)
    assert [hit.lane for hit in page.hits] == ["exact", "exact", "pinyin", "pinyin"]
    assert [told(note) for note in page.notes] == ["of what was found otherwise only the newest 2 are shown"]
    assert two.search("hesuan", limit=50).notes == ()


def test_of_too_many_words_the_most_used_are_taken_and_that_is_said(
    seeds: ArchiveStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert seeds.search("hs").notes == ()
    everything = {text for hit in seeds.search("hs", limit=1000).hits for text in _marked(hit)}
    assert everything == {"核酸", "会上", "合署", "夯实"}
    monkeypatch.setattr("tui.store.words.MOST", 1)
    page = seeds.search("hs", limit=1000)
    assert {text for hit in page.hits for text in _marked(hit)} == {"核酸"}
    assert [told(note) for note in page.notes] == ["of the words read hs only the 1 most used are looked for"]


def test_a_text_in_latin_letters_is_no_pinyin() -> None:
    asked: list[str] = []

    def words(term: str) -> tuple[str, ...]:
        asked.append(term)
        return ("核酸",)

    fold = Fold()
    assert list(lanes.by_pinyin(parse_query("he suan", fold), words))
    asked.clear()
    assert list(lanes.by_pinyin(parse_query("ab ac ad ae af ag ah ai aj", fold), words)) == []
    assert asked == []
    assert list(lanes.by_pinyin(parse_query("核酸 ba.2 5g a 3", fold), words)) == []
    assert asked == []


def _scan(store: ArchiveStore, query: str) -> list[int]:
    """The passages that `query`, pinyin without operators, finds by its words and not as it is."""
    with store._searching() as db:
        words = [
            word for (word,) in db.execute("select word from reading where key = ?", (query.casefold(),))
        ]
        rows = db.execute("select id, text from passage order by id desc").fetchall()
    return [
        number
        for number, text in rows
        if any(word in store._fold(text) for word in words) and query not in store._fold(text)
    ]


def test_every_reading_of_the_seeds_finds_what_a_scan_finds(seeds: ArchiveStore) -> None:
    with seeds._searching() as db:
        keys = [
            key
            for key, words in db.execute("select key, count(*) from reading group by key order by key")
            if words <= 32
        ]
    assert len(keys) > 1000
    for key in keys[::7]:
        found = [hit.rowid for hit in seeds.search(key, limit=1000).hits if hit.lane == "pinyin"]
        assert found == _scan(seeds, key) != [], key


@settings(max_examples=200)
@given(query=st.lists(st.sampled_from(["hesuan", "hs", "jc", "a", "核酸", "|", "-hs", "第3场", "'", "ü"])))
def test_no_passage_comes_twice_and_none_that_is_exact(seeds_archive: Path, query: list[str]) -> None:
    store = open_archive(seeds_archive)
    text = " ".join(query)
    hits = store.search(text, limit=1000).hits
    exact = store.count(text).passages
    store.close()
    assert len({hit.rowid for hit in hits}) == len(hits)
    assert [hit.lane == "exact" for hit in hits] == [True] * exact + [False] * (len(hits) - exact)


def test_the_lane_is_named_in_hits_in_text_and_in_json(seeds_archive: Path, seeds: ArchiveStore) -> None:
    hit = seeds.search("hsjc").hits[0]
    assert widget_words.lane(hit) == "(by pinyin) "
    speak("zh")
    assert widget_words.lane(hit) == "（拼音）"
    speak("en")
    run = "import sys; from tui.cli import main; main(sys.argv[1:])"

    def said(*args: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", run, "--archive", str(seeds_archive), "search", *args]
        return subprocess.run(command, capture_output=True, text=True)

    text = said("hsjc")
    assert "(by pinyin)" in text.stdout.split("\n")[0]
    assert "nothing holds 'hsjc'; found otherwise: " in text.stderr
    assert text.returncode == 0
    found = json.loads(said("hsjc", "--json").stdout)
    assert {one["lane"] for one in found["hits"]} == {"pinyin"}
    assert found["count"] == 0


@pytest.mark.parametrize(
    ("query", "shown", "taken"),
    [
        ("孕产", "妇", "孕产妇"),
        ("核", "酸", "核酸"),
        ("全员核", "酸", "全员核酸"),
        ("place:潍坊 -孕产", "妇", "place:潍坊 -孕产妇"),
        ("“检", "测", "“检测"),
        ("檢", "测", "檢测"),
        ("cov", "id", "covid"),
        ("hsjc", " → 核酸检测", "核酸检测"),
        ("hsj", " → 核酸检测", "核酸检测"),
        ("全员 HeSu", " → 核酸", "全员 核酸"),
        ("全员hesuan", " → 核酸", "全员核酸"),
    ],
)
def test_a_query_is_completed(seeds: ArchiveStore, query: str, shown: str, taken: str) -> None:
    assert seeds.complete(query) == Completion(query, shown, taken)
    assert seeds.search(taken.strip("“")).hits


@pytest.mark.parametrize(
    "query", ["", " ", "核酸 ", "c", "h", "place:hs", "date:2022", "的情况", "zzx", "5", "，", '"', "-"]
)
def test_nothing_is_offered_where_nothing_is_meant(seeds: ArchiveStore, query: str) -> None:
    assert seeds.complete(query) is None


def test_a_word_that_would_steer_the_terminal_is_not_offered(archive_of: Callable[..., ArchiveStore]) -> None:
    store = archive_of(a=HEAD.format(town="苏州", date="2022年4月1日") + "今天做核酸。")
    with sqlite3.connect(store.path) as db:
        db.execute("insert into word values (?, 9)", ("核\x1b]52;c;eA==\x07",))
        db.execute("insert into reading values ('hesuanx', ?)", ("核\x1b]52;c;eA==\x07",))
    assert store.complete("核") is None
    assert store.complete("hesuanx") is None
    assert store.complete("hesuan") is not None


def test_the_most_used_word_is_offered(seeds: ArchiveStore) -> None:
    with seeds._searching() as db:
        used = dict(db.execute("select word, documents from word"))
    for head in "防疫检核隔":
        offered = seeds.complete(head)
        assert offered is not None
        assert used[offered.taken] == max(
            number for word, number in used.items() if word.startswith(head) and word != head
        )


@settings(max_examples=200)
@given(text=st.text())
def test_a_completion_leaves_what_was_typed(seeds_archive: Path, text: str) -> None:
    store = open_archive(seeds_archive)
    offered = store.complete(text)
    store.close()
    if offered is not None:
        assert offered.query == text
        if not offered.shown.startswith(" → "):
            assert offered.taken == text + offered.shown


def test_a_long_query_is_looked_for_as_it_stands_and_that_is_said(seeds_archive: Path) -> None:
    store = open_archive(seeds_archive)
    asked: list[str] = []
    store.search("核酸 hesuan")  # what has to be known of the archive is known by now
    store._search_db.set_trace_callback(asked.append)
    counts = {}
    for number in (store.PARTS, store.PARTS + 1, 200):
        asked.clear()
        page = store.search(" ".join(f"火星{number}{nth}" for nth in range(number)))
        counts[number] = len(asked)
        assert page.hits == ()
        assert any("looked for as it stands" in note for note in page.notes) == (number > store.PARTS)
    assert counts[store.PARTS + 1] <= 2 * counts[store.PARTS]
    assert counts[200] <= 200 * 20  # tokens looked up, in two indexes
    store.close()
