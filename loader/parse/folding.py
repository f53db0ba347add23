"""One face for every rule: half-width, Simplified, plain blanks, so that each rule is written once.

What comes in is any text; what goes out has the same length, so an offset into one is an offset into
the other, and what is shown stays what was printed. Case stays too (`MR. ZHUANG` is a label because of
it), and so do line feeds and tabs, which is why this is not the index's `loader.text.Fold`.
"""

from __future__ import annotations

from functools import cache
from unicodedata import normalize

from loader.text import traditional_pairs

_MARKS = {
    " ": "\u3000\u00a0\u2002\u2003\u2009\u202f",
    ":": "﹕︰∶",
    "[": "〔【﹝",
    "]": "〕】﹞",
    '"': "“”「」『』＂",
    "'": "‘’",
    "-": "—–―─－",
    "?": "﹖",
    "!": "﹗",
    ",": "﹐",
    ";": "﹔",
    "<": "〈《",
    ">": "〉》",
    "·": "・‧•●▪",
    "…": "⋯",
}
_VARIANTS = {"么": "麽麼", "卫": "衞", "着": "著"}
"""Character forms OpenCC leaves alone or takes for words of their own."""


@cache
def _table() -> dict[int, str]:
    pairs = traditional_pairs()
    table = dict(zip(map(ord, pairs[::2]), pairs[1::2], strict=True))
    table.update({code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)})
    accented = (chr(code) for code in range(0xC0, 0x250))
    table.update({ord(char): normalize("NFD", char)[0] for char in accented if char.isalpha()})
    for shape, printed in (*_MARKS.items(), *_VARIANTS.items()):
        table.update({ord(char): shape for char in printed})
    return table


def plain(text: str) -> str:
    """The text as the rules see it: same length, half-width marks, Simplified characters.

    `〔〕【】` become `[]`, every double quote `"`, every dash `-`, every blank but line feed and tab a
    space; `（）：，？！；` become their half-width forms, and Latin letters lose their accents.
    """
    return text.translate(_table())
