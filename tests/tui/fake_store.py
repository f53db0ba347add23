"""A small in-memory `Store` over hand-written transcripts, for tests of the browser and for looking at it.

Search is a plain substring scan: words apart must all occur in a passage.
Rowids pack (date, briefing, passage) so that they sort as the archive's do.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import get_args

from loader.model import Role, Span, TurnKind
from loader.text import occurrences
from tui.store.protocol import InterruptedSearch, NotFoundError, StoreError
from tui.store.rows import (
    BriefingRow,
    Completion,
    Count,
    Facet,
    Facets,
    Hit,
    Page,
    PassageRow,
    QuestionRow,
    SpeakerRow,
    Transcript,
    TurnRow,
    reference,
)
from tui.store.why import Met, Why

from .fake_transcripts import SOURCES

GAP = "▯"
"""Stands in the hand-written sources where digits are lost; never shown."""
TELLING = ("核酸", "孕产妇", "疫苗", "市民", "社区", "我们")
"""Words by which passages are alike."""
ROLES: dict[str, Role] = {"主持": "host", "记者": "reporter"}


def passage(rowid: int, text: str) -> PassageRow:
    """A passage whose gap marks are taken out and noted as offsets."""
    gaps: list[int] = []
    out: list[str] = []
    for character in text:
        if character == GAP:
            gaps.append(len(out))
        else:
            out.append(character)
    return PassageRow(rowid, "".join(out), tuple(gaps))


def build(source: str, rank: int) -> Transcript:
    """A transcript out of the notation of `fake_transcripts.py`; `rank` orders the archive, oldest 0."""
    head, body = source.strip().split("\n", 1)
    fields = dict(part.split("=", 1) for part in head.split("|"))
    turns: list[TurnRow] = []
    questions: list[QuestionRow] = []
    speakers: dict[str, SpeakerRow] = {}
    rowid = rank << 20
    for line in body.split("\n"):
        kind, who, text = line.split("|", 2)
        if not kind:
            rowid += 1
            turns[-1] = replace(turns[-1], passages=(*turns[-1].passages, passage(rowid, text)))
            continue
        level = 0
        if kind.startswith("heading"):
            level, kind = int(kind[7:]), "heading"
        turn_kind = next(name for name in get_args(TurnKind) if name == kind)
        speaker = None
        if who.strip("/"):
            name, _, post = who.partition("/")
            role: Role = "host" if "主持" in who else "reporter" if kind == "question" else "official"
            speaker = speakers.setdefault(name, SpeakerRow(name, post or None, role))
        rowid += 1
        row = passage(rowid, text)
        if kind == "question":
            outlet = speaker.post if speaker else None
            asker = speaker.name if speaker and speaker.name != outlet else None
            questions.append(QuestionRow(len(questions) + 1, outlet, asker, (), row.text, len(turns), None))
        number = questions[-1].number if kind in ("question", "answer") and questions else None
        if kind == "answer" and questions and speaker and speaker.name not in questions[-1].answerers:
            questions[-1] = questions[-1]._replace(answerers=(*questions[-1].answerers, speaker.name))
        label = f"{speaker.name}：" if speaker else None
        turns.append(TurnRow(turn_kind, speaker, label, number, level, (row,)))
    title = next((t.passages[0].text for t in turns if t.level == 1), turns[0].passages[0].text[:20])
    briefing = BriefingRow(
        fields["id"],
        "document" if fields.get("kind") == "document" else "briefing",
        title,
        fields.get("place"),
        fields.get("date"),
        int(fields["ordinal"]) if "ordinal" in fields else None,
        fields.get("outlet"),
        len(questions),
        len(speakers),
    )
    turns = counted(turns)
    return Transcript(
        briefing=briefing,
        organ=fields.get("organ"),
        series=None,
        language="zh-Hans",
        speakers=tuple(speakers.values()),
        turns=tuple(turns),
        questions=tuple(questions),
    )


def counted(turns: Iterable[TurnRow]) -> list[TurnRow]:
    """The turns with each passage's place in the source, as if that held nothing else."""
    at, out = 0, []
    for turn in turns:
        passages = []
        for row in turn.passages:
            passages.append(replace(row, at=at))
            at += len(row.text) + 1
        out.append(replace(turn, passages=tuple(passages)))
    return out


def words(query: str) -> list[str]:
    """The words of a query."""
    return [part.strip('"') for part in query.split() if ":" not in part and part.strip('"')]


class FakeStore:
    """The hand-written archive; `fail` makes every call raise, `gate` holds searches back until set."""

    path = Path("archive.db")

    def __init__(self, transcripts: tuple[Transcript, ...] | None = None) -> None:
        if transcripts is None:
            transcripts = tuple(build(source, 100 - rank) for rank, source in enumerate(SOURCES))
        self._transcripts = {one.briefing.id: one for one in transcripts}
        self._listed: object = None
        self.fail: str | None = None
        self.gate: threading.Event | None = None
        self.interrupts = 0
        self.weighed: int | None = None
        self.asked: list[str] = []
        self.closed = False
        self.completions: dict[str, tuple[str, str]] = {}
        """For a query what is shown behind it, and what it becomes."""
        self.note: str | None = None

    def briefings(self) -> tuple[BriefingRow, ...]:
        self._check()
        self._listed = self._transcripts
        return tuple(one.briefing for one in self._transcripts.values())

    def changed(self) -> bool:
        self._check()
        return self._listed is not self._transcripts

    def load(self, *transcripts: Transcript, gone: str = "") -> None:
        """As if somebody had loaded these and forgotten `gone`; the newest first."""
        held = {**self._transcripts, **{one.briefing.id: one for one in transcripts}}
        held.pop(gone, None)
        self._transcripts = dict(sorted(held.items(), key=lambda one: -one[1].turns[0].passages[0].rowid))

    def transcript(self, briefing_id: str) -> Transcript:
        self._check()
        try:
            return self._transcripts[briefing_id]
        except KeyError:
            raise NotFoundError(f"没有 {briefing_id}") from None

    def open(self, briefing_id: str) -> Transcript:
        read = self.transcript(briefing_id)
        return replace(read, checker=lambda: self._transcripts.get(briefing_id) is read)

    def locate(self, any_id: str) -> tuple[str, int | None]:
        briefing, _, question = any_id.partition("/q")
        return self.transcript(briefing).briefing.id, int(question) if question else None

    def search(
        self, query: str, *, limit: int = 50, before: int | None = None, within: str | None = None
    ) -> Page:
        self.asked.append(query)
        self._check()
        if self.gate is not None and not self.gate.wait(5):
            raise InterruptedSearch
        if "like:" in query and within is None:
            return self.ranked(query, limit=limit, before=before)
        hits = self._hits(query)
        hits = [hit for hit in hits if within in (None, hit.briefing.id)]
        order = [hit.rowid for hit in hits]
        older = hits[order.index(before) + 1 :] if before is not None else hits
        return Page(query, tuple(older[:limit]), len(older) > limit)

    def ranked(self, query: str, *, limit: int = 50, before: int | None = None) -> Page:
        """The shortest passages first."""
        self.asked.append(f"{query} by relevance")
        self._check()
        hits = sorted(self._hits(query), key=lambda hit: (len(hit.text), -hit.rowid))
        order = [hit.rowid for hit in hits]
        rest = hits[order.index(before) + 1 :] if before is not None else hits
        more, like = len(rest) > limit, self._like(query)
        return Page(query, tuple(rest[:limit]), more, ranked=True, newest=self.weighed, like=like)

    def count(self, query: str) -> Count:
        self._check()
        hits = self._hits(query)
        return Count(query, len(hits), len({hit.briefing.id for hit in hits}))

    def complete(self, query: str) -> Completion | None:
        self._check()
        rest = self.completions.get(query)
        return rest and Completion(query, rest[0], rest[1])

    def vetted(self) -> str | None:
        return self.note

    def facets(self, query: str) -> Facets:
        self._check()
        hits = self._hits(query)
        places = Counter(hit.briefing.place for hit in hits if hit.briefing.place)
        kinds = Counter(hit.kind for hit in hits)
        values = [Facet("place", place, count) for place, count in places.most_common()]
        values += [Facet("in", kind, count) for kind, count in kinds.most_common()]
        return Facets(query, tuple(values))

    def why(self, query: str, passage: int, *, scored: bool = False) -> Why | None:  # noqa: ARG002
        self._check()
        for hit in self._hits(query):
            if hit.rowid == passage:
                met = [
                    Met(word, None, "exact", tuple(Span(*at) for at in occurrences(word, hit.text)), ())
                    for word in words(query)
                ]
                return Why(query, "exact", tuple(met), (), (), ())
        return None

    def source(self, briefing_id: str) -> str:
        return "\n".join(p.text for t in self.transcript(briefing_id).turns for p in t.passages)

    def as_read(self, briefing_id: str) -> Transcript:
        read = self.transcript(briefing_id)
        lines = [PassageRow(1, "首页 登录"), *(p for t in read.turns for p in t.passages)]
        at, numbered = 0, []
        for line in lines:
            numbered.append(replace(line, at=at))
            at += len(line.text) + 1
        turns = [TurnRow("noise", None, None, None, 0, tuple(numbered[:1]))]
        turns += [TurnRow("narrative", None, None, None, 0, tuple(numbered[1:]))]
        return replace(read, turns=tuple(turns), questions=(), finder=None)

    def interrupt(self) -> None:
        self.interrupts += 1

    def close(self) -> None:
        self.closed = True

    def _check(self) -> None:
        if self.fail:
            raise StoreError(self.fail)

    def _like(self, query: str) -> tuple[str, ...] | None:
        """The words of the passage that a query names; none where it names none."""
        names = [part.removeprefix("like:") for part in query.split() if part.startswith("like:")]
        texts = [
            row.text
            for one in self._transcripts.values()
            for turn in one.turns
            for row in turn.passages
            if reference(one.briefing.id, row.rowid) in names
        ]
        return tuple(word for word in TELLING if word in "".join(texts)) if names else None

    def _hits(self, query: str) -> list[Hit]:
        wanted = words(query)
        like = self._like(query)
        if like is not None:
            found = {hit.rowid: hit for word in like for hit in self._hits(" ".join([word, *wanted]))}
            return [hit for hit in found.values() if reference(hit.briefing.id, hit.rowid) not in query]
        if not wanted:
            return []
        return [
            hit
            for one in self._transcripts.values()
            for turn in one.turns
            for row in turn.passages
            if (hit := self._hit(one, turn, row, wanted)) is not None
        ]

    @staticmethod
    def _hit(one: Transcript, turn: TurnRow, row: PassageRow, wanted: list[str]) -> Hit | None:
        spans: list[Span] = []
        for word in wanted:
            at = row.text.find(word)
            if at < 0:
                return None
            while at >= 0:
                spans.append(Span(at, at + len(word)))
                at = row.text.find(word, at + len(word))
        merged: list[Span] = []
        for span in sorted(spans):
            if merged and span.start < merged[-1].end:
                merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
            else:
                merged.append(span)
        speaker = turn.speaker.name if turn.speaker else None
        return Hit(row.rowid, one.briefing, turn.question, turn.kind, speaker, row.text, tuple(merged))


def long_transcript(characters: int) -> Transcript:
    """A transcript of about so many characters: 40 questions, paragraphs of 300."""
    sentence = "今天上午我们在城东的三个社区设立了1.86万平方米的临时采样点，市民凭“健康码”即可就近登记，"
    paragraph = (sentence * 7)[:300]
    each = max(1, characters // 40 // len(paragraph))
    lines = ["id=long-2022-01-01|place=长洲|date=2022-01-01", "heading1||长洲市新闻发布会实录"]
    for number in range(1, 41):
        lines.append(f"question|记者{number}/长洲晚报|请问第{number}个街道的药品供应如何安排？")
        lines.append(f"answer|林有为/市卫生健康委员会主任|{paragraph}")
        lines.extend(f"||{paragraph}" for _ in range(each - 1))
    return build("\n".join(lines), 1)
