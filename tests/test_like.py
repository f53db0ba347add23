"""Passages like one: by its rarest telling words, best first, itself left out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.cli import run as run_command
from tui.store.archive import ArchiveStore
from tui.store.like import WORDS
from tui.store.rows import Hit, reference

HEAD = "第一场新闻发布会\n2022年3月25日\n主持人：各位记者朋友，大家好。\n"
TEXT = (
    HEAD
    + "某报记者：请问透析患者如何就医？\n李四：透析患者由定点医院收治，孕产妇也有绿色通道。\n"
    + "张三：定点医院收治透析患者，透析室昼夜开放。\n王五：各学校食堂照常供应午餐。\n赵六：谢谢大家。\n"
)


def name_of(store: ArchiveStore, text: str) -> str:
    """The name of the passage that holds a text."""
    hit = store.search(text).hits[0]
    return reference(hit.briefing.id, hit.rowid)


def test_what_shares_rare_words_is_found_and_itself_is_not(archive_of: Callable[..., ArchiveStore]) -> None:
    store = archive_of(a=TEXT, b=TEXT.replace("第一场", "第二场").replace("昼夜", "日夜"))
    page = store.search(f"like:{name_of(store, '昼夜')}")
    assert page.ranked
    assert page.like is not None
    assert "透析" in page.like
    assert "日夜" in page.hits[0].text, "the most alike first"
    assert not any("昼夜" in hit.text for hit in page.hits)
    assert not any("食堂" in hit.text for hit in page.hits)
    for hit in page.hits:
        assert any(word in hit.text for word in page.like)
        assert {hit.text[span.start : span.end] for span in hit.spans} <= set(page.like)


def test_every_passage_of_the_seeds_has_likes_or_says_why_not(seeds: ArchiveStore) -> None:
    for hit in seeds.search("市民", limit=30).hits:
        name = f"like:{reference(hit.briefing.id, hit.rowid)}"
        page = seeds.search(name, limit=1000)
        assert page.like is not None
        assert len(page.like) <= WORDS
        assert page.hits or page.notes
        assert hit.rowid not in {one.rowid for one in page.hits}
        assert len({one.rowid for one in page.hits}) == len(page.hits) == seeds.count(name).passages


def test_words_and_filters_beside_it_narrow(seeds: ArchiveStore) -> None:
    hit = seeds.search("孕产妇").hits[0]
    name = f"like:{reference(hit.briefing.id, hit.rowid)}"
    everything = seeds.search(name, limit=1000).hits
    answers = seeds.search(f"{name} in:answer", limit=1000).hits
    assert [one for one in everything if one.kind == "answer"] == list(answers) != list(everything)
    held = seeds.search(f"{name} 就医", limit=1000).hits
    assert {one.rowid for one in held} == {one.rowid for one in everything if "就医" in one.text}
    places = [one for one in seeds.facets(name).values if one.field == "in"]
    assert sum(one.passages for one in places) == len(everything)


def test_within_a_briefing_all_of_them_are_marked(seeds: ArchiveStore) -> None:
    hit = seeds.search("孕产妇").hits[0]
    name = f"like:{reference(hit.briefing.id, hit.rowid)}"
    everything = seeds.search(name, limit=1000).hits
    one = everything[0].briefing.id
    inside = seeds.search(name, limit=1000, within=one).hits
    assert {h.rowid for h in inside} == {h.rowid for h in everything if h.briefing.id == one}


def test_pages_follow_each_other(seeds: ArchiveStore) -> None:
    hit = seeds.search("孕产妇").hits[0]
    name = f"like:{reference(hit.briefing.id, hit.rowid)}"
    everything: tuple[Hit, ...] = seeds.search(name, limit=1000).hits
    first = seeds.search(name, limit=5)
    assert first.more
    assert first.hits + seeds.search(name, limit=1000, before=first.hits[-1].rowid).hits == everything


@pytest.mark.parametrize(
    "name",
    ["nowhere/p1", "{id}/p0", "{id}/p999999", "{id}/p9999999", "{id}", "{id}/q1", "p1", "/p1", "';--/p1"],
)
def test_what_names_no_passage_finds_nothing_and_says_so(seeds: ArchiveStore, name: str) -> None:
    name = name.format(id=seeds.briefings()[0].id)
    page = seeds.search(f"like:{name}")
    assert not page.hits
    assert any("no passage" in note for note in page.notes)
    assert seeds.count(f"like:{name}").passages == 0
    assert not seeds.facets(f"like:{name}").values


def test_a_passage_that_tells_nothing_says_so(archive_of: Callable[..., ArchiveStore]) -> None:
    store = archive_of(a=TEXT)
    page = store.search(f"like:{name_of(store, '谢谢大家')}")
    assert not page.hits
    assert page.notes


def test_without_like_is_text(seeds: ArchiveStore) -> None:
    assert not seeds.search("-like:x").ranked


def test_why_tells_the_words_and_the_score(archive_of: Callable[..., ArchiveStore]) -> None:
    store = archive_of(a=TEXT)
    name = f"like:{name_of(store, '昼夜')}"
    hit = store.search(name).hits[0]
    found = store.why(name, hit.rowid, scored=True)
    assert found is not None
    assert "透析" in {met.term for met in found.terms}
    assert {met.lane for met in found.terms} == {"like"}
    assert found.score is not None
    assert found.score.total > 0
    assert found.score.adjacent is None


def test_the_command_line_takes_the_name_that_why_gives(
    seeds_archive: Path, seeds: ArchiveStore, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["--archive", str(seeds_archive), "search", "孕产妇", "--json", "--why"]) == 0
    hit = json.loads(capsys.readouterr().out)["hits"][0]
    name = hit["why"]["passage"]
    assert name.startswith(hit["id"])
    assert run_command(["--archive", str(seeds_archive), "search", f"like:{name}", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    page = seeds.search(f"like:{name}")
    assert (printed["sort"], printed["like"]) == ("relevance", list(page.like or ()))
    assert [one["text"] for one in printed["hits"]] == [one.text for one in page.hits]
