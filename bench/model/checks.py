"""Compares an archive with the state it must be in."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from bench.model.archive import FIELDS, Document, State
from bench.model.files import Content, squeezed
from bench.model.program import Fault, Program
from bench.model.texts import Briefing

_UNSEARCHED = ("noise", "repeat")
"""Kinds of turns that search leaves out, beside the fields of a record."""
_SEARCHES = 4


class Look:
    """What the archive shows at one moment; texts are read when they are asked for."""

    def __init__(self, program: Program) -> None:
        self._program = program
        rows = program.listed() if program.archive.exists() else []  # a list would make an archive of samples
        self.rows = {row["id"]: row for row in rows}
        self._shown: dict[str, tuple[dict[str, Any], str]] = {}

    def shown(self, ids: Iterable[str]) -> dict[str, tuple[dict[str, Any], str]]:
        """What `show --json` and `show --source` print of these."""
        ids = list(ids)
        missing = [one for one in ids if one not in self._shown]
        if missing:
            self._shown |= self._program.shown(missing)
        return {one: self._shown[one] for one in ids}


def agreed(states: Iterable[State], look: Look) -> list[State]:
    """The states that the archive may be in, with the ids of its new documents; raises `Fault` if in none."""
    reasons, fitting = set(), dict[State, None]()
    for state in states:
        reason, named = _compared(state, look)
        if named is None:
            reasons.add(reason)
        else:
            fitting[named] = None
    if not fitting:
        raise Fault("\n  or ".join(sorted(reasons, key=len)[:4]) or "no state is possible")
    return list(fitting)


def _compared(state: State, look: Look) -> tuple[str, State | None]:
    known = state.by_id
    lost = sorted(known.keys() - look.rows.keys())
    unknown = sorted(look.rows.keys() - known.keys())
    new = [(content, one) for content, one in state.documents if one.id is None]
    if lost or len(unknown) != len(new):
        return (
            f"lost: {[described(known[one][1]) for one in lost]};"
            f" listed and not expected: {unknown};"
            f" expected to be new: {[described(one) for _, one in new]}",
            None,
        )
    for id, (_, one) in known.items():
        wrong = _wrong(one, look.rows[id])
        if wrong:
            return f"{id}: {wrong}", None
    ids: dict[tuple[Content, Briefing], str] = {}
    shown = look.shown(unknown)
    back = {id: one for id, one in state.away_by_id.items() if id in unknown}
    for content, one in new:
        fitting = [
            id
            for id in sorted(unknown, key=lambda id: id not in back)
            if _is_source(content, shown[id])
            and (id not in back or back[id].briefing == one.briefing)
            and not _wrong(back.get(id, one), look.rows[id])
            and id not in ids.values()
        ]
        if not fitting:
            seen = {id: look.rows[id]["title"] for id in unknown}
            return f"new and not found: {described(one)} in {content.form}; listed instead: {seen}", None
        ids[content, one.briefing] = fitting[0]
    return "", state.named(ids)


def _is_source(content: Content, shown: tuple[dict[str, Any], str]) -> bool:
    """Whether a document stands in that source, by its words and by how they were written."""
    record, source = shown
    return squeezed(source) == content.as_read and content.form.endswith(f" {record['source']['encoding']}")


def _wrong(one: Document, row: dict[str, Any]) -> str:
    expected = one.shown()
    got = {name: None if row[name] is None else str(row[name]) for name in FIELDS}
    differing = {name: (expected[name], got[name]) for name in FIELDS if expected[name] != got[name]}
    return f"expected, got: {differing}" if differing else ""


def described(one: Document) -> str:
    """A document in a line."""
    fixes = dict(one.corrections)
    return f"{one.id or 'new'} (line {one.briefing.line}, version {one.briefing.version}{fixes or ''})"


def check_any_words(documents: Iterable[tuple[Content, Document]], look: Look) -> None:
    """Each document shows the words of one that it can be by what the list says of it, if there is any.

    Of two versions of one, or prints of one text, either may have been lost and its id taken by the other.
    """
    known = [one for _, one in documents]
    for id, row in look.rows.items():
        can_be = [one for one in known if not _wrong(one, row) or not _wrong(_as_inferred(one), row)]
        record, source = look.shown([id])[id]
        missing = [_missing(one.briefing, record, source) for one in can_be]
        if missing and all(missing):
            raise Fault(f"{id}: not in its turns: {missing[0]}")


def _as_inferred(one: Document) -> Document:
    return replace(one, corrections=frozenset())


def check_words(documents: Iterable[tuple[Content, Document]], look: Look) -> None:
    """Each document shows its own words in its turns, and its source, whole."""
    wanted = {one.id: (content, one) for content, one in documents if one.id}
    shown = look.shown(wanted)
    for id, (content, one) in wanted.items():
        record, source = shown[id]
        if not _is_source(content, shown[id]):
            raise Fault(f"{id}: show --source is not what was read of version {one.briefing.version}")
        if missing := _missing(one.briefing, record, source):
            raise Fault(f"{id}: not in its turns: {missing}")


def _missing(one: Briefing, record: dict[str, Any], source: str) -> str:
    """The first paragraph of a briefing that a record does not show in its turns."""
    own = squeezed("".join(source[slice(*turn["span"])] for turn in record["turns"]))
    return next((paragraph for paragraph in one.paragraphs if squeezed(paragraph) not in own), "")


def told_apart(states: Sequence[State], before: State, look: Look) -> list[State]:
    """Those states of which all that changed since `before`, or is not the same in all, shows its words.

    Raises `Fault` if there is none.
    """
    fitting, faults = [], []
    for state in states:
        others = [before, *(one for one in states if one is not state)]
        changed = [
            found for id, found in state.by_id.items() if any(one.by_id.get(id) != found for one in others)
        ]
        try:
            check_words(changed, look)
            fitting.append(state)
        except Fault as fault:
            faults.append(fault)
    if not fitting:
        raise faults[0]
    return fitting


def check_groups(look: Look) -> None:
    """Documents of different known ordinal or day are never the same briefing."""
    for id, row in look.rows.items():
        other = look.rows.get(row["same_as"])
        if row["same_as"] is not None and other is None:
            raise Fault(f"{id} is the same as {row['same_as']}, which is not listed")
        for name in ("ordinal", "date"):
            if other and row[name] and other[name] and row[name] != other[name]:
                raise Fault(f"{id} is the same as {row['same_as']}, of another {name}")


def check_coverage(state: State, look: Look) -> None:
    """Every character of a source that is not blank stands in a turn of one of its documents."""
    for documents in state.sources.values():
        shown = look.shown(one.id for one in documents if one.id)
        source = next(iter(shown.values()))[1]
        covered = bytearray(len(source))
        for record, _ in shown.values():
            for turn in record["turns"]:
                start, end = turn["span"]
                covered[start:end] = b"\1" * (end - start)
        for at, char in enumerate(source):
            if not covered[at] and not char.isspace():
                raise Fault(f"{', '.join(shown)}: in no turn: {source[at : at + 30]!r}")


def check_search(state: State, look: Look, program: Program, dice: random.Random) -> int:
    """Random substrings are found in exactly the passages that a scan of all turns finds; how many."""
    passages = Counter(
        (id, text)
        for id, (content, _) in state.by_id.items()
        for text in _passages(content, look.shown([id])[id][0])
    )
    if not passages:
        return 0
    texts = sorted({text for _, text in passages})
    terms = [_substring(dice, dice.choice(texts)) for _ in range(_SEARCHES)]
    for term, hits in zip(terms, program.found(terms), strict=True):
        found = Counter((hit["id"], hit["text"]) for hit in hits)
        scanned = Counter({one: times for one, times in passages.items() if term in one[1]})
        if found != scanned:
            raise Fault(
                f"search {term!r}: not found {list((scanned - found).elements())[:3]};"
                f" found besides {list((found - scanned).elements())[:3]}"
            )
    return passages.total()


def _passages(content: Content, record: dict[str, Any]) -> list[str]:
    """The paragraphs of a document that are searched."""
    fields = {f"{name}: {value}" for name, value in content.fields}
    return [
        text
        for turn in record["turns"]
        if turn["kind"] not in _UNSEARCHED
        for text in turn["text"].split("\n")
        if text.strip() and not (turn["kind"] == "metadata" and text in fields)
    ]


def _substring(dice: random.Random, text: str) -> str:
    """One to eight characters in a row, none of which is an operator's, a letter or a digit."""
    plain = "".join(char if "一" <= char <= "鿿" else " " for char in text).split() or ["发布会"]
    run = dice.choice(plain)
    at = dice.randrange(len(run))
    return run[at : at + dice.randrange(1, 9)]
