"""`list`, `show`, `search` and `check` at the command line: for people, or as one JSON value.

What may come in: an open store. On a terminal columns are set by cells and cut with an ellipsis; into a
pipe every value goes whole, parted by tabs. Text from documents is never markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from rich import box
from rich.table import Table
from rich.text import Text

from loader.unseen import visible
from tui.paths import Place
from tui.quote import with_gaps
from tui.store.archive import ArchiveStore, open_archive
from tui.store.connect import WRONG_VALUES, Limits, found_at
from tui.store.protocol import DamagedError
from tui.store.rows import LANES, BriefingRow, Count, Hit, Page, Transcript, TurnRow, reference
from tui.store.waiting import WAIT_SECONDS, Patience
from tui.streams import shortened
from tui.telling import Teller, remark, tell, tell_json, warn, write
from tui.why import as_values, sections

_SIGNS = {"question": "问", "answer": "答", "heading": "##", "speech": "", "narrative": "", "table": ""}


@contextmanager
def opened(place: Place, *, build: bool = True) -> Iterator[ArchiveStore]:
    """The store at `place`; where nobody named an archive and there is none, the seeds are loaded first."""
    if build and place.said_by != "option" and found_at(place.path) is None:
        from tui.browse import build_from_seeds

        build_from_seeds(place.path)
    store = open_archive(place.path, Limits(patience=Patience(WAIT_SECONDS, remark)))
    try:
        yield store
    except WRONG_VALUES as error:
        if (what := store.mistyped()) is None:
            raise
        raise DamagedError(f"{place.path} holds what no archive holds: {what}") from error
    finally:
        store.close()


def print_list(store: ArchiveStore, as_json: bool) -> int:
    """All briefings; 1 if there is none."""
    rows = store.briefings()
    if as_json:
        tell_json([_listed(row) for row in rows])
    else:
        _table(
            ("date", "place", "no.", "Q", "id", "title"),
            ((r.date, r.place, r.ordinal, r.questions or "", r.id, _titled(r)) for r in rows),
        )
    return 0 if rows else 1


def _titled(row: BriefingRow) -> str:
    """The title; for another print of a briefing with the id of the fuller one."""
    return f"{row.title}（同 {row.same_as}）" if row.same_as else row.title


def _listed(row: BriefingRow) -> dict[str, Any]:
    names = ("id", "kind", "title", "place", "date", "ordinal", "outlet", "questions", "speakers")
    more = {"terms": list(row.terms), "same_as": row.same_as}
    return {name: getattr(row, name) for name in names} | more


def print_one(store: ArchiveStore, any_id: str, as_json: bool, source: bool) -> int:
    """A briefing or one of its questions."""
    briefing, question = store.locate(any_id)
    if source:
        write(store.source(briefing))
    elif as_json:
        record = store.record(briefing)
        if question is not None:
            record["turns"] = [turn for turn in record["turns"] if turn["question"] == question]
            record["questions"] = [one for one in record["questions"] if one["number"] == question]
        tell_json(record)
    else:
        _print_transcript(store.transcript(briefing), question)
    return 0


def _print_transcript(transcript: Transcript, question: int | None) -> None:
    console = Teller()
    row = transcript.briefing
    head = " · ".join(str(part) for part in (row.place, row.date, row.outlet) if part)
    console.print(Text(visible(row.title), style="bold"))
    console.print(Text(visible(head), style="dim"))
    for turn in transcript.turns:
        if question is None or turn.question == question:
            console.print()
            _print_turn(console, turn)


def _print_turn(console: Teller, turn: TurnRow) -> None:
    sign = _SIGNS.get(turn.kind, "")
    if turn.kind == "question" and turn.question is not None:
        sign += f" {turn.question}"
    voice = (
        turn.speaker.name + (f"  {turn.speaker.post}" if turn.speaker.post else "") if turn.speaker else ""
    )
    label = (turn.label or "").strip(":： ")
    head = "  ".join(part for part in (sign, voice if voice and turn.kind != "question" else label) if part)
    if head:
        console.print(Text(visible(head), style="bold"), soft_wrap=True)
    for passage in turn.passages:
        console.print(Text(with_gaps(passage.text, passage.gaps)), soft_wrap=True)


def print_hits(
    store: ArchiveStore,
    query: str,
    as_json: bool,
    limit: int,
    *,
    explained: bool = False,
    ranked: bool = False,
) -> int:
    """The newest hits of `query` and below them what was found otherwise, or the best; 1 if there is none.

    Perhaps each with why it is one.
    """
    page = (store.ranked if ranked else store.search)(query, limit=limit)
    for note in page.notes:
        warn(note)
    if as_json:
        hits = [_hit(hit) | _why(store, page, hit, explained) for hit in page.hits]
        order: dict[str, Any] = {"sort": "relevance", "newest": page.newest} if page.ranked else {}
        if page.like is not None:
            order["like"] = page.like
        count = store.count(query).at_least(page)
        counted = {
            "count": count.passages,
            "count_is": "exact" if count.exact else "at least",
            "beside": count.beside,
        }
        tell_json({"query": query, **counted, "hits": hits} | order)
        return 0 if page.hits else 1
    console = Teller()
    for hit in page.hits:
        where = hit.briefing.id + (f"/q{hit.question}" if hit.question else "")
        voice = " ".join(part for part in (_SIGNS.get(hit.kind, ""), hit.speaker) if part)
        lane = LANES.get(hit.lane, "")
        console.print(
            Text.assemble((visible(where), "bold"), "  ", (lane, "italic"), visible(voice)), soft_wrap=True
        )
        console.print(_excerpt(hit), soft_wrap=True)
        if explained and (why := store.why(query, hit.rowid, scored=page.ranked)):
            for head, lines in sections(why):
                for line in lines:
                    console.print(Text(f"    {head}: {line}", style="dim"), soft_wrap=True)
    warn(_counted(store.count(query).at_least(page), page))  # last: counting may take much longer
    return 0 if page.hits else 1


def _counted(count: Count, page: Page) -> str:
    """How many passages there are, and how many of them are shown."""
    beside = f"; in labels and page text: {count.beside}" if count.beside else ""
    if not count.passages:
        otherwise = f"; found otherwise: {len(page.hits)}" if page.hits else ""
        who = "no passage" if beside else "nothing"
        return f"{who} holds {shortened(repr(page.query), 200)}{beside or otherwise}"
    shown = f" ({len(page.hits)} shown, --limit shows more)" if count.passages > len(page.hits) else ""
    number = f"{count.passages}" if count.exact else f"more than {count.passages - 1}"
    return f"{number} passages{shown}{beside}"


_AROUND = 400
"""Characters of a passage shown before its first match and after it."""


def _excerpt(hit: Hit) -> Text:
    """The passage with its matches marked; of a very long one what stands around the first."""
    first = hit.spans[0].start if hit.spans else 0
    start, end = max(0, first - _AROUND), min(len(hit.text), first + _AROUND)
    text = Text("  " + "…" * (start > 0) + hit.text[start:end] + "…" * (end < len(hit.text)))
    shift = 2 + (start > 0) - start
    for span in hit.spans:
        if start <= span.start and span.end <= end:
            text.stylize("reverse", span.start + shift, span.end + shift)
    return text


def _why(store: ArchiveStore, page: Page, hit: Hit, explained: bool) -> dict[str, Any]:
    why = store.why(page.query, hit.rowid, scored=page.ranked) if explained else None
    return {"why": {"passage": reference(hit.briefing.id, hit.rowid)} | as_values(why)} if why else {}


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "id": hit.briefing.id,
        "question": hit.question,
        "kind": hit.kind,
        "speaker": hit.speaker,
        "date": hit.briefing.date,
        "title": hit.briefing.title,
        "text": hit.text,
        "spans": [list(span) for span in hit.spans],
        "lane": hit.lane,
    }


def print_check(store: ArchiveStore, as_json: bool) -> int:
    """Whether the archive is whole; 1 if not."""
    from tui.progress import Steps

    with Steps() as steps:
        report = store.check(lambda step: steps.at(f"checking {step}"))
    if as_json:
        counts = {name: getattr(report, name) for name in ("sources", "documents", "passages")}
        tell_json({"ok": not report.problems, **counts, "problems": list(report.problems)})
    else:
        for problem in report.problems:
            tell(problem)
        state = "whole" if not report.problems else f"{len(report.problems)} problems"
        tell(f"{store.path}: {state}: {report.documents} documents, {report.passages} passages")
    return 1 if report.problems else 0


def _table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    console = Teller()
    if not console.is_terminal:
        for row in rows:
            cells = "\t".join(_cell(value) for value in row)
            write(f"{cells}\n")
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, expand=True)
    for nth, column in enumerate(columns):
        right = column in ("no.", "Q")
        last = nth == len(columns) - 1
        table.add_column(
            column,
            justify="right" if right else "left",
            no_wrap=True,
            overflow="ellipsis",
            ratio=1 if last else None,
        )
    for row in rows:
        table.add_row(*(Text(_cell(value)) for value in row))
    console.print(table)


def _cell(value: object) -> str:
    return "" if value is None else visible(str(value))
