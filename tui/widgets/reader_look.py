"""How a transcript looks: the styles of what a reader paints, by name. No data comes in here."""

from __future__ import annotations

from typing import ClassVar

from rich.style import Style
from textual.widget import Widget


class ReaderLook(Widget):
    """The styles; a subclass paints with them."""

    DEFAULT_CSS = """
    ReaderLook {
        height: 1fr;
        & > .reader--text { color: $foreground; }
        & > .reader--question { color: $voice-question; text-style: bold; }
        & > .reader--answer { color: $voice-answer; text-style: bold; }
        & > .reader--speech { color: $voice-speech; text-style: bold; }
        & > .reader--host { color: $voice-host; text-style: bold; }
        & > .reader--name { color: $foreground; text-style: bold; }
        & > .reader--post { color: $quiet; }
        & > .reader--metadata { color: $quiet; }
        & > .reader--heading { color: $foreground; text-style: bold; }
        & > .reader--header { color: $foreground; text-style: bold; }
        & > .reader--rule { color: $rule; }
        & > .reader--gap { color: $lost; text-style: bold; }
        & > .reader--label { color: $match; text-style: bold reverse; }
        & > .reader--match { color: $match; background: $match-ground; text-style: underline; }
        & > .reader--current { color: $match; text-style: bold reverse; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"reader--{name}"
        for name in (
            *("text", "question", "answer", "speech", "host", "name", "post", "metadata", "heading"),
            *("header", "rule", "gap", "match", "current", "label"),
        )
    }
    ALLOW_SELECT = False

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"reader--{name}" if name else "reader--text")
