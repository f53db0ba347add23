"""The bundled documents are read as a careful person reads them: hand-made truth in `tests/truth`."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

import pytest

from tests.conftest import ROOT, SEEDS
from tui.store.archive import ArchiveStore
from tui.store.record import Record

TRUTHS = [json.loads(path.read_text("utf-8")) for path in sorted((ROOT / "tests" / "truth").glob("*.json"))]


def _fold(text: str | None) -> str:
    """Width and case folded, nothing left but letters and digits."""
    return "".join(char for char in unicodedata.normalize("NFKC", text or "").casefold() if char.isalnum())


@pytest.fixture(params=TRUTHS, ids=lambda truth: truth["file"])
def truth(request: pytest.FixtureRequest) -> dict[str, Any]:
    """What a person says of one seed."""
    return dict(request.param)


@pytest.fixture
def shown(truth: dict[str, Any], seeds: ArchiveStore) -> Record:
    """What `show --json` says of it."""
    records = [seeds.record(row.id) for row in seeds.briefings()]
    return next(one for one in records if one["source"]["path"].endswith("/" + truth["file"]))


def test_every_seed_has_a_truth() -> None:
    assert {truth["file"] for truth in TRUTHS} == {path.name for path in SEEDS.glob("*.txt")}


def test_head(truth: dict[str, Any], shown: Record) -> None:
    assert shown["kind"] == truth["kind"]
    assert _fold(shown["title"]) in {_fold(title) for title in truth["title"]}
    if truth["kind"] == "briefing":
        assert shown["place"] in truth["place"]
        assert shown["date"].rstrip("~") in truth["date"]
        assert shown["ordinal"] == truth["ordinal"]


def test_speakers(truth: dict[str, Any], shown: Record) -> None:
    said = {one["name"] for one in shown["speakers"] if one["role"] != "reporter"}
    assert said - set(truth.get("optional_speakers", [])) == set(truth["speakers"])
    named = [one for one in shown["speakers"] if one["role"] == "official"]
    assert all(one["post"] for one in named), "every official of the seeds is given with a post"


def test_questions_askers_and_answerers(truth: dict[str, Any], shown: Record) -> None:
    assert len(shown["questions"]) == len(truth["questions"])
    for want, said in zip(truth["questions"], shown["questions"], strict=True):
        assert _fold(said["text"]).startswith(_fold(want["begins"]))
        assert (said["asker"]["outlet"] or None) == want["asker"]
        assert [answer["speaker"] for answer in said["answers"]] == want["answerers"]
        assert all(answer["text"].strip() for answer in said["answers"])


def test_noise_is_kept_apart(truth: dict[str, Any], shown: Record) -> None:
    aside = ("noise", "repeat", "metadata")
    read = _fold("".join(turn["text"] for turn in shown["turns"] if turn["kind"] not in aside))
    assert [noise for noise in truth["noise"] if _fold(noise) in read] == []


def test_a_body_printed_twice_is_read_once(seeds: ArchiveStore) -> None:
    record = seeds.record("jimo-2022-09-12-7")
    (again,) = (turn for turn in record["turns"] if turn["kind"] == "repeat")
    first = _fold(seeds.source(record["id"])[: again["span"][0]])
    assert len(again["text"]) > 2000
    assert [line for line in again["text"].splitlines() if _fold(line) not in first] == []


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [("changchun-17.txt", "病例", "例(含"), ("yangzhou-7.txt", "〔", "〕30号")],
)
def test_lost_digits_are_marked(seeds: ArchiveStore, name: str, before: str, after: str) -> None:
    records = (seeds.record(row.id) for row in seeds.briefings())
    shown = next(one for one in records if one["source"]["path"].endswith(name))
    assert any(gap["before"].endswith(before) and gap["after"].startswith(after) for gap in shown["gaps"])


def test_nothing_is_marked_lost_where_nothing_is(seeds: ArchiveStore) -> None:
    assert seeds.record("weifang-2022-03-25-12")["gaps"] == []


def test_sections_are_headings(seeds: ArchiveStore) -> None:
    turns = seeds.record("jimo-2022-09-12-7")["turns"]
    headings = [turn["text"] for turn in turns if turn["kind"] == "heading"]
    assert any(text.startswith("一、") for text in headings)


def test_tables_keep_their_cells(seeds: ArchiveStore) -> None:
    records = (seeds.record(row.id) for row in seeds.briefings())
    slides = next(one for one in records if one["kind"] == "document")
    tables = [turn["text"] for turn in slides["turns"] if turn["kind"] == "table"]
    assert any("\t" in text and "首例报告日期" in text for text in tables)


def test_briefings_and_questions_have_key_terms(seeds: ArchiveStore) -> None:
    for row in seeds.briefings():
        assert 3 <= len(row.terms) <= 6
        for question in seeds.transcript(row.id).questions:
            assert question.terms
            assert all(term in question.text for term in question.terms)
    weifang = next(row for row in seeds.briefings() if row.place == "潍坊市")
    assert "孕产妇" in weifang.terms
