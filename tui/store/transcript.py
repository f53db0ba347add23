"""Reads whole transcripts out of an archive. What may come in: a connection inside a snapshot."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from dataclasses import replace

from loader.kinds import ASIDE_KINDS
from loader.layout import briefing_range
from tui.language import said

from .listing import briefing_rows
from .opened import Opened, Reading
from .protocol import NotFoundError
from .rows import PassageRow, QuestionRow, SpeakerRow, Transcript, TurnRow
from .typed import checked


def read_transcript(db: sqlite3.Connection, slug: str) -> Transcript:
    """The briefing with that id as it is read, all of it; raises `NotFoundError`."""
    head, number, key = _head(db, slug)
    turns, places = _turns(db, number, key, head.speakers)
    return replace(head, turns=turns, questions=_questions(db, number, turns, head.speakers, places))


def open_transcript(db: sqlite3.Connection, slug: str, reading: Reading) -> Transcript:
    """The briefing with that id, its turns and questions read as they are looked at, by `reading`."""
    head, number, key = _head(db, slug)
    opened = Opened(db, reading, number, key, head.speakers)
    return replace(
        head, turns=opened.turns, questions=opened.questions, finder=opened.find, checker=opened.stands
    )


def read_head(db: sqlite3.Connection, slug: str) -> Transcript:
    """The briefing with that id without its turns and questions; raises `NotFoundError`."""
    return _head(db, slug)[0]


def _head(db: sqlite3.Connection, slug: str) -> tuple[Transcript, int, int]:
    """A transcript without turns, the briefing's number and its date key; raises `NotFoundError`."""
    row = db.execute(
        "select id, date_key, organ, series, language from document where slug = ?", (slug,)
    ).fetchone()
    if not row:
        raise NotFoundError(
            said("no briefing has the id {id}: `briefings-tui list` shows all ids", id=repr(slug))
        )
    number, key, organ, series, language = row
    rows = db.execute("select name, post, role from speaker where document = ? order by nth", (number,))
    speakers = tuple(checked(SpeakerRow(*one)) for one in rows)
    briefing = briefing_rows(db, [number])[number]
    return Transcript(briefing, organ, series, language, speakers, (), ()), number, key


def _passages(db: sqlite3.Connection, number: int, key: int) -> dict[int, list[PassageRow]]:
    """The passages of each turn by its place."""
    gaps = [at for (at,) in db.execute("select at from gap where document = ? order by at", (number,))]
    by_turn: dict[int, list[PassageRow]] = defaultdict(list)
    next_gap = 0
    rows = db.execute(
        "select id, turn, start, stop, text from passage where id between ? and ? order by id desc",
        briefing_range(key, number),
    )
    for passage, turn, start, stop, text in rows:
        while next_gap < len(gaps) and gaps[next_gap] < start:
            next_gap += 1
        first = next_gap
        while next_gap < len(gaps) and gaps[next_gap] <= stop:
            next_gap += 1
        offsets = tuple(at - start for at in gaps[first:next_gap])
        by_turn[turn].append(checked(PassageRow(passage, text, offsets, start)))
    return by_turn


def _turns(
    db: sqlite3.Connection, number: int, key: int, speakers: tuple[SpeakerRow, ...]
) -> tuple[tuple[TurnRow, ...], dict[int, list[tuple[int, int | None]]]]:
    """The turns that are read, and for each question its turns as (place, speaker)."""
    passages = _passages(db, number, key)
    turns: list[TurnRow] = []
    places: dict[int, list[tuple[int, int | None]]] = defaultdict(list)
    rows = db.execute(
        "select nth, kind, speaker, label, question, level from turn where document = ? order by nth",
        (number,),
    )
    for nth, kind, speaker, label, question, level in rows:
        if kind in ASIDE_KINDS or (nth not in passages and not label):
            continue
        if question is not None:
            places[question].append((len(turns), speaker))
        voice = None if speaker is None else speakers[speaker]
        turns.append(checked(TurnRow(kind, voice, label, question, level, tuple(passages[nth]))))
    return tuple(turns), places


def _questions(
    db: sqlite3.Connection,
    number: int,
    turns: tuple[TurnRow, ...],
    speakers: tuple[SpeakerRow, ...],
    places: dict[int, list[tuple[int, int | None]]],
) -> tuple[QuestionRow, ...]:
    rows = db.execute(
        "select number, outlet, asker, follow_up_of, terms from question where document = ? order by number",
        (number,),
    )
    return tuple(
        checked(
            QuestionRow(
                one,
                outlet,
                asker,
                _answerers(places[one], turns, speakers),
                "\n".join(
                    passage.text
                    for at, _ in places[one]
                    if turns[at].kind == "question"
                    for passage in turns[at].passages
                ),
                places[one][0][0] if places[one] else 0,
                follow_up_of,
                tuple(json.loads(terms)),
            )
        )
        for one, outlet, asker, follow_up_of, terms in rows
    )


def _answerers(
    places: list[tuple[int, int | None]], turns: tuple[TurnRow, ...], speakers: tuple[SpeakerRow, ...]
) -> tuple[str, ...]:
    """Who answered, in order, each once."""
    names = [speakers[voice].name for at, voice in places if turns[at].kind == "answer" and voice is not None]
    return tuple(dict.fromkeys(names))
