"""Word documents (.docx) to HTML source in which line ends count, as `markdown` does; `html` renders it.

python-docx (1.2, MIT, 0.14 s to import) opens the package and knows its styles and properties. Its
`Paragraph.text` passes over what stands in content controls, tracked insertions, text boxes and fields,
which official templates are full of, so the walk here goes over its elements in document order; what
was deleted under tracking, field codes and the copy of a text box for old versions are left out.
Numbers that Word makes up itself (automatic lists) are in no text of the file and are not made up here.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from loader.read.markdown import literal
from loader.read.properties import told
from loader.read.refuse import missing, refused
from loader.read.zipped import check_package

if TYPE_CHECKING:
    from docx.document import Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NO_TEXT = "pPr rPr tblPr trPr tcPr sectPr sdtPr del moveFrom"
_SKIPPED = frozenset(f"{_W}{name}" for name in _NO_TEXT.split()) | {_FALLBACK}
_SAID = {f"{_W}tab": "\t", f"{_W}br": "<br>", f"{_W}cr": "<br>", f"{_W}noBreakHyphen": "-"}
_TEXT = (f"{_W}t", "{http://schemas.openxmlformats.org/officeDocument/2006/math}t")
_VALUE = f"{_W}val"
_HEADING = re.compile(r"(?:heading|标题|標題)\s*([1-9])", re.IGNORECASE)
_TITLES = frozenset({"title", "标题", "標題"})
_PROPERTIES = ("title", "author", "subject", "keywords")
_OFF = ("0", "false", "off", "none")
_DEEPEST = 20
"""Styles that may be based on one another; Word itself allows ten."""


class Style(NamedTuple):
    """What a style means for reading: its heading level ("" for none), and whether it is bold or a list."""

    level: str = ""
    bold: bool = False
    item: bool = False


_PLAIN = Style()


def to_html(raw: bytes, path: str) -> tuple[str, dict[str, str]]:
    """The document as HTML source, and its properties.

    Raises `SourceError` where python-docx is not installed, or the file is no Word document or too big.
    """
    try:
        import docx
    except ImportError as error:
        raise missing(path, "a Word document") from error
    check_package(raw, path)
    try:
        document = docx.Document(io.BytesIO(raw))
        source = "\n".join(_Walk(_styles(document.styles.element)).blocks(document.element.body))
        fields = _described(document)
    except Exception as error:  # python-docx trusts what it opens: any of its assumptions may fail
        what = "a Word document (.docx) that cannot be opened"
        raise refused(path, what, "open it in Word or LibreOffice and save it anew") from error
    return source, fields


class _Walk:
    """Goes over a document's elements in their order; lxml lets none nest deeper than 256."""

    def __init__(self, styles: Mapping[str, Style]) -> None:
        self.styles = styles

    def blocks(self, parent: Any) -> Iterator[str]:
        """The source of each paragraph and table, those within content controls and the like too."""
        for child in parent:
            if child.tag == f"{_W}p":
                yield from self.paragraph(child)
            elif child.tag == f"{_W}tbl":
                yield f"<table>{''.join(self.rows(child))}</table>"
            elif child.tag not in _SKIPPED:
                yield from self.blocks(child)

    def rows(self, parent: Any) -> Iterator[str]:
        for child in parent:
            if child.tag == f"{_W}tr":
                yield f"<tr>{''.join(self.cells(child))}</tr>"
            elif child.tag not in _SKIPPED:
                yield from self.rows(child)

    def cells(self, parent: Any) -> Iterator[str]:
        for child in parent:
            if child.tag == f"{_W}tc":
                yield f"<td>{'<br>'.join(self.blocks(child))}</td>"
            elif child.tag not in _SKIPPED:
                yield from self.cells(child)

    def paragraph(self, element: Any) -> Iterator[str]:
        """A paragraph is a line; what stands in its text boxes follows it."""
        style = _own(element.find(f"{_W}pPr"), self.styles)
        boxes: list[Any] = []
        pieces = self.runs(element, style.bold and not style.level, boxes)
        line = "".join(
            f"<b>{''.join(text for _, text in run)}</b>" if bold else "".join(text for _, text in run)
            for bold, run in groupby(pieces, key=lambda piece: piece[0])
        )
        if style.level:
            yield f"<h{style.level}>{line}</h{style.level}>"
        else:
            yield f"<li>{line}</li>" if style.item else line
        for box in boxes:
            yield from self.blocks(box)

    def runs(self, parent: Any, bold: bool, boxes: list[Any]) -> Iterator[tuple[bool, str]]:
        """(whether it is bold, source) of each piece of text under an element."""
        for child in parent:
            if child.tag == f"{_W}r":
                yield from self.runs(child, self.is_bold(child.find(f"{_W}rPr"), bold), boxes)
            elif child.tag in _TEXT:
                yield bold, literal(child.text or "")
            elif child.tag in _SAID:
                yield bold, _SAID[child.tag]
            elif child.tag == f"{_W}txbxContent":
                boxes.append(child)
            elif child.tag not in _SKIPPED:
                yield from self.runs(child, bold, boxes)

    def is_bold(self, properties: Any, inherited: bool) -> bool:
        """A run's own word counts, then its style's, then its paragraph's."""
        if properties is None:
            return inherited
        if (own := properties.find(f"{_W}b")) is not None:
            return own.get(_VALUE) not in _OFF
        style = properties.find(f"{_W}rStyle")
        return inherited or (style is not None and self.styles.get(style.get(_VALUE), _PLAIN).bold)


def _own(properties: Any, styles: Mapping[str, Style]) -> Style:
    """What a paragraph is, by its own properties before its style's."""
    if properties is None:
        return styles.get("", _PLAIN)
    name = properties.find(f"{_W}pStyle")
    style = styles.get("" if name is None else name.get(_VALUE), _PLAIN)
    level, item = _level(properties), _item(properties)
    return Style(style.level if level is None else level, style.bold, style.item if item is None else item)


def _level(properties: Any) -> str | None:
    """The heading level that an outline level means (ECMA-376, §17.3.1.20): 0 to 8, and 9 for text."""
    outline = properties.find(f"{_W}outlineLvl")
    if outline is None:
        return None
    value = outline.get(_VALUE, "")
    return str(min(int(value) + 1, 6)) if value in set("012345678") else ""


def _item(properties: Any) -> bool | None:
    number = properties.find(f"{_W}numPr/{_W}numId")
    return None if number is None else number.get(_VALUE) != "0"


def _styles(root: Any) -> dict[str, Style]:
    """What each style means by its id, what it is based on counted in; the default one has the id ""."""
    elements = {element.get(f"{_W}styleId", ""): element for element in root.iterchildren(f"{_W}style")}
    styles = {key: _resolved(element, elements) for key, element in elements.items()}
    for key, element in elements.items():
        if element.get(f"{_W}type") == "paragraph" and element.get(f"{_W}default") == "1":
            styles[""] = styles[key]
    return styles


def _resolved(element: Any, elements: Mapping[str, Any]) -> Style:
    level: str | None = None
    bold: bool | None = None
    item: bool | None = None
    for _ in range(_DEEPEST):
        name = element.find(f"{_W}name")
        said = "" if name is None else name.get(_VALUE, "").strip().lower()
        if (properties := element.find(f"{_W}pPr")) is not None:
            level = _level(properties) if level is None else level
            item = _item(properties) if item is None else item
        if level is None and (heading := _HEADING.fullmatch(said)):
            level = str(min(int(heading[1]), 6))
        elif level is None and said in _TITLES:
            level = "1"
        if bold is None and (own := element.find(f"{_W}rPr/{_W}b")) is not None:
            bold = own.get(_VALUE) not in _OFF
        base = element.find(f"{_W}basedOn")
        element = None if base is None else elements.get(base.get(_VALUE))
        if element is None:
            break
    return Style(level or "", bool(bold), bool(item))


def _described(document: Document) -> dict[str, str]:
    """The package's core properties; python-docx would make some up where there are none."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    package = document.part.package
    if package is None or not any(
        rel.reltype == RELATIONSHIP_TYPE.CORE_PROPERTIES for rel in package.rels.values()
    ):
        return {}
    properties = document.core_properties
    fields = {name: str(getattr(properties, name) or "") for name in _PROPERTIES}
    fields["created"] = properties.created.date().isoformat() if properties.created else ""
    return told(fields)
