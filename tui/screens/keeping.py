"""What the user takes along and comes back to: the clipboard, bookmarks, searches, the trail of jumps.

All of it in the personal state; the archive is never written.
"""

from __future__ import annotations

import re
from pathlib import Path

from textual import on

from tui.clipboard import TooLongError
from tui.language import _, told
from tui.state import Bookmark, Search
from tui.store.protocol import StoreError
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
            self.notice = _("no briefing is open")
        elif number is None:
            self.notice = _("no question here; y copies the passage")
        else:
            from tui.quote import exchange_quote

            what = _("question {number} and its answers", number=number)
            self._copy(exchange_quote(self.transcript, number), what)

    def action_export(self) -> None:
        """The hits, the question being read with its answers, or the briefing, into a new file."""
        from tui.export import FORMS

        from .note import NoteScreen

        transcript, question = self.transcript, self.standing.question if self.standing else None
        what: Transcript | str
        if self.hunting and self.pane != "reader":
            what, question, name = self.sought.strip(), None, f"{_file_name(self.sought)}.csv"
            head = _("Export all hits of “{query}”", query=what)
        elif transcript is None:
            self.notice = _("no briefing is open")
            return
        else:
            what, name = transcript, transcript.briefing.id + (f"-q{question}" if question else "") + ".md"
            head = (
                _("Export question {number} and its answers", number=question)
                if question
                else _("Export the whole briefing")
            )

        def write(name: str | None) -> None:
            if name is None:
                return
            path = Path(name).expanduser()
            if path.suffix.removeprefix(".") not in FORMS:
                self.notice = _("the name must end in .md, .json or .csv")
            else:
                self._desk.export(what, question, path)

        self.app.push_screen(NoteScreen(head, name, _("file name: .md .json .csv")), write)

    @on(Desk.Exported)
    def say_written(self, message: Desk.Exported) -> None:
        """Where it lies."""
        self.notice = _("written to {path}", path=message.path.absolute())

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
                self.notice = self._state.news() or _("bookmarked; ' shows all bookmarks")

        self.app.push_screen(
            NoteScreen(_("Bookmark: {words}", words=_words(passage)), mark.note, _("note (may be empty)")),
            keep,
        )

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
            _("Bookmarks"),
            _("No bookmarks yet. B in a transcript bookmarks the passage being read."),
            entries,
            lambda mark, note: state.bookmark(mark._replace(note=note)),
            _("note (may be empty)"),
            lambda mark: state.unmark(mark.briefing, mark.passage),
        )
        self.app.push_screen(ShelfScreen(shelf), open_it)

    def action_searches(self) -> None:
        """Searches with a name, then the latest, to run one again."""
        from .shelf import Entry, Shelf, ShelfScreen

        state = self._state

        def entries() -> list[Entry[Search]]:
            return [
                Entry(one, one.name or one.query, one.query if one.name else _("recent"), one.name or "")
                for one in state.searches()
            ]

        def run(one: Search | None) -> None:
            if one is not None:
                self.jump()
                self.search_for(one.query)

        shelf = Shelf(
            _("Searches"),
            _("No searches yet. / searches; a search of which a hit was opened is kept here."),
            entries,
            lambda one, name: state.name_search(one.query, name),
            _("name (empty: not kept)"),
            lambda one: state.forget_search(one.query),
        )
        self.app.push_screen(ShelfScreen(shelf), run)

    def action_jump_back(self) -> None:
        """To where the last jump began: place, query and pane."""
        self._go(self._trail.back(self.here()), _("nowhere further back"))

    def action_jump_forward(self) -> None:
        """To where one was before going back."""
        self._go(self._trail.forward(self.here()), _("nowhere further on"))

    def _read_now(self) -> PassageRow | None:
        """The passage being read: the match one stands on, else the one at the top of the view."""
        transcript, rowid = self.transcript, self.reader.read_now
        try:
            place = transcript.find(rowid) if transcript is not None and rowid is not None else None
        except StoreError as error:
            self.notice = told(error)
            return None
        if transcript is None or place is None:
            self.notice = _("no briefing is open")
            return None
        return transcript.turns[place.turn].passages[place.passage]

    def _copy(self, text: str | None, what: str) -> None:
        """Send text to the terminal's clipboard, and say so honestly: no terminal confirms."""
        if text is None:
            return
        try:
            self.app.copy_to_clipboard(text)
        except TooLongError as error:
            self.notice = _(
                "too long ({size:,} bytes, a terminal takes {limit:,}): use briefings-tui export",
                size=error.size,
                limit=error.limit,
            )
            return
        self.notice = _(
            "{characters:,} characters sent to the terminal's clipboard: {what}",
            characters=len(text),
            what=what,
        )


def _file_name(query: str) -> str:
    """A query as a file's name: letters, digits and Han, at most 30 characters."""
    return re.sub(r"\W+", "-", query).strip("-")[:30] or "hits"


def _words(passage: PassageRow) -> str:
    """The first words of a passage."""
    text = " ".join(passage.text.split())
    return text[:WORDS] + ("…" if len(text) > WORDS else "")
