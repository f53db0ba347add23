"""A bare Textual app of the widget kinds that the browser starts with, to set its start and typing beside.

    python -m bench.bare {lines,options,typing} FILE

FILE is JSON: a list of pairs of lines, which the list shows; they are read into memory before anything else
happens and nothing else is asked. `lines` lists them in a widget drawn line by line, as the browser's own
list is; `options` in Textual's `OptionList`, which measures every option before it shows the first. For
`typing`, FILE holds such a list for each query: an `OptionList` is filled with it whenever that is typed.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static


class Lines(ScrollView, can_focus=True):
    """Prepared lines, drawn as they are looked at."""

    DEFAULT_CSS = "Lines { scrollbar-size: 0 0; overflow-x: hidden; }"

    def __init__(self, lines: list[str]) -> None:
        super().__init__()
        self._lines = lines

    def on_mount(self) -> None:
        self.virtual_size = Size(80, len(self._lines))

    def render_line(self, y: int) -> Strip:
        width, line = self.size.width, y + self.scroll_offset.y
        text = self._lines[line] if line < len(self._lines) else ""
        return Strip([Segment(text, self.rich_style)]).adjust_cell_length(width, self.rich_style)


class Bare(App[None]):
    """A search row, a list, a text, a second list, a footer."""

    ENABLE_COMMAND_PALETTE = False
    CSS = """
    #search { height: 1; }
    #prompt { width: 3; }
    Input { width: 1fr; height: 1; border: none; padding: 0; }
    #tally { width: 20; }
    #left { width: 30; }
    #text { width: 1fr; }
    #second { display: none; width: 20; }
    #footer { height: 1; }
    """

    def __init__(self, kind: str, entries: list[tuple[str, str]]) -> None:
        super().__init__()
        self._kind, self._entries = kind, entries
        self.animation_level = "none"

    def compose(self) -> ComposeResult:
        with Horizontal(id="search"):
            yield Static(" / ", id="prompt")
            yield Input(placeholder="search")
            yield Static(f"{len(self._entries)}", id="tally")
        with Horizontal():
            with Vertical(id="left"):
                yield self.list_of(self._entries)
            yield Static("Enter open\n/ search\n? keys", id="text")
            with Vertical(id="second"):
                yield self.list_of([])
        yield Static("Enter open  / search", id="footer")

    def list_of(self, entries: list[tuple[str, str]]) -> Widget:
        """A list of the kind asked for."""
        if self._kind == "options":
            return OptionList(*(f"{first}\n{second}" for first, second in entries), markup=False)
        return Lines([line for entry in entries for line in entry])


class Typing(App[None]):
    """A search box over the hits of what is typed in it, which are in memory."""

    ENABLE_COMMAND_PALETTE = False
    CSS = """
    #search { height: 1; }
    #prompt { width: 3; }
    Input { width: 1fr; height: 1; border: none; padding: 0; }
    OptionList { height: 1fr; border: none; padding: 0; }
    #footer { height: 1; }
    """

    def __init__(self, hits: dict[str, list[tuple[str, str]]]) -> None:
        super().__init__()
        self._options = {query: ["\n".join(entry) for entry in entries] for query, entries in hits.items()}
        self.animation_level = "none"

    def compose(self) -> ComposeResult:
        with Horizontal(id="search"):
            yield Static(" / ", id="prompt")
            yield Input()
        yield OptionList(markup=False)
        yield Static("Enter open", id="footer")

    def on_mount(self) -> None:
        self.query_one(Input).cursor_blink = False

    def on_input_changed(self, event: Input.Changed) -> None:
        """Fill the list anew."""
        hits = self.query_one(OptionList)
        hits.clear_options()
        hits.add_options(self._options.get(event.value, []))


def main(arguments: list[str]) -> None:
    """Show it until it is ended."""
    kind, file = arguments
    held = json.loads(Path(file).read_text("utf-8"))
    app = Typing(held) if kind == "typing" else Bare(kind, held)
    app.run(mouse=False)


if __name__ == "__main__":
    main(sys.argv[1:])
