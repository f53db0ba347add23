"""How a word is read: its pinyin without tones, and its initials.

What may come in: a folded word of any script. Only common readings come out. Where pypinyin's dictionary of
phrases knows a piece of the word, it is read as it says (重庆 chongqing, 严重 yanzhong); a character
that stands alone is read as mostly, and where `COMMON` gives it others, in these ways too.

The package itself is imported before any submodule by name: a load imports it in two threads, and where one
asks for a submodule first, both wait for each other and Python gives one of them a half-made module.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import islice, product

MOST = 4
"""Ways to read a word, at most."""
COMMON = {
    "重": "zhong chong", "长": "chang zhang", "行": "xing hang", "乐": "le yue", "还": "hai huan",
    "调": "diao tiao", "都": "dou du", "率": "lv shuai", "血": "xue xie", "薄": "bo bao",
    "传": "chuan zhuan", "藏": "cang zang", "朝": "chao zhao", "曾": "zeng ceng", "单": "dan shan",
    "弹": "dan tan", "得": "de dei", "恶": "e wu", "会": "hui kuai", "给": "gei ji", "降": "jiang xiang",
    "角": "jiao jue", "校": "xiao jiao", "解": "jie xie", "卡": "ka qia", "落": "luo la",
    "强": "qiang jiang", "色": "se shai", "厦": "sha xia", "省": "sheng xing", "似": "si shi",
    "宿": "su xiu", "系": "xi ji", "着": "zhe zhao zhuo", "粘": "zhan nian", "差": "cha chai",
    "参": "can shen", "称": "cheng chen", "盛": "sheng cheng", "畜": "chu xu", "度": "du duo",
    "否": "fou pi", "觉": "jue jiao", "壳": "ke qiao", "勒": "le lei", "绿": "lv lu", "没": "mei mo",
    "埋": "mai man", "泊": "bo po", "奇": "qi ji", "塞": "sai se", "识": "shi zhi", "属": "shu zhu",
    "尾": "wei yi", "尉": "wei yu", "殷": "yin yan", "员": "yuan yun", "仇": "chou qiu", "查": "cha zha",
    "朴": "pu piao", "翟": "zhai di", "区": "qu ou", "盖": "gai ge", "缪": "miao mou", "折": "zhe she",
    "车": "che ju", "大": "da dai", "什": "shen shi", "地": "di de", "择": "ze zhai", "仔": "zai zi",
    "扎": "zha za", "咽": "yan ye", "露": "lu lou", "模": "mo mu", "炮": "pao bao",
}  # fmt: skip
"""Characters that are commonly read in several ways, the most common first."""


def readings(word: str) -> tuple[str, ...]:
    """Its pinyin in lower-case letters, its initials, and both of other common readings of it.

    None where one of its characters has no reading, or all are ASCII: it stands as it is typed.
    """
    if word.isascii():
        return ()
    ways = [_piece(piece) for piece in _pieces(word)]
    found: list[str] = []
    for way in islice(product(*ways), MOST):
        syllables = " ".join(way).split(" ")
        if not all(one.isascii() and one.isalpha() for one in syllables):
            return ()
        found += ["".join(syllables), "".join(one[0] for one in syllables)]
    return tuple(dict.fromkeys(found))


def _piece(piece: str) -> list[str]:
    """The ways to read a phrase, or one character alone, its syllables parted by blanks."""
    from pypinyin import constants

    if len(piece) > 1 and piece in constants.PHRASES_DICT:
        return [" ".join(_plain(one[0]) for one in constants.PHRASES_DICT[piece])]
    return [" ".join(ways) for ways in product(*map(_alone, piece))]


@lru_cache(maxsize=10_000)
def _alone(char: str) -> tuple[str, ...]:
    """The common ways to read a character; itself where it is none that is read."""
    from pypinyin import constants

    if char in COMMON:
        return tuple(COMMON[char].split())
    toned: str = constants.PINYIN_DICT.get(ord(char), char)
    return (_plain(toned.split(",")[0]),)


@lru_cache(maxsize=10_000)
def _plain(syllable: str) -> str:
    """A syllable without its tone, ü as v."""
    import pypinyin  # noqa: F401 - whole, before a submodule of it
    from pypinyin.contrib.tone_convert import to_normal

    plain: str = to_normal(syllable)
    return plain


def _pieces(word: str) -> Iterable[str]:
    """The phrases in it that pypinyin knows, the longest first, and the characters between them."""
    from pypinyin import constants

    if word in constants.PHRASES_DICT:
        return (word,)
    if len(word) == 2:
        return word
    from pypinyin.seg import mmseg

    pieces: Iterable[str] = mmseg.seg.cut(word)
    return pieces
