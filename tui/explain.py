"""`explain FILE`: what the parser makes of a file, stretch by stretch, with its reasons.

What may come in: the name of a file, or `-`. Nothing is stored. Text from the file is never markup.
"""

from __future__ import annotations

from typing import Any

from rich.text import Text

from loader.model import Briefing, Reading, SourceError, Turn
from loader.parse import parse
from loader.read import find, read_bytes
from loader.read.find import one_line
from tui.store.protocol import NotFoundError
from tui.telling import Teller, tell_json

_STYLES = {
    "heading": "bold",
    "speech": "cyan",
    "question": "bold yellow",
    "answer": "green",
    "metadata": "blue",
    "noise": "dim",
    "repeat": "dim",
}
_HEAD = ("kind", "title", "place", "organ", "date", "ordinal", "series", "outlet", "language")
_SHOWN = 60
"""Characters of a stretch that are shown."""


def explain_file(path: str, as_json: bool) -> int:
    """Print how `path` is read; raises `NotFoundError` where it cannot be."""
    found = next(find([path]))
    try:
        reading = read_bytes(found.read(), found.path)
    except SourceError as error:
        raise NotFoundError(str(error)) from error
    briefings = parse(reading)
    if as_json:
        tell_json([_as_json(one, reading) for one in briefings])
        return 0
    console = Teller()
    console.print(
        Text(f"{one_line(found.path)}: {reading.format}, {reading.encoding}, {len(reading.text)} characters")
    )
    for briefing in briefings:
        _print(console, briefing, reading)
    return 0


def _print(console: Teller, briefing: Briefing, reading: Reading) -> None:
    console.print()
    for name in _HEAD:
        value = getattr(briefing, name)
        if value is not None:
            console.print(Text.assemble((f"{name:9}", "bold"), str(value)), soft_wrap=True)
    for speaker in briefing.speakers:
        post = f"  {speaker.post}" if speaker.post else ""
        console.print(
            Text.assemble((f"{speaker.role:9}", "bold"), speaker.name, (post, "dim")), soft_wrap=True
        )
    for warning in briefing.warnings:
        console.print(Text.assemble(("warning  ", "bold red"), warning), soft_wrap=True)
    console.print()
    for turn in briefing.turns:
        console.print(_line(turn, briefing, reading), soft_wrap=True)
        for why in turn.why:
            console.print(Text(f"{'':18}← {why}", style="dim"), soft_wrap=True)


def _line(turn: Turn, briefing: Briefing, reading: Reading) -> Text:
    """Offset, kind, who, and the first characters of a stretch."""
    style = _STYLES.get(turn.kind, "")
    number = f" {turn.question}" if turn.question is not None else ""
    who = briefing.speakers[turn.speaker].name if turn.speaker is not None else ""
    label = f"{turn.label} " if turn.label else ""
    text = " ".join(reading.text[turn.body.start : turn.body.end].split())
    shown = text[:_SHOWN] + ("…" if len(text) > _SHOWN else "")
    return Text.assemble(
        (f"{turn.span.start:>6} ", "dim"),
        (f"{turn.kind + number:11}", style),
        (f"{label}", "underline") if label else "",
        (f"[{who}] ", "bold") if who else "",
        (shown, style if style == "dim" else ""),
    )


def _as_json(briefing: Briefing, reading: Reading) -> dict[str, Any]:
    return {
        **{name: getattr(briefing, name) for name in _HEAD},
        "warnings": list(briefing.warnings),
        "turns": [
            {
                "kind": turn.kind,
                "label": turn.label,
                "speaker": briefing.speakers[turn.speaker].name if turn.speaker is not None else None,
                "question": turn.question,
                "span": list(turn.span),
                "text": reading.text[turn.body.start : turn.body.end],
                "why": list(turn.why),
            }
            for turn in briefing.turns
        ],
    }
