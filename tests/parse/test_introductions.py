"""Who somebody says he is in the first words of his turn."""

from __future__ import annotations

import pytest

from loader.parse.folding import plain
from loader.parse.introductions import as_official, as_reporter
from loader.parse.roster import People, Person


@pytest.mark.parametrize(
    ("text", "outlet", "name"),
    [
        ("您好，我是“溪事儿”网站的。水价会不会涨？", "溪事儿网站", None),
        ("谢谢。足坛前线。请问教练，为什么换人？", "足坛前线", None),
        ("罗指导，《滨海球迷》的。为什么换下他？", "滨海球迷", None),
        ("局长，都会日志。想问十六处路段几时重开？", "都会日志", None),
        ("我是南沱头条的简维岳。水表换成了远传的，怎么核对？", "南沱头条", "简维岳"),
        ("我是自由撰稿人蒲松岭。教练会不会留下？", "自由撰稿人", "蒲松岭"),
        ("（就急症室收费）《太平山日报》想问，局方有什么回应？", "<太平山日报>", None),
        ("Devon Achterberg, Norrhaven Ledger. Will it spread?", "Norrhaven Ledger", "Devon Achterberg"),
    ],
)
def test_reporters(text: str, outlet: str, name: str | None) -> None:
    found = as_reporter(plain(text))
    assert found is not None
    assert ((found.outlet or "").strip("<>"), found.name) == (outlet.strip("<>"), name)


@pytest.mark.parametrize(
    "text",
    [
        "我是一个做直播的记者，能否介绍一下工作方法？",
        "我是觉得水价不能再涨了，局里有没有办法？",
        "铁路队最近六轮只丢了两个球，防守非常稳。您怎么评价？",
        "问题给韩拓。进第二个球以后在想什么？",
        "局长。水价会不会涨？",
    ],
)
def test_what_names_no_newsroom(text: str) -> None:
    assert as_reporter(plain(text)) is None


def test_officials() -> None:
    people = People([Person("葛书白", "馆长")])
    assert as_official("各位好,我是葛书白,先说修缮。", people) == people["葛书白"]
    assert as_official("各位好,我是来听意见的。", people) is None
