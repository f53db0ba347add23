"""The parser that weighs evidence: it is to take the place of the one beside it, which serves as its
oracle till then.

    lines ─▶ tokens ─▶ mentions ─▶ candidates ─▶ decode ─▶ segments ─▶ resolution ─▶ exchanges
             typed     slots in    every way     best path  deterministic  who it is
             runs      any order   to write one  (weights)

Word lists stand in `data`, weights in `weights`; nothing else decides what a label is. `parse` has the
same promise
as `loader.parse.parse`. Not used by the loader yet: `python -m tests.composer.measure --scored` measures it.
"""

from __future__ import annotations

from loader.model import Briefing, Reading
from loader.parse.folding import plain
from loader.parse.scored.whole import parse_whole
from loader.parse.sittings import shifted, sittings

__all__ = ["parse"]


def parse(reading: Reading) -> tuple[Briefing, ...]:
    """The briefings (normally one) a reading holds, in the order they stand in it."""
    folded = plain(reading.text)
    parts = sittings(reading, folded) or [(0, reading)]
    return tuple(
        shifted(parse_whole(part, folded[offset : offset + len(part.text)]), offset) for offset, part in parts
    )
