"""Which organ gave the briefing, by every sign that names one."""

from __future__ import annotations

import pytest

from loader.parse.holder import organs_in
from tests.parse.text import one

TALK = "\n主持人：请提问。\n晚报记者：水价会涨吗？\n王明：不会。"


@pytest.mark.parametrize(
    ("head", "organ"),
    [
        (
            "云溪市供水新闻发布会\n5月18日，云溪市人民政府新闻办公室召开新闻发布会。",
            "云溪市人民政府新闻办公室",
        ),
        ("云溪市供水新闻发布会\n主办单位：云溪市水务局", "云溪市水务局"),
        ("外交部发言人王明主持例行记者会", "外交部"),
        ("2024年5月18日外交部发言人王明主持例行记者会", "外交部"),
        ("云溪市水务局“清水进家”新闻发布会", "云溪市水务局"),
        ("王明主持外交部例行记者会", "外交部"),
        ("10月23日，外交部发言人举行例行记者会，就有关问题答问。", "外交部"),
        ("供水新闻发布会\n出席的有市水务局局长王明、市环保局副局长李岚。", "市水务局"),
        ("供水新闻发布会\n出席的有市水务局局长王明、市水务局副局长李岚。", "市水务局"),
        ("供水新闻发布会", None),
        ("关于供水的新闻发布会\n王明在会议中心说了三件事。", None),
    ],
)
def test_the_holder_is_found(head: str, organ: str | None) -> None:
    assert one(head + TALK).organ == organ


def test_organs_of_a_post_are_parted() -> None:
    assert organs_in("市委宣传部市政府新闻办主任") == ["市委宣传部", "市政府新闻办"]
    assert organs_in("新闻发言人、首席工程师兼总调度") == []


def test_the_organ_of_all_who_speak_holds_the_briefing() -> None:
    text = (
        "记者：海滩什么时候重开？\n水务局局长：这个月底就可以重开。\n"
        "记者：闸门要换吗？\n水务局副局长柴佑宁：有两座已经旧了，要换新的。\n"
        "记者：费用是多少？\n水务局局长：费用还在核算，下周公布。"
    )
    assert one(text).organ == "水务局"


def test_who_speaks_for_two_organs_gives_it_for_neither() -> None:
    text = (
        "记者：海滩什么时候重开？\n水务局局长：这个月底就可以重开。\n"
        "记者：泳圈够吗？\n体育局局长：够了，各处都备了一百个。\n"
        "记者：费用是多少？\n水务局局长：费用还在核算，下周公布。"
    )
    assert one(text).organ is None


def test_the_government_office_for_briefings_holds_what_its_officer_leads() -> None:
    text = (
        "澄湖市人民政府门户网站\n老旧水管改造新闻发布会\n"
        "市委宣传部副部长、市政府新闻办主任粟可文：各位记者，大家好，下面请提问。\n"
        "湖畔晚报记者：水管什么时候换完？\n"
        "市住房和城乡建设局局长申屠立平：明年六月底以前全部换完。\n"
        "市自来水公司总经理车定远：我补充一点，夜里停水会提前两天通知。"
    )
    assert one(text).organ == "市政府新闻办"


def test_a_welcome_belongs_to_no_post() -> None:
    text = (
        "赛后新闻发布会\n新闻官：欢迎南渚沙洲队主教练邵启光。\n"
        "江海体育记者：为什么换人？\n邵启光：他们跑不动了，我们需要新的力量。\n"
        "江海体育记者：下一场呢？\n邵启光：下一场还要看训练的情况再定。"
    )
    assert [s.post for s in one(text).speakers if s.name == "邵启光"] == ["南渚沙洲队主教练"]


def test_a_line_of_capitals_above_the_page_names_the_organ() -> None:
    text = (
        "STATE OF CALDERA\nDEPARTMENT OF WATER RESOURCES\nOffice of Public Affairs\n\nFOR RELEASE\n\n"
        "Transcript: Media Briefing on the Spillway\nTuesday, March 4, 2025\n\n"
        "MR. BURRELL: Good morning, everyone. We will take your questions.\n\nQ: Is the dam sound?\n\n"
        "MR. BURRELL: It is.\n\nQ: How much warning would people get?\n\nMR. BURRELL: Twelve minutes."
    )
    assert one(text).organ == "DEPARTMENT OF WATER RESOURCES"
