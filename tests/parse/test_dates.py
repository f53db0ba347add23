"""The day the briefing was held, not the page's, and no year that the text does not give."""

from __future__ import annotations

import pytest

from loader.parse.dates import Day, edtf, mentions, runs_backwards, year_said
from loader.parse.numerals import number
from tests.parse.text import one, plain

ASK = "\n主持人：请提问。\n记者：好吗？\n王明：好。"


@pytest.mark.parametrize(
    ("head", "held"),
    [
        ("某市新闻发布会\n时间：2023年9月8日（星期五）15:00\n地点：一号楼", "2023-09-08"),
        ("某市新闻发布会\n时间　2024年6月12日上午9时30分", "2024-06-12"),
        ("2021年5月10日某部发言人主持例行记者会", "2021-05-10"),
        ("某部第二十六次新闻发布会\n\n二〇二二年七月二十一日", "2022-07-21"),
        (
            ("某市新闻发布会\n2022-04-02 08:15　来源：某网\n3月31日下午，某市召开新闻发布会，通报情况。"),
            "2022-03-31",
        ),
        (
            ("某市新闻发布会\n时间:2021-12-18 18:33:26 来源:某发布\n12月17日，市政府举办新闻发布会。"),
            "2021-12-17",
        ),
        (
            ("某市新闻发布会实录\n整理／某队　2021年10月18日发布\n10月15日上午，某市举行新闻发布会。"),
            "2021-10-15",
        ),
        ("某市新闻发布会\n8月5日，某市召开第七场新闻发布会。", "XXXX-08-05"),
        ("应急新闻发布会\n时间：7月15日19:30", "XXXX-07-15"),
        (
            "　　某市举行今年第一场秋粮收购新闻发布会\n　　时间：2019年1月1日15:00\n　　地点：市民中心三楼",
            "2019-01-01",
        ),
        (
            (
                "Press Conference\n"
                "The Office held the briefing on Thursday, 28 November 2024, at the Hall, Tower."
            ),
            "2024-11-28",
        ),
        ("某市新闻发布会", None),
    ],
)
def test_the_day_held(head: str, held: str | None) -> None:
    assert one(head + ASK).date == held


def test_a_field_within_a_line_is_the_day_but_not_behind_a_source() -> None:
    title = "某市举行第一场秋粮收购新闻发布会"
    for source, held in (("", "2019-01-01"), ("来源：某网 ", "2019-01-01~")):
        flat = f"{title} {source}时间：2019年1月1日15:00 地点：市民中心三楼 以下为文字实录。" + ASK
        assert one(flat, fields={"title": title}).date == held


def test_front_matter_gives_the_year_only_when_near() -> None:
    lead = "某市召开新闻发布会\n3月25日晚，某市召开新闻发布会。" + ASK
    assert one(lead, fields={"date": "Fri, 25 Mar 2022 14:37:40 GMT"}).date == "2022-03-25"
    assert one(lead, fields={"date": "2023-11-01"}).date == "XXXX-03-25"


def test_as_of_is_inferred() -> None:
    text = "某区新闻发布会\n主持人：请提问。\n王明：截至9月12日12时，累计64例。\n记者：好吗？\n王明：好。"
    assert one(text).date == "XXXX-09-12~"
    assert one(text.replace("12时", "24时")).date == "XXXX-09-13~"


def test_stamps_between_turns_give_the_day() -> None:
    turns = "王明：\n够。\n2016-03-02 15:22:44\n记者：\n钱呢？\n2016-03-02 15:23:55\n"
    assert one("政协新闻发布会\n" + turns * 2).date == "2016-03-02"


def test_a_foot_gives_the_year() -> None:
    text = (
        "行政长官会见传媒谈话\n以下是行政长官李超今日（二月二日）会见传媒的谈话：\n"
        "行政长官：早。\n记者：好吗？\n行政长官：好。\n完\n2024年2月2日（星期五）"
    )
    assert one(text).date == "2024-02-02"


def test_other_years_in_the_text_are_not_taken() -> None:
    text = "应急新闻发布会\n时间：7月15日19:30\n记者：登记了吗？\n王明：2003年建的档。"
    assert one(text).date == "XXXX-07-15"


@pytest.mark.parametrize(
    ("said", "year"),
    [
        ("原本9月17日、18日要考的2022年国家统一法律职业资格考试推迟了。", 2022),
        ("2022年全国中学生运动会仍定在10月8日开幕。", 2022),
        ("9月20日开始的2022年秋季征兵体检改期。", 2022),
        ("自2003年以来，9月17日都是普查日。", None),
        ("比2021年同期多，9月17日再报。", None),
        ("9月17日要考的2022年资格考试推迟。2020年也推迟过。", None),
        ("2021年9月20日起施行的办法。", None),
        ("在2019年我们9月17日办过运动会。", None),
        ("2003年建的档。", None),
        ("2022年的考试推迟了。", None),
        ("9月3日结束的2022年考试成绩已公布。", None),
    ],
)
def test_a_year_said_of_an_event_right_after_the_briefing_is_its_year(said: str, year: int | None) -> None:
    assert year_said(Day(None, 9, 12), plain(said).split("\n")) == year


def test_a_year_inferred_is_marked() -> None:
    text = "应急新闻发布会\n时间：9月12日\n记者：9月17日的2022年资格考试还考吗？\n王明：推迟。"
    assert one(text).date == "2022-09-12~"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2022年3月25日", Day(2022, 3, 25)),
        ("二〇二二年七月二十一日", Day(2022, 7, 21)),
        ("3月28日", Day(None, 3, 28)),
        ("2023/2/9", Day(2023, 2, 9)),
        ("28 November 2024", Day(2024, 11, 28)),
        ("March 3, 2021", Day(2021, 3, 3)),
        ("25th March 2022", Day(2022, 3, 25)),
        ("中华民国113年7月3日", Day(2024, 7, 3)),
        ("民国九十年一月十五日", Day(2001, 1, 15)),
        ("109年12月3日", Day(2020, 12, 3)),
        ("113-07-05", Day(2024, 7, 5)),
        ("22年3月15日", Day(2022, 3, 15)),
    ],
)
def test_forms_of_dates(text: str, day: Day) -> None:
    assert [m.day for m in mentions(plain(text))] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "表格里写着13月45日，显然是录错了。",
        "今年3月的雨水比往年多三成。",
        "发布会从15:00开到16:30，一共三刻钟多。",
        "公告上的1月32日是印刷错误。",
        "编号2022-13-01的样本已经复查过。",
    ],
)
def test_no_dates(text: str) -> None:
    assert list(mentions(plain(text))) == []


def test_edtf_forms() -> None:
    assert edtf(Day(None, 3, 8)) == "XXXX-03-08"
    assert edtf(Day(2022, 9, 12), inferred=True) == "2022-09-12~"


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("十二", 12),
        ("二十六", 26),
        ("一百零三", 103),
        ("二〇二二", 2022),
        ("17", 17),
        ("十", 10),
        ("一", 1),
        ("啊", None),
        ("", None),
    ],
)
def test_numerals(word: str, value: int | None) -> None:
    assert number(word) == value


def test_clocks_that_run_backwards() -> None:
    assert runs_backwards(["10:40:00", "10:35:00", "10:30:00", "10:10:00"])
    assert not runs_backwards(["10:10", "10:20", "10:30", "10:40"])
    assert not runs_backwards(["10:40", "10:35"])


def test_a_day_no_calendar_has_is_no_date() -> None:
    assert [m.day for m in mentions("4月31日、2月30日、2021年2月29日、2月29日")] == [Day(None, 2, 29)]
