"""A briefing opened for reading: its turns and questions come out of the archive as they are looked at.

What may come in: a way to a connection inside a snapshot, and the briefing's number and date key. Opening
costs the same at any length: places within a briefing are found by halving, since rowids pack them. The
archive may be written between two reads; each makes sure that the briefing is still the one opened.
"""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from functools import partial
from itertools import accumulate
from typing import Any

from loader.kinds import ASIDE_KINDS
from loader.layout import MAX_PASSAGES, briefing_range, place_of, rowid
from tui.language import said

from .parts import Parts
from .protocol import StoreError
from .rows import PassageRow, Place, QuestionRow, SpeakerRow, TurnRow
from .typed import checked

Reading = Callable[[], AbstractContextManager[sqlite3.Connection]]

_LARGE = 512
"""Passages of neighbouring turns that are read at once; a longer turn gives them by parts, too."""
_STAMP = (
    "select d.slug, d.date_key, s.id, s.sha256, (select max(nth) from turn where document = d.id),"
    " (select min(id) from passage where id between ? and ?)"
    " from document d join source s on s.id = d.source where d.id = ?"
)


class Opened:
    """One briefing by its number and date key; `turns` and `questions` read on demand."""

    def __init__(
        self,
        db: sqlite3.Connection,
        reading: Reading,
        number: int,
        key: int,
        speakers: tuple[SpeakerRow, ...],
    ) -> None:
        self._reading = reading
        self._number, self._key, self._speakers = number, key, speakers
        self._range = briefing_range(key, number)
        self._stamp = self._read_stamp(db)
        *_, last_turn, last_passage = self._stamp
        self._passage_count = 0 if last_passage is None else place_of(last_passage) + 1
        (asked,) = db.execute("select count(*) from question where document = ?", (number,)).fetchone()
        self.turns: Parts[TurnRow] = Parts(0 if last_turn is None else last_turn + 1, self._turns)
        self._firsts: list[int] = []
        """The place of the first passage of each turn, once all are read."""
        self.questions: Parts[QuestionRow] = Parts(asked, self._questions)

    def find(self, passage: int) -> Place | None:
        """Where the passage of that rowid stands; `None` if it is none of this briefing's."""
        first, last = self._range
        if not first <= passage <= last or place_of(passage) >= self._passage_count:
            return None
        place = place_of(passage)
        if self.turns.whole:  # then the archive is asked no more
            if not self._firsts:
                self._firsts = list(accumulate((len(one.passages) for one in self.turns), initial=0))
            turn = bisect_right(self._firsts, place) - 1
            return Place(turn, place - self._firsts[turn])
        with self._reading() as db:
            self._check(db)
            turn = self._turn_at(db, place)
            return Place(turn, place - self._first(db, turn))

    def stands(self) -> bool:
        """Whether the archive still holds what was opened."""
        with self._reading() as db:
            return self._read_stamp(db) == self._stamp

    def _turns(self, start: int, stop: int) -> tuple[TurnRow, ...]:
        """The turns from `start` to `stop`, by their numbers; what is no transcript has no passages."""
        with self._reading() as db:
            self._check(db)
            rows = db.execute(
                "select nth, kind, speaker, label, question, level from turn"
                " where document = ? and nth >= ? and nth < ? order by nth",
                (self._number, start, stop),
            ).fetchall()
            firsts = [self._first(db, start), self._first(db, stop)]
            by_turn: dict[int, list[PassageRow]] = defaultdict(list)
            large = firsts[1] - firsts[0] > _LARGE
            if large:
                firsts = [self._first(db, nth) for nth in range(start, stop + 1)]
            else:
                for turn, passage in self._passages(db, *firsts):
                    by_turn[turn].append(passage)
            out: list[TurnRow] = []
            for nth, kind, speaker, label, question, level in rows:
                voice = None if speaker is None else self._speakers[speaker]
                own: Sequence[PassageRow] = tuple(by_turn[nth])
                if large:
                    first, stop_at = firsts[nth - start : nth - start + 2]
                    own = Parts(stop_at - first, partial(self._some_passages, first))
                told = None if kind in ASIDE_KINDS else label
                out.append(checked(TurnRow(kind, voice, told, question, level, own)))
        return tuple(out)

    def _some_passages(self, first: int, start: int, stop: int) -> tuple[PassageRow, ...]:
        with self._reading() as db:
            self._check(db)
            return tuple(passage for _, passage in self._passages(db, first + start, first + stop))

    def _passages(self, db: sqlite3.Connection, first: int, stop: int) -> list[tuple[int, PassageRow]]:
        """The passages at places `first` to `stop`, each with its turn's number."""
        rows = db.execute(
            "select id, turn, start, stop, text from passage where id between ? and ? order by id desc",
            (self._range[0] + MAX_PASSAGES - stop, self._range[0] + MAX_PASSAGES - 1 - first),
        ).fetchall()
        if not rows:
            return []
        gaps = [
            at
            for (at,) in db.execute(
                "select at from gap where document = ? and at between ? and ? order by at",
                (self._number, rows[0][2], rows[-1][3]),
            )
        ]
        out: list[tuple[int, PassageRow]] = []
        given = 0
        for passage, turn, start, end, text in rows:
            own = gaps[max(given, bisect_left(gaps, start)) : bisect_left(gaps, end + 1)]
            given = bisect_left(gaps, end + 1)
            out.append((turn, checked(PassageRow(passage, text, tuple(at - start for at in own), start))))
        return out

    def _questions(self, start: int, stop: int) -> tuple[QuestionRow, ...]:
        with self._reading() as db:
            self._check(db)
            rows = db.execute(
                "select number, outlet, asker, follow_up_of, terms from question"
                " where document = ? order by number limit ? offset ?",
                (self._number, stop - start, start),
            ).fetchall()
            places: dict[int, list[tuple[int, str, str | None]]] = defaultdict(list)
            for number, *place in db.execute(
                "select question, nth, kind, speaker from turn where document = ?"
                " and question between ? and ? order by nth",
                (self._number, rows[0][0], rows[-1][0]),
            ):
                name = None if place[2] is None else self._speakers[place[2]].name
                places[number].append((place[0], place[1], name))
            heads = [
                checked(QuestionRow(number, outlet, asker, (), "", 0, follow_up_of, tuple(json.loads(terms))))
                for number, outlet, asker, follow_up_of, terms in rows
            ]
        return tuple(self._question(one, places[one.number]) for one in heads)

    def _question(self, head: QuestionRow, places: list[tuple[int, str, str | None]]) -> QuestionRow:
        """What is still to be said of a question, by where its turns are."""
        answering = [name for _, kind, name in places if kind == "answer" and name is not None]
        asked = [nth for nth, kind, _ in places if kind == "question"]
        return head._replace(
            answerers=tuple(dict.fromkeys(answering)),
            text="\n".join(passage.text for nth in asked for passage in self.turns[nth].passages),
            turn=places[0][0] if places else 0,
        )

    def _first(self, db: sqlite3.Connection, turn: int) -> int:
        """The place of the first passage of that turn or a later one."""
        return bisect_left(range(self._passage_count), turn, key=partial(self._turn_at, db))

    def _turn_at(self, db: sqlite3.Connection, place: int) -> int:
        row = db.execute(
            "select turn from passage where id = ?", (rowid(self._key, self._number, place),)
        ).fetchone()
        return int(row[0])

    def _read_stamp(self, db: sqlite3.Connection) -> tuple[Any, ...]:
        row = db.execute(_STAMP, (*self._range, self._number)).fetchone()
        return tuple(row) if row else ()

    def _check(self, db: sqlite3.Connection) -> None:
        """Raise `StoreError` if the briefing was loaded anew since it was opened."""
        if self._read_stamp(db) != self._stamp:
            raise StoreError(said("the briefing was loaded anew: open it again"))
