"""Names nobody announced: labels that are a bare name, the host among them, a name behind 回答人."""

from __future__ import annotations

import re

from loader.model import Briefing
from tests.parse.text import one

CITY = """甘州市第九场疫情防控新闻发布会

张博：各位媒体朋友，大家下午好。今天是10月21日，我们召开第九场新闻发布会。
马超峰：10月20日0时至24时，全市新增确诊病例3例，均在隔离管控人员中发现。
张博：谢谢马主任。下面请记者提问。
甘州日报记者：请问生活物资供应有没有保障？
李文娟：目前全市粮油储备充足，能满足市民45天需要。
张博：还有一个问题。
记者：请问学生什么时候返校？
王刚：将根据疫情形势分批返校。
"""


def _spoken(briefing: Briefing) -> list[tuple[str, str]]:
    """Who speaks in what kind of turn."""
    speakers = briefing.speakers
    return [
        (turn.kind, speakers[turn.speaker].name)
        for turn in briefing.turns
        if turn.speaker is not None and turn.kind in ("speech", "answer")
    ]


def test_a_name_seen_once_stands_where_others_do() -> None:
    assert _spoken(one(CITY)) == [
        ("speech", "张博"),
        ("speech", "马超峰"),
        ("speech", "张博"),
        ("answer", "李文娟"),
        ("speech", "张博"),
        ("answer", "王刚"),
    ]


def test_who_opens_and_then_only_passes_the_word_on_is_the_host() -> None:
    roles = {speaker.name: speaker.role for speaker in one(CITY).speakers}
    assert roles["张博"] == "host"
    assert {roles[name] for name in ("马超峰", "李文娟", "王刚")} == {"official"}


def test_who_opens_and_answers_is_no_host() -> None:
    answering = re.sub("李文娟|王刚", "张博", CITY.replace("张博：还有一个问题。\n", ""))
    assert {s.name: s.role for s in one(answering).speakers}["张博"] == "official"


def test_what_is_said_of_a_person_is_no_speech_of_his() -> None:
    listed = CITY.replace("张博：还有一个问题。", "名单如下。\n赵新民：男，35岁，住城关镇。")
    assert "赵新民" not in {speaker.name for speaker in one(listed).speakers}


def test_today_is_the_day() -> None:
    assert one(CITY).date == "XXXX-10-21"


def test_a_name_behind_a_word_for_answering() -> None:
    text = """9月3日新闻发布会实录

记者提问1：
请问目前隔离点的条件怎么样？
回答人：市卫健委副主任 陈国平
目前全市启用集中隔离点32个，房间5600间。
记者提问2：
确诊患者的情况如何？
回答人：市第三人民医院院长 周海
目前住院12人，没有重症。
"""
    assert _spoken(one(text)) == [("answer", "陈国平"), ("answer", "周海")]


def test_a_name_of_three_before_a_verb_alone_on_its_line_is_a_label() -> None:
    text = (
        "柏原县召开校园供餐新闻发布会\n市文物局总工程师骆川\n大家上午好！感谢各位到场。\n"
        "记者苏晚晴 提问\n有哪些扶持政策？\n"
        "市人民医院院长卓一鸣 回答\n管网有74公里超期服役，今年先改造35公里。\n"
    )
    briefing = one(text)
    assert [speaker.name for speaker in briefing.speakers] == ["骆川", "苏晚晴", "卓一鸣"]


def test_a_row_that_introduces_somebody_is_no_part_of_his_label() -> None:
    text = (
        "鹭洲市召开秋粮收购新闻发布会\n骆川、市应急管理局局长\n骆川\n大家上午好！感谢各位到场。\n"
        "记者苏晚晴 提问\n古桥什么时候可以重新通行？\n骆川 回答\n先说结论，情况比预想的好。\n"
    )
    assert [(speaker.name, speaker.post) for speaker in one(text).speakers] == [
        ("骆川", "市应急管理局局长"),
        ("苏晚晴", None),
    ]
