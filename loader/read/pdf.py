"""PDF to lines: what pdfium says stands on each page, and where. `reflow` makes paragraphs of them.

Why pypdfium2 (5.15, Apache-2.0 or BSD-3-Clause, wheels, 0.1 s to import), of three that were held against
each other on Chinese text: of ten pages whose fonts are not embedded (GBK-EUC, GBKp-EUC, GBK2K, UniGB,
ETen-B5, HKscs-B5, UniCNS, Identity-H) pdfium reads all ten; pypdf 7.1 reads seven and makes Hangul of
GBKp and HKscs; pdfminer.six 2026.1 reads none of them and takes five times as long. It also knows where a
character stands, without which a wrapped line cannot be told from a short one. It is C++ that Chrome's
fuzzers read all day, not safe Python: a file of unknown origin is read at that risk.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing
from typing import Any

from loader.model import SourceError
from loader.read.clean import scrub
from loader.read.properties import told
from loader.read.reflow import Line
from loader.read.refuse import missing, refused
from loader.read.repeated_lines import keep_repeated_lines

MOST_PAGES = 5_000
"""Pages that are read: a year of daily briefings bound together is shorter, a crafted page tree is not."""
_NEEDS_PASSWORD = 4  # FPDF_ERR_PASSWORD
_SOFT_BREAK = re.compile("[\x02\ufffe](?:\r\n)?")
"""What pdfium makes of a hyphen that parts a word at a line's end."""
_FIELDS = {"Title": "title", "Author": "author", "Subject": "subject", "CreationDate": "created"}
_CREATED = re.compile(r"D:(\d{4})(\d\d)(\d\d)")
_one_at_a_time = threading.Lock()
"""pdfium is not safe to use from two threads (pypdfium2's README, "Thread incompatibility")."""


def lines(raw: bytes, path: str) -> tuple[list[list[Line]], dict[str, str]]:
    """The lines of each page as they stand in the file, and what it says of itself.

    Raises `SourceError` where pdfium is not installed, the file is broken, encrypted or too long, or
    holds pictures and no text.
    """
    try:
        import pypdfium2  # type: ignore[import-untyped,unused-ignore]
    except ImportError as error:
        raise missing(path, "a PDF") from error
    with _one_at_a_time:
        try:
            with closing(pypdfium2.PdfDocument(raw)) as document:
                if len(document) > MOST_PAGES:
                    raise refused(path, f"a PDF of more than {MOST_PAGES} pages", "split it")
                pages = [list(_page(document, number)) for number in range(len(document))]
                fields = _described(document.get_metadata_dict(skip_empty=True))
        except pypdfium2.PdfiumError as error:
            if getattr(error, "err_code", None) == _NEEDS_PASSWORD:
                raise refused(path, "an encrypted PDF", "save it without its password") from error
            raise _broken(path) from error
        except (ValueError, RecursionError, AssertionError) as error:
            raise _broken(path) from error
    if not any(line.text.strip() for page in pages for line in page):
        remedy = "run text recognition on it first (ocrmypdf -l chi_sim+eng)"
        raise refused(path, "a PDF without text, perhaps scanned", remedy)
    return pages, fields


def _broken(path: str) -> SourceError:
    return refused(path, "a PDF that cannot be opened", "save it anew, or turn it into text (pdftotext)")


def _page(document: Any, number: int) -> Iterator[Line]:
    """The lines of one page; places are in points from its lower left corner."""
    import pypdfium2.raw as pdfium  # type: ignore[import-untyped,unused-ignore]

    with ExitStack() as stack:
        page = stack.enter_context(closing(document[number]))
        keep_repeated_lines(document, page)
        text = stack.enter_context(closing(page.get_textpage()))
        width = page.get_width()
        at = 0
        said = text.get_text_range() if text.count_chars() else ""
        for line in said.split("\r\n"):
            bare = line.strip()
            if bare:
                head = at + line.index(bare[0])
                first = pdfium.FPDFText_GetCharIndexFromTextIndex(text, head)
                last = pdfium.FPDFText_GetCharIndexFromTextIndex(text, head + len(bare) - 1)
                left, bottom, _, top = _box(text, first)
                right = _box(text, last)[2]
                yield Line(scrub(_SOFT_BREAK.sub("", bare)), left, right, bottom, top - bottom, width)
            at += len(line) + 2


def _box(text: Any, index: int) -> tuple[float, float, float, float]:
    """The box of a character, its font's height and advance counted in; nothing where it has none."""
    if index < 0:
        return 0.0, 0.0, 0.0, 0.0
    left, bottom, right, top = text.get_charbox(index, loose=True)
    return left, bottom, right, top


def _described(said: dict[str, str]) -> dict[str, str]:
    fields = told({name: said.get(key, "") for key, name in _FIELDS.items()})
    if created := _CREATED.match(fields.get("created", "")):
        fields["created"] = "-".join(created.groups())
    return fields
