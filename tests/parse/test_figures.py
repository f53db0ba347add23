"""Figures are taken with metric, unit, scope, place and period, and only where the metric is said."""

from __future__ import annotations

import pytest

from loader.model import Figure, Span, Turn
from loader.parse.figures import METRICS, Metric, figures_in
from tests.parse.text import plain


def figures(text: str) -> tuple[Figure, ...]:
    span = Span(0, len(text))
    return figures_in(plain(text), text, [Turn("speech", span, span)])


@pytest.mark.parametrize("metric", METRICS, ids=lambda m: m.name)
def test_each_metric_is_found_in_its_example(metric: Metric) -> None:
    assert metric.name in {figure.metric for figure in figures(metric.example)}


@pytest.mark.parametrize("metric", METRICS, ids=lambda m: m.name)
def test_no_metric_is_found_where_another_thing_is_counted(metric: Metric) -> None:
    assert metric.name not in {figure.metric for figure in figures(metric.counter)}


def test_new_and_cumulative_are_told_apart() -> None:
    text = "3月25日0时至18时，新增本土确诊病例9例。截至3月25日18时，累计报告确诊病例64例。"
    told = [(f.metric, f.value, f.unit, f.scope, f.period) for f in figures(text)]
    assert told == [
        ("确诊病例", "9", "例", "new", "3月25日0时至18时"),
        ("确诊病例", "64", "例", "cumulative", "截至3月25日18时"),
    ]


def test_a_list_of_places_counts_what_the_list_counts() -> None:
    text = "新增无症状感染者25例，其中东河区8例、西山县17例。"
    assert [(f.place, f.value) for f in figures(text)] == [(None, "25"), ("东河区", "8"), ("西山县", "17")]
    assert {f.metric for f in figures(text)} == {"无症状感染者"}


def test_the_span_covers_value_and_unit_as_printed() -> None:
    text = "已完成核酸检测１.86万人。"
    (figure,) = figures(text)
    assert text[figure.span.start : figure.span.end] == "１.86万人"
    assert (figure.value, figure.unit) == ("１.86万", "人")


@pytest.mark.parametrize(
    "text",
    [
        "全市组建9支采样队伍，每队8人。",
        "第3例病例是从省外回来的货车司机。",
        "病例2某某，女，31岁，在3路公交车上坐过2站。",
        "核酸检测提供3种方式，每种方式都免费。",
        "隔离点请了5名厨师给大家做菜。",
    ],
)
def test_numbers_without_a_metric_are_left_alone(text: str) -> None:
    assert figures(text) == ()
