"""Markdown to HTML source, line by line: every line stays a line, and what is no Markdown stays as it is.

`loader.read.html` then makes text and marks of it, so HTML within Markdown needs no rule of its own.
Why not markdown-it-py (MIT, 0.13 s to import): CommonMark's flanking rule (§6.2) leaves the stars in
`**记者：**请问`, the commonest label there is; indented text becomes code, an unclosed reference vanishes,
`1.` is renumbered. Here the marks are taken off and nothing else happens: a link leaves its text, an
image its description, numbers of ordered lists stay text. Each pattern is bounded or possessive, so the
time is linear. Takes scrubbed text without its front matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t\u3000]++(.*)$")
_CLOSING_HASHES = re.compile(r"(?<=[ \t])#++$")
_UNDERLINE = re.compile(r"^ {0,3}(?:={3,}+|-{3,}+)[ \t]*+$")
_RULE = re.compile(r"^ {0,3}(?>(?:\*[ \t]*+){3,}|(?:-[ \t]*+){3,}|(?:_[ \t]*+){3,})$")
_ITEM = re.compile(r"^([ \t]*+)[-*+][ \t]++(?=\S)")
_QUOTE = re.compile(r"^ {0,3}(?:> ?)+")
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)")
_DELIMITERS = re.compile(r"^[ \t]*+\|?+[ \t]*+:?-++:?[ \t]*+(?>(?:\|[ \t]*+:?-++:?[ \t]*+)*)\|?+[ \t]*+$")
_SIGNS = frozenset("#=-*+_")
"""What a line begins with that may be a heading, an underline, a rule or an item."""
_CELL_BORDER = re.compile(r"(?<!\\)\|")
_HARD_BREAK = re.compile(r"\\$", re.MULTILINE)  # the other kind is blanks at line ends, which all go

_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_TARGET = r"[^()\s]{0,4000}(?:\([^()\n]{0,1000}\)[^()\s]{0,1000})?"
_IMAGE = re.compile(rf"!\[([^\[\]]{{0,1000}})\]\({_TARGET}(?:\s[^()\n]{{0,1000}})?\)")
_LINK = re.compile(
    r"\[([^\[\]]{0,1000})\]"
    r"\((?=[^()\s]{0,200}[/#.:?])"  # an address, not `[安峰山](笑)`
    rf"{_TARGET}(?:\s[\"'][^\"\n]{{0,1000}}[\"'])?\)"
)
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,2000})>")
_STARS = re.compile(r"\*\*(?=[^\s*])((?>(?:[^*]++|\*(?!\*))+))(?<=\S)\*\*")
_SCORES = re.compile(r"(?<!\w)__(?=[^\s_])((?>(?:[^_]++|_(?!_))+))(?<=\S)__(?!\w)")
_EMPHASIS = re.compile(r"(?<![*\w\\])\*(?=[^\s*])([^*\n]{1,2000})(?<=[^\s*\\])\*(?![*\w])")

_TITLE = re.compile(r"# +\S")
_ANY_ITEM = re.compile(r"^ {0,8}[-*+] +\S", re.MULTILINE)
_EVIDENCE = (
    (re.compile(r"^#{1,6} +\S.*\n", re.MULTILINE), 2),
    (re.compile(r"(\*\*|__)(?=[^\s*_])(?:[^*_\n]|\n(?!\n)){1,200}(?<=\S)\1"), 2),
    (re.compile(r"(?<!\\)\[[^\[\]\n]{1,300}\]\((?:https?:|/|#|\./|mailto:)[^()\s]{0,2000}"), 1),
    (re.compile(r"^\|?(?>(?:[ \t]*+:?-{3,}+:?[ \t]*+\|){1,40})[ \t]*+(?::?-{3,}+:?)?[ \t]*+$", re.M), 1),
    (re.compile(r"^\S.*\n(?:={3,}|-{3,})[ \t]*$", re.MULTILINE), 2),
    (re.compile(r"^> ?\S", re.MULTILINE), 3),
)
"""What Markdown looks like, and how often it takes to be no accident in a plain text."""


def is_markdown(text: str, *, hinted: bool) -> bool:
    """Whether a text was written as Markdown; `hinted`: its name says so, then one sign of it is enough."""
    for pattern, enough in _EVIDENCE:
        wanted = 1 if hinted else enough
        if sum(1 for _ in islice(pattern.finditer(text), wanted)) == wanted:
            return True
    first = text.lstrip("\n").partition("\n")[0]
    return bool(_TITLE.match(first)) or (hinted and bool(_ANY_ITEM.search(text)))


def to_html(text: str) -> str:
    """Markdown as HTML source in which line ends count (`render(…, page=False)`)."""
    return "\n".join(source for run in _runs(text.split("\n")) for source in run)


def literal(text: str) -> str:
    """Text as HTML source."""
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _runs(lines: list[str]) -> Iterator[Iterable[str]]:
    """The source of each run of lines without a blank one; within a fence lines are as they are."""
    run: list[str] = []
    fenced = False
    for line in lines:
        fence = ("```" in line or "~~~" in line) and bool(_FENCE.match(line))
        fenced ^= fence
        if fence or fenced or not line or line.isspace():
            if run:
                yield _block(run)
            yield [literal(line) if fence or fenced else ""]
            run = []
        else:
            run.append(line)
    if run:
        yield _block(run)


def _block(lines: list[str]) -> Iterator[str]:
    """One run of lines as source: its tables, and what stands between them."""
    at = 0
    barred = [number for number, line in enumerate(lines) if "|" in line]
    for number in (below + 1 for below in barred):
        if number <= at or number == len(lines) or not _is_delimiter(lines[number]):
            continue
        if at < number - 1:
            yield _inline(_lines(lines[at : number - 1]))
        end = number + 1
        while end < len(lines) and "|" in lines[end]:
            end += 1
        yield _table([lines[number - 1], *lines[number + 1 : end]])
        at = end
    if at < len(lines):
        yield _inline(_lines(lines[at:]))


def _is_delimiter(line: str) -> bool:
    return "|" in line and bool(_DELIMITERS.match(line))


def _lines(lines: list[str]) -> str:
    out: list[str] = []
    for number, line in enumerate(lines):
        sign = line.lstrip(" \t")[:1]
        if sign == ">":
            line = _QUOTE.sub("", line)
            sign = line.lstrip(" \t")[:1]
        if sign not in _SIGNS:
            out.append(line)
        elif heading := _HEADING.match(line):
            level = len(heading[1])
            title = _CLOSING_HASHES.sub("", heading[2].rstrip()).rstrip()
            out.append(f"<h{level}>{title}</h{level}>")
        elif number == 1 and _UNDERLINE.match(line) and out[0][:2] != "<h":
            level = 1 if sign == "=" else 2
            out[0] = f"<h{level}>{out[0].strip()}</h{level}>"
        elif _RULE.match(line):
            out.append("")
        elif item := _ITEM.match(line):
            out.append(f"{item[1]}<li>{line[item.end() :]}</li>")
        else:
            out.append(line)
    return "\n".join(out)


def _table(rows: list[str]) -> str:
    cells = (_CELL_BORDER.split(row.strip().removeprefix("|").removesuffix("|")) for row in rows)
    lines = ("".join(f"<td>{_inline(cell.strip())}</td>" for cell in row) for row in cells)
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


def _inline(text: str) -> str:
    """Emphasis, links, images and escapes of one run of lines."""
    if "\\" in text:
        text = _HARD_BREAK.sub("", text)
        text = _ESCAPE.sub(lambda found: f"&#{ord(found[1])};", text)
    if "](" in text or "://" in text or "mailto:" in text:
        text = _AUTOLINK.sub(r"\1", text)
        text = _IMAGE.sub(r"\1", text)
        text = _LINK.sub(r"\1", text)
    if "*" in text or "_" in text:
        text = _SCORES.sub(r"<b>\1</b>", _STARS.sub(r"<b>\1</b>", text))
        text = _EMPHASIS.sub(r"\1", text)
    return text
