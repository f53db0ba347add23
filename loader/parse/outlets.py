"""Outlets: how the name of a newsroom looks, and where a text says for whom its asker works.

All functions take folded text.
"""

from __future__ import annotations

import re

OUTLET_ENDS = (
    "日报 晚报 早报 晨报 时报 周报 商报 都市报 青年报 快报 学报 导报 画报 公报 报 通讯社 社 新闻网 "
    "网 在线 新闻 "
    "电视台 电台 广播 广播电台 卫视 频道 视频 台 周刊 月刊 旬刊 杂志 画刊 期刊 刊 客户端 融媒 融媒体 "
    "融媒体中心 传媒 媒体 "
    "发布 观察 通讯 报道 之声 新闻台 国际台 新媒体 视界 手记 农讯 财经 手机报 热线 公众号 央视 CCTV CGTN "
    "TVBS 有线 视听 news News Daily Times "
    "Post Press Agency Radio TV Network Wire Journal Weekly Magazine Herald Tribune Reuters AFP AP "
    "Bloomberg BBC CNN".split()
)
"""What the name of a newsroom ends with."""

FAMOUS = frozenset(
    "新华社 中新社 中央社 法新社 路透社 美联社 彭博社 塔斯社 共同社 韩联社 安莎社 埃菲社 德新社 "
    "总台央视 央视 央广 澎湃 "
    "澎湃新闻 财新 界面 凤凰 新京报 人民日报 光明日报 经济日报 参考消息 CCTV CGTN BBC CNN NHK TVBS "
    "ABC NBC CBS Reuters 上观 南方+ 新黄河 TVB RTHK "
    "AFP AP Bloomberg iThome 年代 三立 东森 民视 中天 匿名".split()
)
"""Names that no ending gives away, and labels that hide one."""

_END = re.compile(r"(?:" + "|".join(sorted(map(re.escape, OUTLET_ENDS), key=len, reverse=True)) + r")$")
_QUOTED = re.compile(r"<[^<>]{2,20}>")
_SELF = re.compile(
    r"(?:我们?是|我来自|来自)(?:来自)?(?P<outlet>[^,。?!;:\s]{2,24}?)的?(?:驻[^,。]{1,8})?记者"
)
_GIVEN = (
    re.compile(r"(?:[请由让]|给|有请|欢迎|点|到)(?P<outlet><[^<>]{2,20}>)"),
    re.compile(
        r"(?:请|有请|由|给|让)(?:来自)?(?P<outlet>[^,。?!;:\s请]{2,20}?)的?(?:记者(?:朋友)?)?(?:先?提问|发问|先来)"
    ),
    re.compile(r"(?:代|替)(?P<outlet>[^,。?!;:\s]{2,24}?网友)"),
)
_ENGLISH_SELF = re.compile(r"I(?:'m| am) (?:from|with) (?P<outlet>[A-Z][\w ]{2,30}?)[.,]")
_VAGUE = re.compile(r"[各哪那这位几先左右后前边排男女穿的]{2,}|记者|朋友|大家|媒体$")


def is_outlet(word: str) -> bool:
    """Whether a whole folded word is shaped like the name of a newsroom."""
    bare = word.strip('"<>[]() ')
    return 1 < len(bare) <= 30 and (bare in FAMOUS or bool(_END.search(bare)) or bool(_QUOTED.search(word)))


def said_by_asker(text: str) -> str | None:
    """The outlet an asker gives for himself in the first 120 characters (`我是通城民生频道的记者`)."""
    match = _SELF.search(text, 0, 120) or _ENGLISH_SELF.search(text, 0, 120)
    return match["outlet"].strip("<>") if match and not _VAGUE.fullmatch(match["outlet"]) else None


def said_by_host(text: str) -> str | None:
    """The outlet a host calls up in the last 120 characters of his turn (`下面请《银龄时报》提问`)."""
    tail = text[-120:]
    for pattern in _GIVEN:
        for match in reversed(list(pattern.finditer(tail))):
            word = match["outlet"]
            if not _VAGUE.search(word.strip("<>")) or "网友" in word:
                return word.strip("<>")
    return None
