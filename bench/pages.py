"""A made-up briefing as a page: the formats, labels and furniture that the loader meets.

What comes in is a `Script`: lines of turns with who says them. A page is text, Markdown, HTML or a record in
JSON; it writes its labels in one way throughout and stands amid the site's own words.
"""

from __future__ import annotations

import html
import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache


@dataclass(frozen=True)
class Person:
    """Somebody on the panel."""

    name: str
    post: str


@dataclass(frozen=True)
class Turn:
    """What one voice says until the next begins; its label where it has one, as people write it."""

    label: str
    paragraphs: list[str]


@dataclass(frozen=True)
class Script:
    """A whole briefing."""

    title: str
    day: date
    place: str
    outlet: str
    lead: list[str]
    host: Person
    panel: list[Person]
    turns: list[Turn]
    questions: int

    @property
    def passages(self) -> int:
        """How many paragraphs a reader would count, the title with them."""
        return 1 + len(self.lead) + sum(len(turn.paragraphs) for turn in self.turns)


_BEFORE = (
    "首页 > 新闻中心 > 正文",
    "首页 > 政务公开 > 新闻发布",
    "浏览：{n}",
    "分享到：微信 微博",
    "字号：大 中 小",
)
_AFTER = (
    "责任编辑：{name}",
    "扫一扫，在手机上打开当前页",
    "打印本页 关闭窗口",
    "版权所有 {outlet}",
    "网站备案号：鲁ICP备{n:08}号-1",
)
_SUFFIXES = (".txt",) * 11 + (".md",) * 3 + (".html",) * 5 + (".json",)
_TRADITIONAL = 0.02
"""How many pages are in Traditional characters."""


def printed(script: Script, dice: random.Random, editor: str) -> tuple[str, bytes]:
    """The suffix of the file's name, and the page."""
    suffix = dice.choice(_SUFFIXES)
    values = {"n": dice.randrange(100, 99999), "name": editor, "outlet": script.outlet}
    before = [line.format(**values) for line in dice.sample(_BEFORE, dice.randrange(3))]
    if dice.random() < 0.6:
        posted = script.day + timedelta(days=1)
        before.append(f"来源：{script.outlet}　{posted} {dice.randrange(7, 22):02}:{dice.randrange(60):02}")
    after = [line.format(**values) for line in dice.sample(_AFTER, dice.randrange(4))]
    text = _FORMATS[suffix](script, before, after, dice)
    if dice.random() < _TRADITIONAL:
        text = _traditional()(text)
    return suffix, text.encode()


def _text(script: Script, before: list[str], after: list[str], dice: random.Random) -> str:
    body = _labelled(script, *dice.choice((("", "："), ("", ":"), ("【", "】"), ("", "：\n"), ("[", "]："))))
    indent = dice.choice(("", "", "　　"))
    lines = [
        *before[:-1],
        script.title,
        *before[-1:],
        *(indent + line for line in (*script.lead, *body)),
        *after,
    ]
    return dice.choice(("\n", "\n\n")).join(lines) + "\n"


def _markdown(script: Script, before: list[str], after: list[str], dice: random.Random) -> str:
    body = _labelled(script, *dice.choice((("**", "：**"), ("**", "**："), ("### ", "\n\n"))))
    front = f"---\ntitle: '{script.title}'\ndate: {script.day}\n---\n\n" if dice.random() < 0.5 else ""
    return front + "\n\n".join([f"# {script.title}", *before[-1:], *script.lead, *body, *after]) + "\n"


def _page(script: Script, before: list[str], after: list[str], dice: random.Random) -> str:
    tag = dice.choice(("strong", "b", ""))
    marks = (f"<{tag}>", f"：</{tag}>") if tag else ("", "：")
    body = _labelled(script, *marks, escape=True)
    told = "\n".join(f"<p>{line}</p>" for line in (*map(html.escape, script.lead), *body))
    links = "".join(f'<li><a href="/{n}.html">{line}</a></li>' for n, line in enumerate(before))
    return (
        f'<!DOCTYPE html>\n<html lang="zh"><head><meta charset="utf-8"><title>{script.title}_{script.outlet}'
        f"</title>\n<script>var id={dice.randrange(10**6)};</script></head>\n<body>"
        f"<nav><ul>{links}</ul></nav>\n<article><h1>{script.title}</h1>\n{told}\n</article>\n"
        f"<footer>{'<br>'.join(after)}</footer></body></html>\n"
    )


def _record(script: Script, _before: list[str], _after: list[str], _dice: random.Random) -> str:
    content = "\n".join((*script.lead, *_labelled(script, "", "：")))
    row = {"title": script.title, "date": str(script.day), "source": script.outlet, "content": content}
    return json.dumps(row, ensure_ascii=False)


_FORMATS = {".txt": _text, ".md": _markdown, ".html": _page, ".json": _record}


def _labelled(script: Script, before: str, behind: str, *, escape: bool = False) -> list[str]:
    lines: list[str] = []
    for turn in script.turns:
        first, *rest = map(html.escape, turn.paragraphs) if escape else turn.paragraphs
        lines += [before + turn.label + behind + first, *rest]
    return lines


@cache
def _traditional() -> Callable[[str], str]:
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC("s2t").convert
    return convert
