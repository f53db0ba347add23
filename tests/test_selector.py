"""A passage that was selected is found again in a later text, or it is said that it was not."""

from __future__ import annotations

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from loader.layout import date_key, rowid
from tui.selector import EXACT, Located, find_again, same, select, select_hit
from tui.state import Selector
from tui.store.rows import BriefingRow, Hit, PassageRow, Place, Transcript, TurnRow

ROW = BriefingRow("weifang-2022-03-25-12", "briefing", "第12场", "潍坊市", "2022-03-25", 12, None, 0, 0)
WORDS = st.text(string.ascii_letters + "核酸检测孕产妇就医社区隔离０１２，。 ", min_size=12, max_size=90)
TEXTS = st.lists(WORDS, min_size=1, max_size=9, unique=True)


def transcript(texts: list[str], date: str = "2022-03-25", turn: int = 2) -> Transcript:
    """A transcript of these passages, `turn` to a turn, as an archive numbers and counts them."""
    rows, at = [], 0
    for place, text in enumerate(texts):
        rows.append(PassageRow(rowid(date_key(date), 7, place), text, (), at))
        at += len(text) + 1
    turns = [
        TurnRow("speech", None, None, None, 0, tuple(rows[start : start + turn]))
        for start in range(0, len(rows), turn)
    ]
    return Transcript(ROW, None, None, "zh", (), tuple(turns), ())


def selected(texts: list[str], which: int) -> Selector:
    return select(transcript(texts), Place(which // 2, which % 2))


def words_at(found: Located, texts: list[str], date: str = "2022-03-25") -> str | None:
    row = next(
        (row for turn in transcript(texts, date).turns for row in turn.passages if row.rowid == found.rowid),
        None,
    )
    return row and row.text


@given(TEXTS, st.data())
def test_it_is_found_after_another_date_and_whatever_is_put_before_and_behind(
    texts: list[str], data: st.DataObject
) -> None:
    which = data.draw(st.integers(0, len(texts) - 1))
    wanted = selected(texts, which)
    folded = [select(transcript([text]), Place(0, 0)).exact for text in texts]
    assume(not any(folded[which] in one for at, one in enumerate(folded) if at != which))
    assume(len(folded[which]) >= 8)
    front = data.draw(st.lists(st.sampled_from(["甲报讯。", "乙报讯。", "丙"]), max_size=11))
    behind = data.draw(st.lists(st.sampled_from(["责任编辑某某。", "完"]), max_size=3))
    later, date = (
        [*front, *texts, *behind],
        data.draw(st.sampled_from(["2022-03-25", "2022-04-01", "XXXX-03"])),
    )
    found = find_again(transcript(later, date), wanted)
    assert found.sure
    assert words_at(found, later, date) == texts[which]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("孕产妇等特殊人群如何就医，是大家都关心的问题。", "孕产妇等特殊人群怎样就医，是大家都关心的问题。"),
        (
            "孕产妇等特殊人群如何就医，是大家都关心的问题。",
            "（记者 甲）孕产妇等特殊人群如何就医，是大家都关心的问题。",
        ),
        ("ＡＢ型血浆 已经备足，请各位市民放心。", "AB型血浆已经备足,请各位市民放心。"),
    ],
)
def test_small_edits_of_the_passage_hide_it_from_nobody(before: str, after: str) -> None:
    around = ["各位记者朋友，大家上午好。", "下面进入答记者问的环节，请提问。"]
    wanted = selected([around[0], before, around[1]], 1)
    later = ["本网讯。", "图为现场。", around[0], after, around[1]]
    assert find_again(transcript(later, "2022-03-26"), wanted) == Located(
        rowid(date_key("2022-03-26"), 7, 3), sure=True
    )


def test_of_words_said_often_those_are_meant_that_stood_between_the_same_others() -> None:
    texts = [
        "第一个问题答完了。",
        "谢谢。",
        "第二个问题也答完了。",
        "谢谢。",
        "第三个问题也都答完。",
        "谢谢。",
        "散会。",
    ]
    for which in (1, 3, 5):
        later = [*["插入的一段。"] * 2, *texts]
        assert find_again(transcript(later), selected(texts, which)) == Located(
            rowid(date_key("2022-03-25"), 7, which + 2), sure=True
        )


@pytest.mark.parametrize("gone", ["谢谢。", "这一段话后来整段都从这份文稿里删去了，一个字也没有留下。"])
def test_what_is_gone_is_said_to_be_and_the_nearest_place_taken(gone: str) -> None:
    texts = [
        "会议在上午十时开始，由某某主持。",
        "现在请发布人介绍情况如下。",
        gone,
        "接下来请记者提问并通报单位。",
        "会议结束。",
    ]
    later = ["前言一段。", *(text for text in texts if text != gone), "谢谢。"]
    found = find_again(transcript(later), selected(texts, 2))
    assert not found.sure
    assert words_at(found, later) == "接下来请记者提问并通报单位。"


def test_nothing_is_found_where_nothing_is() -> None:
    assert find_again(transcript([]), selected(["一段话。"], 0)) == Located(None, sure=False)


def test_a_number_alone_still_means_its_place_under_another_date() -> None:
    texts = ["甲。", "乙。", "丙。"]
    old = Selector(rowid(date_key("2022-03-25"), 7, 1))
    assert words_at(find_again(transcript(texts), old), texts) == "乙。"
    found = find_again(transcript(texts, "2023-01-01"), old)
    assert (words_at(found, texts, "2023-01-01"), found.sure) == ("乙。", True)
    assert not find_again(transcript(texts[:1], "2023-01-01"), old).sure


def test_a_hit_whose_number_is_another_s_by_now_is_found_by_its_words() -> None:
    texts = ["孕产妇就医请走绿色通道。", "社区将会上门服务。"]
    row = transcript(texts).turns[0].passages[0]
    hit = select_hit(Hit(row.rowid, ROW, None, "speech", None, row.text, ()))
    assert find_again(transcript(texts), hit) == Located(row.rowid, sure=True)
    later = ["新的一段话在最前面。", *texts]
    assert words_at(find_again(transcript(later), hit), later) == texts[0]


@given(TEXTS, st.data())
def test_two_selectors_of_one_passage_are_the_same_and_of_two_are_not(
    texts: list[str], data: st.DataObject
) -> None:
    one, two = (data.draw(st.integers(0, len(texts) - 1)) for _ in range(2))
    first, second = selected(texts, one), selected(texts, two)
    assume(one == two or not (first.exact.startswith(second.exact) or second.exact.startswith(first.exact)))
    assert same(first, second) == (one == two)


def test_only_a_few_dozen_characters_are_kept() -> None:
    assert sum(map(len, selected(["长" * 5000, "话" * 5000], 0)[2:])) <= 2 * EXACT
