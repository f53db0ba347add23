"""The terminal's clipboard, by OSC 52: it reaches the user's own machine through SSH, tmux and screen.

In come text and the environment; out goes what to write to the terminal. Whether the terminal heeds it
nobody is told: xterm, kitty, WezTerm, foot, iTerm2 (after asking) and Windows Terminal do, GNOME's does not.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping

from tui.terminal.charset import STAND_IN, charset_of

LIMIT = 74_994
"""Bytes of text at most: their base64 and the frame stay below 100,000 bytes, where terminals stop."""
SCREEN = 700
"""Bytes in one of screen's device control strings, which hold 768."""
_ESC, _BEL, _ST = "\x1b", "\x07", "\x1b\\"


class TooLongError(ValueError):
    """More text than terminals take; `size` and `limit` in bytes."""

    def __init__(self, size: int, limit: int = LIMIT) -> None:
        super().__init__(f"{size} bytes, a terminal takes {limit}")
        self.size, self.limit = size, limit


def osc52(text: str, environ: Mapping[str, str]) -> str:
    """The control sequence that puts `text` on the clipboard; raises `TooLongError`.

    It holds bytes, of which a terminal takes the clipboard's text by its own character set.

    tmux heeds the bare sequence with `set-clipboard on` and hands the wrapped one on with
    `allow-passthrough on`: it gets both. screen hands on what is wrapped, in pieces.
    """
    raw = text.encode(charset_of(environ), STAND_IN)
    if len(raw) > LIMIT:
        raise TooLongError(len(raw))
    bare = f"{_ESC}]52;c;{base64.b64encode(raw).decode('ascii')}{_BEL}"
    if environ.get("TMUX"):
        doubled = bare.replace(_ESC, _ESC + _ESC)
        return f"{bare}{_ESC}Ptmux;{doubled}{_ST}"
    if environ.get("STY"):
        pieces = (bare[at : at + SCREEN] for at in range(0, len(bare), SCREEN))
        return "".join(f"{_ESC}P{piece}{_ST}" for piece in pieces)
    return bare
