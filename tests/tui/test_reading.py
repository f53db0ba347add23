"""Reading: moving by lines, pages, questions; read marks; places remembered; panes and focus."""

from __future__ import annotations

from itertools import pairwise

from tui.state import State
from tui.widgets.question_line import QuestionLine
from tui.widgets.question_list import QuestionList
from tui.widgets.title_line import TitleLine

from .browsing import Browser, browsing
from .fake_store import FakeStore, long_transcript


def standing(browser: Browser) -> int | None:
    """The question being read."""
    assert browser.screen.standing is not None
    return browser.screen.standing.question


async def test_enter_opens_the_briefing_under_the_cursor_and_moves_into_it() -> None:
    async with browsing(keys=["down", "enter"]) as browser:
        assert browser.screen.transcript is not None
        assert browser.screen.transcript.briefing.id == "weishan-2022-03-25-12"
        assert browser.reader.has_focus
        await browser.press("escape")
        assert browser.list.has_focus
        assert browser.list.cursor == 1


async def test_brackets_step_from_question_to_question() -> None:
    async with browsing(keys=["down", "enter"]) as browser:
        seen = []
        for key in ("]", "]", "]", "]", "[", "["):
            await browser.press({"]": "right_square_bracket", "[": "left_square_bracket"}[key])
            seen.append(standing(browser))
        assert seen == [1, 2, 3, 4, 3, 2]


async def test_past_the_last_question_a_notice_says_so_until_the_next_key() -> None:
    async with browsing(keys=["enter", *["right_square_bracket"] * 4]) as browser:
        assert "最后一问" in browser.text()[-1]
        await browser.press("k")
        assert "最后一问" not in browser.text()[-1]


async def test_where_nothing_is_asked_there_is_no_last_question() -> None:
    async with browsing(keys=[*["down"] * 4, "enter", "right_square_bracket"]) as browser:
        assert browser.screen.transcript.briefing.questions == 0
        assert "没有提问" in browser.text()[-1]


async def test_a_number_before_g_goes_to_that_question_and_is_shown_while_typed() -> None:
    async with browsing(keys=["down", "down", "enter"]) as browser:
        await browser.press("7")
        assert "7g" in browser.text()[-1]
        await browser.press("g")
        assert standing(browser) == 7
        await browser.press("9", "g")
        assert "没有第 9 问" in browser.text()[-1]
        await browser.press("2", "j", "g")
        assert standing(browser) == 7, "another key forgets the number"


async def test_gg_goes_to_the_top() -> None:
    async with browsing(keys=["down", "enter", "G"]) as browser:
        assert browser.row > 0
        await browser.press("g", "g")
        assert browser.row == 0


async def test_moving_in_the_transcript() -> None:
    async with browsing(keys=["down", "enter"]) as browser:
        page, half = browser.reader.size.height - 1, browser.reader.size.height // 2
        for keys, row in (
            (["j"], 1),
            (["down", "j", "k", "up", "j"], 1),
            (["pagedown"], page),
            (["space", "b"], 0),
            (["d"], half),
            (["d", "u"], 0),
            (["end", "home"], 0),
        ):
            await browser.press(*keys)
            assert browser.row == row, keys
            await browser.press("home")


async def test_the_end_shows_the_last_row_and_says_hundred_percent() -> None:
    async with browsing(keys=["down", "enter", "G"]) as browser:
        assert browser.screen.standing is not None
        assert browser.screen.standing.percent == 100
        top = browser.row
        await browser.press("pagedown", "j")
        assert browser.row == top


async def test_tab_goes_round_the_panes() -> None:
    async with browsing((120, 40), keys=["enter"]) as browser:
        seen = []
        for _ in range(3):
            await browser.press("tab")
            seen.append(browser.screen.pane)
        assert seen == ["questions", "list", "reader"]
        await browser.press("shift+tab")
        assert browser.list.has_focus


async def test_the_questions_pane_follows_the_reading_and_leads_it() -> None:
    async with browsing((120, 20), keys=["down", "down", "enter", "4", "g"]) as browser:
        pane = browser.screen.query_one(QuestionList)
        assert pane.cursor == 3
        await browser.press("tab", "j", "enter")
        assert standing(browser) == 5
        assert browser.reader.has_focus
        await browser.press("g", "g")
        assert (standing(browser), pane.cursor) == (None, 0)


async def test_under_a_hundred_columns_the_questions_fold_to_a_line_that_o_unfolds() -> None:
    async with browsing((80, 24), keys=["down", "enter", "right_square_bracket"]) as browser:
        pane, line = browser.screen.query_one(QuestionList), browser.screen.query_one(QuestionLine)
        assert (pane.display, line.display) == (False, True)
        assert line.text() == "问 1/4 微山湖晚报 赵晴 → 陈湘"
        await browser.press("o")
        assert pane.has_focus
        await browser.press("j", "enter")
        assert (pane.display, standing(browser)) == (False, 2)
        await browser.press("o", "escape")
        assert (pane.display, browser.reader.has_focus) == (False, True)


async def test_o_hides_and_shows_the_questions_of_a_wide_terminal() -> None:
    async with browsing((120, 24), keys=["enter"]) as browser:
        pane = browser.screen.query_one(QuestionList)
        assert pane.display
        await browser.press("o")
        assert not pane.display
        await browser.press("o")
        assert pane.display


async def test_the_title_says_what_is_open_and_where_one_stands() -> None:
    async with browsing((120, 24), keys=["down", "enter", "2", "g"]) as browser:
        title = browser.screen.query_one(TitleLine)
        assert title.title(60) == "微山湖 › 2022-03-25 › 第12场 › 问 2 省广播电视台"
        assert title.title(40) == "微山湖 › 2022-03-25 › 第12场"
        assert title.position().startswith("问 2/4 · ")
        assert title.active


async def test_opened_briefings_are_marked_read() -> None:
    state = State(None)
    async with browsing(state=state, keys=["enter", "escape"]) as browser:
        assert state.read() == {"linhai-2022-09-12-7"}
        assert "✓" in browser.text()[1]


async def test_reading_goes_on_where_it_stopped() -> None:
    state = State(None)
    async with browsing(state=state, keys=["down", "enter", "2", "g"]) as browser:
        top = browser.screen.standing
    async with browsing(state=state, keys=["down", "enter"]) as browser:
        assert browser.screen.standing == top
        await browser.press("escape", "down", "enter", "escape", "up", "enter")
        assert browser.screen.standing == top


async def test_a_question_named_on_the_command_line_is_opened() -> None:
    async with browsing(start="weishan-2022-03-25-12/q3") as browser:
        assert standing(browser) == 3
        assert browser.list.cursor == 1
        assert browser.reader.has_focus


async def test_an_unknown_id_becomes_a_notice() -> None:
    async with browsing(start="nowhere-1999") as browser:
        assert "nowhere-1999" in browser.text()[-1]
        assert browser.list.has_focus


async def test_an_empty_archive_says_how_to_fill_it() -> None:
    async with browsing(store=FakeStore(())) as browser:
        assert "briefings-tui load" in "".join(browser.text()).replace("│", "").replace("  ", "")
        await browser.press("enter", "j", "G", "slash", "x", "escape", "escape", "q")


async def test_a_document_without_questions_has_no_questions_pane() -> None:
    async with browsing((120, 24), keys=["down", "down", "down", "down", "enter"]) as browser:
        assert browser.screen.transcript is not None
        assert browser.screen.transcript.briefing.kind == "document"
        assert not browser.screen.query_one(QuestionList).display
        await browser.press("right_square_bracket", "o", "1", "g", "tab")


async def test_a_long_transcript_opens_and_pages() -> None:
    async with browsing(store=FakeStore((long_transcript(200_000),)), keys=["enter", "space"]) as browser:
        await browser.press("4", "0", "g", "G", "b")
        assert standing(browser) == 40


async def test_from_answer_to_answer_speaker_to_speaker_and_heading_to_heading() -> None:
    async with browsing(keys=["enter"]) as browser:
        transcript = browser.screen.transcript
        assert transcript is not None

        async def walked(key: str) -> list[int]:
            """The turns on which a key comes to stand, until it finds no more."""
            turns = []
            while True:
                await browser.press(key)
                if browser.screen.notice:
                    return turns
                assert browser.reader.place is not None
                turns.append(browser.reader.place.turn)

        kinds = [turn.kind for turn in transcript.turns]
        answers = [nth for nth, kind in enumerate(kinds) if kind == "answer"]
        assert len(answers) > 2
        assert await walked("right_parenthesis") == answers
        assert await walked("left_parenthesis") == answers[-2::-1]
        await browser.press("home")
        headings = [nth for nth, kind in enumerate(kinds) if kind == "heading"]
        assert await walked("greater_than_sign") == headings[1:]
        await browser.press("home")
        voices = await walked("right_curly_bracket")
        spoken = [(transcript.turns[nth].speaker, transcript.turns[nth].label) for nth in voices]
        assert len(spoken) > 3
        assert all(one != other for one, other in pairwise(spoken))
        assert (await walked("left_curly_bracket"))[-1] <= voices[0]
