"""The archive as it is promised: which sources, documents, ids and corrections there must be after each step.

A `State` is immutable. An action takes a state to the states it may lead to: one as a rule, several where the
promises leave a choice. Ids are not foretold: a new document has none until one was seen (`State.named`), and
from then on it must keep it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations, product
from typing import NamedTuple

from bench.model.files import Content, File
from bench.model.texts import Briefing

_FEW_GONE_ON = 3
"""Sources that may go on in others at once, each of them or not."""
FIELDS = ("title", "place", "date", "ordinal")
"""What corrections change, of what `list` shows."""


Corrections = Mapping[str, str | None]
"""Values by field: empty where nothing is known, `None` where a correction is taken back."""


class Holder(NamedTuple):
    """A place that a source was read from: a file, or a part of one."""

    path: str
    part: str
    """Empty for a plain file; a part's name where that is its own alone, else the line it belongs to."""


@dataclass(frozen=True)
class Document:
    """One briefing in the archive."""

    briefing: Briefing
    id: str | None = None
    corrections: frozenset[tuple[str, str]] = frozenset()

    def shown(self) -> dict[str, str | None]:
        """The fields that `list` must show, as text."""
        one = self.briefing
        inferred = {"title": one.title, "place": one.place, "date": str(one.day), "ordinal": str(one.ordinal)}
        return {**inferred, **{name: value or None for name, value in self.corrections}}

    def corrected(self, values: Corrections) -> Document:
        """With these corrections."""
        merged = {**dict(self.corrections), **values}
        return replace(self, corrections=frozenset((k, v) for k, v in merged.items() if v is not None))


class Left(NamedTuple):
    """A document that left the archive, and the path that held it last."""

    document: Document
    path: str


@dataclass(frozen=True)
class State:
    """What the archive holds, and what it must remember of documents that left it."""

    holds: Mapping[Holder, Content] = field(default_factory=dict)
    sources: Mapping[Content, tuple[Document, ...]] = field(default_factory=dict)
    away: frozenset[Left] = frozenset()
    """Documents that no path holds any more: if their text comes back, so do id and corrections."""

    @cached_property
    def key(self) -> tuple[object, ...]:
        """Equal for equal states."""
        return frozenset(self.holds.items()), frozenset(self.sources.items()), self.away

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, State) and self.key == other.key

    @property
    def documents(self) -> Iterator[tuple[Content, Document]]:
        """All documents with the source they stand in."""
        return ((content, one) for content, documents in self.sources.items() for one in documents)

    @cached_property
    def by_id(self) -> dict[str, tuple[Content, Document]]:
        """The documents whose id is known."""
        return {one.id: (content, one) for content, one in self.documents if one.id is not None}

    @cached_property
    def away_by_id(self) -> dict[str, Document]:
        """The documents that no path holds any more."""
        return {left.document.id: left.document for left in self.away if left.document.id is not None}

    def holders(self, content: Content) -> list[Holder]:
        """Who holds a source."""
        return [holder for holder, held in self.holds.items() if held == content]

    def of(self, path: str) -> dict[Holder, Content]:
        """What a path holds, vanished parts with it."""
        return {holder: held for holder, held in self.holds.items() if holder.path == path}

    def undecided(self, path: str, file: File) -> bool:
        """Whether a file is a copy of another source by now, and another version of what it was."""
        for was, _, content in _assigned(self, path, file):
            old = self.holds[was] if was else content
            if old != content and content in self.sources and old.lines & content.lines:
                return True
        return False

    def named(self, ids: Mapping[tuple[Content, Briefing], str]) -> State:
        """With the ids that new documents were seen to have."""
        back = self.away_by_id
        sources = {
            content: tuple(
                back.get(ids[content, one.briefing]) or replace(one, id=ids[content, one.briefing])
                if (content, one.briefing) in ids
                else one
                for one in documents
            )
            for content, documents in self.sources.items()
        }
        away = frozenset(left for left in self.away if left.document.id not in ids.values())
        return replace(self, sources=sources, away=away)


Action = Callable[[State], Iterable[State]]


Arrival = tuple[Holder | None, Holder, Content]
"""Which holder it was, which it is, and what it holds now."""


def loaded(files: Mapping[str, File], *, still: Callable[[str, Content], bool]) -> Action:
    """Files are read into the archive. `still` says whether a path has that content on the disk."""

    def act(state: State) -> Iterable[State]:
        arrivals = [one for path, file in files.items() for one in _assigned(state, path, file)]
        old = {state.holds[was] for was, here, content in arrivals if was and state.holds[was] != content}
        arriving = {was for was, _, _ in arrivals}
        vanished: list[list[Holder]] = []
        for content in old:
            others = [one for one in state.holders(content) if one not in arriving]
            versions = any(
                was and state.holds[was] == content and new.lines & content.lines
                for was, _, new in arrivals
                if new not in state.sources
            )
            if versions and others and not any(still(one.path, content) for one in others):
                vanished.append(others)
        # where no other path has an old text on the disk any more, its documents may go on here
        for choice in product((False, True), repeat=len(vanished)):
            gone = {one for moves, row in zip(choice, vanished, strict=True) if moves for one in row}
            for after in _arrived(state, arrivals, gone):
                for one in _taken_along(state, arrivals, after):
                    yield from _gone_on(state, arrivals, one, still)

    return act


def _assigned(state: State, path: str, file: File) -> Iterator[Arrival]:
    """Each part with the holder it was and the holder it is: by content, by its own name, by likeness."""
    if not file.container:
        here = Holder(path, "")
        yield here if here in state.holds else None, here, file.parts[0].content
        return
    left = state.of(path)
    waiting = []
    for part in file.parts:
        alone = part.name is not None and file.names[part.name] == 1
        here = Holder(path, f"name {part.name}" if alone else f"line {min(part.content.lines)}")
        same = [holder for holder, held in left.items() if held == part.content]
        if same:
            was = here if here in same else same[0]
            del left[was]
            yield was, here, part.content
        else:
            waiting.append((here, part.content))
    for here, content in waiting:
        like = [holder for holder, held in left.items() if held.lines & content.lines]
        found = here if here in left else like[0] if like else None
        left.pop(found, None)  # type: ignore[arg-type]
        yield found, here, content


def _arrived(state: State, arrivals: list[Arrival], gone: set[Holder]) -> Iterator[State]:
    """The states after these parts have got their contents, and the holders that are gone hold nothing."""
    holds = {holder: held for holder, held in state.holds.items() if holder not in gone}
    before = {here: holds.pop(was) for was, here, _ in arrivals if was is not None}
    holds.update({here: content for _, here, content in arrivals})
    held = set(holds.values())
    left = {old: documents for old, documents in state.sources.items() if old not in held}
    kept = {old: documents for old, documents in state.sources.items() if old in held}
    moves = [(before[here], content) for was, here, content in arrivals if was and before[here] in left]
    arriving = list(dict.fromkeys(content for _, _, content in arrivals))
    known_first = [
        content for _, _, content in sorted(arrivals, key=lambda one: (one[2] not in kept, one[0] is None))
    ]
    last = {one: holder.path for holder, held in state.holds.items() for one in state.sources[held]}
    orders = (arriving, arriving[::-1], list(dict.fromkeys(known_first)))
    ways = list(product(orders, _goings_on(moves)))
    if len(arriving) == 1 or not (moves or _contested(state.away, arriving)):
        ways = ways[:1]
    rewritten = any(
        old.rewritten_as(new) for was, content in moves for old in was.briefings for new in content.briefings
    )
    for (order, goes_on), bold in product(ways, (True, False) if rewritten else (True,)):
        pool = [one for documents in left.values() for one in documents]
        sources, away = dict(kept), set(state.away)
        for nth, content in enumerate(order):
            replaced = [old for old, new in moves if new == content]
            mine = [one for old in goes_on.get(content, ()) for one in left[old] if one in pool]
            if content not in kept:
                sources[content] = _matched(content, mine, pool, away, bold)
            # what this content has pushed out may come back with the next one
            waiting = {old for old, new in moves if new in order[nth + 1 :]}
            pushed = [one for old in replaced if old not in waiting for one in left[old] if one in pool]
            pool = [one for one in pool if one not in pushed]
            away |= {Left(one, last[one]) for one in pushed}
        away |= {Left(one, last[one]) for one in pool}
        yield State(holds, sources, frozenset(away))


def _contested(away: Iterable[Left], arriving: Iterable[Content]) -> bool:
    """Whether a document that left may come back in several of these sources: in which is not promised."""
    said = Counter(one for content in arriving for one in set(content.briefings))
    return any(said[left.document.briefing] > 1 for left in away)


def _gone_on(
    state: State, arrivals: list[Arrival], after: State, still: Callable[[str, Content], bool]
) -> Iterator[State]:
    """A state, and that where sources that no path has on the disk any more go on in others of their texts.

    Which of them those are that were read before their old paths is not promised. Nor is it where a container
    that did not hold them before has the very bytes by now: what is in it is known only when it is read, and
    what says the same in other bytes may come first. The id stays with the text either way; what comes second
    is new. Only a container at a path that is known surely comes before a file at a new one. What is left of
    a text whose documents were taken along with an edit is new, too: another print of it may go on there.
    """
    moves: list[tuple[Content, Content]] = []
    came = {here for _, here, _ in arrivals}
    known = {one.path for one in state.holds}
    for was, here, content in arrivals:
        if was or content not in after.sources:
            continue
        if set(after.sources[content]) & set(state.sources.get(content, ())):
            continue
        for old in state.sources:
            if old == content or old not in after.sources:
                continue
            first = {one.path for one in state.holders(old)} if here.path in known else known
            seen = [one for one in after.holders(old) if not one.part or one.path in first]
            lasts = not any(still(one.path, old) for one in seen)
            if lasts and old.briefings == content.briefings and old not in (one for one, _ in moves):
                moves.append((old, content))
                break
    few = len(moves) <= _FEW_GONE_ON  # of many all, none, one or all but one: else a step takes for ever
    for number in range(len(moves) + 1) if few else sorted({0, 1, len(moves) - 1, len(moves)}):
        for some in combinations(moves, number):
            olds = dict(some)
            kept = {one: documents for one, documents in after.sources.items() if one not in olds}
            moved = {olds[old]: after.sources[old] for old in olds}
            holds = {one: held for one, held in after.holds.items() if held not in olds or one in came}
            second = {old: after.sources[new] for old, new in some if old in holds.values()}
            yield State(holds, {**kept, **moved, **second}, after.away)


def _goings_on(moves: list[tuple[Content, Content]]) -> Iterator[dict[Content, tuple[Content, ...]]]:
    """What each new content goes on from: where several paths have it now, what either of them had."""
    olds: dict[Content, list[Content]] = {}
    for old, new in dict.fromkeys(moves):
        olds.setdefault(new, []).append(old)
    choices = [[(old,) for old in some] + [tuple(some)] * (len(some) > 1) for some in olds.values()]
    for choice in product(*choices):
        yield dict(zip(olds, choice, strict=True))


def _taken_along(state: State, arrivals: list[Arrival], after: State) -> Iterator[State]:
    """A state, and those where an edited text keeps its documents though another path has the old text now.

    Which of the two keeps the id is not promised.
    """
    states = [after]
    for was, _, content in arrivals:
        old = state.holds[was] if was else content
        if old == content or content in state.sources or old not in after.sources:
            continue
        if any(state.holds.get(one) == old for one in after.holders(old)):
            continue
        pool = list(state.sources[old])
        moved = _matched(content, list(pool), pool, set())
        if len(pool) == len(state.sources[old]):  # another briefing
            continue
        stay = tuple(one if one in pool else Document(one.briefing) for one in state.sources[old])
        states += [
            replace(one, sources={**one.sources, content: moved, old: stay})
            for one in states
            if content in one.sources
        ]
    yield from states


def _matched(
    content: Content, mine: list[Document], pool: list[Document], away: set[Left], bold: bool = True
) -> tuple[Document, ...]:
    """The documents of a new content: first the very same text, then another version, each old one once.

    `bold` takes one for another version too where it is promised neither that it is nor that it is not.
    """
    found: dict[Briefing, Document] = {}
    for same in (True, False):
        for one in content.briefings:
            for old in mine:
                fits = old.briefing == one if same else old.briefing.line == one.line
                fits = fits and (bold or not old.briefing.rewritten_as(one))
                if fits and one not in found and old in pool:
                    found[one] = replace(old, briefing=one)
                    pool.remove(old)
    for one in content.briefings:
        back = [left for left in away if left.document.briefing == one] if one not in found else []
        if len(back) == 1:  # of several any may come back: which one its id will say
            away.remove(back[0])
            found[one] = back[0].document
    return tuple(found.get(one, Document(one)) for one in content.briefings)


def corrected(id: str, values: Corrections, line: int | None = None) -> Action:
    """A document is corrected; `line` is the one that it belongs to."""

    def act(state: State) -> Iterable[State]:
        for known in _with_id(state, id, line):
            content, one = known.by_id[id]
            documents = tuple(
                other.corrected(values) if other is one else other for other in known.sources[content]
            )
            yield replace(known, sources={**known.sources, content: documents})

    return act


def _with_id(state: State, id: str, line: int | None) -> Iterable[State]:
    """A state where a document has that id.

    If somebody else forgot it and it was loaded again, a new one of its line may have got it: it was free.
    """
    if id in state.by_id:
        return [state]
    return [
        state.named({(content, one.briefing): id})
        for content, one in state.documents
        if one.id is None and one.briefing.line == line
    ]


def corrected_files(files: Mapping[str, File], values: Corrections) -> Action:
    """Everything that these files say is corrected."""

    def act(state: State) -> Iterable[State]:
        held = {part.content for file in files.values() for part in file.parts}
        sources = {
            content: tuple(one.corrected(values) for one in documents) if content in held else documents
            for content, documents in state.sources.items()
        }
        return [replace(state, sources=sources)]

    return act


def forgotten(paths: Iterable[str]) -> Action:
    """What only these paths hold leaves the archive for good; what they held before may."""
    gone = set(paths)

    def act(state: State) -> Iterable[State]:
        holds = {holder: held for holder, held in state.holds.items() if holder.path not in gone}
        return _only(state, holds)

    return act


def forgotten_id(id: str, line: int | None = None) -> Action:
    """The source of a document leaves the archive for good, with all its copies; `line` is its own."""

    def act(state: State) -> Iterable[State]:
        if id not in state.by_id:  # somebody else was faster
            yield state
        for known in _with_id(state, id, line):
            content, _ = known.by_id[id]
            yield from _only(known, {one: held for one, held in known.holds.items() if held != content})

    return act


def _only(state: State, holds: Mapping[Holder, Content]) -> Iterator[State]:
    held = set(holds.values())
    paths = {holder.path for holder in state.holds.keys() - holds.keys()}
    after = replace(
        state,
        holds=holds,
        sources={one: documents for one, documents in state.sources.items() if one in held},
    )
    yield after
    away = frozenset(left for left in state.away if left.path not in paths)
    if len(away) < len(state.away):
        yield replace(after, away=away)


class History(NamedTuple):
    """What one process did, in its order."""

    actions: tuple[Action, ...]
    complete: bool = True
    """Whether it did all of it; else it may have stopped after any of them."""


def serialised(state: State, histories: Iterable[History]) -> set[State]:
    """All states that some order of the actions of several processes leads to."""
    rows = list(histories)
    ends = tuple(len(row.actions) for row in rows)
    reached: dict[tuple[int, ...], set[State]] = {(0,) * len(rows): {state}}
    order = sorted(_positions(ends), key=sum)
    for at in order:
        for number, row in enumerate(rows):
            if at[number] < ends[number]:
                after = (*at[:number], at[number] + 1, *at[number + 1 :])
                action = row.actions[at[number]]
                for before in reached.get(at, ()):
                    reached.setdefault(after, set()).update(action(before))
    return {
        one
        for at, states in reached.items()
        if all(at[n] == ends[n] or not row.complete for n, row in enumerate(rows))
        for one in states
    }


def _positions(ends: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    if not ends:
        yield ()
        return
    for head in range(ends[0] + 1):
        for rest in _positions(ends[1:]):
            yield (head, *rest)
