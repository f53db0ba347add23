"""One briefing in full, noise and repeats included, as `show --json` prints it.

What may come in: a connection inside a snapshot, the id of a briefing. Spans are offsets into the
source's text as read, so they can be checked against `show ID --source`.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from loader.kept import source_text
from tui.language import said

from .protocol import NotFoundError

Record = dict[str, Any]


def read_record(db: sqlite3.Connection, slug: str) -> Record:
    """The briefing with that id; raises `NotFoundError`."""
    cursor = db.execute(
        "select d.id as number, d.slug, d.kind, d.title, d.place, d.organ, d.date, d.ordinal, d.series,"
        " d.outlet, d.language, s.path, s.sha256, s.encoding, s.format, s.text, s.id as source"
        " from document d join source s on s.id = d.source where d.slug = ?",
        (slug,),
    )
    row = cursor.fetchone()
    if not row:
        raise NotFoundError(
            said("no briefing has the id {id}: `briefings-tui list` shows all ids", id=repr(slug))
        )
    head = dict(zip((column[0] for column in cursor.description), row, strict=True))
    number = head.pop("number")
    text = source_text(db.execute, head.pop("source"), head.pop("text"))
    source = {name: head.pop(name) for name in ("path", "sha256", "encoding", "format")}
    speakers = _rows(db, "select name, post, role from speaker where document = ? order by nth", number)
    turns = _turns(db, number, text, speakers)
    return {
        "id": head.pop("slug"),
        **head,
        "source": source,
        "speakers": speakers,
        "turns": turns,
        "questions": _questions(db, number, turns),
        "figures": [
            {**figure, "span": [figure.pop("start"), figure.pop("stop")]}
            for figure in _rows(
                db,
                "select metric, value, unit, place, period, scope, start, stop from figure"
                " where document = ? order by start",
                number,
            )
        ],
        "gaps": [
            {
                **gap,
                "before": text[max(0, gap["at"] - 8) : gap["at"]],
                "after": text[gap["at"] : gap["at"] + 8],
            }
            for gap in _rows(db, "select at, reason from gap where document = ? order by at", number)
        ],
    }


def _rows(db: sqlite3.Connection, sql: str, number: int) -> list[Record]:
    cursor = db.execute(sql, (number,))
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def _turns(db: sqlite3.Connection, number: int, text: str, speakers: list[Record]) -> list[Record]:
    rows = db.execute(
        "select kind, speaker, label, question, start, stop, body_start, body_stop from turn"
        " where document = ? order by nth",
        (number,),
    )
    return [
        {
            "kind": kind,
            "speaker": None if speaker is None else speakers[speaker]["name"],
            "label": label,
            "question": question,
            "text": text[body_start:body_stop],
            "span": [start, stop],
        }
        for kind, speaker, label, question, start, stop, body_start, body_stop in rows
    ]


def _questions(db: sqlite3.Connection, number: int, turns: list[Record]) -> list[Record]:
    rows = db.execute(
        "select number, outlet, asker, follow_up_of from question where document = ? order by number",
        (number,),
    )
    return [
        {
            "number": question,
            "asker": {"outlet": outlet, "name": asker},
            "text": "\n".join(
                turn["text"] for turn in turns if turn["question"] == question and turn["kind"] == "question"
            ),
            "answers": [
                {"speaker": turn["speaker"], "text": turn["text"]}
                for turn in turns
                if turn["question"] == question and turn["kind"] == "answer"
            ],
            "follow_up_of": follow_up_of,
        }
        for question, outlet, asker, follow_up_of in rows
    ]
