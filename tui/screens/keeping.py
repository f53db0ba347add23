"""What the user takes along and comes back to: the clipboard, bookmarks, searches, the trail of jumps.

All of it in the personal state; the archive is never written.
"""

from __future__ import annotations

import re
from pathlib import Path

from textual import on

from tui.clipboard import TooLongError
from tui.state import Bookmark, Search
from tui.store.rows import PassageRow, Transcript
from tui.widgets import words
from tui.widgets.standing import Goal

from .desk import Desk
from .hunt import Hunt

WORDS = 40
"""Characters of a passage that stand for it in a bookmark or a notice."""


class Keeping(Hunt):
    """Copies, marks, remembers."""

    def action_copy(self) -> None:
        """The passage being read, with its citation."""
        transcript, passage = self.transcript, self._read_now()
        if transcript is not None and passage is not None:
            from tui.quote import passage_quote

            self._copy(passage_quote(transcript, passage.rowid), _words(passage))

    def action_copy_exchange(self) -> None:
        """The question being read with its answers, and the citation."""
        number = self.standing.question if self.standing else None
        if self.transcript is None:
            self.notice = "还没有打开记录"
        elif number is None:
            self.notice = "这里不在问答之中；y 复制这一段"
        else:
            from tui.quote import exchange_quote

            self._copy(exchange_quote(self.transcript, number), f"问 {number} 及答")

    def action_export(self) -> None:
        """The hits, the question being read with its answers, or the briefing, into a new file."""
        from tui.export import FORMS

        from .note import NoteScreen

        transcript, question = self.transcript, self.standing.question if self.standing else None
        what: Transcript | str
        if self.hunting and self.pane != "reader":
            what, question, name = self.sought.strip(), None, f"{_file_name(self.sought)}.csv"
            head = f"导出“{what}”的全部结果"
        elif transcript is None:
            self.notice = "还没有打开记录"
            return
        else:
            what, name = transcript, transcript.briefing.id + (f"-q{question}" if question else "") + ".md"
            head = f"导出问 {question} 及答" if question else "导出整份记录"

        def write(name: str | None) -> None:
            if name is None:
                return
            path = Path(name).expanduser()
            if path.suffix.removeprefix(".") not in FORMS:
                self.notice = "文件名要以 .md、.json 或 .csv 结尾"
            else:
                self._desk.export(what, question, path)

        self.app.push_screen(NoteScreen(head, name, "文件名：.md .json .csv"), write)

    @on(Desk.Exported)
    def say_written(self, message: Desk.Exported) -> None:
        """Where it lies."""
        self.notice = f"已写入 {message.path.absolute()}"

    def action_bookmark(self) -> None:
        """Bookmark the passage being read, or note on its bookmark."""
        from .note import NoteScreen

        transcript, passage = self.transcript, self._read_now()
        if transcript is None or passage is None:
            return
        briefing = transcript.briefing
        mark = Bookmark(
            briefing.id,
            passage.rowid,
            f"{words.date(briefing)} {words.session(briefing)}  {_words(passage)}".strip(),
            next((m.note for m in self._state.bookmarks() if m.passage == passage.rowid), ""),
        )

        def keep(note: str | None) -> None:
            if note is not None:
                self._state.bookmark(mark._replace(note=note))
                self.notice = self._state.note or "已加书签；' 打开书签"

        self.app.push_screen(NoteScreen(f"书签：{_words(passage)}", mark.note, "附注（可空）"), keep)

    def action_bookmarks(self) -> None:
        """All bookmarks, to open one."""
        from .shelf import Entry, Shelf, ShelfScreen

        state = self._state

        def entries() -> list[Entry[Bookmark]]:
            return [
                Entry(mark, mark.note or mark.words, mark.words if mark.note else mark.briefing, mark.note)
                for mark in state.bookmarks()
            ]

        def open_it(mark: Bookmark | None) -> None:
            if mark is not None:
                self.jump()
                self._desk.open(mark.briefing, Goal(passage=mark.passage))

        shelf = Shelf(
            "书签",
            "还没有书签。读正文时按 B，给眼前这一段加书签。",
            entries,
            lambda mark, note: state.bookmark(mark._replace(note=note)),
            "附注（可空）",
            lambda mark: state.unmark(mark.briefing, mark.passage),
        )
        self.app.push_screen(ShelfScreen(shelf), open_it)

    def action_searches(self) -> None:
        """Searches with a name, then the latest, to run one again."""
        from .shelf import Entry, Shelf, ShelfScreen

        state = self._state

        def entries() -> list[Entry[Search]]:
            return [
                Entry(one, one.name or one.query, one.query if one.name else "最近搜索", one.name or "")
                for one in state.searches()
            ]

        def run(one: Search | None) -> None:
            if one is not None:
                self.jump()
                self.search_for(one.query)

        shelf = Shelf(
            "搜索记录",
            "还没有搜索。按 / 搜索，打开过结果的搜索记在这里。",
            entries,
            lambda one, name: state.name_search(one.query, name),
            "名称（留空则不保留）",
            lambda one: state.forget_search(one.query),
        )
        self.app.push_screen(ShelfScreen(shelf), run)

    def action_jump_back(self) -> None:
        """To where the last jump began: place, query and pane."""
        self._go(self._trail.back(self.here()), "没有更早的位置")

    def action_jump_forward(self) -> None:
        """To where one was before going back."""
        self._go(self._trail.forward(self.here()), "没有更后的位置")

    def _read_now(self) -> PassageRow | None:
        """The passage being read: the match one stands on, else the one at the top of the view."""
        transcript, rowid = self.transcript, self.reader.read_now
        place = transcript.find(rowid) if transcript is not None and rowid is not None else None
        if transcript is None or place is None:
            self.notice = "还没有打开记录"
            return None
        return transcript.turns[place.turn].passages[place.passage]

    def _copy(self, text: str | None, what: str) -> None:
        """Send text to the terminal's clipboard, and say so honestly: no terminal confirms."""
        if text is None:
            return
        try:
            self.app.copy_to_clipboard(text)
        except TooLongError as error:
            self.notice = f"太长（{error.size:,} 字节，终端最多收 {error.limit:,}）：用 briefings-tui export"
            return
        self.notice = f"已送终端剪贴板 {len(text):,} 字：{what}"


def _file_name(query: str) -> str:
    """A query as a file's name: letters, digits and Han, at most 30 characters."""
    return re.sub(r"\W+", "-", query).strip("-")[:30] or "hits"


def _words(passage: PassageRow) -> str:
    """The first words of a passage."""
    text = " ".join(passage.text.split())
    return text[:WORDS] + ("…" if len(text) > WORDS else "")
