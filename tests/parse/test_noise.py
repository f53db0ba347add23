"""Page furniture is told from what was said, whole lines and glued ends alike."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loader.model import ASIDE_KINDS
from loader.parse import parse
from loader.parse.furniture import ENDS, HEAD, TAIL, WHOLE, Rule
from loader.parse.noise import cut_of, ends_page, is_noise, why_noise
from tests.composer import compose
from tests.parse.text import kinds, lines, one, plain, reading

SPOKEN = (Path(__file__).parent / "spoken.txt").read_text("utf-8").splitlines()
"""Sentences that somebody says, written to look like page furniture."""


@pytest.mark.parametrize("rule", WHOLE, ids=lambda r: r.example)
def test_each_shape_is_noise_and_its_counter_example_is_not(rule: Rule) -> None:
    assert (why_noise(plain(rule.example)) or "").startswith("like ")
    assert not is_noise(plain(rule.counter))
    assert re.fullmatch(rule.pattern, plain(rule.counter)) is None, "by the row itself, not for being said"


@pytest.mark.parametrize("rule", [*HEAD, *TAIL], ids=lambda r: r.example)
def test_furniture_glued_to_a_line_is_cut_off(rule: Rule) -> None:
    (line,) = lines(rule.example)
    kept, cut = cut_of(line)
    assert f"like {rule.example}" in {one.why for one in cut}
    assert kept is None or len(kept) < len(line)
    (line,) = lines(rule.counter)
    assert cut_of(line) == (line, [])


@pytest.mark.parametrize("rule", ENDS, ids=lambda r: r.example)
def test_each_line_that_ends_the_page_does(rule: Rule) -> None:
    assert ends_page(plain(rule.example))
    assert not ends_page(plain(rule.counter))
    assert re.fullmatch(rule.pattern, plain(rule.counter)) is None


@pytest.mark.parametrize("said", SPOKEN)
def test_a_sentence_that_looks_like_furniture_is_said(said: str) -> None:
    (line,) = lines(said)
    assert not is_noise(line.plain)
    assert not ends_page(line.plain)
    assert cut_of(line) == (line, [])


@given(seed=st.integers(0, 10**9))
def test_spoken_lines_planted_within_turns_are_never_noise(seed: int) -> None:
    dice = random.Random(seed)
    page = compose(seed % 10_000, dice.choice(("natural", "odd", "negative")))
    said = page.text.split("\n")
    ends = [nth for nth, line in enumerate(said) if len(line) > 60 and line.rstrip()[-1:] in "。？"]
    planted = dice.sample(SPOKEN, min(len(ends), 5))
    for at, sentence in sorted(zip(dice.sample(ends, len(planted)), planted, strict=True), reverse=True):
        said.insert(at + 1, sentence)
    text = "\n".join(said)
    hidden = [
        words
        for briefing in parse(reading(text))
        for kind, words in kinds(text, briefing)
        if kind in ASIDE_KINDS
    ]
    for sentence in planted:
        assert not any(sentence in words for words in hidden), sentence


def test_a_menu_is_two_words_of_menus() -> None:
    assert is_noise("首页 联系我们 网站地图")
    assert not is_noise("首页新闻的记者在现场")


def test_what_follows_the_imprint_is_the_pages_own() -> None:
    text = (
        "某市新闻发布会\n记者：水价会涨吗？\n王明：不会。\n责任编辑：李四\n十条妙招教你省水\n八千人跑马拉松"
    )
    assert [k for k, words in kinds(text, one(text)) if "妙招" in words or "马拉松" in words] == ["noise"]


def test_an_imprint_in_the_middle_ends_nothing() -> None:
    text = "某市新闻发布会\n责任编辑：李四\n记者：水价会涨吗？\n王明：不会。"
    assert ("answer", "不会。") in kinds(text, one(text))


def test_footers_that_recur_with_a_page_number_are_noise() -> None:
    pages = "\n".join(f"第{n}部分的内容说了很多话。\nMedia pack | {n}" for n in range(1, 5))
    assert {k for k, words in kinds(pages, one(pages)) if "Media" in words} == {"noise"}


def test_noise_inside_a_turn_breaks_it_and_keeps_its_voice() -> None:
    text = (
        "某市新闻发布会\n记者：水价会涨吗？\n王明：不会。\n（某某网记者 李四 摄）\n"
        "以后也不会。\n记者：谢谢，管网呢？\n王明：在换。"
    )
    briefing = one(text)
    told = [(t.kind, t.speaker, t.question) for t in briefing.turns if t.kind in ("answer", "noise")]
    assert told == [("answer", 0, 1), ("noise", None, None), ("answer", 0, 1), ("answer", 0, 2)]


def test_lettering_of_broadcasters_is_noise_in_chinese_texts_only() -> None:
    text = "我市疫情防控工作汇报\nRIVER XINWEN\n要始终坚持人民至上。\n汇报完毕。"
    assert ("noise", "RIVER XINWEN") in kinds(text, one(text))
    english = "RIVER HOUSE\nPress briefing\nQ: Why?\nMR. LOW: Because."
    assert ("noise", "RIVER HOUSE") not in kinds(english, one(english))
