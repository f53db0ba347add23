"""What a person said of a briefing wins over what was inferred, and outlives reloading.

What may come in: field names of `FIELDS` with values as typed; an empty value says that nothing is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from loader.layout import date_key
from loader.model import Briefing

FIELDS = ("title", "place", "organ", "date", "ordinal")
MOST_ORDINAL = 99_999


def checked(values: Mapping[str, str]) -> dict[str, str]:
    """`values` stripped and in canonical form; raises `ValueError` with a line for a person."""
    clean = {name: " ".join(value.split()) for name, value in values.items()}
    for name, value in clean.items():
        if name not in FIELDS:
            raise ValueError(f"{name} cannot be corrected: only {', '.join(FIELDS)}")
        if not value.isprintable():
            raise ValueError(f"{name} holds characters that cannot be shown")
    if clean.get("date"):
        _check_date(clean["date"])
    if clean.get("ordinal"):
        clean["ordinal"] = str(_ordinal(clean["ordinal"]))
    return clean


def corrected(briefing: Briefing, values: Mapping[str, str]) -> Briefing:
    """`briefing` with the values (as `checked` gives them) in place of what was inferred."""
    known: dict[str, Any] = {name: value or None for name, value in values.items()}
    if known.get("ordinal"):
        known["ordinal"] = int(known["ordinal"])
    return replace(briefing, **known)


def _check_date(text: str) -> None:
    try:
        date_key(text)
    except ValueError as error:
        raise ValueError(
            f"{text!r} is no date: write 2022-03-25, 2022-03, XXXX-03-25 (no year) or 2022-03-25~ (inferred)"
        ) from error


def _ordinal(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= MOST_ORDINAL):
        raise ValueError(f"{text!r} is no ordinal: write a number, as 12 for 第十二场")
    return int(text)
