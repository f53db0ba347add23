"""Why a passage is a hit: terms, places, lane, folding, filters; in the store and at the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from loader.kinds import Span
from tui.cli import run as run_command
from tui.store.archive import ArchiveStore
from tui.store.why import Passed, Why
from tui.why import MOST, sections

TEXT = """第十二场新闻发布会
2022年3月25日
主持人：各位记者朋友，大家好。
大众网记者：请问後天ＰＣＲ检测如何安排？
张三：第12场之后安排核酸检测，核酸检测点不变。
"""


def explained(store: ArchiveStore, query: str, nth: int = 0) -> Why:
    """Why the hit is one."""
    found = store.why(query, store.search(query).hits[nth].rowid)
    assert found is not None
    return found


def test_the_places_of_a_term_are_those_that_the_hit_is_marked_at(seeds: ArchiveStore) -> None:
    for query in ("核酸检测", "孕产妇 就医", "疫苗 | 口罩", "“5+1”", "的"):
        for hit in seeds.search(query).hits[:20]:
            found = seeds.why(query, hit.rowid)
            assert found is not None
            assert found.lane == hit.lane
            spans = {span for met in found.terms for span in met.spans}
            assert all(
                any(one.start <= span.start and span.end <= one.end for one in hit.spans) for span in spans
            )
            for met in found.terms:
                assert met.spans
                assert {hit.text[span.start : span.end] for span in met.spans} == {met.term}


def test_a_term_is_named_once_with_all_its_places(archive_of: Callable[..., ArchiveStore]) -> None:
    (met,) = explained(archive_of(a=TEXT), "核酸检测").terms
    assert (met.term, met.stands_for, met.lane, met.folded) == ("核酸检测", None, "exact", ())
    assert met.spans == (Span(8, 12), Span(13, 17))


def test_a_number_written_otherwise_says_what_it_stands_for(archive_of: Callable[..., ArchiveStore]) -> None:
    store = archive_of(a=TEXT)
    (hit,) = (one for one in store.search("第十二场 核酸").hits if one.lane == "numeral")
    found = store.why("第十二场 核酸", hit.rowid)
    assert found is not None
    assert found.lane == "numeral"
    number, plain = found.terms
    assert (number.term, number.stands_for, number.lane) == ("第12场", "第十二场", "numeral")
    assert (plain.term, plain.stands_for, plain.lane) == ("核酸", None, "exact")


def test_letters_say_which_word_they_stand_for(seeds: ArchiveStore) -> None:
    for query in ("hesuan", "he suan"):
        hit = seeds.search(query).hits[0]
        assert hit.lane == "pinyin"
        why = seeds.why(query, hit.rowid)
        assert why is not None
        assert why.lane == "pinyin"
        (met,) = why.terms
        assert (met.term, met.lane) == ("核酸", "pinyin")
        assert met.spans == hit.spans
        assert "".join(met.stands_for or "").replace(" | ", "") == "hesuan"


def test_what_was_folded_is_told_on_both_sides(archive_of: Callable[..., ArchiveStore]) -> None:
    store = archive_of(a=TEXT)
    found = explained(store, "后天pcr")
    assert found.terms[0].folded == (("後", "后"), ("Ｐ", "p"), ("Ｃ", "c"), ("Ｒ", "r"))
    assert found.typed == ()
    other_way = explained(store, "檢測點")
    assert (other_way.typed, other_way.terms[0].folded) == ((("檢", "检"), ("測", "测"), ("點", "点")), ())
    same = explained(store, "後天")
    assert (same.typed, same.terms[0].folded) == ((), ()), "what stands there as it was typed needs no word"


def test_filters_say_what_passed_them(seeds: ArchiveStore) -> None:
    query = "孕产妇 place:潍坊 date:2022 in:question -口罩 -in:speech"
    found = explained(seeds, query)
    assert found.without == ("口罩",)
    place, kind, no_speech, date = found.passed
    assert place.filter == "place:潍坊"
    assert place.by is not None
    assert "潍坊" in place.by
    assert kind == Passed("in:question", "question")
    assert no_speech == Passed("-in:speech", "question")
    assert (date.filter, (date.by or "")[:4]) == ("date:", "2022")


def test_of_either_only_what_stands_there_is_told(archive_of: Callable[..., ArchiveStore]) -> None:
    assert [met.term for met in explained(archive_of(a=TEXT), "透析 | 检测点").terms] == ["检测点"]


def test_a_passage_that_is_gone_has_no_reasons(seeds: ArchiveStore) -> None:
    assert seeds.why("核酸", 1) is None


def test_of_many_places_the_first_are_named(seeds: ArchiveStore) -> None:
    hit = max(seeds.search("，").hits, key=lambda one: len(one.spans))
    found = seeds.why("，", hit.rowid)
    assert found is not None
    head, (line,) = sections(found)[0]
    assert head == "words"
    assert f"and {len(hit.spans) - MOST} more" in line


@pytest.fixture
def run(seeds_archive: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    def call(*arguments: str) -> str:
        assert run_command(["--archive", str(seeds_archive), "search", *arguments]) == 0
        return capsys.readouterr().out

    return call


def test_the_command_line_says_it_below_each_hit_and_in_json(run: Callable[..., str]) -> None:
    plain = json.loads(run("孕产妇 place:潍坊", "--json"))
    with_why = json.loads(run("孕产妇 place:潍坊", "--json", "--why"))
    for hit, bare in zip(with_why["hits"], plain["hits"], strict=True):
        why = hit.pop("why")
        assert hit == bare
        assert why["terms"][0]["term"] == "孕产妇"
        assert why["terms"][0]["spans"] == bare["spans"]
        assert why["filters"][0]["filter"] == "place:潍坊"
    shown = run("孕产妇 place:潍坊", "--why")
    assert shown.count("words: 孕产妇  as typed: at ") == len(plain["hits"])


def test_by_relevance_the_score_is_told_part_by_part(seeds: ArchiveStore) -> None:
    page = seeds.ranked("核酸 检测")
    totals = []
    for hit in page.hits:
        found = seeds.why("核酸 检测", hit.rowid, scored=True)
        assert found is not None
        assert found.lane == hit.lane
        if hit.at is not None:
            assert found.score is None
            continue
        assert found.score is not None
        assert found.score.adjacent is ("核酸检测" in hit.text or "核酸 检测" in hit.text)
        totals.append((not found.score.adjacent, -found.score.total))
        assert {part.feature.text: part.times for part in found.score.parts}["核酸"] == hit.text.count("核酸")
        (line, *_) = dict(sections(found))["score"]
        assert line.startswith(f"{found.score.total:.2f} ")
    assert totals == sorted(totals)
    unscored = seeds.why("核酸 检测", page.hits[0].rowid)
    assert unscored is not None
    assert unscored.score is None


def test_pinyin_says_which_word_it_found(archive_of: Callable[..., ArchiveStore]) -> None:
    store = archive_of(a=TEXT)
    for query, stands_for in (("hesuan 安排", "hesuan"), ("he suan 安排", "he | suan")):
        (hit,) = (one for one in store.search(query).hits if one.lane == "pinyin")
        found = store.why(query, hit.rowid)
        assert found is not None
        assert found.lane == "pinyin"
        word, plain = found.terms[0], found.terms[-1]
        assert (word.term, word.stands_for, word.lane) == ("核酸", stands_for, "pinyin")
        assert (plain.term, plain.stands_for, plain.lane) == ("安排", None, "exact")
