"""Exporting: briefings, single questions or hits as Markdown, JSON or CSV; each carries its citation.

What may come in: an open store and ids as typed (`export`), or rows the browser holds (`e`).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from loader.unseen import visible_lines
from tui.quote import citation, with_gaps
from tui.store.protocol import Store
from tui.store.rows import Hit, SpeakerRow, Transcript, TurnRow
from tui.telling import as_json, write

_NUMBERED = re.compile(r"(?:问题?|提问|Q)\s*\d*[.、]?")
_LINE_HEAD = re.compile(r"^(\s*\d*)([-+=~.)])", re.MULTILINE)
"""What makes a list, a rule or a fence at a line's head."""
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|])")


FORMS = ("md", "json", "csv")
Chosen = tuple[Transcript, int | None]
"""A briefing, or the question of that number in it."""


def export_ids(store: Store, ids: Sequence[str], form: str) -> int:
    """Write what `ids` name in `form` (`md`, `json`, `csv`); raises `NotFoundError` before writing."""
    chosen: list[Chosen] = []
    for any_id in ids:
        briefing, question = store.locate(any_id)
        chosen.append((store.transcript(briefing), question))
    write(briefings_text(chosen, form))
    return 0


def briefings_text(chosen: Sequence[Chosen], form: str) -> str:
    """Briefings and single exchanges in one of `FORMS`."""
    if form == "md":
        return "\n\n---\n\n".join(markdown(*one) for one in chosen) + "\n"
    return _table([row for one in chosen for row in _rows(*one)], _COLUMNS, form)


def hits_text(query: str, hits: Sequence[Hit], form: str) -> str:
    """What a query found, in one of `FORMS`: each passage with where it stands."""
    if form == "md":
        lines = [f"# {_plain(query)}", ""]
        for hit in hits:
            lines += [f"> {_plain(hit.text)}", ">", f"> ——{_plain(_hit_citation(hit))}", ""]
        return "\n".join(lines)
    rows = [
        {
            "id": hit.briefing.id,
            "question": hit.question,
            "kind": hit.kind,
            "speaker": hit.speaker,
            "date": hit.briefing.date,
            "place": hit.briefing.place,
            "title": hit.briefing.title,
            "text": hit.text,
            "citation": _hit_citation(hit),
        }
        for hit in hits
    ]
    return _table(rows, tuple(one for one in _COLUMNS if one != "post"), form)


def write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet, CSV with the mark by which spreadsheets know UTF-8.

    Raises `FileExistsError` and what else `open` raises; no file is left half written.
    """
    encoding = "utf-8-sig" if path.suffix == ".csv" else "utf-8"
    with path.open("x", encoding=encoding, newline="") as file:
        try:
            file.write(visible_lines(text))
            file.flush()
        except OSError:
            path.unlink(missing_ok=True)
            raise


def _hit_citation(hit: Hit) -> str:
    speaker = SpeakerRow(hit.speaker, None, "official") if hit.speaker else None
    return citation(hit.briefing, hit.question, speaker)


def _table(rows: Sequence[Mapping[str, object]], columns: Sequence[str], form: str) -> str:
    if form == "json":
        return as_json(rows, indent=1) + "\n"
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return out.getvalue()


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
