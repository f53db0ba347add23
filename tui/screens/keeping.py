"""What the user takes along and comes back to: the clipboard, bookmarks, searches, the trail of jumps.

All of it in the personal state; the archive is never written.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on

from tui.clipboard import TooLongError
from tui.language import _
from tui.state import Bookmark, Search
from tui.store.rows import Hit, PassageRow, Place, Transcript
from tui.widgets import words
from tui.widgets.standing import Goal

from . import answers
from .hunt import Hunt
from .subject import Subject, passage_at

if TYPE_CHECKING:
    from tui.selector import Located

WORDS = 40
"""Characters of a passage that stand for it in a bookmark or a notice."""


class Keeping(Hunt):
    """Copies, marks, remembers."""

    def action_copy(self) -> None:
        """The passage or the question marked, with its citation; of a briefing its citation alone."""
        from tui.quote import citation, hit_quote, passage_quote, question_quote

        subject = self.subject("copy")
        if subject is None:
            return
        if subject.target == "briefing":
            self._copy(citation(subject.briefing, None), subject.briefing.title)
            return
        if subject.hit is not None and subject.hit.at is not None:
            self._copy(hit_quote(subject.hit), _words(subject.hit))
            return
        number = subject.question

        def copy(transcript: Transcript, place: Place | None) -> None:
            passage = passage_at(transcript, place)
            if subject.target == "question" and number is not None:
                what = _("question {number}", number=number)
                self._copy(question_quote(transcript, number), what)
            elif passage is not None:
                self._copy(passage_quote(transcript, passage.rowid), _words(passage))

        self.with_text(subject, copy)

    def action_copy_exchange(self) -> None:
        """The question marked or being read with its answers, and the citation."""
        subject = self.subject("copy_exchange")
        if subject is None:
            return

        def copy(transcript: Transcript, place: Place | None) -> None:
            from tui.quote import exchange_quote

            number = _question_of(transcript, subject, place)
            if number is None:
                self.notice = _("no question here; y copies the passage")
            else:
                what = _("question {number} and its answers", number=number)
                self._copy(exchange_quote(transcript, number), what)

        self.with_text(subject, copy)

    def action_export(self) -> None:
        """All hits, the question marked or being read with its answers, or the briefing, into a new file."""
        subject = self.subject("export")
        if subject is None:
            return
        if subject.target == "hits":
            query = self.sought.strip()
            head = _("Export all hits of “{query}”", query=query)
            self._ask_for_file(query, None, head, f"{_file_name(query)}.csv")
            return

        def ask(transcript: Transcript, _place: Place | None) -> None:
            number = subject.question
            head = (
                _("Export question {number} and its answers", number=number)
                if number
                else _("Export the whole briefing")
            )
            name = transcript.briefing.id + (f"-q{number}" if number else "") + ".md"
            self._ask_for_file(transcript, number, head, name)

        self.with_text(subject, ask)

    def _ask_for_file(self, what: Transcript | str, question: int | None, head: str, name: str) -> None:
        """Ask for a file's name, and write what is to be exported there."""
        from tui.export import FORMS

        from .note import NoteScreen

        def write(name: str | None) -> None:
            if name is None:
                return
            path = Path(name).expanduser()
            if path.suffix.removeprefix(".") not in FORMS:
                self.notice = _("the name must end in .md, .json or .csv")
            else:
                self._desk.export(what, question, path)

        record = words.record(what.briefing) if isinstance(what, Transcript) else ""
        self.app.push_screen(NoteScreen(head, name, _("file name: .md .json .csv"), record), write)

    @on(answers.Exported)
    def say_written(self, message: answers.Exported) -> None:
        """Where it lies."""
        self.notice = _("written to {path}", path=message.path.absolute())

    def action_bookmark(self) -> None:
        """Bookmark the passage marked or being read, or note on its bookmark."""
        subject = self.subject("bookmark")
        if subject is not None:
            self.with_text(subject, self._bookmark)

    def _bookmark(self, transcript: Transcript, place: Place | None) -> None:
        from tui.selector import same, select

        from .note import NoteScreen

        place = place or transcript.first
        if place is None:
            self.notice = _("there is no passage in {id}", id=transcript.briefing.id)
            return
        briefing, selector = transcript.briefing, select(transcript, place)
        passage = transcript.turns[place.turn].passages[place.passage]
        title = f"{words.date(briefing)} {words.session(briefing)}  {_words(passage)}".strip()
        kept = (one for one in self._state.bookmarks() if one.briefing == briefing.id)
        mark = next(
            (one for one in kept if one.selector is not None and same(one.selector, selector)),
            Bookmark(briefing.id, passage.rowid, title, "", selector),
        )

        def keep(note: str | None) -> None:
            if note is not None:
                self._state.bookmark(mark._replace(note=note))
                self.notice = self._state.news() or _("bookmarked; ' shows all bookmarks")

        self.app.push_screen(
            NoteScreen(
                _("Bookmark: {words}", words=_words(passage)),
                mark.note,
                _("note (may be empty)"),
                words.record(briefing),
            ),
            keep,
        )

    def action_bookmarks(self) -> None:
        """All bookmarks, to open one."""
        from .shelf import Entry, Shelf, ShelfScreen

        state = self._state

        listed = {row.id for row in self.rows}

        def entries() -> list[Entry[Bookmark]]:
            out = []
            for mark in state.bookmarks():
                below = mark.words if mark.note else mark.briefing
                if mark.briefing not in listed:
                    below = _("{id} is not in the archive; the bookmark stays", id=mark.briefing)
                out.append(Entry(mark, mark.note or mark.words, below, mark.note))
            return out

        def open_it(mark: Bookmark | None) -> None:
            if mark is not None:
                self._open_bookmark(mark)

        shelf = Shelf(
            _("Bookmarks"),
            _("No bookmarks yet. B in a transcript bookmarks the passage being read."),
            entries,
            lambda mark, note: state.bookmark(mark._replace(note=note)),
            _("note (may be empty)"),
            lambda mark: state.unmark(mark.briefing, mark.passage),
        )
        self.app.push_screen(ShelfScreen(shelf), open_it)

    def _open_bookmark(self, mark: Bookmark) -> None:
        """Open the passage of a bookmark wherever it is by now, and remember that."""

        def show(transcript: Transcript, found: Located | None) -> None:
            rowid, sure = (found.rowid, found.sure) if found is not None else (mark.passage, True)
            self.jump()
            self.take_transcript(answers.Opened(transcript, Goal(passage=rowid), sure))
            place = transcript.find(rowid) if sure and rowid is not None else None
            if place is not None:
                from tui.selector import select

                selector = select(transcript, place)
                if selector != mark.selector:
                    self._state.moved(mark, selector)

        gone = _("{id} is not in the archive; the bookmark stays", id=mark.briefing)
        self._desk.fetch(mark.briefing, mark.selector, show, gone)

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


def _question_of(transcript: Transcript, subject: Subject, place: Place | None) -> int | None:
    """The number of the question marked; of a hit by where it is in the text, whose numbers may be new."""
    if subject.hit is None or subject.hit.at is not None:
        return subject.question
    return transcript.turns[place.turn].question if place is not None else None


def _words(passage: PassageRow | Hit) -> str:
    """The first words of a passage."""
    text = " ".join(passage.text.split())
    return text[:WORDS] + ("…" if len(text) > WORDS else "")
