"""Mentions: what the words of a possible label say about who speaks.

What comes in is a short folded text; what comes out are its slots (part in the briefing, outlet, organ,
post, name, number), whatever their order and whatever stands around them, and how much of it was
understood. Whether it is a label, and who that is, is decided elsewhere (`decode`, `registry`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from loader.parse.names import is_han_name
from loader.parse.outlets import is_outlet
from loader.parse.tokens import LONGEST, Token, tokenize
from loader.parse.vocabulary import surnames, words

Part = Literal["host", "asker", "answer", "official", "unknown"]
"""`answer` is somebody who answers without being named."""

_PARTS: dict[str, Part] = {
    "host": "host",
    "ask": "asker",
    "public": "asker",
    "askverb": "asker",
    "answer": "answer",
    "sayverb": "official",
    "speak": "official",
}
_READ_OUT = re.compile(r"\([^()]{0,8}(?:代[读念问]|宣读|转述)[^()]{0,4}\)$")
"""Who reads a question out for somebody else (`线上提问(主持人代念)`)."""
_OBJECT = re.compile(r"(?<=通报|介绍|发布|解读|说明)[^,。?!]{0,14}(?:情况|工作|措施|进展|数据|政策)$")
"""What somebody informs about, behind the verb (`副主任王劲松通报最新情况`)."""
_LATIN_ROW = re.compile(
    r"(?P<name>[A-Z][\w'.-]+(?: [A-Z][\w'.-]*){1,3})(?: -{1,2} | \| )(?P<post>[A-Z][\w&' ,.-]{2,60})"
)
"""A name in Latin letters and whatever its bearer is (`Jason Wang - MediaTek, Investor Relation`)."""
_CHARGE = re.compile(r"(?P<office>[^()]{3,30})\((?P<of>[\u3400-\u9fff]{2,12})\)")
"""An office and, in brackets, what it has charge of (`房屋署副署长(屋邨管理)`)."""
_ALSO_LATIN = re.compile(r"(?<=[\u3400-\u9fff]) ?\([A-Z][A-Za-z' .-]{3,40}\)")
"""A name in Latin letters behind the same in Chinese (`黄德隆(Ng Teck Loong)`)."""
_SPACED = re.compile(r"[\u3400-\u9fff](?: {1,3}[\u3400-\u9fff]){1,3}")
"""A word of two to four characters that is spaced to a width (`记 者`, `主 持 人`)."""
_OF_A_FIRM = re.compile(r"(?:分析师|研究员|基金经理|投资经理|女士|先生|analyst)$", re.I)
"""What somebody of a firm is who asks at a company's briefing (`鹏华基金 阮女士`)."""
_REPORTER = re.compile(r"记者|媒体|传媒|通讯员|reporter|journalist|correspondent|press|media", re.I)


@dataclass(frozen=True, slots=True)
class Mention:
    """The slots of a text that may name who speaks; all words folded."""

    part: Part
    stage: str = ""
    """The words that say which part it is (`主持人`, `记者`, `答`)."""
    name: str | None = None
    outlet: str | None = None
    post: str | None = None
    """Organ and post as they stand (`市水务局局长`), or an organ alone."""
    surname: str | None = None
    """Of a form of address (`柳局长`); the title is in `post`."""
    key: str | None = None
    """A key of a recording."""
    number: str = ""
    known: bool = False
    """The name is one of somebody announced."""
    organ: bool = False
    """It names an organ and neither a post nor a person."""
    unread: int = 0
    """Characters that were not understood."""
    verb: bool = False
    """It ends in a verb of asking or saying."""
    vague: bool = False
    """It speaks of somebody or other (`有记者问`)."""
    public: bool = False
    """Who asks is one of the public and no reporter."""
    odd: bool = False
    """The outlet is nothing but words of no known kind where a label may stand."""

    @property
    def bare(self) -> bool:
        """Whether it is a name and nothing else."""
        return self.name is not None and not (self.stage or self.outlet or self.post or self.key)

    @property
    def slots(self) -> str:
        """Which slots are filled, as one word: what labels of one page have in common."""
        marks = (
            ("s", self.stage),
            ("o", self.outlet),
            ("p", self.post),
            ("n", self.name or self.surname),
            ("k", self.key),
        )
        return "".join(mark for mark, filled in marks if filled)

    @property
    def who(self) -> tuple[str, str]:
        """What makes two mentions one voice: the words that name it."""
        return (self.name or self.surname or self.key or "", self.outlet or self.post or "")


NOTHING = Mention("unknown")
_NOBODY: frozenset[str] = frozenset()


@lru_cache(maxsize=8192)
def mention_of(text: str, known: frozenset[str] = _NOBODY, keys: frozenset[str] = _NOBODY) -> Mention:
    """What a folded text says about who speaks; `NOTHING` where it says nothing."""
    bare = _OBJECT.sub("", _READ_OUT.sub("", text).strip(" :,.-*#"))
    if _SPACED.fullmatch(bare):
        bare = bare.replace(" ", "")
    if not bare or len(bare) > LONGEST:
        return NOTHING
    found = _filled(bare, tokenize(bare, known, keys))
    if found.unread and found.name and _ALSO_LATIN.search(bare):
        return mention_of(_ALSO_LATIN.sub("", bare), known, keys)
    if found.unread and (charge := _CHARGE.fullmatch(bare)):
        office = mention_of(charge["office"], known, keys)
        if office.post and not (office.unread or office.outlet):
            return office
    row = _LATIN_ROW.fullmatch(bare) if found.unread and found.part != "asker" else None
    if row:
        return Mention("unknown", name=row["name"], post=row["post"].strip(), known=row["name"] in known)
    return found


def _filled(text: str, tokens: list[Token]) -> Mention:
    """The slots of typed runs, filled from left to right and then settled."""
    slots = _Slots(text, _newsroom(text, _in_brackets(text, _long_names(text, tokens))))
    slots.fill()
    slots.settle_post()
    slots.settle_part()
    slots.settle_odd()
    return slots.mention()


_HAN_WORD = re.compile(r"[\u3400-\u9fff]{3,8}")


def _bracketed(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start] in ("(", "[") and text[end : end + 1] in (")", "]")


@dataclass(slots=True)
class _Slots:
    """The slots of a mention while they are filled; what is filled first stays."""

    text: str
    tokens: list[Token]
    stages: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    part: Part = "unknown"
    name: str | None = None
    outlet: str | None = None
    post: str | None = None
    surname: str | None = None
    key: str | None = None
    number: str = ""
    unread: int = 0
    known: bool = False
    verb: bool = False
    titled: bool = False
    """The post stands behind a surname, or within a name."""
    strange: bool = False
    """The outlet is of no known kind."""
    offices: list[tuple[int, int]] = field(default_factory=list)
    """Where organs and posts stand."""
    organ_only: bool = True
    outlet_end: int = 0
    lost: list[tuple[int, int]] = field(default_factory=list)
    """Where stands what was not understood; stretches that touch are one."""

    def fill(self) -> None:
        """Take every run."""
        tokens = self.tokens
        asked = any(token.kind in ("ask", "public") for token in tokens)
        for before, token, following in zip([None, *tokens], tokens, [*tokens[1:], None], strict=False):
            word = self.text[token.start : token.end]
            glued = token.kind == "name" and (
                _glued(self.text, before, token.start) or _glued(self.text, following, token.end)
            )
            quoted = token.kind == "outlet" and not asked and word[0] in '<"'
            if token.kind == "name" and word[0] in "未无不":
                self.unread += 1
            elif glued:
                self._lose(token)
            elif quoted and not is_outlet(word.strip('<>"')):
                self.unread += len(word)
            else:
                self._take(token, word)

    def _take(self, token: Token, word: str) -> None:
        """Put a run into the slot that it is for."""
        match token.kind:
            case "known" | "name":
                self._take_name(token, word)
            case "address" if self.surname is not None:
                self.unread += len(word)
            case "address":
                self.surname, self.titled = self.text[token.start : token.split], True
                self.post = self.text[token.split : token.end]
            case "outlet":
                between = self.text[self.outlet_end : token.start] if self.outlet else ""
                goes_on = self.outlet and len(between) < 2
                self.outlet = f"{self.outlet}{between}{word}" if goes_on else word.strip('<>"')
                self.outlet_end = token.end
            case "organ" | "post":
                self._take_office(token, word)
            case "number":
                self.number = word
            case "key":
                self.key = word
            case "unknown":
                dashed = self.text[token.end : token.end + 1] in ("-", "·")
                if not (dashed and _HAN_ORGAN.match(self.text, token.end + 1)):
                    self._lose(token)  # else the first part of an organ's name with a dash in it
            case "host" | "ask" | "public" | "answer" | "speak" | "askverb" | "sayverb":
                self._take_stage(token, word)
            case _:
                pass

    def _lose(self, token: Token) -> None:
        """Note that a run was not understood."""
        self.unread += token.end - token.start
        touches = self.lost and self.lost[-1][1] == token.start
        start = self.lost.pop()[0] if touches else token.start
        self.lost.append((start, token.end))

    def _take_name(self, token: Token, word: str) -> None:
        known = token.kind == "known"
        if token.split and not known and self.name is None:
            size = 2 if self.text[token.start : token.start + 2] in surnames() else 1
            given = self.text[token.split : token.end]
            self.name = self.text[token.start : token.start + size] + given  # 柯县长曼容
            self.post = self.text[token.start + size : token.split]
            self.titled = True
        elif self.name is None or (known and not self.known):
            self.name = word if word[0].isascii() else word.replace(" ", "")
            self.known = known
        else:
            self.unread += len(word) + _TWO * (known and self.known)

    def _take_office(self, token: Token, word: str) -> None:
        analyst = _ANALYST.search(word) if token.kind == "post" and self.outlet is None else None
        if analyst:
            self.stages.append(analyst.group())
            self.parts.append("asker")
            self.outlet = word[: analyst.start()] or None
            return
        self.organ_only = self.organ_only and token.kind == "organ"
        self.offices.append((token.start, token.end))

    def _take_stage(self, token: Token, word: str) -> None:
        verb = token.kind in ("askverb", "sayverb")
        if verb and any(one.kind in _NAMING and one.start > token.start for one in self.tokens):
            self.unread += len(word)
            return
        if word == "问题" and self.text[token.start - 1 : token.start] == "的":  # 公布稀缺的问题
            self.unread += len(word)
            return
        touches = self.offices[-1:] and self.offices[-1][1] == token.start
        if token.kind == "speak" and touches and word in words("posts", "post"):
            self.offices.append((token.start, token.end))  # 市人民政府新闻发言人
            self.organ_only = False
        self.verb = self.verb or verb
        self.stages.append(word)
        self.parts.append(_PARTS[token.kind])

    def settle_post(self) -> None:
        """Join organs and posts to what they name together."""
        if self.titled or not self.offices:
            return
        said = [self.text[start:end] for start, end in self.offices]
        if all(one in words("posts", "before") for one in said):
            self.unread += sum(map(len, said))  # what only stands before a post is none
            self.offices = []
            return
        post = self.text[self.offices[0][0] : self.offices[-1][1]].strip(" ,、()[]")
        self.post = "、".join(said) if self.name and self.name in post else post

    def settle_part(self) -> None:
        """Decide for a part; of verbs of asking and of saying the last counts."""
        self.part = _part(self.parts, self.outlet, bool(self.offices) or self.titled)
        if self.part == "official" and self.outlet and _OF_A_FIRM.search(self.post or ""):
            self.part = "asker"
        both = "asker" in self.parts and any(one in ("answer", "official") for one in self.parts)
        if both and self.verb and not self.outlet:
            self.part = self.parts[-1]

    def settle_odd(self) -> None:
        """Take what was not understood for the one slot that is missing, where its place says which."""
        if not self.lost:
            return
        first, last = self.lost[0], self.lost[-1]
        word = self.text[first[0] : last[1]]
        short = 2 <= len(word) <= 12 and word[0].isalnum() and not _PRONOUN.search(word)
        whose = self.outlet or self.post
        if self.stages and not (self.name or whose or self.surname or self.key):
            if short and first == last:
                self._settle_lone(first, word)
        elif self.name and not (whose or self.stages):
            self._settle_beside_name(first)
        elif self.stages and self.part == "asker" and self.name and not whose and short:
            self.outlet, self.unread = word, (self.unread + 2) // 3

    def _settle_lone(self, where: tuple[int, int], word: str) -> None:
        """What stands alone with a word for a part: who asks, who answers, or an office."""
        self.unread = (self.unread + 2) // 3
        if self.part == "asker":
            self.outlet = word
        elif self.verb and where[0] == 0 and len(word) <= 6 and not word.isascii():
            self.name = word  # 乌兰托娅答
        elif not self.verb and _bracketed(self.text, *where) and _HAN_WORD.fullmatch(word):
            self.name, self.strange = word, True  # 答(马尔科维奇)
        elif not self.verb and any(
            one.kind == "unknown" and (one.start, one.end) == where for one in self.tokens
        ):
            self.post, self.organ_only, self.offices = word, True, [where]

    def _settle_beside_name(self, where: tuple[int, int]) -> None:
        """What stands before a name and is no post: a newsroom."""
        assert self.name is not None
        parted = _ODD_AND_NAME.fullmatch(self.text)
        if where[0] == 0 and self.name.isascii() and self.unread <= 6:
            self.outlet = self.text[: where[1]].strip()  # 经济学人Patrick Lane
            self.unread, self.part = 1, "asker"
        elif parted and is_han_name(parted["name"]) and not _PRONOUN.search(parted["odd"]):
            self.outlet, self.name = parted["odd"], parted["name"]  # 江右视点 沈佩
            self.unread, self.part, self.strange = 0, "asker", True

    def mention(self) -> Mention:
        """The slots as they are filled."""
        if not self.parts and not (self.name or self.outlet or self.post or self.key):
            return Mention("unknown", unread=self.unread, number=self.number)
        stage = "".join(self.stages)
        return Mention(
            self.part,
            stage,
            self.name,
            self.outlet,
            self.post,
            self.surname,
            self.key,
            self.number,
            self.known,
            bool(self.offices) and self.organ_only,
            self.unread,
            self.verb,
            bool(_VAGUE.match(self.text)),
            _is_public(self.tokens, stage),
            self.strange,
        )


def _glued(text: str, other: Token | None, at: int) -> bool:
    """Whether a character that was not understood stands right before or behind a place in Chinese text."""
    if other is None or other.kind not in ("unknown", "number") or at not in (other.start, other.end):
        return False
    return not text[other.start].isascii()


def _in_brackets(text: str, tokens: list[Token]) -> list[Token]:
    """Tokens with what stands in brackets behind a name as his outlet, though its kind is unknown
    (`唐浩然(今日朔原)`)."""
    if (
        len(tokens) < 4
        or tokens[0].kind not in ("name", "known")
        or text[tokens[1].start : tokens[1].end] != "("
    ):
        return tokens
    inner = tokens[2:-1]
    odd = any(one.kind == "unknown" for one in inner) and all(
        one.kind in _IN_OUTLETS or one.kind == "post" for one in inner
    )
    word = text[inner[0].start : inner[-1].end]
    if text[tokens[-1].start :] != ")" or not odd or not 2 <= len(word) <= 12 or _PRONOUN.search(word):
        return tokens
    return [*tokens[:2], Token("outlet", inner[0].start, inner[-1].end, 1.0), tokens[-1]]


def _long_names(text: str, tokens: list[Token]) -> list[Token]:
    """Tokens with two names of two characters that touch as one (`央金卓玛`)."""
    out: list[Token] = []
    for token in tokens:
        last = out[-1] if out else None
        joined = text[last.start : token.end] if last and last.kind == token.kind == "name" else ""
        if last and len(joined) == 4 and last.end == token.start and not joined.isascii():
            out[-1] = Token("name", last.start, token.end, last.cost + token.cost)
        else:
            out.append(token)
    return out


def _newsroom(text: str, tokens: list[Token]) -> list[Token]:
    """Tokens with what stands right before a word for a reporter as his outlet, though its kind is
    unknown (`尼日利亚记者`)."""
    for n, token in enumerate(tokens):
        of_one = token.kind == "ask" or text[token.start : token.end] in _AUDIENCES
        if token.kind not in ("ask", "public") or not of_one or n == 0:
            continue
        first = n
        while (
            first and tokens[first - 1].end == tokens[first].start and tokens[first - 1].kind in _IN_OUTLETS
        ):
            first -= 1
        run = tokens[first:n]
        if (
            len(run) == 2
            and run[0].kind == "outlet"
            and surnames().get(text[run[1].start : token.start], 0) >= 100
        ):
            return [*tokens[: n - 1], *tokens[n:]]  # 中台日报吴记者
        word = text[run[0].start : token.start] if run else ""
        odd = any(one.kind == "unknown" for one in run) or (len(run) == 1 and _is_newsroom(word, run[0]))
        verb = len(text[token.start : token.end]) == 1 or token.kind == "public"  # not 记者
        if odd and (3 if verb else 2) <= len(word) <= (8 if verb else 16) and not _PRONOUN.search(word):
            return [*tokens[:first], Token("outlet", run[0].start, token.start, 1.0), *tokens[n:]]
    return tokens


def _is_newsroom(word: str, token: Token) -> bool:
    """Whether what stands right before 记者 is an outlet by its place, though it has another shape
    (`知即墨记者`)."""
    if token.kind == "organ":
        return True
    return token.kind == "name" and token.cost > 1.5 and not word.isascii()


_TWO = 6
"""Characters that a second person announced counts for among those not understood: a label names one."""
_AUDIENCES = frozenset("网友 网民 听众 观众 读者".split())
"""The public that asks through a newsroom, which stands before it."""
_IN_OUTLETS = ("unknown", "outlet", "organ", "name", "known", "number", "address")
_HAN_ORGAN = re.compile(r"[\u3400-\u9fff]{3,20}?(?:局|委|区|厅|部|院|司|中心|公司|集团)")
_ANALYST = re.compile(r"(?:首席|高级|证券|研究|行业)*分析师$|[Aa]nalyst$")
"""Who asks at a company's briefing, for his house."""
_ODD_AND_NAME = re.compile(r"(?P<odd>[\u3400-\u9fff]{3,8}) (?P<name>[\u3400-\u9fff]{2,3})")
_NAMING = ("name", "known", "outlet", "post", "organ", "address")
_VAGUE = re.compile(
    r"(?:其后|随后|之后|此后|现场|也|还|曾|另|又|再|经常|常){0,2}有|外界|人们|老百姓|您|你|大家|某|一些|不少|很多|许多|大家|有人|别人"
)
_PRONOUN = re.compile(r"[未我你他她它这那是有请没不了着过在]")


def _is_public(tokens: list[Token], stages: str) -> bool:
    return any(token.kind == "public" for token in tokens) and not _REPORTER.search(stages)


def _part(parts: list[Part], outlet: str | None, post: bool) -> Part:
    if "host" in parts:
        return "host"
    if "asker" in parts and not ("answer" in parts or "official" in parts):
        return "asker"
    if "answer" in parts:
        return "answer"
    if "official" in parts:
        return "asker" if outlet and "asker" in parts else "official"
    if "asker" in parts:
        return "asker"
    if outlet and not post:
        return "asker"
    return "official" if post else "unknown"


def is_reporter(mention: Mention) -> bool:
    """Whether a mention says that who asks works for a newsroom."""
    return mention.outlet is not None or bool(_REPORTER.search(mention.stage))
