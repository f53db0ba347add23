"""What commands say, on a terminal or into a pipe: all of it goes through here, and nothing in it is obeyed.

What may come in: text from documents, from archives that somebody else made, names of files, what was typed.
Characters that a terminal would obey, or that nobody would see, are made visible (`loader.unseen`).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from loader.unseen import obeyed, visible, visible_lines
from tui.streams import write_message


def tell(line: str) -> None:
    """One line on standard output."""
    print(visible(line), flush=True)


def warn(line: str) -> None:
    """One line on standard error."""
    write_message(visible(line))


def remark(line: str) -> None:
    """One line of the program's own on standard error, beside what was asked for."""
    warn(f"briefings-tui: {line}")


def write(text: str) -> None:
    """Text of any number of lines on standard output, as it is."""
    sys.stdout.write(visible_lines(text))


def tell_json(value: object) -> None:
    """A value as one line of JSON on standard output."""
    print(as_json(value), flush=True)


def as_json(value: object, indent: int | None = None) -> str:
    """A value as JSON in which what would be obeyed or not seen is written as `\\u…`."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    if not obeyed(text):
        return text
    return "".join(json.dumps(char)[1:-1] if char != "\n" and obeyed(char) else char for char in text)


class Teller(Console):
    """Rich's console on standard output, as far as commands use it: styles are ours, text is only text."""

    def __init__(self, **options: Any) -> None:
        super().__init__(highlight=False, markup=False, emoji=False, **options)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """As Rich does, every text of it made visible."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else segment._replace(text=visible_lines(segment.text))
