"""What a decoded text is: plain lines, Markdown, HTML, or lines in which HTML stands.

Told by what it holds; its name is a hint and no more. Counts signs, so that one `<` or `#` in running
text changes nothing.
"""

from __future__ import annotations

import re
from typing import Literal

from loader.read.html import BLOCKS, INLINE
from loader.read.markdown import is_markdown

Format = Literal["text", "markdown", "html"]

_KNOWN = BLOCKS | INLINE | frozenset("script style template iframe svg object".split())
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b[^<>]{0,2000}>", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]{0,30})(?=[\s/>])[^<>]{0,20000}>")
_TAG_START = re.compile(r"<(?=/?([A-Za-z][^\s/<>]{0,30}))")
_REFERENCE = re.compile(
    r"&(?:nbsp|quot|amp|lt|gt|[lr][ds]quo|[mn]dash|hellip|middot|e[mn]sp|#\d{1,7}|#x[0-9a-f]{1,6});",
    re.IGNORECASE,
)
_ALONE = frozenset({"br", "p", "img", "hr", "div"})
"""Tags that mean HTML even without an end tag."""


def page_start(text: str) -> int:
    """Where a whole HTML page begins in a text, -1 where none does; lines may stand before it."""
    found = _PAGE.search(text)
    return found.start() if found else -1


def has_tags(text: str) -> bool:
    """Whether tags that HTML knows stand in a text: an end tag, or one that needs none."""
    names = ((found[1], found[2].lower()) for found in _TAG.finditer(text))
    return any(name in _ALONE or (slash and name in _KNOWN) for slash, name in names)


def has_references(text: str) -> bool:
    """Whether character references such as `&nbsp;` were left in a text."""
    return bool(_REFERENCE.search(text))


def literal_unknown(text: str) -> str:
    """The text with every `<` that begins no tag of HTML escaped: `<主持人>` and `<Reporter>` are text."""
    if {name.lower() for name in set(_TAG_START.findall(text))} <= _KNOWN:
        return text
    return _TAG_START.sub(lambda found: "<" if found[1].lower() in _KNOWN else "&lt;", text)


def format_of(text: str, suffix: str, *, front: bool) -> Format:
    """The format of a text, front matter taken off (`front` says whether there was any)."""
    if page_start(text) >= 0:
        return "html"
    if front or is_markdown(text, hinted=suffix in (".md", ".markdown")):
        return "markdown"
    if not has_tags(text):
        return "text"
    return "html" if suffix in (".html", ".htm") or text.lstrip().startswith("<") else "text"
