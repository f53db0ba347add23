"""HTML to lines of text with marks: whole pages, and HTML that stands in a text or Markdown file.

Block elements (WHATWG HTML, §15.3) begin and end lines, white space falls together as in a browser,
a table row is one line with tabs between its cells, and headings, list items, bold runs and page
furniture are marked. `<title>` and `<meta>` become fields. Time is linear in the source, depth costs
nothing: see `loader.read.tokens` for why it works on tokens and has no tree.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from loader.model import Mark
from loader.read.page import Page
from loader.read.tables import data_rows
from loader.read.tokens import Tag, Token, attributes, tokens

HEADINGS = {f"h{level}": str(level) for level in range(1, 7)}
_BOLD = frozenset({"b", "strong"})
_STYLED = frozenset({"span", "font"})
"""Elements that are bold if their style says so."""
_VOID = frozenset("br hr img input link meta source wbr".split())
_TABLES = frozenset("table tbody thead tfoot tr".split())
_LISTS = frozenset({"ul", "ol", "menu", "dir"})
_SECTIONS = frozenset({"article", "main", "section"})
_KEPT = frozenset({"pre", "textarea", "listing", "xmp"})
_OTHER_BLOCKS = """
    address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav option p section summary td th"""
BLOCKS = _TABLES | _LISTS | _KEPT | frozenset(_OTHER_BLOCKS.split())
_OTHER_INLINE = """
    a abbr acronym bdi bdo big br button cite code data del dfn em font head i img input ins kbd label link
    map mark meta nobr noscript picture q rp rt ruby s samp select small source span strike sub sup time title
    tt u var wbr"""
INLINE = _BOLD | frozenset(_OTHER_INLINE.split())
FURNITURE = frozenset({"nav", "aside", "header", "footer", "figcaption"})
_META_NAMES = ("name", "property", "itemprop", "http-equiv")
_UNTOLD = re.compile(
    r"viewport|charset|generator|renderer|robots|referrer|theme-color|x-ua|content-type|refresh|cache|pragma"
    r"|expires|csrf|format-detection|verif|mobile|apple|msapplication|width|type$|app_id|image",
)
"""Names of `<meta>` that say nothing of the text."""
_BOLD_STYLE = re.compile(r"font-weight\s*+:\s*+(?:bold|[6-9]00)")


def render(source: str, *, page: bool) -> tuple[str, list[Mark], dict[str, str]]:
    """Text, marks (unsorted) and fields of a scrubbed source.

    `page`: all of it is HTML, so line ends are white space. Otherwise lines outside its block elements
    are lines, and blanks in them count.
    """
    if "<![CDATA[" in source:  # a feed's way to quote HTML; HTML itself would take it for a comment
        source = source.replace("<![CDATA[", "").replace("]]>", "")
    found = tokens(source)
    tags = Counter([token[:2] for token in found if type(token) is Tag])
    rows = data_rows(found) if ("start", "tr") in tags else set()
    paired = frozenset(name for name in BLOCKS - _VOID if tags["start", name] <= tags["end", name])
    writer = _Writer(page, rows, paired)
    writer.write(found)
    return writer.page.text, writer.page.marks, writer.fields


class _Writer:
    """Takes tokens in order, keeps count of what is open, writes the page."""

    def __init__(self, whole: bool, rows: set[int], paired: frozenset[str]) -> None:
        self.page = Page()
        self.fields: dict[str, str] = {}
        self.whole = whole
        self.rows = rows
        self.paired = paired
        """Blocks that are closed as often as opened: only within these a line end is white space."""
        self.depth: dict[str, int] = {}
        """How many of each element are open."""
        self.blocks = 0
        """How many blocks are open that will be closed."""
        self.runs: list[tuple[str, bool]] = []
        """The open elements that may be bold, and whether they are."""
        self.bold: tuple[int, int] | None = None
        """The open bold mark, and how many elements within one another it stands for."""
        self.heading = 0
        self.row: int | None = None
        self.cells = 0
        self.items: list[int | None] = [None]
        """The open item of each open list, innermost last."""
        self.furniture: tuple[int, str] | None = None
        self.kept = 0
        """How many elements are open in which line ends and blanks count."""
        self.fresh_pre = False

    def write(self, found: list[Token]) -> None:
        """Take each token; all that costs time is done here or in one call."""
        depth = self.depth
        for number, token in enumerate(found):
            if isinstance(token, str):
                if self.fresh_pre or not (self.whole or self.blocks) or self.kept:
                    self.text(token)
                else:
                    self.page.flow(token)
                continue
            kind, name, said = token
            if kind == "start":
                if name not in _VOID:
                    depth[name] = depth.get(name, 0) + 1
                if name in _STARTS:
                    _STARTS[name](self, name, said, number)
            elif kind == "held":
                self.held(name, said)
            elif depth.get(name):
                depth[name] -= 1
                if name in _ENDS:
                    _ENDS[name](self, name)
            elif name in ("br", "p"):  # these two ends stand for elements of their own
                self.page.line()

    def text(self, text: str) -> None:
        if self.row is None and (self.kept or not (self.whole or self.blocks)):
            self.page.lines(text.removeprefix("\n") if self.fresh_pre else text)
        else:
            self.page.flow(text)
        self.fresh_pre = False

    def held(self, name: str, text: str) -> None:
        if name == "title":
            self.field("title", text)
            self.fresh_pre = False
        else:
            self.text(text)

    def run(self, name: str, said: str, _number: int) -> None:
        is_bold = name in _BOLD or bool(_BOLD_STYLE.search(said))
        self.runs.append((name, is_bold))
        if is_bold:
            self.bold = (self.bold[0], self.bold[1] + 1) if self.bold else (self.page.open(), 1)

    def line(self, _name: str, _said: str, _number: int) -> None:
        if self.row is None:
            self.page.line()
        else:
            self.page.flow(" ")

    def meta(self, _name: str, said: str, _number: int) -> None:
        values = attributes(said)
        key = next((values[kind] for kind in _META_NAMES if values.get(kind)), "").lower()
        if not _UNTOLD.search(key):
            self.field(key, values.get("content", ""))

    def begin(self, name: str, _said: str, _number: int) -> None:
        """What any block's start tag does."""
        self.fresh_pre = False
        if name in self.paired:
            self.blocks += 1
        if self.row is None:
            self.page.block()
        else:
            self.page.flow(" ")

    def end(self, name: str) -> None:
        """What any block's end tag does."""
        if name in self.paired:
            self.blocks -= 1
        if self.row is None:
            self.page.block()
        else:
            self.page.flow(" ")

    def begin_kept(self, name: str, said: str, number: int) -> None:
        self.begin(name, said, number)
        self.kept += 1
        self.fresh_pre = True

    def end_kept(self, name: str) -> None:
        self.kept -= 1
        self.end(name)

    def begin_table(self, name: str, said: str, number: int) -> None:
        self.end_row()
        self.begin(name, said, number)
        if number in self.rows:
            self.row, self.cells = self.page.open(), 0

    def end_table(self, name: str) -> None:
        self.end_row()
        self.end(name)

    def begin_cell(self, name: str, said: str, number: int) -> None:
        if self.row is None:
            self.begin(name, said, number)
            return
        self.fresh_pre = False
        self.blocks += name in self.paired
        if self.cells:
            self.page.cell()
        self.cells += 1

    def end_cell(self, name: str) -> None:
        if self.row is None:
            self.end(name)
        else:
            self.blocks -= name in self.paired

    def begin_heading(self, name: str, said: str, number: int) -> None:
        self.begin(name, said, number)
        self.heading = self.page.open()

    def end_heading(self, name: str) -> None:
        self.page.close(self.heading, "heading", HEADINGS[name])
        self.end(name)

    def begin_item(self, name: str, said: str, number: int) -> None:
        self.begin(name, said, number)
        if self.items[-1] is not None:
            self.close_item()
        self.items[-1] = self.page.open()

    def end_item(self, name: str) -> None:
        self.close_item()
        self.end(name)

    def begin_list(self, name: str, said: str, number: int) -> None:
        self.begin(name, said, number)
        self.items.append(None)

    def end_list(self, name: str) -> None:
        self.close_item()
        if len(self.items) > 1:
            self.items.pop()
        self.end(name)

    def begin_furniture(self, name: str, said: str, number: int) -> None:
        self.begin(name, said, number)
        if not self.furniture and self.is_furniture(name):
            self.furniture = (self.page.open(), name)

    def end_furniture(self, name: str) -> None:
        if self.furniture and name == self.furniture[1] and not self.depth[name]:
            self.page.close(self.furniture[0], "furniture")
            self.furniture = None
        self.end(name)

    def end_run(self, name: str) -> None:
        """End the innermost bold or styled element of this name; those within it end with it."""
        while self.runs:
            innermost, is_bold = self.runs.pop()
            if is_bold and self.bold:
                mark, count = self.bold
                self.bold = (mark, count - 1) if count > 1 else None
                if count == 1:
                    self.page.close(mark, "bold")
            if innermost == name:
                return
            self.depth[innermost] -= 1

    def end_row(self) -> None:
        if self.row is not None:
            self.page.close(self.row, "row")
            self.row = None

    def close_item(self) -> None:
        if (item := self.items[-1]) is not None:
            self.page.close(item, "item")
            self.items[-1] = None

    def is_furniture(self, name: str) -> bool:
        """A header or footer within a section belongs to the text (HTML-AAM, §3.5.1)."""
        return name in ("nav", "aside", "figcaption") or not any(
            self.depth.get(section) for section in _SECTIONS
        )

    def field(self, key: str, value: str) -> None:
        value = " ".join(value.split())
        if key and value:
            self.fields.setdefault(key, value)


_PLAIN_BLOCKS = BLOCKS - _TABLES - _LISTS - _KEPT - FURNITURE - HEADINGS.keys() - {"li", "td", "th"}
_STARTS: dict[str, Callable[[_Writer, str, str, int], None]] = {
    "br": _Writer.line,
    "meta": _Writer.meta,
    "li": _Writer.begin_item,
    **dict.fromkeys(_BOLD | _STYLED, _Writer.run),
    **dict.fromkeys(_PLAIN_BLOCKS, _Writer.begin),
    **dict.fromkeys(_KEPT, _Writer.begin_kept),
    **dict.fromkeys(_TABLES, _Writer.begin_table),
    **dict.fromkeys(("td", "th"), _Writer.begin_cell),
    **dict.fromkeys(HEADINGS, _Writer.begin_heading),
    **dict.fromkeys(_LISTS, _Writer.begin_list),
    **dict.fromkeys(FURNITURE, _Writer.begin_furniture),
}
"""What a start tag does besides being counted: takes its name, its attributes as written, its number."""
_ENDS: dict[str, Callable[[_Writer, str], None]] = {
    "li": _Writer.end_item,
    **dict.fromkeys(_BOLD | _STYLED, _Writer.end_run),
    **dict.fromkeys(_PLAIN_BLOCKS, _Writer.end),
    **dict.fromkeys(_KEPT, _Writer.end_kept),
    **dict.fromkeys(_TABLES, _Writer.end_table),
    **dict.fromkeys(("td", "th"), _Writer.end_cell),
    **dict.fromkeys(HEADINGS, _Writer.end_heading),
    **dict.fromkeys(_LISTS, _Writer.end_list),
    **dict.fromkeys(FURNITURE, _Writer.end_furniture),
}
"""What the end tag of an open element does; the element is no longer counted as open."""
