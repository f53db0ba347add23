"""A Word document becomes lines with marks: what Word shows in the body, in its order."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from loader.model import Reading, SourceError
from loader.read import read_bytes
from tests.read import files


def _marked(reading: Reading, kind: str) -> list[tuple[str, str]]:
    return [(reading.text[mark.start : mark.end], mark.value) for mark in reading.marks if mark.kind == kind]


def _read(*fills: Any) -> Reading:
    def fill(document: Any) -> None:
        for one in fills:
            one(document)

    return read_bytes(files.word(fill), "a.docx")


def _xml(document: Any, inner: str) -> None:
    body = document.element.body
    body.insert(
        len(body) - 1, parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtContent>{inner}</w:sdtContent></w:sdt>")
    )


def test_paragraphs_are_lines_and_blanks_stay() -> None:
    reading = _read(
        lambda d: [d.add_paragraph(text) for text in ("　　记者：甲  乙？", "", "a < b & c\td\ne")]
    )
    assert reading.text == "　　记者：甲  乙？\n\na < b & c\td\ne"
    assert (reading.format, reading.encoding, reading.marks) == ("docx", "utf-8", ())


def test_headings_are_told_by_their_style() -> None:
    reading = _read(
        lambda d: d.add_heading("通报会", 0),
        lambda d: d.add_heading("一、灾情", 2),
        lambda d: d.add_paragraph("文"),
    )
    assert _marked(reading, "heading") == [("通报会", "1"), ("一、灾情", "2")]
    assert _marked(reading, "bold") == []


def test_a_style_based_on_a_heading_is_one() -> None:
    def fill(document: Any) -> None:
        style = document.styles.add_style("节名", 1)
        style.base_style = document.styles["Heading 3"]
        document.add_paragraph("二、问答", "节名")

    assert _marked(_read(fill), "heading") == [("二、问答", "3")]


def test_bold_runs_that_touch_are_one() -> None:
    def fill(document: Any) -> None:
        paragraph = document.add_paragraph()
        for text, bold in (("记", True), ("者：", True), ("甲", None), ("乙", False)):
            paragraph.add_run(text).bold = bold
        paragraph.add_run("丙", style="Strong")

    assert _marked(_read(fill), "bold") == [("记者：", ""), ("丙", "")]


def test_list_items() -> None:
    reading = _read(
        lambda d: d.add_paragraph("甲", "List Bullet"),
        lambda d: d.add_paragraph("乙", "List Number"),
        lambda d: d.add_paragraph("丙"),
    )
    assert _marked(reading, "item") == [("甲", ""), ("乙", "")]


def test_a_table_is_rows_and_a_merged_cell_is_said_once() -> None:
    def fill(document: Any) -> None:
        document.add_paragraph("前")
        table = document.add_table(3, 2)
        for row, cells in enumerate((("姓名", "职务"), ("郑望川", "镇长"), ("合计", ""))):
            for column, text in enumerate(cells):
                table.cell(row, column).text = text
        table.cell(2, 0).merge(table.cell(2, 1))
        document.add_paragraph("后")

    reading = _read(fill)
    assert reading.text == "前\n姓名\t职务\n郑望川\t镇长\n合计\n后"
    assert [text for text, _ in _marked(reading, "row")] == ["姓名\t职务", "郑望川\t镇长", "合计"]


def test_what_python_docx_passes_over_is_read_and_what_was_deleted_is_not() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    reading = _read(
        lambda d: _xml(d, f"<w:p>{run.format('控件')}</w:p>"),
        lambda d: _xml(
            d, f"<w:p><w:ins>{run.format('插入')}</w:ins><w:del>{run.format('删去')}</w:del></w:p>"
        ),
        lambda d: _xml(d, f"<w:p><w:fldSimple w:instr='PAGE'>{run.format('域')}</w:fldSimple></w:p>"),
        lambda d: _xml(
            d,
            f"<w:p>{run.format('框外')}<w:r><w:txbxContent><w:p>{run.format('框内')}</w:p></w:txbxContent></w:r></w:p>",
        ),
    )
    assert reading.text.split() == ["控件", "插入", "域", "框外", "框内"]


def test_properties_become_fields() -> None:
    def fill(document: Any) -> None:
        document.add_paragraph("文")
        document.core_properties.title = "通报会"
        document.core_properties.author = "青浦镇"
        document.core_properties.created = datetime.datetime(2023, 5, 4, 10)

    assert _read(fill).fields == {"title": "通报会", "author": "青浦镇", "created": "2023-05-04"}


@pytest.mark.parametrize("title", ["Microsoft Word - 文档1", "Word Document", "(untitled)", "通报会.docx"])
def test_a_title_that_a_program_made_up_says_nothing(title: str) -> None:
    def fill(document: Any) -> None:
        document.add_paragraph("文")
        document.core_properties.title = title

    assert "title" not in _read(fill).fields


def test_a_crafted_package_is_not_unpacked() -> None:
    raw = files.zipped(("[Content_Types].xml", b"<x/>"), ("word/document.xml", b" " * 3_000_000))
    with pytest.raises(SourceError, match="unpacks to more"):
        read_bytes(raw, "a.docx")


def test_a_document_with_a_password_says_so() -> None:
    raw = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(SourceError, match=r"encrypted.*password"):
        read_bytes(raw, "a.docx")
