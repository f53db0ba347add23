"""Bytes to text: which encoding, and how many places could not be decoded.

In this order: byte order mark; NULs that make UTF-16 or UTF-32; strict UTF-8; UTF-8 with lines that are
certainly in another encoding (`mixed`); the charset an HTML head declares (WHATWG HTML, §13.2.3.2);
UTF-8 with a few broken bytes or cut in the middle of a character; then GB18030, Big5-HKSCS, UTF-16 and
what chardet says are all tried, and the one that reads best wins: running Chinese is half made of some
two hundred characters, and no wrong decoding is.
chardet is the detector (0BSD, 0.12 s to import, only when it comes to it); charset-normalizer failed on
some samples. Its word counts as one candidate because a few broken bytes lead it astray.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from loader.read import mixed

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_UNICODE = (*_WIDE, "utf-8", "gb18030")
"""Encodings in which a file can say U+FFFD itself."""
_LABELS = {
    **dict.fromkeys(("gb2312", "gbk", "x-gbk", "gb_2312-80", "cp936", "gb18030"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "cn-big5", "x-x-big5", "cp950"), "big5hkscs"),
    **{label: label for label in ("shift_jis", "euc-jp", "euc-kr")},
}
"""Declared charsets worth belief (WHATWG Encoding, §4.2); a one-byte charset fits any bytes."""
SEVEN_BITS = {
    **dict.fromkeys(("hz-gb-2312", "hz"), "hz"),
    **dict.fromkeys(("utf-7", "unicode-1-1-utf-7", "csunicode11utf7"), "utf-7"),
    **{"iso-2022-jp": "iso2022_jp", "iso-2022-kr": "iso2022_kr"},
}
"""Charsets of mail whose bytes are all ASCII: only the header tells."""
_DECLARED = re.compile(rb"""<meta[^>]{1,300}?charset\s*=\s*["']?([A-Za-z0-9_-]{1,20})""", re.IGNORECASE)
_BIG5_MARKS = str.maketrans("•､‾∼♁☉", "‧﹑¯～⊕⊙")
"""Where Python's Big5 tables leave Windows' and WHATWG's (index-big5): 尤瑪‧達陸 is a name, not a list."""
_BIG5_OWN = {ours: own for own, ours in _BIG5_MARKS.items()}
"""The way back."""
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行"
    "学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些"
    "然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月"
    "公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知"
    "市记请谢今报疫防情区央省县局新闻媒"
    "這個國來時們為會對發動過說產種面後學經進著電裡現實體機當點從業應開還與關線數問題無總報記請謝長員設條結氣變門議觀"
    "，。、：；？！“”‘’（）《》「」『』【】…—·　０１２３４５６７８９"
)
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_SAMPLE = 20_000
"""Characters that are weighed."""
_READABLE = 0.4
"""Below this share of readable characters a decoding is no text."""


class Decoded(NamedTuple):
    """Text with its byte order mark off; `errors` counts the U+FFFD that the bytes did not say."""

    text: str
    encoding: str
    errors: int
    mixed: str = ""
    """How much of it is in another encoding, for a person; empty where it is all in one."""


def decode(raw: bytes, charset: str = "") -> Decoded | None:
    """The text of any bytes, or None where no encoding makes text of them.

    `charset` is what somebody else says of them (a mail's header); it counts as much as an HTML head.
    """
    if codec := SEVEN_BITS.get(charset.lower()):
        return _decoded(raw, codec)
    for bom, codec in _BOMS:
        if raw.startswith(bom):
            return _utf8(raw[len(bom) :]) if codec == "utf-8" else _decoded(raw[len(bom) :], codec)
    if b"\0" in raw[:4096] and (wide := _wide(raw)):
        return wide
    utf8 = _utf8(raw)
    if not utf8.errors:
        return utf8
    if (codec := _LABELS.get(charset.lower()) or _declared(raw)) and _sound(found := _decoded(raw, codec)):
        return found
    if _sound(utf8):
        return utf8
    return _best(raw) or (utf8 if 100 * utf8.errors <= len(utf8.text) else None)


def decode_as(raw: bytes, codec: str) -> Decoded:
    """The text of bytes whose encoding is known; raises `LookupError` where Python knows no such encoding."""
    for bom, name in _BOMS:
        if name == codec and raw.startswith(bom):
            raw = raw[len(bom) :]
            break
    return _utf8(raw) if codec == "utf-8" else _decoded(raw, codec)


def encode_as(text: str, codec: str) -> tuple[bytes, str]:
    """The bytes of a piece of a text that was decoded by `codec`, and by which codec to decode them.

    That is UTF-8 where `codec` cannot say all of it.
    """
    raw = (text.translate(_BIG5_OWN) if codec == "big5hkscs" else text).encode(codec, "replace")
    return (raw, codec) if decode_as(raw, codec).text == text else (text.encode(), "utf-8")


def _decoded(raw: bytes, codec: str) -> Decoded:
    text = raw.decode(codec, "replace")
    errors = text.count("\ufffd")
    if errors and codec in _UNICODE:
        errors = max(0, errors - raw.count("\ufffd".encode(codec)))
    return Decoded(text.translate(_BIG5_MARKS) if codec == "big5hkscs" else text, codec, errors)


def _utf8(raw: bytes) -> Decoded:
    """UTF-8, or UTF-8 with lines in another encoding, each read in its own."""
    found = _decoded(raw, "utf-8")
    if not found.errors or (both := mixed.decode(raw, weigh)) is None:
        return found
    text = both.text.translate(_BIG5_MARKS) if both.other == "big5hkscs" else both.text
    note = f"{both.lines:,} lines ({both.size:,} bytes) are in {both.other}, the others in utf-8"
    return Decoded(text, "utf-8", 0, note)


def _sound(found: Decoded) -> bool:
    """Whether what was decoded outweighs what was not: ten to one, or all but a cut end."""
    said = sum(len(run) for run in _NOT_ASCII.findall(found.text)) - found.text.count("\ufffd")
    return said >= 10 * found.errors or (said > 0 and found.errors == 1 and found.text.endswith("\ufffd"))


def _wide(raw: bytes) -> Decoded | None:
    """UTF-16 or UTF-32 without a mark, if the bytes read as one of them."""
    scored = [(_legible(found.text), found) for found in (_decoded(raw, codec) for codec in _WIDE)]
    best, found = max(scored, key=lambda pair: pair[0])
    return found if best > 0.5 else None


def _legible(text: str) -> float:
    """The share of ASCII and common characters in a text that is perhaps no text: -1 to 1."""
    sample = text[:_SAMPLE]
    if not sample:
        return -1
    good = sum(c in _COMMON or " " <= c <= "~" or c in "\t\n\r" for c in sample)
    fair = sum("\u4e00" <= c <= "\u9fff" and c not in _COMMON for c in sample)
    return (good + 0.3 * fair - (len(sample) - good - fair)) / len(sample)


def _declared(raw: bytes) -> str:
    found = _DECLARED.search(raw[:4096])
    label = found[1].decode("ascii").lower() if found else ""
    return _LABELS.get(label, "")


def _best(raw: bytes) -> Decoded | None:
    """The candidate that reads best."""
    candidates = dict.fromkeys(("gb18030", "big5hkscs", "utf-16-le", "utf-16-be"))
    if guess := _chardet(raw):
        candidates[guess] = None
    scored = [(weigh(found.text), found) for found in (_decoded(raw, codec) for codec in candidates)]
    best, found = max(scored, key=lambda pair: pair[0])
    return found if best >= _READABLE else None


def weigh(text: str) -> float:
    """How much the non-ASCII part of a text reads like text, by its first characters: -3 to 1."""
    sample = "".join(_NOT_ASCII.findall(text))[:_SAMPLE]
    return sum(map(_weight, sample)) / len(sample) if sample else -3.0


def _weight(char: str) -> float:
    if char in _COMMON:
        return 1.0
    if "\u4e00" <= char <= "\u9fff":
        return 0.3
    if "\u3040" <= char <= "\u30ff" or "\uac00" <= char <= "\ud7a3":
        return 0.5
    if char < "\u3000" and (char.isalpha() or "\u2010" <= char <= "\u2027" or "\xa0" <= char <= "\xbf"):
        return 0.45
    if "\u3000" <= char <= "\u303f" or "\uff00" <= char <= "\uff9f":
        return 0.5
    return -3.0


def _chardet(raw: bytes) -> str:
    """Python's name for chardet's guess by the part where the first byte over 0x7F stands."""
    import chardet

    first = re.search(rb"[\x80-\xff]", raw)
    start = first.start() if first else 0
    guess = chardet.detect(raw[start : start + 100_000])["encoding"] or ""
    try:
        name = codecs.lookup(guess).name
    except LookupError:
        return ""
    return {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "cp950": "big5hkscs"}.get(name, name)
