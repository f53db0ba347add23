"""The archive may be loaded into while it is read: the list follows, and what is being read stays.

In comes what the desk saw of the archive, every now and then; out go the list and a line of what is new.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from tui.commands import keys_of
from tui.language import _, counted
from tui.store.rows import BriefingRow, Transcript

from .desk import Desk
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

    @on(Desk.Renewed)
    def take_news(self, message: Desk.Renewed) -> None:
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
        """The briefing that is open as the archive holds it by now, at the passage being read."""
        place = self.reader.place
        if self.transcript is None or place is None:
            self.notice = _("no briefing is open")
        else:
            self._desk.reopen(self.transcript, place)


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
