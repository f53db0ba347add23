"""The app: themes, palette and terminal modes around the main screen. Textual comes in here, not before.

A store and a state come in, open; whoever opened them closes them.
"""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
from collections.abc import Sequence
from functools import partial

# Before Textual is imported: several terminals lose what an input method commits under Kitty's protocol.
os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")

from typing import TYPE_CHECKING, Any, ClassVar

from rich.console import RenderableType
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App
from textual.binding import BindingsMap
from textual.driver import Driver
from textual.events import Event, Key, Paste
from textual.geometry import Offset
from textual.screen import Screen
from textual.widgets import Input

from tui import commands, keys, resting
from tui.clipboard import osc52
from tui.config import LAYOUTS, THEMES, Config
from tui.frames import Frames, Update
from tui.hangup import watch
from tui.language import _, counted
from tui.painted import Painted
from tui.placing import Placed
from tui.screens.archive_queries import Corrector
from tui.screens.main import Listing, MainScreen
from tui.state import State
from tui.store.protocol import Store
from tui.terminal.charset import WIDE, charset_of
from tui.terminal.window import drawn
from tui.terminal_colors import MANY, colors_of
from tui.theme import DARK, LIGHT, PLAIN, choose, derived
from tui.typeset import set_ambiguous
from tui.widgets.bindings import below_all
from tui.widgets.reader import Reader
from tui.widgets.search_box import put_in

if TYPE_CHECKING:
    from tui.idle import Idle

EDITING = frozenset(BindingsMap(Input.BINDINGS).key_to_bindings) - {"enter", "right"}
"""Keys that an input takes for itself: nothing that the store answers can matter to them, as it can to Enter,
and to → which takes the completion offered."""


class BriefingsApp(App[None]):
    """Browses `store`; opens at the briefing or question `start` names."""

    TITLE = "briefings-tui"
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+backslash"
    COMMANDS: ClassVar = set()
    ESCAPE_TO_MINIMIZE = False
    BINDINGS = below_all()

    CSS = """
    .-doubtful-2 {
        & #left.-beside { border-right: dashed $rule; }
        & #questions.-beside { border-left: dashed $rule; }
    }
    """
    """Where characters of ambiguous width take two cells, borders are made of others."""

    def __init__(
        self,
        store: Store,
        state: State,
        start: str | None = None,
        corrector: Corrector | None = None,
        config: Config | None = None,
        listed: Listing | None = None,
        colors: int = MANY,
        idle: float | None = None,
    ) -> None:
        config = config or Config()
        ambiguous = config.ambiguous or (2 if charset_of(os.environ) in WIDE else 1)
        set_ambiguous(ambiguous)
        Reader.MEASURE = 2 * config.measure
        self._painted = Painted()
        self._keys = keys.Keys(
            keys.App(
                hand_on=super().on_event,
                type_in=self._type_in,
                typing=lambda: isinstance(self.focused, Input),
                edits=lambda event: isinstance(event, Paste) or getattr(event, "key", "") in EDITING,
                moving=lambda: resting.moving(self),
                asked=lambda typed: self.main.depends(typed),
                waits=self._say_waiting,
                late=self._drop_late,
                lost=self._drop_lost,
                failed=self._handle_exception,
            )
        )
        self._frames = Frames(
            self,
            asked=lambda: self.main.asked,
            more=lambda: self._keys.waiting,
            behind=lambda: bool(getattr(self._driver, "behind", False)),
            write=self._write,
        )
        self._idle: Idle | None = None
        if idle is not None:
            from tui.idle import Idle

            self._idle = Idle(idle, self._warn_idle, self._leave_idle)
        self._said_before = ""
        """What the notice was before it said that keys wait."""
        self.heeds_signals = False
        """Whether SIGTERM and SIGHUP end it as `q` does, the terminal put back as it was."""
        self._colors = colors
        theme = choose(os.environ, colors)
        super().__init__(ansi_color=True if theme == PLAIN else None)
        self.animation_level = "none"
        for one in (DARK, LIGHT):
            self.register_theme(one)
        if config.theme is not None and theme != PLAIN:
            if config.theme not in self.available_themes:
                raise config.error("theme", f"there is no theme {config.theme!r}: {_names(self)}")
            theme = config.theme
        self._begin_in(theme)
        self.main = MainScreen(store, state, start, corrector)
        self.main.most = LAYOUTS[config.layout]
        self.main.listed = listed
        self.main.set_class(ambiguous == 2, "-doubtful-2")

    def _begin_in(self, theme: str) -> None:
        """Have a theme before anything runs: set as Textual sets it, all CSS would be parsed twice."""
        self.set_reactive(App.theme, theme)
        self.stylesheet.set_variables(self.get_css_variables())
        self.set_class(self.current_theme.dark, "-dark-mode", update=False)
        self.set_class(not self.current_theme.dark, "-light-mode", update=False)
        self._refresh_truecolor_filter(self.ansi_theme)

    async def on_event(self, event: Event) -> None:
        """Keys are handed on one by one, all else as Textual does."""
        if isinstance(event, Key | Paste) and not event.is_forwarded:
            self.take_input([event], 0)
        else:
            await super().on_event(event)

    def get_driver_class(self) -> type[Driver]:
        """Ours where Textual would take the one it is made of."""
        chosen = super().get_driver_class()
        if chosen.__name__ != "LinuxDriver":
            return chosen
        from tui.terminal.driver import TerminalDriver

        return TerminalDriver

    def take_input(self, inputs: Sequence[keys.Input], lost: int) -> None:
        """What was typed; `lost` characters of what was pasted had no room."""
        if self._idle is not None:
            self._idle.touch()
        self._keys.take(inputs)
        if lost:
            self.main.notice = _("too much was pasted: {number:,} characters were dropped", number=lost)

    def caught_up(self) -> None:
        """The terminal has taken all that was written."""
        self._frames.caught_up()

    def _type_in(self, text: str) -> None:
        """Have text put into the input that has the focus, as one change."""
        box = self.focused
        if isinstance(box, Input):
            box.call_later(put_in, box, text)

    def _say_waiting(self, waits: bool) -> None:
        """Say that keys wait, and when they do no more, what was said before."""
        line = _("keys wait for the archive …")
        if waits:
            self._said_before, self.main.notice = self.main.notice, line
        elif self.main.notice == line:
            self.main.notice = self._said_before

    def _drop_late(self, number: int) -> None:
        self.main.notice = counted(
            "no answer yet: {number} key typed ahead was dropped",
            "no answer yet: {number} keys typed ahead were dropped",
            number,
        )

    def _drop_lost(self, number: int) -> None:
        self.main.notice = counted(
            "too much at once: {number} key was dropped",
            "too much at once: {number} keys were dropped",
            number,
        )

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Have what Textual composed written with all else of its frame."""
        if isinstance(renderable, LayoutUpdate | ChopsUpdate):
            self._frames.hold(renderable)
        else:
            super()._display(screen, renderable)

    def _write(self, updates: Sequence[Update]) -> None:
        """Write a frame, every pane at its own place; nothing if neither a cell nor the cursor changed."""
        # a line may have scrolled since its caret was set; without one the cursor has no place to keep
        line = self.focused
        self.cursor_position = line.cursor_screen_offset if isinstance(line, Input) else Offset(0, 0)
        frame = Placed(updates, self._painted, (self.size.width, self.size.height))
        cursor = self.screen.outer_size.clamp_offset(self.cursor_position)
        if frame.render_segments(self.console) or cursor != self._previous_cursor_position:
            super()._display(self.screen, frame)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Colour names that Textual's own themes do not know."""
        return derived(self.current_theme)

    def _handle_exception(self, error: Exception) -> None:
        """Leave; `run` raises it when the terminal is as it was.

        Textual 8.2.8 would print it here with the values of all variables, which hold what is being read.
        """
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._close_messages_no_wait()

    def get_default_screen(self) -> MainScreen:
        """The one screen below all others."""
        return self.main

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is withheld in this session is not done, whoever asks."""
        return action not in commands.WITHHELD and super().check_action(action, parameters)

    def action_help(self) -> None:
        """All keys, and how to write a query."""
        from tui.screens.help import HelpScreen

        self.push_screen(HelpScreen())

    def action_palette(self) -> None:
        """Every command by name."""
        from tui.screens.palette import Palette

        self.push_screen(Palette())

    def action_theme(self) -> None:
        """Light or dark; the terminal's own colours stay where NO_COLOR asks for them."""
        if self._colors < MANY:
            self.main.notice = _("too few colours here: the terminal's own are used")
        elif self.no_color:
            self.main.notice = _("NO_COLOR is set: no colours")
        else:
            self.theme = LIGHT.name if self.theme == DARK.name else DARK.name

    def action_mouse(self) -> None:
        """Give the mouse to the browser, or back to the terminal's own selection.

        Textual decides once, at the start. This calls what its driver starts and stops with, both of
        which go by the driver's flag; tests/tui/test_terminal.py sees that the terminal is told.
        """
        driver = self._driver
        if driver is None or driver.is_headless or driver.is_web:
            return
        on = not driver._mouse
        driver._mouse = True
        (driver._enable_mouse_support if on else driver._disable_mouse_support)()  # type: ignore[attr-defined]
        driver._mouse = on
        self.main.notice = (
            _("the mouse is the browser's; m gives it back") if on else _("the mouse is the terminal's again")
        )

    def copy_to_clipboard(self, text: str) -> None:
        """Write `text` to the terminal's clipboard, also through tmux and screen; raises `TooLongError`."""
        sequence = osc52(text, os.environ)
        self._clipboard = text
        if self._driver is not None:
            self._driver.write(sequence)

    def _warn_idle(self, seconds: float) -> None:
        self.main.notice = _("no key for long: this ends in {seconds:.0f} s; any key stays", seconds=seconds)

    def _leave_idle(self, seconds: float) -> None:
        self.exit(message=_("left after {minutes:g} min without a key", minutes=seconds / 60))

    def on_mount(self) -> None:
        """From here on a signal finds an application that can leave in order, and come back."""
        self.app_resume_signal.subscribe(self, lambda _: self._come_back())
        if "suspend_process" in commands.WITHHELD:  # Textual's driver would stop the process
            signal.signal(signal.SIGTSTP, signal.SIG_IGN)
        if self._idle is not None:
            self._idle.start()
        if self.heeds_signals:
            loop = asyncio.get_running_loop()
            self.call_after_refresh(self._behind_the_first_frame)
            for number in (signal.SIGTERM, signal.SIGHUP):
                loop.add_signal_handler(number, partial(self.exit, return_code=128 + number))
            code = 128 + signal.SIGHUP
            leave = partial(self.exit, return_code=code)
            if sys.__stdin__ is not None:
                watch(sys.__stdin__.fileno(), partial(loop.call_soon_threadsafe, leave), code)

    def _come_back(self) -> None:
        """Textual has the terminal again, and with it its own handlers."""
        self._hear_of_sizes()
        self.action_redraw()

    def _hear_of_sizes(self) -> None:
        if self.heeds_signals:
            from tui.resizing import one_by_one

            one_by_one(asyncio.get_running_loop(), self.size)

    def _behind_the_first_frame(self) -> None:
        """Look for garbage from now on, but not at what is there by now, and keep failures off the screen."""
        from tui.log import keep_the_screen

        self._hear_of_sizes()
        self._say_what_is_drawn()
        keep_the_screen()
        gc.freeze()
        gc.enable()

    def on_resize(self) -> None:
        """The terminal may have dropped what it could not show for a moment, and be as large as before."""
        if self._painted.begun:
            self.action_redraw()
            self._say_what_is_drawn()

    def _say_what_is_drawn(self) -> None:
        """Say so where it is not all of the window."""
        columns, rows = getattr(self._driver, "window", self.size)
        if (columns, rows) != drawn(columns, rows):
            self.main.notice = _(
                "a window of {columns:,} by {rows:,} cells: drawn on are {width:,} by {height:,}",
                columns=columns,
                rows=rows,
                width=self.size.width,
                height=self.size.height,
            )

    def action_redraw(self) -> None:
        """Write the whole screen again: something else wrote to the terminal."""
        self._painted.forget()
        self.refresh()

    def action_suspend_process(self) -> None:
        """Give the terminal to the shell, if one is there to come back from: a job has a group of its own.

        Alone in a session, as under `ssh -t host briefings-tui`, nobody could wake what Textual stops.
        """
        if os.getpgrp() != os.getsid(0):
            super().action_suspend_process()

    def action_help_quit(self) -> None:
        """Ctrl-C copies in an input; elsewhere it tells how to leave."""
        self.main.notice = _("press q or Ctrl-Q to quit")

    def action_command_palette(self) -> None:
        """Textual's own way to the palette."""
        self.action_palette()


def _names(app: App[None]) -> str:
    """The themes there are, by the names a user may give."""
    return ", ".join([*THEMES, *(name for name in app.available_themes if name not in THEMES.values())])


def run(
    store: Store,
    state: State,
    start: str | None = None,
    corrector: Corrector | None = None,
    config: Config | None = None,
    listed: Listing | None = None,
    idle: float | None = None,
) -> int:
    """Browse until the user leaves, or has not pressed a key for `idle` seconds; the exit code.

    Without a `corrector` nothing can be put right.

    Raises `ConfigError` where the configuration names a theme that is none, and what failed in the browser.
    """
    colors = colors_of(os.environ)
    if not colors:  # Textual's way to write none; attributes stay
        os.environ["NO_COLOR"] = "1"
    app = BriefingsApp(store, state, start, corrector, config, listed, colors, idle)
    app.heeds_signals = True
    app.run(mouse=False)
    if app._exception is not None:
        raise app._exception
    return app.return_code or 0
