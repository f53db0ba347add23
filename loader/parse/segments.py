"""Segments: the lines of a text dealt out to the labels they stand under.

What comes in are lines, the furniture found among them, and labels; what comes out is a list of segments
in text order whose chunks together hold every line: nothing is dropped here or later.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from loader.model import TurnKind
from loader.parse.asking import greets, is_question_line
from loader.parse.labels import Label
from loader.parse.lines import Line
from loader.parse.mentions import NOTHING
from loader.parse.voices import Voice


@dataclass(slots=True)
class Chunk:
    """A line or a part of one, with a kind where its shape alone decides it (None: what its voice says)."""

    start: int
    end: int
    plain: str
    kind: TurnKind | None = None
    level: int = 0
    why: str = ""
    """What gave it its kind, in a few English words."""


@dataclass(slots=True)
class Segment:
    """What stands under one label, or before the first one (`label` and `voice` None)."""

    voice: Voice | None = None
    label: Label | None = None
    chunks: list[Chunk] = field(default_factory=list)
    translates: bool = False
    """It says again, in another language, what the segment before it said."""

    @property
    def start(self) -> int:
        """Where it begins in the text, in characters."""
        starts = [c.start for c in self.chunks[:1]]
        return min([*starts, self.label.start] if self.label else starts, default=0)

    @property
    def end(self) -> int:
        """Where it ends in the text, in characters."""
        ends = [c.end for c in self.chunks[-1:]]
        return max([*ends, self.label.end] if self.label else ends, default=0)

    @property
    def spoken(self) -> list[Chunk]:
        """The chunks that are its voice's own words."""
        return [c for c in self.chunks if c.kind is None]

    @property
    def text(self) -> str:
        """Its words, folded, paragraphs parted by line feeds."""
        return "\n".join(c.plain for c in self.spoken)


_SECTION = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,2}[章节部分]+\s*|PART\s*\d+(?=\D|$))(?:[^。?!;]{1,40}$|(?<=\d)$)"
)
_SUBSECTION = re.compile(r"\([一二三四五六七八九十]{1,3}\)[^。?!;]{1,30}$")
_STAGE = re.compile(r"\((?:播放|录音|鼓掌|掌声|笑|全场|现场|短片)[^()]{0,40}\)$")
_QANDA = re.compile(
    r"(?:答记者问|记者提问|答问环节|问答环节|媒体问答|现场问答|提问环节|Q ?& ?A|Questions and answers)$", re.I
)
_HEADING_OPENS = frozenset("一二三四五六七八九十第P(答记提问媒现Qq")
"""What the first character of a heading is by one of the patterns above."""


def heading_of(line: Line) -> tuple[int, str]:
    """The level of a heading (2 a section, 3 below it) and its rule, or 0 for running text."""
    text = line.plain
    if line.heading:
        return min(max(line.heading, 2), 6), "heading by the markup"
    if len(text) > 48 or text[0] not in _HEADING_OPENS:
        return 0, ""
    if _SECTION.match(text):
        return 2, "short line numbered as a section is"
    if _QANDA.match(text):
        return 2, "names the questions and answers"
    if len(text) <= 36 and _SUBSECTION.match(text):
        return 3, "short line numbered in brackets"
    return 0, ""


def chunk_of(line: Line) -> Chunk:
    """A line as a chunk, with the kind its shape gives it."""
    if line.row:
        cells = line.plain.count("\t") + 1
        return Chunk(line.start, line.end, line.plain, "table", why=f"row of {cells} cells")
    level, why = heading_of(line)
    if level:
        return Chunk(line.start, line.end, line.plain, "heading", level, why)
    if line.plain[0] == "(" and _STAGE.match(line.plain):
        return Chunk(
            line.start, line.end, line.plain, "narrative", why="what happens in the room, in brackets"
        )
    return Chunk(line.start, line.end, line.plain)


def deal(lines: Sequence[Line], labels: Sequence[Label]) -> list[Segment]:
    """The segments of a text: one before the first label, then one for each label."""
    segments = [Segment()]
    if labels and labels[0].closing:
        return _deal_closing(lines, labels)
    waiting = list(reversed(labels))
    for line in lines:
        at = line.start
        while waiting and waiting[-1].start < line.end:
            label = waiting.pop()
            if label.start > at:
                _put(segments[-1], line, at, label.start)
            segments.append(Segment(label.voice, label))
            at = label.end
        if at < line.end:
            asked = segments[-1].label is not None and segments[-1].label.start == line.start
            if at == line.start and not asked and not _covered(segments[-1], line):
                segments[-1].chunks.append(chunk_of(line))
            elif at > line.start or asked:
                _put(segments[-1], line, at, line.end)
    return segments


def _covered(segment: Segment, line: Line) -> bool:
    """Whether a line lies within a label that spreads over several."""
    return segment.label is not None and not segment.label.closing and line.end <= segment.label.end


def _put(segment: Segment, line: Line, start: int, end: int) -> None:
    text = line.plain[start - line.start : end - line.start]
    bare = text.strip()
    if bare:
        start += text.index(bare[0])
        segment.chunks.append(Chunk(start, start + len(bare), bare))


def _deal_closing(lines: Sequence[Line], labels: Sequence[Label]) -> list[Segment]:
    """Segments where each label closes what it belongs to: a paragraph's end names its voice."""
    at_line = {label.line: label for label in labels}
    first = min(at_line)
    first = next((i for i in range(first) if greets(lines[i].plain)), first)
    segments, waiting = [Segment()], Segment()
    for i, line in enumerate(lines):
        label = at_line.get(i)
        if label is None:
            (segments[0] if i < first else waiting).chunks.append(chunk_of(line))
            continue
        waiting.voice, waiting.label = label.voice, label
        _put(waiting, line, line.start, label.start)
        segments.append(waiting)
        waiting = Segment()
    if waiting.chunks:
        segments.append(waiting)
    return segments


_ASIDE = re.compile(
    r"\((?:另一|有|某)?(?:名|位)?(?:(?:记者|媒体|传媒)?(?:追问|插问|续问|问|插话)\s*:?|(?:记者|媒体|传媒)\s*:)\s*"
    r"(?=[^()]{2,160}\))"
)
_REPLY = re.compile(
    r"(?<=[?])\s*(?=(?P<name>[\u3400-\u9fff]{2,4}?)(?:随即|当场|则)?(?:回答|回应|答复|表示|答)(?:说|称|道|记者)?[,:])"
)


def lift_asides(segments: Sequence[Segment]) -> list[Segment]:
    """Questions in brackets within an answer made segments of their own: `…（记者追问：会吗？）会。`."""
    out: list[Segment] = []
    for segment in segments:
        out.append(segment)
        if segment.voice is None or segment.voice.part not in ("official", "host", "answer"):
            continue
        chunks, segment.chunks = segment.chunks, []
        current = segment
        for chunk in chunks:
            at = 0
            for match in _ASIDE.finditer(chunk.plain) if chunk.kind is None else ():
                close = chunk.plain.index(")", match.end()) + 1
                cut(current, chunk, at, match.start())
                label = Label(
                    chunk.start + match.start(),
                    chunk.start + match.end(),
                    match.group().strip("(: "),
                    Voice("asker", because="a word for asking"),
                    NOTHING,
                    "aside",
                    0,
                    0,
                    False,
                )
                asked = Segment(label.voice, label)
                cut(asked, chunk, match.end(), close)
                current = Segment(replace(segment.voice, because="goes on after the question in brackets"))
                out += [asked, current]
                at = close
            if at == 0:
                current.chunks.append(chunk)
            else:
                cut(current, chunk, at, len(chunk.plain))
        if not current.chunks and current is not segment:
            out.remove(current)
    return out


def cut(segment: Segment, chunk: Chunk, start: int, end: int) -> None:
    """The part of a chunk between two offsets of it put to a segment, if it says anything."""
    text = chunk.plain[start:end]
    bare = text.strip()
    if bare:
        at = chunk.start + start + text.index(bare[0])
        segment.chunks.append(Chunk(at, at + len(bare), bare))


def split_replies(segments: Sequence[Segment], named: Container[str]) -> list[Segment]:
    """Reported exchanges in one paragraph parted: `有记者问：…？孙力回答说，…`."""
    out: list[Segment] = []
    for segment in segments:
        out.append(segment)
        if segment.voice is None or segment.voice.part != "asker":
            continue
        for n, chunk in enumerate(segment.chunks):
            match = _REPLY.search(chunk.plain) if chunk.kind is None else None
            if match and match["name"] in named:
                because = "named with a word for answering, after the question"
                reply = Segment(Voice("official", match["name"], because=because))
                cut(reply, chunk, match.end(), len(chunk.plain))
                reply.chunks += segment.chunks[n + 1 :]
                segment.chunks = segment.chunks[:n]
                cut(segment, chunk, 0, match.start())
                out.append(reply)
                break
    return out


def host_questions(segments: Sequence[Segment]) -> None:
    """Turns of one voice that read out others' questions made an asker's, where nobody else asks.

    `…有市民反映买菜难，请问怎么解决？` or `…怎么保障？请吴老师回答。` before another's turn, twice or more.
    """
    if any(s.voice and s.voice.part in ("asker", "unknown") for s in segments):
        return
    asked: dict[tuple[str, str | None, str | None], list[Segment]] = {}
    for segment, following in pairwise(segments):
        voice, answer = segment.voice, following.voice
        if voice is None or answer is None or voice.key == answer.key or not segment.spoken:
            continue
        if re.search(r"\?[\")\s]*(?:[下现]?面?有?请[^。?]{2,24}[。!]?)?$", segment.spoken[-1].plain[-60:]):
            asked.setdefault(voice.key, []).append(segment)
    most = max(asked.values(), key=len, default=[])
    if len(most) >= 2:
        for segment in most:
            segment.voice = Voice("asker", because="nobody else asks; reads out what is answered next")


def lift_questions(segments: list[Segment]) -> list[Segment]:
    """Bare questions made segments of their own, where a text names who answers but nobody who asks.

    A paragraph that is a question and nothing else, right before the label of an official, was asked of
    him: `电话打得通吗？` before `…副主任郭亮：`.
    """
    if any(s.voice and s.voice.part == "asker" for s in segments):
        return segments
    out: list[Segment] = []
    for i, segment in enumerate(segments):
        out.append(segment)
        following = segments[i + 1] if i + 1 < len(segments) else None
        if following is None or following.voice is None or following.voice.part not in ("official", "answer"):
            continue
        last = segment.chunks[-1] if segment.chunks else None
        if (
            last
            and last.kind in (None, "heading")
            and (len(segment.chunks) > 1 or _heads(segment, following))
            and is_question_line(last.plain)
        ):
            last.kind = None
            segment.chunks.pop()
            asker = Voice("asker", because="a question alone before the label of an official")
            out.append(Segment(asker, None, [last]))
    return out


def _heads(segment: Segment, following: Segment) -> bool:
    """Whether a label alone on its line names who answers in the section, each time under a bare `答：`."""
    own, answer = segment.label, following.label
    return bool(own and own.alone and answer and answer.mention.slots == "s")
