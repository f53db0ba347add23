"""Brings the catalogues up to date: `python -m tests.update_catalogue`.

New messages of the source are added to each .po file, to be translated there; those that are gone are taken
out; what is translated is compiled into the .mo file beside it, which the program reads.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po, write_po

from tests.conftest import ROOT
from tui.commands import COMMANDS
from tui.language import CATALOGUES, DOMAIN

KEYWORDS = {"_": None, "said": None, "mark": None, "counted": (1, 2)}
HEADER = """# What the browser says, in {name}.
msgid ""
msgstr ""
"Language: {locale}\\n"
"Plural-Forms: {plurals}\\n"
"Content-Type: text/plain; charset=utf-8\\n"

"""
AT = datetime(2026, 11, 22, tzinfo=UTC)
"""A time that the compiled files hold: any, but always the same."""
FILES = sorted(CATALOGUES.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))


def wanted() -> Catalog:
    """All messages of the source, and the labels and help of the command table."""
    catalog = Catalog()
    for command in COMMANDS:
        catalog.add(command.label)
        catalog.add(command.help)
    for _file, _line, message, _comments, _context in extract_from_dir(
        str(ROOT / "tui"), [("**.py", "python")], keywords=KEYWORDS
    ):
        catalog.add(message)
    return catalog


def held(path: Path) -> Catalog:
    """The catalogue of a .po file."""
    with path.open("rb") as file:
        catalog = read_po(file)
    catalog.creation_date = catalog.revision_date = AT
    return catalog


def compiled(catalog: Catalog) -> bytes:
    """The .mo file of a catalogue."""
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def header(path: Path) -> str:
    """The head of a .po file, by the folder it lies in."""
    locale = Locale.parse(path.parent.parent.name)
    plurals = get_plural(locale)
    return HEADER.format(name=locale.english_name, locale=path.parent.parent.name, plurals=plurals)


def main() -> None:
    """Write every .po and .mo file anew."""
    for path in FILES:
        catalog = held(path)
        catalog.update(wanted(), no_fuzzy_matching=True, update_creation_date=False)
        catalog.obsolete.clear()
        body = io.BytesIO()
        write_po(body, catalog, width=100, no_location=True, sort_output=True, omit_header=True)
        path.write_bytes(header(path).encode() + body.getvalue())
        path.with_suffix(".mo").write_bytes(compiled(held(path)))
        missing = [message.id for message in catalog if message.id and not message.string]
        print(f"{path}: {len(catalog)} messages, {len(missing)} to be translated")


if __name__ == "__main__":
    main()
