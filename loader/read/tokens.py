"""HTML text into tokens: start tags, end tags, text, by the WHATWG tokenizer's rules.

Why none of the parsers at hand (measured on 2 cores, selectolax 1.0.2, lxml 6.1.3, Python 3.11):

- selectolax (lexbor, MIT) is fast on pages (10 MB in 0.6 s) but walks its stack of open elements for
  every tag: 100,000 nested `<div>` take 33 s, 500,000 times `<b>x</i>` minutes.
- lxml (libxml2, BSD) gives up at depth 2048 and drops the rest of the text without a word.
- html.parser is quadratic in unclosed comments and raises AssertionError at `<![`.

All three spend the time on a tree. Reading text needs none: lines, cells, bold and lists are known
from the tags in order. So this is the tokenizer alone (WHATWG HTML, §13.2.5): each pattern is
possessive and each search that failed once is not tried again, so the time is linear whatever comes.
It differs from the standard where the standard loses text: a comment, a tag or a script that never
ends is text, not the end of the page.
Tests hold it against lexbor where that is at hand.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from loader.read.clean import scrub

DROPPED = frozenset("script style template iframe noembed noframes svg object".split())
"""Elements whose content is no text of the page."""
_RCDATA = frozenset({"title", "textarea"})
"""Elements in which a `<` is text."""

_NAME = re.compile(r"<(/?)([A-Za-z][^\s/>]*+)")
_REST_OF_TAG = re.compile(r"""((?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"']?+))*+)>""")
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>]++)))?+""")
_COMMENT_END = re.compile(r"--!?>")
_TAG_END = re.compile(">")
_HUGE_REFERENCE = re.compile(r"&#(?:[0-9]{8,}+|[xX][0-9a-fA-F]{7,}+);?+")


class Token(NamedTuple):
    """One token: for tags `name` is in lower case and `text` their attributes as written.

    Text has the name `title` or `textarea` where it is all of what such an element holds.
    """

    kind: Literal["text", "start", "end"]
    name: str
    text: str


def attributes(text: str) -> dict[str, str]:
    """The attributes of a start tag, names in lower case, references decoded; the first of a name counts."""
    out: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(text):
        out.setdefault(name.lower(), decoded(double or single or bare))
    return out


def decoded(text: str) -> str:
    """Text with its character references decoded, and scrubbed of what they stood for."""
    if "&" not in text:
        return text
    return scrub(html.unescape(_HUGE_REFERENCE.sub("\ufffd", text)))  # int() refuses 5,000 digits


def tokens(source: str) -> Iterator[Token]:
    """The tokens of a page in order; neighbouring text tokens are possible, empty ones are not."""
    return _Tokenizer(source).run()


class _Tokenizer:
    def __init__(self, source: str) -> None:
        self.source = source
        self.absent: set[str] = set()
        """What was looked for up to the end and not found: no need to look again."""

    def run(self) -> Iterator[Token]:
        source, at, told = self.source, 0, 0
        while (at := source.find("<", at)) >= 0:
            token, end = self.markup(at)
            if end == at:
                at += 1
                continue
            if told < at:
                yield Token("text", "", decoded(source[told:at]))
            if token:
                yield token
                if token.kind == "start":
                    inner, end = self.raw(token.name, end)
                    if inner:
                        yield Token("text", token.name, inner)
            at = told = end
        if told < len(source):
            yield Token("text", "", decoded(source[told:]))

    def markup(self, at: int) -> tuple[Token | None, int]:
        """The tag at a `<` and where it ends; no token for a comment, `at` itself where it is text."""
        source = self.source
        if name := _NAME.match(source, at):
            if "tag" in self.absent:
                return None, at
            rest = _REST_OF_TAG.match(source, name.end())
            if not rest:
                self.absent.add("tag")
                return None, at
            return Token("end" if name[1] else "start", name[2].lower(), rest[1]), rest.end()
        if source.startswith("<!--", at):
            for empty in ("<!-->", "<!--->"):
                if source.startswith(empty, at):
                    return None, at + len(empty)
            return None, self.find(_COMMENT_END, at + 4) or at
        if source.startswith(("<!", "<?", "</"), at):
            return None, self.find(_TAG_END, at + 2) or at
        return None, at

    def raw(self, name: str, at: int) -> tuple[str, int]:
        """What an element without markup inside holds (nothing if it is to be dropped) and where to go on."""
        if name not in DROPPED and name not in _RCDATA:
            return "", at
        close = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
        if close.pattern in self.absent or not (found := close.search(self.source, at)):
            self.absent.add(close.pattern)
            return "", at
        return ("" if name in DROPPED else decoded(self.source[at : found.start()])), found.start()

    def find(self, pattern: re.Pattern[str], at: int) -> int | None:
        """Where the next match ends."""
        if pattern.pattern not in self.absent and (found := pattern.search(self.source, at)):
            return found.end()
        self.absent.add(pattern.pattern)
        return None
