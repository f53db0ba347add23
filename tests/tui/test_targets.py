"""Commands act on what is marked where the focus is, and say on what: every command in every pane."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
from textual.screen import Screen
from textual.widgets import Input, Static

from tui.commands import by_context
from tui.quote import citation, exchange_quote, passage_quote, question_quote
from tui.screens.correction import CorrectionScreen
from tui.screens.main import MainScreen
from tui.screens.note import NoteScreen
from tui.screens.plain import PlainScreen
from tui.screens.source import SourceScreen
from tui.store.rows import BriefingRow, PassageRow, Transcript, TurnRow, reference
from tui.targets import MOVES, OF_THE_BROWSER, OF_THE_QUERY, TARGETS, Focus, Target
from tui.widgets.question_list import QuestionList
from tui.widgets.reader import Reader

from .browsing import Browser, NoCorrector, browsing
from .fake_store import FakeStore, build

FOCUSES: tuple[Focus, ...] = ("list", "hits", "reader", "questions")
KEYS = {one.id: one.keys[0] for one in by_context("app")}


def test_of_every_command_it_is_said_what_it_acts_on() -> None:
    said = [*TARGETS, *MOVES, *OF_THE_QUERY, *OF_THE_BROWSER]
    assert sorted(said) == sorted(KEYS)


def briefing(name: str, rank: int, day: int) -> Transcript:
    """A briefing of three questions, each with words of its own."""
    lines = [f"id={name}|place=某市|date=2022-03-{day:02}|outlet=某报", f"heading1||{name}的发布会"]
    for number in (1, 2, 3):
        lines.append(f"question|记者{number}/某报|{name}的第{number}问，核酸检测怎么办？")
        lines.append(f"answer|林有为/主任|{name}的第{number}答，照常进行。")
    return build("\n".join(lines), rank)


class Marked(NamedTuple):
    """What is marked where the focus is."""

    transcript: Transcript
    passage: PassageRow
    question: int | None
    target: Target | None = None
    """What of it the command acts on."""

    @property
    def briefing(self) -> BriefingRow:
        return self.transcript.briefing

    @property
    def named(self) -> str:
        """As dialogs name it."""
        return f"{self.briefing.id}  {self.briefing.title}"


class Scene:
    """Two briefings, one open in the reader at its first question, another marked in the list or the hits."""

    def __init__(self, browser: Browser, corrector: NoCorrector) -> None:
        self.browser, self.corrector = browser, corrector
        self.open, self.other = (browser.store.transcript(name) for name in ("open", "other"))

    async def focus(self, focus: Focus) -> Marked:
        """Mark something else than what is read; the briefing, the passage and the question marked."""
        browser = self.browser
        await browser.press("enter", "1", "g")
        if focus == "reader":
            await browser.press("right_parenthesis")
            return Marked(self.open, self.open.turns[2].passages[0], 1)
        if focus == "questions":
            browser.screen.pane = "questions"
            await browser.press("down")
            return Marked(self.open, self.open.turns[3].passages[0], 2)
        await browser.press("escape")
        if focus == "list":
            await browser.press("down")
            return Marked(self.other, self.other.turns[0].passages[0], None)
        await browser.press("slash", *"other的第3问", "escape")
        return Marked(self.other, self.other.turns[5].passages[0], 3)


@pytest.fixture
def store() -> FakeStore:
    """The one that is opened, and an older one."""
    return FakeStore((briefing("open", 9, 9), briefing("other", 8, 8)))


def _said(screen: Screen[object]) -> str:
    """All that a dialog says."""
    return " ".join(str(one.render()) for one in screen.query(Static))


Check = Callable[[Scene, Marked], Awaitable[None]]


async def corrects(scene: Scene, marked: Marked) -> None:
    dialog = scene.browser.app.screen
    assert isinstance(dialog, CorrectionScreen)
    assert marked.named in _said(dialog)
    dialog.query_one("#place", Input).value = "别市"
    await scene.browser.press("enter")
    assert scene.corrector.given == [(marked.briefing.id, {"place": "别市"})]


async def bookmarks(scene: Scene, marked: Marked) -> None:
    dialog = scene.browser.app.screen
    assert isinstance(dialog, NoteScreen)
    assert marked.named in _said(dialog)
    assert marked.passage.text[:12] in _said(dialog)
    await scene.browser.press("enter")
    (mark,) = scene.browser.state.bookmarks()
    assert (mark.briefing, mark.passage) == (marked.briefing.id, marked.passage.rowid)


async def exports(scene: Scene, marked: Marked) -> None:
    dialog = scene.browser.app.screen
    assert isinstance(dialog, NoteScreen)
    name = dialog.query_one(Input).value
    if marked.target == "hits":
        assert "other的第3问" in _said(dialog)
        return
    assert marked.named in _said(dialog)
    assert name == marked.briefing.id + (f"-q{marked.question}" if marked.question else "") + ".md"


async def copies(scene: Scene, marked: Marked) -> None:
    expected: dict[Target | None, str | None] = {
        "briefing": citation(marked.briefing, None),
        "passage": passage_quote(marked.transcript, marked.passage.rowid),
        "question": question_quote(marked.transcript, marked.question or 0),
    }
    assert scene.browser.app._clipboard == expected[marked.target]


async def copies_exchange(scene: Scene, marked: Marked) -> None:
    assert scene.browser.app._clipboard == exchange_quote(marked.transcript, marked.question or 0)


async def shows_source(scene: Scene, marked: Marked) -> None:
    dialog = scene.browser.app.screen
    assert isinstance(dialog, SourceScreen)
    assert marked.named in _said(dialog)
    assert dialog._at == marked.passage.at


async def shows_plain(scene: Scene, marked: Marked) -> None:
    dialog = scene.browser.app.screen
    assert isinstance(dialog, PlainScreen)
    assert marked.briefing.id in _said(dialog)
    reader = dialog.query_one(Reader)
    assert reader.transcript is not None
    assert reader.transcript.briefing == marked.briefing
    await scene.browser.press("escape")
    assert scene.browser.screen.transcript is not None
    assert scene.browser.screen.transcript.briefing.id == "open"


async def likes(scene: Scene, marked: Marked) -> None:
    assert scene.browser.screen.sought == f"like:{reference(marked.briefing.id, marked.passage.rowid)}"


async def finds(scene: Scene, marked: Marked) -> None:
    screen = scene.browser.screen
    assert screen.transcript is not None
    assert screen.transcript.briefing == marked.briefing
    assert screen.finding
    await scene.browser.type("第2答")
    assert scene.browser.reader.read_now == marked.transcript.turns[4].passages[0].rowid


async def reopens(scene: Scene, marked: Marked) -> None:
    screen = scene.browser.screen
    assert screen.transcript is not None
    assert screen.transcript.briefing == marked.briefing
    assert screen.pane == "reader"
    if marked.target == "passage":
        assert scene.browser.reader.read_now == marked.passage.rowid


async def says_there_is_no_other(scene: Scene, marked: Marked) -> None:
    assert scene.browser.screen.notice == "没有另一版"
    assert (scene.browser.screen.transcript or scene.open).briefing != marked.briefing or marked.question


CHECKS: dict[str, Check] = {
    "correct": corrects,
    "bookmark": bookmarks,
    "export": exports,
    "copy": copies,
    "copy_exchange": copies_exchange,
    "source": shows_source,
    "plain": shows_plain,
    "like": likes,
    "find": finds,
    "reopen": reopens,
    "other_print": says_there_is_no_other,
}


@pytest.mark.parametrize("focus", FOCUSES)
@pytest.mark.parametrize("command", TARGETS)
async def test_a_command_acts_on_what_is_marked_where_the_focus_is(
    command: str, focus: Focus, store: FakeStore
) -> None:
    corrector = NoCorrector()
    async with browsing((120, 30), store=store, corrector=corrector) as browser:
        scene = Scene(browser, corrector)
        marked = await scene.focus(focus)
        assert browser.screen.focus_of_keys == focus
        await browser.press(KEYS[command])
        marked = marked._replace(target=TARGETS[command].at(focus))
        if marked.target is None:
            assert "选中" in browser.screen.notice
            assert isinstance(browser.app.screen, MainScreen)
            assert browser.screen.transcript == scene.open
            return
        await CHECKS[command](scene, marked)


@pytest.mark.parametrize("focus", FOCUSES)
@pytest.mark.parametrize("command", sorted(MOVES))
async def test_moves_move_in_the_transcript_shown_whatever_is_marked(
    command: str, focus: Focus, store: FakeStore
) -> None:
    async with browsing((120, 30), store=store) as browser:
        scene = Scene(browser, NoCorrector())
        await scene.focus(focus)
        await browser.press(KEYS[command])
        assert isinstance(browser.app.screen, MainScreen)
        assert browser.screen.transcript is not None
        assert browser.screen.transcript.briefing.id == "open"


async def test_another_print_is_the_marked_briefing_s() -> None:
    heads = [briefing(name, rank, rank) for name, rank in (("open", 9), ("other", 8), ("again", 7))]
    heads[1] = replace(heads[1], briefing=heads[1].briefing._replace(versions=("again",)))
    heads[2] = replace(heads[2], briefing=heads[2].briefing._replace(same_as="other"))
    for focus, question in (("list", None), ("hits", 3)):
        async with browsing((120, 30), store=FakeStore(tuple(heads))) as browser:
            await Scene(browser, NoCorrector()).focus("list" if focus == "list" else "hits")
            await browser.press("equals_sign")
            assert browser.screen.transcript is not None
            assert browser.screen.transcript.briefing.id == "again"
            assert browser.screen.standing is not None
            assert browser.screen.standing.question == question


async def test_with_nothing_open_the_marked_briefing_is_acted_on(store: FakeStore, tmp_path: Path) -> None:
    async with browsing((120, 30), store=store, keys=["down", "e"]) as browser:
        assert isinstance(browser.app.screen, NoteScreen)
        browser.app.screen.query_one(Input).value = str(tmp_path / "x.md")
        await browser.press("enter")
        assert "# other" in (tmp_path / "x.md").read_text()
        assert browser.screen.transcript is None


async def test_of_an_empty_archive_nothing_is_marked() -> None:
    async with browsing(store=FakeStore(())) as browser:
        for command in TARGETS:
            await browser.press(KEYS[command])
            assert "选中" in browser.screen.notice
            assert isinstance(browser.app.screen, MainScreen)


async def test_a_hit_that_is_gone_is_not_confused_with_another_passage(store: FakeStore) -> None:
    async with browsing((120, 30), store=store) as browser:
        scene = Scene(browser, NoCorrector())
        marked = await scene.focus("hits")
        later = briefing("other", 8, 8)
        gone = [turn for turn in later.turns if turn.passages[0].text != marked.passage.text]
        renumbered = [
            _renumbered(turn, marked.transcript.turns[at].passages[0].rowid) for at, turn in enumerate(gone)
        ]
        store.load(replace(later, turns=tuple(renumbered)))
        for key in ("y", "B", "v", "L"):
            browser.app._clipboard = ""
            await browser.press(key)
            assert "other" in browser.screen.notice
            assert isinstance(browser.app.screen, MainScreen)
            assert browser.app._clipboard == ""
        assert browser.screen.query_one(QuestionList).marked == 1


def _renumbered(turn: TurnRow, rowid: int) -> TurnRow:
    return replace(turn, passages=(replace(turn.passages[0], rowid=rowid),))
