"""Brings the catalogues up to date: `python -m tests.update_catalogue`.

New messages of the source are added to each .po file, to be translated there; those that are gone are taken
out; what is translated is compiled into the .mo file beside it, which the program reads.
"""

from __future__ import annotations

import ast
import io
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo, write_mo
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po, write_po

from tests.conftest import ROOT
from tui.commands import COMMANDS
from tui.language import CATALOGUES, DOMAIN

KEYWORDS = {"_": 1, "said": 1, "mark": 1, "counted": 2}
"""Functions that are called with a message, and how many of their first arguments are its forms."""
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
    for path in sorted((ROOT / "tui").rglob("*.py")):
        for message in messages(path.read_text("utf-8"), path.name):
            catalog.add(message)
    return catalog


def messages(source: str, name: str = "?") -> Iterator[str | tuple[str, ...]]:
    """The messages that a module's source passes to `KEYWORDS`, one form or (one, many).

    Read from the syntax tree, so that no version of an extractor decides what a message is. A variable is
    skipped, since its text is marked where it is written. Raises `ValueError` where a message is put
    together (an f-string, a sum, `%`): no catalogue can have it.
    """
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS):
            continue
        forms = node.args[: KEYWORDS[node.func.id]]
        if any(isinstance(form, ast.JoinedStr | ast.BinOp) for form in forms):
            raise ValueError(f"{name}:{node.lineno}: pass values by name: {ast.unparse(node)}")
        texts = tuple(
            form.value for form in forms if isinstance(form, ast.Constant) and isinstance(form.value, str)
        )
        if texts and len(texts) == len(forms):
            yield texts if len(texts) > 1 else texts[0]


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


def entries(catalog: Catalog) -> dict[object, object]:
    """What a catalogue says: messages and their translations, language and plural forms, no tool's name."""
    said = {_forms(message.id): _forms(message.string) for message in catalog if message.id}
    return {**said, "": (str(catalog.locale), catalog.plural_expr, catalog.charset)}


def _forms(text: str | Sequence[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def read_compiled(path: Path) -> Catalog:
    """The catalogue of a .mo file."""
    with path.open("rb") as file:
        return read_mo(file)


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
