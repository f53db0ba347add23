"""A briefing that is corrected, edited or loaded anew: what is open, marked or kept stays on its passage."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pytest
from textual.widgets import Input, Static

from loader.archive.writer import Writer
from loader.load import load
from loader.read import find
from tui.browse import ArchiveCorrector
from tui.screens.correction import CorrectionScreen
from tui.screens.main import MainScreen
from tui.screens.shelf import ShelfScreen
from tui.state import State
from tui.store.archive import ArchiveStore, open_archive

from .browsing import Browser, NoCorrector, browsing
from .fake_store import FakeStore

HEAD = "新州市举行第3场新闻发布会\n\n2022年3月25日，新州市人民政府新闻办公室召开第3场新闻发布会。\n\n"
SAID = [
    f"主任周某：第{number}件事，{what}已经安排妥当，请大家放心。"
    for number, what in enumerate("粮油菜药水电气", 1)
]
ASKED = (
    "记者：孕产妇怎样就医，有没有绿色通道？\n\n"
    "周某：孕产妇就医走绿色通道，各家医院都有专人接待。\n\n谢谢大家。\n"
)
TEXT = HEAD + "\n\n".join([*SAID, ASKED])
OTHER = (
    "旧城市举行第1场新闻发布会\n\n2022年1月2日，旧城市召开第1场新闻发布会。\n\n"
    "主任吴某：孕产妇就医一切照常。\n"
)


class Archive:
    """A folder of two briefings, the archive of it, and the store over that."""

    def __init__(self, folder: Path) -> None:
        self.source, self.path = folder / "texts" / "new.txt", folder / "archive.db"
        self.source.parent.mkdir()
        self.source.write_text(TEXT, "utf-8")
        (folder / "texts" / "old.txt").write_text(OTHER, "utf-8")
        self.load()
        self.store: ArchiveStore = open_archive(self.path)
        self.id, self.other = (row.id for row in self.store.briefings())
        self.corrector = ArchiveCorrector(self.path)

    def load(self) -> None:
        with Writer(self.path) as writer:
            for _ in load(find([str(self.source.parent)]), writer):
                pass

    def put_in_front(self) -> None:
        """Ten paragraphs, before all that is said."""
        front = "\n\n".join(f"周某：先说第{number}点，各区的物资都很充足。" for number in range(1, 11))
        self.source.write_text(TEXT.replace(SAID[0], f"{front}\n\n{SAID[0]}"), "utf-8")
        self.load()

    def edit(self) -> None:
        """The passage itself, in a word."""
        self.put_in_front()
        text = self.source.read_text("utf-8")
        self.source.write_text(text.replace("各家医院都有专人接待", "各家医院均有专人接待"), "utf-8")
        self.load()

    def correct_date(self) -> None:
        self.corrector.correct(self.id, {"date": "2022-04-01", "place": "改名市"})

    def cut(self) -> None:
        """The passage, and what stood around it."""
        self.source.write_text(TEXT.replace(ASKED, ""), "utf-8")
        self.load()

    @property
    def as_fake(self) -> FakeStore:
        return cast(FakeStore, self.store)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """One of two briefings."""
    made = Archive(tmp_path)
    yield made
    made.store.close()


def read_now(browser: Browser) -> str:
    """The words of the passage being read."""
    transcript, rowid = browser.screen.transcript, browser.reader.read_now
    assert transcript is not None
    assert rowid is not None
    place = transcript.find(rowid)
    assert place is not None
    return transcript.turns[place.turn].passages[place.passage].text


async def look(browser: Browser) -> None:
    """As when the time has come to look at the archive."""
    browser.screen.look()
    await browser.settle()


CHANGES: list[Callable[[Archive], None]] = [
    Archive.correct_date,
    Archive.put_in_front,
    Archive.edit,
    lambda archive: (archive.put_in_front(), archive.correct_date())[0],
]
NAMES = ["another date", "ten paragraphs in front", "edited too", "in front, and another date"]
changes = pytest.mark.parametrize("change", CHANGES, ids=NAMES)


@changes
async def test_a_bookmark_opens_at_its_passage(archive: Archive, change: Callable[[Archive], None]) -> None:
    state = State(None)
    async with browsing(
        store=archive.as_fake, state=state, keys=["slash", *"走绿色通道", "escape", "B"]
    ) as browser:
        await browser.type("要引")
        await browser.press("enter")
        assert [mark.note for mark in state.bookmarks()] == ["要引"]
        change(archive)
        await look(browser)
        for _ in range(2):  # where it was found is kept: the second time it is found at once
            await browser.press("escape", "escape", "apostrophe", "enter")
            assert "走绿色通道" in read_now(browser)
            assert "最近的地方" not in browser.screen.notice
        (mark,) = state.bookmarks()
        assert (mark.passage, mark.note) == (browser.reader.read_now, "要引")
        await browser.press("B")
        assert browser.app.screen.query_one(Input).value == "要引"


@changes
async def test_reading_goes_on_at_its_passage(archive: Archive, change: Callable[[Archive], None]) -> None:
    state = State(None)
    async with browsing((60, 12), store=archive.as_fake, state=state, keys=["enter", "1", "g"]) as browser:
        await browser.press("down")
        assert browser.screen.standing is not None
        before = read_now(browser)
    change(archive)
    async with browsing((60, 12), store=archive.as_fake, state=state, keys=["enter"]) as browser:
        assert read_now(browser) == before
        assert "最近的地方" not in browser.screen.notice


async def test_where_a_passage_is_gone_that_is_said_and_the_bookmark_stays(archive: Archive) -> None:
    state = State(None)
    async with browsing(
        store=archive.as_fake, state=state, keys=["slash", *"走绿色通道", "escape", "B"]
    ) as browser:
        await browser.press("enter", "escape")
        archive.cut()
        await browser.press("apostrophe", "enter")
        assert "最近的地方" in browser.screen.notice
        assert len(state.bookmarks()) == 1
        archive.source.write_text(TEXT, "utf-8")
        archive.load()
        await browser.press("apostrophe", "enter")
        assert "走绿色通道" in read_now(browser)


async def test_where_a_briefing_is_gone_that_is_said_and_the_bookmark_stays(archive: Archive) -> None:
    state = State(None)
    async with browsing(store=archive.as_fake, state=state, keys=["B"]) as browser:
        await browser.press("enter")
        with Writer(archive.path) as writer:
            writer.forget(str(archive.source))
        await look(browser)
        await browser.press("apostrophe")
        assert isinstance(browser.app.screen, ShelfScreen)
        assert any(f"{archive.id} 不在档案里" in row for row in browser.text())
        await browser.press("enter")
        assert f"{archive.id} 不在档案里" in browser.screen.notice
        assert len(state.bookmarks()) == 1


@changes
async def test_a_hit_of_before_is_opened_at_its_passage(
    archive: Archive, change: Callable[[Archive], None]
) -> None:
    async with browsing(store=archive.as_fake, keys=["slash", *"绿色通道", "escape", "down"]) as browser:
        assert browser.hits.marked is not None
        wanted = browser.hits.marked.text
        change(archive)
        await browser.press("enter")
        edited = change is Archive.edit  # of a hit nobody knows what stands around it
        assert read_now(browser)[:12] == wanted[:12]
        assert ("最近的地方" in browser.screen.notice) == edited


@changes
async def test_the_way_back_leads_to_the_same_words(
    archive: Archive, change: Callable[[Archive], None]
) -> None:
    async with browsing((60, 12), store=archive.as_fake, keys=["enter", "1", "g"]) as browser:
        before = read_now(browser)
        await browser.press("escape", "end", "enter")
        assert browser.screen.transcript is not None
        assert browser.screen.transcript.briefing.id == archive.other
        change(archive)
        await browser.press("ctrl+o")
        assert read_now(browser) == before
        assert browser.screen.transcript.briefing == archive.store.open(archive.id).briefing
        assert not browser.screen.transcript.replaced


async def test_what_is_corrected_is_shown_at_once_wherever_it_stands(archive: Archive) -> None:
    async with browsing((120, 30), store=archive.as_fake, corrector=archive.corrector) as browser:
        await browser.press("slash", *"绿色通道", "down", "enter")
        before = read_now(browser)
        await browser.press("E")
        form = browser.app.screen
        assert isinstance(form, CorrectionScreen)
        for name, value in (("title", "改过的题目"), ("place", "改名市"), ("date", "2022-04-01")):
            form.query_one(f"#{name}", Input).value = value
        await browser.press("enter")
        screen = browser.screen
        assert archive.id in screen.notice
        assert "R" not in screen.notice
        row = next(row for row in screen.briefings or () if row.id == archive.id)
        assert (row.title, row.place, row.date) == ("改过的题目", "改名市", "2022-04-01")
        assert screen.transcript is not None
        assert screen.transcript.briefing == row
        assert screen.page is not None
        assert {hit.briefing for hit in screen.page.hits} == {row}
        assert read_now(browser) == before
        assert browser.hits.marked is not None
        assert browser.hits.marked.text == before
        assert browser.reader.read_now in browser.reader.matches
        assert any("改名市 › 2022-04-01" in line for line in browser.text())
        await browser.press("n")
        assert "走绿色通道" in read_now(browser) or "有没有绿色通道" in read_now(browser)
        await look(browser)
        assert "R" not in screen.notice


async def test_what_is_corrected_in_the_list_leaves_mark_and_reader_alone(archive: Archive) -> None:
    async with browsing(
        (120, 30), store=archive.as_fake, corrector=archive.corrector, keys=["enter", "escape"]
    ) as browser:
        transcript = browser.screen.transcript
        await browser.press("down", "E")
        browser.app.screen.query_one("#place", Input).value = "改名市"
        await browser.press("enter")
        assert browser.list.marked is not None
        assert (browser.list.marked.id, browser.list.marked.place) == (archive.other, "改名市")
        assert browser.screen.transcript is transcript
        assert browser.screen.pane == "list"


async def test_a_correction_is_shown_with_what_was_inferred_and_taken_back(archive: Archive) -> None:
    before = archive.store.briefings()[0]
    archive.correct_date()
    async with browsing((80, 24), store=archive.as_fake, corrector=archive.corrector, keys=["E"]) as browser:
        assert isinstance(browser.app.screen, CorrectionScreen)
        text = "\n".join(browser.text())
        assert f"推断为：{before.date}" in text
        assert f"推断为：{before.place}" in text
        assert text.count("Ctrl-R") == 2
        await browser.press("tab", "ctrl+r")  # the place
        assert browser.app.screen.query_one("#place", Input).value == before.place
        await browser.press("tab", "ctrl+r", "tab", "ctrl+r", "enter")  # nothing to take back in the organ
        assert isinstance(browser.app.screen, MainScreen)
        assert browser.screen.briefings is not None
        assert browser.screen.briefings[0] == before
    assert archive.corrector.inferred(archive.id) == {}


@pytest.mark.parametrize(
    ("typed", "given"),
    [("旧名市", None), ("", ""), ("新名市", "新名市")],
    ids=["inferred", "unknown", "another"],
)
async def test_what_is_typed_is_a_correction_unless_it_was_inferred(typed: str, given: str | None) -> None:
    corrector = NoCorrector(place="旧名市")
    async with browsing(corrector=corrector, keys=["E"]) as browser:
        browser.app.screen.query_one("#place", Input).value = typed
        await browser.press("enter")
    assert [values for _id, values in corrector.given] == [{"place": given}]


@pytest.mark.parametrize("date", ["2022-02-30", "0000-00-00", "2022-13-01", "明天"])
async def test_a_date_that_is_none_is_not_saved(date: str) -> None:
    corrector = NoCorrector()
    async with browsing(corrector=corrector, keys=["E"]) as browser:
        browser.app.screen.query_one("#date", Input).value = date
        await browser.press("enter")
        assert isinstance(browser.app.screen, CorrectionScreen)
        assert "日期不对" in str(browser.app.screen.query_one(".foot", Static).render())
        await browser.press("escape")
    assert corrector.given == []
