"""Tokens: the words of a possible label cut into typed runs.

What comes in is a short folded text without the mark that ends a label (`[答]市水务局局长柳 毅`, `Q3`,
`晚报记者(提问)`); what comes out is its cheapest cut into runs of known kinds. Each run has a cost, so that
a text can be read in many ways and the best of them wins; what fits no kind is `unknown`, at a cost for
each character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from loader.parse.names import name_cost
from loader.parse.vocabulary import rows, stage_words, surnames, words

Kind = Literal[
    "host", "ask", "public", "answer", "speak", "link", "askverb", "sayverb",
    "outlet", "organ", "post", "name", "known", "address", "number", "clock", "mark", "key", "unknown",
]  # fmt: skip
"""`known` is a name that was announced, `address` a surname and a title, `key` a key of a recording."""


class Token(NamedTuple):
    """A run `text[start:end]` of one kind.

    `split` is where the title of an address begins, or where the given name goes on behind a title
    (`柯县长曼容`).
    """

    kind: Kind
    start: int
    end: int
    cost: float
    split: int = 0


LONGEST = 64
"""Characters of a text that is read as a label."""
_NOBODY: frozenset[str] = frozenset()
_WORDLIKE = re.compile(
    r"(?:(?![未我你他她它这那么是没吗呢吧啊怎什谁哪的]|(?<!自)由)[\u3400-\u9fffA-Za-z0-9+&.])+"
)
"""Runs without the words of grammar that stand in no name of an outlet, an organ or a post."""
_LATIN = re.compile(r"[A-Za-z][A-Za-z'.-]*")
_LATIN_NAME = re.compile(
    r"(?:(?:MR|MS|MRS|DR|PROF|GEN|COL|AMB|SUPT|SEC|Mr|Ms|Mrs|Dr|Prof)\.? )?"
    r"[A-Z][A-Za-z'.-]*(?: (?:(?!and |for |of |the )[a-z]{1,3} )?[A-Z][A-Za-z'.-]*){0,3}"
)
_LATIN_OFFICE = re.compile(
    r"(?P<office>[A-Z][\w'-]*(?: [A-Z][\w'-]*){0,3}) (?:for|of)(?: (?:the |and )?[A-Z][\w&'-]*){1,5}"
)
"""An office with what it is for and nothing else (`Secretary for Development`)."""
_MIXED = re.compile(r"[A-Za-z]{2,12} [\u3400-\u9fff]{2,6}(?![\u3400-\u9fff])")
"""An outlet with a Latin word before a Chinese one (`Yahoo 财经`)."""
_DOTTED = re.compile(r"[\u3400-\u9fff]{1,7}(?:·[\u3400-\u9fff]{1,8}){1,2}")
_PADDED = re.compile(
    r"([\u3400-\u9fff]{1,2}) {1,3}([\u3400-\u9fff]{1,2}?)"
    r"(?=[答问说副总主局处科司厅院所校队站馆部署委书]|[^\u3400-\u9fff]|$)"
)
_NUMBER = re.compile(r"第?\s?(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:[.、)]|个|位)?")
_CLOCK = re.compile(r"(?:\d{4}-\d\d-\d\d )?\d{1,2}:\d{2}(?::\d{2})?")
_MARKS = frozenset("▸▹►▶ \t·①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳/|,.、:-[]()<>\"'{}~@#_*")
_QUOTED = re.compile(r"<[^<>]{2,20}>|\"[^\"]{1,16}\"")

_IN_ORGANS = frozenset("政委族")
"""What goes on a word for the public where it is the beginning of an organ's name (`居民委员会`)."""
ALONE = frozenset("主记")
"""Words for a part that are words for much else where they are not the whole label."""
_STAGE_COST = {
    "host": 0.2,
    "ask": 0.2,
    "public": 0.4,
    "answer": 0.2,
    "speak": 0.3,
    "link": 0.6,
    "askverb": 0.4,
    "sayverb": 0.4,
}
_UNKNOWN = 2.2
_WIDEST = 26
"""Characters of the longest name of an outlet, an organ or a post."""


class _Word(NamedTuple):
    """What a listed word can be: whole tokens with their costs, and what a longer word ends with it."""

    tokens: tuple[tuple[Kind, float], ...] = ()
    post: bool = False
    outlet: bool = False
    organ: bool = False
    before: bool = False
    """It stands before an office and belongs to it."""
    title: bool = False
    """It stands behind a surname."""
    whole: bool = False
    """A whole outlet that the names of others are made of (`北方参考消息`)."""
    stage: bool = False


@cache
def _lexicon() -> tuple[dict[str, _Word], frozenset[str]]:
    """All listed Chinese words and, in lower case, Latin ones; and all that a word may begin with."""
    found: dict[str, _Word] = {}

    def note(word: str, **what: object) -> None:
        old = found.get(word, _Word())
        more = what.pop("token", None)
        found[word] = old._replace(tokens=(*old.tokens, more) if more else old.tokens, **what)  # type: ignore[arg-type]

    posts = words("posts", "post")
    for kind, listed in rows("stages"):
        for word in listed:
            cost = _STAGE_COST[kind] + 0.3 * (len(word) == 1 and not word.isascii())
            cost += 0.5 * (
                kind == "ask" and word in ("传媒", "媒体", "press", "media")
            )  # what newsrooms end with
            cost += 0.7 * (kind == "host" and word in posts) - 0.06 * (len(word) - 1) * (not word.isascii())
            note(word, token=(kind, cost), stage=len(word) > 1)
    for word in posts:
        note(word, post=True, title=len(word) > 1)
    for word in words("posts", "before"):
        note(word, before=True)
    for word in words("posts", "address"):
        note(word, title=True)
    for word in words("outlets", "end"):
        note(word, outlet=True)
    for word in words("organs", "end"):
        note(word, organ=True)
    for word in words("outlets", "whole"):
        note(word, token=("outlet", 0.4), whole=len(word) > 3 and not word.isascii())
    return found, frozenset(word[:size] for word in found for size in range(1, len(word) + 1))


@cache
def _surname_starts() -> frozenset[str]:
    """The first characters of all surnames."""
    return frozenset(surname[0] for surname in surnames())


@lru_cache(maxsize=8)
def _by_first(names: frozenset[str]) -> dict[str, list[str]]:
    """Names by their first character."""
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(name[:1], []).append(name)
    return found


def standing_in(text: str, names: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Where in a text which of many names begin."""
    by_first = _by_first(names)
    for at, char in enumerate(text):
        for name in by_first.get(char, ()):
            if text.startswith(name, at):
                yield at, name


def tokenize(text: str, known: frozenset[str] = _NOBODY, keys: frozenset[str] = _NOBODY) -> list[Token]:
    """The cheapest cut of a folded text of at most `LONGEST` characters into typed runs.

    `known` has the names of people announced, `keys` the keys of a recording. Raises nothing; what fits no
    kind comes as runs of kind `unknown`.
    """
    size = len(text)
    runs: list[list[Token]] = [[] for _ in range(size)]
    for token in _Reader(text, known, keys).tokens():
        runs[token.start].append(token)
    cost = [0.0] + [1e9] * size
    back: list[Token | None] = [None] * (size + 1)
    for start in range(size):
        so_far = cost[start]
        if so_far < 1e9:
            for token in runs[start]:
                total = so_far + token.cost
                if total < cost[token.end]:
                    cost[token.end], back[token.end] = total, token
    found: list[Token] = []
    at = size
    while at:
        last = back[at]
        assert last is not None
        found.append(last)
        at = last.start
    return _joined(found[::-1])


def _joined(tokens: list[Token]) -> list[Token]:
    """Neighbouring unknown characters as one run."""
    out: list[Token] = []
    for token in tokens:
        if out and token.kind == out[-1].kind == "unknown":
            out[-1] = Token("unknown", out[-1].start, token.end, out[-1].cost + token.cost)
        else:
            out.append(token)
    return out


class _Reader:
    """Finds every run that may stand in a text."""

    def __init__(self, text: str, known: frozenset[str], keys: frozenset[str]) -> None:
        self._text, self._known, self._keys = text, known, keys
        size = len(text)
        self._posts, self._outlets = [0] * (size + 1), [0] * (size + 1)
        self._organs, self._wholes = [0] * (size + 1), [0] * (size + 1)
        """How long the longest ending of each kind is that stands before each place, or 0."""
        self._titles: list[list[int]] = [[] for _ in range(size)]
        """Where the titles end that begin at each place."""
        self._staged = [False] * size
        """Whether a word for a part begins at each place."""
        self._dots, self._blanks = "·" in text, " " in text

    def tokens(self) -> Iterator[Token]:
        """Every run, in no order."""
        text = self._text
        yield from self._listed()
        for start, char in enumerate(text):
            if char in _MARKS:
                yield Token("mark", start, start + 1, 0.05)
                quoted = _QUOTED.match(text, start) if char in '<"' else None
                if quoted:
                    yield Token("outlet", start, quoted.end(), 0.9)
                continue
            yield from self._at(start, char)
        yield from self._ended()

    def _at(self, start: int, char: str) -> Iterator[Token]:
        text = self._text
        latin = char.isascii()
        before = text[start - 1] if start else " "
        inside = (
            latin
            and before.isascii()
            and ((before.isalpha() and char.isalpha()) or (before.isdigit() and char.isdigit()))
        )
        run = _LATIN.match(text, start) if latin and not inside else None
        yield (
            Token("unknown", start, run.end(), 1.2 * _UNKNOWN)
            if run
            else Token("unknown", start, start + 1, _UNKNOWN)
        )
        if inside:
            return
        number = _NUMBER.match(text, start) if char.isdigit() or char in "第一二三四五六七八九十" else None
        if number:
            yield Token("number", start, number.end(), 0.5)
            clock = _CLOCK.match(text, start)
            if clock:
                yield Token("clock", start, clock.end(), 0.1)
        if latin:
            yield from self._latin(start)
        elif self._dots or char in _surname_starts():
            yield from self._names(start)

    def _listed(self) -> Iterator[Token]:
        """Listed words, known names and keys; and where endings and titles stand."""
        text, size = self._text, len(self._text)
        lexicon, beginnings = _lexicon()
        lower = text.lower() if len(text.lower()) == size else text
        for start, char in enumerate(text):
            if char in _MARKS or (char.isascii() and _continues(text, start, start + 1, behind=False)):
                continue
            for stop in range(start + 1, size + 1):
                word = lower[start:stop]
                if word not in beginnings and text[start:stop] not in beginnings:
                    break
                entry = lexicon.get(word) or (lexicon.get(text[start:stop]) if word.isascii() else None)
                if entry is None:
                    continue
                if word.isascii() and (_continues(text, start, stop) or not entry.tokens):
                    continue
                length = stop - start
                for kind, cost in entry.tokens:
                    if kind == "public" and text[stop : stop + 1] in _IN_ORGANS:
                        continue  # 市民政局
                    if word in ALONE and length < size:
                        continue
                    yield Token(kind, start, stop, cost)
                if entry.before:
                    yield Token("post", start, stop, 0.4 + 0.4 * (length == 1))
                if entry.title:
                    self._titles[start].append(stop)
                self._staged[start] = self._staged[start] or entry.stage
                if entry.post:
                    self._posts[stop] = max(self._posts[stop], length)
                if entry.outlet:
                    self._outlets[stop] = max(self._outlets[stop], length)
                if entry.organ:
                    self._organs[stop] = max(self._organs[stop], length)
                if entry.whole:
                    self._wholes[stop] = max(self._wholes[stop], length)
        for at, name in standing_in(text, self._known):
            yield Token("known", at, at + len(name), 0.15)
        for key in self._keys:
            at = text.find(key)
            while at >= 0:
                if not _continues(text, at, at + len(key)):
                    yield Token("key", at, at + len(key), 0.1)
                at = text.find(key, at + 1)

    def _ended(self) -> Iterator[Token]:
        """Outlets, organs and posts: runs of letters that end as such names do."""
        text = self._text
        for run in _WORDLIKE.finditer(text):
            for stop in range(run.start() + 1, run.end() + 1):
                post, outlet, organ = self._posts[stop], self._outlets[stop], self._organs[stop]
                if not (post or outlet or organ or self._wholes[stop]):
                    continue
                for start in range(max(run.start(), stop - _WIDEST), stop):
                    size = stop - start
                    han = not text[start].isascii() or not text[stop - 1].isascii()
                    if han and 0 < post <= size:
                        joins = text[start] in "和与及"  # 和苏台长
                        more = size - post - 0.8 * (text[start] == "副" and size > post)
                        yield Token("post", start, stop, 0.6 + 0.45 * more + joins)
                    if self._staged[start] or size < 2 or _inside(text, start):
                        continue
                    if 0 < self._wholes[stop] < size <= 18:
                        yield Token("outlet", start, stop, 0.8 + 0.04 * size)
                    if (
                        0 < outlet <= size <= 18
                        and (size > outlet or outlet > 1)
                        and _is_named(text[start:stop])
                    ):
                        yield Token(
                            "outlet",
                            start,
                            stop,
                            0.8 + 0.04 * size + 0.5 * (size == outlet) + 0.3 * (outlet == 1),
                        )
                    if han and 0 < organ <= size:
                        yield Token(
                            "organ",
                            start,
                            stop,
                            0.8 + 0.03 * size + 0.6 * (size == organ) + 0.2 * (organ == 1),
                        )

    def _latin(self, start: int) -> Iterator[Token]:
        text = self._text
        mixed = _MIXED.match(text, start)
        if mixed and self._outlets[mixed.end()]:
            yield Token("outlet", start, mixed.end(), 0.9)
        name = _LATIN_NAME.match(text, start)
        if not name:
            return
        whole = name.group()
        charge = _LATIN_OFFICE.fullmatch(text) if start == 0 else None
        if charge and any(word in words("posts", "post") for word in charge["office"].casefold().split()):
            yield Token("post", 0, len(text), 0.9)
        posts, organs, outlets = words("posts", "post"), words("organs", "end"), words("outlets", "end")
        titled = text[:start].rstrip(" .").rpartition(" ")[2].casefold() in posts  # PRIME MINISTER LEE
        stop = 0
        while stop < len(whole):
            following = whole.find(" ", stop + 1)
            stop = len(whole) if following < 0 else following
            part = whole[:stop]
            many = part.count(" ")
            if len(part) > 1 and re.search(r"[A-Za-z]{2}", part) and not part.endswith("'s"):
                office = any(word in posts for word in part.casefold().split())
                cost = (2.1, 0.7, 0.8, 1.1, 1.3)[min(many, 4)] + 1.5 * office
                lone = 0.0 if many or "." in part else -1.3 if titled else 1.5
                yield Token("name", start, start + stop, cost + lone)
            last = part.rpartition(" ")[2].casefold().strip(".")
            if last in posts:
                yield Token("post", start, start + stop, 0.6 + 0.1 * many)
            if last in organs and many:
                yield Token("organ", start, start + stop, 0.7 + 0.1 * many)
            person, _, house = part.partition(" of ")
            split = " " in person and " " in house  # Simon Achebe of Coastline Wire
            named = many and (
                last in outlets or part.split(" ", 1)[0].casefold() in ("radio", "tv", "channel")
            )
            if part in words("outlets", "whole") or (named and not split):
                yield Token("outlet", start, start + stop, 0.5 + 0.05 * many)

    def _names(self, start: int) -> Iterator[Token]:
        """Chinese names and forms of address."""
        text = self._text
        dotted = _DOTTED.match(text, start) if self._dots and not self._staged[start] else None
        if dotted and dotted.group().partition("·")[0] not in stage_words():
            last = dotted.group().rfind("·") + start + 1
            for stop in range(last + 1, dotted.end() + 1):
                yield Token(
                    "name", start, stop, 0.9 + 0.1 * abs(stop - last - 2) + 0.15 * max(0, stop - last - 3)
                )
        table = surnames()
        if text[start] not in table and text[start : start + 2] not in table:
            return
        padded = _PADDED.match(text, start) if self._blanks else None
        if padded and (len(padded[1]) == 2) <= (padded[1] in table):
            cost = name_cost(padded[1] + padded[2])
            if cost is not None:
                yield Token("name", start, padded.end(), cost + 0.1)
        for size in (2, 3, 4):
            word = text[start : start + size]
            if len(word) < size or word[-1].isascii():
                break
            cost = name_cost(word)
            if cost is not None:
                yield Token("name", start, start + size, cost)
        for size in (1, 2):
            if text[start : start + size] in table and start + size < len(text):
                yield from self._addresses(start, start + size)

    def _addresses(self, start: int, at: int) -> Iterator[Token]:
        """A surname and a title (`柳局长`, `卓副局长`), and a given name behind them (`柯县长曼容`)."""
        text, surname = self._text, self._text[start:at]
        stops = list(self._titles[at])
        for stop in range(at + 1, min(len(text), at + 4) + 1):
            if text[at:stop] in words("posts", "before") and stop < len(text):
                stops += [end for end in self._titles[stop] if end - stop > 1]
        for stop in stops:
            behind = text[stop : stop + 1]
            alone = not behind or behind.isascii()
            if stop - at == 1 and not alone and behind not in "答问说补回介":
                continue
            yield Token("address", start, stop, 0.8 + 0.3 * (surnames()[surname] < 10), at)
            given = text[stop : stop + 2]
            if (
                stop - at > 1
                and len(given) == 2
                and not given.isascii()
                and (text[stop + 2 : stop + 3] or " ").isascii()
            ) and name_cost(surname + given) is not None:
                yield Token("name", start, stop + 2, 1.2, stop)


_NO_OUTLET = frozenset("通报 预报 举报 汇报 上报 申报 填报 情报 警报 未报 申领 会议 社会".split())
"""What ends as an outlet does and is none."""


_NEVER_IN_OUTLETS = re.compile(r"记者|注意|看到|据|有关|相关|此前|媒体报道")
"""What stands in no name of an outlet, though it ends like one (`中方注意到相关报道`)."""


def _is_named(word: str) -> bool:
    return not _NEVER_IN_OUTLETS.search(word) and word[-2:] not in _NO_OUTLET


def _continues(text: str, start: int, stop: int, *, behind: bool = True) -> bool:
    """Whether a Latin word goes on before a stretch of it or, if asked, behind it."""
    if (
        behind
        and text[stop - 1 : stop + 1].isascii()
        and text[stop - 1 : stop + 1].isalpha()
        and stop < len(text)
    ):
        return True
    return start > 0 and text[start - 1 : start + 1].isascii() and text[start - 1 : start + 1].isalpha()


def _inside(text: str, start: int) -> bool:
    """Whether a place stands within a Latin word or a number."""
    if not start or not text[start].isascii():
        return False
    before = text[start - 1]
    return (
        before.isascii()
        and before.isalnum()
        and text[start].isalnum()
        and before.isalpha() == text[start].isalpha()
    )
