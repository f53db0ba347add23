"""Which table rows of a page are lines of a table, and which only lay the page out.

Old pages hold the whole transcript in a cell: such a row is no row.
"""

from __future__ import annotations

from loader.read.tokens import Token

_LONG = 300
"""From this many characters on, a row with line breaks in it is layout."""
_BREAKS = frozenset({"p", "br", "div", "li"})


def data_rows(found: list[Token]) -> set[int]:
    """The numbers of the `<tr>` tokens whose rows are lines: not those a page is laid out with.

    Layout is a row that holds a table, or paragraphs of text. Takes all tokens of a page, in one pass.
    """
    rows: set[int] = set()
    open_rows: list[list[int]] = []  # [number, characters, line breaks], innermost last

    def end_row() -> None:
        number, characters, breaks = open_rows.pop()
        if number >= 0 and (characters < _LONG or breaks < 3):
            rows.add(number)

    tables = [0]  # how many rows were open when each table began
    for number, token in enumerate(found):
        if isinstance(token, str):
            if open_rows:
                open_rows[-1][1] += len(token)
            continue
        kind, name, held = token
        if kind == "held":
            if open_rows:
                open_rows[-1][1] += len(held)
        elif name == "table":
            if kind == "start":
                if open_rows:
                    open_rows[-1][0] = -1
                tables.append(len(open_rows))
            else:
                while len(open_rows) > tables[-1]:
                    end_row()
                if len(tables) > 1:
                    tables.pop()
        elif name == "tr":
            if len(open_rows) > tables[-1]:
                end_row()
            if kind == "start":
                open_rows.append([number, 0, 0])
        elif open_rows and kind == "start" and name in _BREAKS:
            open_rows[-1][2] += 1
    while open_rows:
        end_row()
    return rows
