"""Files to readings: bytes of any kind in, text with marks out, or one line that says why not.

    find ──▶ sources ──▶ document ──▶ Reading
    paths    members     one source, by its kind (see there)

`find` walks folders, `read_sources` gives all that one file holds (archives, mails and files of records
hold several), `read_bytes` one reading of one source. Only `find` opens files; the rest is pure: the same
bytes and path give the same readings. PDF and Word take the libraries of `briefings-tui[office]`, which
are imported when the first such file comes.
"""

from __future__ import annotations

from loader.read.document import read_again, read_bytes
from loader.read.find import SUFFIXES, Found, find
from loader.read.sources import Refused, read_sources

__all__ = ["SUFFIXES", "Found", "Refused", "find", "read_again", "read_bytes", "read_sources"]
