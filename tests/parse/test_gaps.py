"""Lost digits are marked where they can be told, and never where the text is whole."""

from __future__ import annotations

import pytest

from loader.parse.gaps import RULES, Rule, gaps_of
from tests.parse.text import one, plain


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.example)
def test_each_rule_marks_its_example_at_the_place(rule: Rule) -> None:
    text = rule.example.replace("|", "")
    assert (rule.example.index("|"), rule.reason) in gaps_of(text)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.counter)
def test_each_counter_example_has_no_gap(rule: Rule) -> None:
    assert gaps_of(plain(rule.counter)) == []


@pytest.mark.parametrize(
    "whole",
    [
        "累计报告本土确诊病例64例，无症状感染者178例。",
        "其余人员全部转运，剩余名额不多。",
        "学校、医院、酒店、宾馆等重点场所。",
        "共有人口13.1万，业余人士、富余人员。",
        "第一批3.6万人次，约三成。",
        "每人每天30元，一共3套。",
    ],
)
def test_whole_sentences_have_none(whole: str) -> None:
    assert gaps_of(plain(whole)) == []


def test_gaps_are_offsets_into_the_reading_and_furniture_has_none() -> None:
    text = "某市新闻发布会\n记者：多少例？\n王明：新增病例例，共有名患者。\n责任编辑：病例例"
    assert [(gap.at, text[gap.at]) for gap in one(text).gaps] == [
        (text.index("例，"), "例"),
        (text.index("名患"), "名"),
    ]
