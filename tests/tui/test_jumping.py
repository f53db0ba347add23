"""Folding, jump labels, finding within a transcript, and the transcript alone on the screen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.screens.labels import KEYS, keys
from tui.screens.plain import PlainScreen
from tui.widgets.blocks import FOLD
from tui.widgets.reader import Reader
from tui.widgets.setting import Position, Setting
from tui.widgets.standing import Goal

from .browsing import browsing
from .fake_store import FakeStore

STORE = FakeStore()
IDS = [row.id for row in STORE.briefings()]


@given(
    st.sampled_from(IDS),
    st.integers(4, 120),
    st.lists(st.integers(0, 30) | st.none(), max_size=6),
    st.integers(1, 9),
)
def test_however_it_is_folded_steps_skip_no_row_and_come_back(
    briefing: str, width: int, folds: list[int | None], by: int
) -> None:
    setting = Setting(STORE.transcript(briefing), width)
    for turn in folds:
        if turn is None:
            setting.fold_all()
        elif turn < len(setting.turns):
            setting.fold(turn)
    assert setting.first is not None
    assert setting.last is not None
    rows = setting.view(setting.first, 10_000)
    assert rows == sorted(set(rows))
    assert rows[-1] == setting.last
    for at, row in enumerate(rows):
        assert setting.down(row, by) == rows[min(at + by, len(rows) - 1)]
        assert setting.up(row, by) == rows[max(at - by, 0)]
        again = setting.position(setting.anchor(row))
        assert again is not None
        assert again in rows
    percents = [setting.percent(row, row) for row in rows]
    assert percents == sorted(percents)


def test_a_folded_answer_is_its_head_and_one_line_that_says_how_much_there_is() -> None:
    setting = Setting(STORE.transcript("linhai-2022-09-12-7"), 60)
    answer = next(at for at, turn in enumerate(setting.turns) if turn.kind == "answer")
    whole = sum(len(passage.text) for passage in setting.turns[answer].passages)
    setting.fold(answer)
    rows = [row for row in setting.view(Position(answer, 0, 0), 10) if row.turn == answer]
    assert len(rows) == len(setting.block(answer, 0).rows) <= 4
    assert f"{FOLD} {whole} 字" in [run.text for run in setting.row(rows[-1]).runs]
    setting.fold(answer)
    assert len([row for row in setting.view(Position(answer, 0, 0), 40) if row.turn == answer]) > len(rows)


async def test_z_folds_the_answer_being_read_and_a_hit_in_it_unfolds_it() -> None:
    async with browsing((80, 24), keys=["enter", "1", "g", "right_parenthesis", "z"]) as browser:
        assert any(FOLD in row for row in browser.text())
        await browser.press("z")
        assert not any(FOLD in row for row in browser.text())
        await browser.press("Z")
        assert sum(FOLD in row for row in browser.text()) > 1
        await browser.press("slash", *"产检手册", "enter")
        assert any("产检手册" in row for row in browser.text())
        assert browser.screen.standing is not None
        assert browser.screen.standing.match == 1
        await browser.press("Z")
        assert not any(FOLD in row for row in browser.text()[1:-1])


async def test_folding_twice_is_as_if_nothing_was_done() -> None:
    async with browsing((80, 24), keys=["enter", "3", "g"]) as browser:
        before = browser.text()
        await browser.press("z")
        assert browser.text() != before
        await browser.press("z")
        assert browser.text() == before


async def test_folding_keeps_the_place_at_another_width() -> None:
    async with browsing((80, 24), keys=["enter", "Z", "G"]) as browser:
        await browser.pilot.resize_terminal(60, 24)
        await browser.settle()
        assert any(FOLD in row for row in browser.text())


@pytest.mark.parametrize("count", [0, 1, len(KEYS), len(KEYS) + 1, 300])
def test_every_target_has_a_label_and_none_begins_another(count: int) -> None:
    labels = keys(count)
    assert len(set(labels)) == count
    assert not any(a != b and b.startswith(a) for a in labels for b in labels)


async def test_a_label_goes_to_what_it_stands_on() -> None:
    async with browsing((80, 24), keys=["enter"]) as browser:
        await browser.press("s")
        targets = browser.reader.targets
        assert len(targets) > 2
        assert list(browser.reader.labels) == [row for row, _anchor in targets]
        await browser.press(browser.reader.labels[targets[2][0]])
        assert browser.reader.place == targets[2][1]
        assert not browser.reader.labels
        assert not browser.list.labels
        await browser.press("ctrl+o")
        assert browser.row == 0


async def test_a_label_in_the_list_opens_what_it_stands_on() -> None:
    async with browsing((80, 24)) as browser:
        await browser.press("s")
        await browser.press(browser.list.labels[2])
        assert browser.screen.transcript is not None
        assert browser.screen.transcript.briefing.id == IDS[2]
        assert not browser.list.labels


async def test_while_labels_are_shown_no_key_means_anything_else() -> None:
    for other in ("escape", "slash", "Q", "pagedown"):
        async with browsing((80, 24), keys=["enter"]) as browser:
            before = browser.text()
            await browser.press("s", other)
            assert browser.text() == before
            assert browser.screen.pane == "reader"
            await browser.press("q")


async def test_what_is_sought_in_the_transcript_is_met_from_where_one_reads_and_counted() -> None:
    async with browsing((80, 24), keys=["enter"]) as browser:
        place = browser.reader.place
        await browser.press("f")
        await browser.type("核酸检测")
        assert browser.screen.standing is not None
        assert (browser.screen.standing.match, browser.screen.standing.matches) == (1, 3)
        assert "处 1/3" in browser.text()[1]
        assert browser.list.display
        assert not browser.hits.display
        await browser.press("enter")
        assert browser.screen.pane == "reader"
        await browser.press("n")
        assert browser.screen.standing.match == 2
        await browser.press("n", "n")
        assert "最后一处" in browser.text()[-1]
        await browser.press("N")
        assert browser.screen.standing.match == 2
        await browser.press("escape")
        assert not browser.screen.finding
        assert not browser.reader.matches
        assert browser.screen.pane == "reader"
        await browser.press("f", "escape")
        assert browser.box.value == ""
        await browser.press("g", "g", "f")
        assert browser.box.value == "核酸检测"
        await browser.press("escape")
        assert browser.reader.place == place


async def test_what_is_not_in_the_transcript_is_said_and_the_place_stays() -> None:
    async with browsing((80, 24), keys=["enter", "pagedown"]) as browser:
        row = browser.row
        await browser.press("f")
        await browser.type("没有这个词")
        assert browser.text()[0].rstrip().endswith("0 处")
        assert browser.row == row
        await browser.press("escape")
        assert browser.row == row


async def test_a_query_unfolds_only_what_its_own_place_needs() -> None:
    async with browsing((80, 24), keys=["enter", "1", "g", "Z"]) as browser:
        folded = browser.text()[1:-1]
        assert browser.screen.transcript is not None
        answer = next(turn for turn in browser.screen.transcript.turns if turn.kind == "answer")
        await browser.press("f", *answer.passages[1].text[:5])
        assert browser.text()[1:-1] != folded
        await browser.press(*"没有这个词")
        assert browser.text()[2:-1] == folded[1:]
        await browser.press("escape")
        assert browser.text()[1:-1] == folded


async def test_another_query_is_not_said_to_be_at_its_last_hit() -> None:
    async with browsing((80, 24), keys=["enter", "f", *"产检手册", "ctrl+n"]) as browser:
        assert browser.screen.notice
        await browser.press(*"没有")
        assert not browser.screen.notice


async def test_finding_leaves_the_archive_s_search_as_it_was() -> None:
    async with browsing((80, 24), keys=["slash", *"孕产妇", "enter"]) as browser:
        matches = dict(browser.reader.matches)
        assert matches
        await browser.press("f")
        await browser.type("记者")
        assert dict(browser.reader.matches) != matches
        await browser.press("escape")
        assert dict(browser.reader.matches) == matches
        assert browser.box.value == "孕产妇"
        await browser.press("f")
        await browser.type("记者")
        await browser.press("enter", "slash")
        assert browser.screen.pane == "search"
        assert browser.box.value == "孕产妇"
        assert browser.hits.display


async def test_what_was_found_and_left_again_is_not_the_hit_one_stood_on() -> None:
    async with browsing((80, 24), keys=["slash", *"核酸", "enter"]) as browser:
        before, row = browser.screen.standing, browser.row
        assert before is not None
        await browser.press("f")
        await browser.type("核酸检测")
        await browser.press("down", "down", "escape")
        assert (browser.screen.standing, browser.row) == (before, row)
        await browser.press("n")
        assert browser.screen.standing is not None
        assert browser.screen.standing.match == (before.match or 0) + 1


async def test_the_plain_view_is_text_from_edge_to_edge_and_keeps_the_place() -> None:
    async with browsing((80, 24), keys=["enter", "pagedown"]) as browser:
        place = browser.reader.place
        await browser.press("w")
        assert isinstance(browser.app.screen, PlainScreen)
        plain = browser.app.screen.query_one(Reader)
        assert plain.place == place
        rows = browser.text()[:-1]
        assert not any(mark in row for row in rows for mark in "│▌┃")
        assert all(not row.startswith(" ") for row in rows if row.strip())
        await browser.press("pagedown", "escape")
        assert browser.reader.place == plain.place != place


async def test_a_match_gone_to_before_or_after_the_width_changes_leaves_the_same_place() -> None:
    places = []
    for late in (False, True):
        async with browsing((100, 24), keys=["enter", "f", *"产检", "enter"]) as browser:
            reader, match = browser.reader, browser.reader.current
            assert match is not None
            if late:
                await browser.pilot.resize_terminal(60, 24)
                await browser.settle()
            reader.stand(Goal(hit=match))
            if not late:
                await browser.pilot.resize_terminal(60, 24)
                await browser.settle()
            places.append(reader.place)
    assert places[0] == places[1]
