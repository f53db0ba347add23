"""How a briefing, a voice and a question are called on the screen: rows in, short text out."""

from __future__ import annotations

from loader.model import TurnKind
from tui.store.rows import BriefingRow, QuestionRow, SpeakerRow
from tui.typeset import cells, cut

VOICES: dict[TurnKind, str] = {"speech": "发布", "question": "问", "answer": "答", "table": "表"}
"""What stands in the label column, and before a hit; a host's speech is `主持`."""


def voice(kind: TurnKind, speaker: SpeakerRow | None, question: int | None) -> str:
    """The label of a turn, at most 6 cells: `主持`, `发布`, `问 3`, `答`, or nothing."""
    if kind == "speech" and speaker is not None and speaker.role == "host":
        return "主持"
    if kind == "question" and question is not None:
        return f"问 {question}"
    return VOICES.get(kind, "") if kind != "table" else ""


def date(row: BriefingRow) -> str:
    """Its date as held, or that there is none."""
    return row.date or "日期不详"


def session(row: BriefingRow) -> str:
    """Place and ordinal: `潍坊 第12场`."""
    ordinal = f"第{row.ordinal}场" if row.ordinal is not None else ""
    return f"{row.place or row.outlet or ''} {ordinal}".strip()


def short_session(row: BriefingRow, width: int) -> str:
    """Place and ordinal in a list's narrow column: `潍坊 12场`, the place cut so that both have room."""
    ordinal = f" {row.ordinal}场" if row.ordinal is not None else ""
    return cut(row.place or row.outlet or "", width - cells(ordinal)) + ordinal


def size(row: BriefingRow) -> str:
    """How many questions it holds, or that it is no briefing."""
    if row.kind == "document":
        return "文件"
    return f"{row.questions}问" if row.questions else ""


def prints(row: BriefingRow) -> str:
    """How many outlets' prints of it there are, if there are several."""
    return f"{1 + len(row.versions)}版" if row.versions else ""


def terms(of: BriefingRow | QuestionRow) -> str:
    """Its key terms, most telling first."""
    return " ".join(of.terms)


def asker(question: QuestionRow) -> str:
    """Who asks, outlet before name, or that nobody says."""
    return " ".join(part for part in (question.outlet, question.asker) if part) or "未具名"


def exchange(question: QuestionRow) -> str:
    """`asker → answerers`."""
    answerers = "、".join(question.answerers)
    return f"{asker(question)} → {answerers}" if answerers else asker(question)
