"""Whether all that an event set off is done: every message handled, every screen there, all laid out.

Textual 8.2.8 hands messages from queue to queue, each with a task of its own; asked is each of these tasks,
not a clock. What a thread is asked for (the store) is not told here: whoever asked knows.
"""

from __future__ import annotations

from typing import Any

from textual._queue import Queue
from textual.app import App
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen


def moving(app: App[Any]) -> bool:
    """Whether something is under way; what waits to be laid out is laid out, which may set off more."""
    if messages(app) or not app.screen_stack:
        return True
    top = app.screen_stack[-1]
    if not top.is_mounted:
        return True
    if unplaced(top):
        lay_out(top)
        return True
    return False


def messages(app: App[Any]) -> bool:
    """Whether a message waits to be handled, or is being handled."""
    return at_work(app) or any(
        at_work(widget) for screen in app.screen_stack for widget in screen.walk_children(with_self=True)
    )


def at_work(pump: MessagePump) -> bool:
    """Whether it has messages, handles one, or begins to: its task does not wait for the next."""
    if pump._closed or pump._closing:
        return False
    if not pump._running:
        return pump._task is not None and not pump._task.done()
    queue: Queue[Message | None] = pump._message_queue
    return not queue.empty() or not queue.ready_event._waiters


def unplaced(screen: Screen[Any]) -> bool:
    """Whether something of it waits to be laid out, or for that."""
    return bool(
        screen._layout_required or screen._scroll_required or screen._recompose_required or screen._callbacks
    )


def unpainted(screen: Screen[Any]) -> bool:
    """Whether something of it waits to be painted."""
    return bool(screen._repaint_required or screen._dirty_widgets)


def lay_out(screen: Screen[Any]) -> None:
    """Do at once what the screen's own timer does up to 17 ms later."""
    with screen._context():
        screen._on_timer_update()
