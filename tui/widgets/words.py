"""How a briefing, a voice and a question are called on the screen: rows in, short text out."""

from __future__ import annotations

from loader.kinds import TurnKind
from loader.unseen import visible
from tui.language import _, counted, mark
from tui.store.rows import LANES, BriefingRow, Hit, Page, QuestionRow, SpeakerRow
from tui.typeset import cells, cut

from .standing import Standing

VOICES: dict[TurnKind, str] = {
    "speech": mark("Speech"),
    "question": mark("Q"),
    "answer": mark("A"),
    "table": mark("Table"),
}
"""What stands in the label column, and before a hit; a host's speech is `Host`."""


def lane(hit: Hit) -> str:
    """What is said before a hit that was not found as it was typed."""
    return _(LANES[hit.lane]) if hit.lane in LANES else ""


def kind(kind: TurnKind) -> str:
    """A kind of turn in a word, or nothing."""
    return _(VOICES[kind]) if kind in VOICES else ""


def voice(kind_: TurnKind, speaker: SpeakerRow | None, question: int | None) -> str:
    """The label of a turn, at most 6 cells: `Host`, `Speech`, `Q 3`, `A`, or nothing."""
    if kind_ == "speech" and speaker is not None and speaker.role == "host":
        return _("Host")
    if kind_ == "question" and question is not None:
        return _("Q {number}", number=question)
    return kind(kind_) if kind_ != "table" else ""


def briefings(number: int) -> str:
    """`6 briefings`."""
    return counted("{number} briefing", "{number} briefings", number)


def questions(number: int) -> str:
    """`21 questions`."""
    return counted("{number} question", "{number} questions", number)


def documents(number: int) -> str:
    """`2 documents`."""
    return counted("{number} document", "{number} documents", number)


def hits(number: str) -> str:
    """`12 hits`, or `50+ hits`."""
    return _("{number} hit", number=number) if number == "1" else _("{number} hits", number=number)


def beside(number: int) -> str:
    """`3 beside`: labels and page text that hold what is sought."""
    return _("{number} beside", number=number)


def order(page: Page) -> str:
    """`newest first`, `by relevance`, or `best of the newest 12,400`."""
    if not page.ranked:
        return _("newest first")
    return _("best of the newest {count}", count=f"{page.newest:,}") if page.newest else _("by relevance")


def like(page: Page) -> str:
    """`alike by 透析 产检`: what hits have in common with the passage they are like; else nothing."""
    if not page.like:
        return ""
    said = _("alike by {words}", words=" ".join(page.like))
    return f"{said} ({order(page)})" if page.newest else said


def match(standing: Standing) -> str:
    """`hit 3/12`: which of the matches one stands on, of how many."""
    if not standing.matches:
        return hits("0")
    return _("hit {number}/{all}", number=standing.match or "–", all=standing.matches)


def date(row: BriefingRow) -> str:
    """Its date as held, or that there is none."""
    return row.date or _("undated")


def session(row: BriefingRow) -> str:
    """Place and ordinal: `潍坊 第12场`."""
    return f"{row.place or row.outlet or ''} {ordinal(row)}".strip()


def record(row: BriefingRow) -> str:
    """What a dialog calls the record it acts on: its id and its title."""
    return f"{row.id}  {visible(row.title)}"


def ordinal(row: BriefingRow) -> str:
    """Which of its series it is: `no. 12`, or nothing."""
    return _("no. {number}", number=row.ordinal) if row.ordinal is not None else ""


def short_session(row: BriefingRow, width: int) -> str:
    """Place and ordinal in a list's narrow column: `潍坊 12场`, the place cut so that both have room."""
    number = " " + _("#{number}", number=row.ordinal) if row.ordinal is not None else ""
    return cut(row.place or row.outlet or "", width - cells(number)) + number


def size(row: BriefingRow) -> str:
    """How many questions it holds, or that it is no briefing."""
    if row.kind == "document":
        return _("doc")
    return _("{number} Q", number=row.questions) if row.questions else ""


def prints(row: BriefingRow) -> str:
    """How many outlets' prints of it there are, if there are several."""
    return _("{number} prints", number=1 + len(row.versions)) if row.versions else ""


def terms(of: BriefingRow | QuestionRow) -> str:
    """Its key terms, most telling first."""
    return " ".join(of.terms)


def asker(question: QuestionRow) -> str:
    """Who asks, outlet before name, or that nobody says."""
    return " ".join(part for part in (question.outlet, question.asker) if part) or _("unnamed")


def exchange(question: QuestionRow) -> str:
    """`asker → answerers`."""
    answerers = "、".join(question.answerers)
    return f"{asker(question)} → {answerers}" if answerers else asker(question)
