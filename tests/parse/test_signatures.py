"""Who said a paragraph, in brackets at its end, on pages with `问：` and `答：`."""

from __future__ import annotations

from tests.parse.text import exchanges, one

TEXT = """云溪市供水新闻发布会
出席的有市水务局局长王明、市住建局总工程师李岚。
一、问：水压什么时候能够恢复正常？（溪城风向）
答：月底之前全部接通。（市水务局局长　王明）
我补充一点。小区里的管子由我们换，也在月底。（李岚）
二、问：水价会不会涨？（云溪日报　赵一）
答：不会涨，明年也不会。（王
明）
"""


def test_each_signs_what_he_said() -> None:
    assert exchanges(TEXT, one(TEXT)) == [
        ("溪城风向", "水压什么时候能够恢复正常？（溪城风向）", ["王明", "李岚"]),
        ("云溪日报", "水价会不会涨？（云溪日报　赵一）", ["王明"]),
    ]
