"""Places: divisions by the table, former names by their suffix, bare names where a title begins with one."""

from __future__ import annotations

import pytest

from loader.parse.divisions import LONGEST, longest_at, longest_before, table, without_suffix
from loader.parse.places import division_in, place_of


@pytest.mark.parametrize(
    ("text", "division"),
    [
        ("青岛市即墨区新冠肺炎疫情", "即墨区"),
        ("山东省潍坊市寿光市举行", "寿光市"),
        ("吉林省吉林市丰满区通报", "丰满区"),
        ("3月25日下午潍坊市召开", "潍坊市"),
        ("记者从临沂市莒县获悉", "莒县"),
        ("上海市浦东新区疫情防控", "浦东新区"),
        ("即墨市新闻办", "即墨市"),  # until 2017
        ("台北市政府", "台北市"),
        ("香港湾仔区", "湾仔区"),
        ("全市城区、郊区", None),
        ("市场监管局", None),
        ("北京市场", None),
        ("主城区和县城", None),
        ("", None),
    ],
)
def test_the_deepest_division_named_first(text: str, division: str | None) -> None:
    assert division_in(text) == division


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("潍坊举行第十二场新冠肺炎疫情防控新闻发布会", "潍坊市"),
        ("[实录]西安新冠肺炎疫情防控新闻发布会", "西安市"),
        ("3月25日,河南召开新闻发布会", "河南省"),
        ("即墨第七场疫情防控发布会", "即墨区"),
        ("延边举行新闻发布会", "延边朝鲜族自治州"),
        ("北京举行新闻发布会", "北京"),
        ("和平发展新闻发布会", None),
        ("上海合作组织新闻发布会", None),
        ("外交部例行记者会", None),
        ("潍坊的春天", None),
    ],
)
def test_a_title_begins_with_the_place(title: str, place: str | None) -> None:
    assert place_of(title, None, (), ()) == place


def test_the_table_is_the_whole_country() -> None:
    names = table().names
    assert len(names) > 3000
    assert {"新疆维吾尔自治区", "香港特别行政区", "三沙市", "即墨区"} <= names
    assert max(map(len, names)) == LONGEST


@pytest.mark.parametrize(
    ("name", "brief"),
    [
        ("潍坊市", "潍坊"),
        ("内蒙古自治区", "内蒙古"),
        ("湘西土家族苗族自治州", "湘西"),
        ("伊犁哈萨克自治州", "伊犁"),
    ],
)
def test_names_as_people_say_them(name: str, brief: str) -> None:
    assert without_suffix(name) == brief


def test_names_of_two_characters_are_no_parts_of_words() -> None:
    assert longest_before("莒县", 2) == "莒县"
    assert longest_before("临沂市莒县", 5) == "莒县"
    assert longest_before("专家组明天一早去莒县查看大堤", 10) is None
    assert longest_at("莒县人", 0) == "莒县"
