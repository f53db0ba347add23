"""What a person said of a briefing wins over what was inferred, and outlives reloading.

What may come in: field names of `FIELDS` with values as typed. An empty value says that nothing is known;
`None` in place of a value takes a correction back, so that what was inferred holds again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from loader.layout import check_date
from loader.model import Briefing

FIELDS = ("title", "place", "organ", "date", "ordinal")
MOST_ORDINAL = 99_999
UNKNOWN = "-"
"""What is typed on a command line to say that nothing is known: an empty value takes a correction back."""

Values = Mapping[str, str | None]
"""Corrections by field; `None` takes one back."""


def typed(values: Mapping[str, str]) -> dict[str, str | None]:
    """Values as a command line gives them: empty takes back what was said before, `-` is unknown."""
    said = {name: value.strip() for name, value in values.items()}
    return {name: "" if value == UNKNOWN else value or None for name, value in said.items()}


def checked(values: Values) -> dict[str, str | None]:
    """`values` stripped and in canonical form; raises `ValueError` with a line for a person."""
    clean = {name: None if value is None else " ".join(value.split()) for name, value in values.items()}
    for name, value in clean.items():
        if name not in FIELDS:
            raise ValueError(f"{name} cannot be corrected: only {', '.join(FIELDS)}")
        if value is not None and not value.isprintable():
            raise ValueError(f"{name} holds characters that cannot be shown")
    if date := clean.get("date"):
        _check_date(date)
    if ordinal := clean.get("ordinal"):
        clean["ordinal"] = str(_ordinal(ordinal))
    return clean


def merged(before: Mapping[str, str], values: Values) -> dict[str, str]:
    """The corrections in force once `values` were said of a document that had those of `before`."""
    return {name: value for name, value in {**before, **values}.items() if value is not None}


def corrected(briefing: Briefing, values: Mapping[str, str]) -> Briefing:
    """`briefing` with the values (as `checked` gives them) in place of what was inferred."""
    known: dict[str, Any] = {name: value or None for name, value in values.items()}
    if known.get("ordinal"):
        known["ordinal"] = int(known["ordinal"])
    return replace(briefing, **known)


def _check_date(text: str) -> None:
    try:
        check_date(text)
    except ValueError as error:
        raise ValueError(
            f"{text!r} is no date: write 2022-03-25, 2022-03, XXXX-03-25 (no year) or 2022-03-25~ (inferred)"
        ) from error


def _ordinal(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= MOST_ORDINAL):
        raise ValueError(f"{text!r} is no ordinal: write a number, as 12 for 第十二场")
    return int(text)
