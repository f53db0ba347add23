"""HTML to lines of text with marks: whole pages, and HTML that stands in a text or Markdown file.

Block elements (WHATWG HTML, §15.3) begin and end lines, white space falls together as in a browser,
a table row is one line with tabs between its cells, and headings, list items, bold runs and page
furniture are marked. `<title>` and `<meta>` become fields. Time is linear in the source, depth costs
nothing: see `loader.read.tokens` for why it works on tokens and has no tree.
"""

from __future__ import annotations

import re
from collections import Counter

from loader.model import Mark
from loader.read.page import Page
from loader.read.tables import data_rows
from loader.read.tokens import Token, attributes, tokens

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
FURNITURE = frozenset({"nav", "aside", "header", "footer"})
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
    found = list(tokens(source))
    writer = _Writer(page, data_rows(found), _paired(found))
    for number, token in enumerate(found):
        writer.take(number, token)
    return writer.page.text, writer.page.marks, writer.fields


def _paired(found: list[Token]) -> frozenset[str]:
    """Blocks that are closed as often as opened: only within these a line end is white space."""
    balance: Counter[str] = Counter()
    for token in found:
        if token.name in BLOCKS and token.name not in _VOID:
            balance[token.name] += 1 if token.kind == "start" else -1
    return frozenset(name for name, open_ones in balance.items() if open_ones <= 0)


class _Writer:
    """Takes tokens in order, keeps count of what is open, writes the page."""

    def __init__(self, whole: bool, rows: set[int], paired: frozenset[str]) -> None:
        self.page = Page()
        self.fields: dict[str, str] = {}
        self.whole = whole
        self.rows = rows
        self.paired = paired
        self.depth: Counter[str] = Counter()
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

    def take(self, number: int, token: Token) -> None:
        if token.kind == "text":
            self.text(token)
        elif token.kind == "start":
            self.inline(token)
            if token.name in BLOCKS:
                self.start(token.name, number in self.rows)
        elif self.depth[token.name]:
            self.end(token.name)
        elif token.name in ("br", "p"):  # these two ends stand for elements of their own
            self.page.line()

    def text(self, token: Token) -> None:
        text = token.text
        if token.name == "title":
            self.field("title", text)
        elif self.row is None and (self.kept or not (self.whole or self.blocks)):
            self.page.lines(text.removeprefix("\n") if self.fresh_pre else text)
        else:
            self.page.flow(text)
        self.fresh_pre = False

    def inline(self, token: Token) -> None:
        """What any start tag does, before what only a block does."""
        name = token.name
        if name not in _VOID:
            self.depth[name] += 1
        if name in _BOLD or name in _STYLED:
            is_bold = name in _BOLD or bool(_BOLD_STYLE.search(token.text))
            self.runs.append((name, is_bold))
            if is_bold:
                self.bold = (self.bold[0], self.bold[1] + 1) if self.bold else (self.page.open(), 1)
        elif name == "br" and self.row is None:
            self.page.line()
        elif name == "br":
            self.page.flow(" ")
        elif name == "meta":
            said = attributes(token.text)
            key = next((said[kind] for kind in _META_NAMES if said.get(kind)), "").lower()
            if not _UNTOLD.search(key):
                self.field(key, said.get("content", ""))

    def start(self, name: str, is_row: bool) -> None:
        """What a block's start tag does to lines and marks."""
        self.blocks += name in self.paired
        self.kept += name in _KEPT
        self.fresh_pre = name in _KEPT
        if self.row is not None and name in ("td", "th"):
            if self.cells:
                self.page.cell()
            self.cells += 1
            return
        if name in _TABLES:
            self.end_row()
        self.block()
        if is_row:
            self.row, self.cells = self.page.open(), 0
        elif name in HEADINGS:
            self.heading = self.page.open()
        elif name == "li":
            self.end_item()
            self.items[-1] = self.page.open()
        elif name in _LISTS:
            self.items.append(None)
        elif name in FURNITURE and not self.furniture and self.is_furniture(name):
            self.furniture = (self.page.open(), name)

    def end(self, name: str) -> None:
        """What the end tag of an open element does."""
        self.depth[name] -= 1
        if name in _BOLD or name in _STYLED:
            self.end_run(name)
        if name not in BLOCKS:
            return
        self.blocks -= name in self.paired
        self.kept -= name in _KEPT
        if name in _TABLES:
            self.end_row()
        elif name in HEADINGS:
            self.page.close(self.heading, "heading", HEADINGS[name])
        elif name == "li":
            self.end_item()
        elif name in _LISTS:
            self.end_item()
            if len(self.items) > 1:
                self.items.pop()
        if self.furniture and name == self.furniture[1] and not self.depth[name]:
            self.page.close(self.furniture[0], "furniture")
            self.furniture = None
        if self.row is None or name not in ("td", "th"):
            self.block()

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

    def end_item(self) -> None:
        if (item := self.items[-1]) is not None:
            self.page.close(item, "item")
            self.items[-1] = None

    def block(self) -> None:
        if self.row is None:
            self.page.block()
        else:
            self.page.flow(" ")

    def is_furniture(self, name: str) -> bool:
        """A header or footer within a section belongs to the text (HTML-AAM, §3.5.1)."""
        return name in ("nav", "aside") or not any(self.depth[section] for section in _SECTIONS)

    def field(self, key: str, value: str) -> None:
        value = " ".join(value.split())
        if key and value:
            self.fields.setdefault(key, value)
