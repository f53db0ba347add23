"""Text that looks like markup, control sequences or nothing at all stays text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tui.store.rows import Transcript

from .browsing import browsing
from .fake_store import FakeStore, build

HOSTILE = "[red]不[/red] [/] [link=x]\x1b]52;c;aGk=\x07 [@click=app.quit]点[/] \\[ \u202e倒"


def hostile() -> Transcript:
    """A transcript whose every text is hostile."""
    sound = build(
        "id=bad-1|place=甲|date=2022-01-01|ordinal=1\nheading1||题\nspeech|乙/丙|文\n"
        "question|丁/戊|问\nanswer|己/庚|答\ntable||一\t二",
        1,
    )
    turns = tuple(
        replace(
            turn,
            speaker=turn.speaker._replace(name=HOSTILE, post=HOSTILE) if turn.speaker else None,
            label=HOSTILE,
            passages=tuple(replace(one, text=HOSTILE, gaps=(0, 3, len(HOSTILE))) for one in turn.passages),
        )
        for turn in sound.turns
    )
    questions = tuple(
        one._replace(outlet=HOSTILE, asker=HOSTILE, answerers=(HOSTILE,), text=HOSTILE)
        for one in sound.questions
    )
    briefing = sound.briefing._replace(title=HOSTILE, place=HOSTILE, outlet=HOSTILE)
    return replace(sound, briefing=briefing, turns=turns, questions=questions)


@pytest.mark.parametrize("size", [(120, 40), (40, 12)])
async def test_hostile_text_is_shown_as_it_is_and_obeyed_nowhere(size: tuple[int, int]) -> None:
    async with browsing(size, store=FakeStore((hostile(),))) as browser:
        await browser.press("enter", "pagedown", "o", "escape")
        await browser.type("/[red]不")
        assert any("[red]" in line for line in browser.text()[1:])
        await browser.press("down", "enter", "n", "N", "question_mark", "escape", "escape", "escape")
        assert not any(
            "\x1b" in segment.text or "\x07" in segment.text
            for strip in browser.app.screen._compositor.render_strips()
            for segment in strip
        )


async def test_a_transcript_without_any_passage_opens_empty() -> None:
    bare = replace(hostile(), turns=(), questions=())
    async with browsing((80, 24), store=FakeStore((bare,))) as browser:
        await browser.press("enter", "pagedown", "G", "right_square_bracket", "n", "1", "g", "escape", "q")
