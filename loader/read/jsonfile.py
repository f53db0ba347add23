"""Files of records: a JSON array of objects, or an object a line (JSON Lines, NDJSON).

Only cuts the file up; `records` says what a record holds. Numbers count from 1: in an array its places,
in JSON Lines the file's lines, so that `sed -n 3p` shows record 3. Takes decoded text that is not yet
scrubbed: U+2028 is a character of JSON's strings, not the end of a line.
"""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from loader.read.spoken import speech_of

LINES = (".jsonl", ".ndjson")
SUFFIXES = (".json", *LINES)
_SPACE = re.compile(r"[ \t\r\n]*+")


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object with all that it says: the values of a key that it gives several times are a list."""
    value = dict(pairs)
    if len(value) < len(pairs):
        given: dict[str, list[object]] = {}
        for key, one in pairs:
            given.setdefault(key, []).append(one)
        value = {key: ones[0] if all(one == ones[0] for one in ones) else ones for key, ones in given.items()}
    return value


_DECODER = json.JSONDecoder(strict=False, object_pairs_hook=_object)


class Record(NamedTuple):
    """A record: as it stands in the file, and what it says; `broken` says why it says nothing."""

    number: int
    source: str
    value: object = None
    broken: str = ""


def split(text: str, suffix: str) -> list[Record] | None:
    """The records of a text, or None where it is none or one: then it is read as a whole.

    The suffix counts where the content leaves it open: a `.jsonl` is one with a single line too, and a
    broken one stays a file of records, while other texts have to be whole to be one.
    """
    found = _lines(text, suffix) or _array(text)
    if found and speech_of([one.value for one in found]):
        return None  # the turns of one briefing
    if found and suffix not in SUFFIXES and any(one.broken for one in found):
        return None
    return found


def parsed(text: str) -> tuple[object, str]:
    """The one value a text is, or why it is none."""
    try:
        start = _SPACE.match(text)
        value, end = _DECODER.raw_decode(text, start.end() if start else 0)
        if text[end:].strip():
            return None, f"more than one value, from character {end + 1} on"
    except (ValueError, RecursionError) as error:
        return None, _why(error)
    return value, ""


def _lines(text: str, suffix: str) -> list[Record] | None:
    lines = [(number, line.strip()) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if suffix not in LINES:
        is_some = len(lines) > 1 and all(_is_object(line) for _, line in lines[:2])
    else:  # some hold one array, or one object over several lines
        is_some = (len(lines) == 1 and not text.lstrip().startswith("[")) or bool(parsed(text)[1])
    return [_record(number, line) for number, line in lines] if is_some else None


def _is_object(line: str) -> bool:
    return line.startswith("{") and isinstance(parsed(line)[0], dict)


def _record(number: int, line: str) -> Record:
    value, why = parsed(line)
    if not why and not isinstance(value, (dict, str)):
        why = "no record but a bare value"
    return Record(number, line, value, why)


def _array(text: str) -> list[Record] | None:
    """The elements of an array whose first is an object; after a broken one nothing can be told apart."""
    start = re.match(r"\s*+\[\s*+(?=\{)", text)
    if not start:
        return None
    out: list[Record] = []
    at = start.end()
    while True:
        number = len(out) + 1
        try:
            value, end = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            out.append(Record(number, "", None, f"{_why(error)}; so is what follows it"))
            return out
        why = "" if isinstance(value, (dict, str)) else "no record but a bare value"
        out.append(Record(number, text[at:end], value, why))
        at = _after(text, end)
        if text[at : at + 1] != ",":
            break
        at = _after(text, at + 1)
        if text[at : at + 1] == "]":  # a comma too many harms nobody
            break
    if text[at : at + 1] != "]" or text[at + 1 :].strip():
        out.append(Record(len(out) + 1, "", None, f"broken JSON: no end of the array at character {at + 1}"))
    return out


def _after(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _why(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"broken JSON: {error.msg} at line {error.lineno}, column {error.colno}"
    return f"broken JSON: {'nested too deep' if isinstance(error, RecursionError) else 'a number too long'}"
