"""Text to `Briefing`: who spoke, who asked what, who answered, and what on the page is only page.

What comes in is a `Reading` (text with lines parted by `\\n`, markup removed, structure marks beside
it); what comes out are one or more `Briefing`s whose turns together cover every non-blank character.
Pure functions: no files, no database, no state between calls. `whole` shows the order of things:

    sittings ─▶ lines ─▶ noise, repeats ─▶ people announced
             ─▶ tokens ─▶ mentions ─▶ candidates ─▶ decode ─▶ segments ─▶ resolution ─▶ exchanges
                typed     slots in    every way     best path  deterministic  who it is
                runs      any order   to write one  (weights)

Word lists stand in `data`, weights in `weights`; nothing else decides what a label is. Titles, dates and
places are read beside it (`metadata`), gaps and figures from the turns.
"""

from __future__ import annotations

from loader.model import Briefing, Reading
from loader.parse.folding import plain
from loader.parse.sittings import shifted, sittings
from loader.parse.whole import parse_whole

__all__ = ["parse"]


def parse(reading: Reading) -> tuple[Briefing, ...]:
    """The briefings (normally one) a reading holds, in the order they stand in it."""
    folded = plain(reading.text)
    parts = sittings(reading, folded) or [(0, reading)]
    return tuple(
        shifted(parse_whole(part, folded[offset : offset + len(part.text)]), offset) for offset, part in parts
    )
