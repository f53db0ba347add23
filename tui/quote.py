"""Quoting: a passage or an exchange as plain text to take along, with who said it, where and when.

In come rows of a transcript; out goes text for a clipboard or a file. Lost digits are shown as ▢.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from loader.unseen import visible_lines
from tui.store.rows import BriefingRow, Hit, PassageRow, SpeakerRow, Transcript, TurnRow
from tui.typeset import GAP


def citation(briefing: BriefingRow, question: int | None, speaker: SpeakerRow | None = None) -> str:
    """Who said it, where and when, and the id that opens it again; one line."""
    who = " ".join(part for part in (speaker.post, speaker.name) if part) if speaker else ""
    where = briefing.id + (f"/q{question}" if question is not None else "")
    ordinal = f"第{briefing.ordinal}场" if briefing.ordinal is not None else ""
    asked = f"问 {question}" if question is not None else ""
    parts = (who, f"《{briefing.title.strip('《》')}》", briefing.place, briefing.date, ordinal, asked, where)
    return "，".join(part for part in parts if part)


def with_gaps(text: str, gaps: Sequence[int], mark: str = GAP) -> str:
    """`text` with `mark` at each place where the source lost characters."""
    edges = [0, *gaps, len(text)]
    return mark.join(text[a:b] for a, b in pairwise(edges))


def passage_quote(transcript: Transcript, rowid: int) -> str | None:
    """The passage of that rowid and its citation; `None` where the transcript has no such passage."""
    place = transcript.find(rowid)
    if place is None:
        return None
    turn = transcript.turns[place.turn]
    said = _shown(turn.passages[place.passage]).strip()
    return visible_lines(f"{said}\n——{citation(transcript.briefing, turn.question, turn.speaker)}\n")


def hit_quote(hit: Hit) -> str:
    """A label or a stretch of page text, and the citation of its briefing."""
    return visible_lines(f"{hit.text}\n——{citation(hit.briefing, hit.question)}\n")


def exchange_quote(transcript: Transcript, number: int) -> str | None:
    """A question with all its answers, each under who speaks, and the citation; `None` if there is none."""
    turns = list(_exchange(transcript, number))
    if not turns:
        return None
    said = "\n\n".join("\n".join([_head(turn), *map(_shown, turn.passages)]) for turn in turns)
    return visible_lines(f"{said}\n\n——{citation(transcript.briefing, number)}\n")


def question_quote(transcript: Transcript, number: int) -> str | None:
    """The words of a question and their citation; `None` if there is none of that number."""
    turns = [turn for turn in _exchange(transcript, number) if turn.kind == "question"]
    if not turns:
        return None
    said = "\n".join(_shown(passage).strip() for turn in turns for passage in turn.passages)
    return visible_lines(f"{said}\n——{citation(transcript.briefing, number, turns[0].speaker)}\n")


def _shown(passage: PassageRow) -> str:
    return with_gaps(passage.text, passage.gaps)


def _exchange(transcript: Transcript, number: int) -> Iterator[TurnRow]:
    """The turns of one question: from its first to the next question's."""
    questions = transcript.questions
    at = next((index for index, question in enumerate(questions) if question.number == number), None)
    if at is None:
        return
    stop = questions[at + 1].turn if at + 1 < len(questions) else len(transcript.turns)
    for index in range(questions[at].turn, stop):
        turn = transcript.turns[index]
        if turn.question == number:
            yield turn


_VOICES = {"question": "问", "answer": "答", "speech": "发布"}


def _head(turn: TurnRow) -> str:
    """`问 3 大众网记者：`, `答 潍坊市卫健委副主任 寇建辉：`."""
    asked = str(turn.question) if turn.kind == "question" and turn.question is not None else ""
    speaker = turn.speaker
    label = turn.label.strip(":： ") if turn.label else ""
    who = " ".join(part for part in (speaker.post, speaker.name) if part) if speaker else label
    return " ".join(part for part in (_VOICES.get(turn.kind, ""), asked, who) if part) + "："
