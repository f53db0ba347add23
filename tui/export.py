"""`export`: briefings or single questions as Markdown, JSON or CSV on standard output.

What may come in: an open store and ids as typed. Each exchange carries its citation.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterator, Sequence

from tui.quote import citation, with_gaps
from tui.store.protocol import Store
from tui.store.rows import Transcript, TurnRow

_NUMBERED = re.compile(r"(?:问题?|提问|Q)\s*\d*[.、]?")
_LINE_HEAD = re.compile(r"^(\s*\d*)([-+=~.)])", re.MULTILINE)
"""What makes a list, a rule or a fence at a line's head."""
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|])")


def export_ids(store: Store, ids: Sequence[str], form: str) -> int:
    """Write what `ids` name in `form` (`md`, `json`, `csv`); raises `NotFoundError` before writing."""
    chosen = []
    for any_id in ids:
        briefing, question = store.locate(any_id)
        chosen.append((store.transcript(briefing), question))
    if form == "md":
        sys.stdout.write("\n\n---\n\n".join(markdown(*one) for one in chosen) + "\n")
    elif form == "json":
        rows = [row for one in chosen for row in _rows(*one)]
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
    else:
        writer = csv.DictWriter(sys.stdout, _COLUMNS, lineterminator="\n")
        writer.writeheader()
        for one in chosen:
            writer.writerows({name: _cell(value) for name, value in row.items()} for row in _rows(*one))
    return 0


def markdown(transcript: Transcript, question: int | None) -> str:
    """The briefing, or one exchange of it, as Markdown; what is markup in the text is escaped."""
    row = transcript.briefing
    lines = [f"# {_plain(row.title)}", "", _plain(citation(row, question))]
    for turn in transcript.turns:
        if question is None or turn.question == question:
            lines += ["", *_turn_lines(turn)]
    return "\n".join(lines)


def _turn_lines(turn: TurnRow) -> Iterator[str]:
    texts = [_plain(with_gaps(passage.text, passage.gaps)) for passage in turn.passages]
    if turn.kind == "heading":
        yield from (f"{'#' * min(turn.level + 1, 6)} {text}" for text in texts)
        return
    if turn.kind == "table":
        yield from _table_lines(turn)
        return
    head = _voice(turn)
    if head:
        yield f"**{_plain(head)}**"
        yield ""
    yield "\n\n".join(texts)


def _voice(turn: TurnRow) -> str:
    number = f"问 {turn.question}" if turn.kind == "question" and turn.question is not None else ""
    voice = turn.label.strip(":： ") if turn.label else ""
    voice = "" if _NUMBERED.fullmatch(voice) else voice  # the number stands there already
    if turn.speaker:
        voice = " ".join(part for part in (turn.speaker.post, turn.speaker.name) if part)
    return " ".join(part for part in (number, voice) if part)


def _table_lines(turn: TurnRow) -> Iterator[str]:
    rows = [[_plain(cell) for cell in passage.text.split("\t")] for passage in turn.passages]
    width = max((len(row) for row in rows), default=0)
    for nth, row in enumerate(rows):
        yield "| " + " | ".join(row + [""] * (width - len(row))) + " |"
        if nth == 0:
            yield "|" + "---|" * width


_COLUMNS = ("id", "question", "kind", "speaker", "post", "date", "place", "title", "text", "citation")


def _rows(transcript: Transcript, question: int | None) -> Iterator[dict[str, object]]:
    row = transcript.briefing
    for turn in transcript.turns:
        if question is None or turn.question == question:
            yield {
                "id": row.id,
                "question": turn.question,
                "kind": turn.kind,
                "speaker": turn.speaker.name if turn.speaker else None,
                "post": turn.speaker.post if turn.speaker else None,
                "date": row.date,
                "place": row.place,
                "title": row.title,
                "text": "\n".join(with_gaps(passage.text, passage.gaps) for passage in turn.passages),
                "citation": citation(row, turn.question, turn.speaker),
            }


def _plain(text: str) -> str:
    """`text` with what Markdown or HTML would act upon escaped."""
    return _LINE_HEAD.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", text))


def _cell(value: object) -> object:
    """A spreadsheet takes a cell that begins with = + - @ for a formula: an apostrophe keeps it text."""
    return f"'{value}" if isinstance(value, str) and value[:1] in tuple("=+-@\t") else value
