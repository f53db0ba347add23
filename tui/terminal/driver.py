"""Textual's driver with input and output of our own: any bytes may come in, nobody waits for a terminal.

Textual 8.2.8 decodes what comes as UTF-8 and ends at the first byte that is none; it keeps a paste without
bound, reads Esc and what was typed behind it as one key, makes a message of every letter, and writes into a
queue that stops the whole program once the terminal does not read.
"""

from __future__ import annotations

import codecs
import contextlib
import contextvars
import os
import re
import select
import time
from collections.abc import Callable, Sequence
from typing import Any, Protocol, TextIO, cast

from textual import constants, events
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.keys import Keys as Names
from textual.message import Message
from textual.messages import TerminalSupportsSynchronizedOutput

from tui import commands

from .charset import STAND_IN, charset_of
from .tokens import Token, Tokens
from .window import drawn
from .writer import Writer

Input = events.Event | str
"""A key, a paste, something of the mouse; or a run of text as it was typed."""
READ = 65_536
"""Bytes read at once."""
LOOK = 0.1
"""Seconds between two looks at whether to end."""
PATIENCE = 0.5
"""Seconds that leaving waits for a terminal to read."""
AFRESH = "\x18\x1b[?2026l\x1b[m"
"""Ends what a terminal that was cut off may be in the middle of: a sequence, a frame, a colour."""
_SYNC_KNOWN = tuple(f"\x1b[?2026;{setting}$y" for setting in "1234")


class Taker(Protocol):
    """The app, as far as the driver knows it."""

    def take_input(self, inputs: Sequence[Input], lost: int) -> None:
        """Take what was typed, in its order; `lost` characters of pastes had no room."""

    def caught_up(self) -> None:
        """The terminal has taken all that was written."""

    def _handle_exception(self, error: Exception) -> None:
        """Leave: something failed."""


class TerminalDriver(LinuxDriver):
    """Reads what the terminal sends in its character set, and writes in it."""

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        self._taker = cast(Taker, app)
        self._charset = charset_of(os.environ)
        self._writer = Writer(cast(TextIO, self._file).fileno(), lambda: self._soon(self._taker.caught_up))
        self._keys = XTermParser()
        """Of Textual's parser what it knows of keys and of the mouse, no more."""
        self._context = contextvars.copy_context()
        self.window = (0, 0)
        """Columns and rows of the window, also where it is larger than what is drawn."""
        self._size = self._size or self._get_terminal_size()  # or Textual asks the kernel by itself
        self._inputs: list[Input] = []
        """What was read and is not handed on yet."""

    @property
    def behind(self) -> bool:
        """Whether the terminal reads more slowly than is written."""
        return self._writer.behind

    def _get_terminal_size(self) -> tuple[int, int]:
        """Columns and rows that are drawn on."""
        self.window = super()._get_terminal_size()
        return drawn(*self.window)

    def write(self, data: str) -> None:
        """Have `data` written; what the terminal's character set lacks, by what is like it."""
        self._writer.put(data.encode(self._charset, STAND_IN))

    def start_application_mode(self) -> None:
        """As Textual does; what comes in is handed on in the context of the app."""
        self._context = contextvars.copy_context()
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def stop_application_mode(self) -> None:
        """As Textual does; where the terminal does not read, what it did not read is dropped."""
        if not self._writer.drained(PATIENCE):
            self._writer.drop()
            self.write(AFRESH)
        super().stop_application_mode()

    def close(self) -> None:
        """As Textual does; all is written, if the terminal reads."""
        super().close()
        self._writer.drained(PATIENCE)

    def _query_in_band_window_resize(self) -> None:
        """The kernel tells of sizes; nobody else is to, who may be typing."""

    def send_message(self, message: Message) -> None:
        """Keys and all that is between them go the one way, in their order."""
        if isinstance(message, events.InputEvent | events.Paste | events.AppFocus | events.AppBlur):
            self._inputs.append(message)
        else:
            super().send_message(message)

    def _soon(self, call: Callable[..., object], *arguments: object) -> None:
        """Have the app do something, from another thread."""
        with contextlib.suppress(RuntimeError):  # it has left
            self._loop.call_soon_threadsafe(call, *arguments, context=self._context.copy())

    def _run_input_thread(self) -> None:
        """A fault here ends the program as any other does."""
        try:
            self.run_input_thread()
        except Exception as error:
            self._soon(self._taker._handle_exception, error)

    def run_input_thread(self) -> None:
        """Read until told to end; where the terminal is gone, wait for that."""
        decode = codecs.getincrementaldecoder(self._charset)("replace").decode
        tokens = Tokens(alts(), constants.ESCAPE_DELAY)
        poll = select.poll()
        poll.register(self.fileno, select.POLLIN)
        heard = time.monotonic()
        lost = 0
        while not self.exit_event.is_set():
            waits = tokens.waits
            left = LOOK if waits is None else heard + waits - time.monotonic()
            if poll.poll(1000 * min(LOOK, max(0.0, left))):
                data = self._read()
                if data is None:
                    self.exit_event.wait()
                    return
                heard = time.monotonic()
                tokens.mouse = self._mouse
                found = tokens.feed(decode(data))
            elif waits is not None and time.monotonic() >= heard + waits:
                heard = time.monotonic()
                found = tokens.decide()
            else:
                continue
            for token in found:
                self._take(token)
            if self._inputs or tokens.lost > lost:
                self._soon(self._taker.take_input, self._inputs, tokens.lost - lost)
            self._inputs, lost = [], tokens.lost

    def _read(self) -> bytes | None:
        """What has come; `None` where nothing will come any more."""
        try:
            return os.read(self.fileno, READ) or None
        except BlockingIOError:
            return b""
        except OSError:
            return None

    def _take(self, token: Token) -> None:
        """Have the app take it; what only the driver has to know is kept here."""
        if token.kind == "text":
            self._inputs.append(token.text)
        elif token.kind == "paste":
            self.process_message(events.Paste(token.text))
        elif token.kind == "escape":
            self.process_message(events.Key("escape", token.text))
        elif token.text in _SYNC_KNOWN:
            self.process_message(TerminalSupportsSynchronizedOutput())
        elif token.text == "\x1b[I":
            self.process_message(events.AppFocus())
        elif token.text == "\x1b[O":
            self.process_message(events.AppBlur())
        else:
            named = list(self._keys._sequence_to_key_events(token.text, alt=token.kind == "alt"))
            mouse = None if named else self._keys.parse_mouse_code(token.text)
            for event in named if mouse is None else (mouse,):
                if not (isinstance(event, events.Key) and event.key == Names.Ignore):
                    self.process_message(event)


def alts() -> set[str]:
    """The characters that are keys of commands together with Alt."""
    keys = [key for command in commands.COMMANDS for key in command.keys]
    lower = {key[-1] for key in keys if re.fullmatch(r"alt\+.", key)}
    return lower | {key[-1].upper() for key in keys if re.fullmatch(r"alt\+shift\+.", key)}
