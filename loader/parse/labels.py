"""Labels: where a voice begins, the offers of all lines weighed against each other.

What comes in are folded lines; what comes out are `Label`s in text order. What is said in the trade's own
words or names somebody announced stands at once; a bare name, the shape of an outlet or an unknown word
needs to be repeated, to follow a question, or to look as the sure ones look. Two ways to write labels are
found here because a text must do it throughout: in brackets at a paragraph's end, and within flattened lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from loader.parse.asking import asks, ends_asking, greets
from loader.parse.fields import HEADER_KEYS, NEVER
from loader.parse.lines import Line
from loader.parse.names import is_han_name
from loader.parse.offers import Label, LineReader
from loader.parse.outlets import is_outlet
from loader.parse.people import People
from loader.parse.posts import is_post, named_in, strip_title
from loader.parse.voices import LIKELY, SHAPED, SURE, WEAK, Part, Voice, voice_of

__all__ = ["Label", "find_labels"]

_SENTENCE_END = re.compile(r"[。!?;…]|\.(?:\s|$)")
_OF_HIM = re.compile(r"(?:男|女|现任|曾任|\d{1,3}岁|[^,。]{0,20}(?:主任|局长|书记|院长|教授)$)")
_CLOSING = re.compile(r"\(-+\s*(?P<words>[^()]{1,40})\)\s*$")
_INLINE = re.compile(
    r"(?<=[。!?…\"')\]日\d ])\s{0,3}(?P<label>(?P<words>[^:。!?,;…\"()\[\]\s]"
    r"[^:。!?,;…\"()\[\]]{0,24}?(?:\([^()]{2,12}\))?):)(?![/\d])"
)
_INLINE_BRACKET = re.compile(r"(?<=[。!?…\"')\]日\d])\s{0,3}(?P<label>\[(?P<words>[^\[\]]{1,40})\]:?)")


def find_labels(lines: Sequence[Line], people: People) -> list[Label]:
    """The labels of a text in order; no two overlap."""
    closing = _closing_labels(lines, people)
    if closing:
        return closing
    reader = LineReader(lines, people)
    offers = [offer for i in range(len(lines)) for offer in reader.offers(i)]
    heads = _weigh(offers, lines)
    return _with_inline(heads, lines, people)


def _weigh(offers: list[Label], lines: Sequence[Line]) -> list[Label]:
    """The offers that stand, in the light of each other."""
    named = {
        o.voice.name: o.voice
        for o in offers
        if o.voice.worth >= LIKELY and o.voice.part in ("official", "host")
    }
    offers = [
        replace(o, voice=replace(named[o.voice.name], worth=SURE, because="named in full elsewhere"))
        if o.voice.worth == WEAK and o.voice.name in named
        else o
        for o in offers
    ]
    sure = [o for o in offers if o.voice.worth == SURE]
    styles = Counter(o.style for o in offers if o.voice.worth >= LIKELY)
    for style in ("bracket", "heading"):  # a mark that is hardly used but for labels
        styles[style] = max(styles[style], sum(o.style == style and o.voice.worth >= WEAK for o in offers))
    askers = sum(o.voice.part == "asker" for o in sure)
    words = Counter((o.words, o.style) for o in offers)
    bare = sum(
        o.style == "colon" and _is_bare_name(o)
        for o in offers
        if o.voice.worth > WEAK or words[o.words, o.style] > 1
    )
    wide_voices = {o.words for o in sure if o.style == "wide"}
    kept: list[Label] = []
    for n, offer in enumerate(offers):
        said = _said(offer, offers[n + 1] if n + 1 < len(offers) else None, lines)
        if _is_field(offer, said):
            continue
        if offer.style == "wide" and len(wide_voices) < 2:
            continue
        if (
            offer.style == "dash"
            and sum(o.style == "dash" and o.voice.worth >= LIKELY for o in offers[:40]) < 3
        ):
            continue
        before = kept[-1] if kept and kept[-1].line >= offer.line - 3 else None
        times = words[offer.words, offer.style]
        stands = _stands(offer, said, styles, times, askers) or (
            bare >= 2 and askers > 0 and _is_bare_name(offer) and _is_speech(said)
        )
        if stands or (before is not None and _goes_with(offer, said, before)):
            thin = offer.voice.worth < LIKELY and times < 2
            kept.append(replace(offer, stands=_support(offer, times, followed=not stands), thin=thin))
    told = [(a, _said(a, b, lines)) for a, b in zip(kept, [*kept[1:], None], strict=False)]
    return [_settled(label, said) for label, said in told if said or not _needs_words(label)]


def _needs_words(label: Label) -> bool:
    """Whether a label with nothing said under it is none: a name in a list, a section named 记者提问."""
    voice = label.voice
    section = label.style == "heading" and voice.part == "asker" and not (voice.outlet or voice.name)
    return label.style == "bare" or section


def _is_bare_name(offer: Label) -> bool:
    """Whether a label is a person's name, a colon, and no more (`马超峰：`)."""
    name = offer.voice.name
    return offer.style == "colon" and name is not None and offer.words.replace(" ", "") == name


def _is_speech(said: str) -> bool:
    """Whether what follows a name can be what he says, and not what is said of him (`男，35岁`)."""
    return len(said) >= 8 and bool(_SENTENCE_END.search(said[:400])) and not _OF_HIM.match(said)


def _support(offer: Label, times: int, *, followed: bool) -> str:
    """What else than its words made an offer stand."""
    if followed:
        return "right after a question"
    if offer.voice.worth >= LIKELY:
        return ""
    return f"seen {times} times" if times > 1 else "seen once, in the form of the others"


def _goes_with(offer: Label, said: str, before: Label) -> bool:
    """Whether a bare name right after a question can be who answers, or a translation of the label before."""
    if not said or offer.style not in ("colon", "heading", "bracket") or NEVER.search(offer.words):
        return False
    if offer.words.isascii() and not before.words.isascii() and offer.voice.worth >= WEAK:
        return True
    return offer.voice.worth == WEAK and offer.voice.name is not None and before.voice.part == "asker"


def _stands(offer: Label, said: str, styles: Counter[str], times: int, askers: int) -> bool:
    worth = offer.voice.worth
    if offer.style == "bare" and offer.voice.part == "asker" and offer.voice.name and "?" not in said[:1200]:
        return False  # a byline: outlet and reporter, then the report
    if worth == SURE:
        return bool(said) or offer.alone
    if NEVER.search(offer.words):
        return False
    at_home = styles[offer.style] >= 2
    if worth == LIKELY:
        return bool(said) and (offer.voice.name is not None or times >= 2 or askers > 0 or offer.alone)
    if worth == SHAPED and offer.style == "bracket" and times < 2 and "?" not in said:
        return False  # a dateline
    if worth == SHAPED:
        usual = at_home or offer.style in ("bracket", "heading")
        return usual and bool(said) and (times >= 2 or bool(asks(said)))
    if worth == WEAK and offer.voice.name and offer.style in ("colon", "bracket") and greets(said):
        return True
    if worth == WEAK:
        if (
            offer.voice.name
            and (offer.alone or offer.style == "bracket")
            and offer.style in ("colon", "heading", "bracket")
            and (times >= 2 or at_home)
        ):
            return True
        return (bool(said) and times >= 2 and (askers > 0 or at_home)) or (
            offer.style == "heading" and at_home
        )
    if not at_home or offer.style not in ("heading", "bracket", "colon") or len(offer.words) > 24:
        return False
    short = len(said) <= 400 and said.count("\n") <= 1
    return (offer.style != "colon" or offer.alone) and ends_asking(said) and (short or times >= 2)


def _settled(label: Label, said: str) -> Label:
    """The label with an unknown voice made an asker, or an official where he asks nothing."""
    voice = label.voice
    if voice.part != "unknown":
        return label
    if label.style == "clock" and voice.outlet is None:
        part: Part = "asker" if asks(said) else "official"
        return replace(label, voice=Voice(part, worth=voice.worth, because=voice.because))
    outlet, name = voice.outlet or label.words, voice.name
    head, _, last = outlet.rpartition(" ")
    if head and is_han_name(last):
        outlet, name = head, last
    because = voice.because or "unknown words"
    if asks(said) or (voice.outlet and is_outlet(voice.outlet)):
        return replace(label, voice=Voice("asker", name, outlet=outlet, worth=voice.worth, because=because))
    because += ", asks nothing"
    return replace(label, voice=Voice("official", label.words, worth=voice.worth, because=because))


def _said(label: Label, following: Label | None, lines: Sequence[Line]) -> str:
    """What the label's voice says, folded: up to the next label, at most 12 lines and 4,000 characters."""
    stop = following.line if following else len(lines)
    parts = [lines[label.last].plain[label.end - lines[label.last].start :]] if not label.alone else []
    for line in lines[label.last + 1 : min(stop, label.last + 12)]:
        parts.append(line.plain[:2000])
    return "\n".join(p for p in parts if p)[:4000]


def _is_field(offer: Label, said: str) -> bool:
    """Whether a label is a header field (`主持人：谢知行`): its value is a name or a post, no speech."""
    value = said.split("\n", 1)[0].strip() if not offer.alone else ""
    short = len(value) <= 40 and not re.search(r"[。?!,]", value)
    if short and is_post(value) and offer.voice.name and offer.style in ("colon", "dash", "wide"):
        return True  # a name and its post in a list
    if offer.style not in ("colon", "wide") or not value or len(value) > 60:
        return False
    if offer.voice.part not in ("host", "asker", "official") or re.search(r"[。?!…]", value):
        return False
    if offer.words not in HEADER_KEYS:
        return False
    parts = re.split(r"[、,\s]+", value)
    return bool(named_in(value)) or any(
        is_han_name(strip_title(p)) or is_post(p) or is_outlet(p) for p in parts
    )


def _closing_labels(lines: Sequence[Line], people: People) -> list[Label]:
    """Labels that stand in brackets at a paragraph's end, where the text writes them so three times."""
    found: list[Label] = []
    for i, line in enumerate(lines):
        match = _CLOSING.search(line.plain, max(0, len(line) - 60))
        if match:
            words = match["words"].strip()
            voice = voice_of(words, people)
            if voice.worth >= WEAK:
                start = line.start + match.start()
                found.append(Label(start, line.end, words, voice, "closing", i, i, True, closing=True))
    return found if len(found) >= 3 else []


def _with_inline(heads: list[Label], lines: Sequence[Line], people: People) -> list[Label]:
    """Labels within lines too, where a text was flattened and hardly any line opens with one."""
    if len(heads) >= 3:
        return heads
    memo: dict[str, Voice] = {}
    found: list[Label] = []
    for i, line in enumerate(lines):
        if len(line) < 60 or line.front_matter:
            continue
        for match in (*_INLINE.finditer(line.plain), *_INLINE_BRACKET.finditer(line.plain)):
            words = match["words"].strip()
            voice = memo.get(words)
            if voice is None:
                voice = memo[words] = voice_of(words, people)
            if voice.worth < LIKELY and " " in words:  # a list without marks stands before it
                words = words.rpartition(" ")[2]
                voice = voice_of(words, people)
            sure = voice.worth >= SURE or (voice.worth >= LIKELY and voice.part == "asker")
            if sure and voice.part != "unknown" and not re.match(r"有|某|一[位名]", words):
                start = line.start + match.end("words") - len(words) - ("[" in match["label"])
                found.append(Label(start, line.start + match.end(), words, voice, "inline", i, i, False))
    parts = {label.voice.part for label in found}
    if len(found) < 2 or not {"asker", "official"} <= parts | {"official" if "host" in parts else ""}:
        return heads
    apart: list[Label] = []
    for label in sorted([*heads, *found], key=lambda label: label.start):
        if not apart or label.start >= apart[-1].end:
            apart.append(label)
    return apart
