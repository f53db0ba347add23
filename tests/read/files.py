"""Files in other formats than text, made on the spot: nothing binary is kept with the tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

PARAGRAPHS = (
    "石桥日报记者：请问低洼小区的居民什么时候可以回家？" + "排水工程现在进展怎么样，" * 6 + "请介绍一下。",
    "郑望川：谢谢你的问题。截至昨天18时，三个小区的积水已经排完。" + "供电恢复，道路通行，" * 7 + "请放心。",
    "主持人：今天的通报会到此结束。",
)


def word(fill: Callable[[Any], None]) -> bytes:
    """A Word document, filled by a function that takes python-docx's document."""
    import docx

    document = docx.Document()
    fill(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def printed(
    paragraphs: Sequence[str], *, header: str = "", font: str = "STSong-Light", **options: Any
) -> bytes:
    """A PDF that wraps paragraphs at the width of a page, with a header and page numbers if there is one."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    if font.endswith("-Light"):
        pdfmetrics.registerFont(UnicodeCIDFont(font))
    style = ParagraphStyle("body", fontName=font, fontSize=12, leading=18, firstLineIndent=24, wordWrap="CJK")
    if not font.endswith("-Light"):
        style.wordWrap = None

    def decorate(canvas: Any, document: Any) -> None:
        if header:
            canvas.setFont(font, 9)
            canvas.drawString(72, A4[1] - 40, header)
            canvas.drawCentredString(A4[0] / 2, 30, f"- {document.page} -")

    out = io.BytesIO()
    document = SimpleDocTemplate(out, pagesize=A4, **options)
    document.build(
        [Paragraph(text, style) for text in paragraphs], onFirstPage=decorate, onLaterPages=decorate
    )
    return out.getvalue()


def drawn(lines: Sequence[tuple[float, float, str]], font: str = "Helvetica", size: float = 12) -> bytes:
    """A PDF of one page with each text at its place, (points from the left, from the lower edge, text)."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    if font.endswith("-Light"):
        pdfmetrics.registerFont(UnicodeCIDFont(font))
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.setFont(font, size)
    for left, bottom, text in lines:
        canvas.drawString(left, bottom, text)
    canvas.save()
    return out.getvalue()


def scanned() -> bytes:
    """A PDF of a picture."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.rect(50, 50, 300, 300, fill=1)
    canvas.save()
    return out.getvalue()


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    """A ZIP archive of the members given, in this order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, raw in members:
            file.writestr(name, raw)
    return out.getvalue()


def zipped_as(codec: str, name: str, raw: bytes) -> bytes:
    """A ZIP archive whose one name stands in a codec that it does not tell, as old programs wrote it."""
    encoded = name.encode(codec)
    holder = "x" * len(encoded)
    return zipped((holder, raw)).replace(holder.encode(), encoded)


def locked(archive: bytes) -> bytes:
    """An archive that says of its members that they are encrypted."""
    out = bytearray(archive)
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = out.find(sign)
        while start >= 0:
            out[start + at] |= 1
            start = out.find(sign, start + 4)
    return bytes(out)
