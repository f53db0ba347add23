"""How a transcript looks: the styles of what a reader paints, by name. No data comes in here."""

from __future__ import annotations

from typing import ClassVar

from .look import Look


class ReaderLook(Look):
    """The styles; a subclass paints with them."""

    DEFAULT_CSS = "ReaderLook { height: 1fr; }"
    LOOKS: ClassVar = {
        "": "",
        "text": "",
        "question": "voice-question bold",
        "answer": "voice-answer bold",
        "speech": "voice-speech bold",
        "host": "voice-host bold",
        "narrative": "",
        "table": "",
        "noise": "quiet",
        "repeat": "quiet",
        "name": "bold",
        "post": "quiet",
        "metadata": "quiet",
        "heading": "bold",
        "header": "bold",
        "rule": "rule",
        "gap": "lost bold",
        "match": "match on match-ground underline",
        "current": "match bold reverse",
        "label": "match bold reverse",
    }
    ALLOW_SELECT = False
