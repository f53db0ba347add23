"""HTML text into tokens: start tags, end tags, text, by the WHATWG tokenizer's rules.

Why none of the parsers at hand (measured on 2 cores, selectolax 1.0.2, lxml 6.1.3, Python 3.11):

- selectolax (lexbor, MIT) is fast on pages (10 MB in 0.6 s) but walks its stack of open elements for
  every tag: 100,000 nested `<div>` take 33 s, 500,000 times `<b>x</i>` minutes.
- lxml (libxml2, BSD) gives up at depth 2048 and drops the rest of the text without a word.
- html.parser is quadratic in unclosed comments and raises AssertionError at `<![`.

All three spend the time on a tree. Reading text needs none: lines, cells, bold and lists are known
from the tags in order. So this is the tokenizer alone (WHATWG HTML, §13.2.5): each pattern is
possessive and each search that failed once is not tried again, so the time is linear whatever comes;
one pattern finds the plain tags, and each way of writing a tag is taken apart once.
It differs from the standard where the standard loses text: a comment, a tag or a script that never
ends is text, not the end of the page.
Tests hold it against lexbor where that is at hand.
"""

from __future__ import annotations

import html
import re
from typing import Literal, NamedTuple

from loader.read.clean import scrub

DROPPED = frozenset("script style template iframe noembed noframes svg object".split())
"""Elements whose content is no text of the page."""
_RCDATA = frozenset({"title", "textarea"})
"""Elements in which a `<` is text."""

_RAW = DROPPED | _RCDATA

_NAME = re.compile(r"<(/?)([A-Za-z][^\s/>]*+)")
_REST_OF_TAG = re.compile(r"""((?>(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"']?+))*))>""")
_PLAIN_TAG = r"""/?+[A-Za-z][^\s/>]*+(?>(?:[^<>="']++|=\s*+(?:"[^"<]*+"|'[^'<]*+'|[^\s<>"']?+))*)>"""
_MARKUP = re.compile(rf"<(?:{_PLAIN_TAG}|(?=[A-Za-z/!?]))")
"""A whole tag where nothing about it is odd, and then `_REST_OF_TAG` agrees; else its `<` alone."""
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>]++)))?""")
_COMMENT_END = re.compile(r"--!?>")
_TAG_END = re.compile(">")
_HUGE_REFERENCE = re.compile(r"&#(?:[0-9]{8,}+|[xX][0-9a-fA-F]{7,}+);?+")


class Tag(NamedTuple):
    """A tag: its name in lower case, its attributes as written.

    Of kind `held` it is all that a `<title>` or `<textarea>` holds, which is text.
    """

    kind: Literal["start", "end", "held"]
    name: str
    text: str


Token = str | Tag
"""Text is a token as it is: a page is made of so many that an object for each costs a third of the time."""


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


def tokens(source: str) -> list[Token]:
    """The tokens of a page in order; neighbouring text tokens are possible, empty ones are not."""
    return _Tokenizer(source).run()


class _Tokenizer:
    def __init__(self, source: str) -> None:
        self.source = source
        self.out: list[Token] = []
        self.told = 0
        """How far the source is told."""
        self.absent: set[str] = set()
        """What was looked for up to the end and not found: no need to look again."""
        self.known: dict[str, Tag] = {}
        """The tags met so far, by how they are written: a page has few that differ."""

    def run(self) -> list[Token]:
        at: int | None = 0
        while at is not None:
            at = self.tell(at)
        self.say(len(self.source))
        return self.out

    def tell(self, at: int) -> int | None:
        """Go from tag to tag as far as all are plain; where to go on, or None when there is no more."""
        source, out, known, told = self.source, self.out, self.known, self.told
        for found in _MARKUP.finditer(source, at):
            start, end = found.span()
            if "tag" in self.absent or end == start + 1:
                tag, end = self.markup(start)
                if end == start:
                    continue  # it is text
                self.told = told
                return self.odd(tag, start, end)
            written = found[0]
            tag = known.get(written)
            if not tag:
                tag = _tag(written)
                if tag.kind == "start" and tag.name in _RAW:
                    self.told = told
                    return self.odd(tag, start, end)
                known[written] = tag
            if told < start:
                text = source[told:start]
                out.append(decoded(text) if "&" in text else text)
            out.append(tag)
            told = end
        self.told = told
        return None

    def odd(self, tag: Tag | None, start: int, end: int) -> int:
        """Tell a tag or a comment that `tell` is not made for, and what a raw element holds."""
        self.say(start)
        if tag:
            self.out.append(tag)
            if tag.kind == "start" and tag.name in _RAW:
                held, end = self.raw(tag.name, end)
                if held:
                    self.out.append(Tag("held", tag.name, held))
        self.told = end
        return end

    def say(self, end: int) -> None:
        """Tell the text up to here."""
        if self.told < end:
            text = self.source[self.told : end]
            self.out.append(decoded(text) if "&" in text else text)

    def markup(self, at: int) -> tuple[Tag | None, int]:
        """The tag at a `<` and where it ends; no tag for a comment, `at` itself where it is text."""
        source = self.source
        if name := _NAME.match(source, at):
            if "tag" in self.absent:
                return None, at
            rest = _REST_OF_TAG.match(source, name.end())
            if not rest:
                self.absent.add("tag")
                return None, at
            return Tag("end" if name[1] else "start", name[2].lower(), rest[1]), rest.end()
        if source.startswith("<!--", at):
            for empty in ("<!-->", "<!--->"):
                if source.startswith(empty, at):
                    return None, at + len(empty)
            return None, self.find(_COMMENT_END, at + 4) or at
        if source.startswith(("<!", "<?", "</"), at):
            return None, self.find(_TAG_END, at + 2) or at
        return None, at

    def raw(self, name: str, at: int) -> tuple[str, int]:
        """What such an element holds (nothing if it is to be dropped) and where to go on."""
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


def _tag(written: str) -> Tag:
    """The tag that `_PLAIN_TAG` matched."""
    name = _NAME.match(written)
    assert name
    return Tag("end" if name[1] else "start", name[2].lower(), written[name.end() : -1])
