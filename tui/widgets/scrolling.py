"""The keys and the wheel that move through a transcript by rows: what they mean, not how it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events
from textual.message import Message

from .reader_look import ReaderLook
from .standing import Goal

if TYPE_CHECKING:  # what sets a transcript is imported when one is opened
    from .view import View


class Scrolling(ReaderLook):
    """Moves its view; a subclass has one."""

    OVERLAP = 1
    """Rows of the old page that a new page repeats."""
    WHEEL = 3
    """Rows that a notch of the mouse's wheel moves by."""

    @dataclass
    class Left(Message):
        """The user goes to the list."""

    @property
    def rows_in_view(self) -> int:
        """Rows that the view has room for, at least one."""
        raise NotImplementedError

    def _move(self, how: Callable[[View], None]) -> None:
        """Move the view, if there is one, and have what changed painted."""
        raise NotImplementedError

    def action_line_down(self) -> None:
        self._scroll(1)

    def action_line_up(self) -> None:
        self._scroll(-1)

    def action_page_down(self) -> None:
        self._scroll(max(1, self.rows_in_view - self.OVERLAP))

    def action_page_up(self) -> None:
        self._scroll(-max(1, self.rows_in_view - self.OVERLAP))

    def action_half_down(self) -> None:
        self._scroll(max(1, self.rows_in_view // 2))

    def action_half_up(self) -> None:
        self._scroll(-max(1, self.rows_in_view // 2))

    def action_top(self) -> None:
        self._move(lambda view: view.go(Goal()))

    def action_bottom(self) -> None:
        self._move(lambda view: view.to_end())

    def action_to_list(self) -> None:
        self.post_message(self.Left())

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self._scroll(self.WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self._scroll(-self.WHEEL)

    def _scroll(self, rows: int) -> None:
        self._move(lambda view: view.scroll(rows))
