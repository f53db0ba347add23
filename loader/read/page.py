"""A page being written: text grows at its end; line breaks and spaces are owed until text follows.

Knows CSS's two ways with white space (CSS Text 3, §4.1): collapsed as in running HTML, or kept as in
`<pre>` and in plain lines. Takes any text; every call costs the length of what it is given, never
that of the page.
"""

from __future__ import annotations

import re

from loader.model import Mark, MarkKind

_SPACES = re.compile(r"[ \t\n\f\r]+")
WIDE = (
    "[\u2e80-\u303f\u3041-\u30ff\u3105-\u312f\u3190-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff9f"
    "\U00020000-\U0003ffff]"
)
"""One East Asian wide character, as a pattern."""
_BREAK_IN_CHINESE = re.compile(rf"(?<={WIDE})[ \t]*+\n[ \t\n]*+(?={WIDE})")
_REST_OF_LINE = re.compile(r"[ \t]*+\n")


class Page:
    """Text and marks in the making; read `text` and `marks` when all is written."""

    def __init__(self) -> None:
        self.marks: list[Mark] = []
        self._parts: list[str] = []
        self._length = 0
        self._last = "\n"
        self._owes_break = False
        self._owes_space = False
        self._opened: list[int | None] = []
        self._waiting: list[int] = []

    @property
    def text(self) -> str:
        return "".join(self._parts)

    def flow(self, text: str) -> None:
        """Write running text: a run of white space becomes one space, none at a line's head.

        Between two East Asian wide characters a line end becomes nothing at all (CSS Text 3, §4.1.3).
        """
        if not _SPACES.search(text):
            if not text:
                return
            if self._owes_break or self._owes_space or self._waiting:
                self._pay()
            self._parts.append(text)
            self._length += len(text)
            self._last = text[-1]
            return
        if "\n" in text:
            text = _BREAK_IN_CHINESE.sub("", text)
        text = _SPACES.sub(" ", text)
        bare = text.strip(" ")
        self._owes_space |= text[:1] == " "
        if bare:
            self._pay()
            self._write(bare)
            self._owes_space = text[-1] == " "

    def lines(self, text: str) -> None:
        """Write text whose blanks and line ends count; its first line end pays a break that is owed."""
        if self._owes_break and text == "\n":
            self._owes_break = False
            self._write("\n")
            return
        if self._owes_break and (rest := _REST_OF_LINE.match(text)):
            text = text[rest.end() :]
            self._owes_break = False
            self._write("\n")
        if text:
            self._pay()
            self._write(text)

    def block(self) -> None:
        """What follows stands on a line of its own."""
        self._owes_break |= self._last != "\n"
        self._owes_space = False

    def line(self) -> None:
        """End the line here, as `<br>` does: twice makes a blank line."""
        if self._owes_break:
            self._write("\n")
        self._owes_break = self._owes_space = False
        self._write("\n")

    def cell(self) -> None:
        """Part two cells of a row by a tab."""
        self._owes_space = False
        self._pay()
        self._write("\t")

    def open(self) -> int:
        """Begin a mark at the text written next; the number returned closes it."""
        number = len(self._opened)
        self._opened.append(None)
        self._waiting.append(number)
        return number

    def close(self, number: int, kind: MarkKind, value: str = "") -> None:
        """End a mark at the text written last; one that covers nothing is dropped."""
        start = self._opened[number]
        if start is not None and start < self._length:
            self.marks.append(Mark(kind, start, self._length, value))

    def _pay(self) -> None:
        if self._owes_break:
            self._write("\n")
        elif self._owes_space and not self._last.isspace():
            self._write(" ")
        self._owes_break = self._owes_space = False
        if self._waiting:
            for number in self._waiting:
                self._opened[number] = self._length
            self._waiting.clear()

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
        self._last = text[-1]
