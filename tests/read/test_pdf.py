"""A PDF becomes paragraphs: wrapped lines joined, running headers marked, what cannot be read refused."""

from __future__ import annotations

import pytest

from loader.model import SourceError
from loader.read import pdf, read_bytes
from loader.read.reflow import Line, reflow
from tests.read import files
from tests.read.files import PARAGRAPHS


def _line(text: str, left: float = 72, right: float = 520, bottom: float = 700, size: float = 12) -> Line:
    return Line(text, left, right, bottom, size, 595)


def _texts(raw: bytes) -> list[str]:
    """The lines of a PDF as they stand, not joined to paragraphs."""
    return [line.text for page in pdf.lines(raw, "a.pdf")[0] for line in page]


@pytest.mark.parametrize("font", ["STSong-Light", "MSung-Light"])
def test_wrapped_lines_are_joined(font: str) -> None:
    reading = read_bytes(files.printed(PARAGRAPHS, font=font), "a.pdf")
    assert reading.text.split("\n") == list(PARAGRAPHS)
    assert (reading.format, reading.marks) == ("pdf", ())


def test_words_are_parted_where_their_line_was_wrapped() -> None:
    words = "MS. REN. " + "The ferry runs again from Monday, and nobody pays more than before. " * 5
    reading = read_bytes(files.printed([words, words], font="Helvetica"), "a.pdf")
    assert reading.text.split("\n") == [words.strip()] * 2


def test_what_stands_on_every_page_is_furniture_and_parts_no_paragraph() -> None:
    paragraphs = [text.replace("，", f"{chr(0x4E00 + n)}，") for n in range(30) for text in PARAGRAPHS[:2]]
    reading = read_bytes(files.printed(paragraphs, header="青浦镇通报会实录"), "a.pdf")
    furniture = [reading.text[mark.start : mark.end] for mark in reading.marks]
    assert {mark.kind for mark in reading.marks} == {"furniture"}
    assert furniture.count("青浦镇通报会实录") >= 3
    assert "- 2 -" in furniture
    assert [line for line in reading.text.split("\n") if line not in furniture] == paragraphs


ROWS = {
    "STSong-Light": "石桥镇人民政府防汛抗旱指挥部办公室",  # not embedded: without it, empty boxes
    "Helvetica": "Ångström jury, the second list of judges",  # as high as its line: the boxes meet
}


@pytest.mark.parametrize("font", ROWS)
def test_a_row_that_repeats_the_one_above_is_kept(font: str) -> None:
    rows = [(72, 700 - 12 * n, ROWS[font]) for n in range(12)]
    assert _texts(files.drawn(rows, font)) == [ROWS[font]] * 12


def test_a_cell_that_repeats_the_one_above_is_kept() -> None:
    office = ROWS["STSong-Light"]
    rows = [(left, 700 - 14 * n, text) for n in range(9) for left, text in ((72, office), (360, f"{n}户"))]
    assert _texts(files.drawn(rows, "STSong-Light")) == [f"{office} {n}户" for n in range(9)]


@pytest.mark.parametrize(("font", "number"), [("STSong-Light", 2), ("Helvetica", 9)])
def test_bold_that_was_drawn_twice_is_read_once(font: str, number: int) -> None:
    rows = [(72 + shift, 700 - 12 * n, ROWS[font]) for n in range(number) for shift in (0, 0.3)]
    assert _texts(files.drawn(rows, font)) == [ROWS[font]] * number


def test_properties_become_fields() -> None:
    reading = read_bytes(files.printed(PARAGRAPHS, title="通报会", author="青浦镇"), "a.pdf")
    assert (reading.fields["title"], reading.fields["author"]) == ("通报会", "青浦镇")
    assert len(reading.fields["created"]) == 10
    assert "subject" not in reading.fields


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (files.scanned(), r"without text.*ocrmypdf"),
        (files.printed(PARAGRAPHS, encrypt="secret"), r"encrypted.*password"),
        (b"%PDF-1.7\nnothing more", "cannot be opened"),
        (files.printed(PARAGRAPHS)[:700], "cannot be opened"),
    ],
    ids=["scanned", "encrypted", "no PDF at all", "cut off"],
)
def test_a_pdf_that_cannot_be_read_says_why(raw: bytes, words: str) -> None:
    with pytest.raises(SourceError, match=words) as refusal:
        read_bytes(raw, "夏汛/a.pdf")
    assert str(refusal.value).startswith("夏汛/a.pdf: ")


@pytest.mark.parametrize(
    ("below", "joined"),
    [
        (_line("二", bottom=682), True),
        (_line("二", bottom=682, left=96), False),
        (_line("二", bottom=640), False),
        (_line("二", bottom=682, size=18), False),
        (_line("记者：二", bottom=682), True),
    ],
)
def test_a_line_goes_on_if_it_looks_as_if(below: Line, joined: bool) -> None:
    page = [_line("头", bottom=736), _line("一", bottom=718), _line("甲", bottom=700), below]
    assert ("甲" + below.text in reflow([page])[0]) is joined


def test_a_label_after_a_full_stop_begins_a_paragraph() -> None:
    page = [_line("甲。", bottom=718), _line("记者：乙", bottom=700)]
    assert reflow([page])[0] == "甲。\n记者：乙"


def test_short_lines_stay_lines() -> None:
    page = [
        _line(text, right=200, bottom=bottom)
        for text, bottom in (("时间", 700), ("地点", 682), ("人员", 664))
    ]
    assert reflow([page])[0] == "时间\n地点\n人员"


def test_no_page_is_no_text() -> None:
    assert reflow([]) == ("", [])
