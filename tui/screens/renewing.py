"""The archive may be loaded into while it is read: the list follows, and what is being read stays.

In comes what the desk saw of the archive, every now and then; out go the list and a line of what is new.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from tui.commands import keys_of
from tui.language import _, counted
from tui.store.rows import BriefingRow, Transcript
from tui.widgets.standing import Goal

from . import answers
from .weighing import Weighing

if TYPE_CHECKING:
    from .news import News


class Renewing(Weighing):
    """Notices that the archive was written."""

    LOOK = 1.5
    """Seconds between two looks at the archive."""
    _line = ""
    """The last line said here."""
    _since: tuple[BriefingRow, ...] = ()
    """What was listed before that line."""
    _outdated: Transcript | None = None
    """The transcript of which it was said that the archive holds another text."""

    def follow_archive(self) -> None:
        """From now on look every now and then."""
        self.set_interval(self.LOOK, self.look)

    def look(self) -> None:
        """Look whether the archive was written since it was listed."""
        self._desk.look(self.transcript)

    @on(answers.Renewed)
    def take_news(self, message: answers.Renewed) -> None:
        """List what there is now; the mark, what is open and what is sought stay as they are.

        As long as the last line of news stands there, the next one counts from where it did.
        """
        from .news import news

        unread = bool(self.notice) and self.notice == self._line
        if not unread:
            self._since = self.rows
        self.take_rows(message.briefings)
        lines = [_in_words(news(self._since, message.briefings))]
        if not unread:
            lines.insert(0, self.notice)
        open_ = self.transcript
        if open_ is not None and open_.briefing.id == message.replaced:
            if unread or self._outdated is not open_:
                lines.append(_of_the_open_one(any(row.id == message.replaced for row in message.briefings)))
            self._outdated = open_
        self.notice = self._line = _("; ").join(line for line in lines if line)

    def action_reopen(self) -> None:
        """The briefing marked as the archive holds it by now, at the passage being read or marked."""
        subject = self.subject("reopen")
        if subject is None:
            return
        place = self.reader.place
        open_ = self.transcript
        if subject.hit is not None:
            from tui.selector import select_hit

            self._desk.open(subject.briefing.id, Goal(hit=subject.hit.rowid), select_hit(subject.hit))
        elif subject.shown is not None and self.focus_of_keys == "questions" and subject.place is not None:
            from tui.selector import select

            self._desk.open(subject.briefing.id, Goal(), select(subject.shown, subject.place))
        elif open_ is not None and open_.briefing.id == subject.briefing.id and place is not None:
            self._desk.reopen(open_, place, self.reader.match_read)
        else:
            self.jump()
            self.open_where_left(subject.briefing.id)


def _in_words(news: News) -> str:
    """`3 new briefings, 1 changed, 1 gone`; nothing where nothing did."""
    parts = (
        counted("{number} new briefing", "{number} new briefings", news.new) if news.new else "",
        _("{number} changed", number=news.changed) if news.changed else "",
        _("{number} gone", number=news.gone) if news.gone else "",
    )
    return _(", ").join(part for part in parts if part)


def _of_the_open_one(listed: bool) -> str:
    if not listed:
        return _("what is open left the archive; it stays open here")
    return _("what is open was loaded anew: {keys} opens the new text", keys=keys_of("reopen"))
