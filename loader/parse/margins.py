"""Margins: the page's own lines above, between and behind what is said, known by where they stand.

What comes in are folded lines or chunks. One sign alone takes nobody's words away: a line is only the
page's where it ends in no sentence mark on a page whose speakers' lines do, and stands where pages put
their own lines or has their shape. It is indexed and found all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from loader.parse.asking import closes, greets, is_pleasantry
from loader.parse.lines import Line
from loader.parse.segments import Chunk, Segment

_SEAM = 40
"""Characters of a line that may be the page's own where one voice ends and the next begins."""
_INVITES = re.compile(
    r"关注|点击|长按|扫码|二维码|下载|订阅|转发|抽奖|优惠|折扣|赞助|广告|推广|专题|一图|图解|懒人包|链接|相关|推荐|精彩|更多|往期"
    r"|客户端|公众号|小程序|视频号|直播间|[Ss]ubscribe|[Dd]ownload|[Nn]ewsletter|[Rr]elated|[Ss]ign up"
)
"""What pages say to whoever reads them."""
_TO_READERS = re.compile(
    r"订户|订阅|会员|捐款|赞助|关注我们|关注本|公众号|客户端|转载|版权|[Ss]ubscri|[Nn]ewsletter|[Dd]onat"
)
"""What only the page says, in a sentence at its end."""
_TO_LISTENERS = re.compile(r"谢谢|感谢|再见|大家|各位|今[天日晚]|我(?!们的工作)|[你您咱]|[Tt]hank")
_SPEAKS = re.compile(
    r"[我你您咱他她它这那是了着过吗呢吧请要会把被让就都也还已没不能可很先再才又]|\b(?:I|we|you|is|are|was|will|have|do)\b",
    re.I,
)
"""What stands in sentences and seldom in a caption, a link or the name of a document."""
_SECTION = re.compile(r"[^,、;]{0,12}(?:提问|问答|答问|Q ?& ?A|环节|发布|介绍|通报|致辞|陈词|发言)[\])】]?$")
"""What heads a part of the conversation."""
_ENDS = re.compile(r"[。?!…;:,\"']$|[.?!][\"')]?$|[。?!][)\]]$")
"""How a line of what somebody says ends."""
_LONG = 20
"""Characters: shorter lines do not show whether a page ends its lines with marks."""
_MOST = 0.8
"""The share of a page's long lines that end with a mark, where marks tell anything."""
_WIDEST = 90
"""Characters of a line that may be the page's own."""
_SHAPE = re.compile(
    r"\s[|丨]\s|\s{2,}|^\[[^\[\]]{2,6}\]\S|第\s?\d+\s?页|\((?:[^()]*(?:摄|图|供稿|整理)[^()]*)\)$"
    r"|^[\U0001F300-\U0001FAFF♪]|^(?:-{2,}|={2,}|\*{2,})|https?://|\.(?:pdf|xlsx?|docx?|zip|jpe?g|png|mp[34])\b"
)
"""What lines of a page look like that are no running text: parts set apart, a tag before the words, the
number of a page, a credit, a rule, a link, a file."""


def ends_with_marks(lines: Iterable[Line]) -> bool:
    """Whether what is said on a page ends its lines with marks, so that a line without one stands out."""
    long = [bool(_ENDS.search(line.plain)) for line in lines if len(line) >= _LONG and not line.row]
    return len(long) >= 3 and sum(long) >= _MOST * len(long)


def own_end(lines: Sequence[Line], first: int, last_aside: int = -1) -> int:
    """The index from which on the last lines are the page's own; `first` is the first that may be.

    `last_aside` is where the last furniture begins, as an offset: a sentence before it that speaks to
    readers is the page's as well.
    """
    at = len(lines)
    while at > first and (_is_bare(lines[at - 1]) or _asks_readers(lines, at, last_aside)):
        at -= 1
    return at


def _asks_readers(lines: Sequence[Line], at: int, last_aside: int) -> bool:
    """Whether the line before an index is a sentence to readers that the page's own lines follow."""
    line = lines[at - 1]
    followed = at < len(lines) or last_aside > line.start
    said = _TO_LISTENERS.search(line.plain) or len(line) > _WIDEST
    return followed and not said and bool(_TO_READERS.search(line.plain))


def _is_bare(line: Line) -> bool:
    """Whether a line says nothing to anybody: no sentence mark, no thanks, no row of a table."""
    text = line.plain
    said = _ENDS.search(text) or is_pleasantry(text) or closes(text) or greets(text)
    return not (said or line.row or line.heading or len(text) > _WIDEST)


def set_margins(segments: Sequence[Segment], title_start: int) -> None:
    """Give the page's own lines above the title (an offset, or -1) and between what is said their kind."""
    for chunk in segments[0].chunks if segments else ():
        if chunk.kind is None and not _ENDS.search(chunk.plain) and len(chunk.plain) <= _WIDEST:
            if chunk.end <= title_start:
                _take(chunk, "above the title, and no sentence")
            elif _SHAPE.search(chunk.plain):
                _take(chunk, "shaped as a page's own line, and no sentence")
    for segment in segments[1:]:
        bare = [chunk for chunk in segment.chunks[1:] if _is_bare_chunk(chunk)]
        for chunk in bare:
            if _SHAPE.search(chunk.plain):
                _take(chunk, "shaped as a page's own line, and no sentence")
            elif (
                _INVITES.search(chunk.plain) and len(chunk.plain) <= _SEAM and not _SPEAKS.search(chunk.plain)
            ):
                _take(chunk, "speaks to readers, and no sentence")
        if segment is not segments[-1]:
            _set_seam(segment)


def _set_seam(segment: Segment) -> None:
    """Give short lines that are no sentences, right before the next voice, their kind."""
    for chunk in segment.chunks[:0:-1]:
        if chunk.kind is not None:
            continue
        if not _is_bare_chunk(chunk) or len(chunk.plain) > _SEAM or _SPEAKS.search(chunk.plain):
            return
        if _SECTION.fullmatch(chunk.plain):
            chunk.kind, chunk.level, chunk.why = "heading", 2, "names a part, right before the next voice"
        else:
            _take(chunk, "right before the next voice, and no sentence")


def _is_bare_chunk(chunk: Chunk) -> bool:
    return chunk.kind is None and not _ENDS.search(chunk.plain) and len(chunk.plain) <= _WIDEST


def _take(chunk: Chunk, why: str) -> None:
    chunk.kind, chunk.why = "noise", why
